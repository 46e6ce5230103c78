"""What one answer of a geocoding service says: a name, a point that the answer itself holds, and how far it extends."""

import math
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Literal, NamedTuple

from geopy.distance import geodesic

from geo.errors import clipped

UNKNOWN_EXTENT_M = 500.0
SMALLEST_EXTENT_M = 30.0
EXACT_M, STREET_M = 150.0, 1500.0
LONGEST_NAME = 300  # characters

Kind = Literal["site", "street", "district", "city", "region", "country"]  # a site is a house, a station, a corner

# What services call a kind of place; a word that is not here tells nothing.
_SAID: dict[Kind, str] = {
    "site": "house house_number housenumber address pointaddress streetaddress street_address premise building poi "
    "amenity shop tourism leisure office railway aeroway historic man_made craft emergency station airport "
    "point_of_interest establishment place_of_worship intersection intersection_address",
    "street": "street road highway route streetname thoroughfare",
    "district": "district suburb neighbourhood neighborhood quarter borough city_district sublocality "
    "residential city_block",
    "city": "city town village hamlet municipality locality isolated_dwelling",
    "region": "county state state_district region province island archipelago administrativearea "
    "administrative_area_level_1 administrative_area_level_2 postcode postal_code postalcode",
    "country": "country continent",
}
_KINDS: dict[str, Kind] = {word: kind for kind, words in _SAID.items() for word in words.split()}
# Where services say it: Nominatim, Photon, Google, HERE, Mapbox, OpenCage, ArcGIS; the plainest first.
_FIELDS = ("addresstype", "type", "osm_value", "osm_key", "class", "category", "resultType", "place_type", "types")
_INSIDE = ("properties", "components", "attributes")
_RANKS: tuple[tuple[int, Kind], ...] = ((4, "country"), (12, "region"), (16, "city"), (25, "district"), (27, "street"))


class Candidate(NamedTuple):
    """A place as a service gives it. `name` is its words, for showing as text only; `radius_m` is half its extent.

    `kind` is one of `Kind`, "" where the answer does not tell. `importance` is the service's own number, 0 without
    one: it compares candidates of one answer and nothing else.
    """

    name: str
    lat: float
    lon: float
    radius_m: float
    precision: str
    kind: str = ""
    importance: float = 0.0


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
    name = _one_line(str(location.address))
    return Candidate(name, lat, lon, radius_m, precision, _kind(raw), _number(raw.get("importance")))


def _kind(raw: Mapping[str, Any]) -> Kind | Literal[""]:
    """What kind of place the answer says it is; for a boundary that says no more, by Nominatim's rank of it."""
    inner = [raw[name] for name in _INSIDE if isinstance(raw.get(name), Mapping)]
    if raw.get("class") == "highway" or raw.get("category") == "highway":
        return "site" if raw.get("type") in ("bus_stop", "crossing", "traffic_signals") else "street"
    for where in (raw, *inner):
        for field in (*_FIELDS, "_type", "Addr_type"):
            said = where.get(field)
            for word in said if isinstance(said, list) else [said]:
                if isinstance(word, str) and (kind := _KINDS.get(word.lower())):
                    return kind
    rank = _number(raw.get("place_rank"))
    return next((kind for most, kind in _RANKS if rank <= most), "site") if rank > 0 else ""


def _number(told: Any) -> float:
    """A finite number that an answer tells, else 0."""
    with suppress(TypeError, ValueError, OverflowError):
        return number if math.isfinite(number := float(told)) else 0.0
    return 0.0


def _radius(raw: Mapping[str, Any]) -> float:
    """Half the diagonal, metres, of Nominatim's `boundingbox`: south, north, west, east. A guess without one."""
    with suppress(KeyError, TypeError, ValueError):
        south, north, west, east = (float(side) for side in raw["boundingbox"])
        return max(SMALLEST_EXTENT_M, round(float(geodesic((south, west), (north, east)).meters) / 2))
    return UNKNOWN_EXTENT_M


def _one_line(name: str) -> str:
    # Control characters and half pairs fit into no file; everything else, markup included, is text and stays.
    return clipped("".join(" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in name), LONGEST_NAME)
