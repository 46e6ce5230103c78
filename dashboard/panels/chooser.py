"""The row under the board: which panel is shown, and the way to a story of one's own."""

from typing import Any

import streamlit as st

from dashboard import assets
from dashboard.language import say
from dashboard.view import PANELS
from dashboard.workshop.session import go, mine, turn

FIRST = "panel of the link"  # in the session: the link is read again in every run, and the choice has to stay

# Streamlit itself would put the words of a choice into the address, in the language they are read in.
_in_address: Any = st.components.v2.component(
    "panel", html='<span class="cb-goto"></span>', js=assets.loader("panel.js"), isolate_styles=False
)


def chosen_panel(story: str, first: str) -> str:
    """Draws the row; the panel picked, at first the one of the link. `story` is the id of the story on the board."""
    names = {
        "events": say("panel::Events"),
        "places": say("panel::Places"),
        "whereabouts": say("panel::Whereabouts"),
        "storylines": say("panel::Storylines"),
        "meetings": say("panel::Meetings"),
        "checks": say("panel::Checks"),
        "about": say("panel::About"),
    }
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        panel = st.segmented_control(
            say("Panel"),
            PANELS,
            default=st.session_state.setdefault(FIRST, first),
            required=True,
            key="panel",
            format_func=lambda panel: names[panel],
            label_visibility="collapsed",
        )
        draft = mine()
        own = draft is not None and draft.names.id == story
        with st.container(horizontal=True, width="content", gap=None):
            st.button(
                say("Work on this story") if own else say("Your own story"),
                icon=":material/edit_location_alt:" if own else ":material/add_location_alt:",
                type="tertiary",
                key="to the workshop",
                on_click=_to_the_workshop,
                args=(story,),
            )
            _in_address(key="panel in the address", data={"panel": panel}, width=1, height=1)
    return str(panel)


def _to_the_workshop(story: str) -> None:
    if mine() is None:
        turn({"own": "file", "story": story})
    else:
        go("check")
