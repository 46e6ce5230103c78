"""The one point that stands for a line, a polygon or several of them, and how it was chosen.

Positions are (longitude, latitude) in degrees, as maps exchange them. A degree of longitude counts as many degrees of
latitude as it is long there, so that nothing depends on how far north a shape lies.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

Position = tuple[float, float]
Line = Sequence[Position]
Polygon = Sequence[Line]  # its outline, then its holes

_LEVELS = (0.5, 0.25, 0.75)  # heights at which the widest stretch inside a polygon is looked for


class Representative(NamedTuple):
    """A longitude, a latitude, and how they follow from the shape, to be read after "it stands at"."""

    lon: float
    lat: float
    how: str


def representative(points: Sequence[Position], lines: Sequence[Line], polygons: Sequence[Polygon]) -> Representative:
    """The point for everything that one thing consists of: of its polygons, else of its lines, else of its points.

    Raises ValueError where there is nothing.
    """
    if polygons:
        which = "" if len(polygons) == 1 else "the largest polygon of "
        return Representative(*inside(max(polygons, key=area)), f"a point inside {which}it")
    if lines:
        which = "it" if len(lines) == 1 else "its longest line"
        return Representative(*middle(max(lines, key=length)), f"the middle of {which}, by length")
    if not points:
        raise ValueError("there is nothing to stand for")
    return Representative(*central(points), "the one of its points that is nearest to their middle")


def length(line: Line) -> float:
    """How long a line is, in degrees of latitude."""
    flat = _flat(unwrapped(line))
    return sum(math.dist(*step) for step in pairwise(flat))


def middle(line: Line) -> Position:
    """The point half-way along a line. A step of more than 180 degrees is taken the short way round."""
    whole = unwrapped(line)
    flat = _flat(whole)
    steps = [math.dist(*step) for step in pairwise(flat)]
    left = sum(steps) / 2
    for index, step in enumerate(steps):
        if left <= step and step > 0:
            share = left / step
            (west, south), (east, north) = whole[index], whole[index + 1]
            lon, lat = west + share * (east - west), south + share * (north - south)
            return _turned(lon), lat
        left -= step
    return whole[0] if not steps else (_turned(whole[-1][0]), whole[-1][1])


def crosses(line: Line) -> bool:
    """Whether a line has a step of more than 180 degrees: it then crosses the 180th meridian on a shorter way."""
    return any(180 < abs(east - west) < 360 for (west, _), (east, _) in pairwise(line))


def unwrapped(line: Line) -> Line:
    """The line with longitudes that go on beyond 180 where it crosses the 180th meridian."""
    if not crosses(line):
        return line
    found: list[Position] = []
    turns = 0.0
    for lon, lat in line:
        step = lon + turns - found[-1][0] if found else 0.0
        if 180 < abs(step) < 360:
            turns -= math.copysign(360, step)
        found.append((lon + turns, lat))
    return found


def area(polygon: Polygon) -> float:
    """How large a polygon is without its holes, in square degrees of latitude."""
    outline, *holes = (abs(_signed_area(_flat(ring))) for ring in polygon)
    return max(0.0, outline - sum(holes))


def inside(polygon: Polygon) -> Position:
    """A point inside a polygon and in none of its holes: the middle of its widest stretch at one of three heights.

    Of a polygon without any area, the middle of its outline.
    """
    levels = sorted({lat for _, lat in polygon[0]})
    best = (0.0, middle(polygon[0]))
    for level in _LEVELS:
        lat = _between(levels, levels[0] + level * (levels[-1] - levels[0]))
        for west, east in _stretches(polygon, lat):
            # The heights differ by little; the first that is as wide as any other wins.
            if east - west > best[0] * (1 + 1e-9) and west < (west + east) / 2 < east:
                best = (east - west, ((west + east) / 2, lat))
    return best[1]


def central(points: Sequence[Position]) -> Position:
    """The point of several that lies nearest to their mean; the first of equally near ones."""
    lon = sum(point[0] for point in points) / len(points)
    lat = sum(point[1] for point in points) / len(points)
    scale = math.cos(math.radians(lat))
    return min(points, key=lambda point: math.hypot((point[0] - lon) * scale, point[1] - lat))


def _flat(line: Line) -> list[Position]:
    """The line on a plane, degrees of longitude as long as at its middle height."""
    heights = [lat for _, lat in line]
    scale = math.cos(math.radians((min(heights) + max(heights)) / 2))
    return [(lon * scale, lat) for lon, lat in line]


def _signed_area(ring: Line) -> float:
    (x0, y0) = ring[0]
    near = [(x - x0, y - y0) for x, y in ring]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(near)) / 2


def _between(levels: Sequence[float], wanted: float) -> float:
    """A height near `wanted` at which no corner lies, so that every outline is crossed and none is touched."""
    above = next((index for index, level in enumerate(levels) if level > wanted), len(levels) - 1)
    return (levels[max(0, above - 1)] + levels[above]) / 2


def _stretches(polygon: Polygon, lat: float) -> Iterable[tuple[float, float]]:
    """From west to east, what lies inside along a line of equal latitude, by the even-odd rule."""
    crossings = sorted(
        west + (lat - south) / (north - south) * (east - west)
        for ring in polygon
        for (west, south), (east, north) in pairwise(ring)
        if (south <= lat) != (north <= lat)
    )
    return zip(crossings[::2], crossings[1::2], strict=False)


def _turned(lon: float) -> float:
    return lon if -180 <= lon <= 180 else (lon + 180) % 360 - 180
