"""The first step: bring a file, and see how it was read."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from dashboard import shelf
from dashboard.language import counted, say
from dashboard.limits import allowed
from dashboard.retold import retold, retold_fault
from dashboard.workshop.arrival import arrived, from_board, from_template
from dashboard.workshop.columns import columns
from dashboard.workshop.draft import Draft, remade
from dashboard.workshop.session import mine, take
from geo.errors import StoryError, clipped

ENDINGS = ["csv", "tsv", "txt", "xlsx", "geojson", "json", "kml", "kmz", "zip"]
MOST_FAULTS = 10


def bring() -> None:
    """Draws the step."""
    draft = mine()
    if draft is None:
        ways, _ = st.columns([3, 2])
        with ways:
            _refused()
            st.subheader(say("Bring your rows"), anchor=False)
            _ways()
        return
    told, ways = st.columns([3, 2], gap="large")
    with told:
        _read(draft)
    with ways:
        _refused()
        with st.expander(say("Bring another file")):
            _ways()
    if draft.now.raw is not None:
        columns(draft)


def _ways() -> None:
    limits = allowed()
    st.file_uploader(
        say(
            "A spreadsheet, a map file, or a saved story: at most {mb} MB and {rows} rows",
            mb=limits.upload_mb,
            rows=limits.rows,
        ),
        type=ENDINGS,
        key="file",
        max_upload_size=limits.upload_mb,
        on_change=_uploaded,
    )
    pasted = st.text_area(
        say("Or paste rows from a spreadsheet, the header with them"),
        key="pasted",
        height=110,
        placeholder=f"{say('When')}\t{say('Who')}\t{say('Where')}\t{say('What')}\n"
        f"1995-10-03 11:30\tAnn; Bob\tUnion Station\t{say('The meeting')}",
        max_chars=limits.upload_mb * 1024 * 1024,
    )
    read, example, board = st.columns(3)
    read.button(
        say("Read what I pasted"),
        on_click=lambda: _take(lambda: arrived(pasted.encode(), say("pasted rows"))),
        key="read",
        disabled=not pasted.strip(),
        width="stretch",
    )
    example.button(say("Ten example rows"), on_click=lambda: _take(from_template), width="stretch", key="example")
    shown = st.query_params.get("story", "")
    if shown in shelf.stories():
        board.button(
            say("A copy of the story shown"),
            on_click=lambda: _take(lambda: from_board(shown)),
            width="stretch",
            key="copy",
        )
    st.caption(
        say(
            "A row is an event: who, where, when and what, in whatever columns you have. Nothing is looked up until "
            "you ask, and nothing is published: the story is yours, under an address that nobody guesses."
        )
    )


def _uploaded() -> None:
    given = st.session_state.get("file")
    if given is not None:
        _take(lambda: arrived(given.getvalue(), given.name))


def _take(bringing: Callable[[], Draft]) -> None:
    try:
        take(bringing())
    except StoryError as error:
        st.session_state["refused"] = (str(error), error.faults)
    else:
        st.session_state.pop("refused", None)


def _refused() -> None:
    said, faults = st.session_state.get("refused", ("", ()))
    if not said:
        return
    with st.container(border=True):
        st.markdown(f":material/error: **{say('This file was not taken.')}**")
        st.text(retold(said))
        for fault in faults[:MOST_FAULTS]:
            st.text(f"• {retold_fault(fault)}")
        if len(faults) > MOST_FAULTS:
            st.text(say("and {n} more.", n=len(faults) - MOST_FAULTS))


def _read(draft: Draft) -> None:
    """What was read, and how."""
    state = draft.now
    st.subheader(say("How it was read"), anchor=False)
    st.text(_counted(draft))
    notices = [*(state.raw.notices if state.raw else ()), *(state.made.notices if state.made else ())]
    if notices:
        st.text("\n".join(f"• {retold(' '.join(notice.split()))}" for notice in dict.fromkeys(notices)))
    st.text_input(
        say("Title of the story"), state.title, key=f"title {draft.names.key}", on_change=_titled, max_chars=200
    )


def _counted(draft: Draft) -> str:
    story, state = draft.opened.story, draft.now
    if story is None:
        return say("{file}: no row of it can be used as an event yet.", file=draft.file)
    events = counted(len(story.events), "{n} event|{n} events")
    located = int(story.places["lat"].notna().sum())
    places = counted(
        len(story.places),
        "{n} place, {located} with coordinates|{n} places, {located} with coordinates",
        located=located,
    )
    people = counted(len(story.people), "{n} person|{n} people")
    kind = f", {retold(state.raw.kind)}" if state.raw else ""
    return f"{draft.file}{kind}: {events}, {people}, {places if len(story.places) else say('no places')}."


def _titled() -> None:
    draft = mine()
    # A field that has left the page may be told of late, without a value.
    if draft is not None and f"title {draft.names.key}" in st.session_state:
        title = " ".join(st.session_state[f"title {draft.names.key}"].split())
        draft.do(
            lambda state: remade(
                replace(state, title=title, label=say("Called it “{title}”", title=clipped(title, 30)))
            )
        )
