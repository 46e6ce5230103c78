"""The freeways and boulevards of the base map as lines: where two cross, and what lies on one."""

import json
import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from geopy.distance import geodesic

from geo.toponyms import normalise

BASEMAP = Path(__file__).with_name("data") / "basemap.json"
TOUCH_M = 250.0  # lines that end this near each other meet: the base map shows a road by a few of its points
ONE_CROSSING_M = 600.0  # crossings nearer than this are one interchange
_METRES_A_DEGREE = 111_195.0  # of latitude, on a sphere of 6371 km


class Point(NamedTuple):
    """Degrees, WGS 84."""

    lat: float
    lon: float


class Road(NamedTuple):
    """One road and what it is called; `line` is straight between its points."""

    name: str
    aliases: tuple[str, ...]
    line: tuple[Point, ...]


class Roads:
    """Roads by name and alias; one name may mean several roads, such as the two parts of the Ventura Freeway."""

    def __init__(self, roads: list[Road]) -> None:
        self._named: dict[str, list[Road]] = {}
        for road in roads:
            for spelling in dict.fromkeys(map(normalise, (road.name, *road.aliases))):
                self._named.setdefault(spelling, []).append(road)

    def named(self, toponym: str) -> tuple[Road, ...]:
        """All roads called so; none for a name that no road has."""
        return tuple(self._named.get(normalise(toponym), ()))


@cache
def los_angeles_roads() -> Roads:
    """The roads of the bundled base map: a freeway by name, as "I-10" or "the 10", a boulevard also as "Venice"."""
    drawn = json.loads(BASEMAP.read_text(encoding="utf-8"))
    freeways = [Road(road["name"], tuple(_freeway_names(road)), _line(road["line"])) for road in drawn["freeways"]]
    boulevards = [Road(r["name"], (r["name"].rsplit(" ", 1)[0],), _line(r["line"])) for r in drawn["boulevards"]]
    return Roads([*freeways, *boulevards])


def crossing(some: tuple[Road, ...], others: tuple[Road, ...]) -> Point | None:
    """Where a road of `some` and one of `others` cross or all but touch; None where they never do or do so in several
    places. Roads that share a stretch cross nowhere in particular."""
    points = [point for one in some for other in others if one != other for point in _crossings(one.line, other.line)]
    if not points:
        return None
    first = points[0]
    return first if all(metres(first, point) <= ONE_CROSSING_M for point in points) else None


def nearest(road: Road, point: Point) -> Point:
    """The point of the road's line nearest to `point`, which may be one of its ends."""
    return min(
        (_foot(point, *segment) for segment in _segments(road.line)), key=lambda foot: math.hypot(*_offset(point, foot))
    )


def metres(one: Point, other: Point) -> float:
    """Along the ellipsoid."""
    return float(geodesic(one, other).meters)


def _crossings(one: tuple[Point, ...], other: tuple[Point, ...]) -> list[Point]:
    """Every point in which a segment of one line meets a segment of the other, else the nearest approach if near."""
    pairs = [(a, b) for a in _segments(one) for b in _segments(other) if _overlap(a, b)]
    if points := [point for a, b in pairs if (point := _meeting(*a, *b)) is not None]:
        return points
    ends = [(end, _foot(end, *b)) for a, b in pairs for end in a]
    ends += [(_foot(end, *a), end) for a, b in pairs for end in b]
    gaps = [(metres(*gap), gap[0]) for gap in ends]
    gap, point = min(gaps, default=(math.inf, None))
    return [point] if point is not None and gap <= TOUCH_M else []


def _meeting(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where the segments a-b and c-d meet, ends included; of two on one straight line, an end that lies on both."""
    (bx, by), (cx, cy), (dx, dy) = (_offset(a, point) for point in (b, c, d))
    ux, uy, vx, vy = bx, by, dx - cx, dy - cy
    turn = ux * vy - uy * vx
    if turn == 0:
        return next((end for end in (c, d) if metres(_foot(end, a, b), end) < 1), None)
    along, across = (cx * vy - cy * vx) / turn, (cx * uy - cy * ux) / turn
    slack = 1e-6
    if not (-slack <= along <= 1 + slack and -slack <= across <= 1 + slack):
        return None
    return Point(a.lat + along * (b.lat - a.lat), a.lon + along * (b.lon - a.lon))


def _foot(point: Point, a: Point, b: Point) -> Point:
    """The point of the segment a-b nearest to `point`, on a plane: right to a metre within some 20 km."""
    (bx, by), (px, py) = _offset(a, b), _offset(a, point)
    length = bx * bx + by * by
    share = 0.0 if length == 0 else min(1.0, max(0.0, (px * bx + py * by) / length))
    return Point(a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon))


def _offset(origin: Point, point: Point) -> tuple[float, float]:
    """Metres east and north of `origin`."""
    east = (point.lon - origin.lon) * _METRES_A_DEGREE * math.cos(math.radians(origin.lat))
    return east, (point.lat - origin.lat) * _METRES_A_DEGREE


def _overlap(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether the boxes around two segments come within reach of each other; only these are looked at closely."""
    reach = 2 * TOUCH_M / _METRES_A_DEGREE
    return all(
        min(a[axis] for a in one) <= max(b[axis] for b in other) + reach
        and min(b[axis] for b in other) <= max(a[axis] for a in one) + reach
        for axis in (0, 1)
    )


def _segments(line: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    return pairwise(line)


def _line(pairs: list[list[float]]) -> tuple[Point, ...]:
    return tuple(Point(lat, lon) for lat, lon in pairs)


def _freeway_names(road: dict[str, str]) -> Iterator[str]:
    """ "I-10", "the 10", "Highway 10", and of "Golden State / Santa Ana Freeway" both.

    The 110 is signed CA-110 north of the 10.
    """
    yield from (road["id"], f"the {road['shield']}", f"Highway {road['shield']}", f"Route {road['shield']}")
    system = {"US": ("US Route", "US Highway"), "CA": ("SR", "State Route")}.get(road["id"].partition("-")[0], ())
    yield from (f"{word} {road['shield']}" for word in system)
    kind = road["name"].rsplit(" ", 1)[-1]
    parts = [part.strip() for part in road["name"].replace(" and ", "/").split("/")]
    yield from (part if part.endswith((kind, "Freeway")) else f"{part} {kind}" for part in parts)
    if road["id"] == "I-110":
        yield from ("CA-110", "SR 110", "State Route 110")
