"""Synthetic stories of any size: seeded events over thirty days and the Los Angeles area, one place an event."""

import csv
import random
from pathlib import Path
from typing import NamedTuple

DAYS = 30
DAY = 86_400
PEOPLE = 24
WEST, SOUTH, EAST, NORTH = -118.67, 33.70, -117.70, 34.34

STORY = f"""\
title = "Synthetic"
description = "{{events}} events over {DAYS} days"
credits = []

[clock]
kind = "days"
assumed = []

[map]
bounds = [{WEST}, {SOUTH}, {EAST}, {NORTH}]

[groups.crew]
label = "Crew"
colour = "#f0a23b"

[groups.others]
label = "Others"
colour = "#5aa9e6"
"""


class Point(NamedTuple):
    """One event: seconds since the start of Day 1, degrees, and the number of the person who is there."""

    at: int
    lat: float
    lon: float
    person: int


def points(events: int, seed: int = 7) -> list[Point]:
    """`events` points in order of time, the same for the same seed; whole minutes, evenly spread."""
    chance = random.Random(seed)  # noqa: S311 -- a benchmark wants the same numbers every time
    times = sorted(60 * chance.randrange(DAYS * 1440) for _ in range(events))
    return [
        Point(
            at, round(chance.uniform(SOUTH, NORTH), 6), round(chance.uniform(WEST, EAST), 6), chance.randrange(PEOPLE)
        )
        for at in times
    ]


def write_story(folder: Path, events: int) -> Path:
    """A story folder of `points(events)`, as an author would hand it in."""
    folder.mkdir(parents=True, exist_ok=True)
    made = points(events)
    (folder / "story.toml").write_text(STORY.format(events=events), "utf-8")
    people = [[f"p{n}", f"Person {n}", "crew" if n < 6 else "others", "", ""] for n in range(PEOPLE)]
    _write(folder / "people.csv", "id,name,group,role,aliases", people)
    places = [
        [f"l{n}", f"Corner {n}", "", "", point.lat, point.lon, 50, "exact", "stated", "synthetic", "", ""]
        for n, point in enumerate(made)
    ]
    header = "id,name,aliases,query,lat,lon,radius_m,precision,basis,source,geocoder,checked"
    _write(folder / "places.csv", header, places)
    rows = [
        [
            f"e{n}",
            f"Event {n}",
            "",
            written(point.at),
            "",
            "exact",
            "stated",
            f"l{n}",
            f"p{point.person}",
            "",
            "",
            "",
            "",
            n,
        ]
        for n, point in enumerate(made)
    ]
    _write(
        folder / "events.csv",
        "id,title,summary,start,end,precision,basis,place,people,remote,sequence,outcome,source,told",
        rows,
    )
    return folder


def written(at: int) -> str:
    """Seconds since the start of Day 1 as a story told in days writes them."""
    day, rest = divmod(at, DAY)
    return f"D{day + 1}T{rest // 3600:02}:{rest // 60 % 60:02}"


def _write(path: Path, header: str, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)
