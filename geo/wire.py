"""The wire format of a story: what `static/story.js` reads."""

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from geo.axis import axis
from geo.doubts import doubts
from geo.names import initials, short_names
from geo.source import Bounds
from geo.story import Story
from geo.storyline import MOST_EVENTS, MOST_PEOPLE, storyline
from geo.track import WANDER_KMH, wander_bound_m

FORMAT = 1
LARGEST_INTEGER = 2**53

_MARGIN = 0.04  # of the extent of the places, on each side of bounds that no story.toml gives
_SMALLEST_MARGIN = 0.01  # degrees


def payload(story: Story) -> dict[str, Any]:
    """The story as plain lists and numbers: columns, people and places by index, None for an unknown coordinate.

    A story of more than 2 000 events or 200 people has no `storyline`: nobody could read the chart.
    """
    events, places, people, meta = story.events, story.places, story.people, story.meta
    person = {name: i for i, name in enumerate(people["id"])}
    place = {name: i for i, name in enumerate(places["id"])}
    group = {one.id: i for i, one in enumerate(meta.groups)}
    event = {name: i for i, name in enumerate(events["id"])}
    chapters = [name for name in dict.fromkeys(events["chapter"]) if name]
    chapter = {name: i for i, name in enumerate(chapters)}
    content: dict[str, Any] = {
        "format": FORMAT,
        "id": story.id,
        "title": meta.title,
        "description": meta.description,
        "credits": list(meta.credits),
        "assumptions": list(meta.assumptions),
        "opening": event.get(meta.opening, len(events) - 1),
        "clock": {"kind": meta.clock_kind, "assumed": list(meta.assumed), "timezone": meta.timezone},
        "bounds": list(meta.bounds or bounds(places)),
        "groups": [{"id": g.id, "label": g.label, "dark": g.colour, "light": g.colour_light} for g in meta.groups],
        "people": {
            "id": list(people["id"]),
            "name": list(people["name"]),
            "short": short_names(list(people["name"])),
            "initials": initials(list(people["name"])),
            "group": [group[name] for name in people["group"]],
            "role": list(people["role"]),
        },
        "places": {
            "id": list(places["id"]),
            "name": list(places["name"]),
            "lat": _numbers(places["lat"]),
            "lon": _numbers(places["lon"]),
            "radius_m": _numbers(places["radius_m"]),
            "precision": list(places["precision"]),
            "basis": list(places["basis"]),
            "note": list(places["note"]),
        },
        "chapters": chapters,
        "events": {
            **{name: list(events[name]) for name in ("id", "title", "summary")},
            **{name: _numbers(events[name]) for name in ("at", "earliest", "latest", "until")},
            **{name: list(events[name]) for name in ("when", "precision", "basis")},
            "place": [place.get(name, -1) for name in events["place"]],
            "people": [[person[name] for name in names] for names in events["people"]],
            "remote": [[person[name] for name in names] for names in events["remote"]],
            "gone": [[person[name] for name in names] for names in events["ends"]],
            "chapter": [chapter.get(name, -1) for name in events["chapter"]],
            **{name: list(events[name]) for name in ("outcome", "source")},
            "told": [int(number) for number in events["told"]],
        },
        "axis": axis(
            events["at"].tolist(), meta.clock_kind, events["until"].tolist(), meta.assumed, events["earliest"].tolist()
        ),
        "wander": {"kmh": WANDER_KMH, "bound_m": wander_bound_m(story)},
        "doubts": [
            {
                "kind": doubt.kind,
                "events": [event[name] for name in doubt.events],
                "people": [person[name] for name in doubt.people],
                "text": str(doubt),
            }
            for doubt in doubts(story)
        ],
    }
    if len(events) <= MOST_EVENTS and len(people) <= MOST_PEOPLE:
        chart = storyline(story)
        content["storyline"] = {
            "people": [person[name] for name in chart.people],
            "steps": list(chart.steps),
            "slots": [list(line) for line in chart.slots],
            "crossings": chart.crossings,
            "baseline": chart.baseline,
        }
    return content


def encode(content: dict[str, Any]) -> bytes:
    """Compact ASCII JSON that is also safe inside a page: no `<`, `>`, `&` or line separator stands bare in it.

    Integers beyond 2**53, which JavaScript would round, become text. Raises ValueError for NaN and infinity.
    """
    text = json.dumps(_safe(content), allow_nan=False, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")  # these stand only inside strings
    return text.encode("ascii")


def digest(content: bytes) -> str:
    """16 hexadecimal digits that change with the content."""
    return hashlib.sha256(content).hexdigest()[:16]


def bounds(places: pd.DataFrame) -> Bounds:
    """West, south, east, north around all places that are located, with a margin; the world where there are none."""
    lat, lon = places["lat"].dropna(), places["lon"].dropna()
    if lat.empty:
        return -180.0, -85.0, 180.0, 85.0
    south, north, west, east = (float(edge) for edge in (lat.min(), lat.max(), lon.min(), lon.max()))
    high = max((north - south) * _MARGIN, _SMALLEST_MARGIN)
    wide = max((east - west) * _MARGIN, _SMALLEST_MARGIN)
    return (
        round(max(west - wide, -180.0), 6),
        round(max(south - high, -90.0), 6),
        round(min(east + wide, 180.0), 6),
        round(min(north + high, 90.0), 6),
    )


def _numbers(values: Iterable[float]) -> list[float | int | None]:
    return [_number(float(value)) for value in values]


def _number(value: float) -> float | int | None:
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() and abs(value) <= LARGEST_INTEGER else round(value, 6)


def _safe(value: Any) -> Any:
    if value is None or isinstance(value, (str, float)):  # nearly all there is, and the quickest to ask
        return value
    if isinstance(value, int):
        return str(value) if abs(value) > LARGEST_INTEGER else value
    if isinstance(value, dict):
        return {key: _safe(item) for key, item in value.items()}
    return [_safe(item) for item in value] if isinstance(value, Sequence) else value
