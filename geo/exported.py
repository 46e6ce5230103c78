"""What goes to other programs: the events chosen with their places, and the tracks of people through them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geo.clock import Kind, format_at
from geo.errors import GeoError
from geo.join import Mask, located_events
from geo.presence import appearances
from geo.story import Story
from geo.tables import DERIVED_COLUMNS, EVENTS

ELSEWHERE = (
    "the events of this story are with its engine, not in its tables; "
    "take a part of it by geo.engine_shown.shown_story or geo.engine_tracks.story_of"
)
ADDED = ("time", "earliest_at", "latest_at", "place_name", "lat", "lon", "radius_m")


class Track(NamedTuple):
    """The way of a person from one located event to the next, in order.

    `stops` has a row an event: event, place, place_name, lat, lon, at, until (seconds), precision, time (words).
    `unplaced` counts between each two of them the events of that person whose place is not known; nobody knows the way
    there, however straight a line is drawn.
    """

    person: str
    name: str
    group: str
    stops: pd.DataFrame
    unplaced: tuple[int, ...]


def exported_events(story: Story, mask: Mask | None = None) -> pd.DataFrame:
    """The events of `mask` (over `story.events`; all without one), in order: the columns of events.csv, its unknown
    ones, then time (words), earliest_at, latest_at, place_name, lat, lon (degrees, 6 digits) and radius_m.

    Raises GeoError for a large story.
    """
    if story.meta.events is not None:
        raise GeoError(ELSEWHERE)
    located = located_events(story)
    joined = pd.concat([located.events, located.unplaced], ignore_index=True).set_index("id")
    joined = joined.loc[story.events["id"]].reset_index()
    kind = story.meta.clock_kind
    frame = joined[EVENTS.names].copy()
    for name in (name for name in story.events.columns if name not in EVENTS.names and name not in DERIVED_COLUMNS):
        frame[name] = story.events[name].to_numpy()
    added: dict[str, Any] = {
        "time": joined["when"],
        "earliest_at": _instants(joined["earliest"], kind),
        "latest_at": _instants(joined["latest"], kind),
        "place_name": joined["name"],
        "lat": joined["lat"].round(6),
        "lon": joined["lon"].round(6),
        "radius_m": joined["radius_m"],
    }
    frame = frame.drop(columns=[name for name in ADDED if name in frame])
    frame = frame.assign(**added)
    return frame if mask is None else frame[np.asarray(mask, dtype=bool)].reset_index(drop=True)


def exported_tracks(story: Story, mask: Mask | None, people: Collection[str]) -> list[Track]:
    """The tracks of `people` (ids) through the events of `mask`, in the order of people.csv.

    Who is at fewer than two located events of these has none. Being involved from elsewhere is no presence.
    """
    chosen = [name for name in story.people["id"] if name in set(people)]
    if not chosen:
        return []
    events = story.events if mask is None else story.events[np.asarray(mask, dtype=bool)].reset_index(drop=True)
    seen = appearances(replace(story, events=events))
    seen["precision"] = events["precision"].to_numpy()[seen["index"]]
    seen["time"] = events["when"].to_numpy()[seen["index"]]
    names = dict(zip(story.people["id"], story.people["name"], strict=True))
    groups = dict(zip(story.people["id"], story.people["group"], strict=True))
    found = []
    for person, own in seen.groupby("person", sort=False):
        placed = own["lat"].notna().to_numpy()
        if str(person) in chosen and placed.sum() > 1:
            missed = np.cumsum(~placed)[placed]
            stops = own[placed].reset_index(drop=True)
            stops[["lat", "lon"]] = stops[["lat", "lon"]].round(6)
            between = tuple(int(count) for count in np.diff(missed))
            found.append(Track(str(person), names[str(person)], groups[str(person)], stops, between))
    return sorted(found, key=lambda track: chosen.index(track.person))


def lon_lat(lat: float, lon: float) -> list[float]:
    """The one place where (lat, lon) becomes [lon, lat]."""
    return [float(lon), float(lat)]


def _instants(values: "pd.Series[float]", kind: Kind) -> Sequence[str]:
    return [format_at(float(value), kind) for value in values]
