"""Events joined to places and people, and which of them a view shows."""

import unicodedata
from collections.abc import Collection
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.story import Story

Match = Literal["any", "all", "only"]
Mode = Literal["so-far", "window", "moment"]
Mask = NDArray[np.bool_]


class Located(NamedTuple):
    """Events with coordinates, and beside them those without: together they are all events, each in order.

    `events` has all columns of the story's events and name, lat, lon, radius_m (metres), precision_place and
    basis_place of their places. `unplaced` has the same columns with NaN for lat, lon and radius_m.
    """

    events: pd.DataFrame
    unplaced: pd.DataFrame


def located_events(story: Story) -> Located:
    """Every event beside its place; an event whose place is unknown or has no coordinates is unplaced."""
    places = story.places[["id", "name", "lat", "lon", "radius_m", "precision", "basis"]]
    places = places.rename(columns={"id": "place", "precision": "precision_place", "basis": "basis_place"})
    new = [name for name in places.columns if name != "place"]
    joined = story.events.drop(columns=[name for name in new if name in story.events]).merge(
        places, on="place", how="left", validate="many_to_one"
    )
    texts = ["name", "precision_place", "basis_place"]
    joined[texts] = joined[texts].fillna("")
    placed = joined["lat"].notna()
    return Located(joined[placed].reset_index(drop=True), joined[~placed].reset_index(drop=True))


def shown(
    story: Story,
    crew: Collection[str] = (),
    match: Match = "any",
    q: str = "",
    t: float = float("inf"),
    mode: Mode = "so-far",
    span: float = 86_400.0,
    stated: bool = False,
) -> Mask:
    """A mask over `story.events`: what a board shows at the instant `t` (seconds of story time).

    - *so-far*: everything that has begun, an event at `t` included.
    - *window*: of that, what was under way in (t - span, t]; an event that ended exactly at t - span is over.
    - *moment*: the last event that has begun, with those at the very same instant, and everything under way at `t`;
      an event that ends exactly at `t` is over.

    `crew` (ids), `q` and `stated` narrow the events first, see `filtered`.
    """
    selected = filtered(story, crew, match, q, stated)
    at = story.events["at"].to_numpy(dtype=float)
    until = story.events["until"].to_numpy(dtype=float)
    begun: Mask = selected & (at <= t)
    if mode == "so-far":
        return begun
    if mode == "window":
        recent: Mask = np.where(until > at, until, at) > t - span
        return begun & recent
    latest = at[begun].max(initial=-np.inf)
    current: Mask = (at == latest) | (t < until)
    return begun & current


def filtered(story: Story, crew: Collection[str] = (), match: Match = "any", q: str = "", stated: bool = False) -> Mask:
    """A mask over `story.events`: those of the people chosen, present or involved from elsewhere, that hold every word.

    any: some chosen person; all: every one; only: of the groups of the chosen people, nobody but chosen ones, and at
    least one (people of other groups do not matter). Without a choice every event passes. `q` is read by `folded`.
    `stated` leaves out events whose time is derived or assumed.
    """
    events = story.events
    mask: Mask = (events["basis"] == "stated").to_numpy(bool, copy=True) if stated else np.ones(len(events), dtype=bool)
    chosen = set(crew)
    if chosen:
        group = dict(zip(story.people["id"], story.people["group"], strict=True))
        rivals = {name for name, of in group.items() if of in {group.get(one) for one in chosen}}
        everyone = zip(events["people"], events["remote"], strict=True)
        mask &= np.asarray([_matches({*people, *remote}, chosen, rivals, match) for people, remote in everyone], bool)
    words = folded(q).split()
    if words:
        mask &= np.asarray([all(word in text for word in words) for text in _texts(story)], bool)
    return mask


def folded(text: str) -> str:
    """`text` without case and accents, for searching: "Königin" and "KONIGIN" are the same, "Straße" is "strasse"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    return plain.casefold()


def _matches(involved: set[str], chosen: set[str], rivals: set[str], match: Match) -> bool:
    if match == "all":
        return chosen <= involved
    if match == "only":
        return bool(involved & rivals) and involved & rivals <= chosen
    return not involved.isdisjoint(chosen)


def _texts(story: Story) -> list[str]:
    """What a search looks at, folded, one text an event; a line feed keeps the parts apart."""
    place = dict(zip(story.places["id"], story.places["name"], strict=True))
    name = dict(zip(story.people["id"], story.people["name"], strict=True))
    columns = ("title", "summary", "place", "people", "remote", "chapter", "outcome")
    rows = zip(*(story.events[column] for column in columns), strict=True)
    return [
        folded(
            "\n".join([title, summary, place.get(where, ""), *(name[p] for p in (*people, *remote)), chapter, outcome])
        )
        for title, summary, where, people, remote, chapter, outcome in rows
    ]
