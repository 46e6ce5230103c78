import math

import pytest
from geopy.distance import great_circle
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.doubts import KINDS, MOST_OF_A_KIND, doubts
from geo.story import bundled, read_story
from tests import stories

PLACES = "id,name,lat,lon,radius_m\nnorth,North,54,10,1000\nsouth,South,53,10,1000\nfog,Fog,,,\n"
KM = great_circle((54, 10), (53, 10)).km - 2  # from rim to rim


def doubted(path, rows, header="id,title,start,end,place,people,ends", places=PLACES, toml=stories.TOML, **more):
    events = "\n".join([header, *rows, ""])
    found = doubts(read_story(stories.folder(path, events=events, places=places, toml=toml)), **more)
    return [doubt for doubt in found if not doubt.kind.endswith("unused")]


def trip(path, start, arrival, **more):
    return doubted(path, [f"e1,Off,{start},,north,ann,", f"e2,There,{arrival},,south,ann,"], **more)


def test_journey_that_is_too_fast_is_doubted_with_the_speed_it_would_have_taken(tmp_path):
    (doubt,) = trip(tmp_path, "D1T10:00", "D1T10:30")
    assert (doubt.kind, doubt.events, doubt.people, doubt.row) == ("journey", ("e1", "e2"), ("ann",), 3)
    assert doubt.speed_kmh == pytest.approx(KM * 2)
    assert str(doubt) == (
        "events.csv row 3: Ann Lee goes from North to South, 109.2 km at least, in at most 30 min, at 218 km/h "
        "(since row 2, 'e1'); more than 120 km/h is doubted"
    )


def test_journey_is_measured_from_rim_to_rim(tmp_path):
    assert trip(tmp_path / "a", "D1T10:00", "D1T11:00", speed_kmh=KM - 0.1)
    assert not trip(tmp_path / "b", "D1T10:00", "D1T11:00", speed_kmh=KM + 0.1)


def test_journey_has_the_longest_time_that_the_windows_allow(tmp_path):
    assert not trip(tmp_path / "a", "D1", "D1T23:00")
    assert not trip(tmp_path / "b", "D1T22:30", "D2")
    assert trip(tmp_path / "c", "D1T23:30", "D1")


def test_author_can_set_the_speed(tmp_path):
    toml = stories.TOML + "\n[checks]\nspeed_kmh = 900\n"
    assert not trip(tmp_path / "a", "D1T10:00", "D1T10:30", toml=toml)
    assert trip(tmp_path / "b", "D1T10:00", "D1T10:30", toml=toml, speed_kmh=50)


def test_journey_begins_at_the_end_of_an_event_that_has_one(tmp_path):
    rows = ["e1,Long,D1T10:00,{},north,ann,", "e2,There,D1T12:00,,south,ann,"]
    assert doubted(tmp_path / "a", [row.format("D1T11:45") for row in rows])[0].kind == "journey"
    assert not doubted(tmp_path / "b", [row.format("D1") for row in rows])


def test_journey_in_no_time_at_all_is_infinitely_fast(tmp_path):
    (doubt,) = doubted(tmp_path, ["e1,A,D1T10:00/D1T12:00,D1T12:00,north,ann,", "e2,B,D1T12:00,,south,ann,"])
    assert (doubt.kind, doubt.speed_kmh) == ("journey", math.inf)
    assert "in no time at all" in str(doubt)


def test_event_at_an_unknown_place_is_passed_over(tmp_path):
    rows = ["e1,A,D1T10:00,,north,ann,", "e2,B,D1T10:10,,fog,ann,", "e3,C,D1T10:20,,south,ann,"]
    (doubt,) = doubted(tmp_path, rows)
    assert doubt.events == ("e1", "e3")


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ("D1T10:00,", "D1T10:00,", ["two_places"]),
        ("D1T10:00,D1T20:00", "D1T12:00,", ["two_places"]),
        ("D1T10:00,D1T20:00", "D1T12:00,D1T13:00", ["two_places"]),
        ("D1T10:00,D1T12:00", "D1T14:00,", []),
        ("D1T10:00,D1", "D1T14:00,", []),
        ("D1,", "D1,", []),
    ],
)
def test_one_person_in_two_places_at_once(tmp_path, first, second, kinds):
    rows = [f"e1,A,{first},north,ann,", f"e2,B,{second},south,ann,"]
    assert [doubt.kind for doubt in doubted(tmp_path, rows)] == kinds


def test_long_event_is_compared_with_all_that_happen_meanwhile(tmp_path):
    rows = ["e1,A,D1T10:00,D1T20:00,north,ann,"]
    rows += [
        f"e{n},B,D1T1{n}:00,,{place},ann," for n, place in ((2, "north"), (3, "south"), (4, "north"), (5, "south"))
    ]
    two = [doubt.events for doubt in doubted(tmp_path, rows) if doubt.kind == "two_places"]
    assert two == [("e1", "e3"), ("e1", "e5")]


def test_places_whose_rims_touch_are_one(tmp_path):
    places = "id,name,lat,lon,radius_m\nnorth,North,53.01,10,600\nsouth,South,53,10,600\n"
    assert not trip(tmp_path, "D1T10:00", "D1T10:00", places=places)


def test_person_seen_after_the_end_is_doubted_once(tmp_path):
    rows = ["e1,End,D1,,north,ann;bo,ann", "e2,B,D3,,north,ann,", "e3,C,D4,,north,ann;bo,"]
    (doubt,) = doubted(tmp_path, rows)
    assert (doubt.kind, doubt.events, doubt.people) == ("after_the_end", ("e1", "e2", "e3"), ("ann",))
    assert str(doubt).startswith(
        "events.csv row 3: Ann Lee is present at 'e2', and at 1 more, after the end of their story in row 2 ('e1')"
    )


def test_call_about_a_dead_man_is_no_doubt(tmp_path):
    header = "id,title,start,people,remote,ends"
    assert not doubted(tmp_path, ["e1,End,D1,ann,,ann", "e2,Talk,D2,bo,ann,"], header)


def test_place_and_person_never_used_are_doubted(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title,place,people,remote\ne1,One,cafe,ann,bo\n"))
    assert [(doubt.kind, doubt.file, doubt.row) for doubt in doubts(story)] == [
        ("place_unused", "places.csv", 3),
        ("place_unused", "places.csv", 4),
        ("person_unused", "people.csv", 4),
    ]


@pytest.mark.parametrize("name", bundled())
def test_nobody_in_a_built_in_story_does_the_impossible(name):
    assert {doubt.kind for doubt in doubts(read_story(bundled()[name]))} <= {"place_unused"}


def test_story_full_of_doubts_names_the_first_of_each_kind(tmp_path):
    rows = [f"e{n},X,D{n}T10:0{n % 2},,{'north' if n % 2 else 'south'},ann," for n in range(600)]
    rows = [row.replace(f"D{n}T", f"D{n // 2}T") for n, row in enumerate(rows)]
    found = doubted(tmp_path, rows)
    assert len(found) == MOST_OF_A_KIND
    assert found[0].events == ("e0", "e1")


texts = st.sampled_from(["", "D1", "D1T10:00", "D1T10:20", "D2T09:00", "D2 morning", "D1/D3"])
rows = st.lists(
    st.tuples(texts, texts, st.sampled_from(["north", "south", "fog", ""]), st.sampled_from(["ann", "ann;bo", "bo"])),
    max_size=8,
)


@settings(max_examples=25)
@given(rows, st.floats(1, 2000), st.floats(1, 2000))
def test_a_higher_speed_never_doubts_more(tmp_path_factory, cells, slow, fast):
    lines = [f"e{n},T,{start},{end},{place},{people}," for n, (start, end, place, people) in enumerate(cells)]
    lines = lines or ["e0,T,,,,,"]
    slow, fast = sorted((slow, fast))
    path = tmp_path_factory.mktemp("s")
    assert set(doubted(path, lines, speed_kmh=fast)) <= {
        doubt._replace(remedy=f"more than {fast:,g} km/h is doubted") if doubt.kind == "journey" else doubt
        for doubt in doubted(path, lines, speed_kmh=slow)
    }


def test_kinds_are_the_ones_documented():
    assert all(f"*{kind}*" in (doubts.__doc__ or "") for kind in KINDS)
