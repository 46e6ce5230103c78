"""Counts by cell, step and group as JSON of few bytes, which a board reads in one pass."""

import json
import threading
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.bins import counts, nowhere
from geo.bounded import bounded
from geo.errors import GeoError
from geo.query import Query

MOST_ROWS = 250_000  # of an answer, some 1.5 MB before it is packed

_KEYS = ("x", "y", "group", "step", "count")
Ints = NDArray[np.int64]


def answer(
    events: ir.Table,
    query: Query,
    seconds: float,
    stop: threading.Event | None = None,
    unplaced: int | None = None,
) -> bytes:
    """What `bins_json` makes of the engine's answer, and `unplaced`, asked of `how_many_nowhere` unless it is known.

    Raises GeoError where more than MOST_ROWS are counted, and what `geo.bounded` raises.
    """
    rows = bounded(counts(events, query).limit(MOST_ROWS + 1), seconds, stop)
    if rows.num_rows > MOST_ROWS:
        raise GeoError(f"more than {MOST_ROWS} counts are too many for one answer; zoom in, or ask for fewer steps")
    if unplaced is None:
        unplaced = how_many_nowhere(events, query, seconds, stop)
    return bins_json(rows, query, unplaced)


def how_many_nowhere(events: ir.Table, query: Query, seconds: float, stop: threading.Event | None = None) -> int:
    """The events of the people, words and interval that have no place, whatever the bounds; as `answer` raises."""
    return int(bounded(nowhere(events, query), seconds, stop)["unplaced"][0].as_py())


def bins_json(rows: pa.Table, query: Query, unplaced: int = 0) -> bytes:
    """The rows of `geo.bins.bins` in columns of whole numbers, the differences from the number before where they grow.

    zoom, from, to, steps, total and unplaced stand for themselves, `groups` are ids. `x` and `y` are those of each
    cell, from west to east and then from north to south, as differences. A series is what one cell and one group
    have: `cell` (as a difference) and `group` are its indices, `length` how many steps of it have events. `step` and
    `count` are those of all series, one after the other; the first step of a series is itself, the others differences.
    """
    coded = rows["group"].combine_chunks().dictionary_encode()
    names = sorted(coded.dictionary.to_pylist())
    ranks = np.asarray([names.index(name) for name in coded.dictionary.to_pylist()], dtype=np.int64)
    group = ranks[coded.indices.to_numpy()]
    columns = {name: rows[name].to_numpy().astype(np.int64) for name in _KEYS if name != "group"} | {"group": group}
    order = np.lexsort(tuple(columns[name] for name in ("step", "group", "y", "x")))
    x, y, group, step, count = (columns[name][order] for name in _KEYS)
    cells = _starts(x, y)
    series = _starts(x, y, group)
    steps = _differences(step)
    steps[series] = step[series]
    cell = np.searchsorted(cells, series, side="right") - 1
    told: dict[str, Any] = {
        "zoom": query.zoom,
        "from": query.start,
        "to": query.end,
        "steps": query.steps,
        "total": int(count.sum()),
        "unplaced": unplaced,
        "groups": names,
    }
    numbers = {
        "x": _differences(x[cells]),
        "y": _differences(y[cells]),
        "cell": _differences(cell),
        "group": group[series],
        "length": np.diff(series, append=rows.num_rows),
        "step": steps,
        "count": count,
    }
    head = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    lists = (f'"{name}":[{_listed(values)}]' for name, values in numbers.items())
    return f"{head[:-1]},{','.join(lists)}}}".encode()


def _listed(numbers: Ints) -> str:
    """Whole numbers as JSON has them; Arrow writes them in a third of the time that Python takes."""
    written = pa.array(numbers, pa.int64()).cast(pa.string())
    return str(pc.binary_join(pa.ListArray.from_arrays([0, len(written)], written), ",")[0].as_py())


def _starts(*columns: Ints) -> Ints:
    """Where in sorted columns another combination begins."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.int64)
    changed = np.logical_or.reduce([np.diff(column, prepend=column[0] - 1) != 0 for column in columns])
    return np.flatnonzero(changed)


def _differences(numbers: Ints) -> Ints:
    return np.diff(numbers, prepend=np.int64(0))
