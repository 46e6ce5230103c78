"""When the rows of a large table happened: quickly where dates have the forms of programs, else cell by cell.

How the columns are read is decided from a sample. What a later row writes otherwise is a fault of that row.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.clock import Kind, parse_instant, words
from geo.date_cells import read_cell
from geo.date_order import alone_day_first
from geo.date_values import Numbered, Unusual
from geo.dates import MOST_UNUSUAL, Dates, read_dates
from geo.errors import Fault, GeoError, clipped
from geo.fault_tally import Tally
from geo.headers import plain_name
from geo.import_moments import Bools, Floats, moments
from geo.import_rows import Piece
from geo.made_times import Dated
from geo.making import DAY_NAMES
from geo.mapping import Mapping
from geo.raw import Raw

_REMEMBERED = 100_000
_WITNESSES = 8
_NEARLY_ALL = 0.9
_END_REMEDY = "correct one of them; the end is left aside"
_ORDER_REMEDY = "write the whole column in one order"


class _Cell(NamedTuple):
    """What a text says: seconds from and before, where its zone lies, and what is wrong with it."""

    earliest: float = np.nan
    latest: float = np.nan
    offset: float = np.nan
    what: str = ""
    remedy: str = ""


class Times:
    """Reads the times of piece after piece. `kind` is that of the story's clock, `notices` say how it was decided."""

    def __init__(self, raw: Raw, mapping: Mapping, file: str, tally: Tally, day_first: bool | None = None) -> None:
        self._mapping, self._file, self._tally = mapping, file, tally
        self._known: dict[str, _Cell] = {}
        self._unusual = 0
        sample = {name: raw.column(name) for name in raw.header}
        start, end = self._dated(sample)
        rows = len(raw.cells)
        self._names = start.name, end.name or start.name
        texts = [*start.texts(rows), *end.texts(rows)]
        dates = read_dates(texts, day_first=day_first)
        if dates.day_first is None and dates.ambiguous:
            day_first = _mostly_day_first(texts)
            if day_first is None:
                shown = clipped(texts[dates.ambiguous[0]], 40)
                what = f"'{clipped(start.name, 40)}' does not tell whether '{shown}' begins with the day or the month"
                raise GeoError(f"{what}; say it with --dates day or --dates month")
            dates = read_dates(texts, day_first=day_first)
        self.kind: Kind = dates.kind
        self.day_first = dates.day_first
        self.notices = tuple(dates.notices)
        self._witnesses = _witnesses(texts, dates)
        self._usual, zones = _usual_offset(dates)
        if zones > 1:
            self.notices += ("Offsets differ: all times are shown on the clock that most of them have.",)

    def read(self, piece: Piece) -> tuple[Floats, Floats]:
        """Seconds at which each row of the piece begins and ends, NaN where that is not known."""
        at = self._column(piece, end=False)
        until = self._column(piece, end=True)
        if until is None:
            return at[0], np.full(len(at[0]), np.nan)
        before = until[1] < at[0]
        if before.any():
            self._early(piece, np.flatnonzero(before), at[0])
        return at[0], np.where(before, np.nan, until[1])

    def _early(self, piece: Piece, places: Any, at: Floats) -> None:
        start = words(float(at[places[0]]), self.kind)
        fault = Fault(self._file, None, self._names[1], "", f"is before the start '{start}'", _END_REMEDY)
        ends = _python(self._texts(piece, end=True), places)
        for number, text, begun in zip(piece.numbers[places].tolist(), ends, at[places].tolist(), strict=True):
            what = f"is before the start '{words(begun, self.kind)}'"
            self._tally.add(fault._replace(row=number, value=clipped(text), what=what))

    def _column(self, piece: Piece, *, end: bool) -> Any:
        texts = self._texts(piece, end=end)
        if texts is None:
            return None if end else (np.full(len(piece.numbers), np.nan),) * 2
        found = moments(texts, self.day_first)
        earliest, offset = found.at, found.offset
        if self.kind == "days":
            earliest = np.full(len(earliest), np.nan)
        latest = np.where(found.days, earliest + 86_400, earliest)
        left = np.isnan(earliest) & (
            pc.binary_length(pc.utf8_trim_whitespace(texts)).to_numpy(zero_copy_only=False) > 0
        )
        if left.any():
            places = np.flatnonzero(left)
            cells = self._cells(_python(texts, places), piece.numbers[places], end=end)
            earliest[places] = [cell.earliest for cell in cells]
            latest[places] = [cell.latest for cell in cells]
            offset[places] = [cell.offset for cell in cells]
        if not np.isnan(self._usual):
            shift = np.where(np.isnan(offset), 0.0, self._usual - offset)
            earliest, latest = earliest + shift, latest + shift
        self._contradicted(texts, piece, found.other_order, end=end)
        return earliest, latest

    def _contradicted(self, texts: pa.Array, piece: Piece, other: Bools, *, end: bool) -> None:
        if not other.any():
            return
        first, rest = ("month", "day") if self.day_first else ("day", "month")
        what = f"begins with the {first}, and other dates of the column with the {rest}"
        places = np.flatnonzero(other)
        fault = Fault(self._file, None, self._names[end], "", what, _ORDER_REMEDY)
        self._tally.add_rows(fault, piece.numbers[places], map(clipped, _python(texts, places[:200])))

    def _cells(self, texts: Sequence[str], numbers: Any, *, end: bool) -> list[_Cell]:
        new = [text for text in dict.fromkeys(text.strip() for text in texts) if text not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            self._known.clear()
            new = list(dict.fromkeys(text.strip() for text in texts))
        self._read_new(new)
        cells = [self._known[text.strip()] for text in texts]
        for text, number, cell in zip(texts, numbers.tolist(), cells, strict=True):
            if cell.what:
                self._tally.add(Fault(self._file, number, self._names[end], clipped(text), cell.what, cell.remedy))
        return cells

    def _read_new(self, texts: Sequence[str]) -> None:
        """Reads texts as the column they come from is read: among as many of its cells, which outvote them."""
        usual = []
        for text in texts:
            if isinstance(read_cell(text), Unusual):
                self._unusual += 1
                if self._unusual > MOST_UNUSUAL:
                    what = f"is one of more than {MOST_UNUSUAL} different unusual dates"
                    self._known[text] = _Cell(what=what, remedy="write it like '1995-10-03T11:30'")
                    continue
            usual.append(text)
        witnesses = self._witnesses * (len(usual) + 1) if self._witnesses else []
        dates = read_dates([*witnesses, *usual], day_first=self.day_first)
        for place, text in enumerate(usual, start=len(witnesses)):
            problem = dates.problems.get(place)
            if problem is not None:
                self._known[text] = _Cell(what=problem.what, remedy=problem.remedy)
                continue
            instant = parse_instant(dates.texts[place], dates.kind)
            utc = dates.instants[place]
            offset = np.nan if utc is None else round(instant.earliest - utc)
            first, last = (value if np.isfinite(value) else np.nan for value in (instant.earliest, instant.latest))
            self._known[text] = _Cell(first, last, offset)

    def _texts(self, piece: Piece, *, end: bool) -> pa.Array | None:
        """One text a row, as somebody would have written it in one cell; None where no column says it."""
        whens = self._mapping.of("end" if end else "when")
        clocks = self._mapping.of("end_time" if end else "time")
        if not whens and (not end or not clocks):
            return None
        if len(whens) == 1 and not clocks and not self._of_days(whens):
            return piece.columns[whens[0]]
        quick = self._quickly_joined(piece, whens, clocks)
        if quick is not None:
            return quick
        used = {*whens, *clocks, *self._mapping.of("when"), *self._mapping.of("time")}
        dated = self._dated({name: piece.columns[name].to_pylist() for name in used})
        return pa.array(dated[end].texts(len(piece.numbers)), pa.string())

    def _quickly_joined(self, piece: Piece, whens: Sequence[str], clocks: Sequence[str]) -> pa.Array | None:
        """A date and a clock time beside it as one text, where all of them are plain."""
        if len(whens) != 1 or len(clocks) != 1 or self._of_days(whens):
            return None
        date, clock = (pc.utf8_trim_whitespace(piece.columns[name]) for name in (whens[0], clocks[0]))
        plain = pc.or_(pc.match_substring(clock, ":"), pc.equal(clock, ""))
        if pc.any(pc.match_substring(date, ":")).as_py() or not pc.all(plain).as_py():
            return None
        return pc.utf8_trim_whitespace(pc.binary_join_element_wise(date, clock, " "))

    def _of_days(self, names: Sequence[str]) -> bool:
        return len(names) == 1 and plain_name(names[0]) in DAY_NAMES

    def _dated(self, columns: dict[str, list[str]]) -> tuple[Dated, Dated]:
        both = []
        for role, clock in (("when", "time"), ("end", "end_time")):
            names, clocks = self._mapping.of(role), self._mapping.of(clock)
            if not names and clocks and role == "end":  # the end has the day of the start
                names = self._mapping.of("when")
            cells = tuple(columns.get(name, []) for name in names)
            time = columns.get(clocks[0]) if clocks else None
            both.append(Dated(names, cells, time, clocks[0] if clocks else "", self._of_days(names)))
        return both[0], both[1]


def _mostly_day_first(texts: Sequence[str]) -> bool | None:
    """What nearly all cells say of which one alone tells the order; None where they are divided, or none tells."""
    cells = (read_cell(text) for text in texts if text.strip())
    told = [
        first for cell in cells if isinstance(cell, Numbered) and (first := alone_day_first(cell.numbers)) is not None
    ]
    most = sum(told) * 2 > len(told)
    return most if told and sum(first == most for first in told) >= _NEARLY_ALL * len(told) else None


def _python(texts: pa.Array, places: Any) -> list[str]:
    found: list[str] = texts.take(pa.array(places)).to_pylist()
    return found


def _witnesses(texts: Sequence[str], dates: Dates) -> list[str]:
    """A few cells of the sample that were read: what is new is read among them."""
    read = (text for place, text in enumerate(texts) if text.strip() and place not in dates.problems)
    found: dict[str, None] = {}
    for text in read:
        found.setdefault(text)
        if len(found) == _WITNESSES:
            break
    return list(found)


def _usual_offset(dates: Dates) -> tuple[float, int]:
    """The offset that most cells of the sample have, NaN where they have none, and how many there are."""
    offsets = [
        round(parse_instant(text, "calendar").earliest - instant)
        for text, instant in zip(dates.texts, dates.instants, strict=True)
        if instant is not None
    ]
    if not offsets:
        return np.nan, 0
    values, counts = np.unique(offsets, return_counts=True)
    return float(values[counts.argmax()]), len(values)
