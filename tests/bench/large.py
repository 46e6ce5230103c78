"""How fast a large story is asked for its bins, beside pandas doing the same in the same run, and Spark beside DuckDB.

    python -m tests.bench.large [--spark] [EVENTS ...]

Without EVENTS a million and ten million. Every engine has a process of its own. `the first answer` is what the first
board waits for on the server, once: the libraries, the engine, how many events each person and each group has, the
whole city. All else is asked again and again, and each answer counts what has no place as well, which the route does
once a filter. pandas has the columns it needs in memory before, and writes no answer. `processor` is the time of all
threads of the process and of Spark's Java: what the figure would be on one core with nothing else to do. Memory is the
most that they had of it.
"""

import argparse
import gzip
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geo.query import Query
from geo.source import Source
from geo.story import read_story
from tests.bench.measure import cpu_seconds, table

EVENTS = (1_000_000, 10_000_000)
RUNS = 30
STEPS = 120
CITY = (-118.67, 33.70, -117.95, 34.30)
MEMORY = "4g"  # of Spark's Java, and with a B behind the most that DuckDB may take
PATIENCE = 300.0
FIRST, WHOLE = "the first answer", "the whole city"
HEADS = ["events", "", "question", "median ms", "p95 ms", "processor ms", "counts", "bytes", "gzip", "MB of memory"]

Asking = Callable[[Query], Any]


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
        WHOLE: Query(CITY, 12, **interval),
        "the whole city, finer": Query(CITY, 14, **interval),
        "a quarter": Query((-118.30, 34.00, -118.20, 34.10), 16, **interval),
        "one person": Query(CITY, 13, crew=(person,), **interval),
        "a word": Query(CITY, 13, q="coffee", **interval),
    }


def figures(work: Callable[[], Any], runs: int, spent: Callable[[], float], warm: bool = True) -> Figures:
    """Of `work`, which gives an answer's bytes or rows; the run before the first is not counted where it is `warm`."""
    walls, processors = [], []
    for _ in range(runs + warm):
        begun, before = time.perf_counter(), spent()
        found = work()
        walls.append((time.perf_counter() - begun) * 1000)
        processors.append((spent() - before) * 1000)
    walls = sorted(walls[warm:])
    p95 = walls[min(len(walls) - 1, int(len(walls) * 0.95))]
    told = isinstance(found, bytes)
    rows = len(json.loads(found)["count"]) if told else len(found)
    sizes = (len(found), len(gzip.compress(found, 6))) if told else (0, 0)
    return Figures(statistics.median(walls), p95, min(processors), rows, *sizes)


def asked_of(engine: str, folder: Path, runs: int) -> dict[str, Figures]:
    """The same questions to DuckDB, to Spark, or to pandas."""
    spent = time.process_time if engine != "spark" else lambda: cpu_seconds(os.getpgrp())
    asking: list[Asking] = []
    story = read_story(folder)
    source = story.meta.events
    assert source is not None
    every = questions(source.first, source.last, story.people["id"][0])

    def first() -> Any:
        asking.append(OPENED[engine](folder, source))
        return asking[0](every[WHOLE])

    found = {FIRST: figures(first, 1, spent, warm=False)}
    return found | {name: figures(lambda of=query: asking[0](of), runs, spent) for name, query in every.items()}


def in_pandas(folder: Path, source: Source) -> Asking:
    """The frame in memory, the events of each person and group counted."""
    frame = pd.read_parquet(folder / source.source, columns=["at", "qx", "qy", "group", "people", "folded"])
    frame[["qx", "qy"]] = frame[["qx", "qy"]].fillna(-1).astype("int32")
    frame["group"] = frame["group"].astype("category")
    assert len(frame["people"].str.split(";").explode().value_counts())
    assert len(frame["group"].value_counts())
    return lambda query: grouped(frame, query)


def in_duckdb(folder: Path, source: Source) -> Asking:
    return _of_ibis(folder, source, memory=f"{MEMORY}B")


def in_spark(folder: Path, source: Source) -> Asking:
    session()
    return _of_ibis(folder, replace(source, source="pyspark://", table=source.source))


def _of_ibis(folder: Path, source: Source, **limits: str) -> Asking:
    from geo.bins_json import answer
    from geo.bounded import bounded
    from geo.engine import connect, facts
    from geo.engine_people import by_group, by_person

    events = connect(source, folder, seconds=PATIENCE, **limits)
    facts(events, source, PATIENCE)
    for count in (by_person, by_group):
        assert bounded(count(events), PATIENCE).num_rows
    return lambda query: answer(events, query, PATIENCE)


OPENED = {"duckdb": in_duckdb, "pandas": in_pandas, "spark": in_spark}


def grouped(frame: pd.DataFrame, query: Query) -> pd.Series:
    """The same counts by pandas, as one would write them."""
    zoom = 24 - query.zoom
    (west, east), (north, south) = query.columns[0], query.rows
    x, y, at = frame["qx"].to_numpy() >> zoom, frame["qy"].to_numpy() >> zoom, frame["at"].to_numpy()
    keep = (frame["qx"].to_numpy() >= 0) & (x >= west) & (x <= east) & (y >= north) & (y <= south)
    keep &= (at >= query.start) & (at <= query.end)
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
    builder = builder.config("spark.log.level", "ERROR").config("spark.ui.showConsoleProgress", "false")
    return builder.config("spark.sql.shuffle.partitions", "8").getOrCreate()


def in_its_own_process(engine: str, folder: Path, runs: int) -> tuple[dict[str, Figures], float]:
    """The figures of `asked_of`, and the most memory of the process, and of Spark's Java, in MB."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.large", "--ask", engine, str(folder), str(runs)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, start_new_session=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: Figures(*values) for name, values in found["figures"].items()}, found["memory"]


def most_memory() -> float:
    """MB of the group of processes that this one leads; not of getrusage, which begins with the parent's (Linux)."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rsplit(")", 1)[1].split()[2]) == os.getpgrp():
                most = re.search(r"VmHWM:\s+(\d+) kB", (stat.parent / "status").read_text())
                total += int(most[1]) if most else 0  # a process that has ended, and is not fetched yet
    return total / 1024


def verdict(duckdb: Mapping[int, float], spark: Mapping[int, float]) -> str:
    """When it pays to move from one to the other, as far as the milliseconds of two numbers of events say."""
    few, many = sorted(duckdb)[-2:]
    ours, theirs = (1e6 * (of[many] - of[few]) / (many - few) for of in (duckdb, spark))
    each = f"Each further million of events takes DuckDB {ours:.0f} ms and Spark {theirs:.0f} ms for {WHOLE}"
    behind = f"{each}; at {many:,} Spark takes {spark[many] / duckdb[many]:.1f} times as long"
    if ours <= 0 or theirs <= 0:
        return f"{behind}. These figures do not say more: the machine was too busy."
    if theirs < ours:
        even = many + 1e6 * max(0.0, spark[many] - duckdb[many]) / (ours - theirs)
        return f"{behind}. On this machine it would pay to move from some {even:,.0f} events on."
    return (
        f"{behind}. It never pays on this machine, and on others from {theirs / ours:.1f} times its cores on at best."
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the stories, asks, and prints a table."""
    if arguments is None and sys.argv[1:2] == ["--ask"]:
        engine, folder, runs = sys.argv[2:]
        found = asked_of(engine, Path(folder), int(runs))
        print(json.dumps({"figures": found, "memory": most_memory()}))
        return
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large", description=__doc__)
    parser.add_argument("events", nargs="*", type=int, default=EVENTS)
    parser.add_argument("--spark", action="store_true", help="ask a local Spark, too")
    parser.add_argument("--folder", type=Path, help="where the stories are kept from one run to the next")
    parser.add_argument("--runs", type=int, default=RUNS)
    given = parser.parse_args(arguments)
    from geo.synthetic import write_synthetic

    begun, rows = f"{os.getloadavg()[0]:.1f}", []
    walls: dict[str, dict[int, float]] = {engine: {} for engine in OPENED}
    with tempfile.TemporaryDirectory() as room:
        for events in given.events:
            folder = (given.folder or Path(room)) / f"{events}"
            if not folder.exists():
                write_synthetic(folder, events)
            for engine in ("duckdb", "pandas", *(["spark"] if given.spark else [])):
                runs = max(1, given.runs // 4) if engine == "spark" else given.runs
                found, memory = in_its_own_process(engine, folder, runs)
                rows += [_row(f"{events:,}", engine, name, one, memory) for name, one in found.items()]
                walls[engine][events] = found[WHOLE].median
    load = f"load {begun} before and {os.getloadavg()[0]:.1f} after"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {load}, {STEPS} steps\n")
    print(table(HEADS, rows))
    if len(walls["spark"]) > 1:
        print(f"\n{verdict(walls['duckdb'], walls['spark'])}")


def _row(events: str, engine: str, name: str, one: Figures, memory: float) -> list[str]:
    times = [f"{value:.0f}" for value in (one.median, one.p95, one.processor)]
    sizes = [f"{size}" if size else "" for size in (one.size, one.packed)]
    return [events, engine, name, *times, f"{one.rows}", *sizes, f"{memory:.0f}"]


if __name__ == "__main__":
    main()
