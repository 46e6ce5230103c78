import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import parse_at
from geo.story import read_story
from geo.track import legs, whereabouts
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")


def at(text):
    return parse_at(text, "days")


def test_leg_goes_from_one_located_event_to_the_next():
    track = legs(SMALL, "ann")
    assert track[["from_event", "to_event"]].values.tolist() == [["b1", "b2"], ["b2", "b3"], ["b3", "b7"]]
    assert track["distance_m"].iloc[0] == 0
    assert track["distance_m"].iloc[1] == pytest.approx(geodesic((53.55, 9.99), (53.54, 9.95)).meters)


def test_leg_lasts_from_the_end_of_one_event_to_the_start_of_the_next():
    leg = legs(SMALL, "ann").iloc[2]
    assert (leg["start"], leg["end"]) == (at("D2T23:30"), SMALL.events["at"].iloc[6])


def test_call_from_elsewhere_is_no_stop():
    assert legs(SMALL, "cy").empty
    assert whereabouts(SMALL, "cy", at("D1T12:00")) is None


def test_one_stop_has_no_leg_and_the_columns_all_the_same():
    track = legs(SMALL, "guard")
    assert track[["from_event", "to_event"]].values.tolist() == [["b3", "b4"]]
    assert legs(SMALL, "nobody").columns.tolist() == track.columns.tolist()


def test_nobody_is_anywhere_before_their_first_event():
    assert whereabouts(SMALL, "ann", at("D1T08:59")) is None


def test_person_is_present_at_the_instant_an_event_begins():
    found = whereabouts(SMALL, "ann", at("D1T09:00"))
    assert (found.event, found.place, found.lat, found.lon, found.present) == ("b1", "cafe", 53.55, 9.99, True)


def test_event_ending_at_the_instant_is_over():
    assert whereabouts(SMALL, "ann", at("D2T23:29")).present
    assert not whereabouts(SMALL, "ann", at("D2T23:30")).present


def test_later_events_without_a_place_are_counted():
    found = whereabouts(SMALL, "bo", at("D4"))
    assert (found.event, found.unplaced) == ("b3", 1)


@given(st.sampled_from(SMALL.people["id"].tolist()), st.floats(100_000, 400_000))
def test_last_known_place_is_never_in_the_future(person, t):
    found = whereabouts(SMALL, person, t)
    assert found is None or found.since <= t
