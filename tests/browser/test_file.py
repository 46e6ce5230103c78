"""The file alone: nothing is fetched, nothing can be, and it opens on what it was saved with."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.publish import published
from dashboard.story_map import story_map
from dashboard.view import View
from geo.story import find_story, read_story
from tests.browser.conftest import READY, SCREENS, Host
from tests.browser.viewer import button, card, chip, copied_link, seen, shown, slider, time_in_words

pytestmark = pytest.mark.browser

HEAT = read_story(find_story("heat"))
PANELS = ("Whereabouts", "Storylines", "Meetings", "About")


@pytest.fixture
def host(story_file):
    return Host(story_file.as_uri(), served=False)


@pytest.fixture
def saved(tmp_path):
    """The built-in story, saved with these options: where a browser finds it."""

    def file(**options):
        path = tmp_path / "saved #1 ?.html"
        path.write_text(published(HEAT, **options), encoding="utf-8")
        return Host(path.as_uri(), served=False)

    return file


@pytest.fixture
def opened(new_context):
    """Another file than that of the other tests, opened at this link."""

    def open_file(host, link=""):
        page = new_context(**SCREENS["desktop"]).new_page()
        page.goto(host.link(link))
        page.locator(READY).wait_for()
        return page

    return open_file


def test_nothing_is_asked_for_but_the_file_itself(open_board, host):
    page = open_board(ready=False)
    requests = []
    page.context.on("request", lambda request: requests.append(request.url))
    page.reload()
    page.locator(READY).wait_for()
    for panel in PANELS:
        button(page, panel).click()
    page.locator(".cb-about li").first.wait_for()
    assert [url for url in requests if not url.startswith("blob:")] == [host.url]


@pytest.mark.parametrize(
    "attempt",
    [
        "fetch('data:text/plain,x')",
        "fetch(location.href)",
        "import('data:text/javascript,export{}')",
        "new FontFace('x', 'url(data:font/woff2;base64,x)').load()",
    ],
)
def test_what_the_policy_does_not_name_is_refused(open_board, witness, attempt):
    witness.allow("Content.Security.Policy|ERR_|URL scheme")
    assert open_board().evaluate(f"() => {attempt}.then(() => 'done', () => 'refused')") == "refused"


def test_a_script_put_into_the_page_does_not_run(open_board, witness):
    witness.allow("script-src")
    page = open_board()
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'document.title = "run"';
          document.body.append(script);
        }"""
    )
    assert page.title() == "Heat · Caseboard"
    assert witness.violations


def test_only_our_own_base_map_is_there_and_another_one_in_a_link_is_named(open_board):
    page = open_board("?base=osm&crew=chris")
    expect(page.get_by_role("alert")).to_contain_text('Left out of this link: base "osm".')
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "Base map")).to_have_count(0)


def test_a_link_to_another_moment_is_followed_without_loading_the_file_anew(open_board, host):
    page = open_board("?event=e53")
    page.evaluate("() => { document.body.dataset.same = 'yes'; }")
    page.evaluate("() => { location.hash = 'at=D5T20:00&crew=neil&panel=meetings'; }")
    expect(slider(page)).to_have_attribute("aria-valuetext", re.compile("^Day 5, 20:00"))
    expect(chip(page, "Neil McCauley")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("region", name="Meetings")).to_be_visible()
    assert page.evaluate("() => document.body.dataset.same") == "yes"


def test_the_panel_chosen_is_in_the_link(open_board):
    page = open_board()
    button(page, "Storylines").click()
    link = copied_link(page)
    assert "panel=storylines" in link
    expect(button(open_board(link), "Storylines")).to_have_attribute("aria-pressed", "true")


def test_a_file_opens_on_the_view_it_was_saved_with(saved, opened):
    page = opened(saved(view=View(crew=("chris",), at=float(HEAT.events["at"].iloc[30]), panel="about")))
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")
    assert time_in_words(page).startswith(HEAT.events["when"].iloc[30].split(",")[0])
    expect(button(page, "About")).to_have_attribute("aria-pressed", "true")


def test_a_link_wins_over_the_view_a_file_was_saved_with(saved, opened):
    page = opened(saved(view=View(crew=("chris",))), "?crew=neil")
    expect(chip(page, "Neil McCauley")).to_have_attribute("aria-pressed", "true")
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "false")


def test_who_clears_the_view_of_a_file_finds_it_cleared_after_a_reload(saved, opened):
    page = opened(saved(view=View(crew=("chris",))))
    button(page, "Reset").click()
    expect(page).to_have_url(re.compile("#story=heat$"))
    before = seen(page)
    page.reload()
    page.locator(READY).wait_for()
    assert seen(page) == before
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "false")


def test_up_to_an_event_the_board_ends_there(saved, opened):
    page = opened(saved(until="e47"), "?event=e53&crew=kelso")
    total = int((HEAT.events["at"] <= HEAT.events.set_index("id").loc["e47", "at"]).sum())
    expect(page.get_by_role("alert")).to_contain_text('event "e53"')
    page.goto(page.url.split("#")[0])
    page.locator(READY).wait_for()
    expect(shown(page)).to_contain_text(f"{total} of {total} events")
    assert "Three doors into the bank" not in page.content()


def test_the_credits_stand_below(open_board):
    below = open_board().get_by_role("contentinfo")
    for line in (*HEAT.meta.credits, "Leaflet"):
        expect(below).to_contain_text(line)


def test_in_a_notebook_the_board_plays_in_its_frame_and_offers_no_link(new_context, witness):
    page = witness.watch(new_context(**SCREENS["desktop"])).new_page()
    page.set_content(f"<!doctype html><title>Notebook</title>{story_map(HEAT)._repr_html_()}")
    frame = page.frame_locator("iframe[title=Caseboard]")
    frame.locator(READY).wait_for()
    frame.get_by_role("button", name="Next event", exact=True).click()
    expect(frame.get_by_role("slider", name="Time", exact=True)).to_have_attribute(
        "aria-valuetext", re.compile("The money is insured")
    )
    expect(frame.get_by_role("button", name=re.compile("link", re.IGNORECASE))).to_have_count(0)


def test_a_browser_that_cannot_unpack_the_file_says_so(new_context, story_file):
    page = new_context(**SCREENS["desktop"]).new_page()
    page.add_init_script("delete globalThis.DecompressionStream")
    page.goto(story_file.as_uri())
    expect(page.get_by_role("alert")).to_contain_text("This file did not open in this browser")


def test_the_card_s_link_is_to_the_file(open_board, host):
    page = open_board("?event=e53&crew=neil")
    card(page).get_by_role("button", name="Link to this moment").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()").startswith(f"{host.url}#")
