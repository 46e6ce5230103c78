"""What happens on the days of an invented city: habits, a week's rhythm, journeys, and incidents that gather people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.gregorian import DAY
from geo.synthetic_city import (
    AWAY,
    ERRAND,
    FAVOURITES,
    HABIT,
    HOME,
    INCIDENT,
    KM_LAT,
    KM_LON,
    MEETING,
    SPOTS,
    WORK,
    City,
    Floats,
    Ints,
)
from geo.synthetic_ways import Day, Last, nowhere_yet, possible

COMPANIONS = 3
SOURCES = ("phone record", "camera", "receipt", "witness")
INCIDENTS = ("robbery", "fire", "car crash", "power cut", "raid", "street party")

_INCIDENT_SHARE = 0.06
_UNKNOWN_SHARE = 0.002
_SOURCE_SHARES = np.array([0.55, 0.7, 0.85, 1.0])
_RADII = np.array([240.0, 12.0, 10.0, 60.0])
# Hours of the day, of which each digit is a weight from 0 to 9, midnight first.
_HOURS = {
    HOME: "432112465321112223456898",
    WORK: "000000138999589998421000",
    HABIT: "000001368544797544689742",
    ERRAND: "000000125688778889863210",
    MEETING: "211000001123664345789985",
}
# Shares of the activities above on a working day and at the weekend.
_WORKING = np.array([0.27, 0.30, 0.21, 0.12, 0.10])
_WEEKEND = np.array([0.36, 0.06, 0.20, 0.20, 0.18])
_WEEK = np.array([1.0, 1.0, 1.02, 1.05, 1.15, 0.92, 0.74])  # how much happens from Monday to Sunday
_MINUTES = np.array([150.0, 210.0, 35.0, 20.0, 75.0, 25.0, 90.0])  # how long an activity takes, roughly


class Events(NamedTuple):
    """Events in order of time; `place` is -1 where it is not known, `friends` are people's numbers, -1 for nobody."""

    at: Floats
    until: Floats
    activity: Ints
    variant: Ints
    incident: Ints
    host: Ints
    friends: Ints
    place: Ints
    lat: Floats
    lon: Floats
    source: Ints
    radius: Floats


@dataclass(frozen=True)
class _Incidents:
    day: Ints
    at: Floats
    place: Ints
    kind: Ints
    size: Ints


def days_of(town: City, events: int, first_day: int, days: int, chance: np.random.Generator) -> Iterator[Events]:
    """The events of one day after the other, `events` together; `first_day` counts from 1970-01-01."""
    weekday = (np.arange(days) + first_day + 3) % 7  # 1970-01-01 was a Thursday
    incidents = _incidents(town, events, days, chance)
    weights = _WEEK[weekday] * (0.9 + 0.2 * chance.random(days))
    counts = _shared(events - int(incidents.size.sum()), weights)
    last = nowhere_yet(town)
    for day in range(days):
        ordinary = _ordinary(town, int(counts[day]), bool(weekday[day] >= 5), day, chance)
        gathered = _gathered(town, incidents, day, chance)
        both = [np.concatenate(pair) for pair in zip(ordinary, gathered, strict=True)]
        made, last = _told(town, both, (first_day + day) * float(DAY), last, chance)
        yield made


def _shared(total: int, weights: Floats) -> Ints:
    """`total` in whole parts, as the weights have it."""
    upto = np.cumsum(weights)
    edges = np.floor(upto / upto[-1] * total).astype(np.int64)
    edges[-1] = total
    parts: Ints = np.diff(edges, prepend=0)
    return parts


def _incidents(town: City, events: int, days: int, chance: np.random.Generator) -> _Incidents:
    """Few large ones and many small ones, at places that people go to, by day."""
    count = int(np.clip(events // 4_000, 3, 400))
    draws = chance.random((5, count))
    size = _shared(int(events * _INCIDENT_SHARE), 1 / (draws[4] + 0.05))
    return _Incidents(
        day=np.floor(draws[0] * days).astype(np.int64),
        at=np.floor((7 + 12.5 * draws[1]) * 3600),
        place=np.searchsorted(town.popularity, draws[2], side="right"),
        kind=np.floor(draws[3] * len(INCIDENTS)).astype(np.int64),
        size=size,
    )


Parts = tuple[Floats, Ints, Ints, Ints, Ints]  # seconds of the day, activity, incident, host, place


def _ordinary(town: City, count: int, weekend: bool, day: int, chance: np.random.Generator) -> Parts:
    draws = chance.random((5, count))
    host = np.searchsorted(town.activity, draws[0], side="right")
    shares = np.cumsum(_WEEKEND if weekend else _WORKING)
    activity = np.minimum(np.searchsorted(shares, draws[1], side="right"), MEETING)
    hours = np.searchsorted(_HOUR_EDGES, activity + draws[2], side="right") - 24 * activity
    seconds = np.floor((hours + draws[3]) * 3600)
    # Nights out and at home are late for everybody; the rest moves with the person's own hours.
    seconds = np.mod(seconds + np.where(activity == HOME, town.later_s[host] / 4, town.later_s[host]), DAY)
    place = np.searchsorted(town.popularity, draws[4], side="right")
    mine = np.floor(draws[4] * draws[4] * FAVOURITES).astype(np.int64)
    place = np.where((activity == HABIT) | (activity == MEETING), town.favourites[host, mine], place)
    place = np.where(activity == WORK, town.work[host], place)
    place = np.where(activity == HOME, town.first_home + host, place)
    where, first, back = town.trip[host].T
    away = (first <= day) & (day < back)
    spot = town.first_spot + where * SPOTS + np.floor(draws[4] * SPOTS).astype(np.int64)
    place, activity = np.where(away, spot, place), np.where(away, AWAY, activity)
    return np.floor(seconds), activity, np.full(count, -1), host, place


def _gathered(town: City, incidents: _Incidents, day: int, chance: np.random.Generator) -> Parts:
    """Who is near an incident: most in its first minutes, some for hours."""
    today = np.flatnonzero(incidents.day == day)
    which = np.repeat(today, incidents.size[today])
    draws = chance.random((2, len(which)))
    delay = np.floor(np.minimum(600 * draws[0] / (1.02 - draws[0]), 4 * 3600.0))
    host = np.searchsorted(town.activity, draws[1], side="right")
    return (
        incidents.at[which] + delay,
        np.full(len(which), INCIDENT),
        incidents.kind[which],
        host,
        incidents.place[which],
    )


def _told(
    town: City, parts: list[NDArray[np.generic]], midnight: float, last: Last, chance: np.random.Generator
) -> tuple[Events, Last]:
    order = np.argsort(parts[0], kind="stable")
    seconds, activity, incident, host, place = (np.asarray(part)[order] for part in parts)
    count = len(order)
    draws = chance.random((13, count))
    at = midnight + seconds
    lasts = np.floor(_MINUTES[activity] * (0.5 + draws[9])) * 60
    friends = _friends(town, host, activity, draws[12])
    day, last = possible(town, Day(at, at + lasts, activity, incident, host, friends, place), last, midnight + DAY - 1)
    activity, incident, place = day.activity, day.incident, day.place
    source = np.searchsorted(_SOURCE_SHARES, draws[0], side="right")
    radius = _RADII[source]
    give = radius * np.sqrt(0.75) / 1000
    north = (draws[1] + draws[2] + draws[3] + draws[4] - 2) * give
    east = (draws[5] + draws[6] + draws[7] + draws[8] - 2) * give
    unknown = draws[10] < _UNKNOWN_SHARE
    made = Events(
        at=at,
        until=np.where((source == 1) | (source == 2), at, day.until),
        activity=activity,
        variant=np.floor(draws[11] * 4).astype(np.int64),
        incident=incident,
        host=host,
        friends=day.friends,
        place=np.where(unknown, -1, place),
        lat=np.where(unknown, np.nan, np.round(town.lat[place] + north * KM_LAT, 6)),
        lon=np.where(unknown, np.nan, np.round(town.lon[place] + east * KM_LON, 6)),
        source=source,
        radius=np.where(unknown, np.nan, radius),
    )
    return made, last


def _friends(town: City, host: Ints, activity: Ints, draw: Floats) -> Ints:
    """Those beside the host, of the same group: one to three at a meeting, mostly nobody else elsewhere."""
    alone = np.where((activity == MEETING) | (activity == INCIDENT), 0.0, 0.82)
    more = np.maximum(0.0, draw - alone) / (1 - alone)
    count = np.where(draw < alone, 0, 1 + np.floor(more * COMPANIONS)).astype(np.int64)
    start, size = town.group_start[host], town.group_size[host]
    friends = [start + (host - start + 1 + number) % size for number in range(COMPANIONS)]
    return np.stack([np.where(count > number, friend, -1) for number, friend in enumerate(friends)], axis=1)


def _edges() -> Floats:
    """The hours of all activities as one ascending row of numbers, from 0 to 1 for the first, to 2 for the second."""
    rows = []
    for activity, digits in _HOURS.items():
        upto = np.cumsum(np.array([int(digit) for digit in digits], dtype=float))
        rows.append(activity + upto / upto[-1])
    return np.concatenate(rows)


_HOUR_EDGES = _edges()
