import json
from itertools import accumulate

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import bins_json as module
from geo.bins_json import answer, bins_json
from geo.errors import GeoError
from geo.query import Query
from tests.engines import in_duckdb

KEY = st.tuples(st.integers(0, 15), st.integers(0, 15), st.integers(0, 9), st.sampled_from(["", "crew", "Löwe"]))
QUERY = Query(zoom=4, start=0.0, end=90.5, steps=10)


def table(rows):
    types = {"x": pa.int64(), "y": pa.int64(), "step": pa.int64(), "group": pa.string(), "count": pa.int64()}
    columns = zip(*rows, strict=True) if rows else [[]] * 5
    return pa.table({name: pa.array(column, kind) for (name, kind), column in zip(types.items(), columns, strict=True)})


def read(told):
    """The rows again, as a board reads them."""
    cells = list(zip(accumulate(told["x"]), accumulate(told["y"]), strict=True))
    steps, counts = iter(told["step"]), iter(told["count"])
    for cell, group, length in zip(accumulate(told["cell"]), told["group"], told["length"], strict=True):
        step = 0
        for _ in range(length):
            step += next(steps)
            yield (*cells[cell], step, told["groups"][group], next(counts))


@given(st.dictionaries(KEY, st.integers(1, 10**12)))
def test_there_and_back_is_the_same(counts):
    rows = [(*key, count) for key, count in counts.items()]
    told = json.loads(bins_json(table(rows), QUERY, 3))
    assert sorted(read(told)) == sorted(rows)
    assert told["total"] == sum(counts.values())


@given(st.dictionaries(KEY, st.integers(1, 9)), st.randoms())
def test_the_order_of_the_rows_does_not_matter(counts, random):
    rows = [(*key, count) for key, count in counts.items()]
    shuffled = random.sample(rows, len(rows))
    assert bins_json(table(rows), QUERY) == bins_json(table(shuffled), QUERY)


def test_an_answer_says_what_was_asked():
    assert json.loads(bins_json(table([]), QUERY, 2)) == {
        "zoom": 4,
        "from": 0.0,
        "to": 90.5,
        "steps": 10,
        "total": 0,
        "unplaced": 2,
        "groups": [],
        **{name: [] for name in ("x", "y", "cell", "group", "length", "step", "count")},
    }


def test_what_is_the_same_from_row_to_row_is_said_once():
    rows = [(3, 5, step, "crew", 1) for step in range(10)]
    told = json.loads(bins_json(table(rows), QUERY))
    assert (told["x"], told["y"], told["cell"], told["length"]) == ([3], [5], [0], [10])
    assert told["step"] == [0, *[1] * 9]


def events(count):
    columns = {"id": [str(n) for n in range(count)], "at": [float(n) for n in range(count)], "lat": [1.0] * count}
    return in_duckdb(
        pa.table(columns | {"lon": [*[2.0] * (count - 1), None], "people": [""] * count, "group": ["g"] * count})
    )


def test_the_engine_is_asked_for_the_whole_answer():
    told = json.loads(answer(events(5), Query(start=0.0, end=4.0, steps=4), 60))
    assert (told["total"], told["unplaced"], list(read(told))) == (4, 1, [(0, 0, step, "g", 1) for step in range(4)])


def test_an_answer_that_would_be_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 3)
    with pytest.raises(GeoError, match="more than 3 counts are too many for one answer; zoom in"):
        answer(events(5), Query(start=0.0, end=4.0, steps=4), 60)
