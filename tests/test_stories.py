"""The stories that come with Caseboard: whole, without a fault, and honest about what nobody knows."""

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from geo.join import located_events
from geo.story import Story, bundled, read_story

FILM_ONLY = ["film_marine_redondo", "hospital"]


@pytest.fixture(scope="module", params=sorted(bundled()))
def story(request) -> Story:
    return read_story(bundled()[request.param])


@pytest.fixture(scope="module")
def heat() -> Story:
    return read_story(bundled()["heat"])


def event(story: Story, id: str) -> pd.Series:
    return story.events.set_index("id").loc[id]


# --- Every story that is bundled ---


def test_a_bundled_story_has_no_fault(story):
    assert story.faults == ()
    assert story.rows == len(story.events)


def test_every_id_stands_once(story):
    for table in (story.events, story.places, story.people):
        assert table["id"].is_unique


def test_every_event_has_its_own_title_and_summary_and_says_how_its_time_is_known(story):
    for column in ("title", "summary"):
        assert story.events[column].str.strip().ne("").all()
        assert story.events[column].is_unique
    assert story.events["source"].str.strip().ne("").all()


def test_what_an_event_names_is_in_the_tables(story):
    people, places = set(story.people["id"]), set(story.places["id"])
    for row in story.events.itertuples():
        assert {*row.people, *row.remote} <= people
        assert row.place == "" or row.place in places


def test_nobody_is_at_an_event_and_elsewhere(story):
    assert not [row.id for row in story.events.itertuples() if {*row.people} & {*row.remote}]


def test_the_telling_order_is_a_permutation(story):
    assert sorted(story.events["told"]) == list(range(1, len(story.events) + 1))


def test_every_instant_lies_within_what_is_known_of_it(story):
    events = story.events
    assert (events["earliest"] <= events["at"]).all()
    assert (events["at"] <= events["latest"]).all()
    assert np.isfinite(events[["earliest", "at", "latest"]].to_numpy()).all()


def test_events_stand_in_the_order_in_which_they_happened(story):
    assert story.events["at"].is_monotonic_increasing


def test_a_known_place_has_a_radius_a_basis_and_a_source(story):
    known = story.places.dropna(subset=["lat", "lon"])
    assert (known["radius_m"] > 0).all()
    assert known[["basis", "source"]].ne("").all(axis=None)
    assert known["precision"].isin(["exact", "street", "district", "inferred"]).all()


def test_an_unknown_place_has_no_coordinate_and_no_query(story):
    unknown = story.places[story.places["precision"] == "unknown"]
    assert unknown[["lat", "lon", "radius_m"]].isna().all(axis=None)
    assert (unknown["query"] == "").all()


def test_only_what_is_not_inferred_has_a_query_to_derive_it_from(story):
    inferred_alone = (story.places["precision"] == "inferred") & (story.places["basis"] == "inferred")
    assert (story.places.loc[inferred_alone, "query"] == "").all()


def test_every_person_belongs_to_a_group_that_is_described(story):
    assert set(story.people["group"]) <= {group.id for group in story.meta.groups}


# --- Heat ---


def test_heat_is_whole(heat):
    assert (len(heat.events), len(heat.places), len(heat.people)) == (79, 56, 44)


def test_nineteen_events_have_no_place_on_the_map(heat):
    located = located_events(heat)
    assert (len(located.events), len(located.unplaced)) == (60, 19)


def test_eighteen_places_are_unknown(heat):
    assert (heat.places["precision"] == "unknown").sum() == 18
    assert heat.places["lat"].isna().sum() == 18


def test_six_people_are_the_crew_and_the_crew_comes_first(heat):
    assert heat.meta.groups[0].id == "crew"
    crew = heat.people.loc[heat.people["group"] == "crew", "id"]
    assert list(crew) == ["neil", "chris", "trejo", "waingro", "michael", "breedan"]


def test_only_two_clock_times_are_exact(heat):
    exact = heat.events[heat.events["precision"] == "exact"]
    assert dict(zip(exact["id"], exact["start"], strict=True)) == {"e29": "D3T02:00", "e53": "D8T11:30"}


def test_the_board_opens_at_the_bank_at_half_past_eleven(heat):
    opening = event(heat, heat.meta.opening)
    assert (opening["place"], opening["when"]) == ("bank", "Day 8, 11:30")


def test_days_6_to_8_are_assumed(heat):
    assert tuple(heat.meta.assumed) == ("D6", "D7", "D8")


def test_every_day_of_heat_is_said_even_where_only_the_order_is_known(heat):
    assert heat.events["start"].str.fullmatch(r"D-?\d+(T\d\d:\d\d| [a-z]+)?").all()


def test_the_part_of_the_day_is_left_open_where_the_story_leaves_it_open(heat):
    open_ = ["e18", "e24", "e44", "e48", "e51", "e69", "e70", "e71"]
    assert [event(heat, id)["start"] for id in open_] == ["D1", "D2", "D7", "D8", "D8", "D8", "D8", "D8"]


def test_koreatown_happens_before_the_calls_and_is_told_after_them(heat):
    club, call = event(heat, "e29"), event(heat, "e25")
    assert club["at"] < call["at"]
    assert club["told"] > call["told"]


def test_the_thefts_are_told_late_and_happened_first(heat):
    assert list(heat.events["id"][:3]) == ["e19", "e20", "e01"]
    assert event(heat, "e19")["told"] == 19


def test_the_hospital_of_the_story_wins_over_that_of_the_film(heat):
    assert event(heat, "e02")["place"] == "hospital_story"
    assert heat.places.set_index("id").loc["hospital_story", "radius_m"] == 2000


@pytest.mark.parametrize("place", FILM_ONLY)
def test_nothing_happens_at_a_place_that_only_the_film_used(heat, place):
    assert place not in set(heat.events["place"])
    assert "no event happens here" in heat.places.set_index("id").loc[place, "note"]


def test_hanna_meets_richard_at_the_club_and_neil_does_not(heat):
    club = event(heat, "e29")
    assert club["people"] == ("hanna", "torena_r")
    assert "neil" in club["remote"]


def test_neil_is_at_most_events(heat):
    present = Counter(person for people in heat.events["people"] for person in people)
    assert present.most_common(1) == [("neil", 53)]


def test_every_person_with_a_name_of_heat_is_in_some_event(heat):
    named = {id for id in heat.people["id"] if not id.startswith("u_")}
    there = {person for row in heat.events.itertuples() for person in (*row.people, *row.remote)}
    assert len(named) == 24
    assert named <= there


def test_about_names_every_assumed_day(heat):
    said = " ".join(heat.meta.assumptions)
    assert re.search(r"Days 6, 7 and 8 .* assumed", said)
    for doubt in ("Koreatown", "truck stop", "safe house", "hospital", "bank's building", "fires first", "Trejo says"):
        assert doubt in said
