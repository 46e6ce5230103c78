"""The page in a frame is the board and nothing else, whatever its address asks for."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import security, shelf
from tests import stories
from tests.cases.write import CASES
from tests.serving import ROOT
from tests.visiting import drawn


@pytest.fixture
def framed(monkeypatch):
    """Opens the page on these folders as a frame does that was asked for with these parameters."""

    def opened(*folders, **query):
        monkeypatch.setenv(shelf.VARIABLE, ":".join(map(str, folders)))
        test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
        test.context = {"is_embedded": True}
        for name, value in query.items():
            test.query_params[name] = value
        return drawn(test.run())

    return opened


def shown(test):
    """What is on the page: the keys of its boards, and how much else there is."""
    boards = [found.key for found in test.get("bidi_component")]
    others = [*test.button, *test.selectbox, *test.dataframe, *test.text, *test.warning, *test.error, *test.title]
    return boards, len(others) + len(test.get("button_group"))


def test_there_is_the_board_and_nothing_else(framed):
    assert shown(framed(CASES / "small")) == (["board small"], 0)


@pytest.mark.parametrize("step", ["file", "check", "x"])
def test_a_desk_is_never_in_a_frame(framed, step):
    assert shown(framed(CASES / "small", own=step)) == (["board small"], 0)


def test_of_several_stories_it_is_the_one_of_the_address_else_the_first(framed, tmp_path):
    folders = [CASES / "small", stories.folder(tmp_path / "other")]
    assert shown(framed(*folders, story="other")) == (["board other"], 0)
    assert shown(framed(*folders)) == shown(framed(*folders, story="nobody")) == (["board small"], 0)


def test_faults_of_the_author_are_not_for_readers_elsewhere(framed, tmp_path):
    folder = stories.folder(tmp_path / "s", events="id,title,start,place\ne1,One,D1,\ne2,Two,never,\n")
    assert shown(framed(folder)) == (["board s"], 0)


@pytest.mark.parametrize(("setting", "offered"), [("", True), ("https://news.example", True), ("none", False)])
def test_an_element_to_embed_is_offered_where_the_host_lets_others_frame_the_board(monkeypatch, setting, offered):
    monkeypatch.setenv(security.FRAMES, setting)
    assert security.embeddable() is offered
