"""The study area of a story: where its places are expected, so that a namesake elsewhere is never taken for one."""

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from geopy.distance import geodesic, great_circle

from geo.errors import GeocodingError, clipped
from geo.source import Bounds
from geo.story import Story

AROUND_M = 50_000.0  # about a place that is known: the reach of a large city from any point of it
_BOX = re.compile(r"\s*,\s*".join([r"([+-]?\d+(?:\.\d+)?)"] * 4))


class Area(NamedTuple):
    """A box of west, south, east, north, its edge included, or all within `AROUND_M` of one of the `points`.

    `points` are (lat, lon); they count only where there is no box.
    """

    box: Bounds | None = None
    points: tuple[tuple[float, float], ...] = ()

    def holds(self, lat: float, lon: float) -> bool:
        """Whether a point lies in it."""
        if self.box is None:
            return any(great_circle(point, (lat, lon)).meters <= AROUND_M for point in self.points)
        west, south, east, north = self.box
        across = west <= lon <= east if west <= east else lon >= west or lon <= east
        return across and south <= lat <= north

    @property
    def bounds(self) -> Bounds | None:
        """One box around all of it, to be wished for; None where it is scattered over more than half the Earth."""
        return self.box or _around(self.points)


def study_area(story: Story) -> Area | None:
    """The bounds a story names, else what is around its located places; None where it says nothing of where it is."""
    if story.meta.bounds is not None:
        return Area(story.meta.bounds)
    located = story.places.loc[story.places["lat"].notna() & story.places["lon"].notna()]
    points = tuple(dict.fromkeys(zip(located["lat"].tolist(), located["lon"].tolist(), strict=True)))
    return Area(points=points) if points else None


def read_box(text: str) -> Area | None:
    """The area written as "west,south,east,north" in degrees, or None for any other text. Raises GeocodingError for
    four numbers that are no such box."""
    if (match := _BOX.fullmatch(text.strip())) is None:
        return None
    west, south, east, north = (float(side) for side in match.groups())
    if not (abs(west) <= 180 and abs(east) <= 180 and -90 <= south < north <= 90):
        remedy = "give west,south,east,north in degrees, such as -118.7,33.6,-117.9,34.4"
        raise GeocodingError(f"the area '{clipped(text, 60)}' is no box; {remedy}")
    return Area((west, south, east, north))


def _around(points: Iterable[tuple[float, float]]) -> Bounds | None:
    points = list(points)
    if not points:
        return None
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    lons = sorted({lon for _, lon in points})
    gaps = [(after - before) % 360 or 360.0 for before, after in zip(lons, [*lons[1:], lons[0]], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    west, east = lons[(widest + 1) % len(lons)], lons[widest]
    if 360 - gaps[widest] > 180:
        return None
    high = AROUND_M / geodesic((0, 0), (1, 0)).meters
    wide = high / max(math.cos(math.radians(max(abs(south), abs(north)))), 0.1)
    return _wrapped(west - wide), max(south - high, -90.0), _wrapped(east + wide), min(north + high, 90.0)


def _wrapped(lon: float) -> float:
    return (lon + 180) % 360 - 180
