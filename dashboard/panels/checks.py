"""The panel Checks: what is wrong in the files of a story, and what in it can hardly be true."""

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import assets
from dashboard.language import counted, figures, language, say
from dashboard.panels.import_faults import import_faults
from dashboard.parts import part
from dashboard.retold import retold
from dashboard.shelf import Opened
from dashboard.view import View
from geo.doubts import KINDS, MOST_OF_A_KIND, doubts
from geo.errors import Doubt, clipped

FEW, TALL = 14, 560  # rows, pixels
MOST = 500  # rows that the table sends to the browser
UNUSED = frozenset({"place_unused", "person_unused"})

_goto: Any = st.components.v2.component(
    "goto", html='<span class="cb-goto"></span>', js=assets.loader("goto.js"), isolate_styles=False
)


def checks(opened: Opened, view: View) -> None:
    """Draws the panel. Selecting a row moves the board to the last event it names.

    Of a large story the events of the people chosen are checked, and what its import found is listed by kind.
    """
    story = opened.story
    if story is None:
        return
    if story.meta.events is None:
        _checked(opened, ())
        return
    import_faults(story)
    shown, why = part(opened, view)
    st.text(why)
    if shown is not None:
        _checked(shown, view.crew)
    elif opened.faults:
        _checked(Opened(story, opened.faults), view.crew)


def _checked(opened: Opened, crew: tuple[str, ...]) -> None:
    """The table; with `crew`, of a part of a story: these people's journeys, and no row of a file."""
    story = opened.story
    if story is None:
        return
    frame = _table(opened, crew, language())
    st.text(_counted(Counter(frame[say("Kind")])))
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
            column_config={say("What"): st.column_config.TextColumn(width="large")},
        ).selection.rows
        chosen = _event(opened, selected[0], crew) if selected else ""
        st.text(say("Select a row to see its event on the board. A check never keeps a story from opening."))
    _goto(key=f"goto {story.id}", data={"event": chosen}, height=1)


def _counted(counts: Counter[str]) -> str:
    """ "2 checks: impossible journey (1), place never used (1)" """
    n = counts.total()
    if not n:
        return say("Nothing is wrong in the files of this story, and nothing in it is doubtful.")
    listed = ", ".join(f"{kind} ({figures(counts[kind])})" for kind in _kinds().values() if counts[kind])
    told = [counted(n, "{n} check: {kinds}|{n} checks: {kinds}", kinds=listed)]
    if any(counts[said] == MOST_OF_A_KIND for kind, said in _kinds().items() if kind in KINDS):
        told.append(say("There may be more: of each kind of doubt the first {most} are told.", most=MOST_OF_A_KIND))
    if n > MOST:
        told.append(say("The table holds the first {most}.", most=MOST))
    return told[0] if len(told) == 1 else f"{told[0]}. {' '.join(told[1:])}"


def _kinds() -> dict[str, str]:
    return {
        "fault": say("fault in a file"),
        "journey": say("impossible journey"),
        "two_places": say("two places at once"),
        "after_the_end": say("seen after the end"),
        "place_unused": say("place never used"),
        "person_unused": say("person never used"),
    }


def _event(opened: Opened, row: int, crew: tuple[str, ...] = ()) -> str:
    """The id of the last event that a row of the table names, or nothing."""
    found, doubt = _doubts(opened, crew), row - len(opened.faults)
    events = found[doubt].events if 0 <= doubt < len(found) else ()
    return events[-1] if events else ""


@lru_cache(maxsize=4)
def _doubts(opened: Opened, crew: tuple[str, ...] = ()) -> tuple[Doubt, ...]:
    """Of the people in `crew` alone, if any are, and without rows: in a part of a story others are seen now and then,
    and its rows are those of no file."""
    story = opened.story
    if story is None or story.meta.events is not None:
        return ()
    if not crew:
        return doubts(story)
    chosen = frozenset(crew)
    theirs = [tuple(name for name in names if name in chosen) for names in story.events["people"]]
    found = doubts(replace(story, events=story.events.assign(people=theirs, row=0)))
    return tuple(doubt for doubt in found if doubt.kind not in UNUSED)


@lru_cache(maxsize=4)
def _table(opened: Opened, crew: tuple[str, ...], _language: str) -> pd.DataFrame:
    """One row a fault, then one a doubt, in words."""
    story = opened.story
    names = [say("Kind"), say("What"), say("What to do"), say("Events"), say("People"), say("File"), say("Row")]
    if story is None:
        return pd.DataFrame(columns=names, dtype="str")
    title = dict(zip(story.events["id"], story.events["title"], strict=True))
    name = dict(zip(story.people["id"], story.people["name"], strict=True))
    rows = [
        (
            _kinds()["fault"],
            clipped(f"{fault.column}: {retold(fault.what)}" if fault.column else retold(fault.what), 200),
            clipped(retold(fault.remedy), 200),
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
            clipped(retold(doubt.what), 300),
            clipped(retold(doubt.remedy), 200),
            clipped(", ".join(title.get(event, event) for event in doubt.events), 200),
            clipped(", ".join(name.get(person, person) for person in doubt.people), 200),
            "" if crew else doubt.file,
            "" if crew else str(doubt.row),
        )
        for doubt in _doubts(opened, crew)
    ]
    return pd.DataFrame(rows, columns=names, dtype="str")


def _kind(doubt: Doubt) -> str:
    return _kinds().get(doubt.kind, doubt.kind.replace("_", " "))
