"""From a toponym to a place: gazetteers first, then what a relative phrase means, then a service if one is named."""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, Protocol

import pandas as pd
from geopy.distance import geodesic

from geo.candidates import STREET_M, Candidate
from geo.errors import GeocodingError, ServiceStopped, ServiceUnavailable
from geo.gazetteer import Gazetteer
from geo.meta import Bounds
from geo.relative import resolve
from geo.service import Reply
from geo.story import Story

Status = Literal["found", "suggestions", "not_found", "not_asked", "later"]
Progress = Callable[[int, int, "Answer"], None]  # done, of how many, the answer just had

STORY, LOS_ANGELES, RELATIVE = "story", "los_angeles", "relative"
REDERIVED = ["id", "name", "query", "lat", "lon", "distance_m", "radius_m", "ok", "how"]
SAME_PLACE_M = 2_000.0  # candidates closer than this are one place; with others in the study area, somebody chooses


class Suggestion(NamedTuple):
    """A place that a toponym may mean. `score` is 0 to 100 by spelling, NaN where a service named the place."""

    name: str
    lat: float
    lon: float
    radius_m: float
    precision: str
    geocoder: str
    score: float = math.nan


class Answer(NamedTuple):
    """What the chain says to a toponym.

    found: a place, and which geocoder gave which answer on which UTC day. suggestions: somebody has to choose.
    not_found: everybody was asked. not_asked: no service was named. later: the service could not be asked now.
    In all but the first lat, lon and radius_m are NaN, and `why` is a sentence.
    """

    toponym: str
    status: Status
    lat: float = math.nan
    lon: float = math.nan
    radius_m: float = math.nan
    precision: str = ""
    geocoder: str = ""
    answer: str = ""
    checked: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    why: str = ""


class Asked(Protocol):
    """What the chain needs of a service; geo.service.Service is one."""

    name: str

    def ask(self, toponym: str) -> Reply: ...


class Chain:
    """Gazetteers in the order in which they are asked, by name; then relative phrases on each; then the service."""

    def __init__(
        self,
        gazetteers: Mapping[str, Gazetteer],
        service: Asked | None = None,
        *,
        bounds: Bounds | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._gazetteers, self._service, self._bounds, self._clock = dict(gazetteers), service, bounds, clock

    def geocode(self, toponym: str) -> Answer:
        """The answer to a toponym; never raises for what a service does or does not do."""
        toponym = " ".join(toponym.split())
        if not toponym:
            return Answer(toponym, "not_found", why="there is no toponym to ask for")
        return self._looked_up(toponym) or self._relative(toponym) or self._asked(toponym)

    def _looked_up(self, toponym: str) -> Answer | None:
        for source, gazetteer in self._gazetteers.items():
            called_so = _places(gazetteer, toponym, source, 100.0)
            if len({(place.lat, place.lon) for place in called_so}) > 1:
                return Answer(toponym, "suggestions", suggestions=called_so, why="several places are called so")
            if called_so:
                name, lat, lon, radius_m, precision, *_ = called_so[0]
                return Answer(toponym, "found", lat, lon, radius_m, precision, source, name, self._today())
        return None

    def _relative(self, toponym: str) -> Answer | None:
        for gazetteer in self._gazetteers.values():
            if (place := resolve(toponym, gazetteer)) is not None:
                precision = "street" if place.radius_m <= STREET_M else "district"
                fields = (place.lat, place.lon, place.radius_m, precision, RELATIVE, place.how)
                return Answer(toponym, "found", *fields, self._today())
        return None

    def _asked(self, toponym: str) -> Answer:
        near = self._near(toponym)
        otherwise: Status = "suggestions" if near else "not_found"
        if self._service is None:
            status: Status = "suggestions" if near else "not_asked"
            return Answer(toponym, status, suggestions=near, why="it is in no gazetteer, and no service was named")
        name = self._service.name
        try:
            reply = self._service.ask(toponym)
        except (ServiceStopped, ServiceUnavailable) as fault:
            return Answer(toponym, "later", geocoder=name, suggestions=near, why=str(fault))
        except GeocodingError as fault:
            return Answer(toponym, otherwise, geocoder=name, suggestions=near, why=str(fault))
        inside = [place for place in reply.candidates if self._within(place)]
        outside = [place for place in reply.candidates if not self._within(place)]
        if inside and _one_place(inside):
            best = inside[0]
            fields = (best.lat, best.lon, best.radius_m, best.precision)
            return Answer(toponym, "found", *fields, name, best.name, reply.checked)
        if not reply.candidates:
            why = f"{name} knows no such place"
            return Answer(toponym, otherwise, geocoder=name, checked=reply.checked, suggestions=near, why=why)
        why = (
            "several places in the study area are called so"
            if inside
            else f"{name} knows it outside the study area only"
        )
        chosen = (*_suggestions(name, [*inside, *outside]), *near)
        return Answer(toponym, "suggestions", geocoder=name, checked=reply.checked, suggestions=chosen, why=why)

    def _near(self, toponym: str) -> tuple[Suggestion, ...]:
        near: list[Suggestion] = []
        for source, gazetteer in self._gazetteers.items():
            for name, score in dict(gazetteer.suggest(toponym)).items():
                near += _places(gazetteer, name, source, score)
        return tuple(sorted(near, key=lambda place: -place.score))

    def _within(self, place: Candidate) -> bool:
        if self._bounds is None:
            return True
        west, south, east, north = self._bounds
        across = west <= place.lon <= east if west <= east else place.lon >= west or place.lon <= east
        return across and south <= place.lat <= north

    def _today(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).date().isoformat()


def story_chain(story: Story, service: Asked | None = None, *, clock: Callable[[], float] = time.time) -> Chain:
    """The whole chain for a story; without a service nothing leaves this machine."""
    gazetteers = {STORY: Gazetteer.from_story(story), LOS_ANGELES: Gazetteer.los_angeles()}
    return Chain(gazetteers, service, bounds=story.meta.bounds, clock=clock)


def geocode_places(story: Story, chain: Chain, progress: Progress | None = None) -> tuple[pd.DataFrame, list[Answer]]:
    """The story's places with a coordinate wherever the chain has one, and an answer for each place without one before.

    What the author wrote stays: a coordinate is never replaced, and a radius or a precision only filled in where it is
    missing ("unknown" counts as missing). Beside a new coordinate stand geocoder, answer and checked. A place that is
    called unknown, without a query, is not asked for.
    """
    places = story.places.copy()
    missing = places.loc[places["lat"].isna() | places["lon"].isna()].to_dict("index")
    answers: list[Answer] = []
    for index, row in missing.items():
        if row["precision"] == "unknown" and not row["query"]:
            answer = Answer(row["name"], "not_asked", why="the story says that nobody knows where it is")
        else:
            answer = chain.geocode(row["query"] or row["name"])
        answers.append(answer)
        if answer.status == "found":
            if "answer" not in places:
                places["answer"] = pd.Series("", index=places.index, dtype="str")
            for column in ("lat", "lon", "geocoder", "answer", "checked"):
                places.loc[index, column] = getattr(answer, column)
            if math.isnan(row["radius_m"]):
                places.loc[index, "radius_m"] = answer.radius_m
            if row["precision"] in ("", "unknown"):
                places.loc[index, "precision"] = answer.precision
        if progress is not None:
            progress(len(answers), len(missing), answer)
    return places, answers


def rederive(story: Story, chain: Chain | None = None) -> pd.DataFrame:
    """Every place with a query, derived again: id, name, query, lat, lon, distance_m, radius_m, ok, how.

    `chain` must not know the story's rows; by default it knows what is bundled. `distance_m` leads from the stored
    coordinate to the derived one. A query that only the story's own gazetteer knows is compared with that, as `how`
    says; one that nobody knows has NaN and is not ok.
    """
    chain = chain or Chain({LOS_ANGELES: Gazetteer.los_angeles()})
    own = Chain({STORY: Gazetteer.from_story(story)})
    rows = []
    for place in story.places.loc[story.places["query"] != ""].to_dict("records"):
        answer, whose = chain.geocode(place["query"]), ""
        if answer.status != "found":
            answer, whose = own.geocode(place["query"]), "only in the story's own gazetteer"
        found = answer.status == "found"
        distance_m = math.nan
        if found and not math.isnan(place["lat"]):
            distance_m = _metres((place["lat"], place["lon"]), (answer.lat, answer.lon))
        how = f"{whose or answer.geocoder}: {answer.answer}" if found else f"not found: {answer.why}"
        stored = (place["id"], place["name"], place["query"])
        rows.append(
            (*stored, answer.lat, answer.lon, distance_m, place["radius_m"], distance_m <= place["radius_m"], how)
        )
    return pd.DataFrame(rows, columns=REDERIVED)


def _one_place(places: list[Candidate]) -> bool:
    first, *others = places
    apart = (_metres((first.lat, first.lon), (other.lat, other.lon)) for other in others)
    return all(distance_m <= max(SAME_PLACE_M, first.radius_m) for distance_m in apart)


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Between two (lat, lon)."""
    return float(geodesic(one, other).meters)


def _places(gazetteer: Gazetteer, toponym: str, source: str, score: float) -> tuple[Suggestion, ...]:
    """All places of a gazetteer that are called so."""
    located: list[Any] = gazetteer.geocode(toponym, exactly_one=False) or []
    return tuple(
        Suggestion(raw["name"], raw["lat"], raw["lon"], raw["radius_m"], raw["precision"], source, score)
        for raw in (location.raw for location in located)
    )


def _suggestions(service: str, places: Iterable[Candidate]) -> list[Suggestion]:
    return [Suggestion(p.name, p.lat, p.lon, p.radius_m, p.precision, service) for p in places]
