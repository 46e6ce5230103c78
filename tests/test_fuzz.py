"""Any address, parameter or header: an answer or one sentence, never a traceback, and memory within its bounds."""

import os
import sys
import tracemalloc
import urllib.parse

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware

from dashboard import reads, throttle
from dashboard.hosts import Hosts
from dashboard.narrowing import NARROWING
from dashboard.openapi import description
from dashboard.proxies import Proxies, networks
from dashboard.room import Room
from dashboard.routes import FILES, FOLDERS, routes
from dashboard.security import Headers
from dashboard.throttle import Buckets, Throttle
from dashboard.view import PARAMETERS
from tests import serving
from tests.asgi import get
from tests.cases.write import CASES
from tests.large import large_story, on_the_shelf

# Everything of ours that a request passes, as in dashboard.app; a mishap is not made a sentence of.
APP = Starlette(
    routes=routes(),
    middleware=[
        Middleware(Headers, document="<html></html>"),
        Middleware(Hosts, ours=(*FOLDERS, *FILES)),
        Middleware(Proxies, trusted=networks("127.0.0.1")),
        Middleware(Throttle, factor=0),
    ],
)
SCHEMA = schemathesis.openapi.from_dict(description())
SCHEMA.config.output.sanitization.update(enabled=False)
# That what fits the description is accepted: which ids and instants a story has, no description says.
SCHEMA.config.checks.update(excluded_check_names=["positive_data_acceptance"])
REJECTION = SCHEMA.config.checks.negative_data_rejection
REJECTION.expected_statuses = [*REJECTION.expected_statuses, "414"]  # one way to refuse what is too long
REFUSALS = {400, 404, 405, 414, 429, 503}

NAMES = st.sampled_from([*NARROWING, *(parameter.name for parameter in PARAMETERS), "v", "own", "embed"]) | st.text(
    max_size=20
)
WORDS = (
    "ann b3 cafe D2T22:30 D2 any window 6h 1 -1 nan inf 1e999 0000-00-00 D-99999T00:00 {{7*7191}} <script> ann;bo []"
)
ODD = ["", " ", "\x00", "\r\nX-Own: 1", "\u202e", "\ud7ff", "9" * 400, "D" + "9" * 30, "é" * 300, "../..", "%s%n"]
NASTY = st.sampled_from([*WORDS.split(), *ODD])
VALUES = NASTY | st.text(max_size=40)
QUERIES = st.lists(st.tuples(NAMES, VALUES), max_size=6).map(
    lambda pairs: urllib.parse.urlencode(pairs, errors="replace")
)
BYTES = st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))
STORY = (
    "small.json",
    "small/events.geojson",
    "small/events.csv",
    "small/events.kml",
    "small/picture.png",
    "small/map-0.js",
)
LARGE = ("bins", "few", "people", *(path.partition("/")[2] for path in STORY[1:]))
PATHS = st.sampled_from(
    [
        *(f"/stories/{path}" for path in STORY),
        *(f"/stories/town/{path}" for path in LARGE),
        "/healthz",
        "/readyz",
        "/openapi.json",
        "/assets/x/board.js",
    ]
)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A large story of two hundred events."""
    return large_story(tmp_path_factory.mktemp("large") / "town", 200)


@pytest.fixture(scope="module", autouse=True)
def served(town):
    with on_the_shelf(CASES / "small", town):
        yield


@pytest.fixture(scope="module")
def server(tmp_path_factory, town):
    """The app on the smallest story and a large one, without limits on how often it may be asked."""
    port, log = serving.free_port(), tmp_path_factory.mktemp("fuzz") / "log"
    stories = [str(CASES / "small"), str(town)]
    command = ["-m", "tests.loopback", "dashboard", "open", *stories, "--no-browser", "--port", str(port)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, throttle.VARIABLE, "0")
        with serving.serving([sys.executable, *command], port, log, 90) as running:
            yield running
    said = log.read_text("utf-8", "replace")
    assert "Traceback" not in said
    assert "leaked" not in said  # what a driver says of objects that the end of the process did not find


def is_a_sentence(got) -> bool:
    """One line of plain text that says what is the matter, and nothing of the code."""
    text = got.body.decode()
    plain = got.headers["content-type"].startswith("text/plain") and text[-1:] == "." and text.isprintable()
    return plain and len(text) < 700 and "Traceback" not in text and ".py" not in text


def check(got, method="GET"):
    """An answer, or a refusal in a sentence; never a failure of the server."""
    assert got.status in {200, 204, 304} | REFUSALS
    assert got.status not in REFUSALS or is_a_sentence(got), got.body
    assert got.headers["x-content-type-options"] == "nosniff"


@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_running_app_keeps_what_the_description_says(server, case):
    """Values that fit and ones that do not, other methods, too: status, type and shape are as described."""
    if case.path_parameters:
        case.path_parameters["name"] = "small"
    case.call_and_validate(base_url=server.url)


@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_running_app_keeps_it_for_a_large_story(server, case):
    if case.path_parameters:
        case.path_parameters["name"] = "town"
    case.call_and_validate(base_url=server.url)


@SCHEMA.parametrize()
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_running_app_keeps_it_for_any_story(server, case):
    case.call_and_validate(base_url=server.url)


def test_the_description_is_openapi():
    assert len(list(SCHEMA.get_all_operations())) == len(description()["paths"])
    SCHEMA.validate()


@given(PATHS, QUERIES)
def test_any_parameter_of_any_route_is_answered_or_refused_in_a_sentence(path, query):
    check(get(APP, f"{path}?{query}"))


@given(PATHS, BYTES)
def test_any_bytes_after_the_question_mark_are_answered_or_refused_in_a_sentence(path, raw):
    check(get(APP, f"{path}?{raw}"))


@given(st.lists(BYTES | st.sampled_from(["stories", "small", "events.csv", "..", "", "assets", "%2e"]), max_size=5))
def test_any_address_below_ours_is_answered_or_missed_in_a_sentence(parts):
    check(get(APP, "/stories/" + "/".join(parts).replace("?", "")))


@given(
    PATHS,
    st.sampled_from(["host", "accept_encoding", "if_none_match", "x_forwarded_for", "origin", "range", "cookie"]),
    BYTES,
    st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "", "A" * 500]),
)
def test_any_header_and_any_method_are_answered_or_refused_in_a_sentence(path, name, value, method):
    got = get(APP, path, method=method, **{name: value.encode("latin-1", "replace").decode("latin-1")})
    assert got.status < 500
    assert got.status not in REFUSALS or is_a_sentence(got)


@given(QUERIES, VALUES)
def test_nothing_of_a_query_gets_into_a_header(query, value):
    for path in ("/stories/small/events.csv", "/stories/small.json"):
        got = get(APP, f"{path}?{query}", origin=value.encode("ascii", "replace").decode())
        assert "x-own" not in got.headers
        assert all(header.isprintable() for header in got.headers.values())


def test_thousands_of_different_questions_leave_the_memory_bounded(monkeypatch):
    monkeypatch.setattr(reads, "_kept", Room(100_000))
    ask = [f"/stories/small/events.geojson?q={number}&crew=ann" for number in range(30)]
    for path in ask[:10]:
        get(APP, path)
    tracemalloc.start()
    try:
        for path in ask:
            get(APP, path)
        assert reads._kept.bytes <= 100_000
        now, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert now < 100_000 + 2_000_000


def test_clients_that_come_from_everywhere_leave_the_memory_bounded():
    buckets = Buckets(most=100)
    for number in range(5_000):
        buckets.wait(f"2001:db8:{number:x}::/64", throttle.OPENED, float(number))
    assert len(buckets) == 100
