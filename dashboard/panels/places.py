"""The panel Places: where each place is, how well that is known and from what, with a map of what is uncertain."""

import json
import math
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.assets import BASE_MAP
from dashboard.shelf import Opened
from dashboard.view import View
from geo.meta import Bounds

METRES_A_DEGREE = 111_320.0
STEPS = 48  # corners of a ring
FEW, TALL = 15, 560  # rows, pixels
CERTAIN = "exact"
WHERE = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
LINES = {"detail": {"field": "line", "type": "nominal"}, "order": {"field": "step", "type": "quantitative"}}
MARGIN = 0.1


def places(opened: Opened, _: View) -> None:
    """Draws the panel."""
    if opened.story is None:
        return
    table, chart = st.columns([3, 2], gap="medium")
    with table:
        frame = _table(opened)
        height = "content" if len(frame) < FEW else TALL
        st.dataframe(frame, hide_index=True, width="stretch", height=height, placeholder="", column_config=_columns())
    with chart:
        spec = _uncertain(opened)
        if spec is None:
            st.text("Every place with coordinates is exact.")
            return
        st.text("Places that are not exact: each is somewhere inside its ring.")
        st.vega_lite_chart(spec, width="stretch")


def _columns() -> dict[str, Any]:
    return {
        "Radius": st.column_config.NumberColumn(format="%d m"),
        "Events": st.column_config.NumberColumn(width="small"),
    }


@lru_cache(maxsize=4)
def _table(opened: Opened) -> pd.DataFrame:
    """One row a place, with the number of events there; a place without coordinates has no radius."""
    story = opened.story
    if story is None:
        return pd.DataFrame()
    frame = story.places
    held = story.events["place"].value_counts()
    return pd.DataFrame(
        {
            "Place": frame["name"],
            "Precision": frame["precision"].where(frame["lat"].notna(), "unknown"),
            "Radius": frame["radius_m"].where(frame["lat"].notna()),
            "Basis": frame["basis"],
            "Source": frame["source"],
            "Events": frame["id"].map(held).fillna(0).astype("int64"),
        }
    )


@lru_cache(maxsize=4)
def _uncertain(opened: Opened) -> dict[str, Any] | None:
    """A Vega-Lite chart of the located places that are not exact, on the base map; None when there are none."""
    story = opened.story
    if story is None:
        return None
    located = story.places[story.places["lat"].notna() & (story.places["precision"] != CERTAIN)]
    if located.empty:
        return None
    points = [
        {"name": name, "lat": lat, "lon": lon, "precision": precision or "unknown"}
        for name, lat, lon, precision in zip(*(located[c] for c in ("name", "lat", "lon", "precision")), strict=True)
    ]
    rings = [
        {"line": line, "step": step, "lat": lat, "lon": lon, "precision": point["precision"]}
        for line, (point, radius) in enumerate(zip(points, located["radius_m"].fillna(0), strict=True))
        for step, (lat, lon) in enumerate(_ring(point["lat"], point["lon"], radius))
    ]
    colour = {"field": "precision", "type": "nominal", "title": None, "legend": {"orient": "bottom"}}
    said = [{"field": "name", "title": "Place"}, {"field": "precision", "title": "Precision"}]
    ground = {"type": "line", "stroke": "#8aa0ad", "strokeWidth": 1, "opacity": 0.5}
    return {
        "height": 500,
        "projection": {"type": "mercator"},
        "layer": [
            _layer(_ground(*_around(rings)), ground, **LINES),
            _layer(rings, {"type": "line", "strokeWidth": 1.4, "opacity": 0.9}, color=colour, **LINES),
            _layer(points, {"type": "circle", "size": 36, "opacity": 0.9}, color=colour, tooltip=said),
        ],
    }


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"data": {"values": rows}, "mark": mark, "encoding": {**WHERE, **encoding}}


def _ring(lat: float, lon: float, radius_m: float) -> list[tuple[float, float]]:
    """Corners (lat, lon) of a closed circle; good to a percent below 100 km and away from the poles."""
    high = radius_m / METRES_A_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    turns = (2 * math.pi * step / STEPS for step in range(STEPS + 1))
    return [(round(lat + high * math.cos(turn), 5), round(lon + wide * math.sin(turn), 5)) for turn in turns]


def _around(rows: list[dict[str, Any]]) -> Bounds:
    """West, south, east, north of rows with lat and lon, with a margin."""
    lats, lons = [row["lat"] for row in rows], [row["lon"] for row in rows]
    wide, high = (max(lons) - min(lons)) * MARGIN, (max(lats) - min(lats)) * MARGIN
    return min(lons) - wide, min(lats) - high, max(lons) + wide, max(lats) + high


def _ground(west: float, south: float, east: float, north: float) -> list[dict[str, Any]]:
    """What of the base map lies in these bounds, as rows of line, step, lat and lon; nothing far from Los Angeles."""
    rows: list[dict[str, Any]] = []
    line = 0
    for outline in _base_map():
        line += 1
        for step, (lat, lon) in enumerate(outline):
            if west <= lon <= east and south <= lat <= north:
                rows.append({"line": line, "step": step, "lat": lat, "lon": lon})
            else:
                line += 1
    return rows


@cache
def _base_map() -> list[list[tuple[float, float]]]:
    """Coast, river and freeways as lines of (lat, lon)."""
    base_map = json.loads(BASE_MAP.read_text("utf-8"))
    closed = [[*outline, outline[0]] for name in ("land", "islands") for outline in base_map[name]]
    return [*closed, base_map["river"], *(freeway["line"] for freeway in base_map["freeways"])]
