"""Streamlit's own page with next to nothing on it: the floor of a visit, and with a crew to choose, of a rerun."""

import sys

import streamlit as st

if "crew" in sys.argv:
    st.pills("Crew", ["One", "Two", "Three"], selection_mode="multi", key="crew", bind="query-params")
st.text("empty")
