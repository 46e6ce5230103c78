"""The row under the board: which panel is shown, and the way to a story of one's own."""

import streamlit as st

from dashboard.view import PANELS
from dashboard.workshop.session import go, mine


def chosen_panel(story: str) -> str:
    """Draws the row; the panel picked. `story` is the id of the story on the board."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        panel = st.segmented_control(
            "Panel",
            PANELS,
            default=PANELS[0],
            required=True,
            key="panel",
            bind="query-params",
            label_visibility="collapsed",
        )
        draft = mine()
        own = draft is not None and draft.names.id == story
        st.button(
            "Work on this story" if own else "Your own story",
            icon=":material/edit_location_alt:" if own else ":material/add_location_alt:",
            type="tertiary",
            key="to the workshop",
            on_click=_to_the_workshop,
            args=(story,),
        )
    return panel


def _to_the_workshop(story: str) -> None:
    if mine() is None:
        st.query_params.from_dict({"own": "file", "story": story})
    else:
        go("check")
