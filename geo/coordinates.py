"""Latitude and longitude of a place from the cells in which people write them, or what is wrong with those cells.

Nothing is half-read and nothing is put right in silence: a `Problem` may carry the pair of cells that was probably
meant, for somebody to choose. Empty cells are a `Problem` of the kind "empty": the place is to be found by its name.
"""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from geo import mercator
from geo.errors import clipped
from geo.sexagesimal import Angle, NoAngle, read_angle

Kind = Literal[
    "not_a_number", "out_of_range", "swapped", "metres", "null_island", "minutes", "hemisphere", "empty", "half"
]

_NOTHING = {"", "-", "--", "–", "—", "?", "n/a", "na", "nan", "null", "none", "nil", "unknown", "desconocido"}
_SEPARATOR = re.compile(r"\s*[,;/|]\s*|\s+")
_HEIGHT = re.compile(r"(.*?[0-9°'\"nsew])\s*[,;/\s]\s*-?[0-9]+(?:\.[0-9]+)?\s*(?:km|mi|nmi|nm|ft|m)", re.IGNORECASE)
_GEO_URI = re.compile(
    r"geo:(-?[0-9]{1,3}(?:\.[0-9]+)?),(-?[0-9]{1,3}(?:\.[0-9]+)?)(,-?[0-9]+(?:\.[0-9]+)?)?"
    r"(;crs=wgs84)?(;(?!crs=)[a-z0-9-]+(?:=[a-z0-9.%-]*)?)*",
    re.IGNORECASE,
)
_POINT = re.compile(r"POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
_BRACKETS = {"(": ")", "[": "]"}
_MOST_CHARACTERS = 150
_LEAST_METRES = 1_000  # smaller numbers are degrees gone wrong


class Coordinates(NamedTuple):
    """Degrees north and east; `how` is what had to be understood to read them ("decimal comma"), or nothing."""

    lat: float
    lon: float
    how: str = ""


class Problem(NamedTuple):
    """Why cells are no coordinates. `what` follows the cell in a sentence; `where` says which of the two is meant.

    `proposal` is the pair of texts (lat, lon) that was probably meant, to be chosen by somebody; None if unknown.
    """

    what: str
    remedy: str
    kind: Kind
    proposal: tuple[str, str] | None = None
    where: Literal["lat", "lon", "both"] = "both"


def read_pair(lat: str, lon: str, *, decimal_comma: bool = False) -> Coordinates | Problem:
    """The coordinates that two cells say. `decimal_comma` means that the file is known to write 48,85."""
    lat, lon = lat.strip(), lon.strip()
    if not lat or not lon:
        return _incomplete(lat, lon)
    north, east = read_angle(lat, decimal_comma), read_angle(lon, decimal_comma)
    if isinstance(north, NoAngle) or isinstance(east, NoAngle):
        return _unread(lat, lon, north, east)
    if _is_lat(north) and _is_lon(east):
        if north.degrees == 0 and east.degrees == 0:
            what = "lies in the Gulf of Guinea: is it unknown?"
            return Problem(what, "leave both cells empty if the place is not known", "null_island", ("", ""))
        return Coordinates(north.degrees, east.degrees, "; ".join(dict.fromkeys(north.how + east.how)))
    if _is_lat(east) and _is_lon(north):
        return _swapped(lat, lon, north)
    if _crossed(north, "NS") or _crossed(east, "EW"):
        where: Literal["lat", "lon"] = "lat" if _crossed(north, "NS") else "lon"
        return _wrong_letter(where, north.letter if where == "lat" else east.letter)
    return _beyond(lat, north, east)


def read_point(cell: str, *, decimal_comma: bool = False) -> Coordinates | Problem:
    """The coordinates that one cell says: "34.05, -118.25", "34°03'N 118°15'W", "geo:34.05,-118.25".

    Latitude first, unless letters say otherwise or the text is "POINT (lon lat)". A height is left aside and said.
    """
    cell = cell.strip()
    if cell.lower() in _NOTHING:
        return _incomplete("", "")
    if re.match(r"(?:[a-z][a-z0-9+.-]*://|www\.)", cell, re.IGNORECASE):
        return _no_point("is an address on the web; none is opened")
    if len(cell) > _MOST_CHARACTERS:
        return _no_point(f"has {len(cell):,} characters")
    return _read_point(cell, decimal_comma)


@lru_cache(maxsize=65_536)
def _read_point(cell: str, decimal_comma: bool) -> Coordinates | Problem:
    if match := _GEO_URI.fullmatch(cell):
        return _with_height(read_pair(match[1], match[2]), bool(match[3]))
    if cell.lower().startswith("geo:"):
        return _no_point("is not a geo: address in degrees of WGS 84")
    if match := _POINT.fullmatch(cell):
        found = read_pair(match[2], match[1])
        return found._replace(how="longitude first, as POINT has it") if isinstance(found, Coordinates) else found
    if cell[0] in _BRACKETS and cell.endswith(_BRACKETS[cell[0]]):
        cell = cell[1:-1].strip()
    if match := _HEIGHT.fullmatch(cell):
        found = _split_point(match[1].rstrip(" ,;/"), decimal_comma)
        if isinstance(found, Coordinates):
            return _with_height(found, True)
    return _split_point(cell, decimal_comma)


def _split_point(cell: str, decimal_comma: bool) -> Coordinates | Problem:
    """The one way to cut `cell` into two angles; several ways that differ are a problem, and so is none."""
    if re.fullmatch(r"[+-]?[0-9]{1,3},[0-9]+", cell):
        return _no_point("may be two numbers, or one with a decimal comma")
    pairs = [(cell[: cut.start()], cell[cut.end() :]) for cut in _SEPARATOR.finditer(cell)]
    angles = {pair: tuple(read_angle(part, decimal_comma) for part in pair) for pair in pairs}
    whole = [pair for pair, parts in angles.items() if all(isinstance(part, Angle) for part in parts)]
    if len({tuple(part[0] for part in angles[pair]) for pair in whole}) == 1:
        return _in_order(*whole[0], decimal_comma)
    if whole:
        return _no_point("can be read in more than one way")
    for pair, parts in angles.items():
        kinds = {part.kind for part in parts if isinstance(part, NoAngle)}
        if kinds & {"minutes", "hemisphere"} and "not_a_number" not in kinds:
            return read_pair(*pair, decimal_comma=decimal_comma)
    return _no_point("is not a latitude and a longitude")


def _in_order(first: str, second: str, decimal_comma: bool) -> Coordinates | Problem:
    angles = read_angle(first, decimal_comma), read_angle(second, decimal_comma)
    if all(isinstance(angle, Angle) for angle in angles) and angles[0][1] in ("E", "W") and angles[1][1] in ("N", "S"):
        first, second = second, first
    return read_pair(first, second, decimal_comma=decimal_comma)


def _with_height(found: Coordinates | Problem, height: bool) -> Coordinates | Problem:
    if not height or isinstance(found, Problem):
        return found
    return found._replace(how="; ".join([*([found.how] if found.how else []), "the height is left aside"]))


def _is_lat(angle: Angle) -> bool:
    return abs(angle.degrees) <= 90 and angle.letter in ("", "N", "S")


def _is_lon(angle: Angle) -> bool:
    return abs(angle.degrees) <= 180 and angle.letter in ("", "E", "W")


def _crossed(angle: Angle, letters: str) -> bool:
    return bool(angle.letter) and angle.letter not in letters


def _incomplete(lat: str, lon: str) -> Problem:
    if not lat and not lon:
        return Problem("has no coordinates", "give a latitude and a longitude, or a place to look for", "empty")
    both = read_point(lat or lon)
    proposal = (str(both.lat), str(both.lon)) if isinstance(both, Coordinates) else None
    missing: Literal["lat", "lon"] = "lon" if lat else "lat"
    if proposal:
        return Problem("holds both coordinates", "put latitude and longitude into their columns", "half", proposal)
    what = "is empty, though the other coordinate is given"
    return Problem(what, "give both, or leave both empty", "half", None, missing)


def _unread(lat: str, lon: str, north: Angle | NoAngle, east: Angle | NoAngle) -> Problem:
    if lat.lower() in _NOTHING and lon.lower() in _NOTHING:
        what = "says that the position is not known, in words"
        return Problem(what, "leave both cells empty", "not_a_number", ("", ""))
    where: Literal["lat", "lon"] = "lat" if isinstance(north, NoAngle) else "lon"
    wrong = north if isinstance(north, NoAngle) else east
    assert isinstance(wrong, NoAngle)  # noqa: S101 - one of the two is, or this is not called
    kind: Kind = {"minutes": "minutes", "hemisphere": "hemisphere"}.get(wrong.kind, "not_a_number")  # type: ignore[assignment]
    proposal = None
    if wrong.meant:
        meant = (wrong.meant, lon) if where == "lat" else (lat, wrong.meant)
        proposal = meant if isinstance(read_pair(*meant), Coordinates) else None
    return Problem(wrong.what, wrong.remedy, kind, proposal, where)


def _swapped(lat: str, lon: str, north: Angle) -> Problem:
    what = "is a latitude beyond 90: swapped?" if abs(north.degrees) > 90 else "has the letter of a longitude: swapped?"
    return Problem(what, f"exchange the two: {clipped(lon, 30)}, {clipped(lat, 30)}", "swapped", (lon, lat), "lat")


def _wrong_letter(where: Literal["lat", "lon"], letter: str) -> Problem:
    name, letters = ("latitude", "N or S") if where == "lat" else ("longitude", "E or W")
    return Problem(f"is a {name} with the letter {letter}", f"write {letters}", "hemisphere", None, where)


def _beyond(lat: str, north: Angle, east: Angle) -> Problem:
    y, x = north.degrees, east.degrees
    beyond_both = abs(y) > 90 and abs(x) > 180 and not (north.letter or east.letter)
    if beyond_both and _LEAST_METRES <= max(abs(x), abs(y)) <= mercator.EDGE_M:
        return _metres(x, y)
    if abs(y) <= 90 and 180 < x <= 360:
        turned = f"{x - 360:.10f}".rstrip("0").rstrip(".")
        remedy = f"degrees west are negative: {turned}"
        return Problem("is a longitude beyond 180, counted on to 360?", remedy, "out_of_range", (lat, turned), "lon")
    remedy = "a latitude goes from -90 to 90, a longitude from -180 to 180; is a decimal point missing?"
    if abs(y) > 90:
        return Problem("is a latitude beyond 90", remedy, "out_of_range", None, "lat")
    return Problem("is a longitude beyond 180", remedy, "out_of_range", None, "lon")


def _metres(x: float, y: float) -> Problem:
    """Eastings and northings of UTM lie inside the square of Web Mercator too, and nothing in them names their zone."""
    lat, lon = (f"{degrees:.7f}" for degrees in mercator.degrees(x, y))
    if 100_000 <= x <= 900_000 and 0 <= y <= 10_000_000:
        what = "looks like metres of UTM, of a zone that is not said, or of Web Mercator"
        remedy = f"give degrees (in Web Mercator this is {lat}, {lon})"
        return Problem(what, remedy, "metres")
    return Problem("looks like metres of Web Mercator", f"convert them: {lat}, {lon}", "metres", (lat, lon))


def _no_point(what: str) -> Problem:
    remedy = "write latitude and longitude like '34.05, -118.25' or 34°03'N 118°15'W"
    return Problem(what, remedy, "not_a_number")
