"""What a view shows at its moment: the instant, the events, the one among them that is told of."""

from typing import NamedTuple, cast

import numpy as np

from dashboard.view import View, moment
from dashboard.whenwords import retold_when
from geo.clock import words
from geo.join import Mask, Match, Mode, filtered, shown
from geo.story import Story


class Moment(NamedTuple):
    """`selected` and `shown` are masks over the events of the story, filtered and at the instant `t` (seconds).

    `current` is the row of the event that the board's card is about, or -1 before the first.
    """

    t: float
    selected: Mask
    shown: Mask
    current: int


def seen(story: Story, view: View) -> Moment:
    """The moment of a view, by the rules of the board: the event of the link, else the latest one that is selected."""
    t = moment(view, story)
    filters = (view.crew, cast("Match", view.match), view.q)
    selected = filtered(story, *filters, stated=view.stated)
    if view.mode == "so-far":
        visible = selected & (story.events["at"].to_numpy(dtype=float) <= t)
    else:
        visible = shown(story, *filters, t, cast("Mode", view.mode), float(view.span), view.stated)
    return Moment(t, selected, visible, _current(story, view, t, selected))


def moment_words(story: Story, at: Moment) -> str:
    """The moment as people say it: as the current event is dated where it is exactly then, else by the clock."""
    if at.current >= 0 and float(story.events["at"].iloc[at.current]) == at.t:
        return retold_when(str(story.events["when"].iloc[at.current]))
    return retold_when(words(at.t, story.meta.clock_kind))


def day_is_assumed(story: Story, at: Moment) -> bool:
    """Whether the story does not itself date the day of the moment."""
    return story.meta.clock_kind == "days" and f"D{int(at.t // 86_400)}" in story.meta.assumed


def place_name(story: Story, at: Moment) -> str:
    """The name of the current event's place, on the map or not; "" where the story gives none."""
    if at.current < 0:
        return ""
    named = story.places.loc[story.places["id"] == story.events["place"].iloc[at.current], "name"]
    return str(named.iloc[0]) if len(named) else ""


def _current(story: Story, view: View, t: float, selected: Mask) -> int:
    named = view.event or (story.meta.opening if view.at is None else "")
    found = np.flatnonzero((story.events["id"] == named).to_numpy()) if named else np.empty(0, int)
    if found.size == 0 and view.at is None and len(story.events):
        found = np.asarray([len(story.events) - 1])
    if found.size and selected[found[0]]:
        return int(found[0])
    begun = np.flatnonzero(selected & (story.events["at"].to_numpy(dtype=float) <= t))
    return int(begun[-1]) if begun.size else -1
