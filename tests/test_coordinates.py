import math
import re

import pytest
from geopy.point import Point
from hypothesis import given
from hypothesis import strategies as st

from geo import mercator
from geo.coordinates import Coordinates, Problem, read_pair, read_point

lats = st.floats(-90, 90).map(lambda x: round(x, 6))
lons = st.floats(-180, 180).map(lambda x: round(x, 6))


def near(found, lat, lon):
    return isinstance(found, Coordinates) and math.dist(found[:2], (lat, lon)) < 2e-6


@given(lats, lons)
def test_degrees_written_in_any_form_read_back_the_same(lat, lon):
    if lat == lon == 0:
        return
    north = f"{abs(lat):.6f}{'S' if lat < 0 else 'N'}"
    east = f"{'W' if lon < 0 else 'E'} {abs(lon):.6f}"
    assert near(read_pair(f"{lat:.6f}", f"{lon:.6f}"), lat, lon)
    assert near(read_pair(north, east), lat, lon)
    assert near(read_point(f"{lat:.6f}, {lon:.6f}"), lat, lon)
    assert near(read_point(f"({lat:.6f} {lon:.6f})"), lat, lon)
    assert near(read_point(f"{lat:.6f}; {lon:.6f}".replace(".", ",")), lat, lon)
    assert near(read_point(f"geo:{lat:.6f},{lon:.6f};u=20"), lat, lon)
    assert near(read_point(f"POINT({lon:.6f} {lat:.6f})"), lat, lon)


@given(lats.filter(lambda x: abs(x) > 0.01), lons.filter(lambda x: abs(x) < 179.9))
def test_what_geopy_writes_is_read_as_geopy_means_it(lat, lon):
    point = Point(lat, lon)
    for text in (point.format(), point.format_unicode(), point.format_decimal(), Point(lat, lon, 0.3).format()):
        found = read_point(text)
        odd = re.search(r"\b60|e-[0-9]", text)  # geopy rounds up to 60 seconds, and writes 3.2e-13 of them
        assert near(found, lat, lon) or (odd and isinstance(found, Problem))


@given(
    st.sampled_from(["34.05, -118.25", "34°03'N 118°15'W", "geo:34.05,-118.25", "(34.05 -118.25)"]),
    st.text(st.sampled_from("xqz!_~#%&@<>=?"), min_size=1, max_size=4),
    st.booleans(),
)
def test_a_point_with_anything_beside_it_is_not_half_read(good, junk, before):
    assert isinstance(read_point(junk + good if before else good + junk), Problem)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_cells_are_coordinates_on_the_earth_or_a_problem(lat, lon):
    found = read_pair(lat, lon)
    if isinstance(found, Problem):
        assert found.what
        assert found.remedy
    else:
        assert abs(found.lat) <= 90
        assert abs(found.lon) <= 180


@given(st.text(alphabet="0123456789.,-°'\" NSEWOms:;/geo()", max_size=40))
def test_any_cell_is_a_point_on_the_earth_or_a_problem(cell):
    found = read_point(cell)
    assert isinstance(found, Problem) or (abs(found.lat) <= 90 and abs(found.lon) <= 180)


@pytest.mark.parametrize(
    ("lat", "lon", "degrees", "how"),
    [
        ("48°51'36\"N", "2°21'00\"E", (48.86, 2.35), "degrees, minutes, seconds"),
        ("48.85N", "2.35E", (48.85, 2.35), ""),
        ("S 33 51 00", "E 151 12 36", (-33.85, 151.21), "degrees, minutes, seconds"),
        ("48,85", "2,35", (48.85, 2.35), "decimal comma"),
        ("48.85°", "2.35°", (48.85, 2.35), ""),
        ("\N{MINUS SIGN}48.85", "2", (-48.85, 2), ""),
        (" 48.85 ", " 2.35 ", (48.85, 2.35), ""),
        ("4.885e1", "+2.35", (48.85, 2.35), ""),
        ("0", "12", (0, 12), ""),
        ("90", "-180", (90, -180), ""),
    ],
)
def test_a_pair_is_read_and_what_was_understood_is_said(lat, lon, degrees, how):
    found = read_pair(lat, lon)
    assert found == Coordinates(pytest.approx(degrees[0]), pytest.approx(degrees[1]), how)


@pytest.mark.parametrize(
    ("lat", "lon", "kind", "where"),
    [
        ("", "", "empty", "both"),
        ("48.85", "", "half", "lon"),
        ("", "2.35", "half", "lat"),
        ("NaN", "2", "not_a_number", "lat"),
        ("48.85", "2.35.1", "not_a_number", "lon"),
        ("48°61'00\"N", "2E", "minutes", "lat"),
        ("48N", "2S", "hemisphere", "lon"),
        ("48N", "2N", "hemisphere", "lon"),
        ("48E", "2E", "hemisphere", "lat"),
        ("-48N", "2E", "hemisphere", "lat"),
        ("91", "181", "out_of_range", "lat"),
        ("48.85", "2350", "out_of_range", "lon"),
        ("34052235", "-118243683", "out_of_range", "lat"),
    ],
)
def test_a_pair_that_is_wrong_says_in_which_cell_and_how(lat, lon, kind, where):
    found = read_pair(lat, lon)
    assert (found.kind, found.where, found.proposal) == (kind, where, None)


@pytest.mark.parametrize(
    ("lat", "lon", "kind", "proposal"),
    [
        ("151.21", "-33.87", "swapped", ("-33.87", "151.21")),
        ("118°15'W", "34°03'N", "swapped", ("34°03'N", "118°15'W")),
        ("0", "0.0", "null_island", ("", "")),
        ("n/a", "-", "not_a_number", ("", "")),
        ("34.05", "241.75", "out_of_range", ("34.05", "-118.25")),
        ("34.05", "-118.25W", "hemisphere", ("34.05", "118.25W")),
        ("34.05,-118.25", "", "half", ("34.05", "-118.25")),
        ("4035000", "-13163000", "metres", ("34.0461461", "-118.2452408")),
    ],
)
def test_a_pair_with_a_likely_meaning_offers_it_and_does_not_take_it(lat, lon, kind, proposal):
    found = read_pair(lat, lon)
    assert (found.kind, found.proposal) == (kind, proposal)


@given(lats.filter(lambda x: abs(x) > 1), lons.filter(lambda x: abs(x) > 90))
def test_a_swapped_pair_is_offered_the_right_way_round(lat, lon):
    found = read_pair(str(lon), str(lat))
    assert found.kind == "swapped"
    assert read_pair(*found.proposal) == Coordinates(lat, lon)


@given(st.floats(-80, 80).filter(lambda x: abs(x) > 0.1), st.floats(-180, -0.1))
def test_metres_of_web_mercator_are_offered_as_degrees(lat, lon):
    x, y = mercator.metres(lat, lon)
    found = read_pair(f"{y:.2f}", f"{x:.2f}")
    assert found.kind == "metres"
    assert near(read_pair(*found.proposal), lat, lon)


def test_metres_that_may_be_of_utm_are_only_spoken_of():
    found = read_pair("3768000", "384000")
    assert (found.kind, found.proposal) == ("metres", None)
    assert "UTM" in found.what


@pytest.mark.parametrize(
    "cell",
    [
        "34.05, -118.25",
        "34.05 -118.25",
        "34.05;-118.25",
        "34,05; -118,25",
        "34,05 -118,25",
        "[34.05, -118.25]",
        "34°03'N 118°15'W",
        "N 34° 03.0' W 118° 15.0'",
        "34 3 0 N, 118 15 0 W",
        "118°15'W, 34°03'N",
        "34.05, -118.25, 90 m",
        "geo:34.05,-118.25",
        "geo:34.05,-118.25,30;crs=wgs84;u=10",
        "point (-118.25 34.05)",
        "34.05° N / 118.25° O",
    ],
)
def test_a_point_in_one_cell_is_read(cell):
    assert near(read_point(cell), 34.05, -118.25)


@pytest.mark.parametrize(
    "cell",
    [
        "Los Angeles",
        "34.05",
        "48,85",
        "34 03 118 15",
        "34.05, -118.25 Los Angeles",
        "UT: N 39°20' 0'' / W 74°35' 0''",
        "http://maps.test/@34.05,-118.25",
        "www.maps.test/34.05,-118.25",
        "geo:34.05,-118.25;crs=moon",
        "1 2 3",
        "9" * 5000,
    ],
)
def test_what_is_no_point_or_may_be_several_is_a_problem(cell):
    assert isinstance(read_point(cell), Problem)


def test_an_empty_point_is_a_place_without_coordinates():
    assert read_point("  ").kind == "empty"


def test_a_point_has_the_problems_of_a_pair():
    assert read_point("151.21, -33.87").proposal == ("-33.87", "151.21")
    assert read_point("0, 0").kind == "null_island"
    assert read_point("48°61'N 2°E").kind == "minutes"


def test_a_height_beside_a_point_is_left_aside_and_said():
    assert read_point("34.05, -118.25, 0.3km").how == "the height is left aside"
