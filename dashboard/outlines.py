"""Lines and rings in the plane, as rows of x, y: made smooth, dashed, bowed, cut at the edges of a box."""

import math
from itertools import pairwise

import numpy as np

from dashboard.mercator_view import Box, Floats

MOST_DASHES = 2_000
BOW, BOW_MOST = 0.16, 150.0


def smooth(line: Floats, between: int = 5) -> Floats:
    """A line as a curve through all its points, with so many steps from one to the next."""
    around = np.concatenate([line[:1], line, line[-1:]])
    chord = around[2:] - around[:-2]
    length = np.hypot(chord[:, 0], chord[:, 1])
    tangent = chord / np.where(length == 0, 1, length)[:, None]
    step = np.diff(line, axis=0)
    handle = np.hypot(step[:, 0], step[:, 1])[:, None] * 0.33
    a, b = line[:-1], line[1:]
    first, second = a + tangent[:-1] * handle, b - tangent[1:] * handle
    s = np.linspace(0, 1, between, endpoint=False)[:, None, None]
    curve = (1 - s) ** 3 * a + 3 * (1 - s) ** 2 * s * first + 3 * (1 - s) * s**2 * second + s**3 * b
    return np.concatenate([curve.transpose(1, 0, 2).reshape(-1, 2), line[-1:]])


def dashes(line: Floats, dash: float, gap: float) -> list[Floats]:
    """The dashes of a line, at most 2 000 of them: of a longer one the rest is left out."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    found = []
    for k in range(min(MOST_DASHES, math.ceil(along[-1] / (dash + gap)))):
        start = k * (dash + gap)
        stops = np.concatenate([[start], along[(along > start) & (along < start + dash)], [start + dash]])
        found.append(np.column_stack([np.interp(stops, along, line[:, axis]) for axis in (0, 1)]))
    return found


def bowed(a: Floats, b: Floats, lane: int) -> Floats:
    """40 points of a curve from a to b that bows to the left of the way walked."""
    step = b - a
    length = max(float(np.hypot(*step)), 1e-9)
    bow = min(BOW_MOST, length * BOW) * (1 + 0.35 * lane) * 2
    control = (a + b) / 2 + np.asarray([step[1], -step[0]]) / length * bow
    s = np.linspace(0, 1, 40)[:, None]
    return np.asarray((1 - s) ** 2 * a + 2 * (1 - s) * s * control + s**2 * b)


def clipped_line(points: Floats, box: Box) -> list[Floats]:
    """The parts of a line inside a box, at whose edge they are cut."""
    parts: list[list[Floats]] = []
    low, high = np.asarray([box.x, box.y]), np.asarray([box.x + box.w, box.y + box.h])
    if len(points) > 1 and (points >= low).all() and (points <= high).all():
        return [points]
    for a, b in pairwise(points):
        if not (np.isfinite(a).all() and np.isfinite(b).all()) or ((a < low) & (b < low)).any():
            continue
        if ((a > high) & (b > high)).any():
            continue
        step = np.where(np.abs(b - a) < 1e-9, 1e-9, b - a)
        ends = np.sort(np.stack([(low - a) / step, (high - a) / step]), axis=0)
        start, end = max(0.0, float(ends[0].max())), min(1.0, float(ends[1].min()))
        if start > end:
            continue
        if parts and start == 0.0 and np.array_equal(parts[-1][-1], a):
            parts[-1].append(a + step * end)
        else:
            parts.append([a + step * start, a + step * end])
    return [np.asarray(part) for part in parts]


def clipped_area(points: Floats, box: Box) -> list[tuple[float, float]]:
    """A ring cut at the edges of a box (the algorithm of Sutherland and Hodgman)."""
    ring: list[tuple[float, float]] = [(float(x), float(y)) for x, y in points]
    for axis, limit, sign in ((0, box.x, 1), (0, box.x + box.w, -1), (1, box.y, 1), (1, box.y + box.h, -1)):
        kept: list[tuple[float, float]] = []
        for before, after in zip([*ring[-1:], *ring[:-1]], ring, strict=True):
            inside, was = (sign * (p[axis] - limit) >= 0 for p in (after, before))
            if inside != was:
                share = (limit - before[axis]) / (after[axis] - before[axis])
                kept.append((before[0] + share * (after[0] - before[0]), before[1] + share * (after[1] - before[1])))
            if inside:
                kept.append(after)
        ring = kept
    return ring
