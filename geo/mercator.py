"""Web Mercator: the metres that web maps count in, as degrees and back.

Formulas of the spherical Mercator projection: Snyder, Map Projections, a Working Manual (USGS Professional Paper 1395),
equations 7-1 to 7-4, on a sphere of the equatorial radius of WGS 84, as EPSG:3857 has it.
"""

import math

RADIUS_M = 6_378_137.0
EDGE_M = math.pi * RADIUS_M  # 20 037 508.34: the edge of the square in every direction, at longitude 180


def degrees(x: float, y: float) -> tuple[float, float]:
    """Latitude and longitude of metres east of Greenwich `x` and north of the equator `y`."""
    return math.degrees(math.atan(math.sinh(y / RADIUS_M))), math.degrees(x / RADIUS_M)


def metres(lat: float, lon: float) -> tuple[float, float]:
    """The inverse of `degrees`: x and y. A pole has no place on this map: it raises ValueError."""
    if abs(lat) >= 90:
        raise ValueError("a pole lies outside Web Mercator")
    return RADIUS_M * math.radians(lon), RADIUS_M * math.asinh(math.tan(math.radians(lat)))
