import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.csv_text import protected, read_rows, written
from geo.raw import LIMITS

cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


def sentences(content):
    return [str(fault) for fault in read_rows(content, "x.csv").faults]


def table(content):
    return [list(row) for row in read_rows(content, "x.csv").cells]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "x.csv: the file is empty"),
        (b"\xef\xbb\xbf \r\n", "x.csv: the file is empty"),
        (b"PK\x03\x04....", "x.csv: this is an Excel workbook or another zip archive"),
        (b"\x1f\x8b\x08\x00", "x.csv: this is compressed with gzip; unpack it"),
        (b"id,name\n1,A\0n\n", "x.csv: this is not a text file but binary: NUL at byte 11; save the table as CSV"),
        (b"id,name\n1,Zo\x81\n", "x.csv: the text is neither UTF-8 (byte 12 is 0x81) nor Windows-1252"),
        (b"id,name\n", "x.csv: no rows below the header; add a row"),
        (b"id,who,WHO, id \n1,2,3,4\n", "x.csv row 1: the header names 'id', 'who' more than once"),
        (b"id,,name\n1,2,3\n", "x.csv row 1: column 2 has no name; name it or delete it"),
        (b" , \n1,2\n", "x.csv row 1: the header is empty"),
        (b'"id"x,name\n1,2\n', "x.csv row 1: cannot be read as CSV"),
    ],
)
def test_file_that_cannot_be_read_is_one_fault(content, sentence):
    (found,) = sentences(content)
    assert found.startswith(sentence)
    assert table(content) == []


def test_too_many_columns_are_refused():
    (found,) = sentences(b",".join([b"a"] * 40_000) + b"\n")
    assert "40,000 columns; at most 200" in found


def test_byte_order_mark_is_no_part_of_the_first_name():
    rows = read_rows("id,name\n1,Łukasz\n".encode("utf-8-sig"), "x.csv")
    assert (rows.header, rows.notices) == (["id", "name"], [])


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        (b"id;name\n1;Ann\n", "The columns are separated by semicolons (;)."),
        (b"id\tname\n1\tAnn\n", "The columns are separated by tabs."),
        ("id,name\n1,Ann\n".encode("utf-16"), "The text is UTF-16 (little endian), not UTF-8: it was read so."),
    ],
)
def test_what_was_detected_is_a_notice(content, notice):
    rows = read_rows(content, "x.csv")
    assert (rows.header, table(content)) == (["id", "name"], [["1", "Ann"]])
    assert (rows.notices, rows.faults) == ([notice], [])


def test_ragged_rows_are_flagged_and_no_column_shifts():
    rows = read_rows(b"id,a,b\n1,x,y\n2,x\n3,x,y,z\n4,x,y\n", "x.csv")
    assert [list(row) for row in rows.cells] == [["1", "x", "y"], ["4", "x", "y"]]
    assert rows.numbers == [2, 5]
    assert rows.flagged == [3, 4]
    assert str(rows.faults[0]).startswith("x.csv row 3: has only 2 cells where the header has 3 columns")


def test_every_row_one_too_wide_leaves_no_row():
    rows = read_rows(b"id,a\n1,x,y\n2,x,y\n", "x.csv")
    assert (rows.cells, rows.flagged) == ([], [2, 3])


def test_empty_rows_are_no_rows_but_count_in_the_numbers():
    assert read_rows(b"id,a\n\n1,x\n,\n2,y\n", "x.csv").numbers == [3, 5]


def test_long_text_is_cut_with_a_fault():
    content = b"id,a\n1," + b"x" * 200_000 + b"\n2,y\n"
    assert [len(row[1]) for row in table(content)] == [LIMITS.characters, 1]
    assert sentences(content) == ["x.csv row 2: a holds 200,000 characters; shorten it; it is cut at 2,000"]


def test_control_characters_are_taken_out_with_one_notice():
    rows = read_rows("id,a\n1,A\x1b[31mnn\x07\x85\n2,b\n3,\x00c\n".replace("\x00", "\x01").encode(), "x.csv")
    assert [row[1] for row in rows.cells] == ["A[31mnn", "b", "c"]
    assert (rows.faults, rows.notices) == ([], ["4 control characters were taken out of rows 2 and 4."])


def test_line_breaks_and_tabs_inside_a_cell_stay():
    assert table(b'id,a\r\n1,"x\r\ny\tz"\r\n') == [["1", "x\ny\tz"]]


@pytest.mark.parametrize("text", ["{{7*7191}}", "</script>", "a\u2028b", "\u202eabc", "NA", "None", "null", "00123"])
def test_text_is_text(text):
    assert table(f"id,a\n1,{text}\n".encode()) == [["1", text]]


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1))
def test_rows_written_are_the_rows_read(rows):
    safe = [["1", *(protected(cell) for cell in row)] for row in rows]
    assert table(written(["id", "a", "b"], safe).encode()) == [["1", *row] for row in rows]


@given(st.binary(max_size=200))
def test_any_bytes_are_rows_or_faults(content):
    rows = read_rows(content, "x.csv")
    assert rows.faults or rows.cells
    assert len(rows.cells) == len(rows.numbers)
