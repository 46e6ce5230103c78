"""The events of an engine that a link shows: those that `geo.join.shown` would choose among a story's own."""

import re
import threading
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.types as ir

from geo.bins import narrowed
from geo.bounded import bounded
from geo.engine_columns import placed
from geo.errors import GeoError, clipped
from geo.expressions import exact
from geo.join import Mode
from geo.query import EVER, WORLD, Bounds, Query
from geo.source import COLUMNS, Source
from geo.story import Story
from geo.whole_story import everything, part_of

NARROWER = "choose people, words, bounds, or a shorter time from and to"
NEAR = 5e-7  # degrees: half the last digit of a place's id


@dataclass(frozen=True)
class Shown:
    """Which events: of `query` the people and words alone count, not its bounds, cells and steps.

    `start` and `end` are those of [start, end), in which an event is under way. `at`, `mode` and `span` are those of
    `geo.join.shown`; without `at`, whatever the time. `bounds` leave out what has no place, or one outside of them.
    `place` is the id of a place of `geo.large_wire.few_payload`.
    """

    query: Query = field(default_factory=Query)
    start: float | None = None
    end: float | None = None
    at: float | None = None
    mode: Mode = "so-far"
    span: float = 86_400.0
    bounds: Bounds | None = None
    place: str = ""

    def __post_init__(self) -> None:
        Query(bounds=self.bounds or WORLD)
        times = [value for value in (self.start, self.end, self.at) if value is not None]
        if not all(abs(value) <= EVER for value in times):
            raise GeoError("an instant is further away than any clock of ours tells")
        if self.place:
            _spot(self.place)


def shown(events: ir.Table, which: Shown) -> ir.Table:
    """Those of `events`, which has the columns that `geo.engine` gives."""
    query = which.query
    found = narrowed(events, Query(crew=query.crew, match=query.match, rivals=query.rivals, q=query.q))
    if which.at is not None:
        found = _at_the_moment(found, which.at, which.mode, which.span)
    at, until = found["at"], found["until"]
    conditions: list[Any] = []
    if which.start is not None:
        start = exact(which.start)
        conditions.append((until > at) & (until > start) | (until <= at) & (at >= start))
    if which.end is not None:
        conditions.append(at < exact(which.end))
    if which.bounds is not None:
        west, south, east, north = which.bounds
        lat, lon = found["lat"], found["lon"]
        across = (
            (lon >= exact(west)) & (lon <= exact(east)) if west <= east else (lon >= exact(west)) | (lon <= exact(east))
        )
        conditions += [placed(found), lat >= exact(south), lat <= exact(north), across]
    if which.place:
        conditions += _there(found, which.place)
    return found.filter(*conditions) if conditions else found


def shown_story(
    story: Story,
    events: ir.Table,
    which: Shown,
    most: int,
    seconds: float,
    stop: threading.Event | None = None,
    source: Source | None = None,
    narrower: str = NARROWER,
) -> Story:
    """`story` with those events, see `geo.whole_story.part_of`.

    Raises GeoError, one sentence that ends in how to get fewer, `narrower`, where there are more than `most`, and what
    `geo.bounded` raises.
    """
    found = shown(events, which)
    count = int(bounded(found.aggregate(count=lambda of: of.count()), seconds, stop)[0][0].as_py())
    if count > most:
        raise GeoError(f"{count:,} events are more than the {most:,} that one file holds; {narrower}")
    return part_of(story, bounded(everything(found, most).select(*COLUMNS), seconds, stop), source)


def _at_the_moment(found: ir.Table, t: float, mode: Mode, span: float) -> ir.Table:
    begun = found.filter(found["at"] <= exact(t))
    at, until = begun["at"], begun["until"]
    if mode == "so-far":
        return begun
    if mode == "window":
        since = exact(t - span)
        return begun.filter((until > at) & (until > since) | (until <= at) & (at > since))
    return begun.filter((at == at.max().as_scalar()) | (until > exact(t)))


def _spot(place: str) -> tuple[float, float, str] | tuple[None, None, str]:
    """The position and the name in the id of a place."""
    match = re.fullmatch(r"(?:(-?\d{1,2}\.\d{6}),(-?\d{1,3}\.\d{6}))?(?:,(.*))?", place, re.DOTALL)
    if match is None or not (match[1] or match[3]):
        raise GeoError(f"'{clipped(place)}' is no place here; write its lat,lon with six digits, or its lat,lon,name")
    return (None, None, match[3]) if match[1] is None else (float(match[1]), float(match[2]), match[3] or "")


def _there(found: ir.Table, place: str) -> list[Any]:
    lat, lon, name = _spot(place)
    named = [found["place"].fill_null("") == name] if name else []
    if lat is None or lon is None:
        return [~placed(found), *named]
    near = [placed(found)]
    for column, value in ((found["lat"], lat), (found["lon"], lon)):
        near += [column >= exact(value - NEAR), column <= exact(value + NEAR)]
    return [*near, *named]
