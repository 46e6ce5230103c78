"""What the check says of the rows of an engine."""

from functools import partial

import pyarrow as pa
import pytest

from geo.engine_faults import engine_faults
from tests.engines import in_duckdb, in_spark

SOUND = {"id": ["a", "b", "c"], "at": [0.0, 1.0, 2.0], "lat": [1.0, None, 3.0], "lon": [1.0, 2.0, 3.0]}
SOUND |= {"group": ["crew", None, ""]}
ENGINES = pytest.mark.parametrize("engine", [in_duckdb, partial(in_spark, name="checked")], ids=["duckdb", "spark"])


def said(engine, **columns):
    faults = engine_faults(engine(pa.table(SOUND | columns)), "events.parquet", ["crew"], 60)
    return [str(fault).partition(": ")[2] for fault in faults]


@ENGINES
def test_sound_events_have_no_faults(engine):
    assert said(engine) == []


def test_a_time_that_an_import_could_not_read_was_told_then():
    assert said(in_duckdb, at=[None, 1.0, 2.0], qx=[1, None, 1], qy=[1, None, 1]) == []


@ENGINES
@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"id": ["a", "a", "a"]}, "id is that of another event (2 of 3 rows); give every event its own"),
        ({"at": [None, float("nan"), 2.0]}, "at is no time (2 of 3 rows); fill in when they begin"),
        (
            {"lat": [500.0, float("inf"), -90.1]},
            "lat or lon is not on the globe (3 of 3 rows); write lat from -90 to 90, lon from -180 to 180",
        ),
        ({"group": ["crew", "x", "y"]}, "group is none of story.toml (2 of 3 rows); add it there as [groups.NAME]"),
    ],
)
def test_each_kind_is_counted(engine, columns, expected):
    assert said(engine, **columns) == [expected]
