"""List, card and legend of the cells of a large story while time moves."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_large import open_town, town  # noqa: F401
from tests.browser.viewer import drag_time, painted

pytestmark = pytest.mark.browser


def number(text):
    return int(re.sub(r"\D", "", text))


def test_the_rows_stay_where_they_are_while_time_moves_and_add_up_to_what_is_shown(open_town):  # noqa: F811
    board = open_town().cells()
    rows = board.page.get_by_role("list", name="Cells", exact=True).get_by_role("button")
    places = rows.locator(".cb-row-title").all_inner_texts()
    assert len(places) > 5
    drag_time(board.page, 0.9, 0.3)
    painted(board.page)
    assert rows.locator(".cb-row-title").all_inner_texts() == places
    assert sum(map(number, rows.locator(".cb-row-when").all_text_contents())) == board.count


def test_the_list_is_one_stop_of_the_tab_key_at_the_cell_chosen(open_town):  # noqa: F811
    board = open_town().cells()
    rows = board.page.get_by_role("list", name="Cells", exact=True)
    expect(rows.locator("[tabindex='0']")).to_have_count(1)
    rows.get_by_role("button").nth(2).click()
    expect(rows.locator("[aria-current='true']")).to_have_count(1)
    expect(rows.locator("[aria-current='true'] [tabindex='0']")).to_have_count(1)
    expect(rows.locator("[tabindex='0']")).to_have_count(1)


def test_a_button_of_the_card_keeps_the_focus_while_time_moves(open_town):  # noqa: F811
    board = open_town().cells()
    board.row().click()
    told = board.page.get_by_role("region", name="Cell", exact=True)
    before = number(told.locator("b").inner_text())
    closer = told.get_by_role("button", name="Closer")
    closer.focus()
    for _ in range(20):
        board.page.keyboard.press("ArrowLeft")
    painted(board.page)
    expect(closer).to_be_focused()
    assert number(told.locator("b").inner_text().split(" of ")[0]) < before
    expect(told.get_by_role("list", name="Events by group").get_by_role("listitem").first).to_be_visible()


def test_a_legend_says_what_the_largest_disc_stands_for_and_gives_way_to_the_card(open_town):  # noqa: F811
    board = open_town().cells()
    legend = board.page.get_by_role("note", name="Legend")
    largest = number(board.row().locator(".cb-row-when").inner_text())
    said = number(legend.locator(".cb-unseen").text_content())
    assert said >= largest
    expect(legend).to_contain_text("Colour: the group with most events")
    board.row().click()
    expect(legend).to_be_hidden()
    board.page.get_by_role("button", name="Close the card").click()
    expect(legend).to_be_visible()
