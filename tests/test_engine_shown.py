import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.narrowing import Narrowing, mask
from dashboard.view import View
from geo.bounded import bounded
from geo.engine_columns import canonical
from geo.engine_shown import Shown, shown, shown_story
from geo.errors import GeoError
from geo.source import Source
from geo.story import read_story
from geo.whole_story import everything, whole_story
from tests.engines import in_duckdb

TOML = b'[clock]\nkind = "days"\n\n[events]\nsource = "events.parquet"\n'
ROWS = [
    # at, until, lat, lon, place
    (0, 0, 10.0, 20.0, "Inn"),
    (0, 100, 10.0, 20.0, "Inn"),
    (100, 100, 10.0, 20.0, "Mill"),
    (100, 200, -10.0, 179.5, "Isle"),
    (200, 200, -10.0, -179.5, ""),
    (200, 300, None, None, "Somewhere"),
    (300, 300, None, None, None),
]
TIMES = st.sampled_from([0.0, 50.0, 100.0, 150.0, 200.0, 250.0, 300.0])


@pytest.fixture(scope="module")
def events():
    frame = pd.DataFrame(ROWS, columns=["at", "until", "lat", "lon", "place"])
    frame = frame.assign(id=[f"e{n}" for n in range(len(frame))], title="x")
    return canonical(in_duckdb(pa.Table.from_pandas(frame)), Source("events.parquet"), {})


@pytest.fixture(scope="module")
def told(events):
    return whole_story(read_story({"story.toml": TOML}), bounded(everything(events, 100), 30))


def ids(events, which):
    return bounded(everything(shown(events, which), 100), 30)["id"].to_pylist()


@settings(max_examples=60)
@given(
    st.none() | TIMES,
    st.sampled_from(["so-far", "window", "moment"]),
    st.sampled_from([50, 100, 150]),
    st.none() | TIMES,
    st.none() | TIMES,
)
def test_they_are_those_of_a_story_told_event_by_event(events, told, at, mode, span, start, end):
    asked = Narrowing(View(at=at, mode=mode, span=span) if at is not None else View(), at is not None, start, end, "")
    expected = told.events["id"][mask(asked, told)].tolist()
    assert ids(events, Shown(start=start, end=end, at=at, mode=mode, span=span)) == expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((20, 10, 20, 10), ["e0", "e1", "e2"]),
        ((179, -90, -179, 90), ["e3", "e4"]),
        ((-180, -90, 180, 90), ["e0", "e1", "e2", "e3", "e4"]),
        ((20.1, 0, 30, 20), []),
    ],
)
def test_bounds_hold_their_edges_and_go_over_the_date_line(events, told, bounds, expected):
    assert ids(events, Shown(bounds=bounds)) == expected
    asked = Narrowing(View(), False, None, None, "", bounds)
    assert told.events["id"][mask(asked, told)].tolist() == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("10.000000,20.000000", ["e0", "e1", "e2"]),
        ("10.000000,20.000000,Mill", ["e2"]),
        (",Somewhere", ["e5"]),
        (",Inn", []),
        ("-10.000000,-179.500000", ["e4"]),
        ("-10.000001,-179.500000", []),
    ],
)
def test_a_place_is_its_position_and_its_name(events, place, expected):
    assert ids(events, Shown(place=place)) == expected


@pytest.mark.parametrize("place", ["Inn", "10,20", ",", "10.000000", "1000.000000,2.000000"])
def test_what_is_no_place_is_refused(place):
    with pytest.raises(GeoError, match="is no place here"):
        Shown(place=place)


def test_a_story_of_them_has_no_more_than_it_may(events):
    story = read_story({"story.toml": TOML})
    assert len(shown_story(story, events, Shown(), 7, 30).events) == 7
    with pytest.raises(GeoError, match="7 events are more than the 6 that one file holds; choose people"):
        shown_story(story, events, Shown(), 6, 30)


def test_without_any_the_story_has_no_events(events):
    story = read_story({"story.toml": TOML})
    assert shown_story(story, events, Shown(bounds=(0, 0, 1, 1)), 7, 30).events.empty
