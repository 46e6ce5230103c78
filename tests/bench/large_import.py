"""How fast a large CSV is imported and in how much memory, beside pandas reading the same file in chunks.

    python -m tests.bench.large_import [EVENTS] [FOLDER]

Without EVENTS the file has 5 300 000, about 1 GB. Every figure is of a process of its own.
"""

import json
import platform
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.bench.measure import table

EVENTS = 5_300_000
CHUNK = 100_000


class Run(NamedTuple):
    """Seconds of the wall and of the processor, the most memory in bytes, and the rows that were read."""

    wall: float
    processor: float
    memory: int
    rows: int


def imported(path: Path, folder: Path) -> int:
    """The import with all it does: rows read, events and people written, toponyms and ids counted by the engine."""
    from geo.importing import import_table

    return import_table(path, folder / "story").rows


def chunked(path: Path, _: Path) -> int:
    """pandas, which reads cells and numbers, and keeps and checks nothing."""
    import pandas as pd

    return sum(len(chunk) for chunk in pd.read_csv(path, chunksize=CHUNK))


def dated(path: Path, _: Path) -> int:
    """pandas that reads the two columns of dates as well."""
    import pandas as pd

    return sum(len(chunk) for chunk in pd.read_csv(path, chunksize=CHUNK, parse_dates=["at", "until"]))


def written(path: Path, folder: Path) -> int:
    """pandas that reads dates and writes each chunk as Parquet."""
    import pandas as pd

    rows = 0
    for number, chunk in enumerate(pd.read_csv(path, chunksize=CHUNK, parse_dates=["at", "until"])):
        chunk.to_parquet(folder / f"{number}.parquet", compression="zstd")
        rows += len(chunk)
    return rows


WAYS = {"import": imported, "pandas": chunked, "pandas, dates": dated, "pandas, dates, Parquet": written}


def run(way: str, path: Path) -> Run:
    """One way in a process of its own."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        arguments = [sys.executable, "-W", "ignore", "-m", "tests.bench.large_import", "--way", way, str(path), folder]
        done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return Run(*json.loads(done.stdout.splitlines()[-1]))


def measured(way: str, path: Path, folder: Path) -> Run:
    wall, processor = time.perf_counter(), time.process_time()
    rows = WAYS[way](path, folder)
    status = Path("/proc/self/status").read_text()  # not getrusage, which begins with the memory of the parent
    memory = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024
    return Run(time.perf_counter() - wall, time.process_time() - processor, memory, rows)


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--way"]:
        print(json.dumps(measured(arguments[1], Path(arguments[2]), Path(arguments[3]))))
        return
    from geo.synthetic import write_synthetic

    events = int(arguments[0]) if arguments else EVENTS
    with tempfile.TemporaryDirectory(dir=arguments[1] if len(arguments) > 1 else None) as folder:
        path = Path(folder) / "csv" / "events.csv"
        begun = time.perf_counter()
        write_synthetic(path.parent, events, csv=True)
        size = path.stat().st_size
        print(f"{platform.platform()}, Python {platform.python_version()}")
        print(f"{events:,} rows, {size / 1e9:.2f} GB, written in {time.perf_counter() - begun:.1f} s\n")
        rows = []
        for way in WAYS:
            one = run(way, path)
            each = one.processor / one.rows * 1e6
            speed, memory = f"{one.rows / one.wall:,.0f}", f"{one.memory / 2**20:,.0f}"
            rows.append([way, f"{one.wall:.1f}", f"{one.processor:.1f}", f"{each:.2f}", speed, memory])
        print(table(["", "wall s", "processor s", "us a row", "rows a second", "peak MiB"], rows))


if __name__ == "__main__":
    main(sys.argv[1:])
