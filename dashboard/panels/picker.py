"""Which story the page opens: the one of the address, or the one picked where there are several."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard import shelf
from dashboard.keeping import TOKEN
from dashboard.shelf import Opened


def picked(stories: Mapping[str, Path]) -> Opened:
    """The story of the address, else the one picked; `stories` are those that are listed."""
    return _brought(stories) or shelf.opened(stories[_chosen(list(stories))])


def _brought(stories: Mapping[str, Path]) -> Opened | None:
    """The story of the address, if it is one that somebody brought. One that is gone is said to be gone."""
    name = st.query_params.get("story", "")
    if name in stories or not TOKEN.fullmatch(name):
        return None
    found = shelf.find(name)
    if found is None:
        st.warning("The story of this link is not kept here any more. Whoever made it can bring it again.")
        del st.query_params["story"]
    return found


def _chosen(stories: list[str]) -> str:
    if len(stories) == 1:
        return stories[0]
    return st.selectbox("Story", stories, key="story", bind="query-params", width=320)
