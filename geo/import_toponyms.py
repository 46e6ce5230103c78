"""The distinct toponyms of the events that were read, and the positions of those that have none: asked for once."""

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import ibis
import pyarrow as pa

from geo.answers import Answer
from geo.errors import GeoError, clipped

HEADER = ("toponym", "events", "without", "lat", "lon", "radius_m", "precision", "geocoder", "answer", "why")
MOST_ASKED = 20_000
MOST_NAMED = 200_000

_MEMORY = "300MB"


class Toponym(NamedTuple):
    """A place name as written: how many events have it, how many of these without coordinates. `lat` and `lon` are
    those of the others where they agree; `several` says that they do not."""

    name: str
    events: int
    without: int
    several: bool
    lat: float | None
    lon: float | None


class Found(NamedTuple):
    """Where a toponym lies."""

    lat: float
    lon: float
    radius_m: float | None


def toponyms(events: Path, folder: Path) -> list[Toponym]:
    """The names of places in the events' file, those that most events need first, `MOST_NAMED` at most."""

    def grouped(table: Any) -> Any:
        named = table.filter(table.place.notnull())
        extremes = {f"{name}_{how}": getattr(named[name], how)() for name in ("lat", "lon") for how in ("min", "max")}
        counted = named.group_by("place").agg(events=named.count(), without=named.lat.isnull().sum(), **extremes)
        return counted.order_by(ibis.desc("without"), ibis.desc("events"), "place").limit(MOST_NAMED)

    return [
        Toponym(row["place"], row["events"], row["without"], several, *((None, None) if several else _one(row)))
        for row in _asked(events, folder, grouped).to_pylist()
        for several in (row["lat_min"] != row["lat_max"] or row["lon_min"] != row["lon_max"],)
    ]


def repeated_ids(events: Path, folder: Path) -> pa.Array:
    """The ids that several events have."""

    def repeated(table: Any) -> Any:
        counted = table.group_by("id").agg(rows=table.count())
        return counted.filter(counted.rows > 1).select("id")

    return _asked(events, folder, repeated)["id"].combine_chunks()


def lacking(known: list[Toponym]) -> tuple[str, ...]:
    """What is to be asked for: toponyms of events without coordinates, of which no other event says where they are."""
    return tuple(toponym.name for toponym in known if toponym.without and toponym.lat is None and not toponym.several)[
        :MOST_ASKED
    ]


def found(known: list[Toponym], answers: Mapping[str, Answer]) -> dict[str, Found]:
    """Where toponyms lie: as other events of the same name say in agreement, or as somebody is sure of."""
    places: dict[str, Found] = {}
    for toponym in known:
        if not toponym.without:
            continue
        if toponym.lat is not None and toponym.lon is not None:
            places[toponym.name] = Found(toponym.lat, toponym.lon, None)
        elif (answer := answers.get(toponym.name)) is not None and answer.status == "sure":
            places[toponym.name] = Found(answer.lat, answer.lon, answer.radius_m)
    return places


def write_toponyms(path: Path, known: list[Toponym], answers: Mapping[str, Answer]) -> None:
    """Writes what is known of the toponyms, under `HEADER`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_row(toponym, answers.get(toponym.name)) for toponym in known)


def _row(toponym: Toponym, answer: Answer | None) -> tuple[Any, ...]:
    counts = toponym.name, toponym.events, toponym.without
    if answer is None:
        if toponym.lat is not None:
            return *counts, toponym.lat, toponym.lon, "", "", "", "", ""
        why = "several positions in the file" if toponym.several else "not asked for"
        return *counts, "", "", "", "", "", "", why
    if answer.status == "sure":
        place = answer.lat, answer.lon, answer.radius_m, answer.precision
        return *counts, *place, answer.geocoder, answer.answer, ""
    return *counts, "", "", "", "", "", "", answer.why


def _one(row: dict[str, Any]) -> tuple[float | None, float | None]:
    return row["lat_min"], row["lon_min"]


def _asked(events: Path, folder: Path, question: Callable[[Any], Any]) -> pa.Table:
    """The answer of an engine of its own in bounded memory; what does not fit goes into `folder` for the moment."""
    try:
        engine = ibis.duckdb.connect(memory_limit=_MEMORY, temp_directory=str(folder / "engine"), threads=2)
        try:
            return question(engine.read_parquet(events)).to_pyarrow()
        finally:
            engine.disconnect()
    except duckdb.Error as cause:
        raise GeoError(f"the events that were read cannot be counted: {clipped(str(cause), 200)}") from cause
