"""From a toponym to a place by our own tables: a geopy geocoder that never leaves this machine."""

from collections.abc import Hashable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd
from geopy.distance import geodesic
from geopy.geocoders.base import DEFAULT_SENTINEL, BaseSyncAdapter, Geocoder
from geopy.location import Location
from rapidfuzz import fuzz, process

from geo.story import Story
from geo.tables import PLACES, read_table
from geo.toponyms import normalise, spellings, without_city

__all__ = ["Gazetteer", "normalise"]

LOS_ANGELES = Path(__file__).with_name("data") / "los_angeles.csv"
# How precisely a kind of place in our own table of Los Angeles is known by its name.
PRECISION = {"station": "exact", "address": "street", "street": "street", "crossing": "street"}
FAR_OFF = frozenset({"town", "country"})  # kinds of our own table that lie elsewhere: no city's name belongs to them
LEAST_SCORE = 75.0  # of 100; below it a spelling has nothing to do with the toponym
LONGEST = 300  # characters; no toponym is longer, and comparing spellings takes time by their length


class Gazetteer(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Places by name and alias, each spelling normalised. It may be used wherever geopy takes a geocoder.

    `places` has the columns of a story's places; rows without a coordinate are left out. With `city=True` they are
    those of Los Angeles, and its name or that of a town they lie in may follow theirs: "Pico station, Los Angeles, CA".
    """

    def __init__(self, places: pd.DataFrame, *, city: bool = False) -> None:
        super().__init__(adapter_factory=_NoNetwork)
        self._city = city
        known = places.loc[places["lat"].notna() & places["lon"].notna()]
        self._places = known.to_dict("records")
        self._named: dict[str, dict[int, tuple[str, str]]] = {}
        for number, place in enumerate(self._places):
            for how, written in (("name", place["name"]), *(("alias", alias) for alias in place["aliases"].split(";"))):
                if spelling := normalise(written):
                    self._named.setdefault(spelling, {}).setdefault(number, (how, written.strip()))

    @classmethod
    def from_story(cls, story: Story) -> "Gazetteer":
        """The story's own places."""
        return cls(story.places)

    @classmethod
    def los_angeles(cls) -> "Gazetteer":
        """Districts, stations, crossings and addresses of Los Angeles; read once."""
        return _los_angeles()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 - what geopy passes to every geocoder
    ) -> Location | list[Location] | None:
        """The place called `query`, or None; with `exactly_one=False` all that are called so, in the table's order.

        Places of one name with different coordinates are no match for `exactly_one`: `suggest` lists them. `raw` has
        id, name, lat, lon, radius_m (metres), precision, basis, source, matched (the spelling in the table) and how
        ("name" or "alias"). `timeout` is geopy's and has no meaning here.
        """
        named = self._called(query)
        locations = [self._location(number, *spelling) for number, spelling in named.items()]
        if not locations:
            return None
        if not exactly_one:
            return locations
        points = {(location.latitude, location.longitude) for location in locations}
        return locations[0] if len(points) == 1 else None

    def suggest(self, query: str, limit: int = 5) -> list[tuple[str, float]]:
        """Names of places that are spelled like `query`, best first, each with a score from 0 to 100.

        For somebody to choose from: a high score is no match. A name stands once for each place called so.
        """
        asked = normalise(query[:LONGEST])
        best: dict[int, float] = {}
        # Whole spellings, as they are and with their words sorted: "bank" is a part of Burbank, and no spelling of it.
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio) if asked else ():
            found = process.extract(asked, self._named.keys(), scorer=scorer, limit=None, score_cutoff=LEAST_SCORE)
            for spelling, score, _ in found:
                for number in self._named[spelling]:
                    best[number] = max(best.get(number, 0.0), float(score))
        ranked = sorted(best.items(), key=lambda place: (-place[1], place[0]))[: max(limit, 0)]
        return [(self._places[number]["name"], score) for number, score in ranked]

    def _called(self, query: str) -> dict[int, tuple[str, str]]:
        """Numbers of the places called so: as written, else in another spelling, else with what a comma adds."""
        if (named := self._spelled(query)) or not self._city or "," not in query:
            return named
        name = without_city(query)
        if named := self._spelled(name):
            return {number: how for number, how in named.items() if self._places[number].get("kind") not in FAR_OFF}
        name, _, town = name.rpartition(",")
        towns = [self._places[number] for number in self._spelled(town)]
        return {n: how for n, how in self._spelled(name).items() if any(_within(self._places[n], t) for t in towns)}

    def _spelled(self, name: str) -> dict[int, tuple[str, str]]:
        if (named := self._named.get(normalise(name))) is not None:
            return named
        return next((named for other in spellings(name)[1:] if (named := self._named.get(normalise(other)))), {})

    def _location(self, number: int, how: str, matched: str) -> Location:
        place = self._places[number]
        raw = {name: place[name] for name in ("id", "name", "lat", "lon", "radius_m", "precision", "basis", "source")}
        return Location(place["name"], (place["lat"], place["lon"]), {**raw, "matched": matched, "how": how})


def _within(place: Mapping[Hashable, Any], town: Mapping[Hashable, Any]) -> bool:
    """Whether a place may lie in a town: "Bob's Big Boy, Burbank" does."""
    away_m = float(geodesic((place["lat"], place["lon"]), (town["lat"], town["lon"])).meters)
    return place is not town and away_m <= town["radius_m"] + place["radius_m"]


@cache
def _los_angeles() -> Gazetteer:
    places = read_table(LOS_ANGELES, PLACES, LOS_ANGELES.name).frame
    return Gazetteer(places.assign(precision=places["kind"].map(PRECISION).fillna("district")), city=True)


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """What geopy would send requests with. A gazetteer sends none."""

    def get_json(self, url: str, **_: Any) -> NoReturn:
        raise NotImplementedError("a gazetteer asks nobody")

    def get_text(self, url: str, **_: Any) -> NoReturn:
        raise NotImplementedError("a gazetteer asks nobody")
