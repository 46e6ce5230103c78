"""Windows of time carried along an order: how far each is narrowed by the others, and which contradict them.

Windows are half-open, [earliest, latest), unless both are the same instant. The bounds of a set of windows along an
order are those of difference constraints `t[i] <= t[j]`: the greatest `earliest` on any way that leads to an event and
the least `latest` on any way from it, found by one walk each in topological order.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.order import Order

Window = tuple[float, float]


class Contradiction(NamedTuple):
    """`event` cannot have happened in its window, because of the window of `other`.

    `path` leads along the order from the one that comes first to the one that comes last; `event` is one end of it.
    """

    event: int
    other: int
    path: list[int]


def narrowed(order: Order, windows: Sequence[Window]) -> tuple[list[float], list[float]]:
    """The earliest and the latest instant of every event that the windows and the order allow."""
    earliest, _ = _carried(order.sequence, order.before, [window[0] for window in windows])
    latest, _ = _carried(order.sequence[::-1], _then(order), [-window[1] for window in windows])
    return earliest, [-t for t in latest]


def contradictions(order: Order, windows: Sequence[Window]) -> list[Contradiction]:
    """The events to be left without a window so that the others agree, each with one that it contradicts.

    Along the order of the rows they are as few as can be, of several choices those that stand further down: one wrong
    date is found, however many follow it. Of the events that have left that order (`after`) those are taken that
    contradict the others, then those that contradict one before them.
    """
    lows = [2 * earliest for earliest, _ in windows]
    highs = [2 * latest - (earliest < latest) for earliest, latest in windows]  # the last instant inside, on a half
    if all(bound <= high for bound, high in zip(_carried(order.sequence, order.before, lows)[0], highs, strict=True)):
        return []
    kept = [False] * len(windows)
    for i, agrees in zip(order.chain, _most((lows[i], highs[i]) for i in order.chain), strict=True):
        kept[i] = agrees
    found = _against(order, lows, highs, kept)
    for i in {*range(len(windows))} - {one.event for one in found}:
        kept[i] = True
    found += _against_earlier(order, lows, highs, kept)
    return sorted(found)


def _against(order: Order, lows: list[float], highs: list[float], kept: list[bool]) -> list[Contradiction]:
    """Those not kept that contradict a kept one."""
    bound, via = _carried(order.sequence, order.before, _masked(lows, kept))
    limit, onwards = _carried(order.sequence[::-1], _then(order), _masked([-high for high in highs], kept))
    found = []
    for i in (i for i, is_kept in enumerate(kept) if not is_kept):
        if bound[i] > highs[i]:
            path = _path(i, via)[::-1]
            found.append(Contradiction(i, path[0], path))
        elif -limit[i] < lows[i]:
            path = _path(i, onwards)
            found.append(Contradiction(i, path[-1], path))
    return found


def _against_earlier(order: Order, lows: list[float], highs: list[float], kept: list[bool]) -> list[Contradiction]:
    """Those that contradict one they come after, which is kept; from the first to the last."""
    bound, via = [-math.inf] * len(lows), list(range(len(lows)))
    found = []
    for i in order.sequence:
        for other in order.before[i]:
            if bound[other] > bound[i]:
                bound[i], via[i] = bound[other], other
        if kept[i] and bound[i] > highs[i]:
            path = _path(i, via)[::-1]
            found.append(Contradiction(i, path[0], path))
        elif kept[i] and lows[i] >= bound[i]:
            bound[i], via[i] = lows[i], i
    return found


def _most(windows: Iterable[tuple[float, float]]) -> list[bool]:
    """Which of some closed windows to keep so that instants in them can follow each other: as many as possible.

    The longest non-decreasing subsequence, with a window in the place of every number. `least[k]` is the least instant
    by which k + 1 events can have happened: a new window takes the place of the first instant behind it, and moves
    those within up by one. Undone step by step, this says who took part.
    """
    every = list(windows)
    least: list[float] = []
    steps: list[tuple[int, int, float | None]] = []
    for low, high in every:
        if math.isinf(low) and math.isinf(high):
            steps.append((-1, -1, None))
            continue
        gone = bisect_right(least, high)
        replaced = least.pop(gone) if gone < len(least) else None
        at = bisect_right(least, low)
        least.insert(at, low)
        steps.append((at, gone, replaced))
    kept = [False] * len(every)
    needed, bound = len(least), math.inf
    for i in range(len(every) - 1, -1, -1):
        at, gone, replaced = steps[i]
        if at < 0:
            kept[i] = True
            continue
        del least[at]
        if replaced is not None:
            least.insert(gone, replaced)
        if needed and not (len(least) >= needed and least[needed - 1] <= bound):
            kept[i], needed, bound = True, needed - 1, min(bound, every[i][1])
    return kept


def _carried(
    sequence: Sequence[int], before: Sequence[Sequence[int]], own: Sequence[float]
) -> tuple[list[float], list[int]]:
    """The greatest of its own value and those before it, for every event, and the neighbour (or itself) it is from."""
    values, via = list(own), list(range(len(own)))
    for i in sequence:
        for other in before[i]:
            if values[other] > values[i]:
                values[i], via[i] = values[other], other
    return values, via


def _then(order: Order) -> list[list[int]]:
    then: list[list[int]] = [[] for _ in order.before]
    for i, others in enumerate(order.before):
        for other in others:
            then[other].append(i)
    return then


def _masked(values: list[float], kept: list[bool]) -> list[float]:
    return [value if is_kept else -math.inf for value, is_kept in zip(values, kept, strict=True)]


def _path(i: int, via: list[int]) -> list[int]:
    path = [i]
    while via[path[-1]] != path[-1]:
        path.append(via[path[-1]])
    return path
