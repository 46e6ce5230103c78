"""The panel Meetings: who was with whom, counted in the browser among the events that pass the board's filter."""

from typing import Any

import streamlit as st

from dashboard import assets
from dashboard.parts import unlisted
from dashboard.shelf import Opened
from dashboard.view import View

_meetings: Any = st.components.v2.component(
    "meetings",
    html=f'<link rel="stylesheet" href="{assets.url("panels.css")}"><div class="cb-board cb-me"></div>',
    js=assets.loader("meetings.js"),
    isolate_styles=False,
)


def meetings(opened: Opened, view: View) -> None:
    """Draws the panel. It needs no data of its own: it shows the story that the board has loaded.

    Of a large story that is the one of the people chosen, where there are any.
    """
    if why := unlisted(opened, view):
        st.text(why)
    elif opened.story is not None:
        _meetings(key=f"meetings {opened.story.id}")
