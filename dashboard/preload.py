"""What a browser may ask for before Streamlit has started: our modules, styles and the story, in a `Link` header.

Streamlit asks for them only after its own code has run; by the header (RFC 8288) they come meanwhile.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import assets, shelf
from dashboard.language import speaking
from dashboard.preview import parameters, spoken
from dashboard.unfurl import accepted

LONGEST_QUERY = 100_000
# The module of Streamlit that mounts a component, and what it imports.
MOUNT = "BidiComponent.*.js"
HEAD = 20_000  # characters; imports stand at the head of a module
_IMPORTS = re.compile(r"""(?:from|import)\s*["'`]\./([\w.-]+\.js)["'`]""")


class Preloads:
    """ASGI middleware that adds the header to every HTML document the app answers with.

    `streamlit` is the folder of Streamlit's own files as they are served.
    """

    def __init__(self, app: ASGIApp, streamlit: Path) -> None:
        self._app = app
        self._streamlit = streamlit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200 and _is_html(message):
                asked = links(scope.get("query_string", b""), self._streamlit, accepted(scope))
                value = ", ".join(asked).encode("ascii")
                message = {**message, "headers": [*message["headers"], (b"link", value)]}
            await send(message)

        await self._app(scope, receive, send_with_links if scope["type"] == "http" else send)


def links(query_string: bytes, streamlit: Path, languages: str = "") -> Iterator[str]:
    """The links for a document asked for with this query, addresses relative to the document.

    `languages` are those that whoever asks would read, as in `Accept-Language`.
    """
    yield from _fixed(streamlit)
    opened = _story(query_string)
    if opened is not None and opened.story is not None and opened.wire is not None and opened.map_module is not None:
        yield f"<{shelf.map_url(opened.story, opened.map_module)}>; rel=modulepreload"
        if opened.story.meta.events is not None:
            yield from _large()
        with speaking(spoken(parameters(query_string), languages)):
            words = assets.spoken()["words"]
        for address in filter(None, (shelf.story_url(opened.story, opened.wire), assets.url("basemap.json"), words)):
            yield f"<{address}>; rel=preload; as=fetch; crossorigin"


def _story(query_string: bytes) -> shelf.Opened | None:
    """The story the page will open, the one named, else the first; not one whose engine has to be asked before.

    The loop that serves everybody waits for this.
    """
    stories = shelf.stories()
    query = parse_qs(query_string.decode("latin-1")) if len(query_string) <= LONGEST_QUERY else {}
    if "own" in query:  # the desk of an author, without a board
        return None
    name = query.get("story", [""])[0]
    if name not in stories and (found := shelf.find(name)) is not None:
        return found
    folder = stories.get(name) or next(iter(stories.values()), None)
    return None if folder is None else shelf.at_hand(folder)


@cache
def _large() -> tuple[str, ...]:
    """What the board of a large story loads beside that of any other."""
    usual = _ours()
    return tuple(f"<{assets.url(name)}>; rel=modulepreload" for name in _ours("large.js") if name not in usual)


def _ours(*more: str) -> list[str]:
    return _reached(["board.js", "leaflet/leaflet.js", *more], lambda name: assets.files()[name].body.decode("utf-8"))


@cache
def _fixed(streamlit: Path) -> tuple[str, ...]:
    ours = _ours()
    folder = streamlit / "static" / "js"
    theirs = _reached([path.name for path in folder.glob(MOUNT)], lambda name: (folder / name).read_text("utf-8"))
    scripts = (*(assets.url(name) for name in ours), *(f"static/js/{name}" for name in theirs))
    return (
        *(f"<{assets.url(name)}>; rel=preload; as=style" for name in assets.STYLES),
        *(f"<{address}>; rel=modulepreload" for address in scripts),
    )


def _reached(entries: list[str], text: Callable[[str], str]) -> list[str]:
    """The modules that these import, themselves included; Streamlit's own start (index) comes without being named."""
    waiting, found = list(entries), []
    while waiting:
        name = waiting.pop()
        if name not in found and not name.startswith("index."):
            found.append(name)
            waiting.extend(_IMPORTS.findall(text(name)[:HEAD]))
    return sorted(found)


def _is_html(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message.get("headers", ())}
    return headers.get(b"content-type", b"").startswith(b"text/html")
