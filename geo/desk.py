"""The geocoding desk of a story: which toponyms lack a coordinate, and one run over them within a service's terms."""

from collections.abc import Iterable, Mapping

from geo.answers import Answer
from geo.area import Area, read_box
from geo.asking import Asking
from geo.chain import LOS_ANGELES, Chain, Tables
from geo.decisions import Decision, found, toponym_of
from geo.errors import GeocodingError, clipped
from geo.gazetteer import Gazetteer
from geo.service import Service
from geo.story import Story
from geo.toponyms import without_city
from geo.world import WORLD, world

CENTRE_OF_LOS_ANGELES = (34.05, -118.25)  # the city hall, roughly: the area reaches 50 km from it


def toponyms(story: Story) -> tuple[str, ...]:
    """What is to be asked for, each once though many places share it: the places without a coordinate.

    One that the story calls unknown is not asked for, unless it has a query.
    """
    places = story.places
    lacking = places.loc[places["lat"].isna() & ((places["precision"] != "unknown") | (places["query"] != ""))]
    named = (
        toponym_of({"query": query, "name": name})
        for query, name in zip(lacking["query"], lacking["name"], strict=True)
    )
    return tuple(dict.fromkeys(toponym for toponym in named if toponym))


def asking(chain: Chain, wanted: Iterable[str]) -> Asking:
    """A run of the chain over these toponyms, not yet started.

    Raises GeocodingError where more of them would be asked of a public server than its terms allow.
    """
    wanted = tuple(dict.fromkeys(wanted))
    if isinstance(service := chain.service, Service):
        service.refuse_bulk(sum(_goes_out(chain, service, toponym) for toponym in wanted))
    return Asking(wanted, chain.geocode)


def area_called(text: str) -> Area:
    """The study area that an author names: "west,south,east,north" in degrees, or a city such as "Venice, Italy".

    Raises GeocodingError where it is neither, or a name of several cities.
    """
    if (box := read_box(text)) is not None:
        return box
    if without_city(f", {text}") == "":
        return Area(points=(CENTRE_OF_LOS_ANGELES,))
    known = world()
    tables: dict[str, Tables] = {LOS_ANGELES: Gazetteer.los_angeles(), **({} if known is None else {WORLD: known})}
    answer = Chain(tables, cities=[LOS_ANGELES]).geocode(text)
    if answer.status == "sure":
        return Area(points=((answer.lat, answer.lon),))
    near = " or ".join(dict.fromkeys(place.name for place in answer.suggestions[:3]))
    meant = f"did you mean {near}? " if near else ""
    remedy = f"{meant}give a city with its country, or west,south,east,north in degrees"
    raise GeocodingError(f"the area '{clipped(text, 60)}' is not known; {remedy}")


def sure(answers: Mapping[str, Answer]) -> tuple[Decision, ...]:
    """What needs nobody's choice."""
    return tuple(found(answer) for answer in answers.values() if answer.status == "sure")


def _goes_out(chain: Chain, service: Service, toponym: str) -> bool:
    """Whether a toponym would be a request: our own tables do not settle it, and nothing is kept."""
    if chain.looked_up(toponym).geocoder:
        return False
    try:
        return not service.keeps(toponym)
    except GeocodingError:  # no toponym at all: it is never asked for
        return False
