"""The panel Whereabouts: where everybody is at the board's instant, worked out in the browser."""

from typing import Any

import streamlit as st

from dashboard import assets
from dashboard.parts import unlisted
from dashboard.shelf import Opened
from dashboard.view import View

_whereabouts: Any = st.components.v2.component(
    "whereabouts",
    html=f'<link rel="stylesheet" href="{assets.url("panels.css")}"><div class="cb-board cb-wh"></div>',
    js=assets.loader("roster.js"),
    isolate_styles=False,
)


def whereabouts(opened: Opened, view: View) -> None:
    """Draws the panel. It needs no data of its own: it shows the story that the board has loaded.

    Of a large story that is the one of the people chosen, where there are any.
    """
    if why := unlisted(opened, view):
        st.text(why)
    elif opened.story is not None:
        _whereabouts(key=f"whereabouts {opened.story.id}")
