"""What `caseboard new` writes: a small story to begin with, or a synthetic one of any size."""

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dashboard.printing import counted, printable
from geo.errors import GeoError


def begin(folder: Path) -> None:
    """Writes the example into a new or empty folder and says how it is opened."""
    from geo.template import template

    shown = printable(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise click.UsageError(f"{shown} is not empty; name a new folder")
        for name, content in template().items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise click.ClickException(f"{shown} cannot be written: {error.strerror}") from error
    click.echo(f"A story of ten rows is in {shown}; open it with: caseboard open {shown}")


def begin_synthetic(folder: Path, events: int, seed: int, csv: bool) -> None:
    """Writes a large synthetic story into a new or empty folder, with a bar on a terminal."""
    from geo.synthetic import write_synthetic

    shown = printable(str(folder))
    columns = TextColumn("Writing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    try:
        with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
            task = bar.add_task("", total=events)
            write_synthetic(folder, events, seed, csv=csv, progress=lambda done: bar.update(task, completed=done))
    except GeoError as error:
        raise click.UsageError(printable(str(error))) from error
    click.echo(f"A story of {counted(events, 'invented event')} is in {shown}; open it with: caseboard open {shown}")
