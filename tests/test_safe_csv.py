import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.csv_text import read_rows
from geo.safe_csv import safe, safe_csv


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-1+1", "@SUM(1)", " =1", '"=1"', "'=1", "＝1+1", "-33.87 and falling"]
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe(cell):
    assert safe(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ann", "-33.87", "+151.21", "-4.9e1", "−48.85", "<b>", "{{7*7191}}", "'tis"])
def test_numbers_and_plain_text_are_not_touched(cell):
    assert safe(cell) == cell


def test_a_file_for_excel_is_marked():
    assert safe_csv(["a"], [["1"]], marked=True).startswith(b"\xef\xbb\xbfa")


@given(
    st.lists(
        st.tuples(st.text("ab=+-@1.'\"\n,", max_size=8), st.text("x=-1'", min_size=1, max_size=5)),
        min_size=1,
        max_size=6,
    )
)
def test_a_table_written_is_read_as_it_was(rows):
    read = read_rows(safe_csv(["one", "two"], rows), "a.csv")
    assert [tuple(cells) for cells in read.cells] == rows
