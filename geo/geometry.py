"""A geometry as GeoJSON writes it: where it is on the map, or what is wrong with it.

A single point is given as it is written, be it in degrees or not: whoever reads cells of latitude and longitude looks
at swapped and projected ones, and can offer to mend them. The positions of all other geometries are checked here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.coordinates import Problem, read_pair
from geo.errors import clipped
from geo.json_text import Constant, Number, as_text
from geo.shapes import Line, Position, crosses, representative

KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
COLLECTION = "GeometryCollection"

MOST_POSITIONS = 100_000

_DEEPEST = 8
_EXAMPLE = '{"type": "Point", "coordinates": [longitude, latitude]}'
_PAIR = "write [longitude, latitude], two numbers"


class Located(NamedTuple):
    """A latitude and a longitude as text, and the kind of geometry they stand for.

    `how` says how they follow from anything but a point. `aside` says what was passed over: "heights" for more than
    two numbers in a position, "open" for rings that do not end where they begin, "meridian" for lines that cross it.
    """

    lat: str
    lon: str
    shape: str
    how: str = ""
    aside: frozenset[str] = frozenset()


class Misplaced(NamedTuple):
    """Why a geometry is nowhere: `what` follows its text in a sentence."""

    value: str
    what: str
    remedy: str


class _WrongError(Exception):
    def __init__(self, value: object, what: str, remedy: str) -> None:
        super().__init__(what)
        self.found = Misplaced(clipped(as_text(value)), what, remedy)


@dataclass
class _Parts:
    """What a geometry consists of, and its first position as written, latitude first."""

    points: list[Position] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    polygons: list[list[Line]] = field(default_factory=list)
    aside: set[str] = field(default_factory=set)
    written: tuple[str, str] = ("", "")
    count: int = 0


def located(geometry: object) -> Located | Misplaced:
    """Where a geometry is: a point as it is written, anything else at a point that represents it.

    Numbers are those of `geo.json_text`, or floats; a text is never taken for a number.
    """
    parts = _Parts()
    try:
        _gather(geometry, parts, 0)
        shape = str(geometry["type"]) if isinstance(geometry, dict) else ""
        if len(parts.points) == 1 and not parts.lines and not parts.polygons:
            return Located(*parts.written, "Point", "", frozenset(parts.aside))
        _check_degrees(parts)
        if not (parts.points or parts.lines or parts.polygons):
            raise _WrongError(geometry, "has nothing in it", "give it coordinates, or write null for no geometry")
    except _WrongError as wrong:
        return wrong.found
    lon, lat, how = representative(parts.points, parts.lines, parts.polygons)
    if not parts.polygons and any(map(crosses, parts.lines)):
        parts.aside.add("meridian")
    return Located(_degrees(lat), _degrees(lon), shape, how, frozenset(parts.aside))


def _gather(geometry: object, parts: _Parts, depth: int) -> None:
    if not isinstance(geometry, dict):
        raise _WrongError(geometry, "is not a geometry", f"write {_EXAMPLE}, or null")
    kind = geometry.get("type")
    if kind == COLLECTION:
        members = geometry.get("geometries")
        if not isinstance(members, list | tuple):
            raise _WrongError(geometry, "is a collection without a list of geometries", "list them in 'geometries'")
        if depth == _DEEPEST:
            raise _WrongError(geometry, "is nested too deeply", "put all its geometries into one collection")
        for member in members:
            _gather(member, parts, depth + 1)
        return
    if not isinstance(kind, str) or kind not in KINDS:
        raise _unknown(geometry, kind)
    if "coordinates" not in geometry:
        raise _WrongError(geometry, f"is a {kind} without coordinates", f"write {_EXAMPLE}, or null")
    _gather_coordinates(kind, geometry["coordinates"], parts)


def _unknown(geometry: object, kind: object) -> _WrongError:
    meant = [known for known in (*KINDS, COLLECTION) if isinstance(kind, str) and known.casefold() == kind.casefold()]
    if meant:
        return _WrongError(geometry, f"has the type '{kind}'", f"write it '{meant[0]}': capital letters count")
    what = f"has the unknown type {clipped(as_text(kind), 30)}" if kind is not None else "has no type"
    return _WrongError(geometry, what, f"its type is one of {', '.join((*KINDS, COLLECTION))}")


def _gather_coordinates(kind: str, coordinates: object, parts: _Parts) -> None:
    if kind == "Point":
        parts.points.append(_position(coordinates, parts))
    elif kind == "MultiPoint":
        parts.points += [_position(one, parts) for one in _listed(coordinates, kind)]
    elif kind == "LineString":
        parts.lines.append(_line(coordinates, parts))
    elif kind == "MultiLineString":
        parts.lines += [_line(one, parts) for one in _listed(coordinates, kind)]
    elif kind == "Polygon":
        parts.polygons.append(_polygon(coordinates, parts))
    else:
        parts.polygons += [_polygon(one, parts) for one in _listed(coordinates, kind)]


def _listed(value: object, kind: str) -> Sequence[object]:
    if isinstance(value, list | tuple):
        return value
    raise _WrongError(value, f"is no list of the coordinates of a {kind}", "look how its brackets are nested")


def _line(value: object, parts: _Parts) -> Line:
    line = [_position(one, parts) for one in _listed(value, "LineString")]
    if len(line) < 2:
        raise _WrongError(value, "is a line of fewer than two positions", "give it two, or make it a Point")
    return line


def _polygon(value: object, parts: _Parts) -> list[Line]:
    rings: list[Line] = []
    for one in _listed(value, "Polygon"):
        ring = [_position(corner, parts) for corner in _listed(one, "Polygon")]
        if ring and ring[0] != ring[-1]:
            ring.append(ring[0])
            parts.aside.add("open")
        if len(ring) < 4:
            what = "is a ring of fewer than three corners"
            raise _WrongError(one, what, "give a ring three corners, and its first position again at its end")
        rings.append(ring)
    if not rings:
        raise _WrongError(value, "is a polygon without an outline", "give it a ring of three corners or more")
    return rings


def _position(value: object, parts: _Parts) -> Position:
    parts.count += 1
    if parts.count > MOST_POSITIONS:
        what = f"belongs to a geometry of more than {MOST_POSITIONS:,} positions"
        raise _WrongError(value, what, "simplify the shape, or give a point in its stead")
    if isinstance(value, dict):
        raise _WrongError(value, "is an object where a position should be", _meant(value.get("lon"), value.get("lat")))
    if not isinstance(value, list | tuple):
        raise _WrongError(value, "is not a position", _PAIR)
    if not value:
        raise _WrongError(
            value, "is a position without numbers", f"{_PAIR}; null as the geometry says that none is known"
        )
    if isinstance(value[0], list | tuple):
        raise _WrongError(value, "is nested too deeply for a position", "take a pair of brackets off")
    if len(value) == 1:
        raise _WrongError(value, "is a position of one number", _PAIR)
    for one in value[:2]:
        if not isinstance(one, Number | float):
            raise _WrongError(value, f"holds {_called(one)} where a number should be", _meant(*value[:2]))
    lon, lat = float(value[0]), float(value[1])
    if not (math.isfinite(lon) and math.isfinite(lat)):
        raise _WrongError(value, "is beyond all numbers of degrees", _PAIR)
    if len(value) > 2:
        parts.aside.add("heights")
    if not parts.written[0]:
        parts.written = _written(value[1]), _written(value[0])
    return lon, lat


def _meant(lon: object, lat: object) -> str:
    """The pair that was probably meant, where two texts or members can be read as numbers."""
    if isinstance(lon, Number | str) and isinstance(lat, Number | str):
        try:
            if math.isfinite(float(lon)) and math.isfinite(float(lat)):
                pair = ", ".join(one if isinstance(one, str) else one.decode() for one in (lon, lat))
                return f"write [{pair}], longitude first and numbers without quotation marks"
        except ValueError:
            pass
    return _PAIR


def _called(value: object) -> str:
    if isinstance(value, str):
        return "a text"
    return as_text(value) if value is None or isinstance(value, bool | Constant) else "something else"


def _check_degrees(parts: _Parts) -> None:
    rings = (ring for polygon in parts.polygons for ring in polygon)
    for line in (parts.points, *parts.lines, *rings):
        for lon, lat in line:
            if abs(lat) > 90 or abs(lon) > 180:
                found = read_pair(_degrees(lat), _degrees(lon))
                what = found.what if isinstance(found, Problem) else "is beyond the degrees of the globe"
                remedy = found.remedy if isinstance(found, Problem) else "give degrees"
                if isinstance(found, Problem) and found.kind == "swapped":
                    remedy = f"write every position longitude first: [{_degrees(lat)}, {_degrees(lon)}]"
                raise _WrongError([lon, lat], what, remedy)


def _written(number: Number | float) -> str:
    return _degrees(number) if isinstance(number, float) else number.decode()


def _degrees(number: float) -> str:
    """At most ten decimals, a hundredth of a millimetre, and no exponent."""
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
