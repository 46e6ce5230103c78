"""The step Tables: events, places and people, edited in the page and checked while one types."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.language import counted, say
from dashboard.panels.faults import fault_table
from dashboard.workshop.draft import Draft
from dashboard.workshop.session import mine
from geo.clock import PARTS_OF_DAY
from geo.editing import edited, table_frame, with_table
from geo.tables import BASES, EVENT_PRECISIONS, EVENTS, PEOPLE, PLACE_PRECISIONS, PLACES, Spec

MOST = 5_000  # rows that one editor holds
TALL = 520  # pixels
SPECS = {"events": EVENTS, "places": PLACES, "people": PEOPLE}
PREFIX = {"events": "e", "places": "p", "people": "w"}
EDITOR = "editor"


def tables() -> None:
    """Draws the step."""
    draft = mine()
    if draft is None:
        return
    names = {"events": say("table::events"), "places": say("table::places"), "people": say("table::people")}
    name = st.segmented_control(
        say("Table"),
        list(SPECS),
        default="events",
        required=True,
        key="table",
        format_func=lambda table: names[table],
        label_visibility="collapsed",
    )
    spec = SPECS[name]
    frame = table_frame(draft.now.files, spec)
    if len(frame) > MOST:
        st.text(
            say(
                "{n} rows are too many to edit here: at most {most}. Change your own file and bring it again.",
                n=len(frame),
                most=MOST,
            )
        )
        return
    base, key = _base(draft, name, frame)
    st.data_editor(
        base,
        key=key,
        num_rows="dynamic",
        hide_index=False,
        width="stretch",
        height=TALL if len(base) > 12 else "content",
        column_config=_columns(draft, spec),
        on_change=_changed,
        args=(name, key),
    )
    st.text(_hint(name))
    _checked(draft, name)


def _hint(name: str) -> str:
    if name == "events":
        return say(
            "start: D8T11:30, D8 morning, D8, a date like 1995-10-03T11:30, or empty. people, remote and place name "
            "ids of the other tables; several stand with ; between. Parts of the day: {parts}.",
            parts=", ".join(PARTS_OF_DAY),
        )
    if name == "places":
        return say(
            "query is what a geocoder is asked: a toponym, an address, “just east of X on Y”. lat and lon are "
            "degrees; the place lies within radius_m metres of them."
        )
    return say("The first group of the story is the crew. aliases are other names of the same person, with ; between.")


def _base(draft: Draft, name: str, frame: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """What the editor began with, and its key. It begins anew when the table was changed by anything else."""
    kept = st.session_state.get(EDITOR)
    if kept is None or kept["name"] != name or kept["state"] is not draft.now:
        number = 0 if kept is None else kept["number"] + 1
        kept = {"name": name, "state": draft.now, "base": frame, "number": number}
        st.session_state[EDITOR] = kept
    return kept["base"], f"{EDITOR} {name} {kept['number']}"


def _changed(name: str, key: str) -> None:
    """Puts what was typed into the story; the editor goes on from where it is."""
    draft, kept = mine(), st.session_state.get(EDITOR)
    if draft is None or kept is None or key not in st.session_state:
        return
    spec = SPECS[name]
    frame = edited(kept["base"], st.session_state[key], PREFIX[name])
    files = with_table(draft.now.files, spec, frame)
    labels = {"events": say("Changed events"), "places": say("Changed places"), "people": say("Changed people")}
    draft.do(lambda state: replace(state, files=files, edited=True, label=labels[name]))
    if st.session_state[key].get("added_rows") or st.session_state[key].get("deleted_rows"):
        return  # begins anew, so that a row that was added shows the id it got
    kept["state"] = draft.now


def _columns(draft: Draft, spec: Spec) -> dict[str, Any]:
    """How each column is edited: a list to choose from where the values are known."""
    config: dict[str, Any] = {"_index": st.column_config.NumberColumn(say("Row"), disabled=True)}
    choices = {
        ("events", "precision"): EVENT_PRECISIONS,
        ("places", "precision"): PLACE_PRECISIONS,
        ("events", "basis"): BASES,
        ("people", "group"): [group.id for group in draft.opened.story.meta.groups] if draft.opened.story else [],
    }
    for column in spec.columns:
        known = choices.get((spec.name, column.name), ())
        if known:
            config[column.name] = st.column_config.SelectboxColumn(options=["", *known])
        else:
            width = "medium" if column.name in {"title", "summary", "name", "query"} else None
            config[column.name] = st.column_config.TextColumn(width=width, required=column.required)
    return config


def _checked(draft: Draft, name: str) -> None:
    """What is wrong in this table now, and how many faults the others have."""
    faults = draft.opened.faults
    here = [fault for fault in faults if fault.file == f"{name}.csv"]
    if not faults:
        st.markdown(f":material/check_circle: {say('No fault in any table.')}")
        return
    elsewhere = len(faults) - len(here)
    if elsewhere:
        text = counted(
            len(here),
            "{n} fault in this table, {more} in the other files.|{n} faults in this table, {more} in the other files.",
            more=elsewhere,
        )
    else:
        text = counted(len(here), "{n} fault in this table.|{n} faults in this table.")
    st.text(text)
    if here:
        st.dataframe(fault_table(here), hide_index=True, width="stretch", key=f"faults of {name}")
