"""An author with a spreadsheet: brings it, corrects it, finds its places, and passes the board on."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checked import Checked
from tests.browser.conftest import only_page
from tests.browser.viewer import button, card, copied_link, current, painted, shown

pytestmark = [pytest.mark.browser, only_page]

# As somebody keeps it in Excel on a Spanish Windows: semicolons, Windows-1252, a decimal comma, a pair swapped.
TABLE = """Fecha;Hora;Quién;Lugar;Qué pasó;Latitud;Longitud
03/10/1995;11:30;Neil McCauley; Chris;Union Station;El encuentro;34,0561;-118,2365
04/10/1995;;Neil;Koreatown;Una cena larga;;
16/10/1995;;Vincent Hanna;Taller;Un coche cambia de dueño;-118,30;34,01
17/10/1995;9:15;Waingro;Nowhere Hill;Nadie lo ve más;;
""".replace("; Chris;", ", Chris;")
READY = '.cb-board[data-ready="true"]'
# Nothing is under way, and nothing of the step before is left, faded.
STILL = """() => document.querySelector('.stApp').dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-stale="true"]')"""

# A table is as wide as the page: it begins narrow, and hears no click until its cells are drawn.
DRAWN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(
  document.querySelector('[data-testid="stDataFrame"] canvas')?.clientWidth > innerWidth / 2))))"""


@pytest.fixture
def desk(open_board, tmp_path) -> Page:
    """The author's page, the table brought."""
    path = tmp_path / "caso (versión 2).csv"
    path.write_bytes(TABLE.encode("cp1252"))
    page = open_board("?own=file", ready=False)
    page.locator("input[type=file]").set_input_files(path)
    expect(page.get_by_text("How it was read")).to_be_visible()
    return page


def step(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(rf"^{name}")).click()
    expect(page.get_by_role("radio", name=re.compile(rf"^{name}")).first).to_be_checked()
    page.wait_for_function(STILL)


def look_up(page: Page) -> None:
    button(page, "Look up").click()
    expect(page.get_by_text(re.compile(r"[12] choose, .*1 sure|[12] not found, .*1 sure"))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("Nowhere Hill|Taller"))).to_be_visible()


def test_a_spreadsheet_nobody_prepared_is_on_the_board_after_one_click(desk):
    page = desk
    expect(page.get_by_text("Windows-1252")).to_be_visible()
    expect(page.get_by_text("4 events, 5 people, 4 places")).to_be_visible()
    button(page, "Open the board").click()
    page.locator(READY).wait_for()
    expect(shown(page)).to_have_text(re.compile("^4 of 4 events"))
    expect(current(page)).to_contain_text("Nadie lo ve más")


def test_an_author_mends_finds_pins_and_passes_on_a_story(desk, open_board):
    page = desk
    step(page, "Check")
    expect(page.get_by_text("3 of 4 rows are in order; 1 needs you.")).to_be_visible()
    button(page, "Apply").click()
    expect(page.get_by_text("All 4 rows are in order.")).to_be_visible()
    button(page, "Merge").first.click()
    expect(button(page, "Merge")).to_have_count(0)
    step(page, "Places")
    look_up(page)
    page.get_by_role("region", name="Where the place is").click(position={"x": 260, "y": 140})
    expect(page.get_by_text(re.compile("1 sure, 1 decided"))).to_be_visible()
    page.wait_for_function(STILL)
    button(page, "Open the board").click()
    page.locator(READY).wait_for()
    expect(shown(page)).to_have_text("4 of 4 events, 0 without a place")
    link = copied_link(page)
    assert "draft=" not in link
    other = open_board(link)
    expect(shown(other)).to_have_text("4 of 4 events, 0 without a place")
    expect(card(other).get_by_role("heading")).to_have_text("Nadie lo ve más")
    assert other.get_by_role("button", name="Work on this story").count() == 0


def test_coordinates_are_typed_and_the_pin_is_moved_by_keys(desk):
    page = desk
    step(page, "Places")
    look_up(page)
    page.get_by_role("textbox", name="Coordinates").fill("34°03'N 118°15'W")
    page.get_by_role("textbox", name="Coordinates").press("Enter")
    expect(page.get_by_text(re.compile("1 decided"))).to_be_visible()
    expect(button(page, "Undo")).to_be_enabled()


def test_every_step_back_is_one_click(desk):
    page = desk
    step(page, "Check")
    button(page, "Apply").click()
    expect(page.get_by_text("All 4 rows are in order.")).to_be_visible()
    button(page, "Undo").click()
    expect(page.get_by_text("3 of 4 rows are in order; 1 needs you.")).to_be_visible()
    button(page, "Redo").click()
    expect(page.get_by_text("All 4 rows are in order.")).to_be_visible()


def test_the_story_is_taken_home_as_a_zip_and_brought_back(desk, open_board, tmp_path):
    page = desk
    step(page, "Keep")
    with page.expect_download() as download:
        button(page, "Download the story").click()
    saved = tmp_path / download.value.suggested_filename
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.zip", saved.name)
    download.value.save_as(saved)
    assert "events.csv" in zipfile.ZipFile(io.BytesIO(saved.read_bytes())).namelist()
    again = open_board("?own=file", ready=False)
    again.locator("input[type=file]").set_input_files(saved)
    expect(again.get_by_text(re.compile("rows are in order"))).to_be_visible()
    button(again, "Open the board").click()
    again.locator(READY).wait_for()
    expect(shown(again)).to_have_text(re.compile("^4 of 4 events"))


def test_a_file_that_is_no_story_is_refused_and_the_page_stays_usable(open_board, tmp_path):
    page = open_board("?own=file", ready=False)
    (tmp_path / "<img src=x onerror=alert(1)>.csv").write_bytes(b"\x1f\x8b\x08\x00 not a table")
    page.locator("input[type=file]").set_input_files(tmp_path / "<img src=x onerror=alert(1)>.csv")
    expect(page.get_by_text("This file was not taken.")).to_be_visible()
    expect(page.get_by_text("compressed with gzip")).to_be_visible()
    button(page, "Ten example rows").click()
    expect(page.get_by_text(re.compile("rows are in order"))).to_be_visible()


def test_a_reload_in_the_middle_loses_nothing(desk):
    page = desk
    step(page, "Check")
    button(page, "Apply").click()
    expect(page.get_by_text("All 4 rows are in order.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("All 4 rows are in order.")).to_be_visible()
    expect(button(page, "Undo")).to_be_enabled()


def test_axe_finds_nothing_at_the_desk(desk):
    checked = Checked(desk)
    for name in ("Check", "Places", "Tables", "Keep", "Rows"):
        step(desk, name)
        if name == "Places":
            look_up(desk)
        for look in checked.looks():
            checked.axe(f"{name}, {look}")
    assert not checked.faults, checked.said


def test_a_cell_typed_over_is_checked_at_once_and_in_the_story(desk):
    page = desk
    step(page, "Tables")
    expect(page.get_by_text("No fault in any table.")).to_be_visible()
    page.wait_for_function(STILL)
    page.wait_for_function(DRAWN)
    box = page.get_by_test_id("stDataFrame").first.bounding_box()
    page.mouse.click(box["x"] + 220, box["y"] + 52)  # the title of the first event
    painted(page)
    page.keyboard.press("Enter")
    page.locator("#portal textarea, #portal input").first.fill("The first meeting")
    page.keyboard.press("Enter")
    expect(button(page, "Undo")).to_be_enabled()
    button(page, "Open the board").click()
    page.locator(READY).wait_for()
    expect(page.get_by_role("list", name="Events", exact=True)).to_contain_text("The first meeting")
