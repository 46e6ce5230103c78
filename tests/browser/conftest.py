"""Pages for the browser tests: a real Chromium on the real app, watched for everything a viewer would not want."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser import chromium
from tests.browser.witness import Witness
from tests.serving import Server

SCREENS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
    },
}
READY = '.cb-board[data-ready="true"]'
# The panel under the board comes after the board's first picture; then nothing is under way between page and server.
SETTLED = '.stApp[data-test-script-state="notRunning"] [data-testid="stElementContainer"]:has(.cb-board)'
PANEL = '[data-testid="stDataFrame"], [data-testid="stText"], .cb-rings, .cb-wh, .cb-sl, .cb-me'
PATIENCE = 20_000  # milliseconds; two shared cores and a cold server

expect.set_options(timeout=PATIENCE)

OpenBoard = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium.launch_arguments(playwright.chromium.executable_path)}


@pytest.fixture
def witness(app_server: Server) -> Iterator[Witness]:
    """Fails the test afterwards for a request to another host, a policy violation or an error on the page."""
    watching = Witness(app_server.url)
    yield watching
    assert not watching.faults, "\n".join(watching.faults)


@pytest.fixture
def open_board(new_context: Callable[..., Any], app_server: Server, witness: Witness) -> OpenBoard:
    """`open_board("?at=D8T11:30", screen="phone", scheme="light")`: a new viewer at that link, its first event painted.

    A link may also be a whole URL, as "Copy link" gives it. `ready=False` returns right after navigation,
    `settled=True` when the panel is there, too, and nothing is under way between page and server.
    """

    def opened(
        link: str = "",
        *,
        screen: str = "desktop",
        scheme: str = "dark",
        ready: bool = True,
        settled: bool = False,
        **options: Any,
    ) -> Page:
        context = new_context(
            **{"color_scheme": scheme, "reduced_motion": "reduce", "locale": "en-US", **SCREENS[screen], **options}
        )
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app_server.url)
        page = witness.watch(context).new_page()
        page.goto(link if link.startswith(app_server.url) else f"{app_server.url}/{link}")
        if ready:
            page.locator(READY).wait_for()
        if settled:
            page.locator(PANEL).first.wait_for()
            page.locator(SETTLED).first.wait_for()
        return page

    return opened


@pytest.fixture(params=list(SCREENS))
def screen(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(open_board: OpenBoard) -> Page:
    """The built-in story on a desktop, as the bare address opens it."""
    return open_board()
