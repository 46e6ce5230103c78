import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.csv_text import MOST_CHARACTERS, protected, read_rows, unprotected, written

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", '"=1', "'=1", "＝1", "-x"]
cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def sentences(content):
    return [str(fault) for fault in read_rows(content, "x.csv").faults]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "x.csv: the file is empty"),
        (b"PK\x03\x04....", "x.csv: this is an Excel workbook or another zip archive; save it as CSV"),
        (b"\x1f\x8b\x08\x00", "x.csv: this is compressed with gzip; save it as CSV"),
        (b"id,name\n1,A\0n\n", "x.csv: this is not a text file: NUL at byte 11; save it as CSV"),
        ("id,name\n1,Zoë\n".encode("cp1252"), "x.csv: the text is not UTF-8: byte 12 is 0xeb; save the file again"),
        (b"id,name\n", "x.csv: no rows below the header; add a row"),
        (b"id,who,WHO, id \n1,2,3,4\n", "x.csv row 1: the header names 'id', 'who' more than once"),
        (b"id;name\n1;2\n", "x.csv row 1: the columns are separated by ';'; save the file with commas"),
        (b"id\tname\n1\t2\n", "x.csv row 1: the columns are separated by a tab"),
        (b"id,,name\n1,2,3\n", "x.csv row 1: column 2 has no name; name it or delete it"),
        (b" , \n1,2\n", "x.csv row 1: the header is empty"),
    ],
)
def test_file_that_cannot_be_read_is_one_fault(content, sentence):
    (found,) = sentences(content)
    assert found.startswith(sentence)
    assert read_rows(content, "x.csv").cells == []


def test_too_many_columns_are_refused_at_once():
    (found,) = sentences(b",".join([b"a"] * 40_000) + b"\n")
    assert "40,000 columns; at most 200" in found


def test_byte_order_mark_is_no_part_of_the_first_name():
    assert read_rows("id,name\n1,Łukasz\n".encode("utf-8-sig"), "x.csv").header == ["id", "name"]


def test_ragged_rows_are_flagged_and_no_column_shifts():
    rows = read_rows(b"id,a,b\n1,x,y\n2,x\n3,x,y,z\n4,x,y\n", "x.csv")
    assert rows.cells == [["1", "x", "y"], ["4", "x", "y"]]
    assert rows.numbers == [2, 5]
    assert rows.flagged == [3, 4]
    assert str(rows.faults[0]).startswith("x.csv row 3: has 2 cells where the header has 3 columns")


def test_every_row_one_too_wide_leaves_no_row():
    rows = read_rows(b"id,a\n1,x,y\n2,x,y\n", "x.csv")
    assert (rows.cells, rows.flagged) == ([], [2, 3])


def test_broken_quote_is_flagged_and_the_rest_is_read():
    rows = read_rows(b'id,a\n1,"x"y\n2,z\n', "x.csv")
    assert (rows.cells, rows.flagged) == ([["2", "z"]], [2])


def test_empty_rows_are_no_rows_but_count_in_the_numbers():
    assert read_rows(b"id,a\n\n1,x\n,\n2,y\n", "x.csv").numbers == [3, 5]


def test_long_text_is_cut_with_a_notice():
    rows = read_rows(b"id,a\n1," + b"x" * 200_000 + b"\n2,y\n", "x.csv")
    assert [len(row[1]) for row in rows.cells] == [MOST_CHARACTERS, 1]
    assert str(rows.faults[0]) == "x.csv row 2: a holds 200,000 characters; it is cut at 2,000"


def test_control_characters_are_taken_out_with_a_notice():
    rows = read_rows("id,a\n1,A\x1b[31mnn\x07\x85\n".encode(), "x.csv")
    assert rows.cells == [["1", "A[31mnn"]]
    assert str(rows.faults[0]) == "x.csv row 2: a holds 3 control characters; they are taken out"


def test_line_breaks_and_tabs_inside_a_cell_stay():
    assert read_rows(b'id,a\r\n1,"x\r\ny\tz"\r\n', "x.csv").cells == [["1", "x\ny\tz"]]


@pytest.mark.parametrize("text", ["{{7*7191}}", "</script>", "a\u2028b", "\u202eabc", "NA", "None", "null", "00123"])
def test_text_is_text(text):
    assert read_rows(f"id,a\n1,{text}\n".encode(), "x.csv").cells == [["1", text]]


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_protected(text):
    assert protected(text) == f"'{text}"


@given(cells)
def test_protecting_is_undone(text):
    assert unprotected(protected(text)) == text


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1))
def test_rows_written_are_the_rows_read(rows):
    safe = [["1", *(protected(cell) for cell in row)] for row in rows]
    assert read_rows(written(["id", "a", "b"], safe).encode(), "x.csv").cells == [["1", *row] for row in rows]


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_faults(content):
    rows = read_rows(content, "x.csv")
    assert rows.faults or rows.cells
    assert len(rows.cells) == len(rows.numbers)
