"""The page: story, board, panel."""

import streamlit as st

from dashboard import shelf
from dashboard.assets import ICON
from dashboard.board import board
from dashboard.language import say
from dashboard.panels.about import about
from dashboard.panels.checks import checks
from dashboard.panels.chooser import chosen_panel
from dashboard.panels.events import events
from dashboard.panels.faults import faults
from dashboard.panels.heard import listen
from dashboard.panels.meetings import meetings
from dashboard.panels.picker import picked
from dashboard.panels.places import places
from dashboard.panels.storylines import storylines
from dashboard.panels.whereabouts import whereabouts
from dashboard.style import STYLE
from dashboard.view import PANELS, cleaned, notice, parse
from dashboard.workshop.steps import workshop

DRAWN = dict(zip(PANELS, (events, places, whereabouts, storylines, meetings, checks, about), strict=True))


def page() -> None:
    """Draws the page for the address it was asked for with."""
    embedded = bool(st.context.is_embedded)
    if "own" in st.query_params and not embedded:
        workshop()
        return
    stories = shelf.stories()
    if not stories:
        st.error(say("There is no story here. Start with: caseboard open FOLDER"))
        return
    opened = picked(stories)
    if not embedded or opened.story is None:
        faults(opened)
    if opened.story is None:
        return
    st.set_page_config(page_title=f"{cleaned(opened.story.meta.title, 80)} · Caseboard")
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    view, ignored = parse(query, opened.story)
    # Said once: about the link a viewer came with, not about what they did later.
    said_of, said = st.session_state.setdefault("notice", (opened.story.id, notice(ignored)))
    view, drawn = board(opened, view, said if said_of == opened.story.id else "")
    if embedded:
        return
    panel = chosen_panel(opened.story.id, view.panel)
    # What a table needs to load would keep the board waiting, so it comes after the board's first picture.
    if drawn:
        DRAWN[panel](opened, view)


st.set_page_config(page_title="Caseboard", page_icon=ICON, layout="wide")
st.html(STYLE)
listen()
page()
