"""A story whose events are with an engine as one that has them in its tables, where they are not too many."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pyarrow as pa

from geo.clock import Kind, format_at
from geo.meta import FILE, meta_text
from geo.source import Source
from geo.story import Story, read_story
from geo.tables import EVENTS, PEOPLE, PLACES, table_text


def everything(events: Any, limit: int) -> Any:
    """All events of an engine's table, in order of time; at most `limit` of them."""
    return events.order_by("at", "id").limit(limit)


def whole_story(story: Story, table: pa.Table) -> Story:
    """`story` with the events of `table`, read as its four files would be, with the faults that they would have.

    Times are taken to the second. A place is a name and a position; without a position it is not located, and an
    event without either has none.
    """
    kind = story.meta.clock_kind
    rows: dict[str, list[Any]] = table.to_pydict()
    spots = list(zip(rows["lat"], rows["lon"], (name or "" for name in rows["place"]), strict=True))
    known = {spot: f"p{i + 1}" for i, spot in enumerate(dict.fromkeys(spots)) if spot != (None, None, "")}
    radius = dict(zip(reversed(spots), reversed(rows["radius_m"]), strict=True))
    places = pd.DataFrame(
        [
            (id, name or f"{lat:.5f}, {lon:.5f}", *((None, None) if None in (lat, lon) else (lat, lon)), radius[spot])
            for spot, id in known.items()
            for lat, lon, name in [spot]
        ],
        columns=["id", "name", "lat", "lon", "radius_m"],
    )
    texts = {name: [value or "" for value in rows[name]] for name in ("id", "title", "summary", "source", "people")}
    lasting = list(zip(rows["at"], rows["until"], strict=True))
    events = pd.DataFrame(
        {
            **texts,
            "start": [_written(at, kind) for at in rows["at"]],
            "end": [_written(end if _lasts(at, end) else None, kind) for at, end in lasting],
            "place": [known.get(spot, "") for spot in spots],
        }
    )
    files = {FILE: meta_text(replace(story.meta, events=None, by_rows=False)).encode()}
    for spec, frame in ((EVENTS, events), (PLACES, places), (PEOPLE, story.people)):
        files[f"{spec.name}.csv"] = table_text(frame, spec).encode()
    return read_story(files, id=story.id)


def part_of(story: Story, table: pa.Table, source: Source | None = None) -> Story:
    """`whole_story`, or a story without events where the table has no rows.

    Without bounds in story.toml those of `source` (see `geo.engine.facts`) are the story's.
    """
    meta = story.meta
    if meta.bounds is None and source is not None:
        meta = replace(meta, bounds=source.bounds)
    if table.num_rows:
        return whole_story(replace(story, meta=meta), table)
    return replace(story, meta=replace(meta, events=None), rows=0)


def _lasts(at: float | None, end: float | None) -> bool:
    return at is not None and end is not None and end > at


def _written(at: float | None, kind: Kind) -> str:
    return "" if at is None else format_at(at, kind)
