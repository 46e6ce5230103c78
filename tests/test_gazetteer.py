"""Toponyms in our own tables: what is one name, what is not, and what is said about the place."""

import math

import pandas as pd
import pytest
from geopy.geocoders.base import Geocoder
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import LOS_ANGELES, Gazetteer, normalise
from geo.roads import Point, metres
from geo.story import find_story, read_story
from geo.tables import PLACES, read_table
from geo.toponyms import spellings, without_city
from tests.bench import geocoding


def table(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(PLACES.names, "") | {"lat": 1.0, "lon": 2.0} | row for row in rows])


def gazetteer(*rows: dict) -> Gazetteer:
    return Gazetteer(table(*rows))


@pytest.fixture(scope="module")
def los_angeles() -> Gazetteer:
    return Gazetteer.los_angeles()


# --- Spelling ---


@given(st.text(max_size=60))
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


WORDS = st.sampled_from(["the", "i", "10", "110", "freeway", "fwy", "interstate", "st", "dr", "and", "at", "I-5", "&"])


@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_normalising_twice_is_normalising_once_where_words_are_rewritten(text):
    assert normalise(normalise(text)) == normalise(text)


NAMES = st.sampled_from(["Flower", "Venice", "La Brea", "5th", "Século", "Abbot Kinney"])
KINDS = [
    ("St", "Street"),
    ("Blvd.", "Boulevard"),
    ("Ave", "Avenue"),
    ("Fwy", "Freeway"),
    ("Dr", "Drive"),
    ("Rd", "Road"),
    ("Hwy", "Highway"),
]


@given(NAMES, st.sampled_from(KINDS))
def test_a_street_is_one_name_short_or_in_full(name, kind):
    short, full = kind
    assert normalise(f"{name} {short}") == normalise(f"{name} {full}")


@given(st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=20))
def test_case_accents_and_blanks_do_not_count(name):
    assert normalise(f"  {name.upper()}\t") == normalise(name.upper())
    assert normalise(f"x {name}e\u0301") == normalise(f"X  {name}E")


@given(st.integers(1, 999))
def test_an_interstate_is_one_name_in_every_usual_form(number):
    forms = ["I-{}", "I {}", "I{}", "Interstate {}", "the {}", "The {} Freeway", "{} Fwy", "I-{} Freeway"]
    assert {normalise(form.format(number)) for form in forms} == {f"freeway {number}"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("444 S. Flower St", "444 South Flower Street"),
        ("Fifth & Flower", "5th and Flower"),
        ("the airport", "Airport"),
        ("Johnie’s Broiler", "Johnies broiler"),
        ("St Mary Medical Center", "Saint Mary Medical Center"),
        ("Dr. Bob", "Doctor Bob"),
        ("Ｌｏｎｇ Beach", "long beach"),
        ("Downtown L.A.", "downtown LA"),
        ("PCH", "Pacific Coast Hwy"),
        ("Los Angeles Int'l Airport", "Los Angeles International Airport"),
        ("Chinese Theatre", "Chinese Theater"),
        ("SW Corner", "Southwest corner"),
        ("\u200fVen\u200dice\u200e", "Venice"),
    ],
)
def test_two_spellings_of_one_name(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I-10", "I-110"),
        ("US-101", "I-101"),
        ("N Broadway", "S Broadway"),
        ("9101 Wilshire", "9011 Wilshire"),
        ("か", "が"),
        ("कि", "का"),
        ("The", ""),
        ("Flower St", "Flower Ave"),
    ],
)
def test_two_names(one, other):
    assert normalise(one) != normalise(other)


# --- Matching ---


def test_a_name_in_another_spelling_is_found():
    found = gazetteer({"id": "a", "name": "12 Main Street"}).geocode("12 main st.")
    assert (found.raw["id"], found.raw["matched"], found.raw["how"]) == ("a", "12 Main Street", "name")


def test_an_alias_is_found_and_called_so():
    found = gazetteer({"id": "a", "name": "Bank", "aliases": "the vault; First Federal"}).geocode("1st federal")
    assert (found.address, found.raw["matched"], found.raw["how"]) == ("Bank", "First Federal", "alias")


def test_a_match_says_what_the_table_says():
    row = {"id": "a", "name": "Bank", "lat": 0.0, "lon": -0.5, "radius_m": 60.0}
    words = {"precision": "exact", "basis": "stated", "source": "a book"}
    found = gazetteer(row | words).geocode("bank")
    assert (found.latitude, found.longitude) == (0.0, -0.5)
    assert found.raw == row | words | {"matched": "Bank", "how": "name"}


@pytest.mark.parametrize("query", ["", " ", "!?", "the", "\u200b", "x" * 100_000])
def test_what_is_no_name_is_not_found(query):
    places = gazetteer({"id": "a", "name": "!?", "aliases": ";;"}, {"id": "b", "name": "Bank"})
    assert places.geocode(query) is None
    assert places.geocode(query, exactly_one=False) is None


def test_an_empty_gazetteer_knows_nothing():
    empty = Gazetteer(table({"id": "a", "name": "Bank"}).head(0))
    assert empty.geocode("Bank") is None
    assert empty.suggest("Bank") == []


def test_a_place_without_a_coordinate_is_not_known():
    places = gazetteer({"id": "a", "name": "Depot", "lat": math.nan}, {"id": "b", "name": "Lot", "lon": math.nan})
    assert places.geocode("Depot") is None
    assert places.geocode("Lot") is None
    assert places.suggest("Depot") == []


def test_zero_is_a_coordinate():
    assert gazetteer({"id": "a", "name": "Null Island", "lat": 0.0, "lon": 0.0}).geocode("null island") is not None


TWO_DINERS = (
    {"id": "a", "name": "Truck stop", "aliases": "the diner", "lat": 1.0},
    {"id": "b", "name": "Big Boy", "aliases": "The Diner", "lat": 3.0},
)


def test_two_places_of_one_name_are_no_match():
    assert gazetteer(*TWO_DINERS).geocode("the diner") is None


def test_two_places_of_one_name_are_candidates_in_the_order_of_the_table():
    found = gazetteer(*TWO_DINERS).geocode("the diner", exactly_one=False)
    assert [place.address for place in found] == ["Truck stop", "Big Boy"]


def test_two_places_of_one_name_are_suggested_by_names_of_their_own():
    assert gazetteer(*TWO_DINERS).suggest("the diner") == [("Truck stop", 100.0), ("Big Boy", 100.0)]


def test_two_rows_for_one_point_are_one_place():
    places = gazetteer({"id": "a", "name": "Bank"}, {"id": "b", "name": "Office", "aliases": "bank"})
    assert places.geocode("bank").raw["id"] == "a"


def test_a_name_that_is_its_own_alias_is_one_place():
    assert (
        len(gazetteer({"id": "a", "name": "Bank", "aliases": "bank;The Bank"}).geocode("bank", exactly_one=False)) == 1
    )


def test_a_name_may_be_written_in_spanish():
    station = gazetteer({"id": "a", "name": "Pico station"})
    assert station.geocode("la estación Pico").raw["id"] == "a"
    assert station.geocode("estación de Pico").raw["id"] == "a"


def test_a_name_with_a_spanish_article_of_its_own_is_itself_first():
    places = gazetteer({"id": "a", "name": "Brea"}, {"id": "b", "name": "La Brea", "lat": 3.0})
    assert places.geocode("La Brea").raw["id"] == "b"


def test_a_street_is_also_called_without_its_direction():
    assert spellings("W Pico Blvd", street=True) == ("W Pico Blvd", "Pico Blvd")
    assert spellings("W Pico Blvd") == ("W Pico Blvd",)


@pytest.mark.parametrize(
    "city", ["Los Angeles", "L.A.", "LA, CA", "Los Angeles, California 90015", "CA", "Los Ángeles, CA, USA"]
)
def test_the_city_after_a_comma_does_not_count(los_angeles, city):
    assert without_city(f"Pico station, {city}") == "Pico station"
    assert los_angeles.geocode(f"Pico station, {city}").raw["id"] == "pico_station"


@pytest.mark.parametrize(
    "toponym", ["Venice, Italy", "Pasadena, Texas", "Fresno, Los Angeles", "LAX, Mexico", "Brentwood, CA 94513", ", CA"]
)
def test_another_city_after_a_comma_is_another_place(los_angeles, toponym):
    assert los_angeles.geocode(toponym) is None


def test_a_town_after_a_comma_must_hold_the_place(los_angeles):
    assert los_angeles.geocode("Compton station, Compton, CA").raw["id"] == "compton_station"
    assert los_angeles.geocode("Compton station, Burbank") is None


def test_a_story_elsewhere_has_no_places_in_los_angeles():
    assert gazetteer({"id": "a", "name": "Bank"}).geocode("Bank, Los Angeles") is None


# --- Near misses ---


@given(st.integers(0, 16), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_a_letter_too_many_is_no_match_but_a_suggestion(place, letter):
    los_angeles, name = Gazetteer.los_angeles(), "Firestone station"
    missed = name[:place] + letter + name[place:]
    assert los_angeles.geocode(missed) is None
    best, score = los_angeles.suggest(missed)[0]
    assert best == name
    assert 70 <= score < 100


def test_suggestions_have_falling_scores_between_0_and_100(los_angeles):
    scores = [score for _, score in los_angeles.suggest("Firestone", limit=50)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_no_more_is_suggested_than_asked_for(los_angeles):
    assert [len(los_angeles.suggest("Pico station", limit)) for limit in (0, 1, 3)] == [0, 1, 3]


def test_nothing_is_suggested_for_what_is_spelled_like_nothing(los_angeles):
    assert los_angeles.suggest("qqzzxx") == []
    assert los_angeles.suggest("") == []


def test_a_place_is_suggested_once_however_many_of_its_names_are_near():
    places = gazetteer({"id": "a", "name": "Main Station", "aliases": "Main Stations;Main Stationn"})
    assert [name for name, _ in places.suggest("Main Statio")] == ["Main Station"]


def test_suggestions_for_a_very_long_text_are_still_given(los_angeles):
    assert isinstance(los_angeles.suggest("station " * 20_000), list)


# --- A geocoder like every other of geopy ---


def test_a_gazetteer_is_a_geocoder_of_geopy(los_angeles):
    assert isinstance(los_angeles, Geocoder)
    with los_angeles as geocoder:
        assert geocoder.geocode("Firestone station", timeout=1).address == "Firestone station"


def test_a_gazetteer_has_nothing_to_send_requests_with(los_angeles):
    with pytest.raises(NotImplementedError):
        los_angeles._call_geocoder("http://127.0.0.1:1/", callback=dict)
    with pytest.raises(NotImplementedError):
        los_angeles._call_geocoder("http://127.0.0.1:1/", callback=dict, is_json=False)


# --- The built-in story and Los Angeles ---


@pytest.mark.parametrize("toponym", ["the bank downtown", "Far East National Bank", "The bank"])
def test_the_story_knows_its_bank(toponym):
    found = Gazetteer.from_story(read_story(find_story("heat"))).geocode(toponym)
    assert found.raw["id"] == "bank"


def test_what_the_story_does_not_place_is_not_found():
    assert Gazetteer.from_story(read_story(find_story("heat"))).geocode("Parking garage") is None


@pytest.mark.parametrize(
    ("toponym", "lat", "lon", "within_m"),
    [
        ("Firestone station", 33.9596, -118.2432, 60),
        ("Firestone Blue Line station", 33.9596, -118.2432, 60),
        ("the airport", 33.9425, -118.408, 100),
        ("LAX", 33.9425, -118.408, 100),
        ("444 S Flower St", 34.0516, -118.2551, 60),
        ("Fifth & Flower", 34.0513, -118.2564, 120),
        ("I-10/I-110 interchange", 34.0383, -118.274, 60),
        ("Venice Blvd and Fairfax Ave", 34.0399, -118.3697, 60),
        ("Downtown LA", 34.045, -118.25, 500),
        ("Port of Los Angeles", 33.735, -118.265, 500),
        ("Fresno, California", 36.7477, -119.7724, 500),
    ],
)
def test_los_angeles_knows(los_angeles, toponym, lat, lon, within_m):
    found = los_angeles.geocode(toponym)
    assert metres(Point(found.latitude, found.longitude), Point(lat, lon)) <= within_m


def test_the_table_of_los_angeles_has_no_fault():
    read = read_table(LOS_ANGELES, PLACES, LOS_ANGELES.name)
    assert read.faults == []
    assert read.frame["id"].is_unique


def test_every_row_of_los_angeles_says_where_it_is_how_large_and_how_that_is_known():
    rows = read_table(LOS_ANGELES, PLACES, LOS_ANGELES.name).frame
    assert (rows[["name", "kind", "basis", "source"]] != "").all(axis=None)
    assert rows[["lat", "lon", "radius_m"]].notna().all(axis=None)
    assert (rows["radius_m"] > 0).all()


def test_every_name_and_alias_of_los_angeles_means_one_place(los_angeles):
    rows = read_table(LOS_ANGELES, PLACES, LOS_ANGELES.name).frame
    for row in rows.itertuples():
        for name in (row.name, *filter(None, row.aliases.split(";"))):
            found = los_angeles.geocode(name)
            assert found is not None, name
            assert found.raw["id"] == row.id, name


@pytest.mark.parametrize(("toponym", "precision"), [("LAX", "district"), ("Firestone station", "exact")])
def test_how_precise_a_place_of_los_angeles_is_follows_from_its_kind(los_angeles, toponym, precision):
    assert los_angeles.geocode(toponym).raw["precision"] == precision


# --- A list of toponyms made without the table ---


@pytest.fixture(scope="module")
def judged():
    return geocoding.verdicts()


def test_the_list_holds_enough_of_both_kinds():
    rows = geocoding.rows()
    assert len({row.toponym for row in rows}) == len(rows)
    assert sum(row.kind not in (geocoding.SAME, geocoding.REFUSE) for row in rows) >= 150
    assert sum(row.kind == geocoding.REFUSE for row in rows) >= 30


def test_no_toponym_of_the_list_has_a_wrong_answer(judged):
    assert [(row.toponym, answer.answer) for row, answer, said in judged if said in ("wrong", "too wide")] == []


def test_nine_toponyms_of_ten_are_found(judged):
    known = [said for row, _, said in judged if row.kind not in (geocoding.SAME, geocoding.REFUSE)]
    assert known.count("inside") / len(known) >= 0.9
