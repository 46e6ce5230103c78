"""The places of a draft story: one for each name and position that the rows of a table tell."""

import math
import re
from typing import NamedTuple

from geo.coordinates import Problem
from geo.errors import Fault, clipped
from geo.keys import row_words, slugs
from geo.positions import Position, Written, read_positions

FARTHEST_M = 20_100_000.0

HEADER = ("id", "name", "query", "lat", "lon", "radius_m", "precision", "basis", "source", "note")

_METRES = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*m?", re.IGNORECASE)

Key = tuple[str, Position | None]


class Placed(NamedTuple):
    """A place id a row ("" for none), the rows of places.csv under `HEADER`, and what is to be mended or known.

    `problems` has the problem of the coordinates of a row by its index.
    """

    ids: list[str]
    table: list[list[str]]
    faults: list[Fault]
    notices: list[str]
    problems: dict[int, Problem]


def placed(written: Written) -> Placed:
    """Where every row is.

    A row without coordinates has those of its name in other rows, where these agree. Coordinates that cannot be read,
    or are the mirror image of all others of their name, leave the row at a place whose position is not known.
    """
    read = read_positions(written)
    faults, notices = list(read.faults), list(read.notices)
    keys: list[Key | None] = []
    filled: list[int] = []
    for index, (name, position) in enumerate(zip(written.names, read.cells, strict=True)):
        known = read.by_name.get(name, ())
        bad = index in read.problems or index in read.mirrored
        if position is not None and not bad:
            keys.append((name, position))
        elif not name:
            keys.append(None)
            if not bad:
                faults.append(_nowhere(written, index))
        elif len(known) == 1 and index not in read.mirrored:
            keys.append((name, next(iter(known))))
            if not bad:
                filled.append(written.numbers[index])
        else:
            keys.append((name, None))
            if known and not bad:
                faults.append(_ambiguous(written, index, name, len(known)))
    if filled:
        rows = row_words(filled)
        some = "1 row has" if len(filled) == 1 else f"{len(filled):,} rows have"
        notices.append(f"{some} no coordinates and took those of the same place in other rows: {rows}.")
    table, ids = _table(written, keys, notices)
    return Placed(ids, table, faults, notices, {**read.problems, **read.mirrored})


def _nowhere(written: Written, index: int) -> Fault:
    what = "says nowhere where it happened: it has neither a place nor coordinates"
    remedy = "give the row a place, or leave it so: it is listed, and is not on the map"
    return Fault(written.file, written.numbers[index], None, "", what, remedy)


def _ambiguous(written: Written, index: int, name: str, count: int) -> Fault:
    words = {2: "two", 3: "three", 4: "four"}.get(count, f"{count:,}")
    what = f"stands for {words} positions in this file, and the row has no coordinates"
    remedy = "give the row its coordinates, or the places different names"
    return Fault(written.file, written.numbers[index], written.where, clipped(name), what, remedy)


def _table(written: Written, keys: list[Key | None], notices: list[str]) -> tuple[list[list[str]], list[str]]:
    """The rows of places.csv in the order in which the places are met, and the id of each row's place."""
    first: dict[Key, int] = {}
    for index, key in enumerate(keys):
        if key is not None:
            first.setdefault(key, index)
    several: dict[str, list[Key]] = {}
    for key in first:
        if key[0]:
            several.setdefault(key[0], []).append(key)
    labels: dict[Key, str] = {}
    for name, same in several.items():
        located = [key for key in same if key[1] is not None]
        for number, key in enumerate(located, start=1):
            labels[key] = name if number == 1 else f"{name} ({number})"
        if len(located) < len(same):
            labels[name, None] = f"{name} (position not known)" if located else name
    notices += _several(written, several, first)
    labels |= {key: _degrees(key[1]) for key in first if not key[0] and key[1] is not None}
    ids = dict(zip(first, slugs((labels[key] for key in first), "place"), strict=True))
    radii = _radii(written, keys)
    table = [_row(key, ids[key], labels[key], radii.get(key, ""), written, index) for key, index in first.items()]
    unknown = [labels[key] for key in first if key[1] is None]
    if unknown:
        more = f" and {len(unknown) - 1:,} more" if len(unknown) > 1 else ""
        have = "have" if more else "has"
        notices.append(f"'{clipped(unknown[0], 60)}'{more} {have} no coordinates yet: the geocoding desk finds them.")
    return table, [ids[key] if key is not None else "" for key in keys]


def _several(written: Written, several: dict[str, list[Key]], first: dict[Key, int]) -> list[str]:
    said = []
    for name, same in several.items():
        located = [key for key in same if key[1] is not None]
        if len(located) > 1:
            rows = row_words([written.numbers[first[key]] for key in located])
            said.append(
                f"'{clipped(name, 60)}' has {len(located):,} positions ({rows}): each is a place of its own, "
                f"'{clipped(name, 60)} (2)' and so on."
            )
    more = len(said) - 5
    return said if more <= 0 else [*said[:5], f"{more:,} more names have several positions, too."]


def _radii(written: Written, keys: list[Key | None]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for key, cell in zip(keys, written.radii or [], strict=False):
        match = _METRES.fullmatch(cell.strip())
        if key is not None and key not in found and match and float(match[1]) <= FARTHEST_M:
            found[key] = match[1]
    return found


def _row(key: Key, place: str, label: str, radius: str, written: Written, index: int) -> list[str]:
    name, position = key
    shape = written.shapes[index].strip() if written.shapes else ""
    inexact = bool(shape) and shape.casefold() != "point"
    lat, lon = ("", "") if position is None else (_number(position[0]), _number(position[1]))
    known = "stated" if position is not None else ""
    precision = "inferred" if inexact and position is not None else ""
    note = f"A point that stands for a {clipped(shape, 40)}." if inexact else ""
    source = f"{written.file}, row {written.numbers[index]}"
    return [place, label, name if position is None else "", lat, lon, radius, precision, known, source, note]


def _number(degrees: float) -> str:
    return str(int(degrees)) if degrees == math.trunc(degrees) else repr(degrees)


def _degrees(position: Position | None) -> str:
    return ", ".join(f"{degrees:.5f}".rstrip("0").rstrip(".") for degrees in position or ())
