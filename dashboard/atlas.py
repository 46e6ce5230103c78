"""A story as numbers to draw with: where every event is on the map, in whose colour, and where on the time axis."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.colours import NO_GROUP, Colour, channels
from dashboard.mercator_view import Floats, world
from geo.axis import axis, linear_axis
from geo.meta import Bounds
from geo.story import Story
from geo.wire import bounds

Ints = NDArray[np.int64]


class Atlas(NamedTuple):
    """Made once a story. Events are rows of its events, places rows of its places, people rows of its people.

    `point` has the world pixels of every place, `place` the place of every event or -1 where it is not on the map,
    `group` the colour of every event, an index of `colours`, whose last is for events of nobody. `present` lists the
    events at which each person is present, in order of time.
    """

    story: Story
    bounds: Bounds
    point: Floats
    metres: Floats
    place: Ints
    at: Floats
    until: Floats
    group: Ints
    crowd: Ints
    colours: tuple[Colour, ...]
    people: dict[str, int]
    present: dict[str, Ints]
    axis: dict[str, Any]


def atlas(story: Story) -> Atlas:
    """The numbers of a story."""
    events, places, people, meta = story.events, story.places, story.people, story.meta
    located = places["lat"].notna().to_numpy(bool)
    row_of = {name: row if located[row] else -1 for row, name in enumerate(places["id"])}
    groups = {group.id: i for i, group in enumerate(meta.groups)}
    of_person = {name: groups[group] for name, group in zip(people["id"], people["group"], strict=True)}
    present: dict[str, list[int]] = {}
    group = np.full(len(events), len(groups), dtype=np.int64)
    crowd = np.zeros(len(events), dtype=np.int64)
    for row, (here, elsewhere) in enumerate(zip(events["people"], events["remote"], strict=True)):
        crowd[row] = len(here)
        first = (*here, *elsewhere)[:1]
        if first:
            group[row] = of_person[first[0]]
        for name in here:
            present.setdefault(name, []).append(row)
    return Atlas(
        story=story,
        bounds=meta.bounds or (meta.events.bounds if meta.events else None) or bounds(places),
        point=world(places["lat"].to_numpy(float), places["lon"].to_numpy(float)),
        metres=np.nan_to_num(places["radius_m"].to_numpy(float)),
        place=np.asarray([row_of.get(name, -1) for name in events["place"]], dtype=np.int64),
        at=events["at"].to_numpy(float),
        until=events["until"].to_numpy(float),
        group=group,
        crowd=crowd,
        colours=(*(channels(one.colour) for one in meta.groups), channels(NO_GROUP)),
        people={name: row for row, name in enumerate(people["id"])},
        present={name: np.asarray(rows, dtype=np.int64) for name, rows in present.items()},
        axis=_axis(story),
    )


def _axis(story: Story) -> dict[str, Any]:
    events, kind, assumed, source = story.events, story.meta.clock_kind, story.meta.assumed, story.meta.events
    if source is not None and source.first is not None and source.last is not None:
        return linear_axis(source.first, source.last, kind, assumed)
    return axis(events["at"].tolist(), kind, events["until"].tolist(), assumed, events["earliest"].tolist())
