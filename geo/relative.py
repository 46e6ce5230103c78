"""What a phrase means that leads from one place to another: "just east of X on Y", "300 yards from X", "X at Y".

| phrase | point | radius |
|---|---|---|
| X and Y, X at Y, X/Y, corner of X and Y | the crossing of two roads | 120 m: a junction with its ramps or corners |
| near X, next to X | X | the radius of X and 500 m |
| 300 yards from X | X, as no direction is told | the distance, but never less than the radius of X |
| 300 yards north of X | that far from X | the radius of X and 0.4 of the distance |
| just north of X | 100 m from X | the radius of X and 100 m |
| the same on Y; Y just north of X | the same, on the line of Y | the same |

"Just" is read as 100 m: beyond what it is told from, yet in sight of it, and short of the next corner, which would be
named instead; anything up to twice that is meant as well, hence the 100 m. A compass word stands for the eighth of the
circle around it, which at its edges is 0.39 of the distance away from the middle.
"""

import math
import re
from typing import NamedTuple, Protocol

from geopy.distance import geodesic
from geopy.location import Location

from geo.candidates import UNKNOWN_EXTENT_M
from geo.roads import Point, Road, Roads, crossing, los_angeles_roads, metres, nearest

CROSSING_M = 120.0
JUST_M = 100.0
NEAR_M = 500.0
BEARING_SHARE = 0.4
LONGEST = 300  # characters
FARTHEST_M = 1_000_000.0  # nobody says "north of" for more
OFF_THE_ROAD_M = 1_000.0  # an anchor farther than this from a road, beyond its own radius, does not tell a point of it

BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
METRES = {
    r"k(?:ilo)?m(?:et(?:er|re)s?)?": 1000.0,
    r"m(?:et(?:er|re)s?)?": 1.0,
    r"f(?:ee|oo)?t": 0.3048,
    r"y(?:ar)?ds?": 0.9144,
    r"mi(?:les?)?": 1609.344,
}

_DISTANCE = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|half an?|an?|one)[ -]?(?P<unit>{'|'.join(METRES)})"
_COURSE = r"(?P<course>(?:north|south)[ -]?(?:east|west)|north|east|south|west)(?: of| from)"
_FAR = rf"(?:(?P<just>just|immediately|right)|{_DISTANCE}(?: to the)?)"
_ON_ROAD_FIRST = re.compile(rf"(?P<road>.+?),? {_FAR} {_COURSE} (?P<anchor>.+)", re.IGNORECASE)
_ON_ROAD_LAST = re.compile(rf"{_FAR} {_COURSE} (?P<anchor>.+) (?:on|along) (?P<road>.+?)", re.IGNORECASE)
_COURSE_ONLY = re.compile(rf"{_FAR} {_COURSE} (?P<anchor>.+)", re.IGNORECASE)
_RING = re.compile(rf"(?:within |about |some )?{_DISTANCE} (?:from|of|away from) (?P<anchor>.+)", re.IGNORECASE)
_NEAR = re.compile(r"(?:near|next to|close to|by|beside|around) (?P<anchor>.+)", re.IGNORECASE)
_CORNER = re.compile(
    r"(?:(?:on|at) )?(?:the )?(?:corner|crossing|intersection|junction) of (?P<pair>.+)", re.IGNORECASE
)
_JUNCTION = re.compile(
    r"(?:the )?(?P<pair>.+?) (?:interchange|overpass|underpass|crossing|intersection|junction|corner)", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s*/\s*| (?:and|at|&|@) ", re.IGNORECASE)


class RelativePlace(NamedTuple):
    """A point with the metres around it in which the place is; `how` is a sentence about what it was told from."""

    lat: float
    lon: float
    radius_m: float
    how: str


class Places(Protocol):
    """What anchors are looked up in; geo.gazetteer.Gazetteer is one."""

    def geocode(self, query: str) -> Location | None: ...


def resolve(phrase: str, gazetteer: Places, roads: Roads | None = None) -> RelativePlace | None:
    """The place a phrase leads to, or None where it is no such phrase or names what neither table has.

    Anchors are places of the gazetteer or crossings of `roads`, by default those of the bundled base map of Los
    Angeles. A name that stands for several places or crossings leads nowhere.
    """
    phrase = " ".join(phrase.split()).rstrip(".")
    if len(phrase) > LONGEST:
        return None
    return _Reader(gazetteer, roads or los_angeles_roads()).place(phrase)


class _Reader(NamedTuple):
    """Both tables, and one method a kind of phrase."""

    gazetteer: Places
    roads: Roads

    def place(self, phrase: str) -> RelativePlace | None:
        for pattern in (_ON_ROAD_LAST, _ON_ROAD_FIRST, _COURSE_ONLY):
            if (told := pattern.fullmatch(phrase)) is not None and (place := self._course(told)) is not None:
                return place
        if (told := _RING.fullmatch(phrase)) is not None:
            return self._ring(told)
        if (told := _NEAR.fullmatch(phrase)) is not None:
            anchor = self._anchor(told["anchor"])
            return anchor and anchor._replace(radius_m=anchor.radius_m + NEAR_M, how=f"near {anchor.how}")
        return self._corner(phrase)

    def _course(self, told: re.Match[str]) -> RelativePlace | None:
        anchor, distance_m = self._anchor(told["anchor"]), _distance_m(told)
        if anchor is None or distance_m > FARTHEST_M:
            return None
        course = re.sub("[ -]", "", told["course"]).lower()
        doubt_m = JUST_M if told["just"] else BEARING_SHARE * distance_m
        how = f"{distance_m:.0f} m {course} of {anchor.how}"
        radius_m = anchor.radius_m + doubt_m
        if "road" not in told.groupdict():
            point = _destination(Point(anchor.lat, anchor.lon), BEARINGS[course], distance_m)
            return RelativePlace(*point, radius_m, how)
        along = [(road, _along(road, anchor, BEARINGS[course], distance_m)) for road in self.roads.named(told["road"])]
        ends = [(road, end) for road, end in along if end is not None]
        if len(ends) != 1:
            return None
        [(road, end)] = ends
        return RelativePlace(*end, radius_m, f"{how}, on {road.name}")

    def _ring(self, told: re.Match[str]) -> RelativePlace | None:
        anchor, distance_m = self._anchor(told["anchor"]), _distance_m(told)
        if anchor is None or distance_m > FARTHEST_M:
            return None
        return anchor._replace(radius_m=max(anchor.radius_m, distance_m), how=f"{distance_m:.0f} m from {anchor.how}")

    def _anchor(self, toponym: str) -> RelativePlace | None:
        """A place of the gazetteer, else a crossing."""
        if (location := self.gazetteer.geocode(toponym)) is not None:
            return _at(location)
        return self._corner(toponym)

    def _corner(self, phrase: str) -> RelativePlace | None:
        """A crossing of two roads, else one that the gazetteer has, in either order."""
        told = _CORNER.fullmatch(phrase) or _JUNCTION.fullmatch(phrase)
        names = [name for name in _BETWEEN.split(told["pair"] if told else phrase) if name]
        if len(names) != 2:
            return None
        one, other = (f"the {name}" if name.isdecimal() else name for name in names)  # "I-10/110"
        if (point := crossing(self.roads.named(one), self.roads.named(other))) is not None:
            return RelativePlace(*point, CROSSING_M, f"the crossing of {one} and {other}")
        for pair in (f"{one} and {other}", f"{other} and {one}"):
            if (location := self.gazetteer.geocode(pair)) is not None:
                return _at(location)
        return None


def _at(location: Location) -> RelativePlace:
    radius_m = location.raw["radius_m"]
    known = UNKNOWN_EXTENT_M if math.isnan(radius_m) else radius_m
    return RelativePlace(location.latitude, location.longitude, known, location.raw["name"])


def _along(road: Road, anchor: RelativePlace, bearing: float, distance_m: float) -> Point | None:
    """From the point of the road nearest to the anchor, so far in that direction, and back onto the road.

    None where the anchor is not by the road, or the road does not lead there: it runs across, or ends before.
    """
    middle = Point(anchor.lat, anchor.lon)
    start = nearest(road, middle)
    if metres(start, middle) > OFF_THE_ROAD_M + anchor.radius_m:
        return None
    end = nearest(road, _destination(start, bearing, distance_m))
    return end if metres(start, end) >= distance_m / 2 else None


def _destination(start: Point, bearing: float, distance_m: float) -> Point:
    there = geodesic(meters=distance_m).destination(start, bearing=bearing)
    return Point(there.latitude, there.longitude)


def _distance_m(told: re.Match[str]) -> float:
    """Of "300 yards", "1,000 ft", "half a mile"; of "just", 100 m."""
    if told.groupdict().get("just"):
        return JUST_M
    number, unit = told["number"].lower(), told["unit"].lower()
    metres_a_unit = next(length for pattern, length in METRES.items() if re.fullmatch(pattern, unit))
    if number[0].isdigit():
        return float(number.replace(",", "")) * metres_a_unit
    return (0.5 if number.startswith("half") else 1.0) * metres_a_unit
