"""What `caseboard open` asks before it opens a page: whether the engines of the stories it was given answer."""

from collections.abc import Iterable
from pathlib import Path

import click

from dashboard.printing import printable


def asked_first(folders: Iterable[Path]) -> bool:
    """Whether some story can be opened; of each whose engine gives no events it is said why, in one sentence.

    What the engines answered is kept for the first viewer. Other stories are not read.
    """
    from geo.story import is_large

    paths = [folder.resolve() for folder in folders]
    silent = [why for why in map(_why_silent, [path for path in paths if path.is_dir() and is_large(path)]) if why]
    for why in silent:
        click.echo(why, err=True)
    return len(silent) < len(paths)


def _why_silent(folder: Path) -> str:
    from dashboard import shelf

    opened = shelf.opened(folder)
    if opened.silent is None:
        return ""
    what = "; ".join(part for part in (opened.silent.what, opened.silent.remedy) if part)
    return printable(f"{folder.name} cannot be opened: {what}")
