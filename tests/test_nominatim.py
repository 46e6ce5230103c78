"""What a real Nominatim answers, and what we make of it: the same questions as for the scripted one, nothing scripted.

It knows tests/nominatim/los_angeles.osm and nothing else.
"""

import pytest
from geopy.distance import geodesic

from geo.cache import Cache
from geo.geocoder import Chain
from geo.service import Service
from tests.nominatim import programs
from tests.nominatim.server import nominatim

pytestmark = pytest.mark.nominatim

LOS_ANGELES = (-118.7, 33.6, -117.9, 34.4)
ODD = ["';--", "100 % <b>Firestone</b>", "(Firestone", "%00", "Ñ 北京 🗺", ",", "?&q=Compton", "Firestone " * 29]


class Clock:
    """Only sleeping moves it: the pace between requests is kept in its seconds, not in ours."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture(scope="module")
def server():
    if said := programs.lacking():
        pytest.skip(said)
    with nominatim() as server:
        yield server


@pytest.fixture
def cache(tmp_path):
    with Cache(tmp_path / "geocoding.sqlite", clock=Clock()) as cache:
        yield cache


def service(server, cache, bounds=LOS_ANGELES) -> Service:
    clock = Clock()
    return Service(
        "nominatim", cache=cache, bounds=bounds, settings=server.settings, clock=clock, sleep=clock.sleep, patience=60
    )


def chain(server, cache) -> Chain:
    return Chain({}, service(server, cache), bounds=LOS_ANGELES)


def apart_m(place, lat: float, lon: float) -> float:
    return geodesic((place.lat, place.lon), (lat, lon)).meters


def test_an_answer_has_the_fields_that_are_read(server):
    [found] = server.search("Terminal Island")
    assert (found["class"], found["type"]) == ("place", "island")
    assert 0 < found["importance"] < 1
    south, north, west, east = (float(side) for side in found["boundingbox"])
    assert south < float(found["lat"]) < north
    assert west < float(found["lon"]) < east
    assert found["display_name"].startswith("Terminal Island, ")


def test_a_single_place_is_found_where_the_map_has_it(server, cache):
    [hotel] = service(server, cache).ask("Hilton Los Angeles Airport").candidates
    assert apart_m(hotel, 33.9463, -118.3816) < 1
    assert (hotel.radius_m, hotel.precision) == (30.0, "exact")
    assert hotel.name.startswith("Hilton Los Angeles Airport, 5711, ")


def test_a_house_number_is_found_in_another_spelling_of_its_street(server, cache):
    [house] = service(server, cache).ask("7447 Firestone Blvd, Downey").candidates
    assert apart_m(house, 33.9473, -118.1486) < 1
    assert house.precision == "exact"


def test_a_place_is_found_by_a_name_it_had(server, cache):
    [diner] = service(server, cache).ask("Johnie's Broiler").candidates
    assert diner.name.startswith("Bob's Big Boy Broiler, ")


def test_a_station_has_the_extent_that_nominatim_gives_to_a_point_of_its_kind(server, cache):
    best, *_ = service(server, cache).ask("Firestone").candidates
    assert apart_m(best, 33.959611, -118.243205) < 1
    assert 700 < best.radius_m < 750
    assert best.precision == "street"


def test_a_street_reaches_as_far_as_its_radius(server, cache):
    [street] = service(server, cache).ask("Firestone Boulevard").candidates
    ends = (33.9602, -118.254), (33.9222, -118.0993)
    assert street.radius_m == pytest.approx(geodesic(*ends).meters / 2, rel=0.01)
    assert street.precision == "district"
    assert min(apart_m(street, *end) for end in ends) < street.radius_m * 1.1


def test_an_area_is_found_by_its_short_name_with_all_of_it_in_its_radius(server, cache):
    [airport] = service(server, cache).ask("LAX").candidates
    runway_ends = (33.9491, -118.4311), (33.9399, -118.3798), (33.9337, -118.4191)
    assert max(apart_m(airport, *end) for end in runway_ends) < airport.radius_m < 4_000


def test_two_places_of_one_name_in_the_study_area_are_for_somebody_to_choose(server, cache):
    answer = chain(server, cache).geocode("Bob's Big Boy")
    assert answer.status == "choose"
    assert {round(place.lon, 4) for place in answer.suggestions} == {-118.3462, -118.1486}


def test_two_places_of_one_name_next_to_each_other_are_one(server, cache):
    answer = chain(server, cache).geocode("Firestone")
    assert (answer.status, answer.geocoder) == ("sure", "nominatim")
    assert answer.answer.split(", ")[0] in {"Firestone", "Florence-Firestone"}


def test_the_study_area_decides_between_namesakes(server, cache):
    near, *_ = service(server, cache).ask("Hollywood").candidates
    anywhere, *_ = service(server, cache, bounds=None).ask("Hollywood").candidates
    assert apart_m(near, 34.098, -118.33) < 1
    assert apart_m(anywhere, 26.0112, -80.1495) < 1


def test_a_place_outside_the_study_area_is_offered_not_taken(server, cache):
    answer = chain(server, cache).geocode("Fresno")
    assert answer.status == "choose"
    assert [round(place.lat, 4) for place in answer.suggestions] == [36.7477]
    assert "outside the study area" in answer.why


def test_what_it_does_not_know_is_not_found_and_not_asked_again(server, cache):
    before = len(server.asked())
    asking = chain(server, cache)
    first, second = asking.geocode("Zzyzx Road"), asking.geocode("Zzyzx Road")
    assert (first.status, second.status) == ("not_found", "not_found")
    assert len(server.asked()) == before + 1


def test_an_answer_that_was_kept_is_not_asked_for_again_even_by_another_service(server, cache):
    before = len(server.asked())
    first = service(server, cache).ask("Koreatown")
    assert service(server, cache).ask("KOREATOWN ") == first
    assert len(server.asked()) == before + 1


def test_the_study_area_is_asked_for_and_no_limit(server, cache):
    service(server, cache).ask("Watts")
    asked = server.asked()[-1]
    assert asked["q"] == "Watts"
    assert [float(side) for side in asked["viewbox"].split(",")] == list(LOS_ANGELES)
    assert "bounded" not in asked


@pytest.mark.parametrize("toponym", ODD)
def test_odd_words_are_asked_as_they_are_and_answered(server, cache, toponym):
    answer = chain(server, cache).geocode(toponym)
    assert answer.status in ("sure", "choose", "not_found")
    assert server.asked()[-1]["q"] == " ".join(toponym.split())
