"""Slots for lines whose order is known, so that they run straight wherever they can."""

from collections.abc import Sequence
from statistics import median_low


def straightened(layers: Sequence[Sequence[int]], blocks: Sequence[set[int]], count: int) -> list[list[int]]:
    """A slot for every one of `count` lines in every layer, -1 where it does not run.

    `layers[k]` are the lines at step k from the top, those of `blocks[k]` next to each other there, and so are their
    slots. There are as many slots as the fullest layer has lines. Step by step, lines keep their slots as far as their
    order allows: an isotonic regression with medians (pool adjacent violators), which leaves the most of them straight.
    """
    height = max((len(layer) for layer in layers), default=0)
    slots = [[-1] * len(layers) for _ in range(count)]
    before: dict[int, int] = {}
    for k, layer in enumerate(layers):
        before = _placed(_pieces(layer, blocks[k]), before, height)
        for line, slot in before.items():
            slots[line][k] = slot
    return slots


def _pieces(layer: Sequence[int], block: set[int]) -> list[list[int]]:
    """The lines one by one, the block in one piece."""
    pieces: list[list[int]] = []
    for line in layer:
        if line in block and pieces and pieces[-1][-1] in block:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return pieces


def _placed(pieces: list[list[int]], before: dict[int, int], height: int) -> dict[int, int]:
    # With the lines above it taken off, a piece may stand anywhere not above the piece before it.
    taken = 0
    pools: list[tuple[list[int], int]] = []  # wishes, and how many pieces share their median
    for piece in pieces:
        wishes = [before[line] - taken - i for i, line in enumerate(piece) if line in before]
        pools.append((wishes, 1))
        taken += len(piece)
        while len(pools) > 1 and (not pools[-1][0] or not pools[-2][0] or _level(pools[-2]) > _level(pools[-1])):
            (last, pieces_of_last), (other, pieces_of_other) = pools.pop(), pools.pop()
            pools.append((other + last, pieces_of_other + pieces_of_last))
    placed: dict[int, int] = {}
    free = height - taken
    levels = [level for pool in pools for level in [_level(pool)] * pool[1]]
    above = 0
    for piece, level in zip(pieces, levels, strict=True):
        top = min(max(level, 0), free) + above
        placed |= {line: top + i for i, line in enumerate(piece)}
        above += len(piece)
    return placed


def _level(pool: tuple[list[int], int]) -> int:
    return median_low(pool[0]) if pool[0] else 0
