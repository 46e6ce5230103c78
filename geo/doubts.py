"""What a story says that can be read but hardly be true."""

from collections.abc import Iterator
from itertools import islice

from geo.errors import Doubt, clipped
from geo.journeys import journeys, stops, two_places
from geo.presence import appearances, endings
from geo.story import Story

KINDS = ("journey", "two_places", "after_the_end", "place_unused", "person_unused")
MOST_OF_A_KIND = 200


def doubts(story: Story, speed_kmh: float | None = None) -> tuple[Doubt, ...]:
    """Everything that can hardly be true, kind by kind, at most 200 of each.

    - *journey*: between two of a person's events in a row, faster than `speed_kmh` even in the longest time that the
      windows of both allow; by default than `[checks] speed_kmh` of story.toml, or 120.
    - *two_places*: a person at two exact events at once, at places that do not touch.
    - *after_the_end*: a person present at an event after the one with which their story ends.
    - *place_unused*, *person_unused*: no event names the row.

    Events without a located place are passed over: nothing is doubted because it is not known.
    """
    limit = story.meta.speed_kmh if speed_kmh is None else speed_kmh
    located = stops(story)
    every = (
        journeys(located, limit),
        two_places(located),
        _after_the_end(story),
        _unused_places(story),
        _unused_people(story),
    )
    return tuple(doubt for kind in every for doubt in islice(kind, MOST_OF_A_KIND))


def _after_the_end(story: Story) -> Iterator[Doubt]:
    ids, rows = story.events["id"].tolist(), [int(row) for row in story.events["row"]]
    end_of, names = endings(story), dict(zip(story.people["id"], story.people["name"], strict=True))
    later: dict[str, list[int]] = {}
    seen = appearances(story)
    for person, index in zip(seen["person"], seen["index"], strict=True):
        if index > end_of.get(person, len(ids)):
            later.setdefault(person, []).append(int(index))
    for person in sorted(later, key=lambda name: later[name]):
        end, first, more = end_of[person], later[person][0], len(later[person]) - 1
        again = f", and at {more} more" if more else ""
        what = (
            f"{clipped(names[person])} is present at '{clipped(ids[first])}'{again}, after the end of their story "
            f"in row {rows[end]} ('{clipped(ids[end])}')"
        )
        events = tuple(ids[index] for index in (end, *later[person]))
        remedy = "correct who is there, or the column 'ends'"
        yield Doubt("after_the_end", "events.csv", rows[first], events, (person,), what, remedy)


def _unused_places(story: Story) -> Iterator[Doubt]:
    used = set(story.events["place"])
    for place, name, row in zip(story.places["id"], story.places["name"], story.places["row"], strict=True):
        if place not in used:
            what = f"nothing happens at {clipped(name)} ('{clipped(place)}')"
            remedy = "name the place in an event, or take the row out"
            yield Doubt("place_unused", "places.csv", int(row), (), (), what, remedy)


def _unused_people(story: Story) -> Iterator[Doubt]:
    used = {one for column in ("people", "remote", "ends") for cell in story.events[column] for one in cell}
    for person, name, row in zip(story.people["id"], story.people["name"], story.people["row"], strict=True):
        if person not in used:
            what = f"{clipped(name)} ('{clipped(person)}') takes part in nothing"
            remedy = "name the person in an event, or take the row out"
            yield Doubt("person_unused", "people.csv", int(row), (), (person,), what, remedy)
