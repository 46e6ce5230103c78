from hypothesis import given
from hypothesis import strategies as st

from geo.made_places import HEADER, placed
from geo.positions import Written


def places(*rows, **more):
    """`placed` of rows (name, lat, lon)."""
    names = [name for name, _, _ in rows]
    return placed(Written("a.csv", range(2, 2 + len(rows)), names, [(lat, lon) for _, lat, lon in rows], **more))


def cells(made, column):
    return [row[HEADER.index(column)] for row in made.table]


def test_one_name_at_one_position_is_one_place():
    made = places(("Paris", "48.85", "2.35"), ("Paris", "+48.850", " 2.35"))
    assert (made.ids, cells(made, "name"), cells(made, "lat")) == (["paris", "paris"], ["Paris"], ["48.85"])
    assert (made.faults, made.notices) == ([], [])


def test_a_name_at_another_position_is_another_place_and_said():
    made = places(("Paris", "48.85", "2.35"), ("Paris", "33.66", "-95.55"))
    assert cells(made, "name") == ["Paris", "Paris (2)"]
    assert made.faults == []
    assert made.notices == [
        "'Paris' has 2 positions (rows 2 and 3): each is a place of its own, 'Paris (2)' and so on."
    ]


def test_a_row_without_coordinates_takes_the_only_ones_of_its_name():
    made = places(("Paris", "48.85", "2.35"), ("Paris", "", ""))
    assert (made.ids, made.faults) == (["paris", "paris"], [])
    assert made.notices == ["1 row has no coordinates and took those of the same place in other rows: row 3."]


def test_a_name_of_two_positions_does_not_place_a_row_without_coordinates():
    made = places(("Paris", "48.85", "2.35"), ("Paris", "33.66", "-95.55"), ("Paris", "", ""))
    assert [str(fault).split(";")[0] for fault in made.faults] == [
        "a.csv row 4: where 'Paris' stands for two positions in this file, and the row has no coordinates"
    ]
    assert cells(made, "name")[2] == "Paris (position not known)"
    assert cells(made, "query")[2] == "Paris"
    assert cells(made, "lat")[2] == ""


def test_a_position_with_a_wrong_sign_is_a_fault_and_is_not_drawn():
    made = places(("Paris", "48.85", "2.35"), ("Paris", "48.85", "2.35"), ("Paris", "−48.85", "2"))
    [fault] = made.faults
    assert (fault.row, fault.column) == (4, "lat and lon")
    assert "has the other sign of latitude than 2 other rows of 'Paris' (row 2): wrong sign?" in str(fault)
    assert made.problems[2].proposal == ("48.85", "2.0")
    assert cells(made, "lat") == ["48.85", ""]


def test_both_sides_of_a_meridian_near_each_other_are_no_wrong_sign():
    assert places(("London", "51.5", "0.1"), ("London", "51.5", "-0.1")).faults == []


def test_a_name_without_coordinates_is_to_be_looked_up():
    made = places(("Paris", "", ""))
    assert (made.faults, cells(made, "query")) == ([], ["Paris"])
    assert made.notices == ["'Paris' has no coordinates yet: the geocoding desk finds them."]


def test_neither_name_nor_coordinates_is_a_fault():
    made = places(("", "", ""), ("Paris", "", ""))
    assert made.ids == ["", "paris"]
    assert [fault.row for fault in made.faults] == [2]


def test_coordinates_that_cannot_be_read_are_one_fault_a_row():
    made = places(("Paris", "NaN", "2"), ("Paris", "151.21", "-33.87"), ("Gulf", "0", "0"))
    assert [fault.row for fault in made.faults] == [2, 3, 4]
    assert {index: problem.kind for index, problem in made.problems.items()} == {
        0: "not_a_number", 1: "swapped", 2: "null_island",
    }  # fmt: skip


def test_zero_alone_is_a_coordinate():
    assert cells(places(("Quito", "0", "-78.5")), "lat") == ["0"]


def test_a_position_without_a_name_is_called_by_its_degrees():
    made = places(("", "34.0387", "-118.2510"))
    assert (cells(made, "name"), made.ids) == (["34.0387, -118.251"], ["34_0387_118_251"])


def test_a_line_is_a_point_that_is_inferred_and_says_so():
    made = places(("Road", "34.1", "-118.1"), shapes=["LineString"])
    assert (cells(made, "precision"), cells(made, "note")) == (["inferred"], ["A point that stands for a LineString."])


def test_a_radius_in_metres_goes_with_its_place():
    assert cells(places(("A", "34.1", "-118.1"), radii=["50 m"]), "radius_m") == ["50"]
    assert cells(places(("A", "34.1", "-118.1"), radii=["wide"]), "radius_m") == [""]


def test_a_place_says_which_row_it_is_from():
    assert cells(places(("A", "34.1", "-118.1")), "source") == ["a.csv, row 2"]


def test_a_table_without_any_position_is_all_names():
    made = placed(Written("a.csv", [2, 3], ["Paris", "Rome"], None))
    assert made.ids == ["paris", "rome"]


def test_one_cell_may_hold_both():
    made = placed(Written("a.csv", [2], ["Paris"], [("48.85, 2.35", "")], columns=("gps",)))
    assert cells(made, "lon") == ["2.35"]


@given(st.lists(st.tuples(st.sampled_from(["", "A", "B"]), st.sampled_from(["", "1", "-40", "91", "x"]),
                          st.sampled_from(["", "2", "100", "181"])), max_size=8))  # fmt: skip
def test_every_row_has_a_place_or_a_fault_and_every_place_a_row(rows):
    made = places(*rows)
    flagged = {fault.row for fault in made.faults}
    assert all(place or number in flagged for number, place in enumerate(made.ids, 2))
    assert set(made.ids) - {""} == set(cells(made, "id"))
