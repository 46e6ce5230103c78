"""The rows of a table of text that fit its header, each with its number; the others are flagged, each with a reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from geo.cleaning import CONTROL, cleaned, unprotected
from geo.delimiter import decimal_commas
from geo.encoding import UNREADABLE
from geo.errors import Fault, clipped
from geo.opened_text import Closed, Opened
from geo.raw import LARGER, Limits
from geo.records import Record, ragged

_LONGEST_NAME = 120
_EXPLAINED = 1_000


class Rows(NamedTuple):
    """The header and the usable rows of a file; `numbers` are their row numbers; `flagged` those of rows left out.

    `decimal` names the columns whose numbers have a decimal comma; their cells are as they were written.
    """

    header: list[str]
    cells: Sequence[Sequence[str]]
    numbers: list[int]
    flagged: list[int]
    faults: list[Fault]
    notices: list[str]
    decimal: tuple[str, ...] = ()


def no_rows(closed: Closed, notices: Iterable[str] = ()) -> Rows:
    """What is left of a file that is no table."""
    return Rows([], [], [], list(closed.flagged), [closed.fault], list(notices))


def column_names(cells: Sequence[str]) -> list[str]:
    """The cells of a header as names: on one line, short, without control characters."""
    return [" ".join(CONTROL.sub("", unprotected(name)).split())[:_LONGEST_NAME] for name in cells]


def header_fault(header: Sequence[str], file: str, number: int, limits: Limits) -> Fault | None:
    """Why no table can stand below this header: too wide, empty, or a name that two columns have."""

    def fault(what: str, remedy: str) -> Fault:
        return Fault(file, number, None, "", what, remedy)

    if len(header) > limits.columns:
        what = f"the header has {len(header):,} columns; at most {limits.columns} are read"
        return fault(what, "delete some columns")
    if not any(header):
        return fault("the header is empty", "name the columns in the first row")
    double = [name for name, count in Counter(name.casefold() for name in header).items() if count > 1 and name]
    if double:
        listed = ", ".join(f"'{clipped(name)}'" for name in double)
        return fault(f"the header names {listed} more than once", "give every column a name of its own")
    return None


def fitting(body: Iterable[Record], header: Sequence[str], text: Opened, file: str, limits: Limits) -> Rows:
    """Every row below the header, cleaned; one that has not as many cells as the header is flagged."""
    rows = Rows(list(header), [], [], [], [], list(text.notices))
    cells: list[Sequence[str]] = []
    odd: list[Record] = []
    for record in body:
        if len(cells) + len(odd) == limits.rows:
            what = f"has more than {limits.rows:,} rows"
            remedy = f"{LARGER}; this row and the rest are left out"
            rows.faults.append(Fault(file, record.number, None, "", what, remedy))
            rows.flagged.append(record.number)
            break
        if not record.problem and len(record.cells) == len(header):
            cells.append(record.cells)
            rows.numbers.append(record.number)
        else:
            odd.append(_short(record, len(header)))
    if not cells and not odd:
        rows.faults.append(Fault(file, None, None, "", "no rows below the header", "add a row"))
    rows.flagged[:0] = [record.number for record in odd]
    clean = cleaned(file, header, cells, rows.numbers, limits.characters)
    decimal = decimal_commas(header, clean.cells, text.sign)
    if decimal:
        shown = " and ".join(f"'{example}' in {clipped(name, 40)}" for name, example in islice(decimal.items(), 2))
        rows.notices.append(f"Numbers have a decimal comma ({shown}): they are read so.")
    rows.notices.extend(clean.notices)
    faults = [*rows.faults, *_odd_faults(odd, len(header), text.sign, file), *clean.faults]
    if text.broken:
        faults += _unreadable(clean.cells, rows.numbers, header, file)
    faults.sort(key=lambda fault: fault.row or 0)
    return rows._replace(cells=clean.cells, faults=faults, decimal=tuple(decimal))


def _short(record: Record, width: int) -> Record:
    """The record without its cells where it has absurdly many: only their number is told."""
    count = len(record.cells)
    if record.problem or count <= 4 * width + 100:
        return record
    what = f"has {count:,} cells where the header has {width:,} column{'' if width == 1 else 's'}"
    return Record(record.number, [], what, "look whether its line breaks are lost; the row is left out")


def _odd_faults(odd: list[Record], width: int, sign: str, file: str) -> Iterator[Fault]:
    for place, record in enumerate(odd):
        if record.problem:
            yield Fault(file, record.number, None, "", record.problem, record.remedy)
            continue
        below = odd[place + 1] if place + 1 < len(odd) and odd[place + 1].number == record.number + 1 else None
        explain = place < _EXPLAINED
        what, remedy = ragged(record.cells, width, sign, below.cells if below else None, explain=explain)
        yield Fault(file, record.number, None, "", what, remedy)


def _unreadable(cells: Iterable[Sequence[str]], numbers: list[int], header: Sequence[str], file: str) -> list[Fault]:
    what, remedy = f"holds bytes that are not UTF-8 ('{UNREADABLE}')", "write the letters again"
    return [
        Fault(file, number, name, cell, what, remedy)
        for row, number in zip(cells, numbers, strict=True)
        for cell, name in zip(row, header, strict=True)
        if UNREADABLE in cell
    ]
