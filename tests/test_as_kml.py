import html
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.as_kml import NO_TIMES, OUT_OF_RANGE, legal
from geo.export import kml
from geo.story import find_story, read_story
from tests import stories
from tests.cases.write import CASES
from tests.test_export import texts, titled

with warnings.catch_warnings():
    # It reads the same without lxml, which it says it would rather have.
    warnings.filterwarnings("ignore", message="Package `lxml` missing")
    from fastkml.features import Placemark
    from fastkml.kml import KML

SMALL = read_story(CASES / "small")
masks = st.lists(st.booleans(), min_size=len(SMALL.events), max_size=len(SMALL.events)).map(np.asarray)
CALENDAR = "id,title,start,end,place,people\n"


def placemarks(text):
    """Every placemark of a document, in order."""
    waiting, found = [KML.from_string(text, strict=False)], []
    while waiting:
        first, *waiting = waiting
        found += [first] if isinstance(first, Placemark) else []
        waiting = [*getattr(first, "features", []), *waiting]
    return found


def value(placemark, name):
    return {one.name: one.value for one in placemark.extended_data.elements}.get(name)


def ids(text):
    return [value(placemark, "id") for placemark in placemarks(text) if value(placemark, "id")]


def calendar(tmp_path, rows):
    return read_story(stories.folder(tmp_path, events=CALENDAR + rows, kind="calendar"))


def test_longitude_comes_first(tmp_path):
    text = kml(read_story(stories.folder(tmp_path)))
    assert "<Point><coordinates>9.990000,53.550000</coordinates></Point>" in text
    assert placemarks(text)[0].geometry.coords == ((9.99, 53.55),)


@given(masks)
def test_every_event_chosen_stands_in_it_once(mask):
    assert sorted(ids(kml(SMALL, mask, SMALL.people["id"]))) == sorted(SMALL.events["id"][mask])


def test_the_built_in_story_is_read_again_with_its_chapters_in_order():
    story = read_story(find_story("heat"))
    document = KML.from_string(kml(story)).features[0]
    chapters = list(dict.fromkeys(story.events["chapter"]))
    assert [folder.name for folder in document.features] == chapters
    assert sum(len(folder.features) for folder in document.features) == len(story.events)


def test_an_event_without_a_known_place_has_no_geometry():
    (unplaced,) = [placemark for placemark in placemarks(kml(SMALL)) if value(placemark, "id") == "b6"]
    assert unplaced.geometry is None


def test_a_story_of_days_has_no_times_and_says_why():
    text = kml(SMALL, None, SMALL.people["id"])
    assert html.escape(NO_TIMES, quote=False) in text
    assert "<TimeSpan>" not in text
    assert "<TimeStamp>" not in text
    assert (value(placemarks(text)[0], "time"), value(placemarks(text)[0], "day")) == ("Day 1, 09:00", "1")


def test_a_day_that_is_not_known_is_the_first_and_the_last_it_may_be(tmp_path):
    events = "id,title,start\ne1,One,D1T09:00\ne2,Two,\ne3,Three,D4T00:00\n"
    placemark = placemarks(kml(read_story(stories.folder(tmp_path, events=events))))[1]
    assert value(placemark, "day") is None
    assert (value(placemark, "first_day"), value(placemark, "last_day")) == ("1", "3")


def test_an_exact_event_of_a_calendar_has_a_time_stamp(tmp_path):
    (one,) = placemarks(kml(calendar(tmp_path, "e1,One,1995-10-03T11:30,,,\n")))
    assert str(one.times.timestamp.dt)[:19] == "1995-10-03 11:30:00"


def test_an_event_that_lasts_has_a_time_span(tmp_path):
    text = kml(calendar(tmp_path, "e1,One,1995-10-03T11:30,1995-10-03T12:45:10,,\n"))
    assert "<TimeSpan><begin>1995-10-03T11:30:00</begin><end>1995-10-03T12:45:10</end></TimeSpan>" in text


def test_an_event_of_a_day_may_be_at_any_time_of_it(tmp_path):
    text = kml(calendar(tmp_path, "e1,One,1995-10-03,,,\n"))
    assert "<TimeSpan><begin>1995-10-03T00:00:00</begin><end>1995-10-04T00:00:00</end></TimeSpan>" in text


@pytest.mark.parametrize("year", ["-0043", "0000", "12000", "9999-12-31"])
def test_a_year_that_kml_cannot_hold_is_left_to_the_words(tmp_path, year):
    (one,) = placemarks(kml(calendar(tmp_path, f"e1,One,{year},,,\n")))
    assert one.times is None
    assert html.escape(OUT_OF_RANGE) in one.description


def test_the_first_and_the_last_year_are_written_with_four_digits(tmp_path):
    text = kml(calendar(tmp_path, "e1,One,0001-01-01T00:00,,,\ne2,Two,9999-12-31T23:59:59,,,\n"))
    assert "<when>0001-01-01T00:00:00</when>" in text
    assert "<when>9999-12-31T23:59:59</when>" in text


def test_a_leg_of_a_track_spans_the_time_between_two_events(tmp_path):
    rows = "e1,One,1995-10-03T11:00,1995-10-03T11:30,cafe,ann\ne2,Two,1995-10-03T12:00,,pier,ann\n"
    *_, leg = placemarks(kml(calendar(tmp_path, rows), None, ["ann"]))
    assert leg.name == "Ann Lee: Café to Pier"
    assert leg.geometry.coords == ((9.99, 53.55), (9.95, 53.54))
    assert [str(one.dt)[11:16] for one in (leg.times.begin, leg.times.end)] == ["11:30", "12:00"]


def test_a_leg_begins_before_it_ends_where_two_events_overlap(tmp_path):
    rows = "e1,One,1995-10-03T11:00,1995-10-03T13:00,cafe,ann\ne2,Two,1995-10-03T12:00,,pier,ann\n"
    *_, leg = placemarks(kml(calendar(tmp_path, rows), None, ["ann"]))
    assert leg.times.begin.dt < leg.times.end.dt


def test_a_leg_past_an_unknown_place_says_so_and_is_paler(tmp_path):
    events = "id,title,start,place,people\ne1,One,D1,cafe,ann\ne2,Two,D2,hideout,ann\ne3,Three,D3,pier,ann\n"
    *_, leg = placemarks(kml(read_story(stories.folder(tmp_path, events=events)), None, ["ann"]))
    assert leg.style_url.url == "#group-0-gap"
    assert "The way is not known" in leg.description


def test_every_look_that_is_named_is_there():
    text = kml(SMALL, None, SMALL.people["id"])
    assert {placemark.style_url.url for placemark in placemarks(text)} <= {
        f"#{style.id}" for style in KML.from_string(text).features[0].styles
    }


def test_a_colour_is_written_from_blue_to_red():
    groups = (SMALL.meta.groups[0]._replace(colour="#f0a"), *SMALL.meta.groups[1:])
    assert "<color>ffaa00ff</color>" in kml(replace(SMALL, meta=replace(SMALL.meta, groups=groups)))


@given(texts)
def test_any_text_survives_but_for_what_xml_cannot_hold(text):
    written = kml(titled(text), None, SMALL.people["id"])
    placemark = placemarks(written)[0]
    assert (KML.from_string(written, strict=False).features[0].name or "") == legal(text).strip()
    assert (placemark.name or "") == legal(text).strip()
    assert (value(placemark, "summary") or "") == legal(text).strip()


@pytest.mark.parametrize("text", ["a\0b", "a\x0bb", "a\ufffeb", "a\ud800b", "a\x1fb"])
def test_what_xml_forbids_is_left_out(text):
    assert legal(text) == "ab"


@pytest.mark.parametrize("text", ["<b>x</b>", "]]>", "<img src=x onerror=y>", "&lt;b>", "$[name]"])
def test_no_text_of_a_story_is_markup_in_a_description(text):
    for placemark in placemarks(kml(titled(text), None, SMALL.people["id"])):
        assert text not in placemark.description
        assert "<" not in placemark.description.replace("<br>", "")
    first = placemarks(kml(titled(text)))[0]
    assert html.unescape(first.description).split("<br>").count(text) >= 3
