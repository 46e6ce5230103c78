"""Which story the page opens: the one of the address, or the one picked where there are several."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard import shelf
from dashboard.keeping import TOKEN
from dashboard.language import say
from dashboard.shelf import Opened

GONE = "story that is gone"  # in the session: it is said as long as another one is shown in its place


def picked(stories: Mapping[str, Path]) -> Opened:
    """The story of the address, else the one picked; `stories` are those that are listed."""
    return _brought(stories) or shelf.opened(stories[_chosen(list(stories))])


def _brought(stories: Mapping[str, Path]) -> Opened | None:
    """The story of the address, if it is one that somebody brought. One that is gone is said to be gone."""
    name = st.query_params.get("story", "")
    found = shelf.find(name) if name not in stories and TOKEN.fullmatch(name) else None
    if found is None and name not in stories and TOKEN.fullmatch(name):
        st.session_state[GONE] = name
        del st.query_params["story"]
    if found is None and GONE in st.session_state:
        st.warning(say("The story of this link is not kept here any more. Whoever made it can bring it again."))
    return found


def _chosen(stories: list[str]) -> str:
    if st.context.is_embedded or len(stories) == 1:
        asked = st.query_params.get("story", "")
        return asked if asked in stories else stories[0]
    return st.selectbox(say("Story"), stories, key="story", bind="query-params", width=320)
