import math
from fractions import Fraction

import numpy as np
import pyarrow as pa
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geo.bounded import bounded
from geo.expressions import exact, with_quads
from geo.quads import (
    EDGE,
    PLAIN,
    STAGES,
    WIDTH,
    ZOOM,
    latitude,
    longitude,
    northernmost,
    quad,
    quads,
    westernmost,
)
from tests.engines import in_duckdb, in_spark

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
POINTS = st.tuples(LATITUDES, LONGITUDES)


def north_of(lat):
    """y over the world's width, as the stages compute it."""
    row = {"lat": np.asarray(lat, dtype=float), "lon": np.zeros(np.shape(lat))}
    for stage in STAGES:
        row |= stage(row, PLAIN)
    return row["q_y"]


@given(st.lists(st.floats(-EDGE, EDGE), min_size=1))
def test_the_projection_is_mercators_to_a_tenth_of_a_billionth_of_a_millionth_of_the_world(lats):
    exact_y = [0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi) for lat in lats]
    assert np.max(np.abs(north_of(lats) - exact_y)) < 1e-13


def test_the_projection_holds_over_the_whole_world():
    lats = np.linspace(-EDGE, EDGE, 100_001)
    sines = np.sin(np.radians(lats.astype(np.longdouble)))
    assert np.max(np.abs(north_of(lats) - (0.5 - np.arctanh(sines) / (2 * np.longdouble(math.pi))))) < 1e-14


@given(POINTS)
def test_a_point_lies_between_the_lines_of_its_cell(point):
    lat, lon = point
    x, y = quad(lat, lon)
    slack = 1e-8
    assert longitude(x) - slack <= lon <= longitude(x + 1) + slack
    assert latitude(y + 1) - slack <= min(max(lat, -EDGE), EDGE) <= latitude(y) + slack


@given(POINTS, POINTS)
def test_who_is_further_north_or_east_is_in_no_cell_further_south_or_west(one, other):
    (low, high), (west, east) = (sorted(pair) for pair in zip(one, other, strict=True))
    assume(low == high or high - low > 1e-9)  # two neighbouring floats may be rounded across a line
    assert quad(high, west)[1] <= quad(low, west)[1]
    assert quad(low, west)[0] <= quad(low, east)[0]


@given(st.integers(0, WIDTH - 1))
def test_a_line_of_the_map_has_its_cell_on_one_side(number):
    lat, lon = northernmost(number), westernmost(number)
    assert quad(lat, 0.0)[1] == number
    assert quad(0.0, lon)[0] == number
    if number:
        assert quad(math.nextafter(lat, 90), 0.0)[1] == number - 1
        assert quad(0.0, math.nextafter(lon, -180))[0] == number - 1


def test_the_corners_of_the_map_are_in_its_outermost_cells():
    assert quad(90, -180) == quad(EDGE, -180) == (0, 0)
    assert quad(-90, 180) == (WIDTH - 1, WIDTH - 1)
    assert quad(0, 0) == (WIDTH // 2, WIDTH // 2)


def test_what_is_no_number_is_in_no_cell():
    assert quad(math.nan, 0.0) == quad(0.0, math.nan) == (-1, -1)


@given(st.lists(POINTS, min_size=1, max_size=20))
def test_arrays_and_single_points_agree(points):
    x, y = quads(*zip(*points, strict=True))
    assert list(zip(x.tolist(), y.tolist(), strict=True)) == [quad(*point) for point in points]


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_a_constant_reaches_duckdb_to_the_last_bit(value):
    assert Fraction(in_duckdb(pa.table({"a": [1]})).select(v=exact(value)).to_pyarrow()["v"][0].as_py()) == value


@given(st.lists(st.tuples(st.none() | LATITUDES, st.none() | LONGITUDES), min_size=20, max_size=80))
@settings(max_examples=15)
def test_duckdb_finds_the_cells_that_numpy_finds(points):
    assert cells_of(in_duckdb, points) == expected(points)


def test_spark_finds_the_cells_that_numpy_finds():
    random = np.random.default_rng(5)
    points = [*zip(random.uniform(-90, 90, 20_000).tolist(), random.uniform(-180, 180, 20_000).tolist(), strict=True)]
    points += [(None, 1.0), (1.0, None), (90.0, 180.0), (-90.0, -180.0), (0.0, -0.0), (EDGE, 5e-324)]
    assert cells_of(in_spark, points) == expected(points)
    assert cells_of(in_duckdb, points) == expected(points)


def cells_of(engine, points):
    lat, lon = (pa.array(column, pa.float64()) for column in zip(*points, strict=True))
    table = engine(pa.table({"n": range(len(points)), "lat": lat, "lon": lon}))
    found = bounded(with_quads(table).order_by("n"), 60)
    return list(zip(found["qx"].to_pylist(), found["qy"].to_pylist(), strict=True))


def expected(points):
    return [(None if None in p else quad(*p)[0], None if None in p else quad(*p)[1]) for p in points]


def test_a_table_that_has_the_cells_is_believed():
    table = in_duckdb(pa.table({"lat": [1.0], "lon": [2.0], "qx": [7], "qy": [8]}))
    assert with_quads(table).to_pyarrow().to_pylist() == [{"lat": 1.0, "lon": 2.0, "qx": 7, "qy": 8}]


def test_a_cell_of_the_deepest_zoom_is_narrower_than_a_street():
    assert 40_075_017 / 2**ZOOM < 3
