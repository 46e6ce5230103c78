"""A story up to one of its events, with nothing in it that only later events bring."""

from dataclasses import replace

from geo.clock import parse_at
from geo.errors import GeoError, clipped
from geo.meta import Meta
from geo.story import Story
from geo.tables import suggestion


def story_upto(story: Story, event: str) -> Story:
    """The story as it stands at the beginning of `event`: the events with `at` no later than its, at the same moments.

    Left out as well are places and people that none of these names, groups that have nobody left (the first one
    stays), days assumed later on, the sentences on what is assumed, because they speak of the whole story, and a
    description with the name of somebody or something left out. Texts of the events that stay are not looked into.
    Raises GeoError for an id that no event has.
    """
    if event not in set(story.events["id"]):
        remedy = suggestion(event, story.events["id"].tolist())
        raise GeoError(f"there is no event '{clipped(event)}' in this story; {remedy}")
    last = float(story.events.loc[story.events["id"] == event, "at"].iloc[0])
    events = story.events[story.events["at"] <= last].reset_index(drop=True)
    known = set(events["id"])
    events = events.assign(
        after=events["after"].map(lambda names: tuple(name for name in names if name in known)),
        told=events["told"].rank(method="first").astype("int64"),
    )
    seen = {person for column in ("people", "remote", "ends") for names in events[column] for person in names}
    people = story.people[story.people["id"].isin(seen)].reset_index(drop=True)
    places = story.places[story.places["id"].isin(set(events["place"]))].reset_index(drop=True)
    gone = [
        *story.people.loc[~story.people["id"].isin(seen), "name"],
        *story.places.loc[~story.places["id"].isin(set(places["id"])), "name"],
        *story.events.loc[~story.events["id"].isin(known), "title"],
    ]
    return replace(
        story,
        meta=_meta(story.meta, last, known, set(people["group"]), gone),
        events=events,
        places=places,
        people=people,
        faults=(),
        rows=len(events),
        flagged=(),
        notices=(),
    )


def _meta(meta: Meta, last: float, events: set[str], groups: set[str], gone: list[str]) -> Meta:
    return replace(
        meta,
        description="" if any(name in meta.description for name in gone if name) else meta.description,
        opening=meta.opening if meta.opening in events else "",
        assumed=tuple(day for day in meta.assumed if parse_at(day, "days") <= last),
        groups=tuple(group for i, group in enumerate(meta.groups) if i == 0 or group.id in groups),
        assumptions=(),
    )
