"""A synthetic story of any size that looks like life: seeded, so that everybody gets the same one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.csv_text import written
from geo.events_file import CSV, NAMES, PARQUET, ROWS_A_GROUP, EventsFile
from geo.gregorian import day_number
from geo.meta import Group, Meta, meta_text, palette
from geo.source import Source
from geo.synthetic_city import GROUPS, City, Ints, city
from geo.synthetic_days import INCIDENTS, SOURCES, Events, days_of
from geo.whole_folder import whole_folder

SEED = 7
MOST = 1_000_000_000
FIRST_DAY = day_number(1995, 6, 1)
DAYS = 183
AREA = (-118.67, 33.70, -117.95, 34.30)  # where the map opens; journeys lead out of it

Progress = Callable[[int], None]

# What is said of each activity, four ways; what ends with a blank is followed by the place.
_SAID = (
    (" is at home", " calls from home", " comes home", " leaves home"),
    (" is at work at ", " works at ", " starts work at ", " calls from work at "),
    (" has coffee at ", " eats at ", " is at ", " is seen at "),
    (" buys something at ", " picks something up at ", " stops at ", " passes by "),
    (" meets people at ", " waits at ", " talks at ", " has a drink at "),
    (" runs from the {} at ", " watches the {} at ", " reports the {} at ", " helps after the {} at "),
    (" stays at ", " is away at ", " takes photographs at ", " calls home from "),
)
_ENDINGS = tuple(
    text.format(incident) for incident in INCIDENTS for texts in _SAID for text in texts
)  # one for each incident, activity and variant


def write_synthetic(
    folder: Path, events: int, seed: int = SEED, *, csv: bool = False, progress: Progress | None = None
) -> Source:
    """Writes the folder of a large story of so many events, ordered by time: story.toml, people.csv and the events.

    With `csv` these are events.csv, as a program would export them, with dates in words of ISO 8601; else Parquet.
    The same count and seed give the same bytes. `progress` hears how many are written. Raises GeoError where the
    folder is not empty or cannot be written.
    """
    chance = np.random.Generator(np.random.PCG64(seed))
    town = city(events, DAYS, chance)
    with whole_folder(folder) as part:
        with EventsFile(part, CSV if csv else PARQUET) as file:
            for table in _tables(town, events, chance):
                file.add(table)
                if progress is not None:
                    progress(file.count)
        (part / "people.csv").write_text(_people(town), "utf-8", newline="")
        (part / "story.toml").write_text(meta_text(_meta(events, seed, file.source)), "utf-8", newline="")
    return file.source


def _tables(town: City, events: int, chance: np.random.Generator) -> Iterator[pa.Table]:
    words = _Words(town)
    waiting: list[Events] = []
    first = 1
    for day in days_of(town, events, FIRST_DAY, DAYS, chance):
        waiting.append(day)
        if sum(len(part.at) for part in waiting) >= ROWS_A_GROUP:
            yield words.table(waiting, first)
            first += sum(len(part.at) for part in waiting)
            waiting = []
    if waiting:
        yield words.table(waiting, first)


class _Words:
    """The texts of a city, as arrays to take from by number."""

    def __init__(self, town: City) -> None:
        self._people = pa.array(town.people)
        self._ids = pa.array(town.ids)
        self._places = pa.array(town.names)
        self._groups = pa.array(list(GROUPS)).take(pa.array(town.group))
        self._said = pa.array(_ENDINGS)
        self._sources = pa.array(SOURCES)

    def table(self, days: list[Events], first: int) -> pa.Table:
        """The rows of some days; `first` is the number of the first of them."""
        made = Events(*(np.concatenate(columns) for columns in zip(*days, strict=True)))
        host = pa.array(made.host)
        friends = [_taken(self._ids, made.friends[:, number]) for number in range(made.friends.shape[1])]
        place = _taken(self._places, made.place)
        numbers = pc.utf8_lpad(pc.cast(pa.array(np.arange(first, first + len(made.at))), pa.string()), 8, "0")
        columns = {
            "id": pc.binary_join_element_wise("e", numbers, ""),
            "title": self._title(made, host, place),
            "at": pa.array(made.at),
            "until": pa.array(made.until),
            "lat": pa.array(made.lat, from_pandas=True),
            "lon": pa.array(made.lon, from_pandas=True),
            "radius_m": pa.array(made.radius, from_pandas=True),
            "place": place,
            "people": pc.binary_join_element_wise(self._ids.take(host), *friends, ";", null_handling="skip"),
            "group": self._groups.take(host),
            "summary": pa.nulls(len(made.at), pa.string()),
            "source": self._sources.take(pa.array(made.source)),
            NAMES: self._named(made, host),
        }
        return pa.table(columns)

    def _named(self, made: Events, host: pa.Array) -> pa.Array:
        others = (_taken(self._people, made.friends[:, number]) for number in range(made.friends.shape[1]))
        return pc.binary_join_element_wise(self._people.take(host), *others, "\n", null_handling="skip")

    def _title(self, made: Events, host: pa.Array, place: pa.Array) -> pa.Array:
        kinds = len(_SAID) * len(_SAID[0])
        said = np.maximum(made.incident, 0) * kinds + made.activity * len(_SAID[0]) + made.variant
        friend = pc.binary_join_element_wise(", with ", _taken(self._people, made.friends[:, 0]), "")
        # At home nothing follows; what happened at a place that is not known is told without it.
        where = pc.if_else(pa.array(made.activity == 0), "", pc.fill_null(place, "a place not known"))
        words = self._people.take(host), self._said.take(pa.array(said)), where, pc.fill_null(friend, "")
        return pc.binary_join_element_wise(*words, "")


def _taken(texts: pa.Array, numbers: Ints) -> pa.Array:
    """The texts by number; null where the number is -1."""
    return texts.take(pa.array(numbers, mask=numbers < 0))


def _people(town: City) -> str:
    groups = list(GROUPS)
    rows = zip(town.ids, town.people, (groups[number] for number in town.group.tolist()), strict=True)
    return written(("id", "name", "group"), rows)


def _meta(events: int, seed: int, source: Source) -> Meta:
    groups = tuple(Group(name, label, *palette(number)) for number, (name, (label, _, _)) in enumerate(GROUPS.items()))
    return Meta(
        title="A synthetic city",
        description=f"{events:,} invented events of half a year in and around Los Angeles, from the seed {seed}.",
        clock_kind="calendar",
        by_rows=False,
        groups=groups,
        bounds=AREA,
        events=source,
    )
