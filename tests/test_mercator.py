import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.mercator import EDGE_M, degrees, metres


def test_the_origin_is_where_greenwich_meets_the_equator():
    assert degrees(0, 0) == (0, 0)


def test_the_edge_is_longitude_180_and_the_latitude_that_makes_a_square():
    lat, lon = degrees(EDGE_M, EDGE_M)
    assert (round(lat, 6), round(lon, 6)) == (85.051129, 180)


def test_los_angeles_in_metres_is_los_angeles_in_degrees():
    lat, lon = degrees(-13_163_000, 4_035_000)
    assert (round(lat, 3), round(lon, 3)) == (34.046, -118.245)


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_degrees_of_the_metres_of_a_place_are_its_degrees(lat, lon):
    back = degrees(*metres(lat, lon))
    assert math.isclose(back[0], lat, abs_tol=1e-9)
    assert math.isclose(back[1], lon, abs_tol=1e-9)


def test_a_pole_has_no_metres():
    with pytest.raises(ValueError, match="pole"):
        metres(90, 0)
