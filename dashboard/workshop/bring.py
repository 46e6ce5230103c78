"""The first step: bring a file, see how it was read, and correct what its columns mean."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard import shelf
from dashboard.limits import allowed
from dashboard.words import literal
from dashboard.workshop.arrival import arrived, from_board, from_template
from dashboard.workshop.draft import Draft, State, remade
from dashboard.workshop.session import mine, take
from geo.errors import Fault, StoryError, clipped
from geo.mapping import Mapping
from geo.raw import Raw

ENDINGS = ["csv", "tsv", "txt", "xlsx", "geojson", "json", "kml", "kmz", "zip"]
PREVIEW = 10  # rows
SHORT = 60  # characters of a cell in the preview
# Role -> its name on the page, what it means, and whether several columns may have it. The order is that of the form.
FORM = {
    "who": ("Who", "People, several in one cell too", True),
    "what": ("What", "A few words for the list", True),
    "when": ("When", "A date, or a date and a time; several columns are joined", True),
    "time": ("Time of day", "Where the time has a column of its own", False),
    "end": ("Until", "When it was over", True),
    "where": ("Where", "A place or an address; the narrowest first", True),
    "lat": ("Latitude", "North is positive", False),
    "lon": ("Longitude", "East is positive", False),
    "point": ("Both in one", "Latitude and longitude in one cell", False),
    "summary": ("Text", "A longer text for the card", True),
    "remote": ("From elsewhere", "Involved without being there", True),
    "chapter": ("Chapter", "Parts of the story", False),
    "source": ("Source", "Where the row comes from", False),
    "id": ("Id", "A key of the row", False),
}
DAYS = {None: "as the column decides", True: "day first: 3 April", False: "month first: March 4"}


def bring() -> None:
    """Draws the step."""
    draft = mine()
    if draft is None:
        ways, _ = st.columns([3, 2])
        with ways:
            _refused()
            st.subheader("Bring your rows", anchor=False)
            _ways()
        return
    told, ways = st.columns([3, 2], gap="large")
    with told:
        _read(draft)
    with ways:
        _refused()
        with st.expander("Bring another file"):
            _ways()
    if draft.now.raw is not None:
        _columns(draft)


def _ways() -> None:
    limits = allowed()
    st.file_uploader(
        f"A spreadsheet, a map file, or a saved story: at most {limits.upload_mb} MB and {limits.rows:,} rows",
        type=ENDINGS,
        key="file",
        max_upload_size=limits.upload_mb,
        on_change=_uploaded,
    )
    pasted = st.text_area(
        "Or paste rows from a spreadsheet, the header with them",
        key="pasted",
        height=110,
        placeholder="When\tWho\tWhere\tWhat\n1995-10-03 11:30\tAnn; Bob\tUnion Station\tThe meeting",
        max_chars=limits.upload_mb * 1024 * 1024,
    )
    read, example, board = st.columns(3)
    read.button(
        "Read what I pasted",
        on_click=lambda: _take(lambda: arrived(pasted.encode(), "pasted rows")),
        disabled=not pasted.strip(),
        width="stretch",
    )
    example.button("Ten example rows", on_click=lambda: _take(from_template), width="stretch")
    shown = st.query_params.get("story", "")
    if shown in shelf.stories():
        board.button(
            "A copy of the story shown", on_click=lambda: _take(lambda: from_board(shown)), width="stretch", key="copy"
        )
    st.caption(
        "A row is an event: who, where, when and what, in whatever columns you have. Nothing is looked up until you "
        "ask, and nothing is published: the story is yours, under an address that nobody guesses."
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
        st.markdown(":material/error: **This file was not taken.**")
        st.text(said)
        for fault in faults[:PREVIEW]:
            st.text(f"• {_sentence(fault)}")
        if len(faults) > PREVIEW:
            st.text(f"and {len(faults) - PREVIEW:,} more.")


def _sentence(fault: Fault) -> str:
    return str(fault)


def _read(draft: Draft) -> None:
    """What was read, and how."""
    state = draft.now
    st.subheader("How it was read", anchor=False)
    st.text(_counted(draft))
    notices = [*(state.raw.notices if state.raw else ()), *(state.made.notices if state.made else ())]
    if notices:
        st.text("\n".join(f"• {' '.join(notice.split())}" for notice in dict.fromkeys(notices)))
    st.text_input("Title of the story", state.title, key=f"title {draft.names.key}", on_change=_titled, max_chars=200)


def _counted(draft: Draft) -> str:
    story, state = draft.opened.story, draft.now
    if story is None:
        return f"{draft.file}: no row of it can be used as an event yet."
    events = f"{len(story.events):,} event{'' if len(story.events) == 1 else 's'}"
    located = int(story.places["lat"].notna().sum())
    places = f"{len(story.places):,} places, {located:,} with coordinates" if len(story.places) else "no places"
    people = f"{len(story.people):,} people"
    kind = f", {state.raw.kind}" if state.raw else ""
    return f"{draft.file}{kind}: {events}, {people}, {places}."


def _titled() -> None:
    draft = mine()
    # A field that has left the page may be told of late, without a value.
    if draft is not None and f"title {draft.names.key}" in st.session_state:
        title = " ".join(st.session_state[f"title {draft.names.key}"].split())
        draft.do(lambda state: remade(replace(state, title=title, label=f"Called it “{clipped(title, 30)}”")))


def _columns(draft: Draft) -> None:
    """The form of what each column means, with ten rows beside it."""
    raw, mapping = draft.now.mended, draft.now.mapping
    if raw is None or mapping is None:
        return
    st.subheader("What the columns mean", anchor=False)
    if draft.now.edited:
        st.text(
            "The tables were changed by hand. Changing a column here reads the file anew and takes those changes back."
        )
    roles = [*FORM, None]
    for first in range(0, len(roles), 4):
        for field, role in zip(st.columns(4), roles[first : first + 4], strict=False):
            with field:
                _field(draft, raw, mapping, role) if role else _day_order(draft)
    st.text(f"The first {min(PREVIEW, len(raw.cells))} of {raw.rows:,} rows, as they are written")
    st.dataframe(_preview(raw, mapping), hide_index=True, width="stretch", key="preview")


def _day_order(draft: Draft) -> None:
    key = f"days {draft.names.key} {draft.now.day_first}"
    st.selectbox(
        "03/04/2021 is",
        list(DAYS),
        index=list(DAYS).index(draft.now.day_first),
        format_func=lambda choice: DAYS[choice],
        key=key,
        on_change=_day_first,
        args=(key,),
    )


def _field(draft: Draft, raw: Raw, mapping: Mapping, role: str) -> None:
    name, help_text, many = FORM[role]
    chosen = mapping.of(role)
    # The key holds the choice: after an undo the widget shows what holds again.
    key = f"{role} {draft.names.key} {'|'.join(chosen)}"
    why = mapping.why.get(role, "")
    tip = f"{help_text}. {why[:1].upper()}{why[1:]}" if why else help_text
    choice = {"key": key, "on_change": _chosen, "args": (role, key), "help": literal(tip), "format_func": literal}
    if many:
        st.multiselect(name, raw.header, default=list(chosen), placeholder="no column", **choice)
    else:
        index = raw.header.index(chosen[0]) if chosen else None
        st.selectbox(name, raw.header, index=index, placeholder="no column", **choice)


def _chosen(role: str, key: str) -> None:
    draft = mine()
    if draft is None or key not in st.session_state:
        return
    value = st.session_state[key]
    columns = tuple(value) if isinstance(value, list) else (value,) if value is not None else ()
    label = f"{FORM[role][0]}: {', '.join(clipped(name, 20) for name in columns) or 'no column'}"

    def changed(state: State) -> State:
        if state.raw is None or state.mapping is None:
            return state
        mapping = state.mapping.with_role(role, columns, state.raw.header)
        return remade(replace(state, mapping=mapping, label=label))

    draft.do(changed)


def _day_first(key: str) -> None:
    draft = mine()
    if draft is not None and key in st.session_state:
        value = st.session_state[key]
        draft.do(lambda state: remade(replace(state, day_first=value, label=f"Dates: {DAYS[value]}")))


def _preview(raw: Raw, mapping: Mapping) -> pd.DataFrame:
    """The first rows, what is used first, each column with what it was taken for."""
    role = {column: FORM[name][0] if name in FORM else name for name, of in mapping.columns.items() for column in of}
    order = sorted(range(len(raw.header)), key=lambda place: raw.header[place] not in role)
    names = [f"{raw.header[i]} → {role[raw.header[i]]}" if raw.header[i] in role else raw.header[i] for i in order]
    rows = [[clipped(cells[i], SHORT) for i in order] for cells in raw.cells[:PREVIEW]]
    frame = pd.DataFrame(rows, columns=[clipped(name, SHORT) for name in names], dtype="str")
    frame = frame.loc[:, ~frame.columns.duplicated()]
    frame.insert(0, "Row", [str(number) for number in raw.numbers[:PREVIEW]])
    return frame
