import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cleaning import cleaned, is_formula, listed_rows, protected, unprotected

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1", '"=1', "'=1", "＝1", "-x"]


def test_clean_rows_are_kept_as_they_are():
    assert cleaned("x.csv", ["a", "b"], [["1", "Zoë\n\t"]], [2], 10) == ([("1", "Zoë\n\t")], [], [])


def test_control_characters_are_one_notice_with_count_and_rows():
    found = cleaned("x.csv", ["a"], [["\x07x\x1b"], ["y"], ["\x85z"]], [2, 3, 4], 10)
    assert found == ([("x",), ("y",), ("z",)], [], ["3 control characters were taken out of rows 2 and 4."])


def test_line_ends_are_line_feeds_and_no_control_characters():
    assert cleaned("x.csv", ["a"], [["x\r\ny\rz"]], [2], 10) == ([("x\ny\nz",)], [], [])


def test_each_long_cell_is_cut_and_is_a_fault():
    found = cleaned("x.csv", ["a", "b"], [["xxxx", "yy"], ["zz", "zz"]], [2, 3], 3)
    assert found.cells == [("xxx", "yy"), ("zz", "zz")]
    assert [str(fault) for fault in found.faults] == ["x.csv row 2: a holds 4 characters; shorten it; it is cut at 3"]


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([2], "row 2"),
        ([2, 3], "rows 2 and 3"),
        ([2, 3, 4, 5, 6], "rows 2, 3, 4, 5 and 6"),
        (range(2, 3_002), "rows 2, 3, 4, 5, 6 and 2,995 more"),
    ],
)
def test_rows_are_listed_in_words(numbers, words):
    assert listed_rows(numbers) == words


@pytest.mark.parametrize("text", FORMULAS)
def test_formula_is_protected(text):
    assert protected(text) == f"'{text}"
    assert is_formula(text)


@given(st.text())
def test_protecting_is_undone(text):
    assert unprotected(protected(text)) == text
