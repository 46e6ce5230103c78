"""Our modules and styles in one piece of text, for a document that has nobody to ask for them.

The modules travel as JSON, gzip and base64: a list of names with their texts, cut where a text names a module that it
imports, each after those. `static/boot.js` puts the address of each into the texts of the next ones.
"""

import base64
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache

from dashboard import assets
from dashboard.wording import words

ENTRY, START = "file.js", "boot.js"
LAZY = ("roster.js", "storylines.js", "meetings.js", "about.js")
STYLES = tuple(dict.fromkeys((*assets.STYLES, "panels.css", "print.css", "file.css")))
MAP, LEAFLET, WORDS = "map.mjs", "leaflet.js", "spanish.mjs"

# An import stands on a line of its own, as a test of the architecture holds.
_IMPORT = re.compile(r"""(?m)^import [^'"\n]*'\./([\w-]+\.js)';$""")
_NAME = re.compile(r"'\./([\w-]+\.js)'")
_PICTURE = re.compile(r"url\(images/([\w-]+\.png)\)")
_MARKER = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}

Modules = list[tuple[str, list[str]]]


def packed(map_module: str) -> str:
    """Every module a file needs and `map_module`, as base64 of gzip. Equal maps give equal text."""
    modules: Modules = [*_ours(), (MAP, [map_module])]
    text = json.dumps(modules, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode("ascii")


@cache
def style() -> str:
    """The styles one after the other, with the pictures they name inside."""
    text = "\n".join(_text(name) for name in STYLES)
    return _PICTURE.sub(lambda named: f"url({picture(f'leaflet/images/{named[1]}')})", text)


@cache
def start() -> str:
    """The one script that stands in the document as it is, with the ends of lines that its hash is taken of."""
    return _text(START).replace("\r\n", "\n")


@cache
def icons() -> Mapping[str, str]:
    """Options for the markers of Leaflet: their pictures as addresses."""
    return {option: picture(f"leaflet/images/{name}") for option, name in _MARKER.items()}


def picture(name: str) -> str:
    """A file as a `data:` address."""
    file = assets.files()[name]
    return f"data:{file.media_type};base64,{base64.b64encode(file.body).decode('ascii')}"


def parts(text: str) -> list[str]:
    """The text of a module and the names of those it imports in turn: text, name, text, ..., text."""
    found: list[str] = []
    end = 0
    for statement in _IMPORT.finditer(text):
        if (name := _NAME.search(text, statement.start(), statement.end())) is not None:
            found += [text[end : name.start() + 1], name[1]]
            end = name.end() - 1
    return [*found, text[end:]]


@cache
def _ours() -> Modules:
    ours = {name: _text(name) for name in _ordered()}
    table = json.dumps(words(ours.values()), ensure_ascii=False)
    return [
        *((name, parts(f"{text}\n//# sourceURL={name}\n")) for name, text in ours.items()),
        (LEAFLET, [_text(f"leaflet/{LEAFLET}")]),
        (WORDS, [f"export default {table};\n"]),
    ]


def _ordered() -> Iterator[str]:
    """The modules reached from the entry and from the panels, each after those it imports."""
    done: set[str] = set()

    def reached(name: str, above: tuple[str, ...]) -> Iterator[str]:
        if name in above:
            raise ValueError(f"modules import each other in a circle: {' -> '.join((*above, name))}")
        if name in done:
            return
        for needed in parts(_text(name))[1::2]:
            yield from reached(needed, (*above, name))
        done.add(name)
        yield name

    for entry in (ENTRY, *LAZY):
        yield from reached(entry, ())


def _text(name: str) -> str:
    return assets.files()[name].body.decode("utf-8")
