import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from streamlit import file_util

from dashboard import gallery, keeping, shelf
from dashboard.room import Room
from dashboard.security import inline_hashes
from dashboard.style import FIRST
from dashboard.unfurl import Unfurl, address, head, split
from tests.asgi import get
from tests.cases.write import CASES
from tests.stories import EVENTS, PEOPLE, PLACES, TOML

DOCUMENT = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
PLAIN = DOCUMENT.encode()
HOSTILE = (CASES / "hostile_links.txt").read_text("utf-8").splitlines()


@pytest.fixture(autouse=True)
def _heat(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, "heat")


def page(answer=None, **named):
    return Unfurl(answer or HTMLResponse(DOCUMENT), DOCUMENT, **named)


def scope(*headers, scheme="http", **more):
    return {"scheme": scheme, "headers": [(n.encode(), v.encode()) for n, v in headers], **more}


# --- The document ---


def test_the_document_is_the_same_but_for_its_title_the_tags_and_the_rules_of_the_first_picture():
    body = get(page(), "/?crew=chris", host="a.example").body
    before, after = split(PLAIN)
    assert body.startswith(before)
    assert body.endswith(after)
    assert body == before + head(b"crew=chris", "http://a.example/") + FIRST.encode() + after
    assert before + b"<title>Streamlit</title>" + after == PLAIN


def test_the_tags_stand_in_the_head_after_the_encoding():
    body = get(page(), "/", host="a.example").body
    assert body.index(b"charset") < body.index(b"og:title") < body.index(b"</head>")
    assert body.count(b"<title>") == 1


def test_the_inline_scripts_stay_those_the_policy_allows():
    assert inline_hashes(get(page(), "/", host="a.example").body.decode()) == inline_hashes(DOCUMENT)


def test_the_length_is_that_of_the_new_document():
    answer = get(page(), "/", host="a.example")
    assert int(answer.headers["content-length"]) == len(answer.body) > len(PLAIN)


def test_a_head_request_is_told_the_length_of_the_new_document():
    async def only_the_head(scope, receive, send):
        headers = [(b"content-type", b"text/html"), (b"content-length", str(len(PLAIN)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    answer = get(page(only_the_head), "/", method="HEAD", host="a.example")
    assert answer.body == b""
    assert answer.headers["content-length"] == get(page(), "/", host="a.example").headers["content-length"]


def test_a_compressed_document_is_still_compressed():
    packed = Response(gzip.compress(PLAIN), media_type="text/html", headers={"Content-Encoding": "gzip"})
    answer = get(page(packed), "/", host="a.example")
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert gzip.decompress(answer.body) == get(page(), "/", host="a.example").body


def test_a_document_in_pieces_has_no_length_and_all_the_tags():
    async def pieces(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        for start in range(0, len(PLAIN), 700):
            more = start + 700 < len(PLAIN)
            await send({"type": "http.response.body", "body": PLAIN[start : start + 700], "more_body": more})

    answer = get(page(pieces), "/", host="a.example")
    assert "content-length" not in answer.headers
    assert answer.body == get(page(), "/", host="a.example").body


def test_the_whole_document_as_a_range_is_the_tagged_document():
    headers = {"Content-Range": f"bytes 0-{len(PLAIN) - 1}/{len(PLAIN)}"}
    answer = get(page(Response(PLAIN, 206, headers, "text/html")), "/", range="bytes=0-524287", host="a.example")
    assert answer.status == 200
    assert "content-range" not in answer.headers
    assert b"og:image" in answer.body


def test_the_tags_of_the_old_document_are_not_those_of_the_new_one():
    tagged = Response(PLAIN, headers={"ETag": '"1"', "Last-Modified": "then"}, media_type="text/html")
    assert not {"etag", "last-modified"} & get(page(tagged), "/", host="a.example").headers.keys()


@pytest.mark.parametrize(
    "other",
    [
        HTMLResponse("<html><head></head></html>"),
        HTMLResponse(DOCUMENT + " "),
        HTMLResponse("x" * 100_000),
        HTMLResponse(DOCUMENT, status_code=404),
        PlainTextResponse(DOCUMENT),
        Response(gzip.compress(b"x" * 10_000_000), media_type="text/html", headers={"Content-Encoding": "gzip"}),
        Response(b"no gzip", media_type="text/html", headers={"Content-Encoding": "gzip"}),
        Response(b"br", media_type="text/html", headers={"Content-Encoding": "br"}),
        Response(status_code=304, media_type="text/html"),
    ],
)
def test_any_other_answer_passes_as_it_is(other):
    assert get(page(other), "/", host="a.example") == get(other, "/", host="a.example")


def test_a_document_without_a_title_gets_the_tags_at_the_end_of_its_head():
    assert split(b"<head><meta></head><body>") == (b"<head><meta>", b"</head><body>")
    assert split(b"nothing") == (b"nothing", b"")


def test_a_request_that_sends_something_passes():
    assert get(page(), "/", method="POST", host="a.example").body == PLAIN


@given(st.binary(max_size=200))
def test_whatever_is_asked_for_the_document_stays_whole(query_string):
    before, after = split(PLAIN)
    tagged = head(query_string, "http://a.example/")
    assert tagged.startswith(b"<title>")
    assert tagged.count(b"<") == tagged.count(b">")
    assert b"<script" not in tagged.lower()
    assert before + tagged + after != PLAIN


@pytest.mark.parametrize(
    "hostile", ["%22%3E%3Cscript%3E1%3C/script%3E", "{{7*7191}}", "%00%1b%0a%E2%80%AE", "x" * 100_000, "'\"&lt;"]
)
@pytest.mark.parametrize("name", ["story", "crew", "at", "q", "event", "v", "nobody"])
def test_hostile_parameters_are_no_markup(name, hostile):
    tagged = head(f"{name}={hostile}".encode(), "http://a.example/").decode()
    assert tagged.count("<") == tagged.count(">") == 19
    assert "50337" not in tagged
    assert not any(ord(c) < 32 for c in tagged)


@pytest.mark.parametrize("link", HOSTILE)
def test_links_made_to_break_the_page_do_not_break_its_tags(link):
    tagged = head(link.encode(), "http://a.example/").decode()
    assert tagged.count("<") == tagged.count(">") == 19


# --- Whose story ---


def test_a_story_that_is_not_there_is_the_first_one():
    assert head(b"story=nobody", "") == head(b"", "")


def test_the_desk_of_an_author_is_told_of_without_a_story():
    assert b"Heat" not in head(b"own=file", "http://a.example/")


def test_a_story_somebody_brought_is_told_of_to_whoever_knows_its_id():
    kept = bring()
    assert b'og:title" content="Small"' in head(f"story={kept}".encode(), "http://a.example/")


def bring():
    named = keeping.names()
    texts = {"events.csv": EVENTS, "people.csv": PEOPLE, "places.csv": PLACES, "story.toml": TOML.format(kind="days")}
    keeping.keep(named.id, {name: text.encode() for name, text in texts.items()})
    return named.id


# --- Where the app is ---


def test_the_address_is_that_of_the_request():
    assert address(scope(("host", "maps.example.org"), scheme="https")) == "https://maps.example.org/"
    assert address(scope(("host", "[::1]:8501")), "/board") == "http://[::1]:8501/board/"
    assert address(scope(("host", "a"), root_path="/mounted/")) == "http://a/mounted/"


@pytest.mark.parametrize(
    "host", ["", "a b", "evil.example/path", 'a"><script>', "a@b", "-a", "a:port", "x" * 300, "a\u00e9"]
)
def test_a_host_that_is_none_is_no_address(host):
    assert address({"scheme": "http", "headers": [(b"host", host.encode("latin-1"))]}) == ""
    assert address(scope(("host", "a"), ("host", "b"))) == ""


def test_a_forwarded_host_is_not_believed():
    asked = scope(("host", "a.example"), ("x-forwarded-host", "evil.example"), ("x-forwarded-proto", "https"))
    assert address(asked) == "http://a.example/"


def test_an_address_the_host_names_is_the_one():
    body = get(page(public="https://maps.example.org/board/"), "/", host="evil.example").body
    assert b'content="https://maps.example.org/board/?story=heat"' in body
    assert b"evil" not in body


# --- The pictures ---


@pytest.fixture
def pictures(monkeypatch):
    monkeypatch.setattr(gallery, "_kept", Room())
    return Starlette(routes=[Route("/stories/{name}/picture.png", gallery.answer)])


def test_the_picture_of_a_view_is_served(pictures):
    answer = get(pictures, "/stories/heat/picture.png?crew=chris")
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/png"
    assert answer.body[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_picture_somebody_has_is_not_sent_again(pictures):
    first = get(pictures, "/stories/heat/picture.png")
    again = get(pictures, "/stories/heat/picture.png", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")


def test_the_picture_of_the_story_as_it_is_now_may_be_kept(pictures):
    digest = shelf.find("heat").wire.digest
    assert get(pictures, f"/stories/heat/picture.png?v={digest}").headers["cache-control"] == "public, max-age=86400"
    assert get(pictures, "/stories/heat/picture.png?v=old").headers["cache-control"] == "no-cache"


def test_the_picture_of_a_story_somebody_brought_is_kept_by_nobody_else(pictures):
    kept = bring()
    answer = get(pictures, f"/stories/{kept}/picture.png?v={shelf.find(kept).wire.digest}")
    assert (answer.status, answer.headers["cache-control"]) == (200, "private, max-age=86400")


def test_links_that_mean_the_same_have_one_picture(pictures):
    links = ("", "?panel=about&utm_source=x", "?story=heat", "?at=nonsense&crew=nobody", "?q=" + "x" * 90_000)
    assert len({get(pictures, f"/stories/heat/picture.png{link}").headers["etag"] for link in links}) == 1
    assert len(gallery._kept) == 1


def test_a_story_that_is_not_there_has_no_picture(pictures):
    assert get(pictures, "/stories/nobody/picture.png").status == 404


def test_too_many_at_a_time_are_asked_to_come_back(pictures):
    taken = [gallery._places.acquire(blocking=False) for _ in range(gallery.AT_ONCE + gallery.WAITING)]
    try:
        answer = get(pictures, "/stories/heat/picture.png")
    finally:
        for _ in filter(None, taken):
            gallery._places.release()
    assert answer.status == 429
    assert answer.headers["retry-after"]
    assert get(pictures, "/stories/heat/picture.png").status == 200


def test_the_pictures_kept_take_no_more_than_their_room(pictures, monkeypatch):
    monkeypatch.setattr(gallery, "_kept", Room(300_000))
    for minute in range(4):
        get(pictures, f"/stories/heat/picture.png?at=D8T11:3{minute}")
    assert 0 < gallery._kept.bytes <= 300_000


# --- Languages ---


def test_the_document_is_in_the_language_of_the_link_else_of_the_browser():
    def language(path, **headers):
        body = get(page(), path, host="a.example", **headers).body.decode()
        assert body.count("<html lang=") == 1
        return body.partition('<html lang="')[2][:2], body.partition('og:locale" content="')[2][:5]

    assert language("/?lang=es") == ("es", "es_ES")
    assert language("/", accept_language="es-MX,es;q=0.9,en;q=0.8") == ("es", "es_ES")
    assert language("/?lang=en", accept_language="es") == ("en", "en_US")
    assert language("/?lang=xx") == language("/?lang=es&lang=en") == language("/") == ("en", "en_US")


def test_a_cache_keeps_the_document_of_each_language_apart():
    assert get(page(), "/", host="a.example").headers["vary"] == "Accept-Language"


def test_a_link_that_is_shared_in_spanish_says_its_moment_in_spanish_and_so_does_its_picture(pictures):
    body = get(page(), "/?at=D8T12:40", host="a.example", accept_language="es").body.decode()
    assert 'og:description" content="Día 8, 12:40 (día supuesto)' in body
    assert "at=D8T12%3A40&amp;lang=es&amp;v=" in body
    assert 'og:url" content="http://a.example/?story=heat&amp;at=D8T12%3A40"' in body
    english, spanish = (get(pictures, f"/stories/heat/picture.png?{link}") for link in ("lang=en", "lang=es"))
    assert english.headers["etag"] == get(pictures, "/stories/heat/picture.png", accept_language="es").headers["etag"]
    assert english.headers["etag"] != spanish.headers["etag"]
