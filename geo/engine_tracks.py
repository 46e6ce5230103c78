"""The story of a few people alone, out of an engine: for their tracks, and for where they are at an instant."""

import threading
from collections.abc import Collection

import ibis.expr.types as ir
import pyarrow as pa

from geo.bins import narrowed
from geo.bounded import bounded
from geo.errors import GeoError
from geo.query import EVER, Query
from geo.source import COLUMNS, Source
from geo.story import Story
from geo.whole_story import everything, part_of

MOST_EVENTS = 20_000


def story_of(
    story: Story,
    events: ir.Table,
    people: Collection[str],
    seconds: float,
    stop: threading.Event | None = None,
    source: Source | None = None,
    interval: tuple[float, float] = (-EVER, EVER),
) -> Story:
    """`story` with the events of `events_of`, by `geo.whole_story.part_of`.

    What `geo.track` says of them is what it would say of the whole story (of its events in the interval), but for the
    ids of places. Raises what `events_of` raises.
    """
    return part_of(story, events_of(events, people, seconds, stop, interval), source)


def events_of(
    events: ir.Table,
    people: Collection[str],
    seconds: float,
    stop: threading.Event | None = None,
    interval: tuple[float, float] = (-EVER, EVER),
) -> pa.Table:
    """The events at which any of `people` is present, of all that begin in `interval`, its end included, in order.

    Raises GeoError, one sentence, where nobody is chosen or there are more than MOST_EVENTS, and what `geo.bounded`
    raises.
    """
    chosen = _of(events, people, interval)
    found = bounded(everything(chosen, MOST_EVENTS + 1).select(*COLUMNS), seconds, stop)
    _bearable(found.num_rows)
    return found


def count_of(
    events: ir.Table,
    people: Collection[str],
    seconds: float,
    stop: threading.Event | None = None,
    interval: tuple[float, float] = (-EVER, EVER),
) -> int:
    """How many events `events_of` would give, in a fraction of its time; it raises the same."""
    count = int(
        bounded(_of(events, people, interval).aggregate(count=lambda of: of.count()), seconds, stop)[0][0].as_py()
    )
    _bearable(count)
    return count


def _of(events: ir.Table, people: Collection[str], interval: tuple[float, float]) -> ir.Table:
    if not people:
        raise GeoError("nobody is chosen; choose the people whose events are wanted")
    start, end = interval
    return narrowed(events, Query(start=start, end=end, crew=tuple(dict.fromkeys(people))))


def _bearable(count: int) -> None:
    if count > MOST_EVENTS:
        raise GeoError(f"these people have more than {MOST_EVENTS:,} events; choose fewer people, or less time")
