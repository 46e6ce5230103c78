"""Who is present at which event: the appearances of people, and who met whom."""

from collections.abc import Collection, Iterable
from itertools import combinations

import pandas as pd

from geo.join import located_events
from geo.story import Story

_OF_THE_EVENT = ["row", "at", "until", "earliest", "latest", "place", "lat", "lon", "radius_m"]

MEETING_COLUMNS = ["a", "b", "count", "first_event", "last_event", "events", "places"]


def appearances(story: Story) -> pd.DataFrame:
    """One row for every person present at an event, in the order of `story.events`, each once an event.

    person, index (of the event), event (id), row, at, until, earliest, latest, place, place_name, lat, lon and radius_m
    (NaN where the place is not located; a located place without a radius has 0). People involved from elsewhere
    (`remote`) are not present.
    """
    located = located_events(story)
    every = pd.concat([located.events, located.unplaced], ignore_index=True)
    every = every[["id", *_OF_THE_EVENT, "people", "name"]].set_index("id").loc[story.events["id"]].reset_index()
    every = every.rename(columns={"id": "event", "name": "place_name"}).rename_axis("index").reset_index()
    seen = every.assign(person=every["people"]).explode("person", ignore_index=True).dropna(subset="person")
    seen["radius_m"] = seen["radius_m"].mask(seen["lat"].notna() & seen["radius_m"].isna(), 0.0)
    return seen[["person", "index", "event", "place_name", *_OF_THE_EVENT]].reset_index(drop=True)


def endings(story: Story) -> dict[str, int]:
    """The index of the event with which the story of a person ends (`ends`); of several, the one that is over first."""
    until = story.events["until"].tolist()
    found: dict[str, int] = {}
    for index, people in enumerate(story.events["ends"]):
        for person in people:
            if person not in found or until[index] < until[found[person]]:
                found[person] = index
    return found


def meetings(story: Story, people: Collection[str] | None = None) -> pd.DataFrame:
    """Who was at the same events: one row a pair, those who met most often first.

    a, b (ids, in the order of people.csv), count, first_event, last_event, events (all of them, in order) and places
    (ids, each once, in order; an event without a place adds none). `people` narrows both sides.
    """
    rank = {name: i for i, name in enumerate(story.people["id"])}
    chosen = rank.keys() if people is None else rank.keys() & set(people)
    found: dict[tuple[str, str], list[int]] = {}
    for index, present in enumerate(story.events["people"]):
        for pair in combinations(sorted({name for name in present if name in chosen}, key=rank.__getitem__), 2):
            found.setdefault(pair, []).append(index)
    ids, places = story.events["id"].tolist(), story.events["place"].tolist()
    rows = [
        (a, b, len(met), ids[met[0]], ids[met[-1]], tuple(ids[i] for i in met), _places(places[i] for i in met))
        for (a, b), met in found.items()
    ]
    rows.sort(key=lambda row: (-row[2], rank[row[0]], rank[row[1]]))
    return pd.DataFrame(rows, columns=MEETING_COLUMNS).astype({"count": "int64"})


def meeting_matrix(story: Story, people: Collection[str] | None = None) -> pd.DataFrame:
    """How often each two people met, by id both ways, in the order of people.csv; with oneself, events present at."""
    names = [name for name in story.people["id"] if people is None or name in people]
    known = set(names)
    matrix = pd.DataFrame(0, index=names, columns=names, dtype="int64")
    alone = pd.Series([name for present in story.events["people"] for name in set(present) & known], dtype="str")
    for name, count in alone.value_counts().items():
        matrix.loc[str(name), str(name)] = count
    pairs = meetings(story, names)
    for a, b, count in zip(pairs["a"], pairs["b"], pairs["count"], strict=True):
        matrix.loc[a, b] = matrix.loc[b, a] = count
    return matrix


def _places(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
