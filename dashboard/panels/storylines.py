"""The panel Storylines: one line a person over the board's time, drawn in the browser from what the board shows."""

from typing import Any

import streamlit as st

from dashboard import assets
from dashboard.shelf import Opened
from dashboard.view import View

_storylines: Any = st.components.v2.component(
    "storylines",
    html=f'<link rel="stylesheet" href="{assets.url("panels.css")}"><div class="cb-board cb-sl"></div>',
    js=assets.loader("storylines.js"),
    isolate_styles=False,
)


def storylines(opened: Opened, _: View) -> None:
    """Draws the panel. It needs no data of its own: it shows the story that the board has loaded."""
    if opened.story is not None:
        _storylines(key=f"storylines {opened.story.id}")
