"""What is taken out of cells before anybody sees them: control characters, endless text, a protecting apostrophe."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.errors import Fault

# C0 without tab and line feed, DEL and C1: none of them is text, and XML 1.0 forbids most.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?")
_FORMULA = re.compile(r"[\s\"']*[=+\-@\t\r＝＋－＠]")
_SHOWN_ROWS = 5


class Cleaned(NamedTuple):
    """Rows of clean cells, a fault for each cell that was cut, and a notice where control characters were taken out."""

    cells: list[tuple[str, ...]]
    faults: list[Fault]
    notices: list[str]


def cleaned(
    file: str,
    header: Sequence[str],
    cells: Sequence[Sequence[str]],
    numbers: Sequence[int],
    characters: int,
    *,
    row_word: str = "row",
) -> Cleaned:
    """The rows with line feeds for line ends, without control characters, no cell longer than `characters`."""
    found = Cleaned([], [], [])
    taken, where = 0, []
    for row, number in zip(cells, numbers, strict=True):
        joined = "".join(row)
        if not joined.isprintable() and CONTROL.search(joined):
            row = [_LINE_END.sub("\n", cell) for cell in row]
            counted = [CONTROL.subn("", cell) for cell in row]
            count = sum(count for _, count in counted)
            row = [cell for cell, _ in counted]
            if count:
                taken += count
                where.append(number)
        if len(joined) > characters:
            row = [
                _cut(cell, Fault(file, number, name, "", "", ""), characters, found.faults)
                for cell, name in zip(row, header, strict=True)
            ]
        found.cells.append(tuple(row))
    if taken:
        many = f"{taken:,} control characters were" if taken > 1 else "1 control character was"
        found.notices.append(f"{many} taken out of {listed_rows(where, row_word)}.")
    return found


def listed_rows(numbers: Sequence[int], word: str = "row") -> str:
    """Row numbers in words: "row 2", "rows 2, 3 and 7", "rows 2, 3, 4, 5, 6 and 12 more"."""
    if len(numbers) == 1:
        return f"{word} {numbers[0]}"
    shown = [str(number) for number in numbers[:_SHOWN_ROWS]]
    rest = len(numbers) - len(shown)
    last = f"{rest:,} more" if rest else shown.pop()
    return f"{word}s {', '.join(shown)} and {last}"


def protected(text: str) -> str:
    """`text` with an apostrophe before it if a spreadsheet would run it as a formula; `unprotected` is the inverse."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotected(text: str) -> str:
    """`text` without the apostrophe that `protected` put before it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run `text`."""
    return _FORMULA.match(text) is not None


def _cut(cell: str, fault: Fault, characters: int, faults: list[Fault]) -> str:
    if len(cell) <= characters:
        return cell
    remedy = f"shorten it; it is cut at {characters:,}"
    faults.append(fault._replace(what=f"holds {len(cell):,} characters", remedy=remedy))
    return cell[:characters]
