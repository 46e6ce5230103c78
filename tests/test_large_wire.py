import json
import math
from dataclasses import replace

import pyarrow as pa
import pytest

from geo.axis import linear_axis
from geo.engine import connect, facts
from geo.engine_people import by_group, by_person
from geo.events_file import SCHEMA, EventsFile
from geo.large_wire import Tallies, few_payload, large_payload, part_payload
from geo.source import Source
from geo.story import read_story
from geo.whole_story import everything, whole_story
from geo.wire import encode, payload

TOML = '[clock]\nkind = "calendar"\n\n[events]\nsource = "events.parquet"\n\n[groups.crew]\nlabel = "Crew"\n'
PEOPLE = "id,name,group\nann,Ann Lee,crew\nbo,Bo Lee,crew\n"
PIER = {"lat": 53.5, "lon": 9.9}
ROWS = [
    {"id": "e1", "title": "One", "at": 60.0, "until": 90.0, **PIER, "place": "Pier", "people": "ann;bo"},
    {"id": "e2", "title": "Two", "at": 120.0, **PIER, "place": "Pier", "people": "ann", "group": "crew"},
    {"id": "e3", "title": "Three", "at": 180.0, **PIER, "radius_m": 50.0, "people": "dora"},
    {"id": "e4", "title": "Four", "at": 240.0, "place": "Somewhere", "group": "strangers"},
    {"id": "e5", "title": "Five", "at": 300.0},
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "story.toml").write_text(TOML)
    (tmp_path / "people.csv").write_text(PEOPLE)
    with EventsFile(tmp_path) as file:
        file.add(pa.Table.from_pylist([dict.fromkeys(SCHEMA.names) | row for row in ROWS], schema=SCHEMA))
    return tmp_path


@pytest.fixture
def story(folder):
    return read_story(folder)


@pytest.fixture
def events(folder, story):
    return connect(story.meta.events, folder)


def test_a_person_has_the_events_that_name_them(events):
    assert by_person(events).to_pyarrow().to_pylist() == [
        {"id": "ann", "count": 2},
        {"id": "bo", "count": 1},
        {"id": "dora", "count": 1},
    ]


def test_a_group_has_the_events_of_its_colour(events):
    counts = {row["id"]: row["count"] for row in by_group(events).to_pyarrow().to_pylist()}
    assert counts == {"": 3, "crew": 1, "strangers": 1}


def test_what_nobody_counted_is_not_known(story):
    source = Source("events.parquet", count=5, first=60.0, last=300.0, bounds=(9.9, 53.5, 9.9, 53.5))
    large = large_payload(story, source, Tallies({"ann": 2}, {}))["large"]
    assert large == {"count": 5, "first": 60.0, "last": 300.0, "people": [2, None], "groups": [None]}


def test_it_is_a_story_on_the_wire_like_any_other(story):
    source = Source("events.parquet", count=5, first=60.0, last=300.0)
    content = large_payload(story, source, Tallies({}, {}))
    assert content.keys() - {"large"} == payload(story).keys()
    assert json.loads(encode(content))["bounds"] == [-180, -85, 180, 85]


def test_an_axis_of_which_only_the_ends_are_known_is_linear_and_marked_evenly():
    axis = linear_axis(0.0, 86_400.0 * 364, "calendar")
    assert axis["story"] == axis["order"] == axis["clock"]
    assert [len(axis["clock"]["t"]), axis["breaks"], len(axis["marks"])] == [2, [], 12]


def test_a_story_of_one_instant_has_an_axis():
    axis = linear_axis(60.0, 60.0, "days")
    assert axis["clock"]["t"][0] < 60 < axis["clock"]["t"][1]


def test_a_place_is_a_name_at_a_position(story, events):
    content = few_payload(everything(events, 3).to_pyarrow(), story)
    assert content["events"]["place"] == [0, 0, 1]
    assert content["places"]["name"] == ["Pier", "53.50000, 9.90000"]
    assert len(set(content["places"]["id"])) == 2


def test_people_and_groups_are_told_by_index_and_strangers_are_nobody(story, events):
    told = few_payload(everything(events, 3).to_pyarrow(), story)["events"]
    assert told["people"] == [[0, 1], [0], []]
    assert told["group"] == [1, 0, 1]


def test_events_without_an_end_end_when_they_begin(story, events):
    told = few_payload(everything(events, 3).to_pyarrow(), story)["events"]
    assert (told["at"], told["until"]) == ([60, 120, 180], [90, 120, 180])


def test_a_few_events_have_the_columns_of_a_story(story, events):
    content = few_payload(everything(events, 3).to_pyarrow(), story)
    whole = payload(story)
    assert content["events"].keys() == whole["events"].keys() | {"group"}
    assert content["places"].keys() == whole["places"].keys()
    assert {len(column) for column in content["events"].values()} == {3}


def test_a_place_without_a_position_is_not_located_and_an_event_without_either_has_none(story, events):
    content = few_payload(everything(events, 5).to_pyarrow(), story)
    assert content["events"]["place"] == [0, 0, 1, 2, -1]
    assert [content["places"][name][2] for name in ("name", "lat", "lon")] == ["Somewhere", None, None]


@pytest.mark.parametrize("count", [1, 5])
def test_a_part_says_what_the_story_of_the_same_events_would_say(story, events, count):
    table = everything(events, count).to_pyarrow()
    part = part_payload(table, story, facts(events, story.meta.events))
    whole = payload(whole_story(replace(story, meta=replace(story.meta, bounds=tuple(part["bounds"]))), table))
    for content in (part, whole):
        places = content["places"].pop("id")
        assert len(places) == len(set(places))
        content.pop("storyline", None)
        content["doubts"] = []
    part["events"].pop("group")
    assert part.pop("events") == whole.pop("events")
    assert part == whole


def test_a_whole_story_has_all_events_those_without_a_place_too(story, events):
    whole = whole_story(story, everything(events, 10).to_pyarrow())
    assert list(whole.events["id"]) == ["e1", "e2", "e3", "e4", "e5"]
    assert whole.meta.events is None
    assert whole.events["at"].tolist() == [60, 120, 180, 240, 300]
    assert [math.isnan(lat) for lat in whole.places["lat"]] == [False, False, True]


def test_a_whole_story_keeps_who_and_until_when(story, events):
    whole = whole_story(story, everything(events, 10).to_pyarrow())
    assert whole.events["people"].tolist() == [("ann", "bo"), ("ann",), (), (), ()]
    assert whole.events["until"].tolist()[:2] == [90, 120]
    assert [fault.value for fault in whole.faults] == ["dora"]


def test_the_threshold_is_read_and_written(tmp_path):
    from geo.source import THRESHOLD, read_source, source_values

    read, faults = read_source({"source": "e.parquet", "threshold": 7})
    assert (read.threshold, source_values(read)["threshold"], faults) == (7, 7, [])
    assert "threshold" not in source_values(replaced := read_source({"source": "e.parquet"})[0])
    assert replaced.threshold == THRESHOLD
    assert "200,000 is taken" in str(read_source({"source": "e.parquet", "threshold": "many"})[1][0])
