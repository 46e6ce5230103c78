"""What a build is given of a folder: the files that its `.dockerignore` leaves."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Pattern(NamedTuple):
    """A line of the file: what it names, and whether that is left out or, after all, let in."""

    names: re.Pattern[str]
    leaves_out: bool


def patterns(text: str) -> list[Pattern]:
    """The lines that say something; `*` stays inside one folder, `**` does not."""
    lines = [line.strip() for line in text.splitlines()]
    said = [line for line in lines if line and not line.startswith("#")]
    return [Pattern(_expression(line.lstrip("!").strip("/")), not line.startswith("!")) for line in said]


def is_left(path: str, said: list[Pattern]) -> bool:
    """Whether a file stays; the last line that names it, or a folder it is in, decides."""
    parts = path.split("/")
    above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    named = [pattern.leaves_out for pattern in said if any(pattern.names.fullmatch(one) for one in above)]
    return not (named and named[-1])


def left(folder: Path) -> Iterator[str]:
    """The files of a folder that a build is given."""
    said = patterns((folder / ".dockerignore").read_text("utf-8"))
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and is_left(name, said):
            yield name


def copied(folder: Path, target: Path) -> Path:
    """Those files, in another folder."""
    for name in left(folder):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, target / name)
    return target


def _expression(glob: str) -> re.Pattern[str]:
    said = re.escape(glob).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    return re.compile(said.replace(r"\*", "[^/]*").replace(r"\?", "[^/]").replace(r"\[", "[").replace(r"\]", "]"))
