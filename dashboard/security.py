"""The headers on every answer: what a page of this app may load, from where, and who may frame it.

Nothing comes from an outside host, and no text is turned into code. One exception is the viewer's own choice: a page
asked for with `base=<online base map>` may load pictures from exactly that map's tile servers. The board alone,
`embed=true`, may be framed by anybody; the whole page by whom the host names in `CASEBOARD_FRAME_ANCESTORS`.
"""

import base64
import hashlib
import os
import re
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.bases import tile_hosts

Sources = tuple[str, ...]

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Streamlit imports the code of a component that stands in Python from a blob. Its protobuf reader compiles a few bytes
# of WebAssembly, which this word allows and JavaScript from text it does not.
SCRIPTS = ("'self'", "blob:", "'wasm-unsafe-eval'")
PICTURES = ("'self'", "data:", "blob:")
FRAMES = "CASEBOARD_FRAME_ANCESTORS"
HERE, NOBODY, ANYBODY = "'self'", "'none'", "*"
LONGEST_QUERY = 100_000
# What begins an answer: to a request, to a websocket that is refused, to one that is opened.
BEGINNINGS = {"http.response.start", "websocket.http.response.start", "websocket.accept"}
# A scheme, or a host with or without a scheme and a port, as a policy names it (CSP Level 3, 2.3.1).
_SOURCE = re.compile(r"https?:|(https?://)?(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:([0-9]{1,5}|\*))?")
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def inline_hashes(document: str) -> Sources:
    """The sources that allow exactly the inline scripts `document` has, as a policy writes them."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(document))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def ancestors(text: str) -> Sources:
    """Who may frame the whole page, from a setting such as "https://news.example *.school.example".

    Nothing means this host itself, `none` means nobody. Raises ValueError with a sentence for anything else.
    """
    named = [{"self": HERE, "none": NOBODY}.get(word.strip("'").lower(), word) for word in re.split(r"[\s,;]+", text)]
    named = [word for word in named if word]
    wrong = [word for word in named if word not in {HERE, NOBODY, ANYBODY} and not _SOURCE.fullmatch(word)]
    if wrong:
        raise ValueError(f"{FRAMES} names '{wrong[0]}'; write hosts like https://news.example, self, none or *")
    if NOBODY in named and len(named) > 1:
        raise ValueError(f"{FRAMES} names none beside others; leave out one of them")
    return tuple(dict.fromkeys(named)) or (HERE,)


def embeddable() -> bool:
    """Whether the host lets others frame the board alone."""
    return ancestors(os.environ.get(FRAMES, "")) != (NOBODY,)


@lru_cache(maxsize=64)
def policy(scripts: Sources = (), pictures: Sources = (), frames: Sources = (HERE,)) -> str:
    """The Content-Security-Policy, with these sources beside the fixed ones; `frames` may frame the page."""
    directives = {
        "default-src": ("'none'",),
        "script-src": (*SCRIPTS, *scripts),
        "style-src": ("'self'", "'unsafe-inline'"),
        "img-src": (*PICTURES, *pictures),
        "font-src": ("'self'", "data:"),
        "connect-src": ("'self'",),
        "media-src": ("'self'",),
        "frame-src": ("'self'",),
        "worker-src": ("'self'", "blob:"),
        "manifest-src": ("'self'",),
        "object-src": ("'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
        "frame-ancestors": frames,
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def bare() -> dict[str, str]:
    """The headers of an answer that is a sentence and has nothing to load."""
    return FIXED | {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}


class Headers:
    """ASGI middleware that puts the headers on every answer, in the place of any the app has set under these names.

    `document` is the HTML the app answers with; its inline scripts are the only ones that run. `frames` may frame the
    whole page; where nobody may, nobody may frame the board alone either.
    """

    def __init__(self, app: ASGIApp, document: str, frames: Sources = (HERE,)) -> None:
        self._app = app
        self._scripts = inline_hashes(document)
        self._frames = frames
        self._embedding = frames if frames == (NOBODY,) else (ANYBODY,)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        base, embed = _asked(scope.get("query_string", b""))
        told = policy(self._scripts, tile_hosts(base), self._embedding if embed else self._frames)
        headers = FIXED | {"Content-Security-Policy": told}
        ours = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        names = {name for name, _ in ours}

        async def send_with_headers(message: Message) -> None:
            if message["type"] in BEGINNINGS:
                kept = [header for header in message.get("headers", ()) if header[0].lower() not in names]
                message = {**message, "headers": [*kept, *ours]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _asked(query_string: bytes) -> tuple[str, bool]:
    """What the document was asked for as its base map, or nothing, and whether to be embedded."""
    if (b"base=" not in query_string and b"embed=" not in query_string) or len(query_string) > LONGEST_QUERY:
        return "", False
    query = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    base = next((value for name, value in query if name == "base"), "")
    return base, any(name == "embed" and value.lower() == "true" for name, value in query)
