"""A table as somebody wrote it: a header, rows of text, and what was noticed while it was read."""

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from geo.errors import Fault, clipped


class Limits(NamedTuple):
    """How much of a file is read: bytes, rows below the header, columns, characters in a cell, bytes when unpacked."""

    size: int = 20 * 1024 * 1024
    rows: int = 200_000
    columns: int = 200
    characters: int = 2_000
    unpacked: int = 200 * 1024 * 1024


LIMITS = Limits()
LARGER = "split it, or make a large story of it with: caseboard import"  # what helps a table of text that is too long


@dataclass(frozen=True)
class Raw:
    """A table before anybody has said what its columns mean.

    `cells` are the usable rows, each as wide as `header`, without control characters; `numbers` are their row numbers
    as the spreadsheet shows them, the header counted (of a GeoJSON or KML file: the number of the feature, from 1).
    `flagged` are the numbers of the rows left out; each has a fault. A notice is a sentence on how the file was read;
    a fault needs somebody to mend it. A file that cannot be read as a table has no cells, and faults.
    """

    file: str
    kind: str
    header: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    flagged: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    notices: tuple[str, ...] = ()
    decimal_comma: bool = False

    @property
    def rows(self) -> int:
        """How many rows stand below the header, those left out included."""
        return len(self.cells) + len(self.flagged)

    @property
    def readable(self) -> bool:
        """Whether there is any row to go on with."""
        return bool(self.cells)

    def column(self, name: str) -> list[str]:
        """The cells of the column called `name`. Raises ValueError where there is none."""
        place = self.header.index(name)
        return [row[place] for row in self.cells]

    def noting(self, *notices: str) -> Self:
        """The same table with more notices."""
        return replace(self, notices=(*self.notices, *notices))


def refused(file: str, kind: str, what: str, remedy: str, *, flagged: tuple[int, ...] = ()) -> Raw:
    """A file that is no table, and why."""
    return Raw(file, kind, flagged=flagged, faults=(Fault(file, None, None, "", what, remedy),))


def shown_name(name: str) -> str:
    """The name of an uploaded file for use in sentences: one line, printable, short. It is never a path to open."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in last)
    return clipped(plain, 60) or "the file"
