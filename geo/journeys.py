"""Journeys that nobody can have made: too fast for the time there is, or two places at once."""

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from geopy.distance import great_circle
from numpy.typing import NDArray

from geo.clock import parse_instant
from geo.errors import Doubt, GeoError, clipped
from geo.presence import appearances
from geo.story import Story

_EARTH_M = 6_371_009.0  # the mean radius that geopy's great circle takes
_MARGIN = 0.999  # of the limit: whatever the quick look lets through is measured by geopy


class Stop(NamedTuple):
    """A person at a located event, with the names for a sentence.

    `leaves` is the earliest instant at which they can go on; `exact` says that the event begins and ends exactly.
    """

    person: str
    event: str
    row: int
    at: float
    until: float
    latest: float
    place: str
    lat: float
    lon: float
    radius_m: float
    person_name: str
    place_name: str
    leaves: float
    exact: bool


def stops(story: Story) -> list[Stop]:
    """Everybody's located events, person by person, in order."""
    seen = appearances(story)
    placed = seen[seen["lat"].notna()].sort_values(["person", "index"], kind="stable")
    names = dict(zip(story.people["id"], story.people["name"], strict=True))
    placed = placed.assign(person_name=[names[person] for person in placed["person"]])
    leaves = _departures(story)
    columns = ("person", "event", "row", "at", "until", "latest", "place", "lat", "lon", "radius_m")
    values = zip(*(placed[name].tolist() for name in (*columns, "person_name", "place_name", "index")), strict=True)
    return [Stop(*row[:-1], *leaves[row[-1]]) for row in values]


def journeys(all_stops: list[Stop], speed_kmh: float) -> Iterator[Doubt]:
    """Doubts about a person's steps from one located event to the next that take more than `speed_kmh`.

    The way is the great circle from rim to rim of both radii, the time the longest that the windows of both allow.
    Two exact events at once are left to `two_places`.
    """
    for i in np.flatnonzero(_fast(all_stops, speed_kmh)):
        a, b = all_stops[i], all_stops[i + 1]
        metres, seconds = _rim_to_rim(a, b), max(b.latest - a.leaves, 0.0)
        speed = metres * 3.6 / seconds if seconds > 0 else math.inf
        if a.person != b.person or metres <= 0 or speed <= speed_kmh or _at_once(a, b):
            continue
        takes = f"in at most {_lasting(seconds)}, at {speed:,.0f} km/h" if seconds > 0 else "in no time at all"
        way = f"goes from {clipped(a.place_name)} to {clipped(b.place_name)}, {metres / 1000:,.1f} km at least, {takes}"
        yield _doubt("journey", a, b, way, f"more than {speed_kmh:,g} km/h is doubted", speed)


def two_places(all_stops: list[Stop]) -> Iterator[Doubt]:
    """Doubts about a person at two exact events at once, at places whose rims do not touch.

    An event of some length is under way until its end, which is not part of it.
    """
    under_way: dict[str, Stop] = {}  # the longest at every place
    person = ""
    for stop in (stop for stop in all_stops if stop.exact):
        if stop.person != person:
            person, under_way = stop.person, {}
        under_way = {place: other for place, other in under_way.items() if _at_once(other, stop)}
        for other in under_way.values():
            if _rim_to_rim(other, stop) > 0:
                where = f"is at {clipped(other.place_name)} and at {clipped(stop.place_name)} at once"
                yield _doubt("two_places", other, stop, where, "correct a time, a place, or who is there")
        if stop.place not in under_way or under_way[stop.place].until <= stop.until:
            under_way[stop.place] = stop


def _departures(story: Story) -> list[tuple[float, bool]]:
    """For every event, the earliest that people can leave, and whether it is exact from its beginning to its end."""
    events = story.events
    columns = ("earliest", "latest", "at", "until", "end")
    found = []
    for earliest, latest, at, until, text in zip(*(events[name].tolist() for name in columns), strict=True):
        leaves, exact = earliest, earliest == latest
        if until > at:
            try:
                end = parse_instant(text, story.meta.clock_kind)
                leaves, exact = max(earliest, end.earliest), exact and end.earliest == end.latest
            except GeoError:
                exact = False
        found.append((leaves, exact))
    return found


def _fast(all_stops: list[Stop], speed_kmh: float) -> NDArray[np.bool_]:
    """Which steps may be too fast: a quick look at all of them, by the haversine formula."""
    table = np.asarray([(s.lat, s.lon, s.radius_m, s.leaves, s.latest) for s in all_stops], dtype=float).reshape(-1, 5)
    lat, lon = np.radians(table[:, 0]), np.radians(table[:, 1])
    half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
    metres = 2 * _EARTH_M * np.arcsin(np.sqrt(half.clip(0, 1))) - table[:-1, 2] - table[1:, 2]
    seconds = (table[1:, 4] - table[:-1, 3]).clip(min=0)
    fast: NDArray[np.bool_] = metres * 3.6 > seconds * speed_kmh * _MARGIN - 1
    return fast


def _at_once(a: Stop, b: Stop) -> bool:
    return a.exact and b.exact and (a.until > b.at or a.at == b.at)


def _rim_to_rim(a: Stop, b: Stop) -> float:
    return float(great_circle((a.lat, a.lon), (b.lat, b.lon)).meters) - a.radius_m - b.radius_m


def _doubt(kind: str, a: Stop, b: Stop, what: str, remedy: str, speed_kmh: float = 0.0) -> Doubt:
    event = clipped(a.event)
    since = f"(since row {a.row}, '{event}')" if a.row else f"(since '{event}')"  # events of an engine have no row
    sentence = f"{clipped(b.person_name)} {what} {since}"
    return Doubt(kind, "events.csv", b.row, (a.event, b.event), (b.person,), sentence, remedy, speed_kmh)


def _lasting(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"
