import pytest
from playwright.sync_api import Page, expect

from tests.browser.viewer import card, chip, drag_time, time_in_words

pytestmark = pytest.mark.browser

BANK = "?panel=whereabouts&at=D8T11:30"
DRAWN = "() => [...document.querySelectorAll('.cb-map .cb-story > canvas')].map((each) => each.toDataURL()).join()"
NIGHT = "?panel=whereabouts&at=D8T23:30"


def rows(page: Page):
    return page.get_by_role("table", name="Whereabouts").locator("[data-person]")


def row(page: Page, person: str):
    return rows(page).filter(has=page.get_by_role("button", name=person, exact=True))


def test_the_first_group_is_listed_until_somebody_is_chosen(open_board):
    page = open_board(BANK)
    expect(rows(page)).to_have_count(6)
    chip(page, "Chris Shiherlis").click()
    expect(rows(page)).to_have_count(1)
    page.get_by_label("Show everybody").check()
    expect(rows(page)).to_have_count(44)


def test_the_rows_follow_the_slider_before_it_is_let_go(open_board):
    page = open_board("?panel=whereabouts&crew=neil&at=D1T00:00")
    expect(row(page, "Neil McCauley")).to_contain_text("Not seen yet")
    drag_time(page, 0.02, 0.6, release=False)
    expect(row(page, "Neil McCauley")).not_to_contain_text("Not seen yet")
    expect(page.locator(".cb-wh-said")).to_contain_text(time_in_words(page).split(",")[0])


def test_whose_story_has_ended_is_dead_since_then(open_board):
    page = open_board(NIGHT)
    expect(row(page, "Michael Cheritto")).to_contain_text("Dead since Day 8, midday")


def test_a_row_leads_to_the_last_event_and_its_arrow_to_the_next(open_board):
    page = open_board("?panel=whereabouts&at=D5T20:00")
    before = card(page).get_by_role("heading").inner_text()
    person = row(page, "Chris Shiherlis")
    person.get_by_role("button", name="Go to the next event of Chris Shiherlis").click()
    expect(card(page).get_by_role("heading")).not_to_have_text(before)
    person.locator(".cb-wh-place").click()
    expect(person).to_contain_text("now")


def test_a_name_adds_the_person_to_the_filter_and_takes_them_out(open_board):
    page = open_board(BANK)
    name = page.get_by_role("table", name="Whereabouts").get_by_role("button", name="Neil McCauley", exact=True)
    name.click()
    expect(chip(page, "Neil McCauley")).to_have_attribute("aria-pressed", "true")
    name.click()
    expect(chip(page, "Neil McCauley")).to_have_attribute("aria-pressed", "false")


def test_a_place_nobody_knows_is_said_to_be_unknown_beside_the_last_one_known(open_board):
    page = open_board("?panel=whereabouts&crew=neil&at=D5T20:00")
    expect(row(page, "Neil McCauley")).to_contain_text("Place not known")
    expect(row(page, "Neil McCauley")).to_contain_text("Before: Drive-in theater")


def test_another_panel_takes_everybody_s_tokens_off_the_map_again(open_board):
    page = open_board(BANK)
    expect(rows(page)).to_have_count(6)
    bare = page.evaluate(DRAWN)
    page.get_by_label("Show everybody").check()
    expect(rows(page)).to_have_count(44)
    page.wait_for_function(f"(bare) => ({DRAWN})() !== bare", arg=bare)
    page.get_by_role("radio", name="About", exact=True).or_(
        page.get_by_role("button", name="About", exact=True)
    ).click()
    page.wait_for_function(f"(bare) => ({DRAWN})() === bare", arg=bare)


def test_on_a_phone_every_row_fits_the_screen(open_board):
    page = open_board(BANK, screen="phone")
    rows(page).first.scroll_into_view_if_needed()
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    for each in rows(page).all():
        box = each.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
