"""One HTML document with a whole board in it, which opens from disk and asks nobody for anything."""

import base64
import hashlib
import html
import json
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

from dashboard import assets, bundle
from dashboard.language import LANGUAGES, say, speaking
from dashboard.view import cleaned
from geo.wire import encode

LONGEST_TITLE = 80
# Without the same origin a frame has no part in the notebook around it.
RIGHTS = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"
PLACE = "display: block; width: 100%; height: 780px; border: 0"


def document(title: str, wire: bytes, map_module: str, view: Mapping[str, Any] | None = None) -> str:
    """The document. `wire` is the story as `geo.wire.encode` writes it, `map_module` its map as an ES module.

    `view`, as `dashboard.view.as_json` gives it, is what the document opens on when its address names no view. Texts
    of a story stand in the title, escaped, and in JSON without any `<`; nothing here is a template.
    """
    given = encode(
        {
            "view": dict(view) if view else None,
            "icons": dict(bundle.icons()),
            "version": version("caseboard"),
            "failed": _in_every_language(_failed),
        }
    )
    base_map = encode(json.loads(assets.BASE_MAP.read_bytes()))
    start = bundle.start()
    needed = "".join(f'<p lang="{name}">{text}</p>' for name, text in _in_every_language(_needed).items())
    lines = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy(start)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f'<link rel="icon" href="{bundle.picture(assets.ICON.name)}">',
        f"<title>{html.escape(cleaned(title, LONGEST_TITLE))} · Caseboard</title>",
        f"<style>{bundle.style()}</style>",
        "</head>",
        "<body>",
        '<main><div class="cb-board"></div></main>',
        f"<noscript>{needed}</noscript>",
        _inside("story", wire),
        _inside("basemap", base_map),
        _inside("given", given),
        f'<script type="text/plain" id="cb-modules">{bundle.packed(map_module)}</script>',
        f'<script type="module">{start}</script>',
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def frame(document: str) -> str:
    """The document inside another one, a notebook's for example, as a frame that shares nothing with it."""
    return f'<iframe title="Caseboard" sandbox="{RIGHTS}" style="{PLACE}" srcdoc="{html.escape(document)}"></iframe>'


def policy(script: str) -> str:
    """The Content-Security-Policy of a document with this one script: nothing from outside.

    `blob:` is where the script unpacks our modules to. Styles are free, because Leaflet and the board place things with
    them and folium brings some; they can load nothing.
    """
    directives = {
        "default-src": "'none'",
        "script-src": f"{_hash(script)} blob:",
        "style-src": "'unsafe-inline'",
        "img-src": "data: blob:",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _in_every_language(said: Callable[[], str]) -> dict[str, str]:
    """What is said before it is known who reads it, by language."""
    told = {}
    for name in LANGUAGES:
        with speaking(name):
            told[name] = said()
    return told


def _needed() -> str:
    return say("This board needs JavaScript. It loads nothing: all of it is in this file.")


def _failed() -> str:
    return say("This file did not open in this browser: {error}. A current Chrome, Edge, Firefox or Safari opens it.")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


def _inside(name: str, content: bytes) -> str:
    return f'<script type="application/json" id="cb-{name}">{content.decode("ascii")}</script>'
