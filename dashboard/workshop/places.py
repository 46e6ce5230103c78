"""The step Places: toponyms are looked up, and what is not sure is decided by the author, on a small map."""

import math
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.language import counted, figures, say
from dashboard.retold import retold
from dashboard.secrets import geocoder_settings
from dashboard.words import literal
from dashboard.workshop import desk
from dashboard.workshop.desk import CHOOSE, DECIDED, LATER, NOT_FOUND, OPEN, SURE, Question
from dashboard.workshop.draft import Draft
from dashboard.workshop.question import question
from dashboard.workshop.session import mine
from geo.asking import Asking, Progress
from geo.errors import GeocodingError, clipped
from geo.providers import provider

TALL = 380  # pixels
FEW = 9
RANK = {CHOOSE: 0, NOT_FOUND: 1, LATER: 2, OPEN: 3, SURE: 4, DECIDED: 5}
SAID = "said of a place"


def places() -> None:
    """Draws the step."""
    draft = mine()
    if draft is None or draft.opened.story is None:
        st.text(say("There is no event to find a place for yet."))
        return
    asking = draft.asking
    answers = {} if asking is None else asking.answers
    asked = desk.questions(draft, answers)
    if not asked:
        st.text(say("Every place of this story has coordinates of its own. Nothing is to be looked up."))
        return
    st.subheader(_counted(asked), anchor=False)
    _look_up(draft, asking)
    _decide(draft, sorted(asked, key=lambda one: RANK[one.status]))


def open_questions(draft: Draft) -> int:
    """How many toponyms of a draft are neither on the map nor said to be unknown."""
    return sum(one.decision is None for one in desk.questions(draft, {}))


def _counted(asked: list[Question]) -> str:
    counts = {status: sum(one.status == status for one in asked) for status in RANK}
    statuses = ", ".join(_counted_status(count, status) for status, count in counts.items() if count)
    return counted(
        len(asked),
        "{n} place without coordinates of your own: {statuses}|{n} places without coordinates of your own: {statuses}",
        statuses=statuses,
    )


def _counted_status(n: int, status: str) -> str:
    return {
        SURE: counted(n, "{n} sure|{n} sure"),
        CHOOSE: counted(n, "{n} choose|{n} choose"),
        NOT_FOUND: counted(n, "{n} not found|{n} not found"),
        LATER: counted(n, "{n} later|{n} later"),
        OPEN: counted(n, "{n} not asked yet|{n} not asked yet"),
        DECIDED: counted(n, "{n} decided|{n} decided"),
    }[status]


def _status(status: str) -> str:
    return {
        SURE: say("status::sure"),
        CHOOSE: say("status::choose"),
        NOT_FOUND: say("status::not found"),
        LATER: say("status::later"),
        OPEN: say("status::not asked yet"),
        DECIDED: say("status::decided"),
    }[status]


def _look_up(draft: Draft, asking: Asking | None) -> None:
    """Whom to ask, and how far that is."""
    if asking is not None and asking.progress.where in ("asking", "paused"):
        _under_way()
        return
    if asking is not None:
        if desk.take(draft, asking.answers):
            st.rerun()
        if asking.progress.why:
            why = retold(asking.progress.why)
            st.text(f"{why[:1].upper()}{why[1:]}.")
    told = geocoder_settings(st.secrets)
    labels = {name: say("our own tables, then {name}", name=name) for name in desk.services(told)}
    labels = {"": say("our own tables (nothing leaves this host)"), **labels}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        service = st.selectbox(
            say("Ask"),
            list(labels),
            format_func=lambda name: labels[name],
            key="service",
            width=320,
        )
        area = st.text_input(
            say("Where the story plays"),
            key="area",
            placeholder=say("as its places with coordinates say"),
            help=say("A city such as Venice, Italy, or west,south,east,north in degrees."),
            width=300,
        ).strip()
        contact = ""
        if service:
            contact = st.text_input(say("Your e-mail address, told to the service"), key="contact", width=300).strip()
        st.button(
            say("Look up"),
            key="look up",
            type="primary",
            icon=":material/travel_explore:",
            on_click=_start,
            args=(service, told, contact, area),
        )
    if service:
        st.caption(_terms(service))
    if said := st.session_state.pop(SAID, ""):
        st.text(said)


def _terms(service: str) -> str:
    terms = provider(service).attribution
    said = say("One request a second leaves this host, whoever asks; every answer is kept, with its source.")
    return literal(f"{said} {say('Its answers: {terms}.', terms=terms)}" if terms else said, 300)


def _start(service: str, told: dict[str, dict[str, Any]], contact: str, area: str) -> None:
    draft = mine()
    if draft is None or draft.opened.story is None:
        return
    try:
        draft.asking = desk.begin(draft, desk.chain(draft.opened.story, service, told, contact, area))
    except GeocodingError as error:
        st.session_state[SAID] = f"{retold(str(error))}."
        return
    draft.asking.start()
    if not service:
        draft.asking.wait(1.0)  # our own tables answer at once, but for the first time


@st.fragment(run_every=1.0)
def _under_way() -> None:
    """The bar, drawn again every second while toponyms are asked for."""
    draft = mine()
    if draft is None or draft.asking is None:
        return
    progress = draft.asking.progress
    if progress.where not in ("asking", "paused"):
        st.rerun()
    st.progress(progress.done / max(progress.of, 1), text=_pace(progress))
    with st.container(horizontal=True):
        if progress.where == "asking":
            st.button(say("Pause"), icon=":material/pause:", on_click=draft.asking.pause, key="pause")
        else:
            st.button(say("Go on"), icon=":material/play_arrow:", on_click=draft.asking.start, key="go on")
        st.button(say("Stop"), icon=":material/stop:", on_click=draft.asking.stop, key="stop", type="tertiary")
    st.caption(
        say("Every answer is kept the moment it arrives: a stop, or a crash, loses none of them and asks none again.")
    )


def _pace(progress: Progress) -> str:
    if progress.where == "paused":
        return say("{done} of {n}, paused", done=progress.done, n=progress.of)
    if not progress.rate:
        return say("{done} of {n}", done=progress.done, n=progress.of)
    left = math.ceil(progress.left)
    return say(
        "{done} of {n}, {rate} a second, {left} left",
        done=progress.done,
        n=progress.of,
        rate=figures(progress.rate, 1),
        left=f"{left // 60}:{left % 60:02d}",
    )


def _decide(draft: Draft, asked: list[Question]) -> None:
    listed, shown = st.columns([2, 3], gap="medium")
    with listed:
        chosen = st.dataframe(
            _table(asked),
            hide_index=True,
            width="stretch",
            height="content" if len(asked) < FEW else TALL,
            on_select="rerun",
            selection_mode="single-row",
            selection_default={"selection": {"rows": [0]}},
            key=f"questions {len(asked)} {draft.names.key}",
        ).selection.rows
    with shown:
        if chosen and chosen[0] < len(asked):
            question(draft, asked[chosen[0]])
        else:
            st.text(say("Select a place to see its candidates, set a pin, or say that nobody knows."))


def _table(asked: list[Question]) -> pd.DataFrame:
    rows = [
        (clipped(", ".join(one.names), 60), _status(one.status), one.events, clipped(_became(one), 80)) for one in asked
    ]
    return pd.DataFrame(rows, columns=[say("Place"), say("Status"), say("Events"), say("Where")])


def _became(one: Question) -> str:
    decision = one.decision
    if decision is not None:
        if decision.how == "unknown":
            return say("nobody knows")
        return decision.answer or f"{decision.lat:.5f}, {decision.lon:.5f}"
    return "" if one.answer is None else retold(one.answer.why)
