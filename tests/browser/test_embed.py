"""The board in a frame on a page of another origin."""

import html
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Frame, Page, expect
from starlette.responses import HTMLResponse

from dashboard.security import Headers, ancestors
from tests.asgi import get
from tests.browser.conftest import READY, SCREENS, only_page
from tests.browser.viewer import button, card, chip, slider, time_in_words

pytestmark = [pytest.mark.browser, only_page]

SIZES = ((800, 500), (400, 600), (1440, 900))
AROUND = "<!doctype html><title>Elsewhere</title><style>body { margin: 0 } iframe { border: 0 }</style>"
HEARD = "<script>heard = []; addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)))</script>"
# What scrolls inside a small frame: rows of choices sideways, the list down.
SCROLLS = ".cb-chips, .cb-tr-how, .cb-list > header, .cb-scroller"


@contextmanager
def answering(answer: Callable[[str], tuple[dict[str, str], str]]) -> Iterator[str]:
    """A server on a port of its own: where it is. `answer` gives headers and HTML for a path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers, text = answer(self.path)
            self.send_response(200)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: the test's output is about the test."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def elsewhere(witness):
    """`elsewhere("<iframe...>")` is the address of a page of another origin with that in it."""
    shown = []
    with answering(lambda path: ({}, AROUND + HEARD + shown[-1] if path == "/" else "")) as url:
        witness.allow(rf"request to another host: {url}/")

        def page_around(text: str) -> str:
            shown.append(text)
            return f"{url}/"

        yield page_around


@pytest.fixture
def visitor(new_context, witness):
    """A new page that shows nothing yet, of somebody who has never been here."""

    def opened() -> Page:
        context = witness.watch(new_context(reduced_motion="reduce", locale="en-US", **SCREENS["desktop"]))
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        return context.new_page()

    return opened


@pytest.fixture
def framed(elsewhere, visitor, host):
    """The page around a board and the frame the board is in, opened at a link."""

    def opened(link: str = "", width: int = 800, height: int = 500) -> tuple[Page, Frame]:
        source = f'src="{host.url}/?embed=true{html.escape(link)}" style="width: {width}px; height: {height}px"'
        page = visitor()
        page.goto(elsewhere(f'<iframe {source} title="Heat" allow="fullscreen; clipboard-write"></iframe>'))
        frame = page.frames[1]
        frame.locator(READY).wait_for()
        return page, frame

    return opened


def test_the_board_fills_a_frame_of_any_size_and_nothing_is_around_it(framed):
    page, frame = framed("&crew=chris")
    for width, height in SIZES:
        page.locator("iframe").evaluate(f"(it) => it.style.cssText = 'width: {width}px; height: {height}px'")
        frame.wait_for_function(f"() => innerWidth === {width} && innerHeight === {height}")
        box = frame.locator(".cb-board").evaluate(
            "(it) => { const b = it.getBoundingClientRect(); return [b.x, b.y, b.width, b.height]; }"
        )
        assert box == [0, 0, width, height]
        outside = frame.evaluate(
            """(known) => [...document.querySelectorAll('*')].filter((it) => {
              const style = getComputedStyle(it);
              const scrolls = /auto|scroll/.test(style.overflowY) && it.scrollHeight > it.clientHeight + 1
                || /auto|scroll/.test(style.overflowX) && it.scrollWidth > it.clientWidth + 1;
              return scrolls && it.clientHeight && !it.matches(known);
            }).map((it) => it.outerHTML.slice(0, 200))""",
            SCROLLS,
        )
        assert outside == []
        cut = frame.evaluate(
            """() => ['.cb-map', '.cb-tl', '.cb-tr-play', '.cb-scroller', '.cb-chips'].filter((name) => {
              const box = document.querySelector(name).getBoundingClientRect();
              return box.height < 20 || box.bottom > innerHeight || box.right > innerWidth;
            })"""
        )
        assert cut == [], (width, height)
    for name in ("Copy link", "Embed", "Your own story"):
        expect(button(frame, name)).to_have_count(0)
    expect(frame.get_by_role("radiogroup", name="Panel")).to_have_count(0)
    assert frame.locator("body").inner_text().count("Streamlit") == 0


def test_in_a_frame_the_crew_play_and_card_work_and_a_link_is_to_the_whole_page(framed, open_board, host):
    page, frame = framed("&event=e53")
    chip(frame, "Chris Shiherlis").click()
    expect(chip(frame, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    before = time_in_words(frame)
    button(frame, "Play").click()
    expect(slider(frame)).not_to_have_attribute("aria-valuetext", before)
    button(frame, "Pause").click()
    title = card(frame).get_by_role("heading").inner_text()
    card(frame).get_by_role("button", name="Link to this moment").click()
    expect(frame.get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert link.startswith(f"{host.url}/?")
    assert "embed" not in link
    other = open_board(link)
    expect(card(other).get_by_role("heading")).to_have_text(title)
    expect(chip(other, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    expect(button(other, "Copy link")).to_be_visible()


def test_a_frame_leads_to_the_whole_page_at_the_same_moment_and_tells_nobody(framed):
    page, frame = framed("&crew=neil&at=D5T20:00")
    button(frame, "Next event").click()
    expect(slider(frame)).not_to_have_attribute("aria-valuetext", re.compile("^Day 5, 20:00"))
    with page.context.expect_page() as opening:
        frame.get_by_role("link", name="Open in Caseboard").click()
    whole = opening.value
    whole.locator(READY).wait_for()
    assert "embed" not in whole.url
    assert time_in_words(whole) == time_in_words(frame)
    expect(chip(whole, "Neil McCauley")).to_have_attribute("aria-pressed", "true")
    assert whole.evaluate("() => window.opener") is None
    assert not [said for said in page.evaluate("() => heard") if re.search("neil|D5T", said)]


def test_the_element_to_embed_shows_the_view_it_was_copied_from(open_board, elsewhere):
    page = open_board("?crew=chris&event=e53")
    button(page, "Embed").click()
    button(page, "Copy HTML").click()
    expect(page.get_by_text("HTML copied")).to_be_visible()
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert page.get_by_role("textbox", name="HTML").input_value() == text
    before, heading = time_in_words(page), card(page).get_by_role("heading").inner_text()
    page.goto(elsewhere(text))
    frame = page.frames[1]
    assert frame.frame_element().get_attribute("title") == "Heat"
    frame.locator(READY).wait_for()
    assert time_in_words(frame) == before
    expect(card(frame).get_by_role("heading")).to_have_text(heading)
    expect(chip(frame, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")


def test_the_whole_page_is_refused_to_other_pages_unless_the_host_names_them(visitor, elsewhere, witness, host):
    witness.allow("frame-ancestors|request to another host|chrome-error")
    around = elsewhere("")
    settings = {"": "here", around.rstrip("/"): "named", "none": "nobody"}

    def answer(path: str) -> tuple[dict[str, str], str]:
        setting, _, query = path.strip("/").partition("?")
        frames = ancestors({name: text for text, name in settings.items()}[setting])
        got = get(Headers(HTMLResponse("open"), document="", frames=frames), f"/?{query}")
        return {"Content-Security-Policy": got.headers["content-security-policy"]}, got.body.decode()

    with answering(answer) as url:
        sources = [f"{url}/{name}{query}" for name in settings.values() for query in ("", "?embed=true")]
        page = visitor()
        page.goto(elsewhere("".join(f'<iframe src="{source}"></iframe>' for source in [*sources, f"{host.url}/"])))
        *shown, app = ["open" if frame.url in sources else "refused" for frame in page.frames[1:]]
    assert shown == ["refused", "open", "open", "open", "refused", "refused"]
    assert app == "refused"
