import pytest

from geo.delimiter import decimal_commas, separator, with_point


@pytest.mark.parametrize(
    ("text", "sign", "width"),
    [
        ("id,who\n1,Ann\n", ",", 2),
        ("id;who\n1;Ann\n", ";", 2),
        ("id\twho\n1\tAnn\n", "\t", 2),
        ("id|who\n1|Ann\n", "|", 2),
        ("who\nAnn\n", ",", 1),
        ("who\nAnn\nBob;Cy\n", ",", 1),
        ("id;lat;lon\n1;48,85;2,35\n2;47,1;3,2\n", ";", 3),
        ("1;48,85;2,35\n2;47,1;3,2\n", ";", 3),
        ("id,who\n1,Ann;Bob;Cy;Di\n2,Ann;Bob;Ed;Flo\n", ",", 2),
        ("id,what\n1,a | b | c\n2,d | e | f\n", ",", 2),
        ("id\twho\n1\tAnn, Bob\n2\tCy, Di\n", "\t", 2),
        ('id;what\n1;"a;b;c"\n', ";", 2),
        ("Events, May 2021\nid;who;lat;lon\n1;Ann;48,85;2,35\n2;Bob;48,85;2,35\n", ";", 4),
        ("id,who,when\n1,Ann,2021,x\n2,Bob\n3,Cy,2021\n", ",", 3),
    ],
)
def test_separator_cuts_rows_alike(text, sign, width):
    assert separator(text)[:2] == (sign, width)


@pytest.mark.parametrize("line", ["sep=;\n", "SEP=;\r\n", '"sep=;"\n'])
def test_separator_that_the_file_names_is_taken(line):
    assert separator(f"{line}a,b;c\n") == (";", 2, len(line))


def test_decimal_commas_are_found_column_by_column():
    header, cells = ["id", "lat", "lon", "what"], [("1", "48,85", "-2", "1,5 km"), ("2", "−33,87", "151,21", "x")]
    assert decimal_commas(header, cells, ";") == {"lat": "48,85", "lon": "151,21"}


@pytest.mark.parametrize(
    ("name", "cells", "sign", "found"),
    [
        ("lat", ["48,853", "47,123"], ";", True),
        ("cost", ["48,853", "47,123"], ";", False),
        ("cost", ["48,853", "0,123"], ";", True),
        ("cost", ["1,5", "2,5"], ";", True),
        ("people", ["1,5", "2,5"], ",", False),
        ("lat", ["1,5", "2,5"], ",", True),
        ("lat", ["48,85", "48.86"], ";", False),
        ("lat", ["48,85", "", "47,1", "47,2", "47,3", "N/A"], ";", True),
        ("lat", ["48,85", "N/A"], ";", False),
        ("lat", ["48", "47"], ";", False),
        ("lat", [], ";", False),
    ],
)
def test_comma_is_decimal_where_the_column_says_so(name, cells, sign, found):
    assert bool(decimal_commas([name], [(cell,) for cell in cells], sign)) is found


def test_number_is_written_with_a_point_and_nothing_else_is_touched():
    assert [with_point(cell) for cell in ("48,85", "−33,87", "a,b", "1,2,3", "5")] == [
        "48.85",
        "−33.87",
        "a,b",
        "1,2,3",
        "5",
    ]
