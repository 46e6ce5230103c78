import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.as_geojson import _cut, geojson
from geo.story import read_story
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
EVENTS = (
    "id,title,start,place,people,remote\n"
    "e1,One,{0}T09:00,cafe,ann;bo,\n"
    "e2,Two,{0}T10:00,hideout,ann,\n"
    "e3,Three,{0}T11:30:20,pier,ann,bo\n"
    "e4,Four,{0}T12:00,cafe,ann;bo,\n"
)
PACIFIC = "id,name,lat,lon\ncafe,Suva,-18,178\npier,Apia,-14,-172\nhideout,Hideout,,\n"
longitudes = st.floats(-180, 180)
points = st.lists(st.tuples(longitudes, st.floats(-90, 90)).map(list), min_size=2, max_size=8)
masks = st.lists(st.booleans(), min_size=len(SMALL.events), max_size=len(SMALL.events)).map(np.asarray)


@pytest.fixture
def days(tmp_path):
    return read_story(stories.folder(tmp_path / "days", events=EVENTS.format("D1")))


def tracks(collection):
    return [feature for feature in collection["features"] if "person" in feature["properties"]]


def test_a_track_is_a_line_through_the_known_places_of_a_person(days):
    (track,) = tracks(geojson(days, None, ["ann"]))
    assert track["geometry"] == {"type": "LineString", "coordinates": [[9.99, 53.55], [9.95, 53.54], [9.99, 53.55]]}
    assert track["properties"]["events"] == ["e1", "e3", "e4"]
    assert (track["properties"]["person"], track["properties"]["name"]) == ("ann", "Ann Lee")


def test_a_story_of_days_says_the_times_of_a_track_in_its_own_words(days):
    (track,) = tracks(geojson(days, None, ["ann"]))
    assert track["properties"]["times"] == ["Day 1, 09:00", "Day 1, 11:30:20", "Day 1, 12:00"]


def test_a_calendar_story_writes_the_times_of_a_track_in_iso(tmp_path):
    story = read_story(stories.folder(tmp_path, events=EVENTS.format("1995-10-03"), kind="calendar"))
    (track,) = tracks(geojson(story, None, ["ann"]))
    assert track["properties"]["times"] == ["1995-10-03T09:00:00", "1995-10-03T11:30:20", "1995-10-03T12:00:00"]


def test_a_leg_past_an_unknown_place_says_so(days):
    (track,) = tracks(geojson(days, None, ["ann"]))
    assert track["properties"]["unplaced"] == [1, 0]


def test_being_involved_from_elsewhere_is_no_stop_of_a_track(days):
    (track,) = tracks(geojson(days, None, ["bo"]))
    assert track["properties"]["events"] == ["e1", "e4"]


def test_a_track_goes_through_the_chosen_events_alone(days):
    (track,) = tracks(geojson(days, np.asarray([True, True, False, True]), ["ann"]))
    assert track["properties"]["events"] == ["e1", "e4"]


def test_who_is_at_one_place_or_none_has_no_track(days):
    assert tracks(geojson(days, np.asarray([True, True, False, False]), ["ann", "dora", "nobody"])) == []


def test_tracks_stand_in_the_order_of_the_people_and_ids_are_text(days):
    collection = geojson(days, None, ["bo", "ann"])
    assert [track["properties"]["person"] for track in tracks(collection)] == ["ann", "bo"]
    assert all(isinstance(feature["id"], str) for feature in collection["features"])


def test_the_id_of_a_track_is_never_that_of_an_event(tmp_path):
    events = EVENTS.format("D1").replace("e4,", "track ann,").replace("e2,", "track ann*,")
    story = read_story(stories.folder(tmp_path, events=events))
    ids = [feature["id"] for feature in geojson(story, None, ["ann", "bo"])["features"]]
    assert len(set(ids)) == len(ids) == 6


def test_bounds_are_west_south_east_north_and_there_is_no_crs(days):
    collection = geojson(days, None, ["ann"])
    assert collection["bbox"] == [9.95, 53.54, 9.99, 53.55]
    assert "crs" not in collection


def test_a_track_across_the_antimeridian_is_cut_there(tmp_path):
    story = read_story(stories.folder(tmp_path, events=EVENTS.format("D1"), places=PACIFIC))
    (track,) = tracks(geojson(story, None, ["ann"]))
    assert track["geometry"] == {
        "type": "MultiLineString",
        "coordinates": [
            [[178, -18], [180, -17.2]],
            [[-180, -17.2], [-172, -14], [-180, -17.2]],
            [[180, -17.2], [178, -18]],
        ],
    }
    assert track["properties"]["times"] == [
        ["Day 1, 09:00", None],
        [None, "Day 1, 11:30:20", None],
        [None, "Day 1, 12:00"],
    ]


@given(points)
def test_a_cut_line_keeps_every_vertex_and_never_crosses(line):
    parts = _cut(line)
    assert [point for part in parts for point, index in part if index is not None] == line
    for part in parts:
        assert len(part) >= 2
        assert all(abs(b[0] - a[0]) <= 180 for (a, _), (b, _) in pairwise(part))


@given(masks)
def test_tracks_come_after_every_event_chosen_and_are_strict_json(mask):
    again = json.loads(json.dumps(geojson(SMALL, mask, SMALL.people["id"]), allow_nan=False))
    events = SMALL.events["id"][mask].tolist()
    assert [feature["id"] for feature in again["features"]][: len(events)] == events
    for track in tracks(again):
        assert set(track["properties"]["events"]) <= set(events)
        assert len(track["geometry"]["coordinates"]) == len(track["properties"]["times"])
