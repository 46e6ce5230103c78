"""What axe finds on a page in both themes and sizes, and what is seen of its colours and its focus."""

from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import SCREENS
from tests.browser.viewer import painted

LOOKS = (Path(__file__).parent / "looks.js").read_text("utf-8")
STILL = """() => ['notRunning', undefined].includes(document.querySelector('.stApp')?.dataset.testScriptState)
  && !document.querySelector('[data-stale="true"]')
  && !document.getAnimations().some((it) => it instanceof CSSTransition && it.playState === 'running')"""

# Streamlit's page follows the browser's theme a few frames late, and its boards follow the page.
DRESSED = """(scheme) => {
  const page = document.querySelector('.stApp');
  const boards = [...document.querySelectorAll('.cb-board[data-theme]')];
  return (!page || getComputedStyle(page).colorScheme === scheme) && boards.every((it) => it.dataset.theme === scheme);
}"""


class Checked:
    """Gathers the faults of one page, which is never loaded anew."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._axe = Axe().axe_script
        self.faults: list[str] = []

    def looks(self) -> Iterator[str]:
        """Each theme in each size, by name."""
        for scheme in ("dark", "light"):
            self._page.emulate_media(color_scheme=scheme)
            self._page.wait_for_function(DRESSED, arg=scheme)
            for name, screen in SCREENS.items():
                self._page.set_viewport_size(screen["viewport"])
                painted(self._page)
                yield f"{scheme}, {name}"

    def axe(self, what: str, within: str = "") -> None:
        """What axe finds on the whole page, or in elements like `within` alone."""
        self._page.wait_for_function(STILL)
        if not self._page.evaluate("() => 'axe' in globalThis"):
            self._page.evaluate(self._axe)
        found = self._page.evaluate("(within) => axe.run(within || document, { resultTypes: ['violations'] })", within)
        for each in found["violations"]:
            self.faults += [f"{what}: {each['id']}: {node['html'][:160]}" for node in each["nodes"]]

    def contrast(self, what: str) -> None:
        """Texts and marks of the board without contrast. Axe leaves out what lies over or under something else."""
        self.faults += [f"{what}: {each}" for each in self._page.evaluate(f"() => {{ {LOOKS} return faint(); }}")]

    def focused(self) -> dict:
        """What has the focus: `inside` the board or not, its `name`, `faults` of how it shows."""
        return self._page.evaluate(f"() => {{ {LOOKS} return focused(); }}")

    @property
    def said(self) -> str:
        """The faults, each once, a line each."""
        return "\n".join(dict.fromkeys(self.faults))
