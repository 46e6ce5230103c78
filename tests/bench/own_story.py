"""From a spreadsheet to a board: reading and checking 100 000 rows, and 60 rows from file to first board in a browser.

Run it as `python -m tests.bench.own_story`. Each figure stands beside a baseline of the same run.
"""

import csv
import io
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, sync_playwright

from geo.brought import brought
from geo.doctor import of_made
from geo.raw import Limits
from tests import serving
from tests.bench.measure import table
from tests.browser import chromium

READY = '.cb-board[data-ready="true"]'
SECONDS = 60_000  # milliseconds that a step may take before it counts as failed
HEADER = ["Fecha", "Hora", "Quién", "Lugar", "Qué pasó", "Latitud", "Longitud"]


def rows(count: int, places: int, seed: int = 11) -> bytes:
    """A log as somebody keeps it: dates of one year, one row in a hundred wrong in one way or another."""
    chance = random.Random(seed)  # noqa: S311 -- a benchmark wants the same numbers every time
    spots = [
        (f"Lugar {n}", round(chance.uniform(33.7, 34.3), 5), round(chance.uniform(-118.6, -118)), 5)
        for n in range(places)
    ]
    people = [f"Persona {n}" for n in range(500)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for n in range(count):
        name, lat, lon, _ = chance.choice(spots)
        day = f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/2021"
        if chance.random() < 0.01:
            day, lat = chance.choice([("30/02/2021", lat), ("ayer", lat), (day, 999)])
        who = "; ".join(chance.sample(people, chance.choice([1, 1, 2, 3])))
        writer.writerow(
            [day, f"{chance.randrange(24):02d}:{chance.randrange(60):02d}", who, name, f"Suceso {n}", lat, lon]
        )
    return out.getvalue().encode()


def naive(content: bytes) -> pd.DataFrame:
    """What is usually done, without a word about what it could not read."""
    frame = pd.read_csv(io.BytesIO(content))
    frame["at"] = pd.to_datetime(frame["Fecha"] + " " + frame["Hora"], errors="coerce", dayfirst=True)
    frame["who"] = frame["Quién"].str.split("; ")
    return frame


def median_s(work: Callable[[], object], turns: int = 3) -> float:
    """The median of some runs in seconds of this process, whatever else the machine does."""
    taken = []
    for _ in range(turns):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return statistics.median(taken)


def checked(content: bytes) -> int:
    """Reads, recognises, makes and checks; how many rows are flagged."""
    told = brought(content, "log.csv", Limits())
    assert told.raw is not None
    assert told.made is not None
    return of_made(told.raw, told.made).flagged


def first_board(page: Page, url: str, path: Path) -> float:
    """Seconds from giving the file to the board's first picture, the author's one click included."""
    page.goto(f"{url}/?own=file")
    field = page.locator("input[type=file]")
    field.wait_for(state="attached", timeout=SECONDS)
    started = time.perf_counter()
    field.set_input_files(path)
    page.get_by_role("button", name="Open the board").click(timeout=SECONDS)
    page.locator(READY).wait_for(timeout=SECONDS)
    return time.perf_counter() - started


def story_opened(page: Page, url: str) -> float:
    """Seconds from the address to the first picture of the built-in story."""
    started = time.perf_counter()
    page.goto(url)
    page.locator(READY).wait_for(timeout=SECONDS)
    return time.perf_counter() - started


def main() -> None:
    print("\n## Reading and checking 100 000 rows\n")
    said = []
    for places in (300, 3_000):
        content = rows(100_000, places)
        ours, plain = (
            median_s(lambda content=content: checked(content)),
            median_s(lambda content=content: naive(content)),
        )
        said.append(
            [f"{places:,}", f"{len(content) / 1e6:.1f} MB", f"{ours:.2f}", f"{plain:.2f}", f"{ours / plain:.1f}"]
        )
        said[-1].append(f"{checked(content):,}")
    print(
        table(["places", "file", "ours, s (at most 5)", "pandas alone, s", "ratio", "rows flagged (pandas: 0)"], said)
    )

    print("\n## 60 rows from file to first board\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "log.csv"
        path.write_bytes(rows(60, 20))
        browser = playwright.chromium.launch(**chromium.launch_arguments(playwright.chromium.executable_path))
        with serving.caseboard("heat", Path(folder) / "server.log") as server:
            own, shown = [], []
            for _ in range(7):
                for taken, work in (
                    (own, lambda p: first_board(p, server.url, path)),
                    (shown, lambda p: story_opened(p, server.url)),
                ):
                    context = browser.new_context(viewport={"width": 1440, "height": 900})
                    taken.append(work(context.new_page()))
                    context.close()
        browser.close()
    row = ["from file to board", f"{statistics.median(own):.2f}", f"{max(own):.2f}", f"{statistics.median(shown):.2f}"]
    print(table(["", "median, s (at most 3)", "slowest, s", "the built-in story from its address, s"], [row]))


if __name__ == "__main__":
    main()
