"""What a person does with the built-in story: look, drag, play, choose, click, share. On a desktop and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import READY, only_page
from tests.browser.viewer import (
    button,
    card,
    chip,
    copied_link,
    current,
    drag_time,
    painted,
    seen,
    shown,
    slider,
    time_in_words,
)

pytestmark = pytest.mark.browser

BANK = "?lat=34.0516&lon=-118.2551&z=16"  # the middle of the map is the bank


# How much of the window the board moved in so far, as the web measures layout shifts: up to 0.1 it calls good.
SHIFTED = """() => {
  const board = document.querySelector('.cb-board');
  const ofBoard = ({ node }) => board.contains(node) || node?.contains(board);
  const observer = new PerformanceObserver(() => {});
  observer.observe({ type: 'layout-shift', buffered: true });
  const moved = observer.takeRecords().filter(({ sources }) => sources.some(ofBoard));
  return moved.reduce((sum, { value }) => sum + value, 0);
}"""


def click_middle_of_map(page: Page) -> None:
    box = page.get_by_role("region", name="Map", exact=True).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_link_someone_copies_shows_someone_else_the_same_thing_to_the_minute(open_board, screen):
    page = open_board(BANK, screen=screen)
    expect(shown(page)).to_have_text(re.compile(r"^\d+ of 79 events, \d+ without a place$"))

    at_first = time_in_words(page)
    drag_time(page, 0.3, 0.62)
    expect(slider(page)).not_to_have_attribute("aria-valuetext", at_first)

    dragged_to = time_in_words(page)
    button(page, "Play").click()
    expect(slider(page)).not_to_have_attribute("aria-valuetext", dragged_to)
    button(page, "Pause").click()

    before = card(page).get_by_role("heading").inner_text()
    button(page, "Next event").click()
    expect(card(page).get_by_role("heading")).not_to_have_text(before)

    everyone = shown(page).inner_text()
    chip(page, "Chris Shiherlis").click()
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    expect(shown(page)).not_to_have_text(everyone)

    link = copied_link(page)
    other = open_board(link, screen=screen)
    assert seen(other) == seen(page)
    expect(current(other)).to_have_text(current(page).inner_text(), use_inner_text=True)


def test_a_click_on_the_bank_on_the_map_tells_what_happened_there(open_board, screen):
    page = open_board(f"{BANK}&at=D8T12:30&crew=chris", screen=screen)
    click_middle_of_map(page)
    expect(card(page)).to_contain_text("Far East National Bank")
    expect(current(page)).to_contain_text("Far East National Bank")
    link = copied_link(page)
    assert "place=" in link
    assert seen(open_board(link, screen=screen)) == seen(page)


def test_a_link_to_half_past_eleven_opens_at_half_past_eleven(open_board):
    page = open_board("?at=D8T11:30&event=e53")
    assert "Day 8, 11:30" in time_in_words(page)
    expect(card(page)).to_contain_text("Day 8, 11:30")
    expect(current(page)).to_have_count(1)


def test_the_board_says_how_sure_it_is_of_time_and_place(open_board):
    page = open_board("?at=D8T11:30&event=e53")
    expect(card(page)).to_contain_text("stated")
    expect(card(page)).to_contain_text("day assumed")
    expect(card(page)).to_contain_text("± 60 m")


@only_page
def test_dragging_time_never_asks_the_server_and_its_release_asks_once(open_board, witness):
    page = open_board(settled=True)
    page.wait_for_load_state("networkidle")
    frames, questions = witness.frames, witness.questions
    drag_time(page, 0.2, 0.8, moves=60, release=False)
    painted(page)
    assert witness.frames == frames
    with witness.websockets[-1].expect_event("framereceived"):
        page.mouse.up()
    page.wait_for_load_state("networkidle")
    assert witness.questions == questions + 1


@only_page
def test_playing_never_asks_the_server(open_board, witness):
    page = open_board("?at=D1T08:00", settled=True)
    page.wait_for_load_state("networkidle")
    frames = witness.frames
    page.get_by_role("combobox", name="Speed").select_option("8")
    button(page, "Play").click()
    for _ in range(3):
        expect(slider(page)).not_to_have_attribute("aria-valuetext", time_in_words(page))
    assert witness.frames == frames


def test_the_keyboard_alone_goes_from_event_to_event(open_board):
    page = open_board("?at=D8T11:30&event=e53")
    heading = card(page).get_by_role("heading")
    here = heading.inner_text()
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    expect(heading).not_to_have_text(here)
    page.keyboard.press("ArrowLeft")
    expect(heading).to_have_text(here)
    page.keyboard.press("Home")
    expect(shown(page)).to_have_text(re.compile(r"^1 of 79 events"))
    page.keyboard.press("End")
    expect(shown(page)).to_have_text(re.compile(r"^79 of 79 events"))


def test_the_keys_are_listed_on_a_question_mark(open_board):
    page = open_board()
    slider(page).focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Help")).to_contain_text("Previous or next event")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Help")).to_be_hidden()


def test_every_event_of_the_map_is_in_the_list_and_is_reached_by_tab_and_arrow(open_board):
    page = open_board()
    items = page.get_by_role("list", name="Events", exact=True).get_by_role("listitem")
    expect(items).to_have_count(79)
    items.first.get_by_role("button").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(items.nth(1)).to_have_attribute("aria-current", "true")


def test_the_map_and_the_list_light_up_the_same_event(open_board):
    page = open_board()
    item = page.get_by_role("list", name="Events", exact=True).get_by_role("listitem").nth(5)
    item.get_by_role("button").click()
    expect(item).to_have_attribute("aria-current", "true")
    title = item.locator(".cb-row-title").inner_text()
    expect(card(page).get_by_role("heading")).to_have_text(title)


@only_page
def test_nothing_jumps_once_the_board_is_drawn(open_board, screen):
    page = open_board(screen=screen, settled=True)
    painted(page)
    moved = page.evaluate(SHIFTED)
    assert moved < 0.02, moved
    page.evaluate("() => { document.querySelector('.cb-board').style.marginTop = '200px'; }")
    painted(page)
    assert page.evaluate(SHIFTED) > moved + 0.02, "the browser tells nothing of what it moves"


def test_a_reload_changes_nothing(open_board):
    page = open_board("?at=D8T11:48&crew=neil&crew=chris&match=all&mode=window&span=3d&scale=clock&q=bank")
    before = seen(page)
    page.reload()
    page.locator(READY).wait_for()
    assert seen(page) == before


def test_counts_and_search_work_together(open_board):
    page = open_board("?at=D20")
    page.get_by_role("searchbox", name="Search events").fill("bank")
    expect(shown(page)).not_to_have_text(re.compile(r"^79 "))
    button(page, "Reset").click()
    expect(page.get_by_role("searchbox", name="Search events")).to_have_value("")


def test_a_phone_never_scrolls_sideways_and_its_targets_are_large_enough(open_board):
    page = open_board(screen="phone")
    assert page.evaluate("() => document.scrollingElement.scrollWidth") <= 390
    small = page.evaluate(
        """() => [...document.querySelectorAll('.cb-board button, .cb-board select, .cb-board label:has(input)')]
          .map((node) => [node.ariaLabel || node.textContent, node.getBoundingClientRect()])
          .filter(([, box]) => box.width && box.height < 44)
          .map(([name, box]) => `${name}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
    )
    assert small == []


def test_light_and_dark_are_both_drawn(open_board):
    grounds = {
        scheme: open_board(scheme=scheme).evaluate(
            "() => getComputedStyle(document.querySelector('.cb-board')).getPropertyValue('--bg').trim()"
        )
        for scheme in ("dark", "light")
    }
    assert grounds["dark"] != grounds["light"]


@only_page
def test_an_online_base_map_that_does_not_answer_falls_back_to_our_own(open_board, witness):
    witness.allow(r"request to another host|net::ERR_")
    page = open_board("?base=osm")
    expect(page.get_by_role("alert").filter(has_text=re.compile("schematic|base map", re.IGNORECASE))).to_be_visible()
    expect(shown(page)).to_be_visible()
