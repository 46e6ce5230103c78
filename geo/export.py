"""Stories for other programs: GeoJSON and CSV. The only place where (lat, lon) becomes [lon, lat]."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo.clock import Kind, format_at
from geo.csv_text import written
from geo.join import Mask, located_events
from geo.story import Story
from geo.tables import DERIVED_COLUMNS, EVENTS, cell_text

_ADDED = ("time", "earliest_at", "latest_at", "place_name", "lat", "lon", "radius_m")


def geojson(story: Story, mask: Mask | None = None) -> dict[str, Any]:
    """A FeatureCollection (RFC 7946, WGS 84) with one feature an event, in order; unplaced events have no geometry.

    `mask` is over `story.events` (see `geo.join.shown`); without one every event is written. Properties are the
    columns of the CSV; unknown numbers are null.
    """
    frame = _exported(story, mask)
    names = [name for name in frame.columns if name not in ("id", "lat", "lon")]
    features = []
    for row in frame.to_dict("records"):
        placed = not np.isnan(row["lat"])
        features.append(
            {
                "type": "Feature",
                "id": row["id"],
                "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if placed else None,
                "properties": {str(name): _plain(row[name]) for name in names},
            }
        )
    return {"type": "FeatureCollection", "features": features}


def csv(story: Story, mask: Mask | None = None) -> str:
    """The events as CSV: the columns of events.csv, then time (words), the window it lies in, and the place.

    No cell is one that a spreadsheet would run: such texts get an apostrophe, which `read_table` takes off again.
    Numbers are left as they are. Decide on the encoding when writing; spreadsheets like `utf-8-sig`.
    """
    frame = _exported(story, mask)
    columns = [[cell_text(value) for value in frame[name]] for name in frame.columns]
    header = [cell_text(str(name)) for name in frame.columns]
    return written(header, [list(cells) for cells in zip(*columns, strict=True)])


def _exported(story: Story, mask: Mask | None) -> pd.DataFrame:
    located = located_events(story)
    joined = pd.concat([located.events, located.unplaced], ignore_index=True).set_index("id")
    joined = joined.loc[story.events["id"]].reset_index()
    kind = story.meta.clock_kind
    frame = joined[EVENTS.names].copy()
    for name in (name for name in story.events.columns if name not in EVENTS.names and name not in DERIVED_COLUMNS):
        frame[name] = story.events[name].to_numpy()
    added: dict[str, Any] = {
        "time": joined["when"],
        "earliest_at": _instants(joined["earliest"], kind),
        "latest_at": _instants(joined["latest"], kind),
        "place_name": joined["name"],
        "lat": joined["lat"].round(6),
        "lon": joined["lon"].round(6),
        "radius_m": joined["radius_m"],
    }
    frame = frame.drop(columns=[name for name in _ADDED if name in frame])
    frame = frame.assign(**added)
    return frame if mask is None else frame[np.asarray(mask, dtype=bool)].reset_index(drop=True)


def _instants(values: "pd.Series[float]", kind: Kind) -> Sequence[str]:
    return [format_at(float(value), kind) for value in values]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float):
        return None if np.isnan(value) else value
    return int(value) if isinstance(value, np.integer) else value
