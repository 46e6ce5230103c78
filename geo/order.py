"""Which events come before which: the order of the rows, and `after` where a row names the events before it."""

import heapq
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import NamedTuple

from geo.errors import Fault, clipped

MOST_CIRCLES = 20  # named one by one; finding one takes a walk through the whole order


class Order(NamedTuple):
    """A partial order of events, by their positions.

    `before[i]` are the events that the i-th comes directly after. `sequence` holds every event after those it comes
    after, else as the rows stand. `chain` holds the events in the order of the rows, each directly after the last.
    """

    before: list[list[int]]
    sequence: list[int]
    chain: list[int]


def order(
    ids: Sequence[str],
    after: Sequence[Sequence[str]],
    rows: Sequence[int],
    file: str = "events.csv",
    *,
    by_rows: bool = True,
) -> tuple[Order, list[Fault]]:
    """The order of events that stand as they happened, and a fault for every name that closes a circle.

    A row without `after` comes after the row above it. A row with `after` comes after the events it names, wherever
    they stand, and leaves the order of the rows: the row below it comes after the row above it. It stays in that order
    when it names the row above as well. A name that closes a circle is left aside, and a row without any other is
    back in the order of the rows. Names that are not in `ids` are left aside without a word.

    Without `by_rows` the rows stand in no order: only `after` says what comes after what.
    """
    faults: list[Fault] = []
    place = {name: i for i, name in enumerate(ids)}
    named = [[place[name] for name in dict.fromkeys(names) if name in place] for names in after]
    for i in (i for i, names in enumerate(named) if i in names):
        named[i].remove(i)
        faults.append(Fault(file, rows[i], "after", ids[i], "is the event itself", "name another; it is left aside"))
    most = len(faults) + MOST_CIRCLES
    while circle := _circle(_edges(named, by_rows)[0]):
        if len(faults) >= most:
            faults += _straightened(named, ids, rows, file)
            break
        first, then = next((a, b) for a, b in pairwise(circle) if a in named[b] and a > b)
        named[then].remove(first)
        turn = circle.index(then)
        chain = path_words([*circle[turn:-1], *circle[: turn + 1]], rows)
        remedy = "take one of the names out; this one is left aside"
        faults.append(Fault(file, rows[then], "after", ids[first], f"closes a circle ({chain})", remedy))
    before, chain_of_rows = _edges(named, by_rows)
    return Order(before, _sequence(before), chain_of_rows), faults


def path_words(path: Sequence[int], rows: Sequence[int]) -> str:
    """A path through the order for a sentence: "row 4 → row 9 → row 5"; the middle of a long one is counted."""
    words = [f"row {rows[i]}" for i in path]
    if len(words) > 6:
        words[2:-2] = [f"{len(words) - 4} more"]
    return " → ".join(words)


def _edges(named: list[list[int]], by_rows: bool) -> tuple[list[list[int]], list[int]]:
    before: list[list[int]] = []
    chain: list[int] = []
    for i, names in enumerate(named):
        before.append(list(names) or chain[-1:])
        if by_rows and (not names or (chain and chain[-1] in names)):
            chain.append(i)
    return before, chain


def _circle(before: list[list[int]]) -> list[int]:
    """Some circle, from an event over those that come after it back to itself; nothing where there is none."""
    if all(other < i for i, others in enumerate(before) for other in others):
        return []
    try:
        TopologicalSorter(dict(enumerate(before))).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _straightened(named: list[list[int]], ids: Sequence[str], rows: Sequence[int], file: str) -> list[Fault]:
    """Leaves every name aside that stands further down: without those, there is no circle."""
    faults = []
    for i, names in enumerate(named):
        for other in [other for other in names if other > i]:
            names.remove(other)
            what = f"stands further down, and over {MOST_CIRCLES} names close circles"
            faults.append(Fault(file, rows[i], "after", clipped(ids[other]), what, "correct those first; left aside"))
    return faults


def _sequence(before: list[list[int]]) -> list[int]:
    """Kahn's algorithm, the topmost row first."""
    if all(other < i for i, others in enumerate(before) for other in others):
        return list(range(len(before)))
    waiting = [len(others) for others in before]
    then: list[list[int]] = [[] for _ in before]
    for i, others in enumerate(before):
        for other in others:
            then[other].append(i)
    ready = [i for i, count in enumerate(waiting) if not count]
    sequence = []
    while ready:
        i = heapq.heappop(ready)
        sequence.append(i)
        for other in then[i]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, other)
    return sequence
