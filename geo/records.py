"""The records of a delimited text, numbered as a spreadsheet numbers rows, and why some of them do not fit."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from geo.delimiter import WORDS

LAST_ROW = 1_048_576

_NUMBER = re.compile(r"[+\-−]?[0-9]+")
_DIGITS = re.compile(r"[0-9]+")
_REQUOTE = "double the quotes inside a quoted cell, or take them out; the row is left out"
_MISQUOTED = "cannot be read as CSV ({}): a double quote is not closed, or stands inside a cell"


class Record(NamedTuple):
    """A row: its number (a quoted cell with line breaks is one row), its cells, or why there are none, and a remedy."""

    number: int
    cells: list[str]
    problem: str = ""
    remedy: str = ""


def records(text: str, separator: str = ",") -> Iterator[Record]:
    """Every record of `text`, empty ones included.

    Where a quote is broken, the line on which it opened is given up and reading goes on with the line below it, so
    that one bad quote does not take the rest of the file with it. A text full of them is read again only so often.
    """
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines, number, again = _Lines(text), 0, len(text) * 2 + 100_000
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        number, opened = number + 1, lines.at
        try:
            yield Record(number, next(reader))
        except StopIteration:
            return
        except csv.Error as problem:
            yield Record(number, [], _MISQUOTED.format(problem), _REQUOTE)
            below = lines.below(opened)
            again -= lines.at - below
            if again > 0:
                lines.seek(below)
                reader = csv.reader(lines, delimiter=separator, strict=True)


def filled(found: Iterable[Record]) -> Iterator[Record]:
    """The records that hold anything, as far down as a spreadsheet goes; a row of empty cells is no row."""
    for record in found:
        if record.number > LAST_ROW:
            what = f"lies below row {LAST_ROW:,}, where a spreadsheet ends"
            yield Record(record.number, [], what, "split the file; this row and the rest are left out")
            return
        if record.problem or any(record.cells):
            yield record


def ragged(
    cells: list[str], width: int, separator: str, below: list[str] | None = None, *, explain: bool = True
) -> tuple[str, str]:
    """What is wrong with a row that has not `width` cells, with the likely cause, and the remedy.

    `below` is the row after it, where that does not fit either. Without `explain` no cause is looked for.
    """
    count = len(cells)
    what = f"has {count:,} cells where the header has {width:,} column{'' if width == 1 else 's'}"
    if count < width:
        what = f"has only {count:,} cell{'' if count == 1 else 's'} where the header has {width:,} columns"
        if below is not None and count + len(below) - 1 == width:
            what += "; with the next row it would fit: a cell may hold a line break"
            return what, "put cells with line breaks into double quotes; the row is left out"
        return what, "give the row a cell for every column, even an empty one; the row is left out"
    text = _split_text(cells, separator) if explain else ""
    if not text and separator == "," and explain:
        text = _split_number(cells, count - width)
    if text:
        what += f"; '{text}' may be one cell"
    sign = "commas" if separator == "," else WORDS[separator]
    return what, f"put cells that hold {sign} or quotes into double quotes; the row is left out"


class _Lines:
    """The lines of a text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.at = 0
        self._text = io.StringIO(text, newline="")

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.at += len(line)
        return line

    def seek(self, at: int) -> None:
        self._text.seek(at)
        self.at = at

    def below(self, start: int) -> int:
        """Where the line that begins at `start` is over; reading goes on where it was."""
        self._text.seek(start)
        below = start + len(self._text.readline())
        self._text.seek(self.at)
        return below


def _split_number(cells: list[str], too_many: int) -> str:
    """Neighbours that were one number with a decimal comma, written so: '48' and '85' were 48,85.

    There must be as many such pairs as there are cells too many, and two digits after the comma of one.
    """
    pairs, place = [], 0
    while place + 1 < len(cells):
        left, right = cells[place].strip(), cells[place + 1].strip()
        if _NUMBER.fullmatch(left) and _DIGITS.fullmatch(right):
            pairs.append(f"{left},{right}")
            place += 1
        place += 1
    best = max(pairs, key=lambda pair: len(pair.split(",")[1]), default="")
    return best if len(pairs) >= too_many and len(best.partition(",")[2]) > 1 else ""


def _split_text(cells: list[str], separator: str) -> str:
    """Two neighbours that are one text, written so: 'Paris' and ' France' were Paris, France."""
    for left, right in pairwise(cells):
        if left[-1:].isalpha() and right[:1] == " " and right.strip() and not left.startswith(" "):
            return f"{left.strip()[-30:]}{separator} {right.strip()[:30]}"
    return ""
