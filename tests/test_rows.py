from geo.opened_text import Opened
from geo.raw import LIMITS, Limits
from geo.records import Record
from geo.rows import column_names, fitting, header_fault

TEXT = Opened("", ",", 2, 0, ("Said before.",))


def test_rows_that_fit_are_kept_and_the_others_flagged():
    body = [Record(2, ["1", "Ann"]), Record(3, ["2"]), Record(4, [], "cannot be read")]
    rows = fitting(body, ["id", "who"], TEXT, "x.csv", LIMITS)
    assert ([list(row) for row in rows.cells], rows.numbers, rows.flagged) == ([["1", "Ann"]], [2], [3, 4])
    assert [fault.row for fault in rows.faults] == [3, 4]
    assert rows.notices == ["Said before."]


def test_absurdly_wide_row_is_counted_and_not_kept():
    (fault,) = fitting([Record(2, ["x"] * 5_000)], ["id"], TEXT, "x.csv", LIMITS).faults
    assert fault.what == "has 5,000 cells where the header has 1 column"


def test_rows_beyond_the_limit_are_left_out():
    rows = fitting([Record(2, ["1"]), Record(3, ["2"]), Record(4, ["3"])], ["id"], TEXT, "x.csv", Limits(rows=1))
    assert (rows.numbers, rows.flagged) == ([2], [3])


def test_names_are_short_and_on_one_line():
    assert column_names([" a\n b\x07 ", "x" * 500, "'=1"]) == ["a b", "x" * 120, "=1"]


def test_names_differ_by_more_than_case():
    fault = header_fault(["Who", "who", "", ""], "x.csv", 3, LIMITS)
    assert str(fault) == "x.csv row 3: the header names 'who' more than once; give every column a name of its own"
    assert header_fault(["who", "whom", "", ""], "x.csv", 3, LIMITS) is None
