import csv as csv_module
import io
import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.export import csv, geojson, kml
from geo.join import shown
from geo.story import read_story
from geo.tables import EVENTS, read_table
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
masks = st.lists(st.booleans(), min_size=len(SMALL.events), max_size=len(SMALL.events)).map(np.asarray)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


def titled(text):
    """The small story with a text in every place where a person may write one."""
    events = SMALL.events.assign(title=text, summary=text, outcome=text, source=text, sequence=text, chapter=text)
    return replace(
        SMALL,
        meta=replace(SMALL.meta, title=text, description=text, credits=(text,)),
        events=events.astype(dict.fromkeys(("title", "summary", "outcome", "source", "sequence"), "str")),
        people=SMALL.people.assign(name=pd.Series(text, index=SMALL.people.index, dtype="str")),
        places=SMALL.places.assign(name=pd.Series(text, index=SMALL.places.index, dtype="str")),
    )


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


@given(texts)
def test_any_text_survives_in_geojson(text):
    feature = json.loads(json.dumps(geojson(titled(text)), allow_nan=False))["features"][0]
    assert {feature["properties"][name] for name in ("title", "summary", "place_name", "sequence")} == {text}


@given(texts)
def test_any_text_survives_in_csv_behind_the_apostrophe_of_a_formula(text):
    header, first, *_ = csv_module.reader(io.StringIO(csv(titled(text)), newline=""), strict=True)
    lines = re.sub("\r\n?", "\n", text)
    assert first[header.index("title")] in (lines, f"'{lines}")


@pytest.mark.parametrize("written", [csv, geojson, kml])
def test_two_exports_of_one_story_are_the_same(written):
    assert written(SMALL) == written(SMALL)


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
    assert geojson(SMALL, nothing, SMALL.people["id"]) == {"type": "FeatureCollection", "features": []}


def test_unknown_columns_travel_along(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title,=x,lat\ne1,One,shoe,north\n"))
    assert csv(story).splitlines()[0].count("'=x") == 1
    assert geojson(story)["features"][0]["properties"]["=x"] == "shoe"
