from pathlib import Path

from starlette.responses import HTMLResponse, PlainTextResponse
from streamlit import file_util

from dashboard import assets, shelf
from dashboard.preload import Preloads, links
from tests.asgi import get
from tests.cases.write import CASES
from tests.large import large_story

STREAMLIT = Path(file_util.get_static_dir())


def test_a_page_names_the_modules_of_the_board_and_the_story_it_opens(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    header = get(Preloads(HTMLResponse("<html></html>"), STREAMLIT), "/").headers["link"]
    assert f"<{assets.url('board.js')}>; rel=modulepreload" in header
    assert "<stories/small.json?v=" in header


def test_only_a_page_has_the_header():
    assert "link" not in get(Preloads(PlainTextResponse("ok"), STREAMLIT), "/").headers
    assert "link" not in get(Preloads(HTMLResponse("no", status_code=404), STREAMLIT), "/").headers


def test_everything_named_is_there(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    addresses = [link.partition(">")[0].lstrip("<") for link in links(b"", STREAMLIT)]
    ours = [address.removeprefix(assets.url("")) for address in addresses if address.startswith(assets.url(""))]
    assert all(name in assets.files() for name in ours)
    theirs = [address for address in addresses if address.startswith("static/")]
    assert any("BidiComponent" in address for address in theirs)
    assert all((STREAMLIT / address).is_file() for address in theirs)


def test_a_story_that_is_not_there_and_bytes_of_any_kind_get_the_first_one(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    usual = list(links(b"", STREAMLIT))
    for query in (b"story=nobody", b"story=%FF%00", b"\xff\x00&&==", b"story=" + b"x" * 200_000):
        assert list(links(query, STREAMLIT)) == usual


def test_what_only_a_large_story_needs_comes_ahead_for_a_large_story_only(monkeypatch, tmp_path):
    usual = list(links(b"", STREAMLIT))
    town = large_story(tmp_path / "town", 300)
    monkeypatch.setenv(shelf.VARIABLE, str(town))
    shelf.opened(town)
    more = {link.partition(">")[0].rpartition("/")[2] for link in links(b"", STREAMLIT) if link not in usual}
    assert {"large.js", "cellmap.js", "cells.js"} <= more
    assert "board.js" not in more
    assert not [link for link in usual if "large.js" in link or "/cells.js" in link]


def test_the_desk_of_an_author_has_no_board_to_load_for(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    assert not [link for link in links(b"own=file", STREAMLIT) if link.startswith("<stories/")]


def test_the_words_come_ahead_for_whoever_reads_spanish_only(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    words = f"<{assets.url(assets.WORDS)}>; rel=preload; as=fetch; crossorigin"
    assert words in links(b"lang=es", STREAMLIT)
    assert words in links(b"", STREAMLIT, "es-MX")
    assert words not in list(links(b"", STREAMLIT))
    assert words not in list(links(b"lang=en", STREAMLIT, "es"))
