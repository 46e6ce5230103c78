"""The panel Places: where each place is, how well that is known and from what, with a map of what is uncertain."""

from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import assets
from dashboard.language import language, say
from dashboard.parts import part, part_url
from dashboard.shelf import Opened, story_url
from dashboard.sureness import said
from dashboard.view import View

FEW, TALL = 15, 560  # rows, pixels

_rings: Any = st.components.v2.component(
    "rings", html='<div class="cb-board cb-rings"></div>', js=assets.loader("rings.js"), isolate_styles=False
)


def places(opened: Opened, view: View) -> None:
    """Draws the panel; of a large story, with the places of the people chosen."""
    shown, why = part(opened, view)
    if why:
        st.text(why)
    story = None if shown is None else shown.story
    if shown is None or story is None or shown.wire is None:
        return
    whole = opened.story is None or opened.story.meta.events is None
    listed, drawn = st.columns([3, 2], gap="medium")
    with listed:
        frame = _table(shown, language())
        height = "content" if len(frame) < FEW else TALL
        st.dataframe(frame, hide_index=True, width="stretch", height=height, placeholder="", column_config=_columns())
    with drawn:
        _rings(
            key=f"rings {story.id}",
            data={
                "story": story_url(story, shown.wire) if whole else part_url(opened, view),
                "basemap": assets.url("basemap.json"),
                "leaflet": assets.url("leaflet/leaflet.js"),
                **assets.spoken(),
            },
        )


def _columns() -> dict[str, Any]:
    return {
        say("Radius"): st.column_config.NumberColumn(format="%d m"),
        say("Events"): st.column_config.NumberColumn(width="small"),
    }


@lru_cache(maxsize=4)
def _table(opened: Opened, _language: str) -> pd.DataFrame:
    """One row a place, with the number of events there; a place without coordinates has no radius."""
    story = opened.story
    if story is None:
        return pd.DataFrame()
    frame = story.places
    held = story.events["place"].value_counts()
    return pd.DataFrame(
        {
            say("Place"): frame["name"],
            say("Precision"): frame["precision"].where(frame["lat"].notna(), "unknown").map(said),
            say("Radius"): frame["radius_m"].where(frame["lat"].notna()),
            say("Basis"): frame["basis"].map(said),
            say("Source"): frame["source"],
            say("Events"): frame["id"].map(held).fillna(0).astype("int64"),
        }
    )
