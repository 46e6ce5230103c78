"""Where a phrase leads that tells a place from others: "just east of X on Y", "between X and Y", "2 blocks from X".

| phrase | point | radius |
|---|---|---|
| corner of X and Y, X and Y, X at Y, X/Y | the crossing of two roads | 120 m: a junction with its ramps or corners |
| next to, in front of, behind, opposite, across from X | X | that of X and 100 m: the next lot, the other side |
| near X, around X, X area | X | that of X and 500 m: what one sees or walks to without another name |
| outside X | X | that of X once more, at least 100 m: beyond the edge, nearer to X than to any other name |
| between X and Y | halfway | to the farther end of either: half the distance and their radii |
| Z between X and Y | halfway between two corners of Z | the same |
| 300 yards, 2 blocks, 5 minutes' walk from X | X, as no direction is told | all of that distance, at least that of X |
| 300 yards north of X | that far from X | that of X and 0.4 of the distance; 0.6 of blocks and walks, 1.2 of drives |
| just north of X | 100 m from X | that of X and 100 m |
| north of X | beyond the radius of X by 500 m | the same distance: from the middle of X to twice as far |
| any of these with "on Z"; Z, then any of these | on the line of Z, X may be a cross street | the same |
| as before, of Z only the corner with X is known | straight on, for 1 km at most | that of X and 0.8 of the distance |
| north side of X, north end of X | half the radius north of the middle | that of X |
| downtown X, in X, at X | X | that of X, which holds its centre |
| on Z, Z being a road; 4000 block of Z; a house number | none | no table says where these begin and end |

"Just" is read as 100 m: beyond what it is told from, yet in sight of it, and short of the next corner, which would be
named instead; anything up to twice that is meant as well, hence the 100 m. A compass word stands for the eighth of the
circle around it, which at its edges is 0.39 of the distance away from the middle; with a distance that may itself be
a third more (blocks, walks) the farthest is 0.56 of it, with one that may be twice as much (drives) 1.14.
What `spans` says of blocks and minutes holds here. "Never a wrong place": where readings of a phrase lead to different
places, where an anchor has several places or is a town and a road at once ("2 blocks from Venice"), there is none.
"""

import math
from itertools import product
from typing import NamedTuple, Protocol

from geopy.distance import geodesic
from geopy.location import Location

from geo.candidates import UNKNOWN_EXTENT_M
from geo.phrases import Away, Beside, Between, Corner, Inside, Outside, Reading, Side, readings
from geo.roads import Point, Road, Roads, crossing, los_angeles_roads, metres, nearest
from geo.toponyms import spellings

CROSSING_M = 120.0
JUST_M = 100.0
WITHIN_M = {"beside": 100.0, "near": 500.0}
DOUBT_SHARE = {0.0: 0.4, 1 / 3: 0.6, 1.0: 1.2}  # of a distance with a direction, by the doubt of the distance alone
TOWN_M = 1_000.0  # what is at least so large is a town or a district and has a downtown
STRAIGHT_M, ASKEW_SHARE = 1_000.0, 0.8  # a street of which only a corner is known: so far it may run 45 degrees askew
LONGEST = 300  # characters
DEEPEST = 2  # phrases inside a phrase: "near the corner of X and Y" is one
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
    """Both tables, and one method a kind of phrase; `depth` is how many phrases this one is inside."""

    gazetteer: Places
    roads: Roads
    depth: int = 0

    def place(self, phrase: str) -> RelativePlace | None:
        """Where the fullest reading leads; None where another one leads to another place."""
        found = [place for reading in readings(phrase) if (place := self._reading(reading)) is not None]
        return found[0] if found and all(_agree(found[0], other) for other in found[1:]) else None

    def _reading(self, reading: Reading) -> RelativePlace | None:
        match reading:
            case Corner(one, other):
                return self._corner(one, other)
            case Between(one, other, road):
                return self._between(one, other, road)
            case Beside(anchor, word, road):
                by = self._anchor(anchor) if not road else self._on(road, anchor)
                return by and _wider(by, WITHIN_M[word], f"{'next to' if word == 'beside' else word} {by.how}")
            case Outside(anchor):
                edge = self._anchor(anchor)
                return edge and _wider(edge, max(edge.radius_m, WITHIN_M["beside"]), f"outside {edge.how}")
            case Away():
                return self._away(reading)
            case Side(anchor, course):
                whole = None if self._named(anchor) else self._anchor(anchor)
                return whole and _moved(
                    whole, course, whole.radius_m / 2, whole.radius_m, f"the {course} side of {whole.how}"
                )
            case Inside(anchor, word):
                return self._inside(anchor, word)

    def _inside(self, anchor: str, word: str) -> RelativePlace | None:
        if word in ("on", "en") and self._named(anchor):
            return None
        place = self._anchor(anchor)
        return None if place is None or (word == "downtown" and place.radius_m < TOWN_M) else place

    def _between(self, one: str, other: str, road: str) -> RelativePlace | None:
        ends = [self._corner(road, name) if road else self._anchor(name) for name in (one, other)]
        if ends[0] is None or ends[1] is None:
            return None
        start, end = ends[0], ends[1]
        if metres(_point(start), _point(end)) > FARTHEST_M:
            return None
        middle = _middle(_point(start), _point(end))
        radius_m = max(metres(middle, _point(end)) for end in (start, end)) + start.radius_m + end.radius_m
        return RelativePlace(*middle, radius_m, f"between {start.how} and {end.how}")

    def _away(self, told: Away) -> RelativePlace | None:
        corner = self._corner(told.road, told.anchor) if told.road else None
        anchor = corner or self._anchor(told.anchor)
        if anchor is None:
            return None
        if told.just:
            distance_m, doubt_m, said = JUST_M, JUST_M, f"{JUST_M:.0f} m"
        elif told.far is None:
            distance_m, doubt_m, said = anchor.radius_m + WITHIN_M["near"], WITHIN_M["near"], "somewhere"
        else:
            distance_m, said = told.far.metres, told.far.said
            doubt_m = DOUBT_SHARE[told.far.doubt] * distance_m
        two_things = corner is None and distance_m < anchor.radius_m and bool(self._named(told.anchor))
        if distance_m > FARTHEST_M or two_things:
            return None
        if not told.course:
            reach_m = distance_m * (1 + told.far.doubt) if told.far else distance_m
            return anchor._replace(radius_m=max(anchor.radius_m, reach_m), how=f"{said} from {anchor.how}")
        how, radius_m = f"{said} {told.course} of {anchor.how}", anchor.radius_m + doubt_m
        roads = self._named(told.road) if told.road else ()
        if corner is not None and not roads and distance_m <= STRAIGHT_M:
            radius_m = anchor.radius_m + max(doubt_m, ASKEW_SHARE * distance_m)
            return _moved(anchor, told.course, distance_m, radius_m, f"{how}, on {told.road}")
        if not told.road:
            return _moved(anchor, told.course, distance_m, radius_m, how)
        along = [(road, _along(road, anchor, BEARINGS[told.course], distance_m)) for road in roads]
        ends = [(road, end) for road, end in along if end is not None]
        return RelativePlace(*ends[0][1], radius_m, f"{how}, on {ends[0][0].name}") if len(ends) == 1 else None

    def _on(self, road: str, anchor: str) -> RelativePlace | None:
        """A cross street's corner with the road, else the point of the road nearest to a place beside it."""
        if (corner := self._corner(road, anchor)) is not None:
            return corner
        if (place := self._anchor(anchor)) is None:
            return None
        feet = [(line.name, nearest(line, _point(place))) for line in self._named(road)]
        feet = [(name, foot) for name, foot in feet if metres(foot, _point(place)) <= WITHIN_M["near"] + place.radius_m]
        return RelativePlace(*feet[0][1], place.radius_m, f"{place.how}, on {feet[0][0]}") if len(feet) == 1 else None

    def _anchor(self, toponym: str) -> RelativePlace | None:
        """A place of the gazetteer, else what the toponym means as a phrase."""
        if (location := self.gazetteer.geocode(toponym)) is not None:
            return _at(location)
        return self._replace(depth=self.depth + 1).place(toponym) if self.depth < DEEPEST else None

    def _corner(self, one: str, other: str) -> RelativePlace | None:
        """A crossing of two roads, else one that the gazetteer has, in either order."""
        for a, b in product(spellings(one, street=True), spellings(other, street=True)):
            if (point := crossing(self.roads.named(a), self.roads.named(b))) is not None:
                return RelativePlace(*point, CROSSING_M, f"the crossing of {one} and {other}")
            for pair in (f"{a} and {b}", f"{b} and {a}"):
                if (location := self.gazetteer.geocode(pair)) is not None:
                    return _at(location)
        return None

    def _named(self, road: str) -> tuple[Road, ...]:
        return next((roads for name in spellings(road, street=True) if (roads := self.roads.named(name))), ())


def _agree(one: RelativePlace, other: RelativePlace) -> bool:
    return metres(_point(one), _point(other)) <= max(one.radius_m, other.radius_m)


def _at(location: Location) -> RelativePlace:
    radius_m = location.raw["radius_m"]
    known = UNKNOWN_EXTENT_M if math.isnan(radius_m) else radius_m
    return RelativePlace(location.latitude, location.longitude, known, location.raw["name"])


def _point(place: RelativePlace) -> Point:
    return Point(place.lat, place.lon)


def _wider(place: RelativePlace, more_m: float, how: str) -> RelativePlace:
    return place._replace(radius_m=place.radius_m + more_m, how=how)


def _moved(place: RelativePlace, course: str, distance_m: float, radius_m: float, how: str) -> RelativePlace:
    return RelativePlace(*_destination(_point(place), BEARINGS[course], distance_m), radius_m, how)


def _along(road: Road, anchor: RelativePlace, bearing: float, distance_m: float) -> Point | None:
    """From the point of the road nearest to the anchor, so far in that direction, and back onto the road.

    None where the anchor is not by the road, or the road does not lead there: it runs across, or ends before.
    """
    middle = _point(anchor)
    start = nearest(road, middle)
    if metres(start, middle) > OFF_THE_ROAD_M + anchor.radius_m:
        return None
    end = nearest(road, _destination(start, bearing, distance_m))
    return end if metres(start, end) >= distance_m / 2 else None


def _destination(start: Point, bearing: float, distance_m: float) -> Point:
    there = geodesic(meters=distance_m).destination(start, bearing=bearing)
    return Point(there.latitude, there.longitude)


def _middle(one: Point, other: Point) -> Point:
    """Halfway on the great circle: the sum of the two directions from the middle of a sphere, whichever comes first."""
    x, y, z = (sum(axis) for axis in zip(_direction(one), _direction(other), strict=True))
    return Point(math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))


def _direction(point: Point) -> tuple[float, float, float]:
    lat, lon = math.radians(point.lat), math.radians(point.lon)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
