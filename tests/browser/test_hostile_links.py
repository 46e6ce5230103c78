"""A link may say anything: what fits the story works, the rest is named in one notice, and nothing is executed."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.viewer import card, chip, shown, time_in_words

pytestmark = pytest.mark.browser

GOOD = "at=D8T11:30&event=e53&crew=chris"
SCRIPTS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{7*7191}}{% x",
    "javascript:alert(1)",
    "`${alert(1)}`",
    "\u2028alert(1)//",
    "\u202e<b>x</b>",
    "\0",
    "![x](http://elsewhere.example/x.png) [x](javascript:alert(1))",
    "../../etc/passwd",
)
BROKEN = {
    "an unknown person": "crew=nobody-of-that-name",
    "an instant outside the story": "at=D99999T11:30",
    "a place off the earth": "lat=91&lon=181&z=-5",
    "a prototype": "__proto__=1&constructor=2",
}


def rest_works(page):
    assert "Day 8, 11:30" in time_in_words(page)
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    expect(card(page)).to_contain_text("Day 8, 11:30")


@pytest.mark.parametrize("name", ["crew", "place", "base", "mode"])
def test_script_in_a_parameter_is_named_as_ignored_and_nothing_else(open_board, name):
    page = open_board(f"?{GOOD}&" + "&".join(f"{name}={quote(text)}" for text in SCRIPTS))
    rest_works(page)
    expect(page.get_by_role("alert").first).to_contain_text(name)
    assert "50337" not in page.content()


@pytest.mark.parametrize("text", [SCRIPTS[1], SCRIPTS[3], SCRIPTS[9]])
def test_script_that_is_searched_for_is_text(open_board, text):
    page = open_board(f"?q={quote(text)}")
    expect(page.get_by_role("searchbox", name="Search events")).to_have_value(text)
    expect(shown(page)).to_contain_text("0 of 79 events")
    assert "50337" not in page.content()


@pytest.mark.parametrize("query", BROKEN.values(), ids=BROKEN)
def test_the_rest_of_a_broken_link_still_works(open_board, query):
    clash = query.split("=")[0]
    kept = "&".join(pair for pair in GOOD.split("&") if not pair.startswith(f"{clash}=") or clash == "crew")
    page = open_board(f"?{kept}&{query}")
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    if not query.startswith("__proto__"):
        expect(page.get_by_role("alert").first).to_contain_text(clash)


def test_everything_wrong_at_once_is_one_notice(open_board):
    page = open_board("?crew=chris&crew=nobody&at=nan&mode=sideways&scale=x&event=e999&lat=NaN&lon=x&z=1e309")
    alerts = page.get_by_role("alert").filter(has_text=re.compile("mode"))
    expect(alerts).to_have_count(1)
    for named in ('crew "nobody"', 'at "nan"', 'mode "sideways"', 'scale "x"', 'event "e999"', "and 3 more"):
        expect(alerts).to_contain_text(named)


def test_a_hundred_kilobytes_of_text_leave_the_rest_of_the_link_working(open_board):
    page = open_board(f"?{GOOD}&q={'x' * 100_000}")
    rest_works(page)
    expect(page.get_by_role("alert").first).to_contain_text("q")
