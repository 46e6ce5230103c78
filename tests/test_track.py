import math

import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.clock import parse_at
from geo.story import read_story
from geo.track import WHEREABOUTS_COLUMNS, legs, wander_bound_m, whereabouts
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")


def at(text):
    return parse_at(text, "days")


def where(person, text, story=SMALL):
    (row,) = whereabouts(story, at(text), [person]).to_dict("records")
    return row


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
    assert where("cy", "D1T12:00")["status"] == "not_seen_yet"


def test_one_stop_has_no_leg_and_the_columns_all_the_same():
    track = legs(SMALL, "guard")
    assert track[["from_event", "to_event"]].values.tolist() == [["b3", "b4"]]
    assert legs(SMALL, "nobody").columns.tolist() == track.columns.tolist()


def test_everybody_has_one_row_in_the_order_of_people_csv():
    found = whereabouts(SMALL, at("D2"))
    assert found["person"].tolist() == SMALL.people["id"].tolist()
    assert found.columns.tolist() == WHEREABOUTS_COLUMNS
    assert whereabouts(SMALL, at("D2"), ["bo", "ann", "nobody"])["person"].tolist() == ["ann", "bo"]
    assert whereabouts(SMALL, at("D2"), []).empty


def test_nobody_is_anywhere_before_their_first_event():
    found = where("ann", "D1T08:59")
    assert (found["status"], found["event"], found["place"], found["present"]) == ("not_seen_yet", "", "", False)
    assert (found["next_event"], found["next_place"], found["next_at"]) == ("b1", "cafe", at("D1T09:00"))
    assert math.isnan(found["since"])
    assert math.isnan(found["lat"])


def test_person_is_present_at_the_instant_an_event_begins():
    found = where("ann", "D1T09:00")
    assert (found["status"], found["event"], found["place"], found["present"]) == ("at_place", "b1", "cafe", True)
    assert (found["lat"], found["lon"], found["radius_m"], found["since"]) == (53.55, 9.99, 50, 0)


def test_event_ending_at_the_instant_is_over():
    assert where("ann", "D2T23:29")["present"]
    assert not where("ann", "D2T23:30")["present"]


def test_event_without_a_located_place_is_an_unknown_place_and_the_last_known_one_stays():
    found = where("bo", "D4")
    assert (found["status"], found["event"], found["place"]) == ("unknown_place", "b6", "hideout")
    assert (found["known_event"], found["known_place"], found["lat"]) == ("b3", "pier", 53.54)
    assert found["since"] < found["known_since"]


def test_radius_grows_at_walking_pace_from_the_end_of_the_event_up_to_a_bound():
    assert where("ann", "D2T23:00")["radius_m"] == 120
    assert where("ann", "D2T23:36")["radius_m"] == pytest.approx(120 + 500)
    assert where("bo", "D9")["radius_m"] == pytest.approx(120 + wander_bound_m(SMALL))


def test_bound_is_a_tenth_of_the_diagonal_of_the_bounds_or_else_of_the_places_in_use(tmp_path):
    assert wander_bound_m(SMALL) == pytest.approx(geodesic((53.4, 9.5), (53.7, 10.2)).meters / 10, rel=0.01)
    plain = read_story(stories.folder(tmp_path / "a"))
    assert wander_bound_m(plain) == pytest.approx(geodesic((53.54, 9.95), (53.55, 9.99)).meters / 10, rel=0.01)
    nowhere = read_story(stories.folder(tmp_path / "b", events="id,title\ne1,One\n"))
    assert wander_bound_m(nowhere) == 0


LAST = """id,title,start,end,place,people,ends
e1,Last breath,D1T10:00,D1T11:00,cafe,ann;bo,ann
e2,At once,D1T12:00,,pier,bo,bo
e3,Again,D1T13:00,,cafe,ann,
"""


def test_person_is_gone_when_the_event_is_over_and_not_before(tmp_path):
    story = read_story(stories.folder(tmp_path, events=LAST))
    assert [where("ann", text, story)["status"] for text in ("D1T10:59", "D1T11:00")] == ["at_place", "gone"]
    assert [where("bo", text, story)["status"] for text in ("D1T12:00", "D1T12:01")] == ["at_place", "gone"]


def test_who_is_gone_does_not_walk_and_may_be_shown_again(tmp_path):
    story = read_story(stories.folder(tmp_path, events=LAST))
    found = where("ann", "D1T12:59", story)
    assert (found["radius_m"], found["place"], found["next_event"]) == (50, "cafe", "e3")


@settings(max_examples=25)
@given(st.floats(0, 400_000))
def test_last_event_is_never_in_the_future_and_the_next_one_never_in_the_past(t):
    found = whereabouts(SMALL, t)
    assert not (found["since"] < 0).any()
    assert not (found["next_at"] <= t).any()
    assert ((found["status"] == "not_seen_yet") == (found["event"] == "")).all()


@settings(max_examples=15)
@given(st.floats(0, 400_000), st.floats(0, 10_000))
def test_ring_only_grows_while_nobody_is_seen(t, later):
    now, then = whereabouts(SMALL, t), whereabouts(SMALL, t + later)
    same = (now["event"] == then["event"]) & (now["known_event"] != "")
    assert (now["radius_m"][same] <= then["radius_m"][same]).all()
