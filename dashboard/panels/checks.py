"""The panel Checks: what is wrong in the files of a story, and what in it can hardly be true."""

from collections import Counter
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import assets
from dashboard.shelf import Opened
from dashboard.view import View
from geo.doubts import doubts
from geo.errors import Doubt, clipped

FEW, TALL = 14, 560  # rows, pixels
MOST = 500  # rows that the table sends to the browser
KINDS = {
    "fault": "fault in a file",
    "journey": "impossible journey",
    "two_places": "two places at once",
    "after_the_end": "seen after the end",
    "place_unused": "place never used",
    "person_unused": "person never used",
}
COLUMNS = ["Kind", "What", "What to do", "Events", "People", "File", "Row"]

_goto: Any = st.components.v2.component(
    "goto", html='<span class="cb-goto"></span>', js=assets.loader("goto.js"), isolate_styles=False
)


def checks(opened: Opened, _: View) -> None:
    """Draws the panel. Selecting a row moves the board to the last event it names."""
    story = opened.story
    if story is None:
        return
    frame = _table(opened)
    st.text(_counted(frame["Kind"]))
    chosen = ""
    if len(frame):
        selected = st.dataframe(
            frame.head(MOST),
            hide_index=True,
            width="stretch",
            height="content" if len(frame) < FEW else TALL,
            on_select="rerun",
            selection_mode="single-row",
            key=f"checks {story.id}",
            column_config={"What": st.column_config.TextColumn(width="large")},
        ).selection.rows
        chosen = _event(opened, selected[0]) if selected else ""
        st.text("Select a row to see its event on the board. A check never keeps a story from opening.")
    _goto(key=f"goto {story.id}", data={"event": chosen}, height=1)


def _counted(kinds: pd.Series) -> str:
    """ "2 checks: impossible journey (1), place never used (1)" """
    if kinds.empty:
        return "Nothing is wrong in the files of this story, and nothing in it is doubtful."
    counts = Counter(kinds)
    listed = ", ".join(f"{kind} ({counts[kind]:,})" for kind in KINDS.values() if counts[kind])
    total = f"{len(kinds):,} {'check' if len(kinds) == 1 else 'checks'}"
    return f"{total}: {listed}" if len(kinds) <= MOST else f"{total}: {listed}. The table holds the first {MOST}."


def _event(opened: Opened, row: int) -> str:
    """The id of the last event that a row of the table names, or nothing."""
    found, doubt = _doubts(opened), row - len(opened.faults)
    events = found[doubt].events if 0 <= doubt < len(found) else ()
    return events[-1] if events else ""


@lru_cache(maxsize=4)
def _doubts(opened: Opened) -> tuple[Doubt, ...]:
    return () if opened.story is None else doubts(opened.story)


@lru_cache(maxsize=4)
def _table(opened: Opened) -> pd.DataFrame:
    """One row a fault, then one a doubt, in words."""
    story = opened.story
    if story is None:
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    title = dict(zip(story.events["id"], story.events["title"], strict=True))
    name = dict(zip(story.people["id"], story.people["name"], strict=True))
    rows = [
        (
            KINDS["fault"],
            clipped(f"{fault.column}: {fault.what}" if fault.column else fault.what, 200),
            clipped(fault.remedy, 200),
            "",
            "",
            fault.file,
            "" if fault.row is None else str(fault.row),
        )
        for fault in opened.faults
    ]
    rows += [
        (
            _kind(doubt),
            clipped(doubt.what, 300),
            clipped(doubt.remedy, 200),
            clipped(", ".join(title.get(event, event) for event in doubt.events), 200),
            clipped(", ".join(name.get(person, person) for person in doubt.people), 200),
            doubt.file,
            str(doubt.row),
        )
        for doubt in _doubts(opened)
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def _kind(doubt: Doubt) -> str:
    return KINDS.get(doubt.kind, doubt.kind.replace("_", " "))
