from hypothesis import given
from hypothesis import strategies as st

from geo.records import LAST_ROW, Record, filled, ragged, records


def test_quoted_cell_with_line_breaks_is_one_row():
    found = [(record.number, record.cells) for record in records('id,a\r\n1,"x\r\ny"\r\n\r\n2,z\r\n')]
    assert found == [(1, ["id", "a"]), (2, ["1", "x\r\ny"]), (3, []), (4, ["2", "z"])]


def test_rows_end_in_any_line_end():
    assert [record.cells for record in records("a,b\r1,2\r\n3,4\n5,6")] == [
        ["a", "b"],
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
    ]


def test_letters_that_look_like_line_ends_are_letters():
    assert [record.cells for record in records("a\u2028b,\x0bc\x85\n")] == [["a\u2028b", "\x0bc\x85"]]


def test_text_behind_a_closing_quote_costs_its_own_row():
    found = list(records('id,a\n1,"x"y\n2,z\n'))
    assert [(record.number, record.cells) for record in found] == [(1, ["id", "a"]), (2, []), (3, ["2", "z"])]
    assert found[1].problem.startswith("cannot be read as CSV")


def test_quote_that_never_closes_costs_its_own_row():
    found = list(records('id,a\n1,"x\n2,y\n3,z\n'))
    assert [record.cells for record in found] == [["id", "a"], [], ["2", "y"], ["3", "z"]]
    assert [record.number for record in found if record.problem] == [2]


def test_quote_that_closes_in_a_later_row_costs_its_own_row():
    found = list(records('id,a\n1,"x\n2,"y"\n3,z\n'))
    assert [record.cells for record in found] == [["id", "a"], [], ["2", "y"], ["3", "z"]]


def test_text_of_broken_quotes_alone_comes_to_an_end():
    assert all(record.problem for record in records('y""","\n' * 30_000))


@given(st.text('a,"\n\r ', max_size=40))
def test_numbers_count_every_row(text):
    assert [record.number for record in records(text)] == list(range(1, len(list(records(text))) + 1))


def test_rows_of_empty_cells_are_no_rows():
    found = [Record(1, ["a"]), Record(2, []), Record(3, ["", ""]), Record(4, [], "broken")]
    assert [record.number for record in filled(found)] == [1, 4]


def test_rows_end_where_a_spreadsheet_ends():
    found = list(filled(Record(number, ["a"]) for number in range(LAST_ROW, LAST_ROW + 5)))
    assert [record.number for record in found] == [LAST_ROW, LAST_ROW + 1]
    assert found[1].problem == "lies below row 1,048,576, where a spreadsheet ends"


def test_missing_cells_are_asked_for():
    what, remedy = ragged(["1", "Ann"], 3, ",")
    assert what == "has only 2 cells where the header has 3 columns"
    assert remedy.startswith("give the row a cell for every column")


def test_two_short_rows_that_make_one_are_a_line_break():
    what, _ = ragged(["1", "Ann", "she"], 4, ",", ["left", "Paris"])
    assert what.endswith("with the next row it would fit: a cell may hold a line break")


def test_comma_in_a_text_is_named():
    what, _ = ragged(["4", "Di", "Paris", " France", "2021-05-01"], 4, ",")
    assert what == "has 5 cells where the header has 4 columns; 'Paris, France' may be one cell"


def test_decimal_comma_is_named():
    what, _ = ragged(["4", "Di", "48", "85", "2", "35"], 4, ",")
    assert what == "has 6 cells where the header has 4 columns; '48,85' may be one cell"


def test_row_with_no_clue_has_no_cause():
    what, remedy = ragged(["1", "Ann", "met", "x"], 3, ",")
    assert what == "has 4 cells where the header has 3 columns"
    assert remedy == "put cells that hold commas or quotes into double quotes; the row is left out"
