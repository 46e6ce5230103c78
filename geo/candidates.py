"""What one answer of a geocoding service says: a name, a point that the answer itself holds, and how far it extends."""

import math
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from geopy.distance import geodesic

from geo.errors import clipped

UNKNOWN_EXTENT_M = 500.0
SMALLEST_EXTENT_M = 30.0
EXACT_M, STREET_M = 150.0, 1500.0
LONGEST_NAME = 300  # characters


class Candidate(NamedTuple):
    """A place as a service gives it. `name` is its words, for showing as text only; `radius_m` is half its extent."""

    name: str
    lat: float
    lon: float
    radius_m: float
    precision: str


def candidate(location: Any) -> Candidate:
    """The candidate in one geopy Location.

    ValueError, KeyError or TypeError where the raw answer has no coordinates on this Earth: geopy reads a missing one
    as 0 and turns longitude 999 into -81, so the raw answer is read again.
    """
    raw = location.raw if isinstance(location.raw, Mapping) else {}
    lat, lon = location.latitude, location.longitude
    if not raw.keys().isdisjoint(("lat", "lon", "lng", "display_name")):
        lat, lon = float(raw["lat"]), float(raw["lng"] if "lng" in raw else raw["lon"])
    elif lat == 0 == lon:
        raise ValueError("0, 0 is what geopy makes of an answer without coordinates")
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise ValueError(f"{lat}, {lon} is not on this Earth")
    radius_m = _radius(raw)
    precision = "exact" if radius_m <= EXACT_M else "street" if radius_m <= STREET_M else "district"
    return Candidate(_one_line(str(location.address)), lat, lon, radius_m, precision)


def _radius(raw: Mapping[str, Any]) -> float:
    """Half the diagonal, metres, of Nominatim's `boundingbox`: south, north, west, east. A guess without one."""
    with suppress(KeyError, TypeError, ValueError):
        south, north, west, east = (float(side) for side in raw["boundingbox"])
        return max(SMALLEST_EXTENT_M, round(float(geodesic((south, west), (north, east)).meters) / 2))
    return UNKNOWN_EXTENT_M


def _one_line(name: str) -> str:
    # Control characters and half pairs fit into no file; everything else, markup included, is text and stays.
    return clipped("".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in name), LONGEST_NAME)
