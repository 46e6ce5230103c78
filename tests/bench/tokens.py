"""One slider step with a token and a row for everybody, beside an empty frame: `python -m tests.bench.tokens`."""

import argparse
import random
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests import serving
from tests.bench import measure
from tests.bench.board import SLIDER
from tests.browser import chromium
from tests.browser.conftest import READY, SCREENS

EVERYBODY = ".cb-wh-row[data-person]"


def paths(steps: int) -> dict[str, list[float]]:
    """Positions 0..1 of the slider: through the whole story both ways, and anywhere."""
    forward = [i / max(1, steps - 1) for i in range(steps)]
    chance = random.Random(11)  # noqa: S311 -- the same jumps every time
    return {"forward": forward, "backward": forward[::-1], "jumps": [chance.random() for _ in range(steps)]}


def measured(page: Page, steps: int) -> list[measure.Timing]:
    """An empty frame, then every path."""
    empty = measure.steps(page, "() => {}", [0] * steps)
    return [empty, *(measure.steps(page, SLIDER, values) for values in paths(steps).values())]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.tokens", description=__doc__)
    parser.add_argument("--story", default="heat", help="a bundled story or a folder")
    parser.add_argument("--steps", type=int, default=120, help="slider steps a figure")
    asked = parser.parse_args()
    rows: list[list[object]] = []
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        serving.caseboard(asked.story, Path(folder) / "log", bound=300) as server,
        sync_playwright() as playwright,
        playwright.chromium.launch(**chromium.launch_arguments(playwright.chromium.executable_path)) as browser,
        browser.new_context(color_scheme="dark", **SCREENS["desktop"]) as context,
    ):
        page = context.new_page()
        page.goto(f"{server.url}/?panel=whereabouts")
        page.locator(READY).wait_for()
        page.locator(EVERYBODY).first.wait_for()
        for shown in ("nobody chosen", "everybody"):
            if shown == "everybody":
                page.get_by_label("Show everybody").check()
                page.evaluate(measure.SETTLE)
            empty, *taken = measured(page, asked.steps)
            over = max(each.median for each in taken) - empty.median
            people = page.locator(EVERYBODY).count()
            word = "met" if over <= measure.FRAME else "MISSED"
            rows.append([shown, people, *taken, empty, f"{over:.1f} ({word}, at most {measure.FRAME:.1f})"])
        print(f"# Chromium {browser.version}, story {asked.story!r}, {asked.steps} steps a figure\n")
    print("One slider step, input to painted frame: median / 95th percentile, ms\n")
    print(measure.table(["tokens", "rows", "forward", "backward", "jumps", "empty frame", "over it"], rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
