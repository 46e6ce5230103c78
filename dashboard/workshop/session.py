"""Whose draft this is: found by the key in the address, else by what the session remembers."""

from collections.abc import Mapping

import streamlit as st

from dashboard import keeping
from dashboard.keeping import Names
from dashboard.language import PARAMETER, say
from dashboard.workshop.draft import Draft, State, drop, find, put

KEY = "draft"


def mine() -> Draft | None:
    """The draft of this session. One that was saved is read again with the key it was saved with."""
    asked = st.query_params.get(KEY, "")
    draft = find(asked or st.session_state.get(KEY, ""))
    if draft is None and asked:
        draft = _saved(Names(st.query_params.get("story", ""), asked))
    if draft is not None:
        st.session_state[KEY] = draft.names.key
    return draft


def take(draft: Draft) -> None:
    """Makes a draft that of this session; the one before is forgotten."""
    before = mine()
    if before is not None and before is not draft:
        drop(before)
    put(draft)
    st.session_state[KEY] = draft.names.key
    go("check" if draft.now.raw is None else "file")


def go(step: str) -> None:
    """Turns to a step of the workshop."""
    draft = mine()
    named = {} if draft is None else {"story": draft.names.id, KEY: draft.names.key}
    turn({"own": step, **named})


def leave(story: str = "") -> None:
    """Turns to the board of a story, or of the first one."""
    turn({"story": story} if story else {})


def turn(query: Mapping[str, str]) -> None:
    """Turns to another page; the language that the address names stays."""
    spoken = st.query_params.get(PARAMETER)
    st.query_params.from_dict({**query, **({PARAMETER: spoken} if spoken else {})})


def _saved(named: Names) -> Draft | None:
    kept = keeping.find(named.id) if keeping.unlocks(named) else None
    return None if kept is None else put(Draft(State(say("Opened"), dict(kept.files)), say("the saved story"), named))
