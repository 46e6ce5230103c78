"""From a clean clone to a board, as Streamlit Community Cloud goes: install the requirements, run the script."""

import json

import pytest

from tests import loopback, serving
from tests.hosting.clone import cloned, environment, pip
from tests.hosting.running import answer, clean, healthy, running
from tests.session import answered, ask, session

# As the script `streamlit` starts it: the folder it is started from is not on Python's path.
STREAMLIT = ["-P", "-c", "from streamlit.web.cli import main; main()", "run", "dashboard/app.py"]


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    return cloned(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def python(clone, tmp_path_factory):
    """A Python in which nothing but the requirements of the clone was installed."""
    python = environment(tmp_path_factory.mktemp("environment"))
    pip(python, "install", "--quiet", "-r", "requirements.txt", cwd=clone)
    return python


@pytest.fixture(scope="module")
def files(clone):
    """What is in the clone before anything runs, and after it was installed from."""
    return {path.relative_to(clone) for path in clone.rglob("*")}


@pytest.fixture(scope="module")
def server(clone, python, files, tmp_path_factory):
    """The clone as the host runs it, after a later version was pulled into it."""
    health = clone / "dashboard" / "health.py"
    health.write_text(health.read_text("utf-8").replace('"Ready."', '"Ready, the later version."'), encoding="utf-8")
    log, port = tmp_path_factory.mktemp("log") / "log", serving.free_port()
    url = f"http://127.0.0.1:{port}"
    where = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with running([python, *STREAMLIT, *where], healthy(f"{url}/healthz"), log, cwd=clone, env=clean()) as process:
        yield serving.Server(url, process.pid, log)


def test_the_requirements_are_this_package_and_what_it_names():
    assert (serving.ROOT / "requirements.txt").read_text("utf-8").split() == ["."]


def test_the_page_runs_to_its_end_for_a_viewer(server):
    with session(server) as page:
        ask(page, "crew=neil&at=D8T11:30")
        said = answered(page)
    kinds = [one.delta.new_element.WhichOneof("type") for one in said if one.WhichOneof("type") == "delta"]
    assert "bidi_component" in kinds
    assert "exception" not in kinds
    assert "Traceback" not in server.log.read_text("utf-8")


def test_the_page_and_the_routes_beside_it_answer(server):
    page = answer(f"{server.url}/")
    assert (page.status, page.headers.get_content_type()) == (200, "text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert json.loads(answer(f"{server.url}/stories/heat.json").body)["id"] == "heat"
    assert answer(f"{server.url}/stories/heat/picture.png").headers.get_content_type() == "image/png"
    board = next(link for link in page.headers["Link"].split(", ") if "board.css" in link)
    assert answer(f"{server.url}/{board[1:].partition('>')[0]}").status == 200


def test_what_is_pulled_later_runs_without_being_installed_again(server):
    assert answer(f"{server.url}/readyz").body == b"Ready, the later version."


def test_the_clone_is_left_as_it_is(server, clone, files):
    assert {path.relative_to(clone) for path in clone.rglob("*")} == files
    assert loopback.OUTSIDE not in server.log.read_text("utf-8")
