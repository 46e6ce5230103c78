"""A large story in the browser: first cells, a step and play, beside the built-in story in the same run.

    python -m tests.bench.large_board [FOLDER ...]

Without FOLDER a synthetic story of a million events is made first. What counts is what a step takes beyond an empty
frame of the same page, and that nothing is asked while time moves.
"""

import argparse
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from geo.synthetic import write_synthetic
from tests.bench import measure
from tests.bench.board import MODES, SLIDER, Run, own_play, panned, paths, section
from tests.browser.conftest import READY, SCREENS

EVENTS = 1_000_000
STEPS, VISITS = 60, 5
HEAT = "heat"
CELLS = '.cb-board[data-shows="cells"]'
SHOWN = "() => document.querySelectorAll('.cb-cell-rows > *').length"


def first_board(run: Run, stories: Sequence[str]) -> None:
    """From navigation to the first picture with the story in it; a cold browser, a server asked before."""
    rows: list[list[object]] = []
    for story in stories:
        ready = READY if story == HEAT else CELLS
        loads = [
            measure.load(run.browser, run.board(story).url, ready, **SCREENS["desktop"]) for _ in range(VISITS + 1)
        ]
        taken = measure.timing([load.painted for load in loads[1:]])
        rows.append([_named(story), f"{loads[0].painted:.0f}", taken, f"{loads[-1].ours / 1000:.0f}"])
    section("First board, ms", ["", "the first visitor", "later: median / longest", "kB of ours"], rows)


def moving(run: Run, stories: Sequence[str]) -> None:
    """A step, play and a pan, with how many questions were asked meanwhile."""
    steps: list[list[object]] = []
    motion: list[list[object]] = []
    for story in stories:
        ready = READY if story == HEAT else CELLS
        for mode, query in MODES.items():
            link = f"{run.board(story).url}/?{query}{'&scale=order' if story == HEAT else ''}"
            with run.page(link, ready) as page:
                asked = _questions(page)
                empty = measure.steps(page, "() => {}", [0] * STEPS)
                taken = [measure.steps(page, SLIDER, values) for values in paths(STEPS).values()]
                over = max(each.median for each in taken) - empty.median
                steps.append([_named(story), mode, page.evaluate(SHOWN), *taken, empty, f"{over:.1f}"])
                page.evaluate(f"({SLIDER})(0.5)")
                idle = measure.idle(page)
                motion.append([_named(story), mode, "Play", own_play(page), idle, len(asked)])
                motion.append([_named(story), mode, "pan", panned(page), idle, len(asked)])
    section(
        f"One step, input to painted frame: median / 95th percentile, ms; a frame is {measure.FRAME:.1f}",
        ["", "", "rows", "forward", "backward", "jumps", "empty frame", "over it"],
        steps,
    )
    header = ["", "", "", "fps, frame to frame: median / p95 / longest", "empty frames", "questions so far"]
    section("In motion, ms", header, motion)


def _questions(page: Page) -> list[str]:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/bins?" in request.url else None)
    return asked


def _named(story: str) -> str:
    return story if story == HEAT else Path(story).name


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.large_board", description=__doc__)
    parser.add_argument("folders", nargs="*", metavar="FOLDER", help="a folder of a large story")
    asked = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        stories = asked.folders
        if not stories:
            stories = [str(folder / "million")]
            write_synthetic(Path(stories[0]), EVENTS)
        run = Run(stack.enter_context(sync_playwright()), folder, stack, STEPS)
        print(f"# Large stories on the board, measured in Chromium {run.browser.version}", flush=True)
        for part in (first_board, moving):
            part(run, [HEAT, *stories])


if __name__ == "__main__":
    main()
