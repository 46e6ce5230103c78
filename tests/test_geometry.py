import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.geometry import Located, Misplaced, located
from geo.json_text import read_json

RING = [[2, 48], [3, 48], [3, 49], [2, 48]]


def of(kind, coordinates):
    return located(read_json(json.dumps({"type": kind, "coordinates": coordinates})).value)


def test_a_point_is_as_it_is_written():
    found = located(read_json('{"type": "Point", "coordinates": [2.350, 48.8500001]}').value)
    assert found == Located("48.8500001", "2.350", "Point")


def test_zero_is_a_coordinate():
    assert of("Point", [0, 0]) == Located("0", "0", "Point")


def test_a_point_beyond_the_globe_is_left_to_whoever_reads_cells():
    assert of("Point", [-33.87, 151.21])[:2] == ("151.21", "-33.87")


def test_a_multipoint_of_one_is_a_point():
    assert of("MultiPoint", [[2.5, 48]]) == Located("48", "2.5", "Point")


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("MultiPoint", [[2, 48], [3, 48], [4, 48]]),
        ("LineString", [[2, 48], [4, 48]]),
        ("MultiLineString", [[[2, 48], [4, 48]]]),
        ("Polygon", [[[2, 47], [4, 47], [4, 49], [2, 49], [2, 47]]]),
        ("MultiPolygon", [[[[2, 47], [4, 47], [4, 49], [2, 49], [2, 47]]]]),
    ],
)
def test_any_other_geometry_has_a_point_that_stands_for_it_and_says_how(kind, coordinates):
    found = of(kind, coordinates)
    assert found[:3] == ("48", "3", kind)
    assert found.how


def test_a_collection_is_shown_by_its_largest_kind_and_an_empty_member_does_not_matter():
    line = {"type": "LineString", "coordinates": [[2, 48], [4, 48]]}
    nested = {"type": "GeometryCollection", "geometries": []}
    members = [{"type": "Point", "coordinates": [9, 9]}, line, nested]
    found = located(read_json(json.dumps({"type": "GeometryCollection", "geometries": members})).value)
    assert found[:3] == ("48", "3", "GeometryCollection")


@pytest.mark.parametrize(
    ("kind", "coordinates", "said"),
    [
        ("Point", [], "without numbers"),
        ("Point", [2], "one number"),
        ("Point", ["2", "48"], "holds a text"),
        ("Point", [True, False], "holds true"),
        ("Point", [None, 48], "holds null"),
        ("Point", [[2, 48]], "nested too deeply"),
        ("Point", {"lat": 48, "lon": 2}, "an object"),
        ("Point", "2,48", "is not a position"),
        ("Point", 5, "is not a position"),
        ("Point", None, "is not a position"),
        ("MultiPoint", [], "nothing in it"),
        ("MultiPoint", [2, 48], "is not a position"),
        ("LineString", [[0, 0]], "fewer than two"),
        ("LineString", [], "fewer than two"),
        ("LineString", [[0, 0], [1]], "one number"),
        ("LineString", "abc", "no list"),
        ("MultiLineString", [[0, 0], [1, 1]], "is not a position"),
        ("Polygon", [[[0, 0], [1, 1]]], "fewer than three corners"),
        ("Polygon", [[[0, 0], [1, 1], [0, 0]]], "fewer than three corners"),
        ("Polygon", [], "without an outline"),
        ("Polygon", RING, "is not a position"),
        ("MultiPolygon", [RING], "is not a position"),
        ("LineString", [[-33.87, 151.21], [-33.9, 151.3]], "swapped"),
        ("LineString", [[261600.0, 6250000.0], [261700.0, 6250000.0]], "metres"),
        ("Polygon", [[[500, 1], [501, 1], [501, 2], [500, 1]]], "beyond 180"),
    ],
)
def test_a_geometry_that_is_nowhere_says_why(kind, coordinates, said):
    found = of(kind, coordinates)
    assert isinstance(found, Misplaced)
    assert said in found.what
    assert found.remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("5", "is not a geometry"),
        ("[]", "is not a geometry"),
        ('"POINT (2 48)"', "is not a geometry"),
        ("{}", "has no type"),
        ('{"type": ["Point"], "coordinates": [2, 48]}', "unknown type"),
        ('{"type": "Circle", "coordinates": [2, 48]}', 'unknown type "Circle"'),
        ('{"type": "Point"}', "without coordinates"),
        ('{"type": "GeometryCollection"}', "without a list"),
        ('{"type": "GeometryCollection", "geometries": []}', "nothing in it"),
        ('{"type": "GeometryCollection", "geometries": [5]}', "is not a geometry"),
        ('{"type": "Point", "coordinates": [NaN, 48]}', "holds NaN"),
        ('{"type": "Point", "coordinates": [1e400, 48]}', "beyond all numbers"),
    ],
)
def test_what_is_no_geometry_says_why(text, said):
    found = located(read_json(text).value)
    assert isinstance(found, Misplaced)
    assert said in found.what


def test_a_type_in_other_letters_is_named_with_the_right_ones():
    assert of("point", [2, 48]).remedy.startswith("write it 'Point'")


def test_two_texts_are_shown_as_the_numbers_they_may_have_meant():
    assert of("Point", ["2", "48"]).remedy.startswith("write [2, 48]")
    assert of("Point", {"lat": 48, "lon": 2}).remedy.startswith("write [2, 48]")


def test_a_swapped_line_is_shown_the_other_way_round():
    assert "[151.21, -33.87]" in of("LineString", [[-33.87, 151.21], [-33.9, 151.3]]).remedy


def test_heights_are_left_aside_and_said():
    assert of("Point", [2, 48, 100, 5]) == Located("48", "2", "Point", "", frozenset({"heights"}))


def test_an_open_ring_is_closed_and_said():
    assert "open" in of("Polygon", [RING[:3]]).aside


def test_a_line_across_the_180th_meridian_is_said():
    assert "meridian" in of("LineString", [[170, 10], [-170, 10]]).aside


def test_collections_in_collections_end_somewhere():
    deep = {"type": "GeometryCollection", "geometries": []}
    for _ in range(20):
        deep = {"type": "GeometryCollection", "geometries": [deep]}
    assert "nested too deeply" in located(deep).what


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometries", "lat"]), inner, max_size=3)
    ),
    max_leaves=12,
)
kinds = st.sampled_from(["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "GeometryCollection"])


@given(kinds, anything)
def test_whatever_stands_there_is_somewhere_or_says_why(kind, value):
    found = located({"type": kind, "coordinates": value, "geometries": value})
    assert isinstance(found, Located) or (found.what and found.remedy)


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=6))
def test_a_shape_on_the_globe_is_shown_on_the_globe(line):
    found = located({"type": "LineString", "coordinates": [list(one) for one in line]})
    assert -90 <= float(found.lat) <= 90
    assert -180 <= float(found.lon) <= 180
    assert "e" not in found.lat + found.lon


def test_a_shape_of_absurdly_many_positions_is_refused(monkeypatch):
    monkeypatch.setattr("geo.geometry.MOST_POSITIONS", 3)
    assert isinstance(of("LineString", [[0, 0], [1, 1], [2, 2]]), Located)
    assert "more than 3 positions" in of("LineString", [[0, 0], [1, 1], [2, 2], [3, 3]]).what
