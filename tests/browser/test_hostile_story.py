"""A story that holds code and markup in every text: all of it is shown as text, on every panel, and none of it runs."""

import csv
import io
from typing import NamedTuple

import pytest
from playwright.sync_api import expect

from dashboard.publish import published
from dashboard.view import View
from geo.story import read_story
from tests import serving, stories
from tests.browser.conftest import READY, SCREENS
from tests.browser.viewer import card
from tests.browser.witness import Witness

pytestmark = pytest.mark.browser

TEXT = "{{7*7191}}{% x <script>alert(1)</script> \"'` ${7*7191} <img src=x onerror=alert(1)> \u202erl\u2066 **b**"


def table(*rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


class Hostile(NamedTuple):
    """The story served, and as a file."""

    served: str
    file: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = stories.folder(
        tmp_path_factory.mktemp("hostile") / "story",
        events=table(
            ["id", "title", "summary", "start", "place", "people", "remote", "sequence", "outcome", "source", TEXT],
            [f"e{TEXT}", TEXT, TEXT, "D1T09:00", "p1", "ann", "bo", TEXT, TEXT, TEXT, TEXT],
            ["e2", "Second", TEXT, "D2", "p1", "bo;ann", "", TEXT, TEXT, TEXT, TEXT],
        ),
        people=table(["id", "name", "group", "role"], ["ann", TEXT, "crew", TEXT], ["bo", f"Bo {TEXT}", "crew", TEXT]),
        places=table(
            ["id", "name", "lat", "lon", "radius_m", "basis", "note"], ["p1", TEXT, 34.05, -118.25, 500, TEXT, TEXT]
        ),
        toml=f"title = '''{TEXT}'''\ndescription = '''{TEXT}'''\n[clock]\nkind = \"days\"\n",
    )
    file = folder / f"{TEXT[:4]}.html"
    file.write_text(published(read_story(folder), view=View(crew=("ann",), q="7*7191}}")), encoding="utf-8")
    with serving.caseboard(folder, folder / "log") as server:
        yield Hostile(server.url, file.as_uri())


def all_is_text(page):
    expect(page.get_by_role("heading", level=1)).to_contain_text("{{7*7191}}{% x <script>alert(1)</script>")
    expect(card(page)).to_contain_text("${7*7191} <img src=x onerror=alert(1)>")
    assert page.locator("img[src=x]").count() == 0
    assert "50337" not in page.content()


@pytest.mark.parametrize("panel", ["events", "places", "whereabouts", "storylines", "meetings", "checks", "about"])
def test_every_text_is_text_on_every_panel(hostile, new_context, panel):
    witness = Witness(hostile.served)
    page = witness.watch(new_context(**SCREENS["desktop"])).new_page()
    page.goto(f"{hostile.served}/?panel={panel}&at=D1T09:00&crew=ann")
    page.locator(READY).wait_for()
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
    all_is_text(page)
    assert witness.faults == []


@pytest.mark.parametrize("panel", ["whereabouts", "storylines", "meetings", "about"])
def test_every_text_is_text_in_the_file(hostile, new_context, panel):
    witness = Witness(hostile.file)
    page = witness.watch(new_context(**SCREENS["desktop"])).new_page()
    page.goto(f"{hostile.file}#panel={panel}&at=D1T09:00&crew=ann")
    page.locator(READY).wait_for()
    page.locator(".cb-panel > .cb-board > *").first.wait_for()
    all_is_text(page)
    assert "{{7*7191}}{% x <script>alert(1)</script>" in page.title()
    assert witness.faults == []
