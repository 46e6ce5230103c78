"""A story that holds code and markup in every text: all of it is shown as text, on every panel, and none of it runs."""

import csv
import io

import pytest
from playwright.sync_api import expect

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
    with serving.caseboard(folder, folder / "log") as server:
        yield server


@pytest.mark.parametrize("panel", ["events", "places", "whereabouts", "storylines", "meetings", "checks", "about"])
def test_every_text_is_text_on_every_panel(hostile, new_context, panel):
    witness = Witness(hostile.url)
    page = witness.watch(new_context(**SCREENS["desktop"])).new_page()
    page.goto(f"{hostile.url}/?panel={panel}&at=D1T09:00&crew=ann")
    page.locator(READY).wait_for()
    expect(page.get_by_role("heading", level=1)).to_contain_text("{{7*7191}}{% x <script>alert(1)</script>")
    expect(card(page)).to_contain_text("${7*7191} <img src=x onerror=alert(1)>")
    page.locator('.stApp[data-test-script-state="notRunning"]').wait_for()
    assert page.locator("img[src=x]").count() == 0
    assert "50337" not in page.content()
    assert witness.faults == []
