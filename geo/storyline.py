"""The layout of a storyline chart: one line a person, lines side by side where people meet.

The aims are those of Tanahashi and Ma (2012), Design Considerations for Optimizing Storyline Visualizations: those who
are together are adjacent, lines cross and bend as little as can be. The chart is a layered graph, one layer an event,
whose crossings are reduced by the barycentre heuristic of Sugiyama, Tagawa and Toda (1981): sweeps forwards and back
put everybody in a layer in the order of where they stand in the layers beside it, those who are together as one block,
as in Forster (2004), A Fast and Simple Heuristic for Constrained Two-Level Crossing Reduction. Sweeps start from
several orders, the same every time, and the best result counts. The optimum (Gronemann and others, 2016, Crossing
Minimization in Storyline Visualization) needs an integer program.
"""

import math
from bisect import bisect_right, insort
from collections.abc import Collection, Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple

from geo.presence import endings
from geo.story import Story
from geo.straight import straightened

MOST_EVENTS, MOST_PEOPLE = 2000, 200
WORK, LEAST_SWEEPS = 60_000, 4  # lines in layers over all sweeps, a microsecond each; sweeps of a large story
FRUITLESS = 3  # sweeps, before another beginning is tried
SEED = 1981

Layer = list[int]  # the lines that run through a step, from the top


class Storyline(NamedTuple):
    """Lines of `people` (ids, in order of first appearance) over `steps` (indices of `story.events`).

    `slots[i][k]` is the slot of the i-th person at the k-th step, 0 being the topmost, and -1 where the line does not
    run: it begins with the first event the person is present at, and ends with the last one, or with that with which
    their story ends. At every step those present have slots next to each other, and no two lines share one. `crossings`
    counts how often two lines change sides from one step to the next, `baseline` the same for lines in order of first
    appearance.
    """

    people: tuple[str, ...]
    steps: tuple[int, ...]
    slots: tuple[tuple[int, ...], ...]
    crossings: int
    baseline: int


def storyline(story: Story, people: Collection[str] | None = None) -> Storyline:
    """The layout for everybody, or for `people` only; steps are the events at which one of them is present.

    The same story gives the same layout. The larger a story, the fewer sweeps are made.
    """
    chosen = set(story.people["id"] if people is None else people)
    end = endings(story)
    present = [
        [name for name in names if name in chosen and index <= end.get(name, index)]
        for index, names in enumerate(story.events["people"])
    ]
    steps = [index for index, names in enumerate(present) if names]
    names = list(dict.fromkeys(name for index in steps for name in present[index]))
    line = {name: i for i, name in enumerate(names)}
    blocks = [{line[name] for name in present[index]} for index in steps]
    layers, baseline = _ordered(blocks, len(names))
    slots = straightened(layers, blocks, len(names))
    return Storyline(tuple(names), tuple(steps), tuple(map(tuple, slots)), crossings(layers), baseline)


def crossings(layers: Sequence[Layer]) -> int:
    """How many pairs of lines stand the other way round in the next layer, over all layers."""
    total = 0
    for above, below in pairwise(layers):
        place = {line: i for i, line in enumerate(below)}
        passed: list[int] = []
        for line in above:
            if line in place:
                total += len(passed) - bisect_right(passed, place[line])
                insort(passed, place[line])
    return total


def _ordered(blocks: list[set[int]], count: int) -> tuple[list[Layer], int]:
    """The best layers found, and the crossings of lines in order of first appearance."""
    running = _running(blocks, count)
    layers = found = _ranked(running, blocks, range(count))
    best = baseline = crossings(layers)
    chance, ranks = Random(SEED), list(range(count))  # noqa: S311 -- the same beginnings every time
    least, sweep, idle = float(best), 0, 0
    for _ in range(max(LEAST_SWEEPS, WORK // max(sum(map(len, running)), 1))):
        if not best:
            break
        if idle == FRUITLESS:
            chance.shuffle(ranks)
            layers, sweep, idle, least = _ranked(running, blocks, ranks), 0, 0, math.inf
        layers = _swept(layers, blocks, forwards=sweep % 2 == 0, both=sweep % 4 >= 2)
        now = crossings(layers)
        sweep, idle, least = sweep + 1, (0 if now < least else idle + 1), min(now, least)
        if now < best:
            best, found = now, layers
    return found, baseline


def _ranked(running: list[Layer], blocks: list[set[int]], ranks: Sequence[int]) -> list[Layer]:
    """Lines by their ranks in every layer, but for the block."""
    return [
        _with_block(layer, block, {line: float(ranks[line]) for line in layer})
        for layer, block in zip(running, blocks, strict=True)
    ]


def _running(blocks: list[set[int]], count: int) -> list[Layer]:
    """The lines that run through every step, in order of first appearance."""
    begin, finish = [len(blocks)] * count, [-1] * count
    for step, block in enumerate(blocks):
        for line in block:
            begin[line], finish[line] = min(begin[line], step), step
    return [[line for line in range(count) if begin[line] <= step <= finish[line]] for step in range(len(blocks))]


def _swept(layers: list[Layer], blocks: list[set[int]], *, forwards: bool, both: bool) -> list[Layer]:
    """One sweep: every layer by the barycentres of its lines in the layer before it, or in those on both sides."""
    swept = list(layers)
    step = 1 if forwards else -1
    for k in range(len(layers)) if forwards else range(len(layers) - 1, -1, -1):
        beside = [swept[k - step]] if 0 <= k - step < len(layers) else []
        if (both or not beside) and 0 <= k + step < len(layers):
            beside.append(swept[k + step])
        swept[k] = _with_block(swept[k], blocks[k], _barycentres(swept[k], beside))
    return swept


def _barycentres(layer: Layer, beside: list[Layer]) -> dict[int, float]:
    """Where the lines of a layer stand in those beside it, on average; a line in none of them keeps its neighbour's."""
    places = [{line: i for i, line in enumerate(other)} for other in beside]
    centres: dict[int, float] = {}
    previous = -1.0
    for line in layer:
        known = [place[line] for place in places if line in place]
        previous = sum(known) / len(known) if known else previous
        centres[line] = previous
    return centres


def _with_block(layer: Layer, block: set[int], centres: dict[int, float]) -> Layer:
    """The lines by their centres, with the block in one piece where it costs the fewest crossings."""
    ordered = sorted(layer, key=centres.__getitem__)
    inside = [line for line in ordered if line in block]
    outside = [line for line in ordered if line not in block]
    passed = [centres[line] for line in inside]
    # Moving the block down past a line: those inside that stood above it cross it, those that stood below no longer do.
    cost = best = where = 0
    for i, line in enumerate(outside):
        above = bisect_right(passed, centres[line])
        cost += above - (len(passed) - above)
        if cost < best:
            best, where = cost, i + 1
    return outside[:where] + inside + outside[where:]
