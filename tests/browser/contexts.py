"""Browser contexts that are used again, so that not every viewer of the tests loads and compiles Streamlit anew.

What a test could leave behind is taken away when its context comes back: pages, cookies, what a site has stored,
permissions, routes. What stays is what a browser may keep from one visit to the next: files and compiled code.
"""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems"


class Contexts:
    """Contexts by their options. `lend` gives one that nobody has now, `take_back` makes it as good as new."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    def lend(self, options: dict[str, Any]) -> BrowserContext:
        """A context of its own until it is given back."""
        free = self._free.setdefault(_name(options), [])
        return free.pop() if free else self._browser.new_context(**options)

    def take_back(self, context: BrowserContext, options: dict[str, Any], origin: str) -> None:
        """`origin` is where the test has been."""
        for page in context.pages[1:]:
            page.close()
        for page in context.pages:
            asked = context.new_cdp_session(page)
            asked.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORED})
            page.close()
        context.unroute_all()
        context.clear_cookies()
        context.clear_permissions()
        context.set_offline(False)
        self._free[_name(options)].append(context)

    def close(self) -> None:
        """Closes all that were given back."""
        for context in (each for free in self._free.values() for each in free):
            context.close()


def _name(options: dict[str, Any]) -> str:
    return repr(sorted(options.items()))
