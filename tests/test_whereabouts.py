import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import shelf
from geo.story import read_story
from geo.wire import payload
from tests.cases.write import CASES, lives
from tests.serving import ROOT
from tests.visiting import drawn

WRITTEN = json.loads((CASES / "whereabouts.json").read_text(encoding="utf-8"))


def test_javascript_is_held_to_what_python_says_of_everybody_now():
    assert json.loads(json.dumps(lives())) == WRITTEN["cases"]
    assert json.loads(json.dumps(payload(read_story(CASES / "lives")))) == WRITTEN["story"]


@pytest.fixture
def panel(monkeypatch):
    """The components of the page on the smallest story with the panel open."""
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
    test.query_params["panel"] = "whereabouts"
    drawn(test.run())
    assert not test.exception
    return test.get("bidi_component")


def test_the_panel_stands_under_the_board_and_is_given_nothing_of_the_story(panel):
    board, _, whereabouts = panel
    assert "small" in board.proto.json
    assert json.loads(whereabouts.proto.json or "null") is None
