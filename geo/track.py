"""Where people were: the legs of a track, and where everybody is at an instant."""

from collections.abc import Collection

import numpy as np
import pandas as pd
from geopy.distance import geodesic, great_circle

from geo.presence import appearances, endings
from geo.story import Story

WANDER_KMH = 5.0
BOUND_SHARE = 0.1

LEG_COLUMNS = [
    *("from_event", "to_event", "from_place", "to_place", "from_lat", "from_lon", "to_lat", "to_lon"),
    *("distance_m", "start", "end", "unplaced"),
]
WHEREABOUTS_COLUMNS = [
    *("person", "status", "event", "place", "since", "present", "next_event", "next_place", "next_at"),
    *("known_event", "known_place", "known_since", "lat", "lon", "radius_m"),
]


def legs(story: Story, person: str) -> pd.DataFrame:
    """The steps between one located event of a person and the next, in order; an empty frame for fewer than two.

    Only events where the person is present count, not those they take part in from elsewhere. `distance_m` is the
    geodesic on WGS 84. A leg lasts from `start`, the end of the first event, to `end`, where the second begins (the
    end is earlier than the start where the two overlap). `unplaced` counts the events between that have no place.
    """
    everyone = appearances(story)
    events = everyone[everyone["person"] == person].reset_index(drop=True)
    stops = events[events["lat"].notna()]
    unplaced = events["lat"].isna().cumsum()[stops.index].diff()
    before, after = stops.iloc[:-1].reset_index(drop=True), stops.iloc[1:].reset_index(drop=True)
    columns: dict[str, object] = {}
    for side, frame in (("from", before), ("to", after)):
        columns |= {f"{side}_{name}": frame[name] for name in ("event", "place", "lat", "lon")}
    points = zip(before["lat"], before["lon"], after["lat"], after["lon"], strict=True)
    columns["distance_m"] = pd.Series([geodesic((a, b), (c, d)).meters for a, b, c, d in points], dtype="float64")
    columns |= {"start": before["until"], "end": after["at"]}
    columns["unplaced"] = unplaced.iloc[1:].reset_index(drop=True).astype("int64")
    return pd.DataFrame(columns)[LEG_COLUMNS]


def whereabouts(story: Story, t: float, people: Collection[str] | None = None) -> pd.DataFrame:
    """Where everybody is at the instant `t`: one row a person, in the order of people.csv, or of `people` only.

    `status` is one of

    - *not_seen_yet*: no event of theirs has begun; one that begins at `t` has;
    - *gone*: an event has ended with which their story ends (one under way at `t`, or that begins then, has not);
    - *at_place*: the last event they were present at has a located place;
    - *unknown_place*: it has none.

    `event`, `place` ("" if none) and `since` (seconds from its beginning to `t`) are those of that last event,
    `present` says that it is under way. `next_event`, `next_place`, `next_at` are the first to come, also for the dead
    whom a story shows again. `known_event`, `known_place`, `known_since`, `lat` and `lon` are the last event at a
    located place. Where there is no such event, texts are "" and numbers NaN.

    `radius_m` grows with what is not known: the radius of the known place, and, from the end of the event there, one
    walks away at 5 km/h, but no further than a tenth of the story's bounds (see `wander_bound_m`):
    `radius + min(elapsed * 5 km/h, bound)`. Who is gone does not walk. It is a measure of doubt, not a promise: a car
    is faster.
    """
    names = [name for name in story.people["id"] if people is None or name in people]
    seen = appearances(story)
    begun = seen[seen["at"] <= t]
    last = begun.drop_duplicates("person", keep="last").set_index("person").reindex(names)
    known = begun[begun["lat"].notna()].drop_duplicates("person", keep="last").set_index("person").reindex(names)
    to_come = seen[seen["at"] > t].drop_duplicates("person").set_index("person").reindex(names)
    at, until = (story.events[column].to_numpy(dtype=float) for column in ("at", "until"))
    over = {name for name, index in endings(story).items() if at[index] < t and until[index] <= t}
    gone = np.asarray([name in over for name in names], dtype=bool)
    elapsed = (t - known["until"]).clip(lower=0).mask(gone, 0.0)
    walked = (elapsed * (WANDER_KMH / 3.6)).clip(upper=wander_bound_m(story))
    status = np.select(
        [last["event"].isna().to_numpy(), gone, last["lat"].isna().to_numpy()],
        ["not_seen_yet", "gone", "unknown_place"],
        "at_place",
    )
    present = (last["at"] <= t) & ((t < last["until"]) | (last["at"] == t)) & ~gone
    columns: dict[str, object] = {
        "person": names,
        "status": status,
        "event": last["event"].fillna(""),
        "place": last["place"].fillna(""),
        "since": t - last["at"],
        "present": present,
        "next_event": to_come["event"].fillna(""),
        "next_place": to_come["place"].fillna(""),
        "next_at": to_come["at"],
        "known_event": known["event"].fillna(""),
        "known_place": known["place"].fillna(""),
        "known_since": t - known["at"],
        "lat": known["lat"],
        "lon": known["lon"],
        "radius_m": known["radius_m"] + walked,
    }
    return pd.DataFrame(columns, index=pd.Index(names))[WHEREABOUTS_COLUMNS].reset_index(drop=True)


def wander_bound_m(story: Story) -> float:
    """The most by which a ring around someone grows, in metres: a tenth of the diagonal of the story's bounds.

    Without bounds in story.toml, of the places that events happen at; 0 where none of them is located.
    """
    if story.meta.bounds is not None:
        west, south, east, north = story.meta.bounds
    else:
        used = story.places[story.places["id"].isin(story.events["place"]) & story.places["lat"].notna()]
        if used.empty:
            return 0.0
        west, south, east, north = used["lon"].min(), used["lat"].min(), used["lon"].max(), used["lat"].max()
    return round(float(great_circle((south, west), (north, east)).meters) * BOUND_SHARE, 1)
