"""A column of dates as people write them, as the texts that the clock of a story reads.

A column is read as a whole, since 03/04/2021 says nothing alone. Local time stays as it is written: an offset gives
the order of the rows (`instants`), and is left out of the text. What cannot be told is a problem, never a guess.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.clock import Kind
from geo.date_cells import read_cell
from geo.date_notices import notices
from geo.date_order import Order, alone_day_first, order
from geo.date_values import REWRITE, Cell, Numbered, Refused, Serial, Unusual, Written

MOST_UNUSUAL = 50  # different texts of a column that go to the edtf package, which takes up to a tenth of a second each
CHOOSE = "say whether the day or the month comes first in this column, or write dates like 2021-04-03"
NO_SERIAL = "format the whole column as dates in the spreadsheet, or write dates like 1995-10-03"


class Problem(NamedTuple):
    """Why a cell is no date. `what` follows the cell in a sentence; `readings` are texts of which one may be meant."""

    what: str
    remedy: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dates:
    """A column of dates. `texts` has one text a cell, empty where the cell is empty or a problem.

    `instants` are seconds of UTC since 1970 where a cell names its offset or zone, None elsewhere. `day_first` is the
    order of dates like 03/04/2021, None where there are none or nothing tells; `ambiguous` are the cells that need it.
    """

    texts: list[str]
    problems: dict[int, Problem]
    notices: list[str]
    day_first: bool | None
    ambiguous: list[int]
    kind: Kind
    instants: list[float | None]


def read_dates(cells: Sequence[str], *, day_first: bool | None = None) -> Dates:
    """The dates of a column; `day_first` is the author's answer where cells are ambiguous.

    A column with more days of a story ("D8 morning") than dates is one of days, and the rest are problems.
    """
    counts = Counter(cell.strip() for cell in cells)
    counts.pop("", None)
    read: dict[str, Cell] = {text: read_cell(text) for text in counts}
    _settle_unusual(read)
    _settle_serials(read)
    kind = _settle_kind(read, counts)
    numbered = {text: cell for text, cell in read.items() if isinstance(cell, Numbered)}
    decided = order([(text, cell.numbers) for text, cell in numbered.items()], day_first)
    settled = {text: _settled(cell, decided) for text, cell in read.items()}
    written = {text: cell for text, cell in settled.items() if isinstance(cell, Written)}
    said = notices(written, numbered, counts, decided)
    return _assembled(cells, settled, kind, decided, said)


def joined(dates: Sequence[str], times: Sequence[str]) -> list[str]:
    """One cell from a date and a time in columns of their own. Excel's numbers are added up; a midnight that only
    stands for "no time" gives way to the time."""
    return [_joined(date.strip(), time.strip()) for date, time in zip(dates, times, strict=True)]


def _joined(date: str, time: str) -> str:
    if not time or not date:
        return date or time
    if date.isdecimal() and time.isascii() and time.replace(".", "", 1).isdecimal() and float(time) < 1:
        return f"{int(date) + float(time):.9f}"
    for midnight in ("T00:00:00", " 00:00:00", "T00:00", " 00:00"):
        date = date.removesuffix(midnight)
    for no_day in ("1899-12-30 ", "1899-12-31 ", "1900-01-00 ", "1899-12-30T"):
        time = time.removeprefix(no_day)
    return f"{date} {time}"


def _settle_unusual(read: dict[str, Cell]) -> None:
    unusual = [(text, cell) for text, cell in read.items() if isinstance(cell, Unusual)]
    for text, cell in unusual[:MOST_UNUSUAL]:
        read[text] = cell.read()
    for text, _ in unusual[MOST_UNUSUAL:]:
        read[text] = Refused(f"is one of more than {MOST_UNUSUAL} different unusual dates", REWRITE)


def _settle_serials(read: dict[str, Cell]) -> None:
    """Numbers are days of Excel where the whole column has them; among dates one may be a year, or anything."""
    serials = {text: cell.read() for text, cell in read.items() if isinstance(cell, Serial)}
    for text, written in serials.items():
        if len(serials) == len(read):
            read[text] = written
        else:
            read[text] = Refused(f"is a number among dates; as a day of Excel it is {written.text}", NO_SERIAL)


def _settle_kind(read: dict[str, Cell], counts: Counter[str]) -> Kind:
    told = {text: cell.kind for text, cell in read.items() if isinstance(cell, Written)}
    told |= {text: "calendar" for text, cell in read.items() if isinstance(cell, Numbered)}
    days = sum(counts[text] for text, kind in told.items() if kind == "days")
    kind: Kind = "days" if days > sum(counts[text] for text in told) - days else "calendar"
    for text, its_kind in told.items():
        if its_kind != kind:
            what = (
                "is a day of the story in a column of dates"
                if its_kind == "days"
                else "is a date among days of the story"
            )
            read[text] = Refused(what, "write the column as dates, or as days like 'D8T11:30'")
    return kind


class _Ambiguous(NamedTuple):
    problem: Problem


def _settled(cell: Cell, decided: Order) -> Written | Refused | _Ambiguous:
    if not isinstance(cell, Numbered):
        assert isinstance(cell, Written | Refused)  # noqa: S101 - the others have been settled before
        return cell
    first = alone_day_first(cell.numbers)
    if first is None and cell.numbers.first == cell.numbers.second:
        first = True
    if first is None:
        first = decided.day_first
    if first is not None:
        return cell.read(first)
    readings = cell.read(True), cell.read(False)
    dates = [reading.text for reading in readings if isinstance(reading, Written)]
    if len(dates) < 2:
        return readings[0] if isinstance(readings[0], Refused) else readings[1]
    by_day, by_month = (cell.numbers.read(way) for way in (True, False))
    said = [day if isinstance(day, str) else day.words for day in (by_day, by_month)]
    what = f"is {said[0]} with the day first, and {said[1]} with the month first"
    return _Ambiguous(Problem(what, CHOOSE, tuple(dates)))


def _assembled(
    cells: Sequence[str],
    settled: dict[str, Written | Refused | _Ambiguous],
    kind: Kind,
    decided: Order,
    notices: list[str],
) -> Dates:
    dates = Dates([], {}, notices, decided.day_first, [], kind, [])
    for i, raw in enumerate(cells):
        cell = settled.get(raw.strip())
        text, instant = "", None
        if isinstance(cell, Written):
            text, instant = cell.text, cell.instant
        elif isinstance(cell, _Ambiguous):
            dates.problems[i] = cell.problem
            dates.ambiguous.append(i)
        elif cell is not None:
            dates.problems[i] = Problem(cell.what, cell.remedy)
        dates.texts.append(text)
        dates.instants.append(instant)
    return dates
