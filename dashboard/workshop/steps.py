"""The workshop: its steps in their order, what was done last and the way back, and the way to the board."""

import streamlit as st

from dashboard.language import figures, say
from dashboard.retold import retold
from dashboard.words import literal
from dashboard.workshop.bring import bring
from dashboard.workshop.check import check
from dashboard.workshop.draft import Draft
from dashboard.workshop.keep import keep
from dashboard.workshop.places import open_questions, places
from dashboard.workshop.session import go, leave, mine
from dashboard.workshop.tables import tables

STEPS = {"file": bring, "check": check, "places": places, "tables": tables, "keep": keep}
STEP = "step"


def workshop() -> None:
    """Draws the step that the address names."""
    st.set_page_config(page_title=f"{say('Your own story')} · Caseboard")
    draft = mine()
    asked = st.query_params.get("own", "file")
    step = asked if asked in STEPS and draft is not None else "file"
    with st.container(key="workshop"):
        _head(draft)
        if draft is not None:
            _steps(draft, step)
        STEPS[step]()


def _head(draft: Draft | None) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(say("Your own story"), anchor=False, width="content")
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            if draft is None:
                st.button(
                    say("Back to the board"), type="tertiary", icon=":material/arrow_back:", on_click=leave, key="leave"
                )
                return
            undone, redone = draft.undone, draft.redone
            st.button(
                say("Undo"),
                icon=":material/undo:",
                disabled=not undone,
                help=_hint(undone),
                on_click=draft.undo,
                key="undo",
            )
            st.button(
                say("Redo"),
                icon=":material/redo:",
                disabled=not redone,
                help=_hint(redone),
                on_click=draft.redo,
                key="redo",
            )
            st.button(
                say("Open the board"),
                type="primary",
                icon=":material/map:",
                disabled=draft.opened.story is None,
                on_click=leave,
                args=(draft.names.id,),
                key="open the board",
            )


def _hint(label: str) -> str | None:
    return literal(retold(label)) if label else None


def _steps(draft: Draft, step: str) -> None:
    names = {
        "file": say("step::Rows"),
        "check": say("step::Check"),
        "places": say("step::Places"),
        "tables": say("step::Tables"),
        "keep": say("step::Keep"),
    }
    counts = {"check": len(draft.opened.faults) + _flagged(draft), "places": open_questions(draft)}
    names |= {name: f"{names[name]} ({figures(count)})" for name, count in counts.items() if count}
    st.session_state[STEP] = step  # as the address says, whatever was picked before
    st.segmented_control(
        say("Step"),
        list(STEPS),
        required=True,
        key=STEP,
        format_func=lambda name: names[name],
        label_visibility="collapsed",
        on_change=_turned,
    )


def _turned() -> None:
    if STEP in st.session_state:
        go(st.session_state[STEP])


def _flagged(draft: Draft) -> int:
    made = draft.now.made
    return 0 if made is None or draft.now.edited else len(made.faults)
