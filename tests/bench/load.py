"""What many viewers at a time cost the server, each figure beside its baseline: `python -m tests.bench.load --help`.

The baseline is Streamlit's own empty page under the same uvicorn, and one bare route of it for what is read.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import async_playwright

from dashboard import throttle
from dashboard.assets import asset
from geo.story import Story, find_story, read_story
from geo.wire import encode, payload
from tests import serving
from tests.bench import bare_app
from tests.bench.board import section
from tests.bench.links import asked_once, links
from tests.bench.measure import cpu_seconds, memory_mb, timing
from tests.bench.readers import for_seconds, readings
from tests.bench.visits import Crowd, crowd, dropped, leave
from tests.browser import chromium
from tests.browser.conftest import READY, SETTLED

MOST_MB = 3.0  # a session, beyond Streamlit's own
LEAST_A_SECOND = 500
FEW = 10  # visitors who come one after another, before the crowd
CONNECTIONS = (1, 8, 32)


class Run(NamedTuple):
    """One run: our server and the bare one, what is asked of them, and for how long something is watched."""

    ours: serving.Server
    bare: serving.Server
    story: Story
    sessions: int
    seconds: float


async def opened(run: Run, server: serving.Server, *, board: bool) -> tuple[Crowd, list[object]]:
    """Visitors one after another, then all of the sessions at once; they stay. A row of figures about them."""
    await leave(await crowd(server, [""], 1, board=board))  # the first one of all pays for what is loaded late
    one_by_one = await crowd(server, [""] * FEW, 1, board=board)
    before, spent = memory_mb(server.pid), cpu_seconds(server.pid)
    came = await crowd(server, [""] * run.sessions, run.sessions, board=board)
    processor = 1000 * (cpu_seconds(server.pid) - spent) / run.sessions
    each = (memory_mb(server.pid) - before) / max(1, len(came.visits))
    failures = one_by_one.failures + came.failures
    for said in sorted(set(failures)):
        print(f"  {failures.count(said)} failed: {said}", flush=True)
    alone, together = ([1000 * seconds for seconds in one.seconds] for one in (one_by_one, came))
    waits = [str(timing(values)) if values else "nobody" for values in (alone, together)]
    stayed = Crowd(one_by_one.visits + came.visits, failures)
    return stayed, [*waits, f"{processor:.0f}", len(came.visits), len(failures), each]


async def at_rest(run: Run, server: serving.Server) -> float:
    """Processor milliseconds a second that the server takes while nobody says anything."""
    await asyncio.sleep(3)
    spent = cpu_seconds(server.pid)
    await asyncio.sleep(run.seconds)
    return 1000 * (cpu_seconds(server.pid) - spent) / run.seconds


async def sessions(run: Run) -> None:
    """Sessions that stay open, what they take of memory and processor, and one that plays among them."""
    theirs, row = await opened(run, run.bare, board=False)
    theirs_rest, theirs_lost = await at_rest(run, run.bare), dropped(theirs)
    await leave(theirs)
    ours, own = await opened(run, run.ours, board=True)
    ours_rest, ours_lost = await at_rest(run, run.ours), dropped(ours)
    (frames, busy), later_lost = await playing(run), dropped(ours)
    await leave(ours)

    beyond = float(own[-1]) - float(row[-1])  # type: ignore[arg-type]
    rows: list[list[object]] = [
        ["ours", *own[:-1], ours_lost + later_lost],
        ["an empty page", *row[:-1], theirs_lost],
    ]
    header = ["", f"one at a time ({FEW}), ms", "all at once, ms", "processor, ms each"]
    header += ["open", "failed", "dropped later"]
    section(f"From connecting to the board, {run.sessions} sessions: median / 95th percentile", header, rows)
    section(
        "Memory of the server a session, MB",
        ["", "ours", "an empty page", "beyond it"],
        [["its own", f"{own[-1]:.2f}", f"{row[-1]:.2f}", _verdict(beyond, beyond <= MOST_MB, f"under {MOST_MB:.0f}")]],
    )
    rows = [
        [f"all {run.sessions} sessions at rest, processor ms a second", f"{ours_rest:.1f}", f"{theirs_rest:.1f}"],
        ["the same while one viewer's page plays", f"{busy:.1f}", ""],
        ["websocket frames of that page while it plays", f"{frames} ({'MISSED' if frames else 'met'}, none)", ""],
    ]
    section(f"Sessions at rest, over {run.seconds:.0f} s", ["", "ours", "an empty page"], rows)


async def playing(run: Run) -> tuple[int, float]:
    """Websocket frames that one real page sends or gets while it plays; processor ms a second of the server."""
    frames = 0

    def count(_: object) -> None:
        nonlocal frames
        frames += 1

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            **chromium.launch_arguments(playwright.chromium.executable_path)  # type: ignore[arg-type]
        )
        page = await browser.new_page()
        page.on("websocket", lambda made: (made.on("framesent", count), made.on("framereceived", count)))
        await page.goto(run.ours.url)
        for selector in (READY, SETTLED):
            await page.locator(selector).first.wait_for(timeout=90_000)
        await page.wait_for_load_state("networkidle")
        await asyncio.sleep(3)
        await page.get_by_role("button", name="Play", exact=True).click()
        before, spent = frames, cpu_seconds(run.ours.pid)
        await asyncio.sleep(run.seconds)
        found = frames - before, 1000 * (cpu_seconds(run.ours.pid) - spent) / run.seconds
        assert await page.get_by_role("button", name="Pause", exact=True).count(), "the page stopped playing"
        await browser.close()
    return found


async def reads(run: Run) -> None:
    """The story from cache, over kept connections, beside the same bytes from a bare route."""
    path = f"/stories/{run.story.id}.json"
    rows: list[list[object]] = []
    for connections in CONNECTIONS:
        theirs = await for_seconds(run.bare, bare_app.PATH, connections, run.seconds / 2)
        ours = await for_seconds(run.ours, path, connections, run.seconds / 2)
        figures = (f"{ours.a_second:.0f}", f"{theirs.a_second:.0f}", f"{ours.a_second / theirs.a_second:.2f}")
        times = (f"{ours.processor_ms:.2f}", f"{theirs.processor_ms:.2f}", ours.errors)
        least = f"at least {LEAST_A_SECOND}"
        rows.append([connections, *figures, *times, _verdict(ours.a_second, ours.a_second >= LEAST_A_SECOND, least)])
    header = ["connections", "ours, a second", "bare route, a second", "ratio"]
    header += ["processor ms an answer", "bare route, ms", "errors", ""]
    section(f"GET {path} from cache", header, rows)


async def hostile(run: Run) -> None:
    """Sessions with distinct links, and distinct addresses of every route, in waves: memory must stop growing."""
    rows: list[list[object]] = []
    count = 5 * run.sessions
    at = memory_mb(run.ours.pid)
    for wave in range(3):
        came = await crowd(run.ours, links(run.story, run.sessions, seed=wave), 16)
        await leave(came)
        at, before = memory_mb(run.ours.pid), at
        rows.append([f"{run.sessions} sessions, distinct links", wave + 1, len(came.failures), f"{at - before:+.1f}"])
    for kind in asked_once(run.story, 0, 1):
        for wave in range(3):
            answers = await readings(run.ours, asked_once(run.story, wave, count)[kind], 4)
            at, before = memory_mb(run.ours.pid), at
            said = ", ".join(f"{number} x {status}" for status, number in sorted(answers.statuses.items()))
            rows.append([f"{kind}: {said}", wave + 1, answers.errors, f"{at - before:+.1f}"])
    section("Hostile use, in waves: growth of the server's memory, MB", ["", "wave", "errors", "growth"], rows)


def _verdict(value: float, met: bool, limit: str) -> str:
    return f"{value:.2f} ({'met' if met else 'MISSED'}, {limit})"


PARTS: dict[str, Callable[[Run], Coroutine[None, None, None]]] = {
    "sessions": sessions,
    "reads": reads,
    "hostile": hostile,
}


def measured(sessions: int, seconds: float, story: str = "heat", only: Sequence[str] = tuple(PARTS)) -> None:
    """Starts both servers, prints the parts, and ends the servers."""
    told = read_story(find_story(story))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        prepared = folder / "story.json.gz"
        prepared.write_bytes(asset(encode(payload(told)), "application/json").compressed)
        os.environ |= {throttle.VARIABLE: "0", bare_app.VARIABLE: str(prepared)}
        script = Path(bare_app.__file__)
        bare = stack.enter_context(serving.streamlit(script, folder / "bare.log", bound=300))
        ours = stack.enter_context(serving.caseboard(story, folder / "ours.log", bound=300))
        load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
        print(f"# Caseboard under load: {sessions} sessions, {os.cpu_count()} processors, busy before: {load}")
        for part in only:
            asyncio.run(PARTS[part](Run(ours, bare, told, sessions, seconds)))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--sessions", type=int, default=200, help="viewers at a time")
    parser.add_argument("--seconds", type=float, default=20, help="for which something is watched")
    parser.add_argument("--story", default="heat", help="a story or the folder of one")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    asked = parser.parse_args()
    measured(asked.sessions, asked.seconds, asked.story, asked.only)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
