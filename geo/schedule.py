"""When every event of a story happened: the instants stated, narrowed by the order of the events.

The earliest possible instants are carried along the order, the latest ones against it. `at` then spreads evenly over
what is left, in whole minutes where they fit, else in whole seconds.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo.clock import EXAMPLES, MINUTE, Instant, Kind, parse_instant, zone
from geo.errors import Fault, GeoError, clipped
from geo.gregorian import DAY
from geo.order import order, path_words
from geo.when import when_words
from geo.windows import Contradiction, Window, contradictions, narrowed

NOTHING_STATED = Instant(-math.inf, math.inf, "order", "")


class Stated(NamedTuple):
    """What one row says of its time: its start, its end (inf where none is given) and the precision it claims."""

    start: Instant
    end: float
    precision: str

    @property
    def window(self) -> Window:
        return self.start.earliest, min(self.start.latest, self.end)


UNDATED = Stated(NOTHING_STATED, math.inf, "order")


def schedule(
    events: pd.DataFrame, kind: Kind, file: str = "events.csv", *, by_rows: bool = True
) -> tuple[pd.DataFrame, list[Fault]]:
    """`events` with `earliest <= at <= latest`, `until` (== at when no end is given), `precision` and `when` (words).

    `events` needs the columns row, start, end and precision and must stand in the order they happened; with the
    columns id and after (ids, a sequence a row) a row can leave that order, see `geo.order`. What comes back is sorted
    by `at`, which increases where the windows allow it. Rows whose time contradicts others (see `geo.windows`) lose
    their own time and keep their place in the order, with a fault naming both and the rows between them. A story
    without any date lies on its first day.

    Without `by_rows` the rows are in no order: their times alone put them into one, and a row without any time comes
    after the row above it.
    """
    faults: list[Fault] = []
    rows = [int(row) for row in events["row"]]
    cells = zip(rows, events["start"], events["end"], events["precision"], strict=True)
    stated = [_stated(row, start, end, precision, kind, file, faults) for row, start, end, precision in cells]
    after = list(events["after"]) if "after" in events else [()] * len(rows)
    names = list(events["id"]) if "id" in events else [str(row) for row in rows]
    if not by_rows:
        undated = [one.window == UNDATED.window for one in stated]
        after = [names[i - 1 : i] if i and undated[i] and not after[i] else after[i] for i in range(len(rows))]
    by_order, circles = order(names, after, rows, file, by_rows=by_rows)
    faults += circles
    for found in contradictions(by_order, [one.window for one in stated]):
        faults.append(_contradiction(found, stated, rows, file))
        stated[found.event] = UNDATED
    earliest, latest = narrowed(by_order, [one.window for one in stated])
    quoted = narrowed(by_order, [_window_others_may_quote(one.start) for one in stated])
    when = [
        when_words(one.start, max(one.start.earliest, first), min(one.start.latest, last), kind)
        for one, first, last in zip(stated, *quoted, strict=True)
    ]
    earliest, latest = _finite(earliest, latest)
    sequence = _as_scheduled(earliest, latest, by_order.sequence)
    at = np.empty(len(rows))
    at[sequence] = _spread([earliest[i] for i in sequence], [latest[i] for i in sequence])
    until = np.asarray([one.end if math.isfinite(one.end) else -math.inf for one in stated], dtype=float)
    frame = events.assign(
        precision=pd.Series([one.precision for one in stated], index=events.index, dtype="str"),
        earliest=np.asarray(earliest, dtype=float),
        at=at,
        latest=np.asarray(latest, dtype=float),
        until=np.maximum(at, until),
        when=pd.Series(when, index=events.index, dtype="str"),
    )
    return frame.iloc[sequence].reset_index(drop=True), faults


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
        faults.append(_unreadable(row, column, text.strip(), str(fault), kind, file))
        return None
    if offset := zone(text):
        faults.append(
            Fault(file, row, column, text, f"has the time zone '{offset}'", "the clock time is kept as it is written")
        )
    return instant


def _unreadable(row: int, column: str, text: str, message: str, kind: Kind, file: str) -> Fault:
    """The fault of a time that cannot be read: why, and three examples of what can."""
    what, _, remedy = message.partition("; ")
    itself = f"'{clipped(text)}' "
    what = what.removeprefix(itself) if what.startswith(itself) else f"cannot be read: {what}"
    if EXAMPLES[kind] not in remedy:
        remedy = f"{remedy}, or write the time like {EXAMPLES[kind]}"
    return Fault(file, row, column, text, what, f"{remedy} (the event keeps its place in the order)")


def _contradiction(found: Contradiction, stated: list[Stated], rows: list[int], file: str) -> Fault:
    other = stated[found.other].start.text or "only an end"
    is_last = found.path[-1] == found.event
    side = ("before", "earlier") if is_last else ("after", "later")
    what = (
        f"lies {side[0]} row {rows[found.other]} ('{clipped(other)}'), which comes {side[1]} in the order of events "
        f"({path_words(found.path, rows)})"
    )
    remedy = "correct one of the two, or number the rows in a column 'happened' (this one keeps its place in the order)"
    return Fault(file, rows[found.event], "start", stated[found.event].start.text, what, remedy)


def _window_others_may_quote(start: Instant) -> Window:
    """The window a neighbour's words may use: 17:00 is only our reading of "evening" and is never quoted."""
    if start.precision == "exact" or math.isinf(start.earliest) or math.isinf(start.latest):
        return start.earliest, start.latest
    return math.floor(start.earliest / DAY) * DAY, math.ceil(start.latest / DAY) * DAY


def _finite(earliest: list[float], latest: list[float]) -> tuple[list[float], list[float]]:
    """Open windows end one day beyond everything known."""
    known = [t for t in (*earliest, *latest) if math.isfinite(t)]
    first, last = (min(known) - DAY, max(known) + DAY) if known else (1.0 * DAY, 2.0 * DAY)
    return [max(t, first) for t in earliest], [min(t, last) for t in latest]


def _as_scheduled(earliest: list[float], latest: list[float], sequence: Sequence[int]) -> list[int]:
    """All events in one line: by the middles of their windows, which never decrease along the order."""
    return sorted(sequence, key=lambda i: earliest[i] + latest[i])


def _spread(earliest: list[float], latest: list[float]) -> list[float]:
    """Instants in line, each in its window, evenly between the bounds they share."""
    begins: list[float] = np.maximum.accumulate(np.asarray(earliest, dtype=float)).tolist()
    ends: list[float] = np.minimum.accumulate(np.asarray(latest, dtype=float)[::-1])[::-1].tolist()
    at: list[float] = []
    previous = -math.inf
    for begin, end, more in zip(begins, ends, _run_lengths(begins, ends), strict=True):
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
