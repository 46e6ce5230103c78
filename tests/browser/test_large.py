"""A large story on the board: cells that move with time and ask nobody, and its events where they are few."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests import serving
from tests.browser.checked import Checked
from tests.browser.conftest import READY, SCREENS
from tests.browser.viewer import (
    button,
    card,
    copied_link,
    drag_time,
    painted,
    printing,
    saved_picture,
    shown,
    time_in_words,
)
from tests.browser.witness import Witness
from tests.large import large_story

pytestmark = pytest.mark.browser

EVENTS = 30_000
CELLS, SINGLE = '.cb-board[data-shows="cells"]', '.cb-board[data-shows="events"]'
# Whatever a move of the map asks is asked a quarter of a second after it, and answered.
AT_REST = """() => !document.querySelector('.cb-map[aria-busy="true"]')
  && performance.now() - performance.getEntriesByType('resource').at(-1).responseEnd > 700"""
ANSWERED = '.cb-map:not([aria-busy="true"])'


class Board:
    """A page with a large story; `asked` are the questions it put to the server, as kind and parameters."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[tuple[str, dict[str, list[str]]]] = []
        page.on("request", lambda request: self._hear(request.url))

    def _hear(self, url: str) -> None:
        parts = urlsplit(url)
        kind = parts.path.rpartition("/")[2]
        if "/stories/" in parts.path and kind in {"bins", "few", "people"}:
            self.asked.append((kind, parse_qs(parts.query)))

    def cells(self) -> "Board":
        self.page.locator(CELLS).wait_for()
        return self

    def row(self, name: str = "") -> Any:
        cells = self.page.get_by_role("list", name="Cells", exact=True)
        return cells.get_by_role("button", name=re.compile(name)).first

    @property
    def count(self) -> int:
        """How many events the board says it shows."""
        return int(re.sub(r"\D", "", shown(self.page).inner_text().split(" of ")[0]))

    def until_answered(self, act: Callable[[], Any]) -> None:
        """Does something that asks, and waits until what was answered is on the board."""
        with self.page.expect_response(lambda answer: re.search(r"/(bins|few)\?", answer.url) and answer.ok):
            act()
        self.page.locator(ANSWERED).wait_for()
        painted(self.page)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = large_story(tmp_path_factory.mktemp("large") / "town", EVENTS)
    with serving.caseboard(folder, folder / "log") as server:
        yield server.url


@pytest.fixture
def open_town(town: str, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Board]]:
    witness = Witness(town)

    def opened(link: str = "", screen: str = "desktop", **options: Any) -> Board:
        context = new_context(reduced_motion="reduce", locale="en-US", **SCREENS[screen], **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = witness.watch(context).new_page()
        board = Board(page)
        page.goto(link if link.startswith(town) else f"{town}/{link}")
        page.locator(READY).wait_for()
        return board

    opened.witness = witness
    yield opened
    assert not witness.faults, "\n".join(witness.faults)


def test_time_is_dragged_stepped_and_played_without_a_question(open_town):
    board = open_town().cells()
    everything, before = board.count, len(board.asked)
    assert [kind for kind, _ in board.asked] == ["bins"], board.asked
    drag_time(board.page, 0.9, 0.4)
    painted(board.page)
    half = board.count
    assert 0 < half < everything
    board.page.keyboard.press("ArrowRight")
    painted(board.page)
    assert half < board.count < everything
    assert re.search(r"1995, .* events?", time_in_words(board.page))
    button(board.page, "Play").click()
    button(board.page, "Pause").click()
    board.page.get_by_role("radio", name="Moment").check(force=True)
    painted(board.page)
    assert 0 < board.count < half
    assert len(board.asked) == before


def test_the_map_asks_once_when_it_has_come_to_rest_and_lists_the_events_where_they_are_few(open_town):
    board = open_town().cells()
    page = board.page
    page.locator(".leaflet-container").focus()
    before = len(board.asked)
    board.until_answered(lambda: [page.keyboard.press("ArrowLeft") for _ in range(6)])
    assert [kind for kind, _ in board.asked[before:]] == ["bins"]
    board.row().click()
    page.get_by_role("button", name="Closer", exact=True).click()
    page.locator(SINGLE).wait_for()
    first = page.get_by_role("list", name="Events", exact=True).get_by_role("button").first
    chosen = first.locator(".cb-row-title").inner_text()
    first.click()
    expect(card(page).get_by_role("heading")).to_have_text(chosen)
    link = copied_link(page)
    again = open_town(link)
    again.page.locator(SINGLE).wait_for()
    expect(card(again.page).get_by_role("heading")).to_have_text(chosen)
    for each in (page, again.page):
        each.wait_for_function(AT_REST)
    expect(shown(again.page)).to_have_text(shown(page).inner_text())
    board.until_answered(lambda: button(page, "Show the whole story").click())
    page.locator(CELLS).wait_for()


def test_people_and_words_narrow_the_cells_and_bring_tracks_and_whereabouts(open_town):
    board = open_town("?panel=whereabouts").cells()
    page, everything = board.page, board.count
    chip = page.locator(".cb-chips > .cb-chip").first
    name = chip.locator("span").first.inner_text()
    with page.expect_response(lambda answer: "/people?" in answer.url and answer.ok):
        board.until_answered(chip.click)
    theirs = board.count
    assert 0 < theirs < everything
    expect(page.locator(".cb-wh-row", has_text=name).locator(".cb-wh-place")).not_to_have_text("Not seen yet")
    board.until_answered(lambda: page.get_by_role("searchbox").fill("home"))
    assert 0 < board.count < theirs
    assert set(board.asked[-1][1]) >= {"crew", "q", "v"}
    painted(page)
    assert "crew=" in copied_link(page)
    board.until_answered(lambda: page.get_by_role("button", name="Reset").click())
    assert board.count == everything


def test_what_the_map_shows_is_printed_and_saved_as_a_picture(open_town):
    board = open_town().cells()
    page = board.page
    name, picture = saved_picture(page)
    assert re.fullmatch(r"town-1995-.*\.png", name)
    first, said = board.row().locator(".cb-row-title").inner_text(), shown(page).inner_text()
    paper = printing(page).locator(".cb-handout")
    expect(paper).to_contain_text(said)
    expect(paper.locator("li b").first).to_have_text(first)
    page.emulate_media(media="screen")
    board.row().click()
    page.get_by_role("button", name="Closer", exact=True).click()
    page.locator(SINGLE).wait_for()
    page.wait_for_function(AT_REST)
    _, closer = saved_picture(page)
    assert closer.convert("RGB").tobytes() != picture.convert("RGB").tobytes()
    count = board.count
    expect(printing(page).locator(".cb-handout li[data-event]")).to_have_count(min(1_000, count))


def test_a_cell_says_in_words_what_it_is(open_town):
    board = open_town().cells()
    page = board.page
    row = board.row()
    row.click()
    told = page.get_by_role("region", name="Cell", exact=True)
    expect(told).to_be_visible()
    expect(told).to_contain_text(re.compile(r"[\d,]+ events"))
    expect(told).to_contain_text("1995")
    assert told.get_by_role("heading").inner_text() in row.inner_text()
    row.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(told.get_by_role("heading")).not_to_have_text(row.locator(".cb-row-title").inner_text())
    told.get_by_role("button", name="Close the card").click()
    expect(told).to_be_hidden()
    row.click()
    board.until_answered(lambda: told.get_by_role("button", name="Closer").click())
    expect(told).to_be_hidden()  # the cell has become many


def test_an_answer_that_does_not_come_is_one_sentence_and_the_old_cells_stay(open_town):
    open_town.witness.allow("503")
    board = open_town().cells()
    page, before = board.page, board.count
    page.route("**/bins?*", lambda route: route.fulfill(status=503, content_type="text/plain", body="It is away."))
    page.get_by_role("searchbox").fill("home")
    expect(page.get_by_role("alert")).to_contain_text("It is away. It is asked again shortly.")
    assert board.count == before
    page.unroute("**/bins?*")
    board.until_answered(lambda: page.get_by_role("searchbox").fill("homes"))


def test_cells_are_for_everybody(open_town):
    board = open_town("?lang=es").cells()
    page = board.page
    page.get_by_role("list", name="Celdas", exact=True).get_by_role("button").first.click()
    checked = Checked(page)
    for look in checked.looks():
        checked.axe(look, ".cb-board")
        checked.contrast(look)
    assert not checked.said, checked.said
    assert not re.search(r"\b(events|mostly|north|more than)\b", page.locator(".cb-frame").inner_text())
