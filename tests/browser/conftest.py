"""Boards for the browser tests, on the real app and in a file from disk.

A real Chromium opens them, watched for everything a viewer would not want.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from dashboard.publish import published
from geo.story import find_story, read_story
from tests.browser import chromium
from tests.browser.contexts import Contexts
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

# A test opens the board on both hosts, unless it says that it is about one of them.
HOSTS = ("page", "file")
only_page = pytest.mark.parametrize("host", ["page"], indirect=True)

expect.set_options(timeout=PATIENCE)

OpenBoard = Callable[..., Page]


class Host(NamedTuple):
    """Where a board is opened: `url` without any link, and whether a server answers there."""

    url: str
    served: bool

    @property
    def origin(self) -> str:
        """What the browser stores things under."""
        return self.url if self.served else "file://"

    def link(self, text: str) -> str:
        """The address of "?crew=chris" here: a query of the page, the fragment of a file. A whole address stays."""
        if text.startswith(self.url):
            return text
        return f"{self.url}/{text}" if self.served else f"{self.url}#{text.removeprefix('?')}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Playwright) -> dict[str, Any]:
    return {**browser_type_launch_args, **chromium.launch_arguments(playwright.chromium.executable_path)}


@pytest.fixture(scope="session")
def story_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in story as one file."""
    path = tmp_path_factory.mktemp("file") / "heat.html"
    path.write_text(published(read_story(find_story("heat"))), encoding="utf-8")
    return path


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest) -> Host:
    """The built-in story, served and as a file."""
    if request.param == "file":
        return Host(request.getfixturevalue("story_file").as_uri(), served=False)
    server: Server = request.getfixturevalue("app_server")
    return Host(server.url, served=True)


@pytest.fixture
def witness(host: Host) -> Iterator[Witness]:
    """Fails the test afterwards for a request to another host, a policy violation or an error on the page."""
    watching = Witness(host.url)
    yield watching
    assert not watching.faults, "\n".join(watching.faults)


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Contexts]:
    """Contexts for viewers of the built-in story, used again from test to test."""
    pool = Contexts(browser)
    yield pool
    pool.close()


@pytest.fixture
def open_board(
    contexts: Contexts, new_context: Callable[..., BrowserContext], host: Host, witness: Witness
) -> Iterator[OpenBoard]:
    """`open_board("?at=D8T11:30", screen="phone", scheme="light")`: a new viewer at that link, its first event painted.

    A link may also be a whole URL, as "Copy link" gives it. `ready=False` returns right after navigation,
    `settled=True` when the panel is there, too, and nothing is under way between page and server. A file is opened
    without any network. `fresh=True` is for a viewer who has never been anywhere.
    """
    lent: list[tuple[BrowserContext, dict[str, Any]]] = []

    def opened(
        link: str = "",
        *,
        screen: str = "desktop",
        scheme: str = "dark",
        ready: bool = True,
        settled: bool = False,
        fresh: bool = False,
        **options: Any,
    ) -> Page:
        chosen = {"color_scheme": scheme, "reduced_motion": "reduce", "locale": "en-US", **SCREENS[screen], **options}
        context = new_context(**chosen) if fresh else contexts.lend(chosen)
        if not fresh:
            lent.append((context, chosen))
        context.set_default_timeout(PATIENCE)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_offline(not host.served)
        page = witness.watch(context).new_page()
        page.goto(host.link(link))
        if ready:
            page.locator(READY).wait_for()
        if settled:
            page.locator(PANEL).first.wait_for()
        if settled and host.served:
            page.locator(SETTLED).first.wait_for()
        return page

    yield opened
    for context, chosen in lent:
        witness.leave(context)
        contexts.take_back(context, chosen, host.origin)


@pytest.fixture(params=list(SCREENS))
def screen(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def page(open_board: OpenBoard) -> Page:
    """The built-in story on a desktop, as the bare address opens it."""
    return open_board()
