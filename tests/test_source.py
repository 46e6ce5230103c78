"""`[events]` of story.toml: where the events of a large story are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.meta import Meta, meta_text, read_meta
from geo.source import COLUMNS, Source, read_source


def told(**section):
    source, faults = read_source(section)
    return source, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    "source",
    ["events.parquet", "data/events.csv", "case.duckdb", "duckdb://", "pyspark://", "postgres://host:5432/cases"],
)
def test_a_file_beside_story_toml_and_an_engine_are_sources(source):
    assert told(source=source) == (Source(source), [])


@pytest.mark.parametrize("source", ["postgres://me:geheim@host/cases", "mysql://host/cases?user=me&password=geheim"])
def test_a_password_in_a_url_is_refused_and_never_said(source):
    found, faults = told(source=source)
    assert found is None
    assert "has a password in it; take it out and set CASEBOARD_ENGINE_" in faults[0]
    assert "geheim" not in faults[0]


@pytest.mark.parametrize(
    "source", ["/etc/events.parquet", "../other/events.parquet", "a/../../events.csv", "C:\\events.csv", "~/e.csv"]
)
def test_a_path_out_of_the_folder_is_refused(source):
    found, faults = told(source=source)
    assert found is None
    assert "leads out of the story's folder" in faults[0]


@pytest.mark.parametrize("source", [None, "", 7, ["events.csv"]])
def test_no_source_is_a_fault(source):
    assert "events.source" in told(source=source)[1][0]


def test_a_file_that_no_engine_asks_is_a_fault():
    assert "none of .parquet, .csv, .duckdb" in told(source="events.xlsx")[1][0]


def test_columns_by_other_names_are_ours():
    source, faults = told(source="e.csv", columns={"at": "when", "people": "who"})
    assert (source.columns, faults) == ((("at", "when"), ("people", "who")), [])


def test_a_column_that_is_not_ours_is_a_fault_and_the_rest_is_kept():
    source, faults = told(source="e.csv", columns={"at": "when", "color": "c", "lat": 3})
    assert source.columns == (("at", "when"),)
    assert [fault.split(": ")[1].split(" ")[0] for fault in faults] == ["events.columns.color", "events.columns.lat"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("count", -1), ("count", 1.5), ("first", "monday"), ("last", float("nan")), ("bounds", [1, 2, 3]), ("table", 1)],
)
def test_a_fact_that_cannot_be_is_a_fault_and_the_engine_is_asked(name, value):
    source, faults = told(source="e.parquet", **{name: value})
    assert source == Source("e.parquet")
    assert faults[0].startswith(f"story.toml: events.{name}")


def test_an_end_before_the_beginning_is_a_fault():
    source, faults = told(source="e.parquet", first=10, last=5)
    assert (source.first, source.last) == (None, None)
    assert "lies before events.first" in faults[0]


def test_a_key_that_is_not_known_is_a_fault():
    assert "events.file" in told(source="e.parquet", file="x")[1][0]


seconds = st.floats(-1e12, 1e12)
sources = st.builds(
    Source,
    st.sampled_from(["events.parquet", "a/b.csv", "postgres://host/db", "case.duckdb"]),
    st.text("abc_.", max_size=8),
    st.lists(st.sampled_from(COLUMNS), unique=True, max_size=4).map(
        lambda names: tuple((n, f"their {n}") for n in names)
    ),
    st.none() | st.integers(0, 10**12),
    st.none() | seconds.map(lambda at: at),
    st.none(),
    st.none() | st.just((-118.5, 33.5, -118.0, 34.5)),
)


@given(sources)
def test_what_is_written_is_read_back(source):
    meta, faults = read_meta(meta_text(Meta("A", "calendar", events=source)).encode(), "A")
    assert (meta.events, faults) == (source, [])


def test_a_story_without_the_section_has_its_own_events():
    assert read_meta(b'title = "A"\n[clock]\nkind = "days"\n', "A")[0].events is None
