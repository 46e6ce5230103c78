"""The figures of the board, each beside its baseline from the same run: `python -m tests.bench.board --help`."""

import argparse
import importlib.util
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests import serving
from tests.bench import measure, synthetic
from tests.browser import chromium
from tests.browser.conftest import READY, SCREENS
from tests.browser.witness import Witness

HERE = Path(__file__).parent
WARM = 60_000  # milliseconds a page of 100 000 events may take on two slow cores
HOUR = 1 / (24 * synthetic.DAYS)
SLIDER = """(value) => {
  const slider = document.querySelector('.cb-board input[type=range][aria-label="Time"]');
  slider.value = value;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
}"""
RELEASE = """() => document.querySelector('.cb-board input[type=range][aria-label="Time"]')
  .dispatchEvent(new Event('change', { bubbles: true }))"""
SHOWN = "() => document.querySelector('[role=status][aria-label=Shown]').textContent"
MODES = {"window of a day": "mode=window&span=1d", "so far": "mode=so-far"}


class Run:
    """One run: the browser, a folder for what is made, and a server for every story, started when first asked for."""

    def __init__(self, playwright: Playwright, folder: Path, stack: ExitStack, steps: int) -> None:
        self.folder = folder
        self.steps = steps
        self._stack = stack
        self._servers: dict[str, serving.Server] = {}
        launch = chromium.launch_arguments(playwright.chromium.executable_path)
        self.browser: Browser = stack.enter_context(playwright.chromium.launch(**launch))

    def board(self, size: str) -> serving.Server:
        """The app on the built-in story ("heat") or on a synthetic one of that many events."""
        if size not in self._servers:
            story = size if not size.isdigit() else synthetic.write_story(self.folder / f"story-{size}", int(size))
            log = self.folder / f"board-{Path(size).name}.log"
            self._servers[size] = self._stack.enter_context(serving.caseboard(story, log, bound=300))
        return self._servers[size]

    def bare(self, script: str, *arguments: str) -> serving.Server:
        """A bare Streamlit page beside this file."""
        name = " ".join([script, *arguments])
        if name not in self._servers:
            log = self.folder / f"{script}-{len(self._servers)}.log"
            self._servers[name] = self._stack.enter_context(serving.streamlit(HERE / script, log, *arguments))
        return self._servers[name]

    @contextmanager
    def page(self, url: str, ready: str = READY, scripts: dict[str, bytes] | None = None) -> Iterator[Page]:
        context = self.browser.new_context(color_scheme="dark", **SCREENS["desktop"])
        context.set_default_timeout(WARM)
        if scripts is not None:
            from tests.bench import baselines

            baselines.serve(context, scripts)
        page = context.new_page()
        try:
            page.goto(url)
            page.locator(ready).first.wait_for()
            page.wait_for_load_state("networkidle")
            for _ in range(5):
                page.evaluate(measure.SETTLE)
            yield page
        finally:
            context.close()


def paths(steps: int) -> dict[str, list[float]]:
    """Positions 0..1 of the slider: an hour a step around the middle, where half is past; and anywhere."""
    forward = [0.5 + (i - steps // 2) * HOUR for i in range(steps)]
    chance = random.Random(11)  # noqa: S311 -- the same jumps every time
    return {"forward": forward, "backward": forward[::-1], "jumps": [chance.random() for _ in range(steps)]}


def slider_steps(run: Run, sizes: Sequence[str]) -> None:
    """One slider step, from input to painted frame, beside an empty frame of the same page and the peers."""
    rows: list[list[object]] = []
    with run.page(run.bare("empty_page.py").url, "[data-testid=stText]") as page:
        rows.append(["an empty Streamlit page", "", "", "", "", measure.steps(page, "() => {}", [0] * run.steps), ""])
    for size in sizes:
        for mode, query in MODES.items():
            with run.page(f"{run.board(size).url}/?scale={_scale(size)}&{query}") as page:
                empty = measure.steps(page, "() => {}", [0] * run.steps)
                taken = [measure.steps(page, SLIDER, values) for values in paths(run.steps).values()]
                page.evaluate(f"({SLIDER})(0.5)")
                page.evaluate(measure.SETTLE)
                over = max(each.median for each in taken) - empty.median
                rows.append([_named(size), mode, *taken, empty, _verdict(over, measure.FRAME)])
                shown = page.evaluate(SHOWN)
                print(f"  {_named(size)}, {mode}: half way, {shown}", flush=True)
    peers = [["folium Timeline, canvas, no ticks", *row] for row in timeline_steps(run, sizes)]
    peers += [["st_folium, one GeoJson", *row] for row in server_steps(run)]
    header = ["", "", "forward", "backward", "jumps", "empty frame", f"over it, at most {measure.FRAME:.1f}"]
    section("One slider step, input to painted frame: median / 95th percentile, ms", header, rows + peers)


def timeline_steps(run: Run, sizes: Sequence[str]) -> Iterator[list[object]]:
    from tests.bench import baselines

    scripts = baselines.plugin_scripts(run.folder)
    last = synthetic.DAYS * synthetic.DAY
    for size in (size for size in sizes if size.isdigit()):
        for mode in MODES:
            file = baselines.timeline_file(run.folder, int(size), mode == "so far")
            with run.page(file.path.as_uri(), ".leaflet-timeline-control", scripts) as page:
                apply = f"(value) => {file.slider}.setTime(value * {last})"
                empty = measure.steps(page, "() => {}", [0] * run.steps)
                taken = [measure.steps(page, apply, values) for values in paths(run.steps).values()]
                yield [f"{_named(size)}, {mode}", *taken, empty, f"{max(t.median for t in taken) - empty.median:.1f}"]


def server_steps(run: Run, events: int = 10_000) -> Iterator[list[object]]:
    from tests.bench import baselines

    scripts = baselines.plugin_scripts(run.folder)
    for mode, word in {"window of a day": "window", "so far": "so-far"}.items():
        server = run.bare("st_folium_page.py", str(events), word)
        with run.page(server.url, "iframe", scripts) as page:
            taken = [baselines.step_through_server(page, [key] * 12) for key in ("ArrowRight", "ArrowLeft")]
            yield [f"{_named(str(events))}, {mode}", *taken, "", "", ""]


def in_motion(run: Run, sizes: Sequence[str]) -> None:
    """Play at twenty steps a second, the board's own play, pan and zoom, beside empty animation frames."""
    rows: list[list[object]] = []
    forward = [0.5 + i * HOUR / 4 for i in range(100)]
    for size in sizes:
        for mode, query in MODES.items():
            with run.page(f"{run.board(size).url}/?scale={_scale(size)}&{query}") as page:
                idle = measure.idle(page)
                page.evaluate(f"({SLIDER})(0.5)")
                played = measure.play(page, SLIDER, forward)
                page.evaluate(RELEASE)
                rows.append([_named(size), mode, "20 steps a second", played, idle])
                rows.append([_named(size), mode, "Play", own_play(page), idle])
                if size == sizes[-1]:
                    rows.append([_named(size), mode, "pan", panned(page), idle])
                    rows.append([_named(size), mode, "zoom", zoomed(page), idle])
    header = ["", "", "", "fps, frame to frame: median / p95 / longest", "empty frames"]
    section("In motion, ms (as many frames as the empty page has, 60 a second where the screen gives 60)", header, rows)


def own_play(page: Page, seconds: float = 4) -> measure.Motion:
    page.get_by_role("button", name="Play", exact=True).click()
    measured = measure.idle(page, seconds)
    if (pause := page.get_by_role("button", name="Pause", exact=True)).count():
        pause.click()
    return measured


def panned(page: Page) -> measure.Motion:
    box = page.get_by_role("region", name="Map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    measure.record(page)
    for turn in range(60):
        page.mouse.move(x - 200 + 40 * (turn % 10), y - 60 + 2 * turn)
    done = measure.recorded(page)
    page.mouse.up()
    return done


def zoomed(page: Page) -> measure.Motion:
    measure.record(page)
    for name in ("Zoom in", "Zoom in", "Zoom out", "Zoom out"):
        page.get_by_role("button", name=name).first.click()
        page.evaluate(measure.SETTLE)
    return measure.recorded(page)


def quiet(run: Run, size: str) -> None:
    """Websocket frames while dragging and playing, requests to other hosts, violations of the policy: all nothing."""
    server = run.board(size)
    witness = Witness(server.url)
    context = witness.watch(run.browser.new_context(**SCREENS["desktop"]))
    page = context.new_page()
    page.goto(server.url)
    page.locator(READY).wait_for(timeout=WARM)
    page.wait_for_load_state("networkidle")
    rows: list[list[object]] = []
    before = witness.frames
    slider = page.get_by_role("slider", name="Time")
    box = slider.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for turn in range(60):
        page.mouse.move(box["x"] + box["width"] * (0.3 + turn / 200), box["y"] + box["height"] / 2)
    rows.append(["websocket frames in a drag of 60 moves", witness.frames - before, 0])
    page.mouse.up()
    page.evaluate(measure.SETTLE)
    released = witness.frames
    page.get_by_role("button", name="Play", exact=True).click()
    measure.idle(page, 3)
    rows.append(["websocket frames in 3 s of play", witness.frames - released, 0])
    rows.append(["websocket frames of one release", released - before - int(rows[0][1]), "one rerun"])  # type: ignore[call-overload]
    rows.append(["requests to other hosts", len(witness.other_hosts), 0])
    rows.append(["violations of the Content-Security-Policy", len(witness.violations), 0])
    rows.extend([f"  {violation}", "", ""] for violation in witness.violations)
    context.close()
    section("Quiet", ["", "counted", "wanted"], rows)


def first_paint(run: Run, size: str, visits: int = 7) -> None:
    """First event painted after navigation, and bytes, beside Streamlit's empty page; cold browser, warm servers."""
    pages: dict[str, tuple[str, str]] = {
        "board": (run.board(size).url, READY),
        "empty": (run.bare("empty_page.py").url, "[data-testid=stText]"),
    }
    loads: dict[str, list[measure.Load]] = {name: [] for name in pages}
    for visit in range(visits + 1):
        for name, (url, selector) in pages.items():
            taken = measure.load(run.browser, url, selector, **SCREENS["desktop"])
            if visit:
                loads[name].append(taken)
    median = {name: statistics.median(each.painted for each in taken) for name, taken in loads.items()}
    late = median["board"] - median["empty"]
    ours = statistics.median(each.ours for each in loads["board"]) / 1000
    beyond = statistics.median(b.total - e.total for b, e in zip(loads["board"], loads["empty"], strict=True)) / 1000
    rows: list[list[object]] = [
        ["first event painted, ms", f"{median['board']:.0f}", f"{median['empty']:.0f}", _verdict(late, 700)],
        ["bytes we serve, compressed, kB", f"{ours:.0f}", "0", _verdict(ours, 350)],
        [
            "bytes beyond the empty page, all of them, kB",
            f"{beyond:.0f}",
            "",
            "with what Streamlit loads for a component",
        ],
    ]
    section(f"First paint ({_named(size)}, median of {visits} visits)", ["", "board", "empty page", "beyond"], rows)


def server_time(run: Run, size: str, reruns: int = 60) -> None:
    """Processor time of the server for one rerun: a crew change on the board, a crew change on an empty page."""
    chips = ".cb-board .cb-chips button.cb-chip[aria-pressed]"
    board = rerun_cost(run, run.board(size), READY, chips, reruns)
    empty = rerun_cost(
        run, run.bare("empty_page.py", "crew"), "[data-testid=stText]", "[data-testid=stButtonGroup] button", reruns
    )
    rows: list[list[object]] = [
        [f"processor ms a rerun, mean of {reruns}", f"{board:.1f}", f"{empty:.1f}", _verdict(board / empty, 2, "times")]
    ]
    section(f"A rerun for a crew change ({_named(size)})", ["", "board", "empty page", "ratio"], rows)


def rerun_cost(run: Run, server: serving.Server, ready: str, buttons: str, reruns: int) -> float:
    with run.browser.new_context(**SCREENS["desktop"]) as context:
        page = context.new_page()
        page.add_init_script(measure.COUNT_MESSAGES)
        page.goto(server.url)
        page.locator(ready).wait_for(timeout=WARM)
        page.locator(buttons).first.wait_for()
        page.evaluate(measure.CLICK_AND_WAIT, [buttons, 8])
        spent = measure.cpu_seconds(server.pid)
        asked = page.evaluate(measure.CLICK_AND_WAIT, [buttons, reruns])
        return 1000 * (measure.cpu_seconds(server.pid) - spent) / asked


def section(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    print(f"\n## {title}\n\n{measure.table(header, rows)}", flush=True)


def _named(size: str) -> str:
    return f"{int(size):,} events".replace(",", " ") if size.isdigit() else f"the story {size!r}"


def _scale(size: str) -> str:
    """The scale on which half way is half of the events: told stories crowd at their end, synthetic ones do not."""
    return "clock" if size.isdigit() else "order"


def _verdict(value: float, limit: float, unit: str = "") -> str:
    word = "met" if value <= limit else "MISSED"
    return f"{value:.1f} {unit} ({word}, at most {limit:.1f})".replace("  ", " ")


PARTS: dict[str, Callable[[Run, Sequence[str]], None]] = {
    "steps": slider_steps,
    "motion": in_motion,
    "quiet": lambda run, sizes: quiet(run, sizes[0]),
    "paint": lambda run, sizes: first_paint(run, sizes[0]),
    "server": lambda run, sizes: server_time(run, sizes[0]),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.board", description=__doc__)
    parser.add_argument("--sizes", nargs="+", default=["heat", "10000", "100000"], help="stories, or numbers of events")
    parser.add_argument("--steps", type=int, default=60, help="slider steps a figure")
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    asked = parser.parse_args()
    if importlib.util.find_spec("streamlit_folium") is None:
        print('streamlit-folium is missing, and it is a baseline; run: pip install -e ".[test,bench]"', file=sys.stderr)
        return 2
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        run = Run(stack.enter_context(sync_playwright()), Path(folder), stack, asked.steps)
        print(f"# Caseboard, measured in Chromium {run.browser.version}", flush=True)
        for part in asked.only:
            PARTS[part](run, asked.sizes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
