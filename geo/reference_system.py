"""The old `crs` member of GeoJSON: whether its coordinates are the degrees that GeoJSON wants today."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from geo import mercator
from geo.errors import clipped
from geo.geometry import Located
from geo.json_text import as_text

_CODE = re.compile(
    r"(?:urn:(?:x-)?ogc:def:crs:)?(?P<authority>EPSG|OGC|ESRI)?[:/ ]*(?:[0-9.]*[:/])?(?P<code>\w+)", re.IGNORECASE
)
_DEGREES = {"CRS84", "CRS84H", "4326", "4979", "WGS84"}
_NEARLY = {"4269": "NAD83", "4258": "ETRS89", "4617": "NAD83 (CSRS)", "4283": "GDA94"}
_WEB_MERCATOR = {"3857", "900913", "3785", "102100", "102113"}
_REMEDY = "export it again in degrees of WGS 84 (EPSG:4326), which every GeoJSON of today has"


class System(NamedTuple):
    """What a `crs` member says: in `notice` how its coordinates are taken, in `what` and `remedy` why they are not.

    `metres` says that they are metres of Web Mercator, which can be converted.
    """

    notice: str = ""
    what: str = ""
    remedy: str = ""
    metres: bool = False


def reference_system(crs: object) -> System:
    """What is to be said of a `crs` member; None, as for a document without one, is degrees of WGS 84.

    A member that links to a definition is refused: nothing is fetched.
    """
    if crs is None:
        return System()
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else None
    if isinstance(crs, Mapping) and crs.get("type") == "EPSG" and isinstance(properties, Mapping):
        name = properties.get("code")
    if isinstance(crs, Mapping) and crs.get("type") == "link":
        return System("", "its 'crs' member only links to a reference system, and no link is opened", _REMEDY)
    if not isinstance(name, str):
        shown = clipped(as_text(crs), 60)
        return System("", f"its 'crs' member does not name a reference system: {shown}", _REMEDY)
    match = _CODE.fullmatch(name.strip())
    code = match["code"].upper() if match else ""
    if code in _DEGREES:
        return System()
    if code in _NEARLY:
        said = f"Coordinates in {_NEARLY[code]} (EPSG:{code}) were read as WGS 84, which is within 2 metres of it."
        return System(said)
    if code in _WEB_MERCATOR:
        what = f"its coordinates are metres of Web Mercator ('crs' says {clipped(name, 50)}), not degrees"
        return System("", what, _REMEDY, metres=True)
    return System(
        "", f"its coordinates are in the reference system {clipped(name, 50)}, not in degrees of WGS 84", _REMEDY
    )


def converted(place: object) -> str:
    """In words, where metres of Web Mercator are in degrees; nothing for what is no point."""
    if not isinstance(place, Located) or place.shape != "Point":
        return ""
    x, y = float(place.lon), float(place.lat)
    if max(abs(x), abs(y)) > mercator.EDGE_M:
        return ""
    lat, lon = mercator.degrees(x, y)
    return f"; converted, the first would be at latitude {lat:.5f}, longitude {lon:.5f}"
