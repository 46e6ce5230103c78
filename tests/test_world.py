import pytest

from geo.world import PACKAGE, SOURCE, Packaged, World, world


def city(number, name, country, lat, lon, population, *also, state=""):
    return {
        "geonameid": number,
        "name": name,
        "countrycode": country,
        "latitude": lat,
        "longitude": lon,
        "population": population,
        "admin1code": state,
        "alternatenames": list(also),
    }


CITIES = [
    city(1, "Venice", "US", 27.1, -82.45, 22_000, state="FL"),
    city(2, "Venice", "IT", 45.44, 12.33, 51_000, "Venezia", "Venecia", "VCE"),
    city(3, "Osaka", "JP", 34.69, 135.5, 2_700_000),
    city(4, "Police", "PL", 53.55, 14.57, 34_000),
    city(5, "Reading", "GB", 51.45, -0.97, 244_000),
]
COUNTRIES = {code: {"name": name} for code, name in {"IT": "Italy", "JP": "Japan", "PL": "Poland"}.items()}
COUNTRIES |= {"US": {"name": "United States"}, "GB": {"name": "United Kingdom"}}


@pytest.fixture
def few():
    return World(
        lambda: Packaged({str(n): one for n, one in enumerate(CITIES)}, COUNTRIES, {"FL": {"name": "Florida"}})
    )


def names(found):
    return [location.address for location in found or []]


def test_all_cities_of_a_name_are_given_the_largest_first(few):
    assert names(few.geocode("venice", exactly_one=False)) == ["Venice, Italy", "Venice, Florida, United States"]


def test_of_several_of_one_name_none_is_taken(few):
    assert few.geocode("Venice") is None


def test_a_city_that_is_known_everywhere_is_taken(few):
    assert few.geocode("Osaka").address == "Osaka, Japan"


def test_a_small_one_may_be_meant_as_a_word_and_is_not_taken(few):
    assert few.geocode("Police") is None
    assert names(few.geocode("Police", exactly_one=False)) == ["Police, Poland"]


@pytest.mark.parametrize(
    ("toponym", "found"),
    [
        ("Venice, Italy", "Venice, Italy"),
        ("Venezia, Italia", "Venice, Italy"),
        ("venice, italy", "Venice, Italy"),
        ("Venice, IT", "Venice, Italy"),
        ("Venice, FL", "Venice, Florida, United States"),
        ("Venice, FL 34285", "Venice, Florida, United States"),
        ("Venice, Florida, USA", "Venice, Florida, United States"),
        ("Reading, England", "Reading, United Kingdom"),
    ],
)
def test_a_country_or_a_state_says_which(few, toponym, found):
    assert few.geocode(toponym).address == found


@pytest.mark.parametrize("toponym", ["Venice, Japan", "Venice, it", "Venice, ", "VCE", "", ",", "Atlantis"])
def test_what_is_no_city_of_that_country_is_none(few, toponym):
    assert few.geocode(toponym) is None


def test_a_name_in_another_language_is_known(few):
    assert names(few.geocode("Venecia", exactly_one=False)) == ["Venice, Italy"]


def test_a_city_comes_with_its_source_and_a_radius_that_grows_with_its_people(few):
    venice, osaka = few.geocode("Venice, Italy").raw, few.geocode("Osaka").raw
    assert venice["source"] == SOURCE
    assert (venice["lat"], venice["lon"], venice["precision"]) == (45.44, 12.33, "district")
    assert 2_000 <= venice["radius_m"] < osaka["radius_m"] <= 40_000


def test_a_misspelt_city_is_suggested_and_not_taken(few):
    assert few.geocode("Ossaka") is None
    assert [name for name, _ in few.suggest("Ossaka")] == ["Osaka"]
    assert few.suggest("") == []


def test_the_package_is_read_when_somebody_asks_and_only_then():
    assert World(lambda: pytest.fail("nobody asked")) is not None


def test_the_world_is_there_where_its_package_is():
    pytest.importorskip(PACKAGE)
    everywhere = world()
    assert everywhere.geocode("Venice") is None
    assert everywhere.geocode("Venice, Italy").latitude == pytest.approx(45.44, abs=0.05)
