import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.archive import archive
from geo.doctor import examined, near_duplicates, of_raw
from geo.making import made
from geo.mapping import recognised
from geo.reading import read_raw
from geo.repairs import fixed_file, repaired, repairs
from geo.report import as_json
from geo.story import read_files, read_story
from tests import stories
from tests.raws import raw


def said(text, file="mine.csv"):
    return examined(text.encode(), file)


def test_a_sound_table_has_nothing_against_it():
    report = said("who,what,place,when,lat,lon\nAnn,met,Paris,2021-05-01,48.85,2.35\n")
    assert (report.rows, report.kept, report.flagged, report.exit_code) == (1, 1, 0, 0)
    assert (report.faults, report.notices) == ((), ())


def test_every_fault_of_every_kind_is_said_at_once_with_its_row():
    report = said("id,who,what,place,when,lat,lon\n1,Ann,a,Paris,soon,x,2\n1,Bob,b,,2021-02-30,,\n2,Cy\n")
    assert report.exit_code == 1
    assert [(fault.row, fault.column) for fault in report.faults] == [
        (2, "id"), (2, "when"), (2, "lat"), (3, "id"), (3, "when"), (3, None), (4, None),
    ]  # fmt: skip
    assert (report.rows, report.kept, report.flagged) == (3, 0, 3)


def test_a_row_with_two_faults_is_flagged_once():
    report = said("who,when,lat,lon,place\nAnn,soon,x,2,Paris\nBob,2021-05-01,48.85,2.35,Paris\n")
    assert (len(report.faults), report.flagged, report.rows_flagged) == (2, 1, (("mine.csv", 2),))


def test_names_that_may_be_one_are_proposed():
    report = said("who,what,place\nNeil McCauley,a,Paris\nNeil,b,Paris\n")
    assert [(merge.keep, merge.other) for merge in report.merges] == [("Neil McCauley", "Neil")]


@pytest.mark.parametrize("text", ["Ann met Bob in Paris.\nThen she left.\n", "a,b\n1,2\n3,4\n"])
def test_what_tells_of_no_event_is_refused_in_words(text):
    report = said(text)
    assert (report.readable, report.exit_code, report.kept) == (False, 2, 0)
    assert "no column says who, where, when or what" in report.faults[0].what


def test_a_story_folder_is_its_three_tables(tmp_path):
    folder = stories.folder(tmp_path / "s")
    report = examined(folder)
    assert (report.file, report.rows, report.flagged, report.exit_code) == ("s", 8, 0, 0)


def test_a_story_is_flagged_where_its_rows_have_faults(tmp_path):
    events = "id,title,start,place,people\ne1,One,soon,cafe,nobody\ne2,Two,D2,pier,ann\ne2,Three,,,\n"
    report = examined(stories.folder(tmp_path / "s", events=events))
    assert (report.rows, report.flagged, report.rows_flagged) == (9, 2, (("events.csv", 2), ("events.csv", 4)))
    assert len(report.faults) == 3


def test_the_zip_of_a_story_is_the_story(tmp_path):
    folder = stories.folder(tmp_path / "s")
    report = examined(archive(read_files(folder)), "s.zip")
    assert (report.file, report.rows, report.exit_code) == ("s.zip", 8, 0)


def test_a_folder_without_a_story_is_refused_in_words(tmp_path):
    report = examined(tmp_path)
    assert report.exit_code == 2
    assert all(str(fault) for fault in report.faults)
    assert report.faults


def test_the_name_of_a_file_is_text_and_no_path(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("who,what\nAnn,a\n")
    report = examined(b"who,what\nBob,b\n", str(secret))
    assert report.file == "secret.csv"
    assert report.rows == 1


def test_a_file_may_have_any_name():
    assert examined(b"", "\x1b[31m../../etc/passwd\n").faults[0].file == "passwd\N{REPLACEMENT CHARACTER}"


def test_a_map_without_any_position_is_no_story_and_a_table_is():
    text = "who,when,lat,lon\nAnn,2021-05-01,151.21,-33.87"
    assert of_raw(raw(text, kind="GeoJSON")).exit_code == 2
    assert of_raw(raw(text)).exit_code == 1
    assert of_raw(raw(f"{text}\nBob,2021-05-01,48.85,2.35", kind="GeoJSON")).exit_code == 1


HEADERS = st.lists(
    st.sampled_from([
        "id", "who", "what", "place", "city", "when", "time", "end", "lat", "lon", "gps", "radius", "x", "note",
    ]),
    unique=True, min_size=1, max_size=8,
)  # fmt: skip
CELL = st.sampled_from([
    "", "1", "Ann", "Ann; Bob", "Smith, John", "2021-05-01", "03/04/2021", "11:30", "48.85", "-200", "2°21'E",
    "D8 morning", "x" * 130, "=1+1", "<b>", "٤٨", "N/A", "2021-05-01T11:30Z", "0",
    "48.85, 2.35", "Los Angeles", '"', "1899-12-30", "45000", "12345678901",
])  # fmt: skip


@given(HEADERS, st.data())
def test_whatever_a_table_says_every_row_is_kept_or_flagged(header, data):
    rows = data.draw(st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=6))
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    report = examined(out.getvalue().encode(), "a.csv")
    assert 0 <= report.flagged <= report.rows
    assert report.flagged == report.rows or report.readable
    assert json.loads(json.dumps(as_json(report), allow_nan=False))["kept"] == report.kept
    if report.readable:
        table = read_raw(out.getvalue().encode(), "a.csv")
        draft = made(table, recognised(table))
        story = read_story(draft.files, id="a")
        assert [str(fault) for fault in story.faults] == []
        assert len(story.events) == len(table.cells)
        mended = repaired(table, repairs(table, recognised(table), draft, near_duplicates(draft)))
        assert examined(fixed_file(mended), "a.csv").rows <= report.rows


@given(st.binary(max_size=80))
def test_whatever_the_bytes_there_is_a_report(content):
    assert examined(b"a" + content, "a.csv").exit_code in (0, 1, 2)
