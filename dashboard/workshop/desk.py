"""The geocoding desk of a draft: what is asked for, whom, and what became of it."""

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from dashboard.language import counted, say
from dashboard.workshop.draft import Draft, State
from geo.answers import Answer
from geo.area import study_area
from geo.asking import Asking
from geo.cache import Cache
from geo.decisions import Decision, chosen, decided_files, found, put, toponym_of, unknown
from geo.desk import area_called, asking
from geo.errors import clipped
from geo.geocoder import Chain, story_chain
from geo.providers import settings_of, usable
from geo.service import Service
from geo.story import Story

SERVICES = "CASEBOARD_SERVICES"  # the services a host lets authors ask, with commas between
SURE, CHOOSE, NOT_FOUND, LATER, OPEN, DECIDED = "sure", "choose", "not found", "later", "not asked yet", "decided"
SAID = {"sure": SURE, "choose": CHOOSE, "not_found": NOT_FOUND, "not_asked": NOT_FOUND, "later": LATER}


class Question(NamedTuple):
    """A toponym without coordinates of the author's own: what came back, what was decided, and the events it is for."""

    toponym: str
    status: str
    answer: Answer | None
    decision: Decision | None
    names: tuple[str, ...]
    events: int


def questions(draft: Draft, answers: dict[str, Answer]) -> list[Question]:
    """Every toponym of the draft that was asked for or may be, those with most events first."""
    story = draft.opened.story
    if story is None:
        return []
    decided = {decision.toponym: decision for decision in draft.now.decisions}
    held = story.events["place"].value_counts()
    places: dict[str, list[dict[str, str]]] = {}
    for place in story.places.to_dict("records"):
        toponym = toponym_of(place)
        if toponym in decided or math.isnan(place["lat"]):
            places.setdefault(toponym, []).append(place)
    found_here = [
        Question(
            toponym,
            _status(answers.get(toponym), decided.get(toponym)),
            answers.get(toponym),
            decided.get(toponym),
            tuple(place["name"] for place in rows),
            int(sum(held.get(place["id"], 0) for place in rows)),
        )
        for toponym, rows in places.items()
    ]
    return sorted(found_here, key=lambda question: -question.events)


def _status(answer: Answer | None, decision: Decision | None) -> str:
    if decision is not None:
        return SURE if decision.how == "found" else DECIDED
    return OPEN if answer is None else NOT_FOUND if answer.status == "not_asked" else SAID[answer.status]


def services(told: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The services that this host lets authors ask: those it names, else Nominatim and whichever it has keys for."""
    named = [name.strip().lower() for name in os.environ.get(SERVICES, "").split(",") if name.strip()]
    open_to_all = ["nominatim", *(name for name in told if name != "nominatim")]
    return [name for name in named or open_to_all if name in usable(told)]


def chain(
    story: Story, service: str, told: Mapping[str, Mapping[str, Any]], contact: str = "", area: str = ""
) -> Chain:
    """Whom the desk asks: our own tables, and the service that is named. `area` is a city or west,south,east,north.

    Raises GeocodingError, in words, for an area or a service that is not known, or lacks a key.
    """
    where = area_called(area) if area else study_area(story)
    if not service:
        return story_chain(story, area=where)
    bounds = None if where is None else where.bounds
    named = Service(service, cache=Cache(), bounds=bounds, contact=contact, settings=settings_of(service, told))
    return story_chain(story, named, area=where)


def begin(draft: Draft, asked: Chain) -> Asking:
    """A run over every toponym of the draft that has no coordinates and no decision. Raises GeocodingError where a
    service does not want so many."""
    return asking(asked, [one.toponym for one in questions(draft, {}) if one.decision is None])


def take(draft: Draft, answers: dict[str, Answer]) -> int:
    """Writes what the chain is sure of into the draft, as one step back; how many places that were."""
    decided = {decision.toponym for decision in draft.now.decisions}
    sure = [found(answer) for toponym, answer in answers.items() if answer.status == "sure" and toponym not in decided]
    if sure:
        label = counted(len(sure), "Found {n} place|Found {n} places")
        draft.do(lambda state: decide(state, sure, label))
    return len(sure)


def decide(state: State, decisions: Sequence[Decision], label: str) -> State:
    """The state with these decisions after those before."""
    every = (*state.decisions, *decisions)
    return replace(state, decisions=every, files=decided_files(state.files, decisions), label=label)


def choose(draft: Draft, answer: Answer, number: int) -> None:
    """Takes a candidate."""
    candidate = answer.suggestions[number]
    label = say("“{toponym}” is {name}", toponym=clipped(answer.toponym, 30), name=clipped(candidate.name, 40))
    draft.do(lambda state: decide(state, [chosen(answer, candidate)], label))


def pin(draft: Draft, toponym: str, lat: float, lon: float) -> None:
    """Takes a point that somebody set."""
    label = say("“{toponym}” is at {point}", toponym=clipped(toponym, 30), point=f"{lat:.5f}, {lon:.5f}")
    day = datetime.now(UTC).date().isoformat()
    draft.do(lambda state: decide(state, [put(toponym, lat, lon, day)], label))


def give_up(draft: Draft, toponym: str) -> None:
    """Says that nobody knows where it is."""
    label = say("Nobody knows where “{toponym}” is", toponym=clipped(toponym, 30))
    draft.do(lambda state: decide(state, [unknown(toponym)], label))


def respelled(draft: Draft, toponym: str, answer: Answer) -> None:
    """Takes what was found under another spelling."""
    label = say("“{toponym}” is {name}", toponym=clipped(toponym, 30), name=clipped(answer.toponym, 40))
    draft.do(lambda state: decide(state, [found(answer)._replace(toponym=toponym)], label))
