from geo.found_table import found_table
from geo.opened_text import Opened
from geo.raw import LIMITS
from geo.records import Record

SHEET = Opened("", ",", 2, 0, ("Read from a sheet.",))


def table(*rows):
    return found_table(iter([Record(i, list(row)) for i, row in enumerate(rows, start=1)]), SHEET, "x", LIMITS)


def test_rows_of_any_source_make_a_table():
    found = table(("Events", ""), ("", ""), ("who", "when"), ("Ann", "2021-05-01"), ("who", "when"))
    assert (found.header, found.numbers) == (["who", "when"], [4])
    assert found.notices == [
        "Read from a sheet.",
        "The header is row 3; what stands above it is no part of the table: 'Events'.",
        "The header stands again in row 5: left out.",
    ]


def test_no_rows_at_all_are_an_empty_header():
    assert table(("", "")).faults[0].what == "the header is empty"


def test_broken_rows_alone_are_flagged():
    found = found_table(
        iter([Record(1, [], "is broken", "mend it"), Record(2, [], "is broken", "")]), SHEET, "x", LIMITS
    )
    assert (found.flagged, str(found.faults[0])) == ([2], "x row 1: is broken; mend it")
