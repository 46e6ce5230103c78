"""What columns without a telling name are for, by their cells alone."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from geo.columns import Looks
from geo.headers import ELSEWHERE, plain_name
from geo.raw import Raw

Guess = tuple[tuple[str, ...], str]

_SILENT = re.compile(r"(?:column|columna|col|field|campo|unnamed|var|feld|spalte|[a-z]{1,2})?(?: ?[0-9]{1,3})?")
_SHARE = 0.7


class Free(NamedTuple):
    """The columns that nobody has named, how every column looks, and the roles that are taken already."""

    columns: tuple[str, ...]
    look: dict[str, Looks]
    roles: frozenset[str]
    raw: Raw


def guesses(free: Free) -> dict[str, Guess]:
    """Role -> columns and why, for roles that are not taken.

    Dates and pairs of coordinates are taken from any column; names and texts only from columns whose own name says
    nothing ("column 3", "F2"), or where hardly any column of the table has a name that says something.
    """
    found: dict[str, Guess] = {}
    taken: set[str] = set()

    def take(role: str, names: list[str], why: str) -> None:
        if names and role not in free.roles and role not in found:
            found[role] = (tuple(names), why)
            taken.update(names)

    def like(test: Callable[[Looks], bool], names: tuple[str, ...] = free.columns) -> list[str]:
        return [name for name in names if name not in taken and free.look[name].filled and test(free.look[name])]

    if len(free.raw.header) == 1:  # one column alone is a text, unless it is named
        return found
    open_names = tuple(name for name in free.columns if not ELSEWHERE & set(plain_name(name).split()))
    dates = like(lambda look: look.date >= _SHARE, open_names)
    take("when", dates[:1], _cells(dates[:1], "dates", lambda look: look.date, free))
    if "when" in found and len(dates) > 1 and _follows(dates[0], dates[1], free):
        take("end", dates[1:2], "its dates come after the others of the row")
    if not free.roles & {"lat", "point"}:
        points = like(lambda look: look.pair >= _SHARE)
        take("point", points[:1], _cells(points[:1], "pairs of coordinates", lambda look: look.pair, free))
        if "point" not in found:
            for role, name, why in _two_angles(like(lambda look: look.fine >= _SHARE and look.highest <= 180), free):
                take(role, [name], why)
    silent = tuple(name for name in free.columns if len(free.roles) < 2 or _SILENT.fullmatch(plain_name(name)))
    clocks = like(lambda look: look.time >= _SHARE, silent)
    take("time", clocks[:1], _cells(clocks[:1], "clock times", lambda look: look.time, free))
    texts = like(lambda look: look.words >= 3 and look.place < 0.8 and look.name < _SHARE, silent)
    texts.sort(key=lambda name: free.look[name].length)
    if len(texts) > 1:
        take("summary", texts[-1:], "it has the longest texts")
    named = like(lambda look: look.name >= 0.5 or (look.place >= 0.5 and look.words < 6), silent)
    places = sorted(named, key=lambda name: -free.look[name].place)
    if places and (free.look[places[0]].place >= 0.2 or "who" in free.roles):
        take("where", places[:1], "its cells look like names of places")
    people = [name for name in named if name not in taken]
    take("who", people[:1], "its cells look like names of people")
    take("where", people[1:2], "its cells look like names, and another column has the people")
    take("what", [name for name in texts if name not in taken][:1], "its cells look like sentences")
    if free.roles | found.keys() and "what" not in found:
        words = like(
            lambda look: look.words >= 1 and look.length >= 3 and look.number < 0.5 and look.date < 0.5, silent
        )
        take("what", [name for name in words if name not in taken][:1], "it has the words that are left")
    keys = like(lambda look: look.repeated < 0.01 and look.words <= 1 and look.length <= 40 and look.fine < 0.5, silent)
    if len(free.raw.cells) > 1 and found:
        take("id", keys[:1], "every cell of it is another one")
    return found


def _cells(names: list[str], what: str, share: Callable[[Looks], float], free: Free) -> str:
    return f"{share(free.look[names[0]]):.0%} of its cells look like {what}" if names else ""


def _two_angles(names: list[str], free: Free) -> list[tuple[str, str, str]]:
    """Latitude and longitude among columns of numbers with decimals: two beside each other."""
    header = free.raw.header
    for one, other in pairwise(names):
        if header.index(other) - header.index(one) != 1:
            continue
        if free.look[one].highest > 90:
            why = "its numbers go beyond 90, those of the column beside it do not"
            return [("lon", one, why), ("lat", other, "it stands beside the longitude")] if _lat(other, free) else []
        if free.look[other].highest > 90:
            why = "its numbers go beyond 90, those of the column beside it do not"
            return [("lat", one, "it stands beside the longitude"), ("lon", other, why)]
        why = "of two columns of degrees the first is taken for the latitude; change it if they are the other way round"
        return [("lat", one, why), ("lon", other, why)]
    return []


def _lat(name: str, free: Free) -> bool:
    return free.look[name].highest <= 90


def _follows(first: str, second: str, free: Free) -> bool:
    """Whether ISO dates of one column never come before those of the other, and do come after."""
    pairs = list(zip(free.raw.column(first), free.raw.column(second), strict=True))
    both = [(one, other) for one, other in pairs if re.match("[0-9]{4}-", one) and re.match("[0-9]{4}-", other)]
    return bool(both) and all(one <= other for one, other in both) and any(one < other for one, other in both)
