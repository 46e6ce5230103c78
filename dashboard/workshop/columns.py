"""What each column of the table brought means: a form that corrects it, with the first rows beside it."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.language import say
from dashboard.retold import retold
from dashboard.words import literal
from dashboard.workshop.draft import Draft, State, remade
from dashboard.workshop.session import mine
from geo.errors import clipped
from geo.mapping import Mapping
from geo.raw import Raw

PREVIEW = 10  # rows
SHORT = 60  # characters of a cell in the preview


def columns(draft: Draft) -> None:
    """The form of what each column means, with ten rows beside it."""
    raw, mapping = draft.now.mended, draft.now.mapping
    if raw is None or mapping is None:
        return
    st.subheader(say("What the columns mean"), anchor=False)
    if draft.now.edited:
        st.text(
            say(
                "The tables were changed by hand. Changing a column here reads the file anew and takes those changes "
                "back."
            )
        )
    roles = [*_form(), None]
    for first in range(0, len(roles), 4):
        for field, role in zip(st.columns(4), roles[first : first + 4], strict=False):
            with field:
                _field(draft, raw, mapping, role) if role else _day_order(draft)
    st.text(say("The first {n} of {rows} rows, as they are written", n=min(PREVIEW, len(raw.cells)), rows=raw.rows))
    st.dataframe(_preview(raw, mapping), hide_index=True, width="stretch", key="preview")


def _day_order(draft: Draft) -> None:
    key, days = f"days {draft.names.key} {draft.now.day_first}", _days()
    st.selectbox(
        say("03/04/2021 is"),
        list(days),
        index=list(days).index(draft.now.day_first),
        format_func=lambda choice: days[choice],
        key=key,
        on_change=_day_first,
        args=(key,),
    )


def _field(draft: Draft, raw: Raw, mapping: Mapping, role: str) -> None:
    name, help_text, many = _form()[role]
    chosen = mapping.of(role)
    # The key holds the choice: after an undo the widget shows what holds again.
    key = f"{role} {draft.names.key} {'|'.join(chosen)}"
    why = retold(mapping.why.get(role, ""))
    tip = f"{help_text}. {why[:1].upper()}{why[1:]}" if why else help_text
    choice = {"key": key, "on_change": _chosen, "args": (role, key), "help": literal(tip), "format_func": literal}
    if many:
        st.multiselect(name, raw.header, default=list(chosen), placeholder=say("no column"), **choice)
    else:
        index = raw.header.index(chosen[0]) if chosen else None
        st.selectbox(name, raw.header, index=index, placeholder=say("no column"), **choice)


def _chosen(role: str, key: str) -> None:
    draft = mine()
    if draft is None or key not in st.session_state:
        return
    value = st.session_state[key]
    columns = tuple(value) if isinstance(value, list) else (value,) if value is not None else ()
    label = f"{_form()[role][0]}: {', '.join(clipped(name, 20) for name in columns) or say('no column')}"

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
        label = say("Dates: {order}", order=_days()[value])
        draft.do(lambda state: remade(replace(state, day_first=value, label=label)))


def _preview(raw: Raw, mapping: Mapping) -> pd.DataFrame:
    """The first rows, what is used first, each column with what it was taken for."""
    form = _form()
    role = {column: form[name][0] if name in form else name for name, of in mapping.columns.items() for column in of}
    order = sorted(range(len(raw.header)), key=lambda place: raw.header[place] not in role)
    names = [f"{raw.header[i]} → {role[raw.header[i]]}" if raw.header[i] in role else raw.header[i] for i in order]
    rows = [[clipped(cells[i], SHORT) for i in order] for cells in raw.cells[:PREVIEW]]
    frame = pd.DataFrame(rows, columns=[clipped(name, SHORT) for name in names], dtype="str")
    frame = frame.loc[:, ~frame.columns.duplicated()]
    frame.insert(0, say("Row"), [str(number) for number in raw.numbers[:PREVIEW]])
    return frame


def _form() -> dict[str, tuple[str, str, bool]]:
    """Role -> its name on the page, what it means, and whether several columns may have it, in the form's order."""
    return {
        "who": (say("Who"), say("People, several in one cell too"), True),
        "what": (say("What"), say("A few words for the list"), True),
        "when": (say("When"), say("A date, or a date and a time; several columns are joined"), True),
        "time": (say("Time of day"), say("Where the time has a column of its own"), False),
        "end": (say("Until"), say("When it was over"), True),
        "where": (say("Where"), say("A place or an address; the narrowest first"), True),
        "lat": (say("Latitude"), say("North is positive"), False),
        "lon": (say("Longitude"), say("East is positive"), False),
        "point": (say("Both in one"), say("Latitude and longitude in one cell"), False),
        "summary": (say("Text"), say("A longer text for the card"), True),
        "remote": (say("From elsewhere"), say("Involved without being there"), True),
        "chapter": (say("Chapter"), say("Parts of the story"), False),
        "source": (say("Source"), say("Where the row comes from"), False),
        "id": (say("Id"), say("A key of the row"), False),
    }


def _days() -> dict[bool | None, str]:
    """What 03/04/2021 may be."""
    return {
        None: say("as the column decides"),
        True: say("day first: 3 April"),
        False: say("month first: March 4"),
    }
