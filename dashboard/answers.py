"""How an answer is given over HTTP: packed for who takes it, not again to who has it, refused in one sentence."""

from collections.abc import Awaitable, Callable, Mapping
from inspect import iscoroutinefunction

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from dashboard.assets import Asset

FOR_EVER = "public, max-age=31536000, immutable"
FOR_EVER_HERE = "private, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
ASK_AGAIN_HERE = "private, no-cache"
READING = "GET, HEAD, OPTIONS"
# What lets a page of any other site read an answer.
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}
BEFORE = {
    "Access-Control-Allow-Methods": READING,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}

Answering = Callable[[Request], Response] | Callable[[Request], Awaitable[Response]]


class Reading:
    """An endpoint that nobody can write to: GET and HEAD are answered by `answering`, OPTIONS with what is allowed.

    `answering` runs in a thread, unless it is a coroutine.

    Every answer may be read from any other site where `is_public` says so of the request; `answering` finds that in the
    request's state.
    """

    def __init__(self, answering: Answering, is_public: Callable[[Request], bool] = lambda _: False) -> None:
        self._answering = answering
        self._is_public = is_public

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        public = request.state.is_public = self._is_public(request)
        if request.method == "OPTIONS":
            response = Response(status_code=204, headers={"Allow": READING, **(BEFORE if public else {})})
        elif request.method not in {"GET", "HEAD"}:
            response = refused(405, "This address is only read; ask with GET.", {"Allow": READING})
        else:
            waits = iscoroutinefunction(self._answering)
            response = await (self._answering(request) if waits else run_in_threadpool(self._answering, request))
        if public:
            response.headers.update(ANYWHERE)
        await response(scope, receive, send)


def answer(request: Request, found: Asset, caching: str) -> Response:
    """The file, or 304 without it for a browser that has it."""
    packed = bool(found.compressed) and takes_gzip(request.headers.get("accept-encoding", ""))
    tag = f'"{found.digest}{"-gzip" if packed else ""}"'
    headers = {"Cache-Control": caching, "ETag": tag, "Vary": "Accept-Encoding"}
    if has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    if packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found.compressed if packed else found.body, media_type=found.media_type, headers=headers)


def refused(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    """One sentence of plain text, which no cache keeps."""
    return PlainTextResponse(sentence, status, {"Cache-Control": "no-store", **(headers or {})})


def has(if_none_match: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag; a weak one is as good (RFC 9110, 13.1.2)."""
    named = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return tag in named or "*" in named


def takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header allows gzip; `gzip;q=0` forbids it."""
    for coding in accepted.split(","):
        name, _, weight = coding.partition(";")
        if name.strip().lower() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
