"""The story in its two orders, with only what is stated, played in a loop, with the map kept still."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.viewer import button, copied_link, current, shown, slider

pytestmark = pytest.mark.browser

KOREATOWN = "Two in the morning, Koreatown"


def rows(page):
    return page.get_by_role("list", name="Events").get_by_role("listitem")


def place_in(texts, title):
    return next(i for i, text in enumerate(texts) if title in text)


def test_the_koreatown_night_comes_later_in_the_telling_than_in_time(open_board):
    happened = rows(open_board()).all_inner_texts()
    told = rows(open_board("?order=told")).all_inner_texts()
    assert len(happened) == len(told) == 79
    assert place_in(happened, KOREATOWN) < place_in(happened, "Bonds for cash")
    assert place_in(told, KOREATOWN) > place_in(told, "One more chance")


def test_stepping_follows_the_telling_and_time_jumps_back(open_board):
    page = open_board("?order=told&event=e28")
    expect(current(page)).to_contain_text("One more chance")
    button(page, "Next event").click()
    expect(current(page)).to_contain_text(KOREATOWN)
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^Day 3, 02:00"))
    page.get_by_role("radio", name="As it happened").check(force=True)
    expect(page).not_to_have_url(re.compile("order="))


def test_only_what_is_stated_leaves_the_rest_out_of_list_count_and_table(open_board):
    page = open_board("?at=D8T23:00")
    page.get_by_role("button", name="Only what is stated").click()
    expect(shown(page)).to_contain_text(re.compile(r"^\d of 79 events"))
    expect(page).to_have_url(re.compile("stated=1"))
    again = open_board(copied_link(page))
    assert rows(again).count() == rows(page).count() < 20


def test_a_loop_is_set_by_key_drawn_and_in_the_link(open_board):
    page = open_board("?at=D8T11:30")
    page.keyboard.press("i")
    expect(page).to_have_url(re.compile("from=D8T11:30"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"to=D8T11:\d\d"))
    expect(page.locator(".cb-tl-loop")).to_be_visible()
    button(page, "Clear the loop").click()
    expect(page).not_to_have_url(re.compile("(from|to)="))


def test_a_map_that_does_not_follow_is_said_in_the_link(open_board):
    page = open_board()
    follow = button(page, "Follow")
    expect(follow).to_have_attribute("aria-pressed", "true")
    follow.click()
    expect(follow).to_have_attribute("aria-pressed", "false")
    expect(page).to_have_url(re.compile("follow=0"))


def test_dragging_ends_play(open_board):
    page = open_board("?at=D1T08:00")
    button(page, "Play").click()
    expect(button(page, "Pause")).to_be_visible()
    slider(page).press("End")
    box = slider(page).bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    expect(button(page, "Play")).to_be_visible()


def test_play_goes_on_from_an_event_picked_meanwhile(open_board):
    page = open_board("?at=D1T08:00")
    page.get_by_role("combobox", name="Speed").select_option("8")
    button(page, "Play").click()
    rows(page).filter(has_text="Three doors into the bank").get_by_role("button").click()
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("The money is insured"))
