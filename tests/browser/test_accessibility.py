"""The board for everybody: what axe finds, contrast, keys alone, what is spoken, less motion, one's own colours."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checked import Checked
from tests.browser.conftest import READY, only_page
from tests.browser.viewer import button, card, chip, painted, slider

pytestmark = pytest.mark.browser

# A panel, and what is there once it is drawn.
DRAWN = {
    "Events": '[data-testid="stDataFrame"]',
    "Places": ".cb-rings-map canvas",
    "Whereabouts": ".cb-wh-row[data-person]",
    "Storylines": ".cb-sl-drawing",
    "Meetings": ".cb-me td",
    "Checks": '[data-testid="stText"]',
    "About": READY,
}
IN_A_FILE = ("Whereabouts", "Storylines", "Meetings", "About")
# All but the board, which is looked at with the first panel.
UNDER = ".cb-under, [data-testid=stMainBlockContainer] > * > :not(:has(.cb-frame))"
MOST_STOPS = 80


def test_axe_finds_nothing_on_the_board_and_its_panels_and_all_has_contrast(open_board, host):
    page = open_board("?event=e53&crew=chris&q=bank")
    checked = Checked(page)
    panels = list(DRAWN) if host.served else IN_A_FILE
    for panel in panels:
        page.locator(f'.cb-panels button:text-is("{panel}"), .st-key-panel button:has(:text-is("{panel}"))').click()
        page.locator(DRAWN[panel]).first.wait_for()
        for look in checked.looks():
            checked.axe(f"{panel}, {look}", "" if panel == panels[0] else UNDER)
            if look.endswith("desktop"):
                checked.contrast(f"{panel}, {look}")
    assert not checked.faults, checked.said


@only_page
def test_axe_finds_nothing_in_a_frame(open_board):
    checked = Checked(open_board("?embed=true&event=e53&crew=chris&q=bank"))
    for look in checked.looks():
        checked.axe(look)
        checked.contrast(look)
    assert not checked.faults, checked.said


@only_page
def test_tab_alone_goes_through_the_whole_board_and_out_and_the_focus_is_always_seen(open_board):
    page = open_board("?event=e53&crew=chris&q=bank", settled=True)
    checked = Checked(page)
    for look in checked.looks():
        page.locator(".cb-head h1").evaluate("(it) => { it.tabIndex = -1; it.focus(); }")
        stops = []
        for _ in range(MOST_STOPS):
            page.keyboard.press("Tab")
            painted(page)
            stop = checked.focused()
            if not stop["inside"]:
                break
            stops.append(stop["name"])
            checked.faults += [f"{look}: {stop['name']}: {fault}" for fault in stop["faults"]]
        else:
            checked.faults.append(f"{look}: no way out, last {stops[-1]}")
        assert {"INPUT Search events", "INPUT Time", "BUTTON Play", "BUTTON Next event", "BUTTON Help"} <= set(stops)
        page.keyboard.press("Shift+Tab")
        assert checked.focused()["name"] == stops[-1]
    assert not checked.faults, checked.said


@only_page
def test_what_opens_by_a_key_is_left_by_escape_with_the_focus_where_it_was(open_board):
    page = open_board()
    for opener, inside in (("Embed", "Copy HTML"), ("Help", "Close"), ("Police", "Vincent Hanna")):
        found = page.locator(".cb-board").get_by_role("button", name=re.compile(rf"^{opener}( \d+)?$")).first
        found.focus()
        page.keyboard.press("Enter")
        opened = page.get_by_role("button", name=re.compile(rf"^{inside}( \d+)?$"))
        expect(opened).to_be_visible()
        page.keyboard.press("Escape")
        expect(opened).to_be_hidden()
        expect(found).to_be_focused()


def test_the_slider_says_its_moment_in_words(open_board):
    page = open_board("?at=D8T11:30&event=e53")
    expect(slider(page)).to_have_attribute("aria-valuetext", "Day 8, 11:30, The bank: Three doors into the bank")


@only_page
def test_a_step_is_told_once_moment_and_event_and_play_tells_nothing_until_it_ends(open_board):
    page = open_board("?at=D8T11:30&event=e53")
    told = page.get_by_role("status", name="Moment", exact=True)
    first = "Day 8, 11:30, The bank: Three doors into the bank"
    expect(told).to_have_text(first)
    button(page, "Next event").focus()
    page.keyboard.press("Enter")
    expect(told).not_to_have_text(first)
    expect(told).to_contain_text(card(page).get_by_role("heading").inner_text())
    step = told.inner_text()
    assert step.startswith("Day 8, ")
    before = slider(page).get_attribute("aria-valuetext")
    button(page, "Play").click()
    expect(slider(page)).not_to_have_attribute("aria-valuetext", before)
    assert told.inner_text() == step
    button(page, "Pause").click()
    expect(told).not_to_have_text(step)
    # The slider says its value itself while it has the focus.
    still = told.inner_text()
    slider(page).focus()
    page.keyboard.press("ArrowRight")
    expect(slider(page)).not_to_have_attribute("aria-valuetext", still)
    assert told.inner_text() == still


@only_page
def test_a_group_has_a_shape_beside_its_colour(open_board):
    page = open_board()
    shapes = page.evaluate(
        """() => [...document.querySelectorAll('.cb-chips > .cb-chip i')].map((it) => {
          const { clipPath, borderRadius } = getComputedStyle(it);
          return `${clipPath} ${borderRadius}`;
        })"""
    )
    crew, groups = shapes[:6], shapes[6:]
    assert len({*crew}) == 1
    assert len({crew[0], *groups}) == 1 + len(groups)


@only_page
def test_nothing_moves_by_itself_for_who_asked_for_less_motion(open_board):
    page = open_board()
    button(page, "Next event").click()
    chip(page, "Chris Shiherlis").hover()
    moving = page.evaluate(
        """() => [...document.querySelectorAll('.cb-board *')].filter((it) => {
          const { transitionDuration, animationName } = getComputedStyle(it);
          return animationName !== 'none' || transitionDuration.split(', ').some((time) => parseFloat(time) > 0);
        }).map((it) => it.outerHTML.slice(0, 120))"""
    )
    assert moving == []


@only_page
def test_in_the_colours_of_the_viewer_s_own_what_is_chosen_and_what_is_now_is_still_seen(open_board):
    page = open_board("?crew=chris", forced_colors="active")
    ground = "(it) => getComputedStyle(it).backgroundColor"
    assert chip(page, "Chris Shiherlis").evaluate(ground) != chip(page, "Neil McCauley").evaluate(ground)
    ground_of_text = "(it) => getComputedStyle(it.nextElementSibling).backgroundColor"
    so_far, window = (page.get_by_role("radio", name=name) for name in ("So far", "Window"))
    assert so_far.evaluate(ground_of_text) != window.evaluate(ground_of_text)
    canvas = page.locator(".cb-list").evaluate(ground)
    assert page.locator(".cb-tl-hand > i").evaluate(ground) != canvas
    assert chip(page, "Neil McCauley").locator("i").evaluate(ground) != canvas
