"""What a browser loads once and keeps: our modules and styles, Leaflet, the coordinates of the base map.

All of it is read when first asked for and then kept in memory; its one digest is part of every address, so that an
address never means two things and the imports of one module inherit it.
"""

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from xstatic.pkg import leaflet

import geo
from dashboard.language import LANGUAGES, language
from dashboard.wording import words

STATIC = Path(__file__).resolve().parent / "static"
ICON = STATIC / "icon.svg"
WORDS = "spanish.json"
STYLES = ("leaflet/leaflet.css", "board.css", "timeline.css", "print.css")
BASE_MAP = Path(geo.__file__).resolve().parent / "data" / "basemap.json"
LEAFLET = Path(leaflet.BASE_DIR)
LEAFLET_FILES = ("leaflet.js", "leaflet.css", "images/*.png")
TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml"}
COMPRESSIBLE = frozenset(TYPES.values())


class Asset(NamedTuple):
    """One file as it is sent; `compressed` is empty where gzip would not make it smaller."""

    body: bytes
    compressed: bytes
    media_type: str
    digest: str


def asset(body: bytes, media_type: str) -> Asset:
    """The body of a file with its compressed twin and 16 digits that change with it."""
    compressed = gzip.compress(body, mtime=0) if media_type in COMPRESSIBLE else b""
    smaller = compressed if len(compressed) < len(body) else b""
    return Asset(body, smaller, media_type, hashlib.sha256(body).hexdigest()[:16])


@cache
def files() -> dict[str, Asset]:
    """Path below `assets/<digest>/` -> file."""
    found = {name: asset(path.read_bytes(), _media_type(path)) for name, path in _paths()}
    spoken = words(path.read_text("utf-8") for path in STATIC.glob("*.js"))
    return {**found, WORDS: asset(json.dumps(spoken, ensure_ascii=False).encode(), TYPES[".json"])}


@cache
def digest() -> str:
    """16 digits that change when any of the files does."""
    whole = hashlib.sha256()
    for name, file in sorted(files().items()):
        whole.update(f"{name} {file.digest}\n".encode())
    return whole.hexdigest()[:16]


def url(name: str) -> str:
    """Where a file is, relative to the page, so that it holds under any prefix a proxy adds."""
    return f"assets/{digest()}/{name}"


def spoken() -> dict[str, str]:
    """What a component needs to speak the language of its viewer: that language, and where its words are."""
    return {"lang": language(), "words": "" if language() == LANGUAGES[0] else url(WORDS)}


def loader(name: str) -> str:
    """The code of a component that is one of our modules; one line of it Streamlit would take for a path."""
    return f"""
export default async function (component) {{
  const module = await import(new URL('{url(name)}', document.baseURI).href);
  return module.default(component);
}}
"""


def _paths() -> Iterator[tuple[str, Path]]:
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            yield path.relative_to(STATIC).as_posix(), path
    for pattern in LEAFLET_FILES:
        for path in sorted(LEAFLET.glob(pattern)):
            yield f"leaflet/{path.relative_to(LEAFLET).as_posix()}", path
    yield "basemap.json", BASE_MAP


def _media_type(path: Path) -> str:
    return TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
