import gzip
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed

from dashboard import assets, keeping, shelf
from dashboard.narrowing import NARROWING
from dashboard.openapi import description
from dashboard.reads import FORMATS
from dashboard.routes import routes
from geo.story import read_files, read_story
from geo.wire import encode, payload
from tests import serving
from tests.asgi import get
from tests.cases.write import CASES
from tests.session import answered, ask, session

APP = Starlette(routes=routes())


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    return shelf.opened(CASES / "small")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The app as the command runs it, on the smallest story."""
    with serving.caseboard(CASES / "small", tmp_path_factory.mktemp("app") / "log") as running:
        yield running


def answer(server, path, method="GET", **headers):
    asked = urllib.request.Request(f"{server.url}{path}", headers=headers, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=20) as got:
            return got.status, got.headers, got.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


@pytest.mark.parametrize("name", ["board.js", "board.css", "leaflet/leaflet.js", "leaflet/leaflet.css", "basemap.json"])
def test_a_file_of_the_board_is_kept_for_ever_under_its_digest(name):
    got = get(APP, f"/{assets.url(name)}")
    assert got.status == 200
    assert got.body == assets.files()[name].body
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/assets/0000/board.js", "/assets/board.js", "/assets/", "/assets/x/y/z.js"])
def test_a_file_under_another_digest_is_not_there(path):
    got = get(APP, path)
    assert (got.status, got.headers["cache-control"]) == (404, "no-store")
    assert got.body.decode().endswith("reload the page.")


@pytest.mark.parametrize(
    "name", ["../app.py", "%2e%2e/app.py", "..%2fapp.py", "/etc/passwd", "leaflet/../../x", "C:\\x"]
)
def test_no_path_leads_out_of_the_files_of_the_board(name):
    assert get(APP, f"/assets/{assets.digest()}/{name}").status == 404


def test_modules_and_styles_have_types_that_a_strict_browser_takes():
    types = {Path(name).suffix: file.media_type for name, file in assets.files().items()}
    assert types[".js"] == "text/javascript"
    assert types[".css"] == "text/css"
    assert types[".svg"] == "image/svg+xml"


def test_the_digest_changes_when_one_byte_of_one_file_does():
    one, other = (assets.asset(body, "text/css") for body in (b"a{}", b"b{}"))
    assert one.digest != other.digest


def test_what_gzip_would_make_longer_is_sent_as_it_is():
    assert assets.asset(b"a", "text/css").compressed == b""
    assert assets.asset(b"a" * 500, "image/png").compressed == b""


def test_the_map_of_a_story_is_a_module_under_its_digest(small):
    got = get(APP, f"/{shelf.map_url(small.story, small.map_module)}")
    assert (got.status, got.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert b"export default (L, caseboard)" in got.body
    assert get(APP, "/stories/small/map-0000.js").status == 404


def test_a_story_is_sent_as_its_wire_format_for_ever_under_its_digest(small):
    got = get(APP, f"/{shelf.story_url(small.story, small.wire)}")
    assert got.body == encode(payload(read_story(CASES / "small")))
    assert got.headers["content-type"] == "application/json"
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=0000"])
def test_a_story_without_its_digest_is_asked_for_again(query):
    got = get(APP, f"/stories/small.json{query}")
    assert (got.status, got.headers["cache-control"]) == (200, "no-cache")


def test_a_story_asked_for_with_a_parameter_that_is_none_is_refused_in_a_sentence():
    got = get(APP, "/stories/small.json?x=1")
    assert (got.status, got.body) == (400, b"Parameter 'x' is not known here.")


def test_a_story_is_compressed_for_those_who_take_it(small):
    packed, plain = (get(APP, "/stories/small.json", accept_encoding=coding) for coding in ("br, gzip", "identity"))
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert packed.headers["etag"] != plain.headers["etag"]
    assert get(APP, "/stories/small.json", accept_encoding="gzip;q=0").body == plain.body


def test_a_story_that_a_browser_has_is_not_sent_again():
    tag = get(APP, "/stories/small.json").headers["etag"]
    again = get(APP, "/stories/small.json", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("name", ["nobody.json", "small", "small.csv", "", "../small.json", "a/small.json", ".json"])
def test_a_story_that_is_not_served_is_missed_in_one_sentence(name):
    got = get(APP, f"/stories/{name}")
    assert (got.status, got.body) == (404, b"There is no such story here.")


def test_a_story_with_nothing_to_open_is_missed(tmp_path, monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path / "gone"))
    assert get(APP, "/stories/gone.json").status == 404


def test_a_story_that_was_brought_is_there_for_who_knows_its_id_and_in_no_shared_cache(small):
    kept = keeping.keep(keeping.names().id, read_files(CASES / "small"))
    try:
        opened = shelf.find(kept.id)
        for address in (
            shelf.story_url(opened.story, opened.wire),
            shelf.map_url(opened.story, opened.map_module),
        ):
            got = get(APP, f"/{address}")
            assert (got.status, got.headers["cache-control"].split(",")[0]) == (200, "private")
        assert kept.id not in shelf.stories()
    finally:
        keeping.forget(kept.id)
    assert get(APP, f"/stories/{kept.id}.json").status == 404


def test_nothing_can_be_written_by_a_route():
    assert get(APP, "/stories/small.json", method="POST").status == 405
    assert get(APP, f"/{assets.url('board.js')}", method="DELETE").status == 405


def test_routes_stand_below_a_prefix():
    below = Starlette(routes=routes("/cases/heat"))
    for path in ("/stories/small.json", "/stories/small/events.csv", "/readyz", "/openapi.json"):
        assert get(below, f"/cases/heat{path}").status == 200
        assert get(below, path).status == 404


def test_the_process_is_up_and_ready():
    assert (get(APP, "/healthz").status, get(APP, "/healthz").body) == (200, b"Up.")
    assert (get(APP, "/readyz").status, get(APP, "/readyz").body) == (200, b"Ready.")
    assert get(APP, "/readyz", method="HEAD").status == 200


def test_a_server_without_a_story_is_not_ready(tmp_path, monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path / "gone"))
    got = get(APP, "/readyz")
    assert (got.status, got.body) == (503, b"No story can be opened; run caseboard check on it.")
    assert get(APP, "/healthz").status == 200


def test_a_server_that_cannot_save_stories_where_it_should_is_not_ready(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "file" / "stories"))
    got = get(APP, "/readyz")
    assert (got.status, b"CASEBOARD_STORIES" in got.body) == (503, True)
    assert str(tmp_path) not in got.body.decode()
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "made later" / "stories"))
    assert get(APP, "/readyz").status == 200


def test_the_description_names_every_route_that_is_for_other_programs_and_no_other():
    ours = {"/assets/{digest}/{name:path}", "/stories/{name}/map-{digest}.js"}  # for the page itself
    served = {route.path for route in routes()} - ours
    told = set(description()["paths"])
    events = {path for path in told if "/events." in path}
    assert {path.rpartition(".")[2] for path in events} == set(FORMATS)
    caught = {path for path in served if "{rest:path}" in path} | {"/stories", "/assets"}
    assert told - events | {"/stories/{name}/events.{format}"} == served - caught


def test_the_description_names_every_parameter_that_is_read():
    for ending in FORMATS:
        told = description()["paths"][f"/stories/{{name}}/events.{ending}"]["get"]["parameters"]
        assert {one["name"] for one in told if one["in"] == "query"} == {*NARROWING, "v"}


def test_the_description_is_there_for_any_site():
    got = get(APP, "/openapi.json", origin="https://a.example")
    assert json.loads(got.body) == description()
    assert got.headers["access-control-allow-origin"] == "*"


PATHS = [
    "/",
    "/?base=osm",
    "/?embed=true",
    "/no/such/page",
    "/stories/small.json",
    "/stories/nobody.json",
    "/stories/small/events.csv?x=1",
    "/stories/small/picture.png",
    "/healthz",
    "/_stcore/health",
    "/_stcore/metrics",
    "/_stcore/upload_file/a/b",
    "/favicon.png",
    "/static/nothing.js",
    "/..%2f..%2fetc/passwd",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "DELETE"])
def test_every_answer_of_the_running_app_has_the_headers(server, path, method):
    _, headers, _ = answer(server, path, method)
    assert headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert headers["Referrer-Policy"] == "same-origin"
    [policy] = headers.get_all("Content-Security-Policy")
    assert "'unsafe-eval'" not in policy
    assert ("https://" in policy) == (path == "/?base=osm")
    assert ("frame-ancestors *" in policy) == (path == "/?embed=true")


@pytest.mark.parametrize(
    "path",
    [
        "/stories",
        "/stories/",
        "/stories/small",
        "/stories/small/",
        "/stories/small/events",
        "/stories/small/picture.gif",
        "/assets",
        "/healthz/x",
        "/readyz/",
        "/openapi.json/x",
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/interact",
        "/_stcore/script-health-check",
        "/auth/login",
        "/oauth2callback",
    ],
)
def test_what_the_running_app_does_not_have_or_keeps_to_itself_is_missed_in_a_sentence(server, path):
    status, headers, body = answer(server, path)
    assert (status, headers.get_content_type()) == (404, "text/plain")
    assert body.decode().startswith("There is no")


def test_the_running_app_answers_a_question_for_headers_without_a_body(server):
    path = "/stories/small/events.csv"
    (status, headers, body), (_, full, content) = answer(server, path, "HEAD"), answer(server, path)
    assert (status, body) == (200, b"")
    assert headers["Content-Length"] == full["Content-Length"] == str(len(content))
    assert headers["ETag"] == full["ETag"]


def test_the_running_app_refuses_an_address_that_is_too_long(server):
    status, _, body = answer(server, "/stories/small/events.csv?q=" + "a" * 20_000)
    assert (status, body) == (414, b"The address is longer than 16,384 characters; ask for less at a time.")


def test_the_running_app_writes_nothing_for_who_has_no_key(server):
    assert answer(server, "/stories/small.json", "PUT")[0] == 405
    assert answer(server, "/_stcore/upload_file/a/b", "PUT")[0] in {400, 403}


def test_the_running_app_allows_the_one_inline_script_of_its_page(server):
    _, headers, body = answer(server, "/")
    assert body.count(b"<script>") == 1
    assert headers["Content-Security-Policy"].count("'sha256-") == 1


def test_the_running_app_serves_the_story_it_was_started_with(server):
    status, headers, body = answer(server, "/stories/small.json", **{"Accept-Encoding": "gzip"})
    assert (status, headers.get_all("Content-Encoding")) == (200, ["gzip"])
    assert json.loads(gzip.decompress(body))["title"] == "The lost ferry bell"


def test_the_running_app_says_where_it_is_and_nothing_of_other_hosts(server):
    log = server.log.read_text("utf-8")
    assert f"Caseboard is at {server.url} " in log
    assert "External URL" not in log


def test_streamlit_itself_can_run_the_app_from_another_folder(tmp_path):
    port = serving.free_port()
    script = serving.ROOT / "dashboard" / "app.py"
    where = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *where]
    log = tmp_path / "log"
    with serving.serving(command, port, log, 90) as running:
        status, headers, _ = answer(running, "/stories/small.json")
        assert status == 200
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_setting_that_is_wrong_is_said_in_a_sentence_before_anything_is_served(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", "open", str(CASES / "small"), "--no-browser", "--port", "0"],
        cwd=serving.ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "CASEBOARD_HOSTS": "https://board.example/"},
    )
    assert done.returncode != 0
    assert "CASEBOARD_HOSTS names 'https://board.example/'" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGTERM")
@pytest.mark.parametrize("started", ["by the command", "by streamlit"])
def test_the_running_app_ends_with_0_when_told_to_and_lets_open_pages_go(tmp_path, started):
    port = serving.free_port()
    url = f"http://127.0.0.1:{port}"
    command = {
        "by the command": ["dashboard", "open", str(CASES / "small"), "--no-browser", "--port", str(port)],
        "by streamlit": ["streamlit", "run", "dashboard/app.py", "--server.port", str(port)],
    }[started]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=serving.ROOT, stdout=log, stderr=log, start_new_session=True
        )
    try:
        serving._wait_until_healthy(process, url, tmp_path / "log", 90)
        with session(serving.Server(url, process.pid, tmp_path / "log")) as page:
            ask(page)
            answered(page)
            os.kill(process.pid, signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                answered(page, 20)
            assert closed.value.rcvd.code == 1012  # the service starts again: come back
        assert process.wait(20) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(20)
    assert "Traceback" not in (tmp_path / "log").read_text("utf-8")


def test_the_settings_hold_from_a_folder_with_settings_of_its_own(tmp_path):
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text("[server]\nport = 9\n[browser]\ngatherUsageStats = true\n")
    asked = "('client.showErrorDetails', 'server.port')"
    code = f"from dashboard.app import config; print([config.get_option(name) for name in {asked}])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ,
    )
    # What the host has set stays; the rest is ours.
    assert done.stdout.strip() == "['none', 9]"
