"""A table of any size becomes a story: what its rows say, what is wrong with them, and nothing half done."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.answers import Answer
from geo.clock import parse_at, parse_instant
from geo.delimited import read_delimited
from geo.errors import GeoError, StoryError
from geo.importing import import_table
from geo.making import made
from geo.mapping import recognised
from geo.merges import merges
from geo.story import read_story
from geo.synthetic import write_synthetic
from geo.tables import EVENTS, PLACES, read_table


def at(text):
    return parse_at(text, "calendar")


@pytest.fixture
def imported(tmp_path):
    """Imports a text; gives what was said, and the events."""

    def make(text, **options):
        path = tmp_path / "calls.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = import_table(path, tmp_path / "story", **options)
        return done, pd.read_parquet(tmp_path / "story" / "events.parquet")

    return make


def words(done):
    return [str(fault) for kind in done.kinds for fault in kind.faults]


def test_a_row_becomes_an_event(imported):
    done, events = imported("who,where,when,what,lat,lon\nAnn;Bob,Café,2021-04-03T10:00,met,34.05,-118.25\n")
    [event] = events.to_dict("records")
    assert (event["id"], event["title"], event["at"]) == ("row-2", "met", at("2021-04-03T10:00"))
    assert (event["lat"], event["lon"], event["place"], event["people"]) == (34.05, -118.25, "Café", "ann;bob")
    assert (event["group"], event["row"]) == ("people", 2)
    assert (done.rows, done.flagged, done.exit_code, done.people, done.toponyms) == (1, 0, 0, 2, 1)


def test_the_folder_is_a_story(imported, tmp_path):
    imported("who,when,lat,lon\nAnn,2021-04-03T10:00,34.05,-118.25\nBob,2021-04-04T10:00,34.15,-118.35\n")
    story = read_story(tmp_path / "story")
    assert story.faults == ()
    assert story.people[["id", "name", "events"]].values.tolist() == [["ann", "Ann", "1"], ["bob", "Bob", "1"]]
    assert story.meta.events.count == 2
    assert (story.meta.events.first, story.meta.events.last) == (at("2021-04-03T10:00"), at("2021-04-04T10:00"))
    assert story.meta.events.bounds == (-118.35, 34.05, -118.25, 34.15)


def test_a_synthetic_story_goes_there_and_back(tmp_path):
    write_synthetic(tmp_path / "parquet", 3_000)
    write_synthetic(tmp_path / "csv", 3_000, csv=True)
    import_table(tmp_path / "csv" / "events.csv", tmp_path / "again")
    written, read = (pd.read_parquet(tmp_path / name / "events.parquet") for name in ("parquet", "again"))
    named = ["folded"]  # the CSV has people by their ids alone
    pd.testing.assert_frame_equal(written.drop(columns=named), read.drop(columns=["row", *named]))


def test_semicolons_decimal_commas_and_windows_1252_are_read(imported):
    text = "quién;cuándo;título;latitud;longitud\nZoë;13/04/2021 10:00;comió;34,05;-118,25\n"
    done, events = imported(text.encode("cp1252"))
    assert events[["title", "lat", "lon"]].values.tolist() == [["comió", 34.05, -118.25]]
    assert events["at"].tolist() == [at("2021-04-13T10:00")]
    assert any("Windows-1252" in notice for notice in done.notices)
    assert any("decimal comma" in notice for notice in done.notices)


def test_what_a_row_says_badly_is_a_fault_with_its_number(imported):
    done, events = imported(
        "who,where,when,lat,lon\n"
        "Ann,Café,2021-04-03T10:00,34.05,-118.25\n"
        "Bob,Pier,2021-02-30T10:00,34.05,-118.25\n"
        "Cy,Quay,2021-04-03T11:00,-118.25,34.05\n"
        "Di,Bar\n"
    )
    assert [str(said).split(";")[0] for said in sorted(words(done))] == [
        "calls.csv row 3: when '2021-02-30T10:00' is no date: there is no 30 February 2021",
        "calls.csv row 4: lat '-118.25' is a latitude beyond 90: swapped?",
        "calls.csv row 5: has only 2 cells where the header has 5 columns",
    ]
    assert (done.rows, done.flagged, len(events), done.exit_code) == (4, 3, 3, 1)
    assert events["at"].isna().tolist() == [False, True, False]
    assert events["lat"].isna().tolist() == [False, False, True]


def test_degrees_and_minutes_are_read_cell_by_cell(imported):
    done, events = imported(
        "when,lat,lon\n2021-04-03T10:00,34.05,-118.25\n2021-04-03T11:00,34°03'N,118°15'W\n2021-04-03T12:00,,\n"
    )
    assert events["lat"].tolist()[:2] == [34.05, 34.05]
    assert (done.flagged, done.unplaced) == (1, 1)


def test_a_date_in_the_other_order_is_a_fault(imported):
    rows = "".join(f"{day}/04/2021 10:00,x\n" for day in range(1, 31))
    done, events = imported(f"when,what\n{rows}04/25/2021 10:00,late\n")
    assert words(done) == [
        "calls.csv row 32: when '04/25/2021 10:00' begins with the month, and other dates of the column with the day; "
        "write the whole column in one order"
    ]
    assert events["at"].tolist()[-1] == at("2021-04-25T10:00")


def test_dates_of_which_nothing_tells_the_order_are_asked_about(imported):
    text = "when,what\n03/04/2021,a\n05/06/2021,b\n"
    with pytest.raises(GeoError, match="--dates day or --dates month"):
        imported(text)
    _, events = imported(text, day_first=False)
    assert events["at"].tolist() == [at("2021-03-04T00:00"), at("2021-05-06T00:00")]


def test_a_date_and_a_clock_time_in_two_columns_are_one_time(imported):
    _, events = imported("date,time,what\n2021-04-03,10:00,a\n2021-04-03,11:30:20,b\n2021-04-03,,c\n")
    assert events["at"].tolist() == [at("2021-04-03T10:00"), at("2021-04-03T11:30:20"), at("2021-04-03T00:00")]


def test_days_of_a_story_are_days(imported, tmp_path):
    _, events = imported("when,what\nD1T10:00,a\nD8 morning,b\nDay 9,c\n")
    assert events["at"].tolist() == [86_400 + 36_000, 8 * 86_400 + 5 * 3_600, 9 * 86_400]
    assert read_story(tmp_path / "story").meta.clock_kind == "days"


def test_offsets_that_differ_are_shown_on_the_usual_clock(imported):
    _, events = imported(
        "when,what\n2021-04-03T10:00:00-07:00,a\n2021-04-03T11:00:00-07:00,b\n2021-04-03T20:00:00+02:00,c\n"
    )
    assert events["at"].tolist() == [at("2021-04-03T10:00"), at("2021-04-03T11:00"), at("2021-04-03T11:00")]


def test_an_end_before_the_start_is_a_fault_and_left_aside(imported):
    done, events = imported(
        "start,end,what\n2021-04-03T10:00,2021-04-03T11:00,a\n2021-04-03T10:00,2021-04-03T09:00,b\n2021-04-03T10:00,,c\n"
    )
    assert events["until"].fillna(-1).tolist() == [at("2021-04-03T11:00"), -1, -1]
    assert "is before the start '3 April 2021, 10:00'; correct one of them" in words(done)[0]


def test_ids_are_kept_where_they_are_used_once(imported):
    done, events = imported("id,when,what\nA1,2021-04-03,a\nA2,2021-04-03,b\nA1,2021-04-03,c\n,2021-04-03,d\n")
    assert events["id"].tolist() == ["row-2", "A2", "row-4", "row-5"]
    assert sorted(said.split(";")[0] for said in words(done)) == [
        "calls.csv row 2: id 'A1' is the id of other rows, too",
        "calls.csv row 4: id 'A1' is the id of other rows, too",
        "calls.csv row 5: id is empty",
    ]


def test_a_row_without_coordinates_has_those_of_its_place(imported):
    done, events = imported(
        "where,when,lat,lon\nCafé,2021-04-03,34.05,-118.25\nCafé,2021-04-04,,\nBar,2021-04-05,34,-118\nBar,2021-04-06,35,-118\n"
        "Bar,2021-04-07,,\n"
    )
    assert events["lat"].fillna(0).tolist() == [34.05, 34.05, 34, 35, 0]
    assert "row 6: where 'Bar' stands for several positions in this file" in words(done)[0]


def test_a_toponym_is_asked_for_once_and_joined_to_all_its_events(imported, tmp_path):
    asked = []

    def geocode(wanted, bounds):
        asked.append((wanted, bounds))
        return {"Pier": Answer("Pier", "sure", 33.9, -118.4, 80.0, "exact", "los_angeles", "Pier")}

    done, events = imported(
        "where,when,lat,lon\nPier,2021-04-03,,\nCafé,2021-04-03,34.0,-118.0\nPier,2021-04-04,,\nQuay,2021-04-04,,\n",
        geocode=geocode,
    )
    assert asked == [(("Pier", "Quay"), (-118.5, 33.5, -117.5, 34.5))]
    assert events["lat"].fillna(0).tolist() == [33.9, 34.0, 33.9, 0]
    assert events["radius_m"].fillna(0).tolist() == [80, 0, 80, 0]
    assert (done.asked, done.sure, done.unplaced, done.toponyms) == (2, 1, 1, 3)
    known = pd.read_csv(tmp_path / "story" / "toponyms.csv").set_index("toponym")
    assert known.loc["Pier", ["events", "without", "lat", "geocoder"]].tolist() == [2, 2, 33.9, "los_angeles"]


def test_columns_may_be_given_by_hand(imported):
    text = "a,b,c\nAnn,2021-04-03T10:00,went\n"
    _, events = imported(text, chosen={"a": "people", "b": "at", "c": "title"})
    assert events[["people", "title"]].values.tolist() == [["ann", "went"]]


@pytest.mark.parametrize(
    ("chosen", "said"),
    [({"whom": "people"}, "no column 'whom'; did you mean 'who'"), ({"who": "colour"}, "is no field")],
)
def test_a_column_or_a_field_that_there_is_not_is_refused(imported, chosen, said):
    with pytest.raises(GeoError, match=said):
        imported("who,when\nAnn,2021-04-03\n", chosen=chosen)


def test_a_group_column_colours_events_and_describes_people(imported, tmp_path):
    _, events = imported("people,at,group\nann,2021-04-03,The Crew\nbob,2021-04-03,police\nann,2021-04-04,police\n")
    assert events["group"].tolist() == ["the_crew", "police", "police"]
    story = read_story(tmp_path / "story")
    assert [(group.id, group.label) for group in story.meta.groups] == [("the_crew", "The Crew"), ("police", "police")]
    assert story.people["group"].tolist() == ["the_crew", "police"]


def test_those_involved_from_elsewhere_are_told_in_the_summary(imported):
    _, events = imported(
        "caller,callee,when,title,notes\nAnn,Bob,2021-04-03T10:00,call,short\nAnn,,2021-04-03T11:00,call,\n"
    )
    assert events["people"].tolist() == ["ann", "ann"]
    assert events["summary"].fillna("").tolist() == ["short\nFrom elsewhere: Bob", ""]


def test_faults_are_counted_by_kind_with_the_first_hundred(imported, tmp_path):
    rows = "".join(f"2021-04-03,{95 + number},-118\n" for number in range(250))
    done, _ = imported(f"when,lat,lon\n2021-04-03,34,-118\n{rows}")
    document = json.loads((tmp_path / "story" / "faults.json").read_text("utf-8"))
    [kind] = document["faults"]
    assert (kind["count"], len(kind["faults"]), kind["faults"][0]["row"]) == (250, 100, 3)
    assert (document["rows"], document["kept"], document["flagged"], document["events"]) == (251, 1, 250, 251)
    assert done.kinds[0].count == 250


def test_a_contradiction_below_the_sample_is_a_fault_of_its_row(imported):
    rows = ["2021-04-03T10:00,34.05,-118.25,quiet and quite long so that the file grows\n"] * 60_000
    rows[50_000] = "3 April,34.05,-118.25,odd\n"
    rows[50_001] = "2021-04-03T10:00,south,-118.25,odd\n"
    done, events = imported("when,lat,lon,what\n" + "".join(rows))
    assert sorted(said.split(";")[0] for said in words(done)) == [
        "calls.csv row 50002: when '3 April' is no date: it has no year",
        "calls.csv row 50003: lat 'south' is not a number of degrees",
    ]
    assert len(events) == 60_000
    assert any("was told from a sample of " in notice for notice in done.notices)


def test_progress_reaches_the_end_of_the_file(imported):
    heard = []
    text = "when,what\n" + "2021-04-03,a\n" * 1_000
    imported(text, progress=lambda *said: heard.append(said))
    assert heard[-1] == ("Reading", len(text), len(text))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "binary"),
        (b"PK\x03\x04" + b"\0" * 100, "binary"),
        (b'{"type": "FeatureCollection"}', "this is JSON"),
        (b"who,when\n", "no rows below the header"),
        (b"colour,size\nred,big\n", "no column says who, where, when or what"),
    ],
)
def test_what_is_no_table_is_refused_and_leaves_nothing(imported, tmp_path, content, said):
    with pytest.raises(StoryError, match=said):
        imported(content)
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


def test_what_is_broken_off_leaves_nothing(imported, tmp_path):
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported("when,what\n2021-04-03,a\n", progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


def test_a_folder_that_holds_something_is_left_alone(imported, tmp_path):
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "mine").write_text("1")
    with pytest.raises(GeoError, match="is not empty"):
        imported("when,what\n2021-04-03,a\n")
    assert [path.name for path in (tmp_path / "story").iterdir()] == ["mine"]


def test_the_same_file_gives_the_same_bytes(imported, tmp_path):
    text = "who,when,what\n" + "Ann,2021-04-03,a\nBob,2021-04-04,b\n" * 500
    imported(text)
    import_table(tmp_path / "calls.csv", tmp_path / "again")
    for path in (tmp_path / "again").iterdir():
        assert path.read_bytes() == (tmp_path / "story" / path.name).read_bytes()


WHEN = [
    "2021-04-03T10:00",
    "2021-04-03",
    "3 April 2021, 11:30",
    "April 2021",
    "2021-02-30",
    "soon",
    "",
    "13/04/2021 10:00",
]
WHERE = ["34.05,-118.25", "34°03'N,118°15'W", "-118.25,34.05", "0,0", "95,1", ",", "34.05,", "north,west"]
WHO = ["Ann", "ANN", "Ann; Bob", "Bob Lee", "Cy and Di", "", "Anderson and Sons"]
rows = st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(WHEN), st.sampled_from(WHERE)), min_size=1, max_size=12)


@given(rows)
@settings(max_examples=60, deadline=None)
def test_a_small_table_says_what_the_doctor_reads_in_it(tmp_path_factory, table):
    folder = tmp_path_factory.mktemp("both")
    lines = [f'"{who}","{when}",' + ",".join(f'"{part}"' for part in where.split(",")) for who, when, where in table]
    content = "\n".join(["who,when,lat,lon", *lines, ""]).encode()
    (folder / "a.csv").write_bytes(content)
    raw = read_delimited(content, "a.csv")
    draft = made(raw, recognised(raw))
    if not draft.rows:
        return
    done = import_table(folder / "a.csv", folder / "story")
    events = pd.read_parquet(folder / "story" / "events.parquet")
    theirs = read_table(draft.files["events.csv"], EVENTS, "events.csv").frame
    places = read_table(draft.files["places.csv"], PLACES, "places.csv").frame.set_index("id")
    starts = [parse_instant(text, "calendar").earliest for text in theirs["start"]]
    assert events["at"].fillna(-math.inf).tolist() == starts
    assert events["people"].fillna("").tolist() == theirs["people"].tolist()
    for column in ("lat", "lon"):
        known = [places.loc[place, column] if place else math.nan for place in theirs["place"]]
        np.testing.assert_array_equal(events[column].to_numpy(dtype=float), known)
    assert sorted(words(done)) == sorted(map(str, draft.faults))
    assert (done.rows, done.flagged) == (draft.rows, len(draft.flagged))
    assert done.merges == merges(draft.people)
