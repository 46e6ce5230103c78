"""The watch that the other browser tests rely on sees what it must see."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.witness import Witness

POLICY = "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self' http://elsewhere.example"


class Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: the test's output is about the test."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text('<!doctype html><script src="page.js"></script>')
    (tmp_path / "favicon.ico").touch()
    return tmp_path


@pytest.fixture
def origin(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def told(new_context, folder, origin):
    """What the witness tells of a page with this script."""

    def visit(script: str, allowed: str = "") -> Witness:
        (folder / "page.js").write_text(
            f"{script}\naddEventListener('load', () => setTimeout(() => document.title = 'done', 200));"
        )
        witness = Witness(origin)
        if allowed:
            witness.allow(allowed)
        page = witness.watch(new_context()).new_page()
        page.goto(origin)
        page.wait_for_function("() => document.title === 'done'")
        return witness

    return visit


pytestmark = pytest.mark.browser


def test_a_page_that_keeps_to_itself_has_no_fault(told):
    assert told("fetch('page.js');").faults == []


def test_a_request_to_another_host_is_a_fault(told):
    witness = told("fetch('http://elsewhere.example/tile.png').catch(() => {});")
    assert witness.other_hosts == ["http://elsewhere.example/tile.png"]
    assert "request to another host: http://elsewhere.example/tile.png" in witness.faults


def test_a_request_the_policy_stops_is_a_violation(told):
    witness = told("const image = new Image(); image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';")
    assert witness.violations
    assert any("img-src" in fault for fault in witness.faults)


def test_an_eval_that_the_policy_stops_is_a_violation(told):
    assert told("try { eval('1'); } catch {}").violations


def test_an_uncaught_error_is_a_fault(told):
    assert any(
        "uncaught: " in fault and "broken" in fault
        for fault in told("setTimeout(() => { throw new Error('broken'); });").faults
    )


def test_a_promise_nobody_waits_for_is_a_fault_when_it_fails(told):
    assert any("broken" in fault for fault in told("Promise.reject(new Error('broken'));").faults)


def test_an_error_on_the_console_is_a_fault(told):
    assert any("gone wrong" in fault for fault in told("console.error('gone wrong');").faults)


def test_a_dialog_is_a_fault(told):
    assert told("alert('hello');").faults == ["dialog: hello"]


def test_what_a_test_is_about_is_allowed(told):
    assert told("console.error('gone wrong');", allowed="gone wrong").faults == []
