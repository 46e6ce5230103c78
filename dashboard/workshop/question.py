"""One question of the geocoding desk: the candidates of a toponym, a map with a pin, and the other ways to answer."""

import math
from typing import Any

import streamlit as st

from dashboard import assets
from dashboard.language import figures, say
from dashboard.retold import retold
from dashboard.words import literal
from dashboard.workshop import desk
from dashboard.workshop.desk import Question
from dashboard.workshop.draft import Draft
from dashboard.workshop.session import mine
from geo.answers import Answer, Suggestion
from geo.area import study_area
from geo.coordinates import Problem, read_point
from geo.errors import clipped
from geo.geocoder import story_chain

SAID = "said of"

_pin: Any = st.components.v2.component(
    "pin",
    html="".join(f'<link rel="stylesheet" href="{assets.url(name)}">' for name in (*assets.STYLES, "workshop.css"))
    + '<div class="cb-board cb-rings cb-pin"></div>',
    js=assets.loader("pin.js"),
    isolate_styles=False,
)


def question(draft: Draft, asked: Question) -> None:
    """Draws one toponym: its candidates, the map, and the other ways to say where it is."""
    answer, decision, toponym = asked.answer, asked.decision, asked.toponym
    candidates = list(answer.suggestions) if answer is not None else []
    st.subheader(literal(clipped(toponym, 80)), anchor=False)
    if answer is not None and answer.why and decision is None:
        why = retold(answer.why)
        st.text(f"{why[:1].upper()}{why[1:]}.")
    taken = next((i for i, c in enumerate(candidates) if decision and (c.lat, c.lon) == decision[2:4]), -1)
    for number, candidate in enumerate(candidates):
        told, choose = st.columns([5, 1], vertical_alignment="center")
        with told, st.container(gap=None):
            st.text(f"{number + 1}. {candidate.name}")
            st.caption(literal(_known(candidate)))
        choose.button(
            say("Taken") if taken == number else say("Choose"),
            key=f"choose {toponym} {number}",
            on_click=_choose,
            args=(answer, number),
            width="stretch",
        )
    _map(draft, asked, taken)
    _by_hand(toponym)


def _known(candidate: Suggestion) -> str:
    """Who knows it, where it is, and how alike it is spelled."""
    who = {
        "los_angeles": say("our table of Los Angeles"),
        "story": say("this story"),
        "world": say("cities of the world (GeoNames)"),
        "relative": say("worked out from the phrase"),
    }.get(candidate.geocoder, candidate.geocoder)
    score, within = candidate.score, candidate.radius_m
    alike = "" if math.isnan(score) else f", {say('spelled {percent} % alike', percent=f'{score:.0f}')}"
    radius = "" if math.isnan(within) else f", {say('within {metres} m', metres=figures(within))}"
    return f"{who}: {candidate.lat:.4f}, {candidate.lon:.4f}{radius}{alike}"


def _map(draft: Draft, question: Question, taken: int) -> None:
    answer, decision = question.answer, question.decision
    story = draft.opened.story
    area = None if story is None else study_area(story)
    pinned = decision is not None and not math.isnan(decision.lat) and taken < 0
    said = _pin(
        key=f"pin {question.toponym}",
        data={
            "toponym": question.toponym,
            "candidates": [
                {"name": c.name, "lat": c.lat, "lon": c.lon, "radius_m": c.radius_m if math.isfinite(c.radius_m) else 0}
                for c in (answer.suggestions if answer is not None else ())
            ],
            "chosen": taken,
            "pin": {"lat": decision.lat, "lon": decision.lon} if pinned and decision is not None else None,
            "bounds": list(area.bounds) if area is not None and area.bounds is not None else None,
            "basemap": assets.url("basemap.json"),
            "leaflet": assets.url("leaflet/leaflet.js"),
            **assets.spoken(),
        },
        on_put_change=_nothing,
        on_chosen_change=_nothing,
    )
    point, number = said.put, said.chosen
    if (
        isinstance(point, dict)
        and isinstance(point.get("lat"), int | float)
        and isinstance(point.get("lon"), int | float)
    ):
        if abs(point["lat"]) <= 90 and abs(point["lon"]) <= 180:
            desk.pin(draft, question.toponym, float(point["lat"]), float(point["lon"]))
            st.rerun()
    elif isinstance(number, int) and answer is not None and 0 <= number < len(answer.suggestions):
        desk.choose(draft, answer, number)
        st.rerun()


def _nothing() -> None:
    """What the map says is read from what it gives back."""


def _by_hand(toponym: str) -> None:
    written, spelled, unknown = st.columns([3, 3, 2], vertical_alignment="bottom")
    point, spelling = f"point {toponym}", f"spelling {toponym}"
    written.text_input(
        say("Coordinates"), key=point, placeholder="34.0505, -118.2551", on_change=_written, args=(toponym, point)
    )
    spelled.text_input(
        say("Another spelling or an address"),
        key=spelling,
        on_change=_respelled,
        args=(toponym, spelling),
        max_chars=200,
    )
    unknown.button(say("Nobody knows"), key=f"unknown {toponym}", on_click=_unknown, args=(toponym,), width="stretch")
    if said := st.session_state.pop(f"{SAID} {toponym}", ""):
        st.text(said)


def _choose(answer: Answer, number: int) -> None:
    if (draft := mine()) is not None:
        desk.choose(draft, answer, number)


def _written(toponym: str, key: str) -> None:
    draft, text = mine(), st.session_state.get(key, "").strip()
    if draft is None or not text:
        return
    read = read_point(text)
    if isinstance(read, Problem):
        st.session_state[f"{SAID} {toponym}"] = f"“{clipped(text, 40)}” {retold(read.what)}; {retold(read.remedy)}."
    else:
        desk.pin(draft, toponym, read.lat, read.lon)


def _respelled(toponym: str, key: str) -> None:
    draft, text = mine(), st.session_state.get(key, "").strip()
    if draft is None or not text or draft.opened.story is None:
        return
    answer = story_chain(draft.opened.story).geocode(text)
    if answer.status == "sure":
        desk.respelled(draft, toponym, answer)
    else:
        st.session_state[f"{SAID} {toponym}"] = f"“{clipped(text, 40)}”: {retold(answer.why)}."


def _unknown(toponym: str) -> None:
    if (draft := mine()) is not None:
        desk.give_up(draft, toponym)
