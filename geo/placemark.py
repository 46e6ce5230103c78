"""One placemark of a KML file: its texts, times, data and geometry, as rows of a table."""

import re
import warnings
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from geo.errors import clipped
from geo.feature_table import Feature, Found
from geo.geometry import MOST_POSITIONS, Located, Misplaced, located
from geo.html_text import html_text, is_html
from geo.json_text import Number

with warnings.catch_warnings(action="ignore"):  # it warns where lxml is missing, which is not needed
    from fastkml.data import Data, ExtendedData, SchemaData
    from fastkml.geometry import LineString, MultiGeometry, Point, Polygon

_NAMESPACES = {"kml": "", "gx": "", "atom": ""}  # the reader took all prefixes off
_GEOMETRIES: dict[str, Any] = {
    "Point": Point,
    "LineString": LineString,
    "Polygon": Polygon,
    "MultiGeometry": MultiGeometry,
}
_TRACKS = ("Track", "MultiTrack")
_INNER = ("outerBoundaryIs", "innerBoundaryIs", "LinearRing", "coordinates")
_WITH_COORDINATES = ("Point", "LineString", "LinearRing")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_PAIR = "write longitude,latitude with a decimal point, and spaces between positions alone"
_TRACKED = "Tracks became a row for each of their times, beginning with {}."
_HTML = "Tags of HTML were taken out of the description: {}."
_UNTYPED = "Data of other programs, without a name that KML gives it, was left aside: {}."


def add_placemark(mark: Element, folders: tuple[str, ...], found: Found, number: int, most: int) -> int:
    """The rows of one placemark, beginning with this number, as features of `found`; how many they are.

    A placemark is one row, a track one for each of its times, of which at most `most` are read. One that says nothing
    at all is flagged, and so is the rest of a track that is too long.
    """
    values = _texts(mark, found, number)
    if folders:
        values["folder"] = " / ".join(folders)
    start, end = _times(mark)
    values |= {name: text for name, text in (("start", start), ("end", end)) if text}
    for name, text in _data(mark, found, number).items():
        values[name if values.get(name, text) == text else f"data {name}"] = text
    geometry = [child for child in mark if child.tag in (*_GEOMETRIES, "LinearRing", "Model", *_TRACKS)]
    tracks = [track for child in geometry for track in child.iter("Track")]
    if tracks:
        return _add_tracks(tracks, values, found, number, most)
    if not geometry and not any(text for name, text in values.items() if name != "folder"):
        found.left_out(number, "", "is a placemark that says nothing", "give it a name or a position, or delete it")
        return 1
    found.features.append(Feature(number, values, _place(geometry) if geometry else None, mark.get("id")))
    return 1


def _texts(mark: Element, found: Found, number: int) -> dict[str, str]:
    names = ("name", "description", "address", "phoneNumber")
    values = {name: text for name in names if (text := (mark.findtext(name) or "").strip())}
    if is_html(values.get("description", "")):
        values["description"] = html_text(values["description"])
        found.note(_HTML, number)
    return values


def _times(mark: Element) -> tuple[str, str]:
    """Times as they are written: with an offset, without one, or a year alone."""
    stamp = mark.findtext("TimeStamp/when") or mark.findtext("TimeSpan/begin") or ""
    return stamp.strip(), (mark.findtext("TimeSpan/end") or "").strip()


def _data(mark: Element, found: Found, number: int) -> dict[str, str]:
    """What stands in ExtendedData, by name."""
    element: Any = mark.find("ExtendedData")
    if element is None:
        return {}
    extended = ExtendedData.class_from_element(ns="", name_spaces=_NAMESPACES, element=element, strict=False)
    pairs: list[tuple[Any, Any]] = []
    for part in extended.elements:
        if isinstance(part, SchemaData):
            pairs += [(one.name, one.value) for one in part.data]
        elif isinstance(part, Data):
            pairs.append((part.name, part.value))
    if any(child.tag not in ("Data", "SchemaData") for child in element):
        found.note(_UNTYPED, number)
    return {str(name): str(value or "").strip() for name, value in pairs if name}


def _place(geometry: list[Element]) -> Located | Misplaced:
    """Where the geometry of a placemark is; several geometries side by side are one of several parts."""
    try:
        if len(geometry) == 1:
            lean = _lean(geometry[0])
        else:
            lean = Element("MultiGeometry")
            lean.extend([_lean(one) for one in geometry])
    except _WrongError as wrong:
        return wrong.found
    made = _GEOMETRIES[lean.tag].class_from_element(ns="", name_spaces=_NAMESPACES, element=lean, strict=True)
    if made.geometry is None:
        return Misplaced(f"<{lean.tag}>", "has nothing in it", "give it coordinates, or delete it")
    return located(made.geometry.__geo_interface__)


class _WrongError(Exception):
    def __init__(self, value: str, what: str, remedy: str) -> None:
        super().__init__(what)
        self.found = Misplaced(clipped(value), what, remedy)


def _lean(element: Element) -> Element:
    """The geometry alone: nothing in it that is not geometry, and no coordinates that are not numbers."""
    tag = element.tag
    if tag == "Model":
        made = Element("Point")
        parts = [(element.findtext(f"Location/{one}") or "").strip() for one in ("longitude", "latitude")]
        SubElement(made, "coordinates").text = _coordinates(",".join(parts), "Point")
        return made
    # A ring outside a polygon is a line.
    made = Element("LineString" if tag == "LinearRing" else tag)
    for child in element:
        if child.tag == "coordinates":
            SubElement(made, "coordinates").text = _coordinates(child.text or "", tag)
        elif child.tag in _INNER or child.tag in _GEOMETRIES or child.tag == "Model":
            made.append(_boundary(child) if child.tag.endswith("BoundaryIs") else _lean(child))
    if tag in _WITH_COORDINATES and made.find("coordinates") is None:
        raise _WrongError(f"<{tag}>", "has no coordinates", _PAIR)
    return made


def _boundary(element: Element) -> Element:
    made = Element(element.tag)
    for ring in element.iter("LinearRing"):
        text = ring.findtext("coordinates") or ""
        SubElement(SubElement(made, "LinearRing"), "coordinates").text = _coordinates(text, "LinearRing")
    return made


def _coordinates(text: str, tag: str) -> str:
    """The longitudes and latitudes in a text, checked: "2.35,48.85,0 2.36,48.86" without heights."""
    positions = re.sub(r"\s*,\s*", ",", text.strip()).split()
    if not positions:
        raise _WrongError(f"<{tag}>", "has no coordinates", _PAIR)
    if tag == "Point" and len(positions) > 1:
        what = f"are {len(positions):,} positions where a point has one: is that a decimal comma?"
        raise _WrongError(text, what, _PAIR)
    if len(positions) > MOST_POSITIONS:
        what = f"is the first of {len(positions):,} positions; at most {MOST_POSITIONS:,} are read"
        raise _WrongError(positions[0], what, "simplify the shape, or give a point in its stead")
    pairs = []
    for position in positions:
        numbers = position.split(",")
        if len(numbers) not in (2, 3) or not all(_NUMBER.fullmatch(one) for one in numbers[:2]):
            raise _WrongError(position, "is not a longitude and a latitude", _PAIR)
        pairs.append(",".join(numbers[:2]))
    return " ".join(pairs)


def _add_tracks(tracks: list[Element], values: dict[str, str], found: Found, number: int, most: int) -> int:
    rows = 0
    for track in tracks:
        times = [(when.text or "").strip() for when in track.findall("when")]
        positions = [(coord.text or "").split() for coord in track.findall("coord")]
        if len(times) != len(positions):
            what = f"has a track of {len(times):,} times and {len(positions):,} positions"
            found.fault(number + rows, None, "", what, "give every position a time")
        for time, position in zip_longest(times, positions, fillvalue=""):
            if rows == most:
                what = "comes after as many rows as are read, and so does the rest of its track"
                found.left_out(number + rows, "", what, "split the file")
                found.note(_TRACKED, number)
                return rows + 1
            found.features.append(Feature(number + rows, values | {"start": time}, _track_place(position)))
            rows += 1
    if rows:
        found.note(_TRACKED, number)
        return rows
    found.left_out(number, "", "is a track without times and positions", "give it both, or delete it")
    return 1


def _track_place(position: list[str] | str) -> Located | Misplaced | None:
    if not position:
        return None
    if len(position) < 2 or not all(_NUMBER.fullmatch(one) for one in position[:2]):
        remedy = "write longitude and latitude with a space between them"
        return Misplaced(clipped(" ".join(position)), "is not a longitude and a latitude", remedy)
    return located({"type": "Point", "coordinates": [Number(one, "ascii") for one in position[:2]]})
