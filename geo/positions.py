"""The positions that the rows of a table state, and which of them cannot be right."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.coordinates import Coordinates, Problem, read_pair, read_point
from geo.errors import Fault, clipped
from geo.keys import row_words

MIRRORED_M = 50_000.0  # a wrong sign leads back to within this
LEAST_APART_M = 200_000.0  # nearer than this a change of sign is two places on either side of a meridian

_PLAIN = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?")

Position = tuple[float, float]


@dataclass(frozen=True)
class Written:
    """What the rows say of where: one entry a row in each list. `pairs` are the cells of latitude and longitude, or one
    cell with both and nothing; None where the table has no such columns. `columns` are their names, for faults."""

    file: str
    numbers: Sequence[int]
    names: Sequence[str]
    pairs: Sequence[tuple[str, str]] | None
    columns: tuple[str, ...] = ("lat", "lon")
    where: str = "where"
    radii: Sequence[str] | None = None
    shapes: Sequence[str] | None = None
    decimal_comma: bool = False


class Positions(NamedTuple):
    """The position of each row, None for none; the problems by the index of the row, with a fault for each.

    `by_name` counts the positions of each name, those that are mirrored included.
    """

    cells: list[Position | None]
    problems: dict[int, Problem]
    mirrored: dict[int, Problem]
    by_name: dict[str, Counter[Position]]
    faults: list[Fault]
    notices: list[str]


@dataclass
class _Told:
    """The rows of each name, and how often it has which position."""

    positions: dict[str, Counter[Position]] = field(default_factory=dict)
    rows: dict[tuple[str, Position], list[int]] = field(default_factory=dict)


def read_positions(written: Written) -> Positions:
    """What the coordinates of every row say, and whether a sign is likely to be wrong."""
    cells, problems, notices = _positions(written)
    told = _told(written.names, cells)
    mirrored = _mirrored(written, told)
    faults = [_fault(written, index, problem) for index, problem in {**problems, **mirrored}.items()]
    return Positions(cells, problems, mirrored, told.positions, faults, notices)


def _positions(written: Written) -> tuple[list[Position | None], dict[int, Problem], list[str]]:
    if written.pairs is None:
        return [None] * len(written.names), {}, []
    read: dict[tuple[str, str], Coordinates | Problem] = {}
    positions: list[Position | None] = []
    problems: dict[int, Problem] = {}
    understood: dict[str, list[int]] = {}
    for index, pair in enumerate(written.pairs):
        found = read.get(pair)
        if found is None:
            found = read[pair] = _read(pair, written)
        if isinstance(found, Problem):
            positions.append(None)
            if found.kind != "empty":
                problems[index] = found
            continue
        positions.append((found.lat, found.lon))
        if found.how:
            understood.setdefault(found.how, []).append(written.numbers[index])
    notices = [
        f"Coordinates were read by more than their digits ({how}): {row_words(rows)}."
        for how, rows in understood.items()
    ]
    return positions, problems, notices


def _read(pair: tuple[str, str], written: Written) -> Coordinates | Problem:
    lat, lon = pair
    if len(written.columns) == 1:
        return read_point(lat, decimal_comma=written.decimal_comma)
    if _PLAIN.fullmatch(lat) and _PLAIN.fullmatch(lon):
        north, east = float(lat), float(lon)
        if abs(north) <= 90 and abs(east) <= 180 and (north or east):
            return Coordinates(north, east)
    return read_pair(lat, lon, decimal_comma=written.decimal_comma)


def _told(names: Sequence[str], positions: list[Position | None]) -> _Told:
    told = _Told()
    for index, (name, position) in enumerate(zip(names, positions, strict=True)):
        if name and position is not None:
            told.positions.setdefault(name, Counter())[position] += 1
            told.rows.setdefault((name, position), []).append(index)
    return told


def _mirrored(written: Written, told: _Told) -> dict[int, Problem]:
    """Rows whose position leads to that of most rows of their name by a change of sign."""
    found: dict[int, Problem] = {}
    for name, positions in told.positions.items():
        if len(positions) < 2:
            continue
        usual, count = positions.most_common(1)[0]
        for position in positions:
            if position == usual or not _is_mirror(position, usual):
                continue
            rows = told.rows[name, position]
            other = written.numbers[told.rows[name, usual][0]]
            both = zip(("latitude", "longitude"), position, usual, strict=True)
            signs = [sign for sign, one, two in both if one * two < 0]
            what = (
                f"has the other sign of {' and '.join(signs)} than {count} other row{'s' if count > 1 else ''} "
                f"of '{clipped(name, 40)}' (row {other}): wrong sign?"
            )
            lat, lon = (str(abs(one) if two > 0 else -abs(one)) for one, two in zip(position, usual, strict=True))
            problem = Problem(what, "change the sign, or give the place another name", "hemisphere", (lat, lon))
            found.update(dict.fromkeys(rows, problem))
    return found


def _is_mirror(position: Position, usual: Position) -> bool:
    if not any(one * two < 0 for one, two in zip(position, usual, strict=True)):
        return False
    turned = [abs(one) if two > 0 else -abs(one) for one, two in zip(position, usual, strict=True)]
    if abs(turned[0] - usual[0]) > 1:  # more than 50 km, and quickly told
        return False
    return _metres(turned, usual) <= MIRRORED_M and _metres(position, usual) >= LEAST_APART_M


def _metres(one: Sequence[float], other: Sequence[float]) -> float:
    from geopy.distance import great_circle

    return float(great_circle(one, other).m)


def _fault(written: Written, index: int, problem: Problem) -> Fault:
    pair = (written.pairs or [])[index]
    columns = dict(zip(("lat", "lon"), written.columns, strict=False))
    if problem.where == "both" or len(written.columns) == 1:
        column, value = " and ".join(written.columns), ", ".join(cell.strip() for cell in pair if cell.strip())
    else:
        column, value = columns[problem.where], pair[problem.where == "lon"].strip()
    return Fault(written.file, written.numbers[index], column, clipped(value), problem.what, problem.remedy)
