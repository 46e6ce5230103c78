"""ASGI middleware that puts into the page's document what a link says of itself, each link for itself.

Those who unfurl links run no script, so it has to stand in the document. Nothing else of the document changes: its
`<title>` is replaced by ours, the tags follow it and the rules that the first picture needs, and no script is among
them.
"""

import gzip
import re
import zlib
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import glimpse, shelf
from dashboard.language import language, speaking
from dashboard.preview import nothing, parameters, preview, spoken, tags
from dashboard.style import FIRST
from dashboard.view import parse

# A name or an address with a port; anything else is no host, whatever a request says.
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
SMALL = 9  # of gzip, as Streamlit has it
DROPPED = {b"content-length", b"content-range", b"etag", b"last-modified"}
_LANGUAGE = b'<html lang="en">'
_TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)


class Split(NamedTuple):
    """The document around the place of the tags."""

    before: bytes
    after: bytes


def split(document: bytes) -> Split:
    """Around its title, or else before the end of its head; a document without either stays as it is."""
    found = _TITLE.search(document)
    start, end = found.span() if found else (document.find(b"</head>"),) * 2
    return Split(document[:start], document[end:]) if start >= 0 else Split(document, b"")


def address(scope: Scope, prefix: str = "") -> str:
    """Where the app is for whoever asks, ending in a slash; empty where the request does not say.

    The host is that of the `Host` header, the scheme that of the connection as the server reports it, which may have it
    from a proxy it trusts. `X-Forwarded-Host` is not believed: the server cannot tell who wrote it.
    """
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"host"]
    if len(hosts) != 1 or not HOST.fullmatch(hosts[0]) or scope.get("scheme") not in {"http", "https"}:
        return ""
    return f"{scope['scheme']}://{hosts[0]}{prefix or scope.get('root_path', '').rstrip('/')}/"


def accepted(scope: Scope) -> str:
    """The languages that whoever asks would read."""
    values = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"accept-language"]
    return ", ".join(values)


def head(query_string: bytes, base: str) -> bytes:
    """The elements for a document asked for with this query; `base` is the app's address or empty.

    They are in the language spoken.
    """
    given = parameters(query_string)
    opened = None if "own" in given else shelf.find(given.get("story", [""])[0])
    if opened is None and "own" not in given and (stories := shelf.stories()):
        opened = shelf.opened_in_turn(next(iter(stories.values())))
    if opened is None or opened.story is None or opened.wire is None:
        return tags(nothing(), base).encode()
    view = parse(given, opened.story)[0]
    said = preview(opened.story, view, opened.wire.digest, glimpse.shown(opened, view))
    return tags(said, base).encode("utf-8", "replace")


class Unfurl:
    """Answers with `document`, and with no other, together with its tags.

    `prefix` is where the app is below its host, `public` its whole address where the host names it: then requests are
    not asked.
    """

    def __init__(self, app: ASGIApp, document: str, prefix: str = "", public: str = "") -> None:
        self._app = app
        self._document = document.encode()
        self._split = split(self._document)
        self._prefix = prefix
        self._public = f"{public.rstrip('/')}/" if public else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        extensions = {k: v for k, v in (scope.get("extensions") or {}).items() if k != "http.response.pathsend"}
        await self._app({**scope, "extensions": extensions}, receive, _Held(self, scope, send))

    def is_document(self, body: bytes, gzipped: bool) -> bool:
        """Whether a whole body is the document."""
        if gzipped:
            try:
                body = zlib.decompressobj(31).decompress(body, len(self._document) + 1)
            except zlib.error:
                return False
        return body == self._document

    @property
    def size(self) -> int:
        """Bytes of the document as it is without tags."""
        return len(self._document)

    async def tagged(self, scope: Scope) -> bytes:
        """The document with the tags for a request."""
        base, query = self._public or address(scope, self._prefix), scope.get("query_string", b"")
        before, after = self._split
        with speaking(spoken(parameters(query), accepted(scope))):
            before = before.replace(_LANGUAGE, b'<html lang="%s">' % language().encode(), 1)
            return before + await run_in_threadpool(head, query, base) + FIRST.encode() + after


class _Held:
    """The `send` of one request: holds back what may be the document until it is whole, and lets all else pass."""

    def __init__(self, unfurl: Unfurl, scope: Scope, send: Send) -> None:
        self._unfurl, self._scope, self._send = unfurl, scope, send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._may_be_document(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] != "http.response.body":
            await self._let_go()
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._end()
            elif len(self._body) > self._unfurl.size:
                await self._let_go(more=True)

    def _may_be_document(self, start: Message) -> bool:
        headers = _headers(start)
        whole = f"bytes 0-{self._unfurl.size - 1}/{self._unfurl.size}".encode()
        is_whole = start["status"] == 200 or (start["status"] == 206 and headers.get(b"content-range") == whole)
        return is_whole and headers.get(b"content-type", b"").startswith(b"text/html")

    async def _end(self) -> None:
        if self._start is None:
            return
        headers = _headers(self._start)
        coding = headers.get(b"content-encoding", b"")
        asked_head = self._scope["method"] == "HEAD"
        if asked_head:
            found = headers.get(b"content-length") == str(self._unfurl.size).encode()
        else:
            found = coding in {b"", b"gzip"} and self._unfurl.is_document(self._body, coding == b"gzip")
        if not found:
            await self._let_go()
            return
        body = await self._unfurl.tagged(self._scope)
        if coding == b"gzip":
            body = gzip.compress(body, SMALL, mtime=0)
        kept = [header for header in self._start["headers"] if header[0].lower() not in DROPPED]
        if b"content-length" in headers:
            kept.append((b"content-length", str(len(body)).encode()))
        kept.append((b"vary", b"Accept-Language"))
        await self._send({**self._start, "status": 200, "headers": kept})
        await self._send({"type": "http.response.body", "body": b"" if asked_head else body, "more_body": False})

    async def _let_go(self, more: bool = False) -> None:
        """Sends what was held as it came."""
        if self._start is not None:
            start, self._start = self._start, None
            await self._send(start)
            await self._send({"type": "http.response.body", "body": self._body, "more_body": more})


def _headers(message: Message) -> dict[bytes, bytes]:
    return {name.lower(): value for name, value in message.get("headers", ())}
