"""The panel Events: a table of exactly what the board shows, and files of exactly that."""

import json
import re
from functools import lru_cache

import pandas as pd
import streamlit as st

from dashboard.shelf import Opened
from dashboard.view import View, moment
from geo.export import csv, geojson
from geo.join import Mask, shown
from geo.story import Story

MOST = 2_000  # rows that one table sends to the browser
NOWHERE = "not known"


def events(opened: Opened, view: View) -> None:
    """Draws the panel. The files are written when a viewer asks for one."""
    story = opened.story
    if story is None:
        return
    mask = mask_shown(story, view)
    table = _table(opened)[mask]
    name = re.sub(r"[^\w.-]+", "-", story.id)
    count, as_csv, as_geojson = st.columns([6, 1, 1], vertical_alignment="center")
    count.text(_counted(len(table), len(story.events)))
    as_csv.download_button(
        "CSV",
        lambda: csv(story, mask).encode("utf-8-sig"),
        f"{name}.csv",
        "text/csv",
        on_click="ignore",
        width="stretch",
    )
    as_geojson.download_button(
        "GeoJSON",
        lambda: json.dumps(geojson(story, mask), allow_nan=False).encode(),
        f"{name}.geojson",
        "application/geo+json",
        on_click="ignore",
        width="stretch",
    )
    st.dataframe(table.head(MOST), hide_index=True, width="stretch", height="content" if len(table) < 15 else 560)


def mask_shown(story: Story, view: View) -> Mask:
    """Which events of the story the board shows under this view."""
    return shown(story, view.crew, view.match, view.q, moment(view, story), view.mode, view.span, view.stated)  # type: ignore[arg-type] # `parse` accepts the words of these only


def _counted(rows: int, events: int) -> str:
    said = f"{rows:,} of {events:,} events"
    return said if rows <= MOST else f"{said}; the table holds the first {MOST:,}, the files hold all"


@lru_cache(maxsize=4)
def _table(opened: Opened) -> pd.DataFrame:
    """One row an event, in order, as words."""
    story = opened.story
    if story is None:
        return pd.DataFrame()
    place = dict(zip(story.places["id"], story.places["name"], strict=True))
    person = dict(zip(story.people["id"], story.people["name"], strict=True))
    frame = story.events
    return pd.DataFrame(
        {
            "When": frame["when"],
            "Event": frame["title"],
            "Place": [place.get(name, NOWHERE) for name in frame["place"]],
            "People": [
                _people([person[name] for name in people], [person[name] for name in remote])
                for people, remote in zip(frame["people"], frame["remote"], strict=True)
            ],
            "Chapter": frame["chapter"],
            "How sure": [
                f"{precision.replace('_', ' ')}, {basis}"
                for precision, basis in zip(frame["precision"], frame["basis"], strict=True)
            ],
        }
    )


def _people(present: list[str], elsewhere: list[str]) -> str:
    said = ", ".join(present)
    return f"{said} (from elsewhere: {', '.join(elsewhere)})".strip() if elsewhere else said
