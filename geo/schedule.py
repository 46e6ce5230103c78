"""When every event of a story happened: the instants stated, narrowed by the order of the events.

Events come in the order in which they happened. A forward pass carries the earliest possible instant on, a backward
pass the latest; `at` then spreads evenly over what is left, in whole minutes where they fit, else in whole seconds.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.clock import MINUTE, Instant, Kind, clock_words, day_words, parse_instant, words, zone
from geo.errors import Fault, GeoError, clipped
from geo.gregorian import DAY

NOTHING_STATED = Instant(-math.inf, math.inf, "order", "")


class Stated(NamedTuple):
    """What one row says of its time: its start, its end (inf where none is given) and the precision it claims."""

    start: Instant
    end: float
    precision: str


def schedule(events: pd.DataFrame, kind: Kind, file: str = "events.csv") -> tuple[pd.DataFrame, list[Fault]]:
    """`events` with `earliest <= at <= latest`, `until` (== at when no end is given), `precision` and `when` (words).

    `events` needs the columns row, start, end and precision and must stand in the order they happened; `at` never
    decreases, and increases where the windows allow it. A row whose time contradicts an earlier row loses its own time
    and keeps its place in the order, with a fault naming both. A story without any date lies on its first day.
    """
    faults: list[Fault] = []
    rows = [int(row) for row in events["row"]]
    cells = zip(rows, events["start"], events["end"], events["precision"], strict=True)
    stated = [_stated(row, start, end, precision, kind, file, faults) for row, start, end, precision in cells]
    stated = _without_contradictions(stated, rows, file, faults)
    earliest, latest = _narrowed(
        [(one.start.earliest, min(one.start.latest, one.end)) for one in stated],
    )
    known_earliest, known_latest = _narrowed([_window_others_may_quote(one.start) for one in stated])
    when = [
        when_words(
            one.start,
            max(one.start.earliest, known_earliest[i]),
            min(one.start.latest, known_latest[i]),
            kind,
        )
        for i, one in enumerate(stated)
    ]
    earliest, latest = _finite(earliest, latest)
    at = _spread(earliest, latest)
    until = [one.end if math.isfinite(one.end) else -math.inf for one in stated]
    return (
        events.assign(
            precision=pd.Series([one.precision for one in stated], index=events.index, dtype="str"),
            earliest=np.asarray(earliest, dtype=float),
            at=np.asarray(at, dtype=float),
            latest=np.asarray(latest, dtype=float),
            until=np.maximum(np.asarray(at, dtype=float), np.asarray(until, dtype=float)),
            when=pd.Series(when, index=events.index, dtype="str"),
        ),
        faults,
    )


def when_words(stated: Instant, earliest: float, latest: float, kind: Kind) -> str:
    """Short and true words for a window: "Day 8, 11:30", "Day 8, morning", "Day 8, between 11:30 and 12:00".

    The words of the row itself serve while at least half of what they cover is left; otherwise the window is named,
    rounded outwards to minutes.
    """
    if earliest == latest:
        return words(earliest, kind)
    if math.isinf(earliest) or math.isinf(latest):
        return _open_words(earliest, latest, kind)
    if stated.precision in ("part_of_day", "day") and latest - earliest >= (stated.latest - stated.earliest) / 2:
        day = day_words(stated.earliest, kind)
        return day if stated.precision == "day" else f"{day}, {stated.text.split()[-1].lower()}"
    first, last = math.floor(earliest / MINUTE) * MINUTE, math.ceil(latest / MINUTE) * MINUTE
    if math.floor(first / DAY) == math.floor((last - 1) / DAY):
        return _words_within_a_day(first, last, kind)
    if last - first < DAY:
        return f"between {words(first, kind)} and {words(last, kind)}"
    return f"between {day_words(first, kind)} and {day_words(last - 1, kind)}"


def _open_words(earliest: float, latest: float, kind: Kind) -> str:
    if math.isinf(earliest) and math.isinf(latest):
        return "some time"
    if math.isinf(latest):
        return f"{day_words(earliest, kind)} or later" if earliest % DAY == 0 else f"after {words(earliest, kind)}"
    return f"{day_words(latest - 1, kind)} or earlier" if latest % DAY == 0 else f"before {words(latest, kind)}"


def _words_within_a_day(first: float, last: float, kind: Kind) -> str:
    day = day_words(first, kind)
    if first % DAY == 0:
        return day if last % DAY == 0 else f"{day}, before {clock_words(last)}"
    if last % DAY == 0:
        return f"{day}, after {clock_words(first)}"
    return f"{day}, between {clock_words(first)} and {clock_words(last)}"


def _stated(row: int, start: str, end: str, precision: str, kind: Kind, file: str, faults: list[Fault]) -> Stated:
    begins = _instant(row, "start", start, kind, file, faults) or NOTHING_STATED
    claimed = precision or begins.precision
    if precision == "exact" and begins.precision != "exact":
        what = f"is exact, but the start '{clipped(start)}' is no clock time"
        faults.append(Fault(file, row, "precision", "", what, "write the clock time, or another precision"))
        claimed = begins.precision
    elif precision == "day" and begins.precision == "exact":
        day = math.floor(begins.earliest / DAY) * DAY
        begins = Instant(day, day + DAY, "day", begins.text)
    finish = _instant(row, "end", end, kind, file, faults) if end.strip() else None
    if finish is None:
        return Stated(begins, math.inf, claimed)
    if finish.latest < begins.earliest or (finish.latest == begins.earliest and begins.precision != "exact"):
        faults.append(
            Fault(file, row, "end", end, f"is before the start '{start}'", "correct one of them; the end is left aside")
        )
        return Stated(begins, math.inf, claimed)
    return Stated(begins, finish.latest, claimed)


def _instant(row: int, column: str, text: str, kind: Kind, file: str, faults: list[Fault]) -> Instant | None:
    try:
        instant = parse_instant(text, kind)
    except GeoError as fault:
        what, _, remedy = str(fault).partition("; ")
        faults.append(Fault(file, row, column, "", what, f"{remedy} (the event keeps its place in the order)"))
        return None
    if offset := zone(text):
        faults.append(
            Fault(file, row, column, text, f"has the time zone '{offset}'", "the clock time is kept as it is written")
        )
    return instant


def _without_contradictions(stated: list[Stated], rows: list[int], file: str, faults: list[Fault]) -> list[Stated]:
    """`stated` with nothing stated where a row must have ended before an earlier row can have begun."""
    kept: list[Stated] = []
    bound, by = -math.inf, -1
    for i, one in enumerate(stated):
        start, latest = one.start, min(one.start.latest, one.end)
        if bound > latest or (bound == latest and start.earliest < latest):
            other = stated[by].start
            what = f"lies before row {rows[by]} ('{other.text}'), which stands earlier in the order of events"
            remedy = "correct one of the two, or number the rows in a column 'happened'"
            faults.append(Fault(file, rows[i], "start", start.text, what, remedy))
            kept.append(Stated(NOTHING_STATED, math.inf, "order"))
            continue
        if start.earliest > bound:
            bound, by = start.earliest, i
        kept.append(one)
    return kept


def _narrowed(windows: Iterable[tuple[float, float]]) -> tuple[list[float], list[float]]:
    bounds = np.asarray(list(windows), dtype=float).reshape(-1, 2)
    earliest: list[float] = np.maximum.accumulate(bounds[:, 0]).tolist()
    latest: list[float] = np.minimum.accumulate(bounds[::-1, 1])[::-1].tolist()
    return earliest, latest


def _window_others_may_quote(start: Instant) -> tuple[float, float]:
    """The window a neighbour's words may use: 17:00 is only our reading of "evening" and is never quoted."""
    if start.precision == "exact" or math.isinf(start.earliest) or math.isinf(start.latest):
        return start.earliest, start.latest
    return math.floor(start.earliest / DAY) * DAY, math.ceil(start.latest / DAY) * DAY


def _finite(earliest: list[float], latest: list[float]) -> tuple[list[float], list[float]]:
    """Open windows end one day beyond everything known."""
    known = [t for t in (*earliest, *latest) if math.isfinite(t)] or [2.0 * DAY, 1.0 * DAY]
    first, last = min(known) - DAY, max(known) + DAY
    if not any(math.isfinite(t) for t in (*earliest, *latest)):
        first, last = 1.0 * DAY, 2.0 * DAY
    return [max(t, first) for t in earliest], [min(t, last) for t in latest]


def _spread(earliest: list[float], latest: list[float]) -> list[float]:
    """Instants in order, each in its window, evenly between the bounds they share."""
    at: list[float] = []
    left = _run_lengths(earliest, latest)
    previous = -math.inf
    for begin, end, more in zip(earliest, latest, left, strict=True):
        start = max(begin, previous)
        previous = _rounded_down(start + (end - start) / (more + 1), start, begin > previous) if end > start else end
        at.append(previous)
    return at


def _run_lengths(earliest: list[float], latest: list[float]) -> list[int]:
    """For every event, how many from it on are still free and share its `latest`, itself included."""
    lengths = [0] * (len(latest) + 1)
    for i in range(len(latest) - 1, -1, -1):
        shared = lengths[i + 1] if i + 1 < len(latest) and latest[i] == latest[i + 1] else 0
        lengths[i] = shared + (earliest[i] < latest[i])
    return lengths[:-1]


def _rounded_down(t: float, start: float, start_is_free: bool) -> float:
    """`t` as a whole minute or else a whole second, if one lies after `start` (or at it, when nothing else does)."""
    for unit in (MINUTE, 1):
        whole = math.floor(t / unit) * unit
        if whole > start or (whole == start and start_is_free):
            return float(whole)
    return t
