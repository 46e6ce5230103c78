"""Where one person was: the legs of a track, and the last place known at an instant."""

from typing import NamedTuple

import pandas as pd
from geopy.distance import geodesic

from geo.join import located_events
from geo.story import Story

LEG_COLUMNS = [
    *("from_event", "to_event", "from_place", "to_place", "from_lat", "from_lon", "to_lat", "to_lon"),
    *("distance_m", "start", "end", "unplaced"),
]


class Whereabouts(NamedTuple):
    """The last place a person is known to have been at, since when, and by which event.

    `present` says that the event is still under way. `unplaced` counts the person's later events, up to the instant
    asked for, that have no known place: the more there are, the less `place` says.
    """

    event: str
    place: str
    lat: float
    lon: float
    radius_m: float
    since: float
    present: bool
    unplaced: int


def legs(story: Story, person: str) -> pd.DataFrame:
    """The steps between one located event of a person and the next, in order; an empty frame for fewer than two.

    Only events where the person is present count, not those they take part in from elsewhere. `distance_m` is the
    geodesic on WGS 84. A leg lasts from `start`, the end of the first event, to `end`, where the second begins (the
    end is earlier than the start where the two overlap). `unplaced` counts the events between that have no place.
    """
    events = _present(story, person)
    stops = events[events["lat"].notna()]
    unplaced = events["lat"].isna().cumsum()[stops.index].diff()
    before, after = stops.iloc[:-1].reset_index(drop=True), stops.iloc[1:].reset_index(drop=True)
    columns: dict[str, object] = {}
    for side, frame in (("from", before), ("to", after)):
        columns |= {f"{side}_{new}": frame[old] for new, old in (("event", "id"), ("place", "place"))}
        columns |= {f"{side}_{name}": frame[name] for name in ("lat", "lon")}
    points = zip(before["lat"], before["lon"], after["lat"], after["lon"], strict=True)
    columns["distance_m"] = pd.Series([geodesic((a, b), (c, d)).meters for a, b, c, d in points], dtype="float64")
    columns |= {"start": before["until"], "end": after["at"]}
    columns["unplaced"] = unplaced.iloc[1:].reset_index(drop=True).astype("int64")
    return pd.DataFrame(columns)[LEG_COLUMNS]


def whereabouts(story: Story, person: str, t: float) -> Whereabouts | None:
    """Where a person was last known to be at the instant `t`; None before their first located event.

    An event that begins at `t` counts; one that ends at `t` is over, and the person is no longer `present`.
    """
    events = _present(story, person)
    begun = events[events["at"] <= t]
    stops = begun[begun["lat"].notna()]
    if stops.empty:
        return None
    last = stops.iloc[-1]
    at, until = float(last["at"]), float(last["until"])
    return Whereabouts(
        event=str(last["id"]),
        place=str(last["place"]),
        lat=float(last["lat"]),
        lon=float(last["lon"]),
        radius_m=float(last["radius_m"]),
        since=at,
        present=t < until or t == at,
        unplaced=int((begun.index > stops.index[-1]).sum()),
    )


def _present(story: Story, person: str) -> pd.DataFrame:
    """The events a person is present at, in order, with lat and lon (NaN where the place is not known)."""
    located = located_events(story)
    order = {name: i for i, name in enumerate(story.events["id"])}
    everything = pd.concat([located.events, located.unplaced], ignore_index=True)
    everything = everything.sort_values("id", key=lambda ids: ids.map(order)).reset_index(drop=True)
    return everything[[person in people for people in everything["people"]]].reset_index(drop=True)
