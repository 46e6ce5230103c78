"""The times of a draft story: what the columns of dates and clock times of a table say, in the words of our clock."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.clock import Kind, format_at, parse_instant
from geo.dates import Dates, joined, read_dates
from geo.errors import Fault, GeoError, clipped

AS_WRITTEN = "time as written"

_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$|[T ]12:00(?::00)? ?a\.?m\.?$", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{3,4}")
_DAY = re.compile(r"-?[0-9]{1,4}")


@dataclass(frozen=True)
class Dated:
    """Columns that make one time: their names and their cells, one column of dates or three of years, months and days;
    and the column of clock times beside them. `days` are numbers of days of the story."""

    names: tuple[str, ...] = ()
    cells: tuple[Sequence[str], ...] = ()
    time: Sequence[str] | None = None
    time_name: str = ""
    days: bool = False

    @property
    def name(self) -> str:
        """What faults call it."""
        return " and ".join(name for name in (*self.names, self.time_name) if name)

    def texts(self, rows: int) -> list[str]:
        """One text a row, as somebody would have written it in one cell."""
        if not self.cells:
            return [""] * rows
        if len(self.cells) > 1:
            dates = [_date(parts) for parts in zip(*self.cells, strict=True)]
        elif self.days:
            dates = [f"D{cell.strip()}" if _DAY.fullmatch(cell.strip()) else cell for cell in self.cells[0]]
        else:
            dates = list(self.cells[0])
        if self.time is None:
            return dates
        if all(_MIDNIGHT.search(date) or ":" not in date for date in dates):
            dates = [_MIDNIGHT.sub("", date) for date in dates]
        return list(joined(dates, _clock_times(self.time)))


class Timed(NamedTuple):
    """Start and end of every row as `geo.clock` reads them, "" where nothing is said or it cannot be read.

    `readings` are the two dates, with the day and with the month first, of a cell that may be either; by the index of
    its row and whether it is an end. `written` are the cells of the starts whose clock was changed, else nothing.
    """

    starts: list[str]
    ends: list[str]
    kind: Kind
    faults: list[Fault]
    notices: list[str]
    day_first: bool | None
    readings: dict[tuple[int, bool], tuple[str, ...]]
    written: list[str]


def timed(start: Dated, end: Dated, numbers: Sequence[int], file: str, *, day_first: bool | None = None) -> Timed:
    """What the rows say of their time. Start and end are read in the same way, as their dates decide it together."""
    count = len(numbers)
    ends = end.texts(count)
    if end.time is not None and not end.cells and start.cells:
        date_only = Dated(start.names, start.cells, end.time, end.time_name, start.days).texts(count)
        ends = [text if time.strip() else "" for text, time in zip(date_only, end.time, strict=True)]
    texts = [*start.texts(count), *ends] if any(ends) else start.texts(count)
    dates = read_dates(texts, day_first=day_first)
    faults = []
    for place, problem in sorted(dates.problems.items()):
        column = start.name if place < count else end.name
        faults.append(Fault(file, numbers[place % count], column, clipped(texts[place]), problem.what, problem.remedy))
    on_one_clock = _one_clock(dates)
    local = on_one_clock or dates.texts
    found = Timed(
        local[:count],
        local[count:] or [""] * count,
        dates.kind,
        faults,
        [_said(notice, bool(on_one_clock)) for notice in dates.notices],
        dates.day_first,
        {(place % count, place >= count): dates.problems[place].readings for place in dates.ambiguous},
        texts[:count] if on_one_clock else [],
    )
    _end_before_start(found, end.name, texts, numbers, file)
    return found


def _one_clock(dates: Dates) -> list[str]:
    """The texts on the clock that most of the zoned ones show, where their local times alone would tell another order
    than their instants; else nothing."""
    local = {
        place: (instant, parse_instant(dates.texts[place], "calendar").earliest)
        for place, instant in enumerate(dates.instants)
        if instant is not None
    }
    by_instant = [shown for _, shown in sorted((math.floor(instant), shown) for instant, shown in local.values())]
    ties = {math.floor(instant): shown for instant, shown in local.values()}
    agree = all(ties[math.floor(instant)] == shown for instant, shown in local.values())
    if agree and by_instant == sorted(by_instant):
        return []
    ahead = Counter(shown - math.floor(instant) for instant, shown in local.values()).most_common(1)[0][0]
    texts = list(dates.texts)
    for place, (instant, _) in local.items():
        texts[place] = format_at(math.floor(instant) + ahead, "calendar")
    return texts


def _said(notice: str, on_one_clock: bool) -> str:
    kept = "local time is kept as it is written, and rows are put in order as instants"
    changed = f"to put rows in order as instants, they are shown on one clock, and as written in '{AS_WRITTEN}'"
    return notice.replace(kept, changed) if on_one_clock else notice


def _end_before_start(found: Timed, column: str, texts: list[str], numbers: Sequence[int], file: str) -> None:
    count = len(numbers)
    for index, (start, end) in enumerate(zip(found.starts, found.ends, strict=True)):
        if not end or not start:
            continue
        try:
            begins, finish = parse_instant(start, found.kind), parse_instant(end, found.kind)
        except GeoError:
            continue
        if finish.latest < begins.earliest or (finish.latest == begins.earliest and begins.precision != "exact"):
            what = f"is before the start '{clipped(texts[index], 40)}'"
            remedy = "correct one of them; the end is left aside"
            found.faults.append(Fault(file, numbers[index], column, clipped(texts[count + index]), what, remedy))
            found.ends[index] = ""


def _date(parts: Sequence[str]) -> str:
    """Year, month and day of the month as one date; what is missing at the end is left out."""
    year, month, day = ([part.strip() for part in parts] + ["", ""])[:3]
    if not year or not month:
        return year or (" ".join(part for part in (day, month) if part))
    if not month.isdecimal():
        return " ".join(part for part in (day, month, year) if part)
    return (
        f"{int(year):04d}-{int(month):02d}" + (f"-{int(day):02d}" if day.isdecimal() else "")
        if (year.isdecimal())
        else "-".join(part for part in (year, month, day) if part)
    )


def _clock_times(cells: Sequence[str]) -> list[str]:
    """Times of day; "0845" is 08:45 where the whole column is written so."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if filled and all(_DIGITS.fullmatch(cell) and int(cell) % 100 < 60 for cell in filled):
        return [f"{cell.strip().zfill(4)[:2]}:{cell.strip()[-2:]}" if cell.strip() else "" for cell in cells]
    return list(cells)
