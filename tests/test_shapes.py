import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from geo.shapes import area, central, inside, length, middle, representative

degrees = st.floats(-60, 60, allow_nan=False).map(lambda x: round(x, 6))
positions = st.tuples(degrees, degrees)
SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (0.0, 0.0)]
HORSESHOE = [(0, 0), (9, 0), (9, 9), (8, 9), (8, 1), (1, 1), (1, 9), (0, 9), (0, 0)]


def is_inside(position, polygon):
    """The even-odd rule, counted northwards; the search itself counts eastwards."""
    x, y = position
    crossed = 0
    for ring in polygon:
        for (x1, y1), (x2, y2) in pairwise(ring):
            crossed += (x1 <= x) != (x2 <= x) and y < y1 + (x - x1) / (x2 - x1) * (y2 - y1)
    return crossed % 2 == 1


@st.composite
def stars(draw):
    """A closed outline around a middle, with corners near and far."""
    lon, lat = draw(degrees), draw(degrees)
    radii = draw(st.lists(st.floats(0.1, 20), min_size=3, max_size=12))
    ring = [
        (
            lon + radius * math.cos(2 * math.pi * i / len(radii)),
            lat + radius * math.sin(2 * math.pi * i / len(radii)),
        )
        for i, radius in enumerate(radii)
    ]
    return [*ring, ring[0]]


def test_middle_of_a_line_is_by_length_and_not_by_corners():
    assert middle([(0, 0), (0, 1), (0, 2), (0, 10)]) == pytest.approx((0, 5))


def test_middle_of_a_line_of_one_place_is_that_place():
    assert middle([(2, 48), (2, 48)]) == (2, 48)


def test_middle_of_a_line_across_the_180th_meridian_is_on_the_short_way():
    lon, lat = middle([(170, 10), (-170, 10)])
    assert (abs(lon), lat) == pytest.approx((180, 10))


def test_middle_of_a_line_from_edge_to_edge_of_the_map_goes_through_greenwich():
    assert middle([(-180, 0), (180, 0)]) == pytest.approx((0, 0))


@given(st.lists(positions, min_size=2, max_size=8))
def test_a_line_has_the_same_middle_backwards(line):
    assert middle(line[::-1]) == pytest.approx(middle(line), abs=1e-6)


@given(st.lists(positions, min_size=2, max_size=8))
def test_the_middle_lies_within_the_bounds_of_the_line(line):
    lon, lat = middle(line)
    assert min(x for x, _ in line) - 1e-9 <= lon <= max(x for x, _ in line) + 1e-9
    assert min(y for _, y in line) - 1e-9 <= lat <= max(y for _, y in line) + 1e-9


@given(stars())
def test_a_point_inside_a_polygon_is_inside_it(ring):
    assert is_inside(inside([ring]), [ring])


@given(stars(), st.integers(0, 20), st.booleans())
def test_it_does_not_matter_where_an_outline_begins_and_which_way_it_runs(ring, start, backwards):
    start %= len(ring) - 1
    turned = [*ring[start:-1], *ring[: start + 1]]
    moved = inside([turned[::-1] if backwards else turned])
    assert is_inside(moved, [ring])
    assert moved[1] == inside([ring])[1]


def test_a_point_inside_a_horseshoe_is_not_in_its_opening():
    assert is_inside(inside([HORSESHOE]), [HORSESHOE])


def test_a_point_inside_a_polygon_is_in_none_of_its_holes():
    hole = [(1, 1), (3.5, 1), (3.5, 3.9), (1, 3.9), (1, 1)]
    lon, lat = inside([SQUARE, hole])
    assert is_inside((lon, lat), [SQUARE, hole])


@given(st.lists(positions, min_size=3, max_size=8))
def test_any_outline_has_a_point_within_its_bounds(ring):
    lon, lat = inside([[*ring, ring[0]]])
    assert min(x for x, _ in ring) - 1e-9 <= lon <= max(x for x, _ in ring) + 1e-9
    assert min(y for _, y in ring) - 1e-9 <= lat <= max(y for _, y in ring) + 1e-9


def test_a_polygon_without_area_has_the_middle_of_its_outline():
    assert inside([[(0, 0), (2, 0), (4, 0), (0, 0)]]) == pytest.approx((4, 0))
    assert inside([[(7, 7)] * 4]) == (7, 7)


def test_the_point_for_several_points_is_one_of_them():
    assert central([(0, 0), (1, 1), (8, 8)]) == (1, 1)


@given(st.lists(positions, min_size=1, max_size=8), st.randoms())
def test_the_order_of_points_does_not_move_their_middle(points, random):
    shuffled = random.sample(points, len(points))
    mean = [sum(one[axis] for one in points) / len(points) for axis in (0, 1)]
    scale = math.cos(math.radians(mean[1]))

    def away(point):
        return math.hypot((point[0] - mean[0]) * scale, point[1] - mean[1])

    assert away(central(shuffled)) == pytest.approx(away(central(points)))


def test_a_degree_of_longitude_counts_less_in_the_north():
    assert length([(0, 60), (1, 60)]) == pytest.approx(0.5)


def test_a_hole_is_no_area():
    hole = [(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)]
    assert area([SQUARE, hole]) == pytest.approx(area([SQUARE]) * 15 / 16, rel=1e-3)


def test_polygons_go_before_lines_and_lines_before_points():
    far = [(50, 50), (51, 50)]
    assert is_inside(representative([(9, 9)], [far], [[SQUARE]])[:2], [SQUARE])
    assert representative([(9, 9)], [far], [])[:2] == pytest.approx((50.5, 50))
    assert representative([(9, 9)], [], [])[:2] == (9, 9)


def test_the_largest_polygon_and_the_longest_line_stand_for_several():
    small = [(20, 20), (21, 20), (21, 21), (20, 20)]
    assert is_inside(representative([], [], [[small], [SQUARE]])[:2], [SQUARE])
    found = representative([], [[(0, 0), (1, 0)], [(5, 0), (9, 0)]], [])
    assert found[:2] == pytest.approx((7, 0))
    assert found.how == "the middle of its longest line, by length"


def test_nothing_has_no_representative():
    with pytest.raises(ValueError, match="nothing"):
        representative([], [], [])


@given(st.lists(positions, min_size=2, max_size=8))
def test_half_of_a_line_lies_on_either_side_of_its_middle(line):
    assume(length(line) > 1e-3)
    # On a parallel, where the scale is one, the halves can be measured one by one.
    flat = [(lon, 0.0) for lon, _ in line]
    assume(length(flat) > 1e-3)
    lon, _ = middle(flat)
    gone = 0.0
    for (west, _), (east, _) in pairwise(flat):
        if (
            gone + abs(east - west) >= length(flat) / 2 - 1e-9
            and min(west, east) - 1e-9 <= lon <= max(west, east) + 1e-9
        ):
            assert gone + abs(lon - west) == pytest.approx(length(flat) / 2, abs=1e-6)
            break
        gone += abs(east - west)
    else:
        pytest.fail("the middle is not on the line")
