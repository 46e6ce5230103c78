"""How fast a large story is asked for its bins, beside pandas doing the same in the same run, and Spark beside DuckDB.

    python -m tests.bench.large [--spark] [EVENTS ...]

Without EVENTS a million and ten million. Every story is asked from a process of its own; pandas has the columns it
needs in memory before the clock starts, the engines read them from the file each time. `processor` is the time of all
threads of a process (of Spark's Java it is not known): what the figure would be on one core with nothing else to do.
"""

import argparse
import gzip
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geo.query import Query
from tests.bench.measure import table

EVENTS = (1_000_000, 10_000_000)
RUNS = 30
STEPS = 120
CITY = (-118.67, 33.70, -117.95, 34.30)
MEMORY = "4GB"  # of Spark's Java, and the most that DuckDB may take


class Figures(NamedTuple):
    """Milliseconds of the wall, the middle one and the one of twenty that is longer, and of the processor."""

    median: float
    p95: float
    processor: float
    rows: int
    size: int = 0
    packed: int = 0


def questions(first: float, last: float, person: str) -> dict[str, Query]:
    """What a board asks: everything, a closer look, a choice and a search, each with all its steps."""
    interval = {"start": first, "end": last, "steps": STEPS}
    return {
        "the whole city": Query(CITY, 12, **interval),
        "the whole city, finer": Query(CITY, 14, **interval),
        "a quarter": Query((-118.30, 34.00, -118.20, 34.10), 16, **interval),
        "one person": Query(CITY, 13, crew=(person,), **interval),
        "a word": Query(CITY, 13, q="coffee", **interval),
    }


def timed(work: Callable[[], Any], runs: int) -> tuple[list[float], float, Any]:
    """Milliseconds of each run but the first, the least processor time, and what the last run gave."""
    walls, processors = [], []
    for _ in range(runs + 1):
        begun, spent = time.perf_counter(), time.process_time()
        found = work()
        walls.append((time.perf_counter() - begun) * 1000)
        processors.append((time.process_time() - spent) * 1000)
    return sorted(walls[1:]), min(processors), found


def figures(work: Callable[[], Any], runs: int, rows: Callable[[Any], int], size: bool = False) -> Figures:
    """Of `work`, which gives rows, or with `size` the bytes of an answer."""
    walls, processor, found = timed(work, runs)
    p95 = walls[min(len(walls) - 1, int(len(walls) * 0.95))]
    sizes = (len(found), len(gzip.compress(found, 6))) if size else (0, 0)
    return Figures(statistics.median(walls), p95, processor, rows(found), *sizes)


def asked_of(engine: str, folder: Path, runs: int) -> dict[str, Figures]:
    """The same questions to DuckDB, to Spark, or to pandas."""
    from geo.story import read_story

    story = read_story(folder)
    source = story.meta.events
    assert source is not None
    every = questions(source.first, source.last, story.people["id"][0])
    if engine == "pandas":
        frame = pd.read_parquet(folder / source.source, columns=["at", "qx", "qy", "group", "people", "folded"])
        frame[["qx", "qy"]] = frame[["qx", "qy"]].fillna(-1).astype("int32")
        frame["group"] = frame["group"].astype("category")
        return {name: figures(lambda of=query: grouped(frame, of), runs, len) for name, query in every.items()}
    from geo.bins_json import answer
    from geo.engine import connect

    if engine == "spark":
        session()
        from dataclasses import replace

        source = replace(source, source="pyspark://", table=source.source)
    limits = {} if engine == "spark" else {"memory": MEMORY}
    events = connect(source, folder, seconds=300, **limits)
    return {
        name: figures(lambda of=query: answer(events, of, 300), runs, lambda told: len(json.loads(told)["count"]), True)
        for name, query in every.items()
    }


def grouped(frame: pd.DataFrame, query: Query) -> pd.Series:
    """The same counts by pandas, as one would write them."""
    zoom = 24 - query.zoom
    (west, east), (north, south) = query.columns[0], query.rows
    x, y, at = frame["qx"].to_numpy() >> zoom, frame["qy"].to_numpy() >> zoom, frame["at"].to_numpy()
    keep = (
        (frame["qx"].to_numpy() >= 0)
        & (x >= west)
        & (x <= east)
        & (y >= north)
        & (y <= south)
        & (at >= query.start)
        & (at <= query.end)
    )
    for name in query.crew:
        keep &= (";" + frame["people"].fillna("") + ";").str.contains(f";{name};", regex=False).to_numpy(bool)
    for word in query.words:
        keep &= frame["folded"].str.contains(word, regex=False).to_numpy(bool)
    step = np.floor((at[keep] - query.start) * query.steps / (query.end - query.start)).clip(max=query.steps - 1)
    keys = [x[keep], y[keep], step.astype("int64"), frame["group"].array[keep]]
    return pd.Series(1, index=range(int(keep.sum()))).groupby(keys, observed=True).size()


def session() -> Any:
    """Spark on all cores of this machine."""
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.memory", MEMORY)
    return builder.config("spark.log.level", "ERROR").config("spark.sql.shuffle.partitions", "8").getOrCreate()


def in_its_own_process(engine: str, folder: Path, runs: int) -> tuple[dict[str, Figures], float]:
    """The figures of `asked_of`, and the most memory of the process in MB (without Spark's Java)."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.large", "--ask", engine, str(folder), str(runs)]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    found = json.loads(told.splitlines()[-1])
    return {name: Figures(*values) for name, values in found["figures"].items()}, found["memory"] / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the stories, asks, and prints a table for each number of events."""
    if arguments is None and sys.argv[1:2] == ["--ask"]:
        engine, folder, runs = sys.argv[2:]
        found = asked_of(engine, Path(folder), int(runs))
        print(json.dumps({"figures": found, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", nargs="*", type=int, default=EVENTS)
    parser.add_argument("--spark", action="store_true", help="ask a local Spark, too")
    parser.add_argument("--folder", type=Path, help="where the stories are kept from one run to the next")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(arguments)
    from geo.synthetic import write_synthetic

    print(
        f"{platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the first question"
    )
    with tempfile.TemporaryDirectory() as room:
        for events in given.events:
            folder = (given.folder or Path(room)) / f"{events}"
            if not folder.exists():
                write_synthetic(folder, events)
            rows = []
            for engine in ("duckdb", "pandas", *(["spark"] if given.spark else [])):
                found, memory = in_its_own_process(engine, folder, max(5, given.runs // (1 + 3 * (engine == "spark"))))
                rows += [_row(engine, name, one, memory) for name, one in found.items()]
            file = (folder / "events.parquet").stat().st_size / 1e6
            print(f"\n{events} events, {file:.0f} MB of Parquet, {STEPS} steps, load {os.getloadavg()[0]:.1f} after\n")
            heads = ["", "question", "median ms", "p95 ms", "processor ms", "counts", "bytes", "gzip", "MB of memory"]
            print(table(heads, rows))


def _row(engine: str, name: str, one: Figures, memory: float) -> list[str]:
    sizes = (f"{one.size}", f"{one.packed}") if one.size else ("", "")
    processor = "" if engine == "spark" else f"{one.processor:.0f}"
    return [engine, name, f"{one.median:.0f}", f"{one.p95:.0f}", processor, f"{one.rows}", *sizes, f"{memory:.0f}"]


if __name__ == "__main__":
    main()
