import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import viewer

pytestmark = pytest.mark.browser


def capsule(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=re.compile(rf": {re.escape(title)}\. "))


@pytest.fixture
def lines(open_board) -> Page:
    page = open_board("?panel=storylines")
    capsule(page, "Three doors into the bank").wait_for(state="attached")
    return page


def test_a_picked_capsule_is_the_event_of_the_board_and_of_the_link(lines):
    capsule(lines, "Two men at a table").locator("rect").first.click()
    expect(viewer.card(lines)).to_contain_text("Two men at a table")
    expect(lines).to_have_url(re.compile("event=e47"))
    expect(capsule(lines, "Two men at a table")).to_have_attribute("aria-current", "true")


def test_an_event_hovered_in_the_list_is_marked_on_the_lines(lines):
    lines.get_by_role("list", name="Events", exact=True).get_by_text("Three doors into the bank").hover()
    expect(capsule(lines, "Three doors into the bank")).to_have_class(re.compile("cb-sl-over"))


def test_the_line_of_the_instant_is_dragged_and_nothing_is_drawn_anew(lines):
    first = lines.locator(".cb-sl-event").first.element_handle()
    grip = lines.locator(".cb-sl-hand > i")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    before = viewer.time_in_words(lines)
    lines.mouse.move(box["x"] + 7, box["y"] + 7)
    lines.mouse.down()
    lines.mouse.move(box["x"] - 300, box["y"] + 7, steps=12)
    viewer.painted(lines)
    assert viewer.time_in_words(lines) != before
    lines.mouse.up()
    expect(lines).to_have_url(re.compile("at=D[1-7]T"))
    assert first.evaluate("node => node.isConnected")


def test_the_lines_are_one_stop_of_the_tab_key_and_arrows_lead_from_event_to_event(lines):
    expect(lines.locator(".cb-sl-event[tabindex='0']")).to_have_count(1)
    lines.locator(".cb-sl-event[tabindex='0']").focus()
    lines.keyboard.press("ArrowRight")
    expect(capsule(lines, "The money is insured")).to_be_focused()
    lines.keyboard.press("Enter")
    expect(viewer.card(lines)).to_contain_text("The money is insured")


def test_only_people_of_the_filter_have_lines_and_the_chosen_one_stands_out(open_board):
    page = open_board("?panel=storylines&crew=kelso")
    expect(page.get_by_role("status", name="Lines")).to_have_text("5 people in 3 events")
    expect(page.locator(".cb-sl-strand.cb-sl-chosen")).to_have_count(1)


def test_roles_without_a_name_are_one_click_away(lines):
    said = lines.get_by_role("status", name="Lines")
    expect(said).to_have_text("24 people in 79 events")
    lines.get_by_role("button", name="Everybody").click()
    expect(said).to_have_text("44 people in 79 events")


def test_on_a_phone_the_instant_is_in_view(open_board):
    page = open_board("?panel=storylines&at=D8T22:30", screen="phone")
    hand = page.locator(".cb-sl-hand > i")
    hand.wait_for(state="attached")
    viewer.painted(page)
    hand.scroll_into_view_if_needed()
    assert 0 <= hand.bounding_box()["x"] <= 390


def test_two_people_are_followed_from_the_table_of_meetings_to_a_meeting(open_board):
    page = open_board("?panel=meetings")
    page.get_by_role("button", name=re.compile("^Vincent Hanna and Justine Hanna, once")).click()
    pair = page.get_by_role("region", name="Two people")
    expect(pair).to_contain_text("met once")
    pair.get_by_role("button").click()
    expect(viewer.card(page)).to_contain_text("Trouble at the Hannas'")
    expect(page.locator(".cb-me-now")).not_to_have_count(0)
