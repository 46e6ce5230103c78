"""The headers on every answer: what a page of this app may load, and from where.

Nothing comes from an outside host, and no text is turned into code. One exception is the viewer's own choice: a page
asked for with `base=<online base map>` may load pictures from exactly that map's tile servers.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.bases import tile_hosts

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
LONGEST_QUERY = 100_000
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def inline_hashes(document: str) -> tuple[str, ...]:
    """The sources that allow exactly the inline scripts `document` has, as a policy writes them."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(document))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def policy(scripts: Iterable[str] = (), pictures: Iterable[str] = ()) -> str:
    """The Content-Security-Policy, with these sources beside the fixed ones."""
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
        "frame-ancestors": ("'self'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


class Headers:
    """ASGI middleware that puts the headers on every answer, in the place of any the app has set under these names.

    `document` is the HTML the app answers with; its inline scripts are the only ones that run.
    """

    def __init__(self, app: ASGIApp, document: str) -> None:
        self._app = app
        self._scripts = inline_hashes(document)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        pictures = tile_hosts(_base(scope.get("query_string", b"")))
        headers = FIXED | {"Content-Security-Policy": policy(self._scripts, pictures)}
        ours = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        names = {name for name, _ in ours}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [header for header in message.get("headers", ()) if header[0].lower() not in names]
                message = {**message, "headers": [*kept, *ours]}
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _base(query_string: bytes) -> str:
    """What the document was asked for as its base map, or nothing."""
    if b"base=" not in query_string or len(query_string) > LONGEST_QUERY:
        return ""
    query = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)
    return next((value for name, value in query if name == "base"), "")
