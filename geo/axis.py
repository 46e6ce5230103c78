"""The time axis: monotone piecewise-linear maps between story time and a position from 0 to 1.

They are computed once, here, and sent as short arrays, so that Python and JavaScript cannot differ. Three scales:

- *clock* is linear in time.
- *order* gives every event one unit: the k-th instant stands in the middle of the units of its events.
- *story* gives the gap g between neighbouring instants the width `w(g) = 1/4 + 3/4 * g / (g + m)`, where m is the
  median gap. w is concave and lies between 1/4 and 1: seconds get room, and dead weeks no more than four times as much.

A gap is a *break* when a unit of its width covers over eight times as much time as it does in the median gap, and it
takes at least a fiftieth of the story. All scales begin and end a little outside, so that no event stands on the rim.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.clock import HOUR, MINUTE, Kind, clock_words, day_words
from geo.gregorian import DAY, MONTHS, civil, start_of, year_words

MOST_KNOTS = 513
MOST_MARKS = 60
PAD = 0.02
BREAK_RATIO = 8.0
BREAK_SHARE = 1 / 50
YEAR = 365.2425 * DAY

Floats = NDArray[np.float64]
Scale = dict[str, list[float]]


def axis(
    at: Sequence[float] | Floats,
    kind: Kind,
    until: Sequence[float] | Floats = (),
    assumed: Sequence[str] = (),
    marked: Sequence[float] | Floats | None = None,
) -> dict[str, Any]:
    """The three scales of a story whose events happen at `at` and last until `until`; breaks; and labelled marks.

    `assumed` holds the days (`D6`) whose marks are flagged. `marked` holds the instants whose days get a mark, those
    of `at` if None: the earliest instants keep the small hours of a night with the day it belongs to. Without events
    it is an axis over Day 1.
    """
    instants = np.asarray(at, dtype=float)
    if instants.size == 0:
        instants = np.asarray([float(DAY)])
    last = max(float(instants.max()), float(np.max(until)) if len(until) else -math.inf)
    span = last - float(instants.min())
    pad = max(span * PAD, 30.0 * MINUTE)
    begin = math.floor((instants.min() - pad) / MINUTE) * MINUTE
    finish = math.ceil((last + pad) / MINUTE) * MINUTE
    story, breaks = _story_scale(instants, last, begin, finish)
    return {
        "story": story,
        "clock": {"t": [float(begin), float(finish)], "x": [0.0, 1.0]},
        "order": _order_scale(instants, begin, finish),
        "breaks": breaks,
        "marks": _marks(np.unique(instants if marked is None else marked), begin, span, kind, set(assumed)),
    }


def linear_axis(first: float, last: float, kind: Kind, assumed: Sequence[str] = ()) -> dict[str, Any]:
    """The axis of a story of which only the first and last instant are known: linear on every scale."""
    found = axis([first], kind, [max(first, last)], assumed, np.linspace(first, max(first, last), 48 * MOST_MARKS))
    return {**found, **dict.fromkeys(("story", "order"), found["clock"]), "breaks": []}


def position(scale: Scale, t: float) -> float:
    """Where `t` stands on a scale, 0 to 1; instants outside stand at its ends."""
    return float(np.interp(t, scale["t"], scale["x"]))


def instant(scale: Scale, x: float) -> float:
    """The inverse of `position` inside the scale."""
    return float(np.interp(x, scale["x"], scale["t"]))


def _story_scale(at: Floats, last: float, begin: float, finish: float) -> tuple[Scale, list[list[float]]]:
    t = np.unique(np.append(at, last))
    gaps = np.diff(t)
    if gaps.size == 0:
        return _scale(np.asarray([begin, t[0], finish]), np.asarray([0.0, 0.5, 1.0])), []
    median = float(np.median(gaps))
    widths = 0.25 + 0.75 * gaps / (gaps + median)
    rates = gaps / widths
    squeezed = np.flatnonzero((rates > BREAK_RATIO * np.median(rates)) & (gaps >= BREAK_SHARE * gaps.sum()))
    x = PAD + (1 - 2 * PAD) * np.concatenate([[0.0], np.cumsum(widths) / widths.sum()])
    kept = _spread_indices(x, np.concatenate([squeezed, squeezed + 1]))
    scale = _scale(np.concatenate([[begin], t[kept], [finish]]), np.concatenate([[0.0], x[kept], [1.0]]))
    return scale, [[float(t[i]), float(t[i + 1])] for i in squeezed]


def _order_scale(at: Floats, begin: float, finish: float) -> Scale:
    t, counts = np.unique(at, return_counts=True)
    x = (np.cumsum(counts) - counts / 2) / counts.sum()
    kept = _spread_indices(x, np.asarray([], dtype=int))
    return _scale(np.concatenate([[begin], t[kept], [finish]]), np.concatenate([[0.0], x[kept], [1.0]]))


def _spread_indices(x: Floats, needed: NDArray[np.int_]) -> NDArray[np.int_]:
    """Indices of knots spread evenly over x, with both ends and `needed`, few enough for a scale."""
    most = MOST_KNOTS - 2
    if x.size <= most:
        return np.arange(x.size)
    targets = np.linspace(x[0], x[-1], most - needed.size)
    return np.unique(np.concatenate([np.searchsorted(x, targets).clip(0, x.size - 1), needed]))


def _scale(t: Floats, x: Floats) -> Scale:
    return {"t": [float(value) for value in t], "x": [float(value) for value in np.maximum.accumulate(x.round(6))]}


def _marks(at: Floats, begin: float, span: float, kind: Kind, assumed: set[str]) -> list[dict[str, Any]]:
    """One labelled mark for every day (in a calendar: hour to millennium, by the span) that holds an event."""
    floor = _unit(span, kind)
    starts = sorted({floor(float(t)) for t in at})
    if len(starts) > MOST_MARKS:
        chosen = np.linspace(0, len(starts) - 1, MOST_MARKS).round().astype(int)
        starts = [starts[i] for i in sorted(set(chosen.tolist()))]
    labels = [_label(start, floor, kind) for start in starts]
    days = [f"D{math.floor(start / DAY)}" for start in starts]
    return [
        {"t": max(start, float(begin)), "label": label, "assumed": kind == "days" and day in assumed}
        for start, label, day in zip(starts, labels, days, strict=True)
    ]


def _unit(span: float, kind: Kind) -> Any:
    if kind == "days" or 2 * DAY < span <= 62 * DAY:
        return _day
    if span <= 2 * DAY:
        return _hour
    if span <= 5 * YEAR:
        return _month
    for years in (1, 10, 100, 1000):
        if span <= 60 * years * YEAR or years == 1000:
            return _years(years)
    raise AssertionError


def _day(t: float) -> float:
    return float(math.floor(t / DAY) * DAY)


def _hour(t: float) -> float:
    return float(math.floor(t / HOUR) * HOUR)


def _month(t: float) -> float:
    year, month, _ = civil(t)
    return start_of(year, month)


def _years(step: int) -> Any:
    def floor(t: float) -> float:
        year = civil(t)[0]
        if year > 0:
            return start_of(max(year // step * step, 1))
        return start_of(1 - math.ceil((1 - year) / step) * step)  # 44 BC lies in the decade from 50 BC

    return floor


def _label(start: float, floor: Any, kind: Kind) -> str:
    if floor is _hour:
        return clock_words(start)
    if floor is _day:
        return day_words(start, kind)
    year, month, _ = civil(start)
    return f"{MONTHS[month - 1]} {year_words(year)}" if floor is _month else year_words(year)
