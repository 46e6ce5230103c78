import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from dashboard.hosts import LONGEST, Hosts, is_answered, names, usual
from tests.asgi import get, run

BOARD = names("board.example *.school.example")


def answer(path="/", named=BOARD, prefix="", **headers):
    return get(
        Hosts(PlainTextResponse("hello"), named=named, prefix=prefix, ours=("stories", "healthz", "readyz")),
        path,
        **headers,
    )


@pytest.mark.parametrize(
    "host", ["board.example", "BOARD.example", "board.example:8501", "board.example.", "a.b.school.example"]
)
def test_a_server_answers_to_its_names(host):
    assert answer(host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "board.example.evil", "school.example", "xboard.example", "", "127.0.0.1"]
)
def test_any_other_name_is_refused_in_a_sentence(host):
    got = answer(host=host)
    assert (got.status, got.body) == (400, b"This server is not known by that name; ask for it by its own address.")


def test_without_names_every_name_is_answered():
    assert answer(named=names(""), host="anything.example").status == 200
    assert answer(named=names("*"), host="anything.example").status == 200
    assert answer(named=()).status == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/_stcore/health"])
def test_who_watches_the_server_may_call_it_by_any_address(path):
    assert answer(path, host="10.0.0.7:8501").status == 200
    assert answer(f"/sub{path}", prefix="/sub", host="10.0.0.7:8501").status == 200


def test_addresses_are_names_too():
    assert is_answered("[::1]:8501", names("::1"))
    assert is_answered("[::1]", names("[::1]"))
    assert is_answered("127.0.0.1:8501", names("127.0.0.1"))


@pytest.mark.parametrize(
    "text", ["https://board.example", "board.example/x", "a..b", "board.example:80", "*.*.a", "ä.example"]
)
def test_what_is_no_name_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"CASEBOARD_HOSTS names .*; write names like"):
        names(text)


@given(st.text(max_size=40))
def test_a_host_that_is_not_named_is_never_answered(host):
    name = host.strip().lower().partition(":")[0].rstrip(".")
    if name != "board.example" and not name.endswith(".school.example"):
        assert not is_answered(host, BOARD)


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
        "/_stcore",
        "/_stcore/",
        "//_stcore/metrics/",
        "/auth/login",
        "/oauth2callback",
        "/component/x/index.html",
        "/app/static/x",
    ],
)
def test_inner_doors_are_closed(path):
    assert answer(path, named=()).status == 404
    assert answer(f"/sub{path}", named=(), prefix="/sub").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=x",
        "/favicon.png",
        "/manifest.json",
        "/media/x.csv",
        "/static/x.js",
        "/stories/x.json",
        "/_stcore/health",
        "/_stcore/host-config",
        "/_stcore/upload_file/a/b",
    ],
)
def test_doors_that_a_page_needs_are_open(path):
    assert answer(path, named=()).status == 200


@pytest.mark.parametrize("path", ["/nowhere", "/index.html", "/page", "/.well-known/x", "/storiesx", "/a/static/x.js"])
def test_an_address_that_nobody_has_is_missed(path):
    assert (answer(path, named=()).status, answer(f"/sub{path}", named=(), prefix="/sub").status) == (404, 404)


@pytest.mark.parametrize("path", ["/sub", "/sub/", "/sub/static/x.js", "/"])
def test_below_a_path_the_page_is_there_and_above_it_the_app_says_what_is(path):
    assert answer(path, named=(), prefix="/sub").status == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]"])
def test_a_server_of_this_machine_alone_answers_to_its_names_alone(address):
    named = names(usual(address))
    assert all(is_answered(host, named) for host in ("localhost:8501", "127.0.0.1", "[::1]:8501"))
    assert not is_answered("evil.example", named)


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "10.0.0.7"])  # noqa: S104
def test_a_server_of_a_network_answers_to_every_name_as_long_as_none_is_named(address):
    assert names(usual(address)) == ()


def test_an_address_of_ours_has_a_longest_length():
    long = "a" * LONGEST
    assert answer(f"/stories/x.json?q={long}", named=()).status == 414
    assert answer(f"/stories/{long}", named=()).status == 414
    assert answer(f"/?q={long}", named=()).status == 200  # the page leaves aside what it cannot use


def test_a_websocket_by_another_name_is_closed_before_it_opens():
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "websocket", "path": "/_stcore/stream", "headers": [(b"host", b"evil.example")]}
    run(Hosts(None, named=BOARD)(scope, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]
