"""Who is asked for a toponym, in which order, and who is believed: gazetteers, relative phrases, then a service."""

import math
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from geopy.distance import geodesic

from geo.answers import Answer, Status, Suggestion
from geo.area import Area
from geo.candidates import STREET_M, Candidate
from geo.errors import GeocodingError, ServiceStopped, ServiceUnavailable
from geo.ranking import coarser, ranked, wanted
from geo.relative import resolve
from geo.service import Reply
from geo.source import Bounds
from geo.toponyms import without_city

STORY, LOS_ANGELES, RELATIVE = "story", "los_angeles", "relative"
SAME_PLACE_M = 2_000.0  # candidates closer than this are one place; with others in the study area, somebody chooses
NO_AREA = "the story does not say where it plays: give one of its places coordinates, or name the study area"
_A_KIND = {"site": "building, station or corner", "street": "street"}


class Asked(Protocol):
    """What the chain needs of a service; geo.service.Service is one."""

    name: str

    def ask(self, toponym: str) -> Reply: ...


class Tables(Protocol):
    """What the chain looks toponyms up in; geo.gazetteer.Gazetteer and geo.world.World are such."""

    def geocode(self, query: str, *, exactly_one: bool = True) -> Any: ...

    def suggest(self, query: str, limit: int = 5) -> list[tuple[str, float]]: ...


class Chain:
    """Gazetteers in the order in which they are asked, by name; then relative phrases on each; then the service.

    What lies outside the study area, `area` or else `bounds`, is never sure; of the story's own places the author knows
    better. Where there is no study area, gazetteers named in `cities` hold one city that the story need not play in:
    they are sure of a toponym that names the city, and of nothing else.
    """

    def __init__(
        self,
        gazetteers: Mapping[str, Tables],
        service: Asked | None = None,
        *,
        bounds: Bounds | None = None,
        area: Area | None = None,
        cities: Collection[str] = (),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._gazetteers, self._service, self._clock = dict(gazetteers), service, clock
        self._area = area or (None if bounds is None else Area(bounds))
        self._cities = frozenset(cities)

    @property
    def service(self) -> Asked | None:
        """The service that is asked last."""
        return self._service

    def geocode(self, toponym: str) -> Answer:
        """The answer to a toponym; never raises for what a service does or does not do."""
        answer = self.looked_up(toponym)
        settled = bool(answer.geocoder) or not answer.toponym
        return answer if settled or self._service is None else self._asked(answer, self._service)

    def looked_up(self, toponym: str) -> Answer:
        """What our own tables say, without the service: "not_asked" with what is spelled alike where they know nothing.

        An answer with a geocoder is settled; without one the service may know more.
        """
        toponym = " ".join(toponym.split())
        if not toponym:
            return Answer(toponym, "not_found", why="there is no toponym to ask for")
        elsewhere: list[Suggestion] = []
        for source, gazetteer in self._gazetteers.items():
            called_so = _places(gazetteer, toponym, source, 100.0)
            inside = [place for place in called_so if self._trusted(place, toponym)]
            if inside and (self._area or source == STORY or gazetteer.geocode(toponym) is not None):
                return self._settled(toponym, inside)
            elsewhere += called_so
        if (place := self._relative(toponym)) is not None:
            if self._trusted(place, toponym):
                return self._sure(toponym, place)
            elsewhere.append(place)
        if elsewhere:
            why = NO_AREA if self._area is None else "it is known outside the study area only"
            return Answer(toponym, "choose", suggestions=_apart(elsewhere), why=why)
        near = self._near(toponym)
        why = "it is in no gazetteer, and no service was named"
        return Answer(toponym, "choose" if near else "not_asked", suggestions=near, why=why)

    def _settled(self, toponym: str, places: list[Suggestion]) -> Answer:
        if len({(place.lat, place.lon) for place in places}) == 1:
            return self._sure(toponym, places[0])
        why = "several places are called so"
        return Answer(toponym, "choose", geocoder=places[0].geocoder, suggestions=tuple(places), why=why)

    def _sure(self, toponym: str, place: Suggestion) -> Answer:
        fields = (place.lat, place.lon, place.radius_m, place.precision, place.geocoder, place.name)
        return Answer(toponym, "sure", *fields, self._today())

    def _trusted(self, place: Suggestion, toponym: str) -> bool:
        """Whether a place of our own tables may be taken without asking anybody."""
        if place.geocoder == STORY:
            return True
        if self._area is not None:
            return self._area.holds(place.lat, place.lon)
        of_one_city = LOS_ANGELES if place.geocoder == RELATIVE else place.geocoder
        return of_one_city not in self._cities or without_city(toponym) != toponym

    def _relative(self, toponym: str) -> Suggestion | None:
        for gazetteer in self._gazetteers.values():
            if (place := resolve(toponym, gazetteer)) is not None:
                precision = "street" if place.radius_m <= STREET_M else "district"
                return Suggestion(place.how, place.lat, place.lon, place.radius_m, precision, RELATIVE)
        return None

    def _asked(self, before: Answer, service: Asked) -> Answer:
        """What the service says to a toponym that our own tables do not settle."""
        toponym, near, name = before.toponym, before.suggestions, service.name
        otherwise: Status = "choose" if near else "not_found"
        try:
            reply = service.ask(toponym)
        except (ServiceStopped, ServiceUnavailable) as fault:
            return Answer(toponym, "later", geocoder=name, suggestions=near, why=str(fault))
        except GeocodingError as fault:
            return Answer(toponym, otherwise, geocoder=name, suggestions=near, why=str(fault))
        places, asked = ranked(reply.candidates, toponym, self._within), wanted(toponym)
        inside = [place for place in places if self._within(place)]
        fitting = [place for place in inside if not coarser(place.kind, asked)]
        known = [place for place in near if math.isnan(place.score) or place.score >= 100] if not self._area else []
        if fitting and _one_place([*fitting, *known]):
            best = fitting[0]
            fields = (best.lat, best.lon, best.radius_m, best.precision)
            return Answer(toponym, "sure", *fields, name, best.name, reply.checked)
        if not places:
            why = f"{name} knows no such place"
        elif fitting:
            why = "several places in the study area are called so" if self._area else "several places are called so"
        elif inside:
            why = f"{name} knows a {inside[0].kind} only, and a {_A_KIND[asked]} is asked for"
        else:
            why = f"{name} knows it outside the study area only"
        suggestions = _apart([*_suggestions(name, places), *near])
        status: Status = "choose" if suggestions else "not_found"
        return Answer(toponym, status, geocoder=name, checked=reply.checked, suggestions=suggestions, why=why)

    def _near(self, toponym: str) -> tuple[Suggestion, ...]:
        near: list[Suggestion] = []
        for source, gazetteer in self._gazetteers.items():
            for name, score in dict(gazetteer.suggest(toponym)).items():
                near += _places(gazetteer, name, source, score)
        return tuple(sorted(near, key=lambda place: (not self._within(place), -place.score)))

    def _within(self, place: Candidate | Suggestion) -> bool:
        return self._area is None or self._area.holds(place.lat, place.lon)

    def _today(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).date().isoformat()


def _apart(places: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """The places, one of each that lie next to each other under one name."""
    kept: list[Suggestion] = []
    for place in places:
        same = (other for other in kept if other.name.split(",")[0] == place.name.split(",")[0])
        if not any(metres((place.lat, place.lon), (other.lat, other.lon)) <= SAME_PLACE_M for other in same):
            kept.append(place)
    return tuple(kept)


def _one_place(places: Sequence[Candidate | Suggestion]) -> bool:
    first, *others = places
    apart = (metres((first.lat, first.lon), (other.lat, other.lon)) for other in others)
    return all(distance_m <= max(SAME_PLACE_M, first.radius_m) for distance_m in apart)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """How far two (lat, lon) are apart."""
    return float(geodesic(one, other).meters)


def _places(gazetteer: Tables, toponym: str, source: str, score: float) -> tuple[Suggestion, ...]:
    """All places of a gazetteer that are called so."""
    located: list[Any] = gazetteer.geocode(toponym, exactly_one=False) or []
    return tuple(
        Suggestion(raw["name"], raw["lat"], raw["lon"], raw["radius_m"], raw["precision"], source, score)
        for raw in (location.raw for location in located)
    )


def _suggestions(service: str, places: Iterable[Candidate]) -> list[Suggestion]:
    return [Suggestion(p.name, p.lat, p.lon, p.radius_m, p.precision, service, kind=p.kind) for p in places]
