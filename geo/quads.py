"""The Web-Mercator cell of a point, by `+ - * /` and square roots alone, so that every engine finds the same one.

IEEE 754 says to the last bit what these operations give, and leaves sines and logarithms to whoever computes them. The
projection is that of EPSG:3857 (Snyder, Map Projections, a Working Manual, equation 7-2): over the world's width,
x = (lon + 180) / 360 and y = 1/2 - artanh(sin lat) / 2 pi. The sine is its Taylor series as far as lat^21. The area
tangent comes from `artanh t = 2 artanh(t / (1 + sqrt(1 - t^2)))`, the double-argument formula of tanh solved for the
half (Abramowitz and Stegun 4.5.31 and 4.5.32), five times over, and from its own series (4.6.33) as far as t^15. What
the two series leave out is below 1e-17 of the world's width, rounding is below 1e-14.
"""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

ZOOM = 24  # of the cells below: 2.4 m wide at the equator
WIDTH = 1 << ZOOM  # cells from edge to edge, both ways
EDGE = 85.05112877980659  # degrees north and south: beyond it the square of the map ends

_SINE = tuple((-1) ** k / math.factorial(2 * k + 1) for k in range(11))
_AREA_TANGENT = tuple(1 / (2 * k + 1) for k in range(8))
_HALVINGS = 5
_NEAR = 1e-9  # degrees from a line, where no rounding reaches
_EQUATOR = 2.0**-300  # degrees: what is squared is no less, since PostgreSQL refuses a product too small for a float


class Arithmetic(NamedTuple):
    """How one kind of numbers is computed with: what operators alone cannot say.

    `number` is a constant, to the last bit; `choice` is the second where the first holds, else the third; `whole` the
    integer at or below.
    """

    number: Callable[[float], Any]
    root: Callable[[Any], Any]
    choice: Callable[[Any, Any, Any], Any]
    whole: Callable[[Any], Any]


Stage = Callable[[Any, Arithmetic], Mapping[str, Any]]


def quads(lat: Any, lon: Any) -> tuple[Any, Any]:
    """x from the west and y from the north of the cells at zoom `ZOOM`: int64 arrays of degrees in arrays or floats.

    Beyond `EDGE`, and beyond longitude 180, the outermost cell is meant. What is no number gets -1.
    """
    lat, lon = np.asarray(lat, dtype=float), np.asarray(lon, dtype=float)
    known = ~(np.isnan(lat) | np.isnan(lon))
    row: dict[str, Any] = {"lat": np.where(known, lat, 0.0), "lon": np.where(known, lon, 0.0)}
    for stage in STAGES:
        row |= stage(row, PLAIN)
    return np.where(known, row["qx"], -1), np.where(known, row["qy"], -1)


def quad(lat: float, lon: float) -> tuple[int, int]:
    """`quads` of one point."""
    x, y = quads(lat, lon)
    return int(x), int(y)


def latitude(y: float) -> float:
    """The latitude of the line `y` cells at `ZOOM` south of the map's northern edge."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / WIDTH))))


def longitude(x: float) -> float:
    """The longitude of the line `x` cells at `ZOOM` east of the map's western edge."""
    return x / WIDTH * 360 - 180


@lru_cache(maxsize=4096)
def northernmost(y: int) -> float:
    """The last latitude, going north, that `quads` gives to row `y` or one further south.

    Rounding lets rows mingle for some 1e-12 degrees around a line; it is one of the floats there.
    """
    if y <= 0:
        return 90.0
    return _last(lambda lat: quad(lat, 0.0)[1] >= y, latitude(y) - _NEAR, latitude(y) + _NEAR)


@lru_cache(maxsize=4096)
def westernmost(x: int) -> float:
    """The first longitude, going east, that `quads` gives to column `x` or one further east."""
    if x <= 0:
        return -180.0
    return -_last(lambda west: quad(0.0, -west)[0] >= x, -longitude(x) - _NEAR, -longitude(x) + _NEAR)


def _last(holds: Callable[[float], bool], low: float, high: float) -> float:
    """The float up to which `holds` is true, which it is at `low` and is not at `high`."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _arc(row: Any, of: Arithmetic) -> Mapping[str, Any]:
    edge = of.number(EDGE)
    north = of.choice(row["lat"] > edge, edge, row["lat"])
    lat = of.choice(north < -edge, -edge, north)
    near = of.number(_EQUATOR)
    return {"q_t": of.choice((lat < -near) | (lat > near), lat, of.number(0.0)) * of.number(math.pi / 180)}


def _square(row: Any, _: Arithmetic) -> Mapping[str, Any]:
    return {"q_w": row["q_t"] * row["q_t"]}


def _sine(row: Any, of: Arithmetic) -> Mapping[str, Any]:
    return {"q_t": row["q_t"] * _polynomial(row["q_w"], _SINE, of)}


def _half(row: Any, of: Arithmetic) -> Mapping[str, Any]:
    one = of.number(1.0)
    return {"q_t": row["q_t"] / (one + of.root(one - row["q_t"] * row["q_t"]))}


def _mercator(row: Any, of: Arithmetic) -> Mapping[str, Any]:
    series = row["q_t"] * _polynomial(row["q_w"], _AREA_TANGENT, of)
    return {
        "q_x": (row["lon"] + of.number(180.0)) / of.number(360.0),
        "q_y": of.number(0.5) - series * of.number(2**_HALVINGS / (2 * math.pi)),
    }


def _cell(row: Any, of: Arithmetic) -> Mapping[str, Any]:
    x, y = (of.whole(row[name] * of.number(float(WIDTH))) for name in ("q_x", "q_y"))
    return {"q_i": x, "q_j": y}


def _within(row: Any, of: Arithmetic) -> Mapping[str, Any]:
    return {ours: _clipped(row[name], of) for ours, name in (("qx", "q_i"), ("qy", "q_j"))}


def _clipped(cell: Any, of: Arithmetic) -> Any:
    return of.choice(cell < 0, 0, of.choice(cell > WIDTH - 1, WIDTH - 1, cell))


def _polynomial(w: Any, coefficients: tuple[float, ...], of: Arithmetic) -> Any:
    total = of.number(coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total = total * w + of.number(coefficient)
    return total


def _floor(value: Any) -> Any:
    return np.floor(value).astype(np.int64)


PLAIN = Arithmetic(float, np.sqrt, np.where, _floor)

# Each adds columns to a row that has lat and lon, from those of the stages before; the last has `qx` and `qy`.
STAGES: tuple[Stage, ...] = (_arc, _square, _sine, *(_half,) * _HALVINGS, _square, _mercator, _cell, _within)
