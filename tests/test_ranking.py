import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.candidates import Candidate
from geo.ranking import KINDS, coarser, ranked, wanted


def place(name="There", lat=0.0, *, kind="", importance=0.0):
    return Candidate(name, lat, 0.0, 50.0, "exact", kind, importance)


def everywhere(_):
    return True


@pytest.mark.parametrize(
    ("toponym", "kind"),
    [
        ("1234 Wilshire Blvd", "site"),
        ("Hauptstraße 7", "site"),
        ("Calle Mayor 12", "site"),
        ("Union Station", "site"),
        ("estación Pico", "site"),
        ("corner of 5th and Main", "site"),
        ("W 5th St and S Main St", "site"),
        ("Main Street", "street"),
        ("Venice Blvd, Los Angeles", "street"),
        ("Rue de Rivoli", "street"),
        ("Via Roma", "street"),
        ("Highway 1", "street"),
        ("Interstate 10", "street"),
        ("Venice", ""),
        ("Santa Monica house", ""),
        ("Street", "street"),
        ("", ""),
        ("…", ""),
    ],
)
def test_words_of_a_toponym_tell_what_kind_of_place_is_asked_for(toponym, kind):
    assert wanted(toponym) == kind


@given(st.text(max_size=60))
def test_any_text_asks_for_something_or_nothing(text):
    assert wanted(text) in ("", "site", "street")


def test_a_city_is_coarser_than_a_street_and_a_street_than_a_house():
    assert coarser("city", "street")
    assert coarser("street", "site")
    assert not coarser("site", "street")
    assert not coarser("street", "street")


@pytest.mark.parametrize("kind", [*KINDS, ""])
def test_where_a_kind_is_not_known_nothing_is_coarser(kind):
    assert not coarser(kind, "")
    assert not coarser("", "site")


def test_inside_the_study_area_comes_first():
    far, near = place(lat=80.0, kind="site", importance=1.0), place(lat=10.0, kind="city")
    assert ranked([far, near], "Union Station", lambda one: one.lat < 50) == [near, far]


def test_then_what_is_not_coarser_than_asked():
    city, street = place(kind="city", importance=0.9), place(kind="street", importance=0.1)
    assert ranked([city, street], "Main Street", everywhere) == [street, city]


def test_where_no_kind_is_asked_for_an_important_city_comes_before_a_small_shop():
    shop, city = place("Pasadena", kind="site", importance=0.1), place("Pasadena", kind="city", importance=0.6)
    assert ranked([shop, city], "Pasadena", everywhere) == [city, shop]


def test_then_the_important_one():
    small, large = place(importance=0.2), place(importance=0.7)
    assert ranked([small, large], "There", everywhere) == [large, small]


def test_then_the_one_spelled_alike():
    other, same = place("Venedig"), place("Venice, Italy")
    assert ranked([other, same], "Venice", everywhere) == [same, other]


@given(st.lists(st.builds(place, kind=st.sampled_from([*KINDS, ""]), importance=st.floats(0, 1)), max_size=6))
def test_ranking_loses_nothing_and_is_the_same_twice(places):
    once = ranked(places, "Main Street", everywhere)
    assert sorted(once) == sorted(places)
    assert ranked(once, "Main Street", everywhere) == once
