"""The step Check: everything wrong with what was brought, grouped by what mends it, and repairs by one click."""

import json
from dataclasses import replace

import streamlit as st

from dashboard.language import counted, say
from dashboard.panels.faults import fault_table
from dashboard.retold import retold
from dashboard.words import literal
from dashboard.workshop.draft import Draft, State, remade
from dashboard.workshop.keep import file_name
from dashboard.workshop.session import mine
from geo.errors import clipped
from geo.merges import Merge
from geo.merging import merged_files
from geo.repairs import Repair, fixed_file, merging, repairs
from geo.report import as_json, by_remedy

DISMISSED = "not the same"
MOST_MERGES, MOST_ROWS = 20, 500


def check() -> None:
    """Draws the step."""
    draft = mine()
    if draft is None:
        return
    report, state = draft.report, draft.now
    said, files = st.columns([3, 2], vertical_alignment="bottom")
    with said:
        st.subheader(_verdict(report.rows, report.flagged, len(report.faults)), anchor=False)
        st.text(say("A row that needs you is still an event where it can be one. What cannot be read is left empty."))
    with files, st.container(horizontal=True, horizontal_alignment="right"):
        _downloads(draft)
    if state.raw is not None and state.edited:
        st.text(say("The tables were changed by hand since the file was read: what is said here is about the tables."))
    _repairs(draft)
    _merges(draft)
    for number, group in enumerate(by_remedy(report.faults)):
        rows, remedy = counted(len(group.faults), "{n} row|{n} rows"), retold(group.remedy)
        with st.expander(f"{literal(remedy[:1].upper() + remedy[1:])} · {rows}", expanded=number < 3):
            st.dataframe(fault_table(group.faults[:MOST_ROWS]), hide_index=True, width="stretch", key=f"group {number}")


def _verdict(rows: int, flagged: int, faults: int) -> str:
    if not flagged and not faults:
        return counted(rows, "The one row is in order.|All {n} rows are in order.")
    if not flagged:
        return counted(faults, "{n} fault beside the rows.|{n} faults beside the rows.")
    return counted(
        flagged,
        "{good} of {rows} rows are in order; {n} needs you.|{good} of {rows} rows are in order; {n} need you.",
        good=rows - flagged,
        rows=rows,
    )


def _downloads(draft: Draft) -> None:
    raw, name = draft.now.mended, file_name(draft)
    if raw is not None and not draft.now.edited:
        st.download_button(
            say("The file, with repairs"),
            lambda: fixed_file(raw),
            f"{name}-fixed.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
        )
    st.download_button(
        say("The list of faults"),
        lambda: json.dumps(as_json(draft.report), ensure_ascii=False, allow_nan=False, indent=1).encode(),
        f"{name}-faults.json",
        "application/json",
        on_click="ignore",
        icon=":material/download:",
    )


def _repairs(draft: Draft) -> None:
    """What one click mends in the table that was brought."""
    state = draft.now
    raw = state.mended
    if raw is None or state.mapping is None or state.made is None or state.edited:
        return
    for number, repair in enumerate(repairs(raw, state.mapping, state.made)):
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.text(retold(repair.label), width="stretch")
            st.button(say("Apply"), key=f"repair {number} {len(state.repairs)}", on_click=_apply, args=(repair,))


def _apply(repair: Repair) -> None:
    draft = mine()
    if draft is not None:
        draft.do(lambda state: remade(replace(state, repairs=(*state.repairs, repair), label=repair.label)))


def _merges(draft: Draft) -> None:
    """Names that may be one; each pair is asked about once."""
    dismissed = st.session_state.setdefault(DISMISSED, set())
    asked = [merge for merge in draft.report.merges if (merge.kind, merge.keep, merge.other) not in dismissed]
    if not asked:
        return
    st.text(counted(len(asked), "{n} pair of names may be one and the same|{n} pairs of names may be one and the same"))
    for merge in asked[:MOST_MERGES]:
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            with st.container(width="stretch", gap=None):
                st.text(say("“{a}” and “{b}”", a=clipped(merge.other, 60), b=clipped(merge.keep, 60)))
                kind = say("merge::person") if merge.kind == "person" else say("merge::place")
                st.caption(literal(f"{kind}: {retold(merge.why)}"))
            key = f"{merge.kind} {merge.keep} {merge.other}"
            help_text = literal(say("Writes “{name}”", name=merge.keep))
            st.button(say("Merge"), key=f"merge {key}", on_click=_merge, args=(merge,), help=help_text)
            st.button(say("Not the same"), key=f"dismiss {key}", on_click=_dismiss, args=(merge,), type="tertiary")
    if len(asked) > MOST_MERGES:
        st.text(say("and {n} more pairs, when these are decided.", n=len(asked) - MOST_MERGES))


def _merge(merge: Merge) -> None:
    draft = mine()
    if draft is None:
        return
    label = say("Merged “{a}” into “{b}”", a=clipped(merge.other, 30), b=clipped(merge.keep, 30))

    def merged(state: State) -> State:
        raw = state.mended
        if raw is None or state.mapping is None or state.edited:
            return replace(state, files=merged_files(state.files, merge), label=label)
        repair = merging(raw, state.mapping, merge)
        return remade(replace(state, repairs=(*state.repairs, repair), label=label))

    draft.do(merged)


def _dismiss(merge: Merge) -> None:
    st.session_state[DISMISSED].add((merge.kind, merge.keep, merge.other))
