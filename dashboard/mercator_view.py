"""A view of the map: degrees as pixels of a picture, through a camera over Web Mercator.

World pixels are those of zoom 0, where the whole world is a square of 256 pixels with its corner at the north-west;
the pixels of a picture are world pixels, scaled and shifted.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

WORLD = 256.0
EDGE_LAT = 85.051129
DEEPEST = 18.0  # the zoom at which a story of one place is shown
PADDING = 8.0

Floats = NDArray[np.float64]


class Box(NamedTuple):
    """A rectangle in pixels: its upper left corner, its width, its height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    def grown(self, by: float) -> "Box":
        """With `by` pixels more on every side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def overlap(self, other: "Box") -> float:
        """The area both have, in square pixels."""
        w = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        h = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return w * h if w > 0 and h > 0 else 0.0

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h


class Camera(NamedTuple):
    """A world pixel (x, y) is at (x * scale - left, y * scale - top) in the picture; `scale` is 2 to the zoom."""

    scale: float
    left: float
    top: float

    @property
    def zoom(self) -> float:
        """As a link has it in `z`."""
        return math.log2(self.scale)

    def seen(self, points: Floats) -> Floats:
        """World pixels (rows of x, y) as pixels of the picture."""
        return points * self.scale - np.asarray([self.left, self.top])

    def moved(self, x: float, y: float) -> "Camera":
        """The camera shifted, so that everything stands `x` pixels further right and `y` further down."""
        return Camera(self.scale, self.left - x, self.top - y)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Latitude and longitude of a pixel of the picture; the longitude goes on beyond 180 east and west."""
        world_x, world_y = (x + self.left) / self.scale, (y + self.top) / self.scale
        bent = math.pi * (1 - 2 * world_y / WORLD)
        return math.degrees(math.atan(math.sinh(max(-20.0, min(20.0, bent))))), world_x / WORLD * 360 - 180


def world(lat: ArrayLike, lon: ArrayLike) -> Floats:
    """Degrees as rows of x, y in world pixels; NaN stays NaN, the poles stand at the edge."""
    bent = np.clip(np.asarray(lat, dtype=float), -EDGE_LAT, EDGE_LAT)
    y = (1 - np.arcsinh(np.tan(np.radians(bent))) / math.pi) / 2
    x = (np.asarray(lon, dtype=float) + 180) / 360
    return np.column_stack([np.atleast_1d(x), np.atleast_1d(y)]) * WORLD


def fitted(bounds: tuple[float, float, float, float], box: Box) -> Camera:
    """The camera that shows west, south, east, north in the box, as large as they fit."""
    west, south, east, north = bounds
    (left, top), (right, bottom) = world([north, south], [west, east])
    wide, high = max(right - left, 1e-9), max(bottom - top, 1e-9)
    scale = min((box.w - 2 * PADDING) / wide, (box.h - 2 * PADDING) / high, 2**DEEPEST)
    return _centred((left + right) / 2, (top + bottom) / 2, scale, box)


def aimed(lat: float, lon: float, zoom: float, box: Box) -> Camera:
    """The camera that has a point of the earth in the middle of the box."""
    ((x, y),) = world(lat, lon)
    return _centred(x, y, 2.0**zoom, box)


def _centred(x: float, y: float, scale: float, box: Box) -> Camera:
    middle_x, middle_y = box.middle
    return Camera(float(scale), float(x * scale - middle_x), float(y * scale - middle_y))
