import csv

import pytest

from geo.doubts import doubts
from geo.geocoder import geocode_places, rederive, story_chain
from geo.story import LARGEST, read_story, story_files
from geo.template import template


@pytest.fixture(scope="module")
def story():
    return read_story(template(), id="template")


def rows(name):
    return list(csv.DictReader(template()[name].decode().splitlines()))


def test_template_reads_without_a_fault_or_a_doubt(story):
    assert (story.faults, doubts(story), story.notices) == ((), (), ())


def test_template_is_a_whole_story_of_ten_rows(story):
    assert set(template()) == set(LARGEST)
    assert (len(story.events), story.rows, story.flagged) == (10, 10, ())


@pytest.mark.parametrize("name", ["events.csv", "places.csv"])
def test_every_row_has_a_comment(name):
    assert all(row["note"] for row in rows(name))


def test_comments_are_kept_when_the_story_is_written(story):
    again = read_story(story_files(story))
    assert again.events["note"].tolist() == [row["note"] for row in rows("events.csv")]


def test_rows_show_every_kind_of_time(story):
    words = dict(zip(story.events["id"], story.events["when"], strict=True))
    assert {words[event] for event in ("e1", "e2", "e3", "e4", "e7")} == {
        "Day 1, 18:40",
        "Day 1, night",
        "Day 2",
        "between Day 2 and Day 3",
        "between Day 3 and Day 4",
    }
    assert set(story.events["basis"]) == {"stated", "derived", "assumed"}
    assert any(row["end"] for row in rows("events.csv"))


def test_rows_show_several_people_and_somebody_elsewhere(story):
    assert any(len(people) > 1 for people in story.events["people"])
    assert any(story.events["remote"])


def test_places_are_of_every_precision_and_one_waits_for_a_geocoder(story):
    assert set(story.places["precision"]) == {"exact", "street", "district", "unknown", ""}
    assert story.places.loc[story.places["lat"].isna(), "id"].tolist() == ["lake", "villa"]


def test_coordinates_are_those_of_the_gazetteer_and_of_the_relative_phrase(story):
    again = rederive(story)
    assert again.loc[~again["ok"], "id"].tolist() == ["lake"]  # which has none yet


def test_the_waiting_place_is_found_without_a_network(story):
    places, answers = geocode_places(story, story_chain(story))
    assert {answer.toponym: answer.status for answer in answers}["Echo Park"] == "sure"
    assert places.loc[places["lat"].isna(), "id"].tolist() == ["villa"]
