import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geo.export import csv, geojson
from geo.join import shown
from geo.story import read_story
from geo.tables import EVENTS, read_table
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
masks = st.lists(st.booleans(), min_size=len(SMALL.events), max_size=len(SMALL.events)).map(np.asarray)


def test_longitude_comes_first_in_geojson():
    feature = geojson(SMALL)["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [9.99, 53.55]}
    assert feature["id"] == "b1"
    assert feature["properties"]["people"] == ["ann", "bo"]
    assert feature["properties"]["time"] == "Day 1, 09:00"


def test_event_without_a_place_is_a_feature_without_a_geometry():
    feature = geojson(SMALL)["features"][5]
    assert (feature["id"], feature["geometry"]) == ("b6", None)
    assert feature["properties"]["radius_m"] is None


@given(masks)
def test_geojson_is_strict_json_of_exactly_the_events_chosen(mask):
    again = json.loads(json.dumps(geojson(SMALL, mask), allow_nan=False))
    assert [feature["id"] for feature in again["features"]] == SMALL.events["id"][mask].tolist()


@given(masks)
def test_csv_holds_exactly_the_events_chosen(mask):
    table = read_table(csv(SMALL, mask).encode(), EVENTS, "events.csv")
    assert table.frame["id"].tolist() == SMALL.events["id"][mask].tolist()


def test_what_is_shown_is_what_is_exported():
    mask = shown(SMALL, ["cy"])
    assert [feature["id"] for feature in geojson(SMALL, mask)["features"]] == ["b2", "b3", "b6"]


def test_exported_csv_opens_as_the_same_events(tmp_path):
    stories.folder(tmp_path, events=csv(SMALL))
    for name in ("people", "places"):
        (tmp_path / f"{name}.csv").write_bytes((CASES / "small" / f"{name}.csv").read_bytes())
    again = read_story(tmp_path)
    assert again.faults == ()
    columns = [name for name in EVENTS.names if name != "happened"] + ["at", "until", "when"]
    assert again.events[columns].equals(SMALL.events[columns])


def test_no_cell_is_a_formula_and_reading_restores_it(tmp_path):
    texts = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "'=1", '"=1"']
    rows = "".join('e{},"{}"\n'.format(i, text.replace('"', '""')) for i, text in enumerate(texts))
    story = read_story(stories.folder(tmp_path, events="id,title\n" + rows))
    text = csv(story)
    for line in text.splitlines()[1:]:
        assert line.split(",")[1].lstrip('"').startswith("'")
    assert read_table(text.encode(), EVENTS, "x.csv").frame["title"].tolist() == story.events["title"].tolist()


def test_negative_number_is_left_alone(tmp_path):
    story = read_story(stories.folder(tmp_path, places="id,name,lat,lon\ncafe,Café,-33.87,-118.25\n"))
    assert "-33.87,-118.25" in csv(story)


def test_nothing_chosen_is_a_header_and_no_features():
    nothing = np.zeros(len(SMALL.events), dtype=bool)
    assert len(csv(SMALL, nothing).splitlines()) == 1
    assert geojson(SMALL, nothing) == {"type": "FeatureCollection", "features": []}


def test_unknown_columns_travel_along(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title,=x,lat\ne1,One,shoe,north\n"))
    assert csv(story).splitlines()[0].count("'=x") == 1
    assert geojson(story)["features"][0]["properties"]["=x"] == "shoe"
