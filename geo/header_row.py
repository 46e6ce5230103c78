"""Which row of a table is its header: the first, one below some title rows, or none."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.headers import meanings

_LOOKED_AT = 20
_COMPARED = 30
_VALUE = re.compile(
    r"[+\-−]?[0-9][0-9 .,]*|[+\-−]?\.[0-9]+"  # a number
    r"|[+\-−]?[0-9]{1,5}[-/.][0-9]{1,2}(?:[-/.][0-9]{1,5})?(?:[T ,].*)?"  # a date
    r"|[0-9]{1,2}[:h][0-9]{2}.*"  # a time
    r"|[NSEW]? ?[0-9]{1,3} ?°.*"  # an angle
    r"|https?://.*|\S+@\S+\.\S+"
)
_YEAR = re.compile(r"[12][0-9]{3}")  # names a column where the cells below it are no years
_LONGEST_NAME = 80


class HeaderRow(NamedTuple):
    """How many of the rows looked at stand above the table, and whether the first row below them names the columns."""

    titles: int
    named: bool


def header_row(rows: Sequence[Sequence[str]], width: int) -> HeaderRow:
    """Where the header stands among the first rows of a table (without empty ones) that is mostly `width` cells wide.

    Rows above it are titles only where they fill half of the width or less, and a row clearly is a header below them:
    names throughout, each once. The first row is no header where its values are of the kinds of those below it.
    """
    widest = 0
    for index, row in enumerate(rows[:_LOOKED_AT] if width > 1 else ()):
        if index and _is_header(row, rows[index + 1 :], width) and (widest < 2 or _known(row)):
            return HeaderRow(index, True)
        widest = max(widest, _filled(row))
        if widest > max(1, width // 2):
            break
    if rows and _is_data(rows[0], rows[1 : 1 + _COMPARED]):
        return HeaderRow(0, False)
    return HeaderRow(0, True)


def _is_header(row: Sequence[str], below: Sequence[Sequence[str]], width: int) -> bool:
    names = [cell.strip().casefold() for cell in row if cell.strip()]
    if len(names) < max(2, width - width // 5) or len(set(names)) < len(names):
        return False
    if any(_VALUE.fullmatch(name) or len(name) > _LONGEST_NAME for name in names):
        return False
    return _known(row) or any(
        _VALUE.fullmatch(cell.strip()) for other in below[:_COMPARED] if len(other) == len(row) for cell in other
    )


def _is_data(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether values stand in the first row where values stand below it, and nothing in it looks like a name."""
    like = [other for other in below if len(other) == len(row)]
    if _known(row) or len(row) < 2:
        return False
    shared = 0
    for place, cell in enumerate(row):
        others = [text for other in like if (text := other[place].strip())]
        values = sum(_VALUE.fullmatch(text) is not None for text in others)
        if _VALUE.fullmatch(cell.strip()):
            years = sum(_YEAR.fullmatch(text) is not None for text in others)
            shared += values * 2 > len(others) and (years * 2 > len(others) or not _YEAR.fullmatch(cell.strip()))
        elif cell.strip() and others and values == len(others):
            return False  # a word above numbers
    return shared > 0


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _known(row: Sequence[str]) -> bool:
    """Whether two of the cells, or half of them, are names that columns have."""
    names = [cell for cell in row if cell.strip()]
    known = sum(bool(meanings(name)) for name in names if len(name) <= _LONGEST_NAME)
    return known >= 2 or 0 < known >= len(names) / 2
