"""The panel Storylines: one line a person over the board's time, drawn in the browser from what the board shows."""

from typing import Any

import streamlit as st

from dashboard import assets
from dashboard.parts import unlisted
from dashboard.shelf import Opened
from dashboard.view import View

_storylines: Any = st.components.v2.component(
    "storylines",
    html=f'<link rel="stylesheet" href="{assets.url("panels.css")}"><div class="cb-board cb-sl"></div>',
    js=assets.loader("storylines.js"),
    isolate_styles=False,
)


def storylines(opened: Opened, view: View) -> None:
    """Draws the panel. It needs no data of its own: it shows the story that the board has loaded.

    Of a large story that is the one of the people chosen, where there are any.
    """
    if why := unlisted(opened, view):
        st.text(why)
    elif opened.story is not None:
        _storylines(key=f"storylines {opened.story.id}")
