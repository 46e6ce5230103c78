"""The board as a host offers it: below a path with TLS, and from two replicas one of which dies."""

import re
import sys
from contextlib import ExitStack
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import serving
from tests.browser import test_story
from tests.browser.conftest import READY, Host
from tests.browser.test_own_story import TABLE, step
from tests.browser.viewer import button, copied_link, seen, shown, slider, time_in_words
from tests.hosting.proxy import proxied
from tests.hosting.running import clean, healthy, running

pytestmark = pytest.mark.browser

GUARDED = [sys.executable, "-m", "tests.loopback"]
BEHIND = clean(CASEBOARD_HOSTS="127.0.0.1", CASEBOARD_PROXIES="127.0.0.1")
OTHER = {"one": "two", "two": "one"}


@pytest.fixture(scope="module")
def below(tmp_path_factory):
    """The address of the app below /caseboard, which is reached through nginx only."""
    room, port = tmp_path_factory.mktemp("subpath"), serving.free_port()
    flags = ["--server.address", "127.0.0.1", "--server.port", str(port), "--server.baseUrlPath", "caseboard"]
    command = [*GUARDED, "streamlit", "run", "dashboard/app.py", *flags]
    with (
        running(command, healthy(f"http://127.0.0.1:{port}/caseboard/readyz"), room / "log", env=BEHIND),
        proxied("subpath", room, BOARD=f"127.0.0.1:{port}") as address,
    ):
        yield f"{address}/caseboard"


@pytest.fixture(scope="module")
def replicas(tmp_path_factory):
    """Two apps that share a folder of stories, by the names nginx has for them, and the address of both."""
    room, ports = tmp_path_factory.mktemp("replicas"), {name: serving.free_port() for name in OTHER}
    env = {**BEHIND, "CASEBOARD_STORIES": str(room / "stories")}
    with ExitStack() as stack:
        processes = {}
        for name, port in ports.items():
            command = [*GUARDED, "dashboard", "open", "heat", "--no-browser", "--port", str(port)]
            ready = healthy(f"http://127.0.0.1:{port}/readyz")
            processes[name] = stack.enter_context(running(command, ready, room / f"{name}.log", env=env))
        where = {name.upper(): f"127.0.0.1:{port}" for name, port in ports.items()}
        yield processes, stack.enter_context(proxied("replicas", room, **where))


@pytest.fixture
def host(request):
    """Below a path, unless the test is about the replicas."""
    if "replicas" in request.fixturenames:
        return Host(request.getfixturevalue("replicas")[1], served=True)
    return Host(request.getfixturevalue("below"), served=True)


@pytest.fixture
def open_board(open_board):
    return partial(open_board, ignore_https_errors=True, fresh=True)


def replica(page):
    """Which of the two answered this viewer last, as nginx has put it into a cookie."""
    [value] = {cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "caseboard"}
    return value


def at(name, url):
    """What the browser of a viewer remembers who stays with that replica."""
    cookie = {"name": "caseboard", "value": name, "domain": urlsplit(url).hostname, "path": "/", "expires": -1}
    return {"cookies": [{**cookie, "httpOnly": True, "secure": True, "sameSite": "None"}], "origins": []}


def bring(page, folder):
    path = folder / "caso.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("How it was read")).to_be_visible()


def test_below_a_path_with_tls_a_copied_link_shows_someone_else_the_same(open_board, host):
    told = test_story.test_a_link_someone_copies_shows_someone_else_the_same_thing_to_the_minute
    told(open_board, "desktop")
    page = open_board("?at=D8T11:48&crew=neil&panel=places", settled=True)
    before = seen(page)
    assert copied_link(page).startswith(f"{host.url}/?")
    page.reload()
    page.locator(READY).wait_for()
    assert seen(page) == before


def test_below_a_path_with_tls_a_story_of_ones_own_is_brought_and_opened(open_board, tmp_path):
    page = open_board("?own=file", ready=False)
    bring(page, tmp_path)
    button(page, "Open the board").click()
    page.locator(READY).wait_for()
    expect(shown(page)).to_have_text(re.compile("^4 of 4 events"))


def test_a_story_saved_through_one_replica_is_seen_and_worked_on_through_the_other(
    open_board, host, replicas, tmp_path
):
    author = open_board("?own=file", ready=False)
    bring(author, tmp_path)
    step(author, "Keep")
    button(author, "Save").click()
    expect(author.get_by_text("Saved.")).to_be_visible()
    look, work = (author.locator("code").nth(n).inner_text() for n in (0, 1))
    assert look.startswith(f"{host.url}/?story=")
    other = OTHER[replica(author)]
    reader = open_board(look, storage_state=at(other, host.url))
    expect(shown(reader)).to_have_text(re.compile("^4 of 4 events"))
    reader.goto(work)
    expect(reader.get_by_text(re.compile("rows are in order"))).to_be_visible()
    assert replica(reader) == other


# The last one: a replica is gone afterwards.
def test_a_viewer_whose_replica_dies_while_time_plays_goes_on_with_the_other(open_board, replicas):
    processes, _ = replicas
    page = open_board("?at=D1T08:00&crew=chris&panel=places", settled=True)
    board = page.locator(READY).element_handle()
    mine = replica(page)
    page.get_by_role("combobox", name="Speed").select_option("8")
    button(page, "Play").click()
    with page.expect_websocket():
        processes[mine].kill()
    for _ in range(3):
        expect(slider(page)).not_to_have_attribute("aria-valuetext", time_in_words(page))
    button(page, "Pause").click()
    assert board.evaluate("(board) => board.isConnected")  # the very board, not a new one
    assert replica(page) == OTHER[mine]
    page.get_by_role("radio", name="About", exact=True).click()
    expect(page).to_have_url(re.compile("crew=chris.*panel=about|panel=about.*crew=chris"))
    expect(page.get_by_text(re.compile("assumed", re.IGNORECASE)).last).to_be_visible()
    before = seen(page)
    page.reload()
    page.locator(READY).wait_for()
    assert seen(page) == before
