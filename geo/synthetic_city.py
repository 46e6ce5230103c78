"""An invented city for synthetic stories: who lives, works and goes where. Nobody and nothing in it exists.

Everything is drawn with uniform numbers and plain arithmetic, so that a seed gives the same city on every machine.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.synthetic_names import people_names, place_names, spot_names

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

KM_LAT, KM_LON = 1 / 111.2, 1 / 92.3  # degrees of a kilometre at 34 degrees north
FAVOURITES = 6
HOME, WORK, HABIT, ERRAND, MEETING, INCIDENT, AWAY = range(7)  # what people do
SPOTS = 20  # places in each city of a trip

# Quarter: latitude, longitude, how many live there, kilometres around.
QUARTERS: dict[str, tuple[float, float, float, float]] = {
    "Downtown": (34.045, -118.250, 9, 1.3),
    "Echo Park": (34.078, -118.260, 5, 1.0),
    "Boyle Heights": (34.034, -118.205, 6, 1.4),
    "Koreatown": (34.062, -118.301, 8, 1.1),
    "Hollywood": (34.095, -118.327, 8, 1.6),
    "Westwood": (34.059, -118.443, 4, 1.2),
    "Culver City": (34.013, -118.396, 4, 1.4),
    "Venice": (33.998, -118.452, 4, 0.8),
    "Santa Monica": (34.030, -118.474, 4, 0.9),
    "Inglewood": (33.960, -118.353, 5, 1.6),
    "Hawthorne": (33.917, -118.348, 4, 1.4),
    "Torrance": (33.836, -118.335, 4, 1.7),
    "San Pedro": (33.745, -118.297, 3, 0.8),
    "Long Beach": (33.795, -118.180, 7, 1.5),
    "Compton": (33.896, -118.220, 4, 1.5),
    "Downey": (33.940, -118.133, 4, 1.8),
    "Whittier": (33.975, -118.035, 3, 1.7),
    "East Los Angeles": (34.024, -118.160, 6, 1.6),
    "Alhambra": (34.092, -118.130, 4, 1.5),
    "El Monte": (34.070, -118.030, 4, 1.7),
    "Pasadena": (34.148, -118.140, 5, 1.8),
    "Glendale": (34.150, -118.255, 5, 1.5),
    "Burbank": (34.180, -118.320, 4, 1.5),
    "Van Nuys": (34.188, -118.450, 6, 2.0),
    "Encino": (34.164, -118.510, 3, 1.5),
}
TRIPS: dict[str, tuple[float, float]] = {
    "San Diego": (32.735, -117.150),
    "Las Vegas": (36.155, -115.160),
    "San Francisco": (37.770, -122.430),
    "Palm Springs": (33.825, -116.540),
}
# Group: its name, its share of the people, and the hours by which its days are later than those of others.
GROUPS: dict[str, tuple[str, float, float]] = {
    "crew": ("The crew", 0.0, 3.0),
    "detectives": ("Detectives", 0.06, 1.0),
    "couriers": ("Couriers", 0.14, -1.0),
    "shopkeepers": ("Shopkeepers", 0.18, 0.0),
    "night_shift": ("Night shift", 0.08, 11.0),
    "neighbours": ("Neighbours", 1.0, 0.0),
}
CREW = 9


@dataclass(frozen=True)
class City:
    """Places by number: those of the town, the most popular first, those of trips, the homes. People by number."""

    names: tuple[str, ...]
    lat: Floats
    lon: Floats
    popularity: Floats  # cumulated, of the places of the town, ending at 1
    people: tuple[str, ...]
    ids: tuple[str, ...]
    group: Ints
    group_start: Ints
    group_size: Ints
    activity: Floats  # cumulated over the people, ending at 1
    later_s: Floats
    work: Ints
    favourites: Ints
    first_home: int
    first_spot: int
    trip: Ints  # number of the city, the first day away and the first day back, a row a person


def city(events: int, days: int, chance: np.random.Generator) -> City:
    """A city for a story of so many events over so many days."""
    people = int(np.clip(max(int(np.sqrt(events)), events // 900), 40, 5_000))
    places = int(np.clip(2 * people, 120, 3_000))
    sizes = _sizes(people)
    group = np.repeat(np.arange(len(GROUPS)), sizes)
    starts = np.cumsum(sizes) - sizes
    at_home = _quarter(people, chance)
    home_lat, home_lon = _around(at_home, chance)
    of_places = _quarter(places, chance)
    lat, lon = _around(of_places, chance)
    popularity = _cumulated(1 / (np.arange(places) + 1.5))
    spots = [(lat, lon) for lat, lon in TRIPS.values() for _ in range(SPOTS)]
    spot_lat = np.array([lat for lat, _ in spots]) + _bell(len(spots), chance) * 2.5 * KM_LAT
    spot_lon = np.array([lon for _, lon in spots]) + _bell(len(spots), chance) * 2.5 * KM_LON
    near = _near(home_lat, home_lon, lat, lon, popularity, chance)
    quarters = tuple(QUARTERS)
    names = people_names(people, chance)
    later = np.array([hours for _, _, hours in GROUPS.values()])[group] * 3600.0
    return City(
        names=(
            *place_names([quarters[number] for number in of_places.tolist()], chance),
            *spot_names(tuple(TRIPS), SPOTS),
            *(f"Home of {name}" for name in names),
        ),
        lat=np.concatenate([lat, spot_lat, home_lat]),
        lon=np.concatenate([lon, spot_lon, home_lon]),
        popularity=popularity,
        people=names,
        ids=tuple(f"p{number:04d}" for number in range(1, people + 1)),
        group=group,
        group_start=starts[group],
        group_size=sizes[group],
        activity=_cumulated(np.where(group == 0, 1.8, 1.0) / (chance.random(people) + 0.3)),
        later_s=later + np.floor((chance.random(people) - 0.5) * 7_200),
        work=near[:, -1],
        favourites=near[:, :FAVOURITES],
        first_home=places + len(spots),
        first_spot=places,
        trip=_trips(people, days, chance),
    )


def _sizes(people: int) -> Ints:
    rest = people - CREW
    sizes = [max(5, int(share * rest)) for _, share, _ in GROUPS.values()]
    sizes[0] = CREW
    sizes[-1] = people - sum(sizes[:-1])
    return np.array(sizes, dtype=np.int64)


def _cumulated(weights: Floats) -> Floats:
    """Shares one on top of the other; the last is 1. `cumsum` adds one by one, so the same everywhere."""
    total = np.cumsum(weights)
    return np.asarray(total / total[-1])


def _bell(count: int, chance: np.random.Generator) -> Floats:
    """Numbers around 0 with the deviation 1, without logarithms: four uniform ones together."""
    four = chance.random((4, count))
    return np.asarray((four[0] + four[1] + four[2] + four[3] - 2) * np.sqrt(3.0))


def _quarter(count: int, chance: np.random.Generator) -> Ints:
    shares = _cumulated(np.array([weight for _, _, weight, _ in QUARTERS.values()], dtype=float))
    return np.searchsorted(shares, chance.random(count), side="right")


def _around(quarters: Ints, chance: np.random.Generator) -> tuple[Floats, Floats]:
    table = np.array(list(QUARTERS.values()))[quarters]
    lat = table[:, 0] + _bell(len(quarters), chance) * table[:, 3] * KM_LAT
    lon = table[:, 1] + _bell(len(quarters), chance) * table[:, 3] * KM_LON
    return np.round(lat, 6), np.round(lon, 6)


def _near(
    home_lat: Floats, home_lon: Floats, lat: Floats, lon: Floats, popularity: Floats, chance: np.random.Generator
) -> Ints:
    """The places that a person goes to, the nearest first: known ones near home, of many that might have been."""
    drawn = np.searchsorted(popularity, chance.random((len(home_lat), 5 * FAVOURITES)), side="right")
    north, east = (lat[drawn] - home_lat[:, None]) / KM_LAT, (lon[drawn] - home_lon[:, None]) / KM_LON
    order = np.argsort(north * north + east * east, axis=1, kind="stable")
    return np.take_along_axis(drawn, order, axis=1)[:, : 2 * FAVOURITES]


def _trips(people: int, days: int, chance: np.random.Generator) -> Ints:
    """One journey for every third person, of two to six days; the others leave on no day."""
    where, when, length, goes = chance.random((4, people))
    first = np.floor(when * days).astype(np.int64)
    back = np.where(goes < 1 / 3, first + 2 + np.floor(length * 5).astype(np.int64), first)
    return np.stack([np.floor(where * len(TRIPS)).astype(np.int64), first, back], axis=1)
