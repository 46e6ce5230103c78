"""Nobody in an invented city is at two places at once, or comes from one to the next faster than a car would."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.synthetic_city import AWAY, HABIT, HOME, KM_LAT, KM_LON, City, Floats, Ints

Flags = NDArray[np.bool_]

_KMH, _KMH_FAR, _FAR_KM = 40.0, 100.0, 60.0
_SETTLED = 3  # km on top of every way: places are reported within some hundred metres
_ROUNDS = 12


class Day(NamedTuple):
    """The events of a day in order of time, a row each; `friends` are people's numbers, -1 for nobody."""

    at: Floats
    until: Floats
    activity: Ints
    incident: Ints
    host: Ints
    friends: Ints
    place: Ints


class Last(NamedTuple):
    """Where everybody was last, and until when, by number; -inf for those who have not been seen."""

    until: Floats
    place: Ints


def nowhere_yet(town: City) -> Last:
    """Nobody has been seen."""
    return Last(np.full(len(town.people), -np.inf), np.zeros(len(town.people), dtype=np.int64))


def possible(town: City, day: Day, last: Last, end: float) -> tuple[Day, Last]:
    """The day as it can be, and where everybody is after it.

    A host who cannot get to an event in time does the same as before, where they were; a friend who cannot does not
    come. An event ends in time for the next one of everybody who is there, and before `end`, the day's.
    """
    activity, incident, place = _stayed(town, day, last)
    friends = _who_came(town, day, place, last)
    rows, people = _present(day.host, friends)
    order = np.lexsort((day.at[rows], people))
    rows, people = rows[order], people[order]
    until = np.minimum(day.until, end)
    same = people[1:] == people[:-1]
    before, after = rows[:-1][same], rows[1:][same]
    leaves = day.at[after] - _seconds(town, place[before], place[after])
    np.minimum.at(until, before, leaves)
    until = np.floor(np.maximum(until, day.at))
    ends = np.append(~same, True) if len(rows) else np.zeros(0, dtype=bool)
    left = Last(last.until.copy(), last.place.copy())
    left.until[people[ends]] = until[rows[ends]]
    left.place[people[ends]] = place[rows[ends]]
    return day._replace(activity=activity, incident=incident, place=place, friends=friends, until=until), left


def _seconds(town: City, one: Ints, other: Ints) -> Floats:
    """The time that a way between places takes; none within a place."""
    north = (town.lat[one] - town.lat[other]) / KM_LAT
    east = (town.lon[one] - town.lon[other]) / KM_LON
    km = np.sqrt(north * north + east * east)
    hours = np.where(km > _FAR_KM, km / _KMH_FAR + 0.5, (km + _SETTLED) / _KMH)
    return np.asarray(np.where(one == other, 0.0, np.ceil(hours * 3600)))


def _stayed(town: City, day: Day, last: Last) -> tuple[Ints, Ints, Ints]:
    """Activity, incident and place of every event, with those of the host's one before where the way was too long."""
    order = np.lexsort((day.at, day.host))
    host, at = day.host[order], day.at[order]
    first = np.append(True, host[1:] != host[:-1]) if len(host) else np.zeros(0, dtype=bool)
    place, source = day.place[order], np.arange(len(order))
    for turn in range(_ROUNDS + 1):
        before = np.where(first, last.place[host], np.roll(place, 1))
        since = np.where(first, last.until[host], np.roll(at, 1))
        late = (at - since < _seconds(town, before, place)) & (before != place)
        if not late.any():
            break
        if turn == _ROUNDS:  # they stay for the rest of the day
            late = _from_the_first_on(late, first)
        # Who stays does as the last one did who had come there; of those before them only a place is known.
        anchor = np.maximum.accumulate(np.where(late, -1, np.arange(len(order))))
        start = np.maximum.accumulate(np.where(first, np.arange(len(order)), -1))
        inside = anchor >= start
        place = np.where(late, np.where(inside, place[anchor], last.place[host]), place)
        source = np.where(late & inside, source[anchor], source)
    moved = place != day.place[order][source]  # to where they were the day before
    elsewhere = np.where(place < town.first_spot, HABIT, AWAY)
    there = np.where(place == town.first_home + host, HOME, np.where(place < town.first_home, elsewhere, HABIT))
    activity, incident, out = day.activity.copy(), day.incident.copy(), day.place.copy()
    activity[order] = np.where(moved, there, day.activity[order][source])
    incident[order] = np.where(moved, -1, day.incident[order][source])
    out[order] = place
    return activity, incident, out


def _from_the_first_on(late: Flags, first: Flags) -> Flags:
    upto = np.cumsum(late)
    before = np.maximum.accumulate(np.where(first, upto - late, 0))
    return np.asarray(upto > before)


def _who_came(town: City, day: Day, place: Ints, last: Last) -> Ints:
    """The friends who can be there between what they do themselves, each once in that time, to the left."""
    rows, number = np.nonzero(day.friends >= 0)
    friend = day.friends[rows, number]
    order = np.lexsort((day.at, day.host))
    # One ascending number for everybody's own events: people one after the other, in order of time.
    wide = 4.0 * max(1.0, float(np.ptp(day.at)) if len(day.at) else 1.0)
    base = float(day.at.min()) if len(day.at) else 0.0
    own = day.host[order] * wide + (day.at[order] - base)
    mine = np.searchsorted(own, friend * wide + (day.at[rows] - base), side="right")
    after = np.minimum(mine, len(order) - 1)
    before = np.maximum(mine - 1, 0)
    has_after = (mine < len(order)) & (day.host[order[after]] == friend)
    has_before = (mine > 0) & (day.host[order[before]] == friend)
    place_before = np.where(has_before, place[order[before]], last.place[friend])
    since = np.where(has_before, day.at[order[before]], last.until[friend])
    comes = day.at[rows] - since >= _seconds(town, place_before, place[rows])
    goes = day.at[order[after]] - day.at[rows] >= _seconds(town, place[rows], place[order[after]])
    comes &= goes | ~has_after
    # Between two events of one's own there is one visit: the first that is possible.
    kept = np.flatnonzero(comes)
    kept = kept[np.lexsort((day.at[rows[kept]], mine[kept], friend[kept]))]
    again = np.zeros(len(kept), dtype=bool)
    again[1:] = (friend[kept][1:] == friend[kept][:-1]) & (mine[kept][1:] == mine[kept][:-1])
    kept = kept[~again]
    friends = np.full_like(day.friends, -1)
    friends[rows[kept], number[kept]] = friend[kept]
    return np.take_along_axis(friends, np.argsort(friends < 0, axis=1, kind="stable"), axis=1)


def _present(host: Ints, friends: Ints) -> tuple[Ints, Ints]:
    """Row and person of everybody who is at an event."""
    rows, number = np.nonzero(friends >= 0)
    return np.concatenate([np.arange(len(host)), rows]), np.concatenate([host, friends[rows, number]])
