"""Events and tracks as GeoJSON (RFC 7946): degrees on WGS 84, longitude first."""

import math
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from geo.clock import Kind, format_at, words
from geo.exported import Track, exported_events, exported_tracks, lon_lat
from geo.join import Mask
from geo.story import Story

Position = list[float]


def geojson(story: Story, mask: Mask | None = None, people: Collection[str] = ()) -> dict[str, Any]:
    """A FeatureCollection with one feature an event, in order, then one a track of `people` (ids).

    `mask` is over `story.events` (see `geo.join.shown`); without one every event is written. An event is a Point, or
    has no geometry where its place is not known; its properties are the columns of the CSV, unknown numbers null.

    A track is a LineString through the events chosen. Beside each vertex stand `events` (ids), `times` (ISO 8601 on
    the wall clock of the story, or its own words where it is told in days) and `precisions`; beside each leg
    `unplaced`, how many events in between have no known place. A track across the antimeridian is cut there and is a
    MultiLineString, its `times`, `events` and `precisions` a list each line, null where it is cut.
    """
    frame = exported_events(story, mask)
    names = [str(name) for name in frame.columns if name not in ("id", "lat", "lon")]
    columns = zip(*(_plain(frame[name]) for name in names), strict=True)
    features: list[dict[str, Any]] = []
    for event, lat, lon, row in zip(frame["id"], frame["lat"], frame["lon"], columns, strict=True):
        geometry = None if np.isnan(lat) else {"type": "Point", "coordinates": lon_lat(lat, lon)}
        properties = dict(zip(names, row, strict=True))
        features.append({"type": "Feature", "id": event, "geometry": geometry, "properties": properties})
    taken = set(frame["id"])
    for track in exported_tracks(story, mask, people):
        features.append(_line(track, story.meta.clock_kind, taken))
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    located = frame[frame["lat"].notna()]
    if len(located):
        west_south = lon_lat(located["lat"].min(), located["lon"].min())
        collection["bbox"] = west_south + lon_lat(located["lat"].max(), located["lon"].max())
    return {**collection, "features": features}


def _line(track: Track, kind: Kind, taken: set[str]) -> dict[str, Any]:
    stops = track.stops
    points = [lon_lat(lat, lon) for lat, lon in zip(stops["lat"], stops["lon"], strict=True)]
    beside: dict[str, list[Any]] = {
        "times": [_time(float(at), kind) for at in stops["at"]],
        "events": [str(event) for event in stops["event"]],
        "precisions": [str(precision) for precision in stops["precision"]],
    }
    lines = _cut(points)
    whole = len(lines) == 1
    coordinates = [[point for point, _ in line] for line in lines]
    vertices = {
        name: [[None if index is None else values[index] for _, index in line] for line in lines]
        for name, values in beside.items()
    }
    name = f"track {track.person}"
    while name in taken:
        name = f"{name}*"
    taken.add(name)
    return {
        "type": "Feature",
        "id": name,
        "geometry": {
            "type": "LineString" if whole else "MultiLineString",
            "coordinates": coordinates[0] if whole else coordinates,
        },
        "properties": {
            "person": track.person,
            "name": track.name,
            "group": track.group,
            **{name: values[0] if whole else values for name, values in vertices.items()},
            "unplaced": list(track.unplaced),
        },
    }


def _cut(points: list[Position]) -> list[list[tuple[Position, int | None]]]:
    """The line in parts that do not cross the antimeridian; beside each vertex its index, None where it was cut."""
    lines: list[list[tuple[Position, int | None]]] = [[(points[0], 0)]]
    for index, (lon, lat) in enumerate(points[1:], 1):
        from_lon, from_lat = points[index - 1]
        if abs(lon - from_lon) > 180:
            edge = 180.0 if from_lon > 0 else -180.0
            way = lon - from_lon + 2 * edge
            at = from_lat if way == 0 else from_lat + (lat - from_lat) * (edge - from_lon) / way
            lines[-1].append(([edge, round(at, 6)], None))
            lines.append([([-edge, round(at, 6)], None)])
        lines[-1].append(([lon, lat], index))
    return lines


def _time(at: float, kind: Kind) -> str:
    if kind == "days":
        return words(at, kind)
    written = format_at(at, kind)
    return written if written.count(":") == 2 else f"{written}:00"


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The cells of a column as JSON holds them: lists for tuples, None for NaN, Python's own numbers."""
    if column.dtype.kind == "f":
        return [None if math.isnan(value) else value for value in column.tolist()]
    return [list(value) if isinstance(value, tuple) else value for value in column.tolist()]
