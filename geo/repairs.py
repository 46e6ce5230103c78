"""What one click mends in a table: cells to be written, proposed and never done by themselves."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from geo.clock import day_words, parse_instant
from geo.errors import GeoError, clipped
from geo.making import Made
from geo.mapping import Mapping
from geo.merges import Merge
from geo.people_cells import read_names
from geo.raw import Raw
from geo.safe_csv import safe_csv

_LABELS = {
    "swapped": "Swap latitude and longitude",
    "metres": "Convert metres of Web Mercator to degrees",
    "null_island": "Empty the coordinates 0, 0",
    "hemisphere": "Change the sign to that of the other rows of the place",
    "half": "Put both coordinates into their columns",
    "out_of_range": "Count the longitude from -180 to 180",
}


class Repair(NamedTuple):
    """`label` says what is done, to how many rows; `cells` are row number, column and the text to be written."""

    label: str
    cells: tuple[tuple[int, str, str], ...]


def repairs(raw: Raw, mapping: Mapping, made: Made, merges: Iterable[Merge] = ()) -> list[Repair]:
    """Everything that can be proposed for a table: coordinates, the order of day and month, spellings."""
    found = [*_of_positions(raw, mapping, made), *_of_dates(raw, mapping, made)]
    found += [merging(raw, mapping, merge) for merge in merges]
    return [repair for repair in found if repair.cells]


def repaired(raw: Raw, chosen: Iterable[Repair]) -> Raw:
    """The table with these repairs applied, one after the other; rows and columns it does not have are passed over."""
    place = {number: index for index, number in enumerate(raw.numbers)}
    column = {name: index for index, name in enumerate(raw.header)}
    changed: dict[int, list[str]] = {}
    for repair in chosen:
        for number, name, text in repair.cells:
            if number in place and name in column:
                row = changed.setdefault(place[number], list(raw.cells[place[number]]))
                row[column[name]] = text
    if not changed:
        return raw
    cells = tuple(tuple(changed.get(index, row)) for index, row in enumerate(raw.cells))
    return replace(raw, cells=cells)


def fixed_file(raw: Raw) -> bytes:
    """The table as CSV in UTF-8 with commas, as Excel opens it; what a spreadsheet would run is text."""
    return safe_csv(raw.header, raw.cells, marked=True)


def merging(raw: Raw, mapping: Mapping, merge: Merge) -> Repair:
    """The repair that writes `merge.keep` wherever `merge.other` stands."""
    cells = _people_cells(raw, mapping, merge) if merge.kind == "person" else _place_cells(raw, mapping, merge)
    return Repair(f"Write '{clipped(merge.keep, 60)}' for '{clipped(merge.other, 60)}' {_in(len(cells))}", tuple(cells))


def _people_cells(raw: Raw, mapping: Mapping, merge: Merge) -> list[tuple[int, str, str]]:
    cells = []
    for column in (*mapping.of("who"), *mapping.of("remote")):
        for number, names in zip(raw.numbers, read_names(raw.column(column), column).cells, strict=True):
            if merge.other in names:
                kept = dict.fromkeys(merge.keep if name == merge.other else name for name in names)
                cells.append((number, column, "; ".join(kept)))
    return cells


def _place_cells(raw: Raw, mapping: Mapping, merge: Merge) -> list[tuple[int, str, str]]:
    columns = mapping.of("where")
    if len(columns) != 1:
        return []
    cells = zip(raw.numbers, raw.column(columns[0]), strict=True)
    return [(number, columns[0], merge.keep) for number, cell in cells if " ".join(cell.split()) == merge.other]


def _of_positions(raw: Raw, mapping: Mapping, made: Made) -> list[Repair]:
    kinds: dict[str, list[tuple[int, str, str]]] = {}
    lat, lon, point = mapping.of("lat"), mapping.of("lon"), mapping.of("point")
    for index, problem in sorted(made.problems.items()):
        if problem.proposal is None:
            continue
        north, east = problem.proposal
        label = _LABELS.get(problem.kind) or _of_words(problem.proposal)
        cells = kinds.setdefault(label, [])
        if lat and lon:
            cells += [(raw.numbers[index], lat[0], north), (raw.numbers[index], lon[0], east)]
        elif point:
            cells.append((raw.numbers[index], point[0], f"{north}, {east}" if north or east else ""))
    return [Repair(f"{label} {_in(len({row for row, _, _ in cells}))}", tuple(cells)) for label, cells in kinds.items()]


def _of_words(proposal: tuple[str, str]) -> str:
    return (
        "Write the coordinates as they were probably meant" if any(proposal) else "Empty coordinates that say nothing"
    )


def _of_dates(raw: Raw, mapping: Mapping, made: Made) -> list[Repair]:
    """Two repairs for cells like 03/04/2021: the day first, or the month first."""
    ways: list[Repair] = []
    for way, first in enumerate(("day", "month")):
        cells: list[tuple[int, str, str]] = []
        for (index, is_end), readings in made.readings.items():
            columns, clock = (mapping.of(role) for role in (("end", "end_time") if is_end else ("when", "time")))
            if len(columns) != 1 or len(readings) != 2:
                continue
            number = raw.numbers[index]
            cells.append((number, columns[0], readings[way]))
            cells += [(number, column, "") for column in clock]
        if cells:
            example = _shown(raw, cells[0])
            ways.append(
                Repair(f"Read the {first} first {_in(len({row for row, _, _ in cells}))}{example}", tuple(cells))
            )
    return ways


def _shown(raw: Raw, cell: tuple[int, str, str]) -> str:
    """What the first of the cells would be: ": '03/04/2021' is 3 April 2021"."""
    number, column, text = cell
    written = raw.column(column)[raw.numbers.index(number)]
    try:
        day = day_words(parse_instant(text, "calendar").earliest, "calendar")
    except GeoError:
        return ""
    return f": '{clipped(written, 30)}' is {day}"


def _in(count: int) -> str:
    return "in 1 row" if count == 1 else f"in {count:,} rows"
