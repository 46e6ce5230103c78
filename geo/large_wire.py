"""The wire format of a story whose events are with an engine: all but the events, and then a few of them."""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa

from geo.axis import axis, linear_axis
from geo.clock import words
from geo.source import Source
from geo.story import Story
from geo.wire import bounds, payload

Spot = tuple[float | None, float | None, str]
NOWHERE: Spot = (None, None, "")

_DIGITS = 6  # of a degree, as everywhere in the format


class Tallies(NamedTuple):
    """How many events name a person, and how many are of a group, by id; what is not named is not known."""

    people: Mapping[str, int]
    groups: Mapping[str, int]


def large_payload(story: Story, source: Source, tallies: Tallies) -> dict[str, Any]:
    """What a board needs before it asks: `geo.wire.payload` without events, on a linear axis, and `large` beside it.

    `source` says count, first, last and bounds; `large` repeats them with the counts of people and groups, None where
    they are not known.
    """
    first, last = (value if value is not None else 0.0 for value in (source.first, source.last))
    people, groups = list(story.people["id"]), [group.id for group in story.meta.groups]
    return {
        **_without_events(story, source),
        "axis": linear_axis(first, last, story.meta.clock_kind, story.meta.assumed),
        "large": {
            "count": source.count or 0,
            "first": first,
            "last": last,
            "people": [tallies.people.get(name) for name in people],
            "groups": [tallies.groups.get(name) for name in groups],
        },
    }


def part_payload(table: pa.Table, story: Story, source: Source) -> dict[str, Any]:
    """A part of a large story as a story of its own: `geo.wire.payload` with the events of `table`, in order of time.

    It says what that says of `geo.whole_story`, in a fraction of the time, but for the ids of places; the doubts and
    the layout of the storylines are left out.
    """
    content = {**_without_events(story, source), **few_payload(table, story)}
    at, until = (content["events"][name] for name in ("at", "until"))
    content.pop("storyline", None)
    opening = {id: i for i, id in enumerate(content["events"]["id"])}.get(story.meta.opening, len(at) - 1)
    return {**content, "opening": opening, "axis": axis(at, story.meta.clock_kind, until, story.meta.assumed)}


def few_payload(table: pa.Table, story: Story) -> dict[str, Any]:
    """Events of the engine as `events` and `places` of `geo.wire.payload`, in order of time.

    Places are told apart by name and position; without a position a place is not located, and an event without either
    has none. `group` is the index of an event's own group, one after the last for any other.
    """
    person = {name: i for i, name in enumerate(story.people["id"])}
    group = {one.id: i for i, one in enumerate(story.meta.groups)}
    kind = story.meta.clock_kind
    columns: dict[str, list[Any]] = table.to_pydict()
    at = [float(value) for value in columns["at"]]
    until = [begin if end is None else max(begin, float(end)) for begin, end in zip(at, columns["until"], strict=True)]
    spots = [_spot(*spot) for spot in zip(*(columns[name] for name in ("lat", "lon", "place")), strict=True)]
    places = {spot: i for i, spot in enumerate(one for one in dict.fromkeys(spots) if one != NOWHERE)}
    radius = dict(zip(reversed(spots), reversed(columns["radius_m"]), strict=True))
    nothing: list[list[int]] = [[] for _ in at]
    texts = {name: [value or "" for value in columns[name]] for name in ("id", "title", "summary", "source", "people")}
    return {
        "places": {
            **_named([*places]),
            "radius_m": [_rounded(radius[spot]) for spot in places],
            "precision": ["exact" if radius[spot] == 0 else "" for spot in places],
            **{name: [""] * len(places) for name in ("basis", "note")},
        },
        "events": {
            **{name: texts[name] for name in ("id", "title", "summary", "source")},
            **{name: [_rounded(value) for value in at] for name in ("at", "earliest", "latest")},
            "until": [_rounded(value) for value in until],
            "when": [words(value, kind) for value in at],
            "precision": ["exact"] * len(at),
            "basis": ["stated"] * len(at),
            "place": [places.get(spot, -1) for spot in spots],
            "people": [[person[name] for name in names.split(";") if name in person] for names in texts["people"]],
            "remote": nothing,
            "gone": nothing,
            "chapter": [-1] * len(at),
            "outcome": [""] * len(at),
            "told": list(range(1, len(at) + 1)),
            "group": [group.get(name, len(group)) for name in columns["group"]],
        },
    }


def _spot(lat: float | None, lon: float | None, name: str | None) -> Spot:
    """The position where it is on the globe, and the name; NOWHERE where there is neither."""
    if lat is None or lon is None or not (abs(lat) <= 90 and abs(lon) <= 180):
        return None, None, name or ""
    return lat, lon, name or ""


def _named(spots: list[Spot]) -> dict[str, list[Any]]:
    """Ids that stay the same from one answer to the next: the position, and the name where two share it or none is."""
    ids = ["" if lat is None else f"{lat:.6f},{lon:.6f}" for lat, lon, _ in spots]
    several = {name for name, count in pd.Series(ids, dtype="str").value_counts().items() if count > 1}
    return {
        "id": [f"{id},{name}" if not id or id in several else id for id, (*_, name) in zip(ids, spots, strict=True)],
        "name": [name or f"{lat:.5f}, {lon:.5f}" for lat, lon, name in spots],
        "lat": [_rounded(lat) for lat, _, _ in spots],
        "lon": [_rounded(lon) for _, lon, _ in spots],
    }


def _without_events(story: Story, source: Source) -> dict[str, Any]:
    bounds = story.meta.bounds or _around(source)
    content = payload(replace(story, meta=replace(story.meta, bounds=bounds)))
    return {**content, "doubts": []}  # nobody is doubted for not being in the events that are not here


def _around(source: Source) -> tuple[float, float, float, float]:
    if source.bounds is None:
        return bounds(pd.DataFrame({"lat": pd.Series(dtype=float), "lon": pd.Series(dtype=float)}))
    west, south, east, north = source.bounds
    return bounds(pd.DataFrame({"lat": [south, north], "lon": [west, east]}))


def _rounded(value: float | None) -> float | int | None:
    if value is None or math.isnan(value):
        return None
    return int(value) if float(value).is_integer() else round(value, _DIGITS)
