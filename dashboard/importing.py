"""What `caseboard import` does for an author: a table of any size as a large story, and what is wrong with its rows."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from dashboard.printing import counted, may_be_one, printable
from geo.answers import Answer
from geo.area import Area
from geo.chain import LOS_ANGELES, Asked, Chain, Tables
from geo.errors import GeoError, StoryError, clipped
from geo.imported import Imported
from geo.importing import FAULTS, import_table
from geo.source import Bounds

SHOWN = 3  # faults of each kind in words; faults.json has a hundred
MOST_KINDS = 20
MOST_NAMES = 20
STEPS = 1_000
STOPPED = 130  # as shells say that a signal stopped a command


def import_file(
    file: Path,
    output: Path,
    *,
    fields: Mapping[str, str],
    day_first: bool | None = None,
    title: str = "",
    service: str = "",
    contact: str = "",
    area: str = "",
    as_json: bool = False,
) -> int:
    """Writes the story of a file into a new folder, says what is wrong, and returns the exit code.

    0 nothing is flagged, 1 something is, 2 it could not be done, 130 it was stopped by Ctrl+C; always with a sentence.
    """
    try:
        with _Bar() as bar:
            done = import_table(
                file,
                output,
                chosen=fields,
                day_first=day_first,
                title=title,
                geocode=lambda wanted, bounds: _geocoded(wanted, bounds, bar, service, contact, area),
                progress=bar.show,
            )
    except (GeoError, OSError) as error:
        _refuse(error, as_json)
        return 2
    except KeyboardInterrupt:
        _refuse(GeoError("stopped; nothing was written"), as_json)
        return STOPPED
    if as_json:
        click.echo((output / FAULTS).read_text("utf-8").strip())
    else:
        _say(done, output)
    return done.exit_code


class _Bar:
    """A bar on the error output, a terminal's alone, that shows how far each stage is."""

    def __init__(self) -> None:
        columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn()
        self._bar = Progress(*columns, console=Console(file=sys.stderr), transient=True)
        self._stage, self._task = "", self._bar.add_task("Reading", total=STEPS)

    def __enter__(self) -> "_Bar":
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Draws that so much of a stage is done."""
        if stage != self._stage:
            self._stage = stage
            self._bar.reset(self._task, description=stage, total=STEPS)
        self._bar.update(self._task, completed=STEPS * done // max(total, 1))


def _geocoded(
    wanted: Iterable[str], bounds: Bounds | None, bar: _Bar, service: str, contact: str, area: str
) -> Mapping[str, Answer]:
    """The answers of our own tables, and of the service if one is named."""
    from geo.desk import area_called, asking
    from geo.gazetteer import Gazetteer
    from geo.world import WORLD, world

    where = area_called(area) if area else None if bounds is None else Area(bounds)
    known: dict[str, Tables] = {LOS_ANGELES: Gazetteer.los_angeles()}
    if (everywhere := world()) is not None:
        known[WORLD] = everywhere
    chain = Chain(known, _service(service, contact, where), area=where, cities=[LOS_ANGELES])
    run = asking(chain, wanted)
    run.start()
    try:
        while True:
            progress = run.wait(0.2)
            bar.show("Geocoding", progress.done, progress.of)
            if progress.where in ("finished", "stopped"):
                return run.answers
    finally:
        run.stop()


def _service(name: str, contact: str, where: Area | None) -> Asked | None:
    if not name:
        return None
    from dashboard import secrets
    from geo.cache import Cache
    from geo.providers import settings_of
    from geo.service import Service

    settings = settings_of(name, secrets.geocoder_settings())
    bounds = where.bounds if where is not None else None
    return Service(name, cache=Cache(), bounds=bounds, contact=secrets.contact(contact), settings=settings)


def _say(done: Imported, output: Path) -> None:
    for kind in done.kinds[:MOST_KINDS]:
        where = f"{clipped(kind.column, 40)} " if kind.column else ""
        click.echo(printable(f"{counted(kind.count, 'time')}: {where}{kind.what}"))
        for fault in kind.faults[:SHOWN]:
            click.echo(printable(f"  {fault}"))
    if len(done.kinds) > MOST_KINDS:
        click.echo(f"... and {len(done.kinds) - MOST_KINDS:,} more kinds of faults; {FAULTS} has them")
    if done.notices:
        click.echo("How it was read:")
        for notice in done.notices:
            click.echo(printable(f"- {notice}"))
    for line in may_be_one(done.merges[:MOST_NAMES]):
        click.echo(line)
    if len(done.merges) > MOST_NAMES:
        click.echo(f"... and {len(done.merges) - MOST_NAMES:,} more names; {FAULTS} has them")
    if done.asked:
        click.echo(f"{done.sure:,} of {counted(done.asked, 'toponym')} without coordinates found, see toponyms.csv")
    shown = printable(str(output))
    kept = f"{counted(done.source.count or 0, 'event')} of {counted(done.rows, 'row')}, {done.flagged:,} flagged"
    click.echo(f"{printable(done.file)}: {kept}; open it with: caseboard open {shown}")


def _refuse(error: Exception, as_json: bool) -> None:
    faults = error.faults if isinstance(error, StoryError) else ()
    said = printable(str(error))
    if as_json:
        document = {"error": said, "faults": [fault._asdict() for fault in faults]}
        click.echo(json.dumps(document, allow_nan=False))
    else:
        click.echo(f"Error: {said}", err=True)
