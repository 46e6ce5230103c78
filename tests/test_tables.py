import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tables import EVENTS, PEOPLE, PLACES, ids, read_table, suggestion, table_text, write_table

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
words = st.text("abcdefgh_-", min_size=1, max_size=6)
degrees = st.one_of(st.just(math.nan), st.floats(-90, 90).map(lambda value: round(value, 7)))


def places(text):
    return read_table(f"id,name,lat,lon,radius_m,precision\n{text}".encode(), PLACES, "places.csv")


def sentences(table):
    return [str(fault) for fault in table.faults]


def test_every_column_of_the_spec_is_there_and_unknown_ones_stay():
    table = read_table(b"id,Name,shoe size\n1,NA,44\n", PEOPLE, "people.csv")
    assert table.frame.columns.tolist() == ["id", "name", "group", "role", "aliases", "shoe size", "row"]
    assert table.frame.iloc[0].tolist() == ["1", "NA", "", "", "", "44", 2]


def test_ids_stay_as_they_are_typed():
    table = read_table(b"id,name\n9007199254740993,a\n00123,b\n1.0,c\n1,d\n", PEOPLE, "people.csv")
    assert table.frame["id"].tolist() == ["9007199254740993", "00123", "1.0", "1"]


@pytest.mark.parametrize(
    "cell", ["NaN", "inf", "-Infinity", "1e400", "N/A", "null", "-", "0x10", "1_000", "٣", "48°N", "91", "-90.1"]
)
def test_bad_latitude_is_a_fault_and_the_row_is_kept_without_it(cell):
    table = places(f"a,A,{cell},2,50,exact\n")
    assert math.isnan(table.frame["lat"].iloc[0])
    assert len(table.faults) == 1
    assert sentences(table)[0].startswith(f"places.csv row 2: lat '{cell}' is not ")
    assert (table.rows, table.flagged) == (1, ())


@pytest.mark.parametrize(("cell", "value"), [("0", 0), ("+2.5", 2.5), ("−33.87", -33.87), (".5", 0.5), ("90", 90)])
def test_number_is_read(cell, value):
    table = places(f"a,A,{cell},2,50,exact\n")
    assert (table.frame["lat"].iloc[0], table.faults) == (value, [])


def test_latitude_beyond_90_asks_whether_it_is_the_longitude():
    assert "are latitude and longitude swapped?" in sentences(places("a,A,151.21,-33.87,50,exact\n"))[0]


def test_all_faults_come_at_once_in_the_order_of_the_rows():
    table = places("a,A,x,y,-5,sure\n,B,1,2,3,exact\na,C,1,2,3,exact\nd, ,1,2,3,exact\n")
    assert [(fault.row, fault.column) for fault in table.faults] == [
        (2, "lat"),
        (2, "lon"),
        (2, "radius_m"),
        (2, "precision"),
        (3, "id"),
        (4, "id"),
        (5, "name"),
    ]


def test_row_without_an_id_of_its_own_is_flagged():
    table = places("a,A,1,2,3,exact\n,B,1,2,3,exact\na,C,1,2,3,exact\n")
    assert table.frame["name"].tolist() == ["A"]
    assert (table.rows, table.flagged) == (3, (3, 4))


def test_empty_name_shows_the_id():
    assert places("d,,1,2,3,exact\n").frame["name"].tolist() == ["d"]


def test_missing_column_names_those_it_takes():
    (sentence,) = sentences(read_table(b"id,who\n1,2\n", PEOPLE, "people.csv"))
    assert sentence == (
        "people.csv row 1: the header has no column 'name'; name the columns id, name, group, role, aliases"
    )


def test_column_that_a_story_works_out_is_left_out_with_a_notice():
    table = read_table(b"id,title,when\n1,2,3\n", EVENTS, "events.csv")
    assert "when" not in table.frame
    assert "column 'when' is a name that a story works out for itself" in sentences(table)[0]


def test_missing_file_is_a_fault(tmp_path):
    table = read_table(tmp_path / "people.csv", PEOPLE, "people.csv")
    assert sentences(table) == ["people.csv: there is no such file; check the folder"]
    assert table.frame.empty


@pytest.mark.parametrize(("cell", "expected"), [("", ()), (" a ;b;; a", ("a", "b")), (";", ())])
def test_ids_in_a_cell_come_once_and_in_order(cell, expected):
    assert ids(cell) == expected


def test_near_miss_is_suggested_and_a_far_one_is_not():
    assert suggestion("kates-deli", ["bank", "kates_deli"]) == "did you mean 'kates_deli'?"
    assert "did you mean" not in suggestion("zzz", ["bank", "kates_deli"])


def test_what_was_detected_is_a_notice_and_no_fault():
    table = read_table("id;name\n1;Zoë\x07\n".encode("cp1252"), PEOPLE, "people.csv")
    assert table.frame["name"].tolist() == ["Zoë"]
    assert table.faults == []
    assert [notice.split(" (")[0] for notice in table.notices] == [
        "The text is Windows-1252, not UTF-8",
        "The columns are separated by semicolons",
        "1 control character was taken out of row 2.",
    ]


def test_notices_stay_where_a_column_is_missing():
    assert read_table(b"id;who\n1;2\n", PEOPLE, "people.csv").notices == (
        "The columns are separated by semicolons (;).",
    )


def test_plain_table_has_no_notice():
    assert places("a,A,1,2,3,exact\n").notices == ()


def test_decimal_commas_are_numbers():
    table = read_table("id;name;Lat;lon\na;A;48,85;2,35\nb;B;−33,87;151\n".encode(), PLACES, "places.csv")
    assert table.frame[["lat", "lon"]].to_numpy().tolist() == [[48.85, 2.35], [-33.87, 151]]
    assert "Numbers have a decimal comma ('48,85' in Lat and '2,35' in lon)" in table.notices[1]


def test_bad_number_with_a_decimal_comma_is_shown_as_it_was_typed():
    table = read_table(b"id;name;lat;lon\na;A;95,5;2,35\n", PLACES, "places.csv")
    assert sentences(table)[0].startswith("places.csv row 2: lat '95,5' is not between -90 and 90")


@given(st.lists(st.tuples(words, words, degrees, degrees, texts), min_size=1, unique_by=lambda row: row[0]))
def test_table_written_and_read_is_the_same(rows):
    frame = pd.DataFrame(rows, columns=["id", "name", "lat", "lon", "note"])
    again = read_table(table_text(frame, PLACES).encode(), PLACES, "places.csv")
    assert again.faults == []
    pd.testing.assert_frame_equal(again.frame[frame.columns.tolist()], frame.astype(again.frame.dtypes[frame.columns]))


@given(st.binary(max_size=60))
def test_kept_and_flagged_rows_are_all_rows(content):
    table = read_table(b"id,title,told\n" + content, EVENTS, "events.csv")
    assert len(table.frame) + len(table.flagged) == table.rows


HOSTILE = {
    "formula": 'id,title\n1,=1+1\n2,"=HYPERLINK(""http://evil.test/"")"\n',
    "markdown": "id,title\n1,![x](https://tracker.test/p.png)\n",
    "template": "id,title\n1,{{7*7191}}\n2,</script>\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_kept_and_comes_back(name, tmp_path: Path):
    table = read_table(HOSTILE[name].encode(), EVENTS, "events.csv")
    write_table(table.frame, EVENTS, tmp_path / "events.csv")
    again = read_table(tmp_path / "events.csv", EVENTS, "events.csv")
    assert (table.faults, again.faults) == ([], [])
    assert again.frame["title"].tolist() == table.frame["title"].tolist()
