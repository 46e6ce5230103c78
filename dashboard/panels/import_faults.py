"""What was wrong with the file that a large story was imported from: how much of each kind, and the first of it."""

import streamlit as st

from dashboard import shelf
from dashboard.language import counted, say
from dashboard.panels.faults import fault_table
from dashboard.retold import retold
from dashboard.words import literal
from geo.errors import clipped
from geo.imported import read_faults
from geo.story import Story

MOST_KINDS = 20
OPEN = 1  # kinds that are unfolded from the beginning


def import_faults(story: Story) -> None:
    """Draws one fold a kind; nothing where nothing was wrong, or where the story was not imported."""
    folder = shelf.stories().get(story.id)
    kinds = () if folder is None else read_faults(folder)
    if not kinds:
        return
    n = sum(kind.count for kind in kinds)
    st.text(counted(n, "{n} fault was found when the file was imported.|{n} faults were found in the file on import."))
    for number, kind in enumerate(kinds[:MOST_KINDS]):
        what = f"{kind.column}: {retold(kind.what)}" if kind.column else retold(kind.what)
        with st.expander(
            f"{literal(clipped(what, 160))} · {counted(kind.count, '{n} fault|{n} faults')}", expanded=number < OPEN
        ):
            if kind.count > len(kind.faults):
                st.text(say("The first {n} of them:", n=len(kind.faults)))
            st.dataframe(fault_table(kind.faults), hide_index=True, width="stretch", key=f"import {number}")
    if len(kinds) > MOST_KINDS:
        st.text(
            say("These are the {most} most frequent kinds; faults.json beside the story lists all.", most=MOST_KINDS)
        )
