"""The page: story, board, panel."""

import streamlit as st

from dashboard import shelf
from dashboard.assets import ICON
from dashboard.board import board
from dashboard.panels.about import about
from dashboard.panels.checks import checks
from dashboard.panels.events import events
from dashboard.panels.faults import faults
from dashboard.panels.meetings import meetings
from dashboard.panels.places import places
from dashboard.panels.storylines import storylines
from dashboard.panels.whereabouts import whereabouts
from dashboard.view import PANELS, cleaned, notice, parse

DRAWN = dict(zip(PANELS, (events, places, whereabouts, storylines, meetings, checks, about), strict=True))

# The board is the page: no bar above it, little around it. Values are lower-case in the address only. A table is saved
# by our own buttons: what Streamlit would save may hold cells that a spreadsheet runs.
STYLE = """
<style>
  [data-testid="stHeader"] { display: none; }
  [data-testid="stMainBlockContainer"] { padding: 10px 14px 40px; max-width: none; }
  .st-key-panel button { text-transform: capitalize; }
  [data-testid="stElementToolbar"] button[aria-label="Download as CSV"] { display: none; }
  @media (max-width: 700px) { [data-testid="stMainBlockContainer"] { padding: 6px 8px 40px; } }
</style>
"""


def page() -> None:
    """Draws the page for the address it was asked for with."""
    stories = shelf.stories()
    if not stories:
        st.error("There is no story here. Start with: caseboard open FOLDER")
        return
    opened = shelf.opened(stories[chosen(list(stories))])
    faults(opened.faults, opened=opened.story is not None)
    if opened.story is None:
        return
    st.set_page_config(page_title=f"{cleaned(opened.story.meta.title, 80)} · Caseboard")
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    view, ignored = parse(query, opened.story)
    # Said once: about the link a viewer came with, not about what they did later.
    said_of, said = st.session_state.setdefault("notice", (opened.story.id, notice(ignored)))
    view, drawn = board(opened, view, said if said_of == opened.story.id else "")
    panel = st.segmented_control(
        "Panel",
        PANELS,
        default=PANELS[0],
        required=True,
        key="panel",
        bind="query-params",
        label_visibility="collapsed",
    )
    # What a table needs to load would keep the board waiting, so it comes after the board's first picture.
    if drawn:
        DRAWN[panel](opened, view)


def chosen(stories: list[str]) -> str:
    """The story picked, where there is more than one to pick from."""
    if len(stories) == 1:
        return stories[0]
    return st.selectbox("Story", stories, key="story", bind="query-params", width=320)


st.set_page_config(page_title="Caseboard", page_icon=ICON, layout="wide")
st.html(STYLE)
page()
