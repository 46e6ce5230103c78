"""A board on paper, as a numbered map with a numbered list of what is shown, and its map as a picture."""

import io
import re

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests import serving, stories
from tests.browser.conftest import READY, SCREENS
from tests.browser.viewer import chip, painted, printing, saved_picture, seen
from tests.browser.witness import Witness

pytestmark = pytest.mark.browser

MARKUP = "<b>7</b> {{7*7}} & co"
NEAR = 24
PLACES = ["id,name,lat,lon,radius_m", "far,Far away,60.17,24.94,500", "nowhere,Nowhere,,,"]
PLACES += [f"p{i},Place {i},{53.4 + i % 5 * 0.06:.4f},{9.7 + i // 5 * 0.09:.4f},60" for i in range(NEAR)]
EVENTS = ["id,title,summary,start,place,people,sequence"]
EVENTS += [
    f"n{i},Event {i} {MARKUP},{'What happened there. ' * 6},D{1 + i // 6},p{i},ann,Part {i // 12}" for i in range(NEAR)
]
EVENTS += ["f1,A long way off,,D6,far,ann,Part 2", "u1,Nobody knows where,,D6,nowhere,ann,Part 2"]
EVENTS += [f"m{i},Again {i},{'And once more. ' * 8},D7,p{i % 4},bo,Part 3" for i in range(12)]
TOML = f"title = '{MARKUP}'\ncredits = ['Told by nobody.']\n[clock]\nkind = 'days'\n"
TOML += "[map]\nbounds = [9.6, 53.3, 10.2, 53.75]\n"


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A story away from the built-in base map, so that every bare number on the map is one of ours."""
    folder = stories.folder(
        tmp_path_factory.mktemp("paper") / "story", events="\n".join(EVENTS), places="\n".join(PLACES), toml=TOML
    )
    with serving.caseboard(folder, folder / "log") as server:
        yield server


@pytest.fixture
def board(elsewhere, new_context):
    """Opens that story; nothing may go wrong on the page meanwhile."""
    witness = Witness(elsewhere.url)

    def opened(link: str = "", screen: str = "desktop", scheme: str = "dark") -> Page:
        page = witness.watch(new_context(**{"color_scheme": scheme, **SCREENS[screen]})).new_page()
        page.goto(f"{elsewhere.url}/{link}")
        page.locator(READY).wait_for()
        return page

    yield opened
    assert witness.faults == []


def on_paper(page: Page) -> list[str]:
    """The text of each page of the PDF that printing makes."""
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def listed(page: Page) -> list[tuple[str, str]]:
    """Number and id of every item of the printed list."""
    items = page.locator(".cb-handout li").all()
    return [(item.locator("span").first.inner_text(), item.get_attribute("data-event") or "") for item in items]


def numbers_on_the_map(first_page: str) -> list[int]:
    """Every number that stands on the map: between the line of counts and the groups, degrees and scale left out."""
    text = re.split(r"\d+ of \d+ events.*", first_page, maxsplit=1)[1].split("Crew", 1)[0]
    text = re.sub(r"[\d.]+° ?[NSEW]?|\d+ k?m\b", " ", text)
    found = [(int(run[1]), int(run[2] or run[1])) for run in re.finditer(r"(\d+)(?:–(\d+))?", text)]
    return sorted(number for first, last in found for number in range(first, last + 1))


def test_paper_lists_exactly_the_events_shown_in_their_order(board):
    page = printing(board("?at=D3"))
    assert [event for _, event in listed(page)] == [f"n{i}" for i in range(12)]
    page = printing(board("?crew=bo&at=D9T00:00&q=again"))
    assert [event for _, event in listed(page)] == [f"m{i}" for i in range(12)]


def test_the_numbers_on_the_map_are_those_of_the_list_and_an_event_without_a_place_has_none(board):
    page = board("?at=D9T00:00")
    text = on_paper(page)[0]
    numbers = [number for number, _ in listed(printing(page))]
    placed = [int(number) for number in numbers if number != "–"]
    assert placed == list(range(1, NEAR + 1 + 12 + 1))
    assert numbers.count("–") == 1
    assert numbers_on_the_map(text) == placed


def test_an_event_beyond_the_map_is_numbered_at_its_edge(board):
    page = board("?at=D9T00:00&q=a long way off")
    assert numbers_on_the_map(on_paper(page)[0]) == [1]


def test_paper_has_several_pages_with_title_moment_credits_and_the_link(board, elsewhere):
    page = board("?at=D9T00:00&crew=ann&crew=bo")
    pages = on_paper(page)
    assert len(pages) >= 3
    assert pages[0].startswith(("1 / ", MARKUP))
    assert MARKUP in pages[0]
    assert "with Ann Lee or Bo Lee" in pages[0]
    assert "Told by nobody." in pages[-1]
    assert elsewhere.url in pages[-1]
    assert "crew=ann&crew=bo" in pages[-1]
    assert [text for text in pages if re.search(rf"\d / {len(pages)}\b", text)] == pages


def test_every_event_is_on_one_page_as_a_whole(board):
    page = board("?at=D9T00:00")
    # A reader of PDF puts spaces where letters stand apart.
    whole = _unspaced("What happened there. " * 6)
    text = [_unspaced(one) for one in on_paper(page)]
    assert sum(one.count(whole) for one in text) == NEAR
    for i in range(NEAR):
        title = _unspaced(f"Event {i} {MARKUP}")
        (home,) = [one for one in text if title in one]
        assert whole in home.split(title)[1][: len(whole) + 120]


def _unspaced(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("screen", "scheme"), [("phone", "dark"), ("desktop", "light"), ("desktop", "dark")])
def test_paper_is_black_on_white_whatever_the_page_is(open_board, screen, scheme):
    page = printing(open_board("?crew=chris", screen=screen, scheme=scheme))
    sheet = Image.open(io.BytesIO(page.locator(".cb-handout").screenshot())).convert("L")
    assert ImageStat.Stat(sheet).mean[0] > 215
    assert sheet.getextrema() == (0, 255)
    assert page.locator(".cb-handout h1").evaluate("(node) => getComputedStyle(node).color") == "rgb(0, 0, 0)"


def test_the_map_on_paper_has_four_pixels_for_one_of_the_page(open_board, screen):
    canvas = printing(open_board(screen=screen)).locator(".cb-handout canvas")
    assert canvas.evaluate("(node) => node.width") == 2720


def test_paper_has_no_controls_and_nothing_else_of_the_page(open_board):
    page = printing(open_board())
    expect(page.locator("body > :visible")).to_have_count(1)
    for role in ("button", "slider", "textbox", "radio"):
        expect(page.get_by_role(role)).to_have_count(0)


def test_after_printing_the_board_is_as_it_was(open_board):
    page = open_board("?crew=chris", settled=True)
    before = seen(page)
    page.pdf()
    expect(page.locator(".cb-handout")).to_have_count(0)
    assert seen(page) == before
    printing(page)
    page.emulate_media(media="screen")
    expect(page.locator(".cb-handout")).to_have_count(0)
    assert seen(page) == before
    chip(page, "Chris Shiherlis").click()
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "false")


def test_paper_shows_what_is_shown_when_it_is_printed_and_not_before(board):
    page = board("?at=D9T00:00&crew=bo")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    chip(page, "Bo Lee").click()
    chip(page, "Ann Lee").click()
    painted(page)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".cb-handout").count() == 1
    assert "with Ann Lee" in (page.locator(".cb-handout").text_content() or "")
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".cb-handout")).to_have_count(0)


def test_the_map_is_saved_as_a_picture_named_after_story_and_moment(open_board, screen):
    name, picture = saved_picture(open_board("?crew=chris&at=D8T11:30", screen=screen))
    assert name == "heat-D8T11-30.png"
    assert picture.format == "PNG"
    assert picture.width >= 1600
    assert len(picture.convert("RGB").getcolors(picture.width * picture.height) or []) > 500


def test_a_picture_has_the_colours_of_the_page(open_board):
    bright = {}
    for scheme in ("dark", "light"):
        _, picture = saved_picture(open_board(scheme=scheme))
        bright[scheme] = ImageStat.Stat(picture.convert("L")).mean[0]
    assert bright["dark"] < 70
    assert bright["light"] > 190


def test_a_picture_shows_what_the_map_shows(open_board):
    page = open_board()
    pictures = [saved_picture(page)[1]]
    for name in ("Zoom in", "Chris Shiherlis"):
        page.get_by_role("button", name=re.compile(rf"^{name}")).first.click()
        painted(page)
        pictures.append(saved_picture(page)[1])
    assert len({picture.tobytes() for picture in pictures}) == 3
