"""The people of a draft story: one for each name that the rows of a table tell, and who takes part in each row."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.keys import slugs
from geo.people_cells import read_names

HEADER = ("id", "name", "group")
GROUP = "people"


class Cast(NamedTuple):
    """The ids of those present and of those involved from elsewhere, a tuple a row; the rows of people.csv under
    `HEADER`; the names present, a tuple a row; and how cells were split."""

    present: list[tuple[str, ...]]
    remote: list[tuple[str, ...]]
    table: list[list[str]]
    names: list[tuple[str, ...]]
    notices: list[str]


def cast(
    who: Sequence[tuple[str, Sequence[str]]],
    remote: Sequence[tuple[str, Sequence[str]]],
    rows: int,
    *,
    whole: bool = False,
) -> Cast:
    """Everyone in these columns, each with its name. `whole`: a cell of `who` holds one name, whatever its signs."""
    notices: list[str] = []
    present = _together(who, rows, notices, whole)
    elsewhere = _together(remote, rows, notices, whole=False)
    everyone = dict.fromkeys(name for both in zip(present, elsewhere, strict=True) for names in both for name in names)
    ids = dict(zip(everyone, slugs(everyone, "person"), strict=True))
    there = [_ids(names, ids) for names in present]
    away = [
        tuple(one for one in _ids(names, ids) if one not in here) for names, here in zip(elsewhere, there, strict=True)
    ]
    table = [[one, name, GROUP] for name, one in ids.items()]
    return Cast(there, away, table, present, notices)


def _together(
    columns: Sequence[tuple[str, Sequence[str]]], rows: int, notices: list[str], whole: bool
) -> list[tuple[str, ...]]:
    """The names of every row, those of several columns one after the other and each once."""
    read: list[list[tuple[str, ...]]] = []
    for column, cells in columns:
        if whole:
            read.append([(name,) if (name := " ".join(cell.split())) else () for cell in cells])
            continue
        names = read_names(cells, column)
        read.append(names.cells)
        notices += [names.notice] if names.notice else []
    if len(read) == 1:
        return read[0]
    return [tuple(dict.fromkeys(name for names in row for name in names)) for row in zip(*read, strict=True)] or [
        ()
    ] * rows


def _ids(names: Iterable[str], ids: dict[str, str]) -> tuple[str, ...]:
    return tuple(ids[name] for name in names)
