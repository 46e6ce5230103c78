import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cleaning import protected
from geo.csv_text import written
from geo.delimited import read_delimited
from geo.raw import Limits

HEADER = "id,who,what,place,when,lat,lon\n"


def read(text):
    return read_delimited(text if isinstance(text, bytes) else text.encode(), "x.csv")


def sentences(raw):
    return [str(fault) for fault in raw.faults]


def test_plain_table_is_read_without_a_word():
    raw = read(f"{HEADER}1,Ann,met,Paris,2021-05-01,48.85,2.35\n")
    assert (raw.kind, raw.header) == ("CSV", ("id", "who", "what", "place", "when", "lat", "lon"))
    assert raw.cells == (("1", "Ann", "met", "Paris", "2021-05-01", "48.85", "2.35"),)
    assert (raw.numbers, raw.notices, raw.faults, raw.decimal_comma) == ((2,), (), (), False)


def test_rows_left_out_have_the_numbers_that_a_spreadsheet_shows():
    raw = read(
        f"{HEADER}1,Ann,met,Paris,2021-05-01,48.85,2.35\n2,Bob,met,Paris\n3,Cy,met,Paris,2021-05-01,1,2,x,y\n"
        "4,Di,met,Paris, France,2021-05-01,48.85,2.35\n5,Ed,met,Paris,2021-05-01,48.85,2.35\n"
    )
    assert (raw.numbers, raw.flagged, raw.rows) == ((2, 6), (3, 4, 5), 5)
    assert "'Paris, France' may be one cell" in sentences(raw)[2]


def test_a_quoted_cell_of_several_lines_is_one_row():
    assert read('id,a,b\n1,"x\n\ny",2\n3\n4,z,5\n').flagged == (3,)


def test_one_value_too_many_on_every_row_shifts_nothing():
    raw = read("id,who,lat\n1,Ann,48.85,x\n2,Bob,48.85,y\n")
    assert (raw.cells, raw.flagged) == ((), (2, 3))


def test_one_empty_cell_too_many_on_every_row_is_left_out_with_a_notice():
    raw = read("id,who,lat\n1,Ann,48.85,\n2,Bob,48.85,\n")
    assert raw.cells == (("1", "Ann", "48.85"), ("2", "Bob", "48.85"))
    assert raw.notices == ("Every row has an empty cell beyond the header: it was left out.",)


def test_one_row_with_an_empty_cell_too_many_is_flagged():
    assert read("id,who,lat\n1,Paris, France,\n2,Bob,48.85\n").flagged == (2,)


def test_unquoted_decimal_commas_are_told():
    raw = read("id,who,lat,lon\n1,Ann,48,85,2,35\n")
    assert raw.flagged == (2,)
    assert "'48,85' may be one cell" in sentences(raw)[0]


def test_double_names_are_refused_and_every_row_is_flagged():
    raw = read("id,who,who, Lat ,LON,lat,when\n1,Ann,Bob,48.85,2.35,1.0,2021-05-01\n")
    assert (raw.rows, raw.flagged, raw.readable) == (1, (2,), False)
    assert sentences(raw)[0].startswith("x.csv row 1: the header names 'who', 'lat' more than once; give every")


def test_far_too_many_columns_are_refused_and_every_row_is_flagged():
    raw = read(",".join(["a"] * 40_000) + "\n" + "1,2\n\n3,4\n")
    assert (raw.flagged, len(raw.faults)) == ((2, 4), 1)
    assert "40,000 columns; at most 200 are read" in sentences(raw)[0]


def test_far_too_many_columns_below_a_title_are_refused():
    raw = read("Title\n" + ",".join(f"c{i}" for i in range(201)) + "\n")
    assert not raw.readable
    assert read_delimited(b"a,b,c\n1,2,3\n", "x.csv", Limits(columns=2)).faults


def test_semicolons_and_decimal_commas_are_told():
    raw = read("id;who;lat;lon\n1;Ann;48,85;2,35\n2;Bob;-33,87;151,21\n")
    assert raw.cells[1] == ("2", "Bob", "-33,87", "151,21")
    assert raw.decimal_comma
    assert raw.notices == (
        "The columns are separated by semicolons (;).",
        "Numbers have a decimal comma ('48,85' in lat and '2,35' in lon): they are read so.",
    )


def test_quoted_decimal_commas_between_commas_are_told():
    assert read('id,lat,lon\n1,"48,85","2,35"\n').decimal_comma


def test_tabs_make_it_a_tsv():
    assert read("id\twho\n1\tAnn\n").kind == "TSV"


def test_windows_1252_is_told():
    raw = read("id,who\n1,Zoë – “O” €\n".encode("cp1252"))
    assert raw.cells == (("1", "Zoë – “O” €"),)
    assert raw.notices[0].startswith("The text is Windows-1252")


def test_cell_with_broken_bytes_is_kept_and_is_a_fault():
    raw = read("id,who\n1,Zoë\n2,Łukasz ".encode() + b"\xff\n")
    assert [row[0] for row in raw.cells] == ["1", "2"]
    assert [(fault.row, fault.column) for fault in raw.faults] == [(3, "who")]


def test_titles_above_the_header_are_told_and_rows_keep_their_numbers():
    raw = read("Events of May;;\n\nid;who;when\n1;Ann;2021-05-01\n2;Bob\n")
    assert (raw.header, raw.numbers, raw.flagged) == (("id", "who", "when"), (4,), (5,))
    assert raw.notices[1] == "The header is row 3; what stands above it is no part of the table: 'Events of May'."


def test_table_without_a_header_gets_numbered_columns_and_loses_no_row():
    raw = read("1,Ann,48.85\n2,Bob,41.9\n")
    assert (raw.header, raw.numbers) == (("column 1", "column 2", "column 3"), (1, 2))
    assert "The first row holds data, not names" in raw.notices[0]


def test_column_without_a_name_is_numbered_and_an_empty_one_dropped():
    raw = read(",who,column 1,,\n7,Ann,x,,\n8,Bob,y,,\n")
    assert raw.header == ("column 1 (unnamed)", "who", "column 1")
    assert raw.cells[0] == ("7", "Ann", "x")
    assert raw.notices == ("Columns without a name are called 'column 1 (unnamed)'.",)


def test_header_that_stands_again_is_no_row():
    raw = read("id,who\n1,Ann\nid,who\n2,Bob\n")
    assert (raw.numbers, raw.rows) == ((2, 4), 2)
    assert raw.notices == ("The header stands again in row 3: left out.",)


def test_names_are_one_line_without_control_characters():
    assert read('" id\x07","la\ntitude"\n1,2\n').header == ("id", "la titude")


def test_hostile_names_are_text():
    names = ("id", "<img src=x onerror=alert(1)>", "{{7*7191}}", "=1+1")
    assert read(",".join(names) + "\n1,v,v,v\n").header == names


@pytest.mark.parametrize("content", ["", "\ufeff", " \n\r\n", "\n"])
def test_empty_file_is_empty(content):
    assert sentences(read(content)) == ["x.csv: the file is empty; give it a header and a row for each entry"]


@pytest.mark.parametrize("content", [HEADER, HEADER.strip(), HEADER + "\n,,,,,,\n"])
def test_header_alone_has_no_rows(content):
    assert sentences(read(content)) == ["x.csv: no rows below the header; add a row"]


def test_commas_alone_are_an_empty_header():
    assert sentences(read(",,\n,,\n"))[0].startswith("x.csv row 1: the header is empty")


def test_long_text_is_cut_and_the_other_row_kept():
    raw = read("id,what\n1," + "x" * 200_000 + "\n2,y\n")
    assert [len(row[1]) for row in raw.cells] == [2_000, 1]
    assert [(fault.row, fault.what) for fault in raw.faults] == [(2, "holds 200,000 characters")]


def test_rows_beyond_the_limit_are_told():
    raw = read_delimited(b"id,a\n1,x\n2,y\n3,z\n4,z\n", "x.csv", Limits(rows=2))
    assert (raw.numbers, raw.flagged) == ((2, 3), (4,))
    assert "has more than 2 rows" in sentences(raw)[0]


def test_larger_files_are_refused_unread():
    assert "has 9 bytes; at most 8" in sentences(read_delimited(b"id,a\n1,x\n", "x.csv", Limits(size=8)))[0]


TEXTS = ["=1+1", "'=1+1", "''=1", "'-alert(1)-'", "-x", "'tis", "'so'", "+1+1", '"""=1+1"""', "-33.87 and falling"]


def test_text_that_a_spreadsheet_would_run_is_kept_as_it_stands():
    rows = [[str(i), text] for i, text in enumerate(TEXTS)]
    raw = read(written(["id", "what"], rows))
    assert [row[1] for row in raw.cells] == TEXTS
    assert raw.notices == ()


@pytest.mark.parametrize("text", ["'-alert(1)-'", "'tis", "'so'"])
def test_quotation_marks_are_no_protection(text):
    assert read(written(["id", "what"], [["1", text]])).cells[0][1] == text


def test_protection_is_taken_off_where_every_formula_has_it():
    rows = [[str(i), protected(text), "-33.87"] for i, text in enumerate(TEXTS)]
    raw = read(written(["id", "what", "lat"], rows))
    assert [row[1] for row in raw.cells] == TEXTS
    assert "was taken off in rows" in raw.notices[0]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text('a1,;"\n\t', max_size=40))
def test_any_text_is_rows_or_faults(text):
    raw = read(text)
    assert raw.cells or raw.faults
    assert len(raw.numbers) == len(raw.cells)
    assert all(len(row) == len(raw.header) for row in raw.cells)
    assert not set(raw.numbers) & set(raw.flagged)
    assert {fault.row for fault in raw.faults} >= set(raw.flagged) or not raw.cells
