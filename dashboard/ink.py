"""A sheet of paper to draw a picture on: at twice its size, so that edges are smooth."""

import math

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from dashboard.colours import Colour
from dashboard.letters import setting, width, wrapped
from dashboard.mercator_view import Box, Floats
from dashboard.outlines import clipped_area, clipped_line

TWICE = 2
REACH = 4_000.0  # pixels beyond the sheet up to which Pillow is given coordinates


class Paper:
    """Lengths are pixels of the finished picture. What lies outside of the sheet is left out."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.box = Box(0, 0, width, height)
        self.image = Image.new("RGB", (width * TWICE, height * TWICE), ground)
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def finished(self) -> Image.Image:
        """The picture at its own size."""
        return self.image.reduce(TWICE)

    def disc(self, x: float, y: float, radius: float, fill: Colour, alpha: float = 1.0) -> None:
        """A filled circle."""
        if self._near(x, y, radius):
            self._pen.ellipse(_around(x, y, radius), fill=(*fill, round(alpha * 255)))

    def circle(self, x: float, y: float, radius: float, colour: Colour, width: float, alpha: float = 1.0) -> None:
        """The outline of a circle, as wide as `width`, half of it inside."""
        if self._near(x, y, radius):
            ink = (*colour, round(alpha * 255))
            self._pen.ellipse(_around(x, y, radius + width / 2), outline=ink, width=round(width * TWICE))

    def dashed(self, x: float, y: float, radius: float, colour: Colour, width: float, dash: float) -> None:
        """A circle of dashes as long as the gaps between them."""
        if self._near(x, y, radius):
            count = max(4, min(360, round(math.pi * radius / dash)))
            for k in range(count):
                start = 360 * k / count
                bounds = _around(x, y, radius + width / 2)
                self._pen.arc(bounds, start, start + 180 / count, fill=colour, width=round(width * TWICE))

    def line(self, points: Floats, colour: Colour, thick: float, round_ends: bool = True) -> None:
        """A line through rows of x, y."""
        for part in clipped_line(points, self.box.grown(thick + 20)):
            drawn = [(x * TWICE, y * TWICE) for x, y in part.tolist()]
            self._pen.line(drawn, fill=colour, width=max(1, round(thick * TWICE)), joint="curve")
            if round_ends and thick > 2:
                for x, y in (part[0], part[-1]):
                    self._pen.ellipse(_around(x, y, thick / 2), fill=colour)

    def area(self, points: Floats, fill: Colour) -> None:
        """A filled ring of rows of x, y."""
        inside = clipped_area(points, self.box.grown(60))
        if len(inside) >= 3:
            self._pen.polygon([(x * TWICE, y * TWICE) for x, y in inside], fill=fill)

    def panel(self, box: Box, fill: Colour, radius: float = 0, edge: Colour | None = None, width: float = 1) -> None:
        """A rectangle with round corners."""
        x, y, w, h = (round(side * TWICE) for side in box)
        if w <= 0 or h <= 0:
            return
        outline, line = edge, round(width * TWICE) if edge else 0
        bend = min(radius, box.w / 2, box.h / 2) * TWICE
        self._pen.rounded_rectangle((x, y, x + w - 1, y + h - 1), bend, fill, outline, line)

    def text(
        self, x: float, y: float, text: str, size: float, colour: Colour, weight: int = 400, anchor: str = "ls"
    ) -> None:
        """One line. `anchor` as Pillow has it: "ls" starts on the baseline at x, y; "mm" has its middle there."""
        said, set_in = setting(text, round(size * TWICE), weight)
        if said:
            self._pen.text((x * TWICE, y * TWICE), said, fill=colour, font=set_in, anchor=anchor)

    def haloed(self, x: float, y: float, text: str, size: float, colour: Colour, weight: int, halo: Colour) -> None:
        """One line with its middle at x, y, and a rim that keeps it apart from what it lies on."""
        said, set_in = setting(text, round(size * TWICE), weight)
        if said:
            at = (x * TWICE, y * TWICE)
            self._pen.text(at, said, fill=colour, font=set_in, anchor="mm", stroke_width=4, stroke_fill=halo)

    def tint(self, box: Box, colour: Colour, mask: NDArray[np.uint8]) -> None:
        """Colours a box through a mask, 0 to 255, which is stretched over it."""
        size = (round(box.w * TWICE), round(box.h * TWICE))
        stencil = Image.fromarray(mask).resize(size, Image.Resampling.BILINEAR)
        self.image.paste(colour, (round(box.x * TWICE), round(box.y * TWICE)), stencil)

    def glow(self, x: float, y: float, reach: float, colour: Colour, strength: float) -> None:
        """A light around a point that ends `reach` pixels away."""
        if not self._near(x, y, reach):
            return
        across = np.linspace(-1, 1, 64)
        distance = np.hypot(*np.meshgrid(across, across))
        mask = (255 * strength * np.clip(1 - distance, 0, 1) ** 1.6).astype(np.uint8)
        self.tint(Box(x - reach, y - reach, 2 * reach, 2 * reach), colour, mask)

    def _near(self, x: float, y: float, radius: float) -> bool:
        return radius < REACH and self.box.grown(radius).holds(x, y)


def text_width(text: str, size: float, weight: int = 400) -> float:
    """Of one line, in pixels of the finished picture."""
    said, set_in = setting(text, round(size * TWICE), weight)
    return width(said, set_in) / TWICE


def text_lines(text: str, size: float, weight: int, room: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `room` pixels; the last ends in an ellipsis where there is more."""
    said, set_in = setting(text, round(size * TWICE), weight)
    return wrapped(said, set_in, room * TWICE, most)


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius) * TWICE, (y - radius) * TWICE, (x + radius) * TWICE, (y + radius) * TWICE
