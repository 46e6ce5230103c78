import base64
import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from dashboard.bases import IDS, ONLINE, SCHEMATIC, bases, tile_hosts
from dashboard.security import FIXED, Headers, ancestors, bare, inline_hashes, policy
from tests.asgi import get, run

DOCUMENT = '<html><script>let a = 1</script><script type="module" src="./x.js"></script></html>'


def answer(path="/", headers=None):
    return get(Headers(PlainTextResponse("hello", headers=headers), document=DOCUMENT), path)


def sources(name, path="/"):
    directives = dict(part.split(" ", 1) for part in answer(path).headers["content-security-policy"].split("; "))
    return directives[name].split()


def test_the_inline_script_of_the_document_is_allowed_by_its_hash_and_no_other():
    digest = base64.b64encode(hashlib.sha256(b"let a = 1").digest()).decode()
    assert inline_hashes(DOCUMENT) == (f"'sha256-{digest}'",)
    assert sources("script-src") == ["'self'", "blob:", "'wasm-unsafe-eval'", f"'sha256-{digest}'"]


def test_no_policy_allows_code_from_text_or_from_an_outside_host():
    assert "'unsafe-eval'" not in policy()
    assert "script-src 'self' blob: 'wasm-unsafe-eval';" in policy()
    assert "http" not in policy()
    assert "*" not in policy()


def test_pictures_come_from_this_host_only():
    assert sources("img-src") == ["'self'", "data:", "blob:"]


@pytest.mark.parametrize("base", ONLINE)
def test_the_tile_hosts_of_the_base_map_a_viewer_chose_are_allowed_and_no_others(base):
    assert sources("img-src", f"/?crew=chris&base={base}")[3:] == list(tile_hosts(base))
    assert tile_hosts(base)
    assert all(host.startswith("https://") and "*" not in host and "{" not in host for host in tile_hosts(base))


@pytest.mark.parametrize("base", [SCHEMATIC, "", "https://tiles.example", "*", "osm%20https://tiles.example", "OSM"])
def test_any_other_base_map_allows_nothing(base):
    assert sources("img-src", f"/?base={base}") == ["'self'", "data:", "blob:"]


@given(st.text().map(lambda text: text.encode("utf-8", "replace").decode()))
def test_no_query_gets_into_the_policy(text):
    shown = answer(f"/?base={text}&x={text}").headers["content-security-policy"]
    assert shown == answer("/").headers["content-security-policy"] or text.split("&")[0] in ONLINE


def test_every_answer_has_the_headers_once_whatever_the_app_has_set():
    given_by_app = {"Referrer-Policy": "unsafe-url", "content-security-policy": "default-src *", "X-Own": "stays"}
    headers = answer(headers=given_by_app).headers
    assert {name: headers[name.lower()] for name in FIXED} == FIXED
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-own"] == "stays"


@pytest.mark.parametrize("beginning", ["websocket.accept", "websocket.http.response.start"])
def test_a_websocket_has_the_headers_whether_it_opens_or_is_refused(beginning):
    sent = []

    async def app(scope, receive, send):
        await send({"type": beginning, "headers": [(b"x-own", b"stays")]})
        await send({"type": "websocket.send", "text": "hello"})

    async def send(message):
        sent.append(message)

    run(Headers(app, document=DOCUMENT)({"type": "websocket"}, None, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    assert {name: headers[name.lower()] for name in FIXED} == FIXED
    assert headers["x-own"] == "stays"
    assert sent[1] == {"type": "websocket.send", "text": "hello"}


def test_what_has_nothing_to_load_may_load_nothing():
    assert bare() == FIXED | {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}


def test_the_built_in_base_map_is_first_and_names_no_host():
    first, *online = bases()
    assert first == {"id": SCHEMATIC, "label": "Schematic"}
    assert [base["id"] for base in bases()] == list(IDS)
    assert len(online) >= 4


@pytest.mark.parametrize("base", bases()[1:], ids=lambda base: base["id"])
def test_an_online_base_map_needs_no_key_and_says_whose_it_is(base):
    assert base["url"].startswith("https://")
    assert {"{x}", "{y}", "{z}"} <= set(re.findall(r"\{.\}", base["url"]))
    assert "key" not in base["url"].lower()
    assert base["attribution"]


def frames(path="/", **settings):
    got = get(Headers(PlainTextResponse("hello"), document=DOCUMENT, **settings), path)
    return got.headers["content-security-policy"].partition("frame-ancestors ")[2]


@pytest.mark.parametrize("path", ["/?embed=true", "/?crew=chris&embed=TRUE", "/?embed=true&embed_options=light_theme"])
def test_the_board_alone_may_be_framed_by_anybody(path):
    assert frames(path) == "*"


@pytest.mark.parametrize("path", ["/", "/?embed=false", "/?embed=", "/?embedded=true", "/?q=embed=true", "/embed=true"])
def test_the_whole_page_is_framed_by_this_host_alone(path):
    assert frames(path) == "'self'"


def test_a_host_says_who_frames_the_whole_page():
    named = ancestors("https://news.example, 'self' *.school.example:8443")
    assert frames(frames=named) == "https://news.example 'self' *.school.example:8443"
    assert frames("/?embed=true", frames=named) == "*"


def test_a_host_that_wants_no_frames_has_none_at_all():
    assert frames(frames=ancestors("none")) == frames("/?embed=true", frames=ancestors("'none'")) == "'none'"


@pytest.mark.parametrize("text", ["", "  ", "self", "'self'", "SELF"])
def test_without_a_setting_it_is_this_host(text):
    assert ancestors(text) == ("'self'",)


@pytest.mark.parametrize(
    "text", ["https://a.example/x", "a b/c", "javascript:x", "'unsafe-inline'", "none *", "ä.example"]
)
def test_a_setting_that_a_policy_could_not_hold_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="CASEBOARD_FRAME_ANCESTORS names"):
        ancestors(text)


@given(st.text())
def test_no_setting_gets_another_directive_into_the_policy(text):
    try:
        named = ancestors(text)
    except ValueError:
        named = ("'self'",)
    assert policy((), (), named).count(";") == policy().count(";")
