import pytest

from geo.positions import Written, read_positions


def read(*pairs, names=None, columns=("lat", "lon"), **more):
    names = names or ["Paris"] * len(pairs)
    return read_positions(Written("a.csv", range(2, 2 + len(pairs)), names, pairs, columns, **more))


def test_degrees_are_read_and_nothing_is_said():
    found = read(("48.85", "2.35"))
    assert (found.cells, found.faults, found.notices) == ([(48.85, 2.35)], [], [])


def test_what_had_to_be_understood_is_said_with_its_rows():
    assert read(("48,85", "2,35"), ("48.85", "2.35")).notices == [
        "Coordinates were read by more than their digits (decimal comma): row 2."
    ]


def test_empty_cells_are_no_problem():
    found = read(("", ""))
    assert (found.cells, found.problems, found.faults) == ([None], {}, [])


@pytest.mark.parametrize(("pair", "column", "value"), [
    (("x", "2"), "lat", "x"), (("2", "x"), "lon", "x"), (("91", "2"), "lat", "91"), (("1", ""), "lon", ""),
    (("0", "0"), "lat and lon", "0, 0"),
])  # fmt: skip
def test_a_fault_names_the_cell_that_is_wrong(pair, column, value):
    [fault] = read(pair).faults
    assert (fault.row, fault.column, fault.value) == (2, column, value)


def test_a_fault_names_columns_as_they_are_called():
    [fault] = read(("x", "2"), columns=("latitud", "longitud")).faults
    assert fault.column == "latitud"


def test_of_two_positions_that_mirror_each_other_the_rarer_is_the_fault():
    found = read(("48.85", "2.35"), ("-48.85", "2.35"), ("-48.85", "2.35"))
    assert list(found.mirrored) == [0]
    assert found.mirrored[0].proposal == ("-48.85", "2.35")


def test_another_town_of_the_name_is_no_mirror_image():
    assert read(("48.85", "2.35"), ("33.66", "-95.55"), ("-33.87", "151.21")).mirrored == {}


def test_names_are_compared_each_with_itself():
    assert read(("48.85", "2.35"), ("-48.85", "2.35"), names=["Paris", "Sea"]).mirrored == {}
