from geo.opened_text import Closed, Opened, opened
from geo.raw import LIMITS, Limits


def test_line_that_names_the_separator_is_no_row():
    assert opened(b"sep=;\na;b\n1;2\n", "x.csv", LIMITS) == Opened(
        "a;b\n1;2\n", ";", 2, 0, ("The columns are separated by semicolons (;).",)
    )


def test_quoted_separators_make_no_columns():
    assert isinstance(opened(b'"a,b,c,d",b\n1,2\n', "x.csv", Limits(columns=2)), Opened)


def test_too_many_columns_close_the_file_and_count_its_rows():
    found = opened(b"a,b,c\n1,2,3\n\n4,5,6\n", "x.csv", Limits(columns=2))
    assert isinstance(found, Closed)
    assert found.flagged == (2, 4)
    assert str(found.fault) == "x.csv row 1: the header has 3 columns; at most 2 are read; delete some columns"


def test_json_is_no_table_of_text():
    found = opened(b'{"a": 1}', "x.csv", LIMITS)
    assert isinstance(found, Closed)
    assert found.fault.what == "this is JSON, not a table of text"
