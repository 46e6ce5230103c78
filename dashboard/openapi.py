"""The description of the routes in OpenAPI 3.1, for programs that read a host's stories."""

import json
from functools import cache
from importlib.metadata import version
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dashboard.answers import ASK_AGAIN, answer
from dashboard.assets import Asset, asset
from dashboard.reads import FORMATS
from dashboard.view import LONGEST, MATCHES, MODES, MOST
from geo.export import MOST as MOST_EVENTS

LINK = "As in a link to the board."
ABOUT = (
    "What a Caseboard host tells other programs of its stories. Everything is only read. A parameter that is unknown, "
    "given twice or does not fit the story is answered with 400 and one sentence that names it; every refusal is one "
    "sentence of plain text. Times are on the story's own wall clock, without a zone."
)
INSTANT = (
    "An instant of the story: `D8T11:30` or `D8` in a story told in days, `1995-10-03T11:30` or `1995-10-03` in one "
    "with dates."
)
BOUNDS = "west,south,east,north in degrees, over the date line where west is greater."
TEXT = {"text/plain": {"schema": {"type": "string"}}}


def description() -> dict[str, Any]:
    """The whole document. Addresses are relative to where it stands, so that they hold below any prefix."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Caseboard", "version": version("caseboard"), "description": ABOUT},
        "servers": [{"url": "."}],
        "paths": {
            "/stories/{name}.json": _get(
                "The whole story, as the board reads it", [NAME, VERSION], {"application/json": {"type": "object"}}
            ),
            **{
                f"/stories/{{name}}/events.{ending}": _get(
                    f"Events as {ending.upper()}: all, or those that the parameters leave; of a large story at most "
                    f"{MOST_EVENTS[ending]:,}",
                    [NAME, *FILTERS, VERSION],
                    {wanted.media_type: {"type": "object" if ending == "geojson" else "string"}},
                    busy=True,
                )
                for ending, wanted in FORMATS.items()
            },
            "/stories/{name}/picture.png": _get(
                "A picture of the map at a moment, 1200 by 630; a parameter of a link that does not fit is left aside",
                [NAME, *(_any_text(one) for one in FILTERS if one["name"] not in {"from", "to", "bounds"}), VERSION],
                {"image/png": {"type": "string", "contentMediaType": "image/png"}},
                strict=False,
            ),
            "/stories/{name}/bins": _get(
                "How many events of a large story there are by cell of the map, step of time and group. x and y are "
                "those of each cell, each as the difference from the one before. A series is what one cell and one "
                "group have: cell (a difference) and group are its indices, length how many steps of it have events. "
                "step (differences within a series) and count are those of all series, one after the other",
                [NAME, *(one for one in FILTERS if one["name"] in BINNED), *CELLS, STEPS, VERSION],
                {"application/json": {"type": "object"}},
                busy=True,
            ),
            "/stories/{name}/few": _get(
                "The events of a large story in those cells, where they are no more than 5,000; else how many they are",
                [NAME, *(one for one in FILTERS if one["name"] in BINNED), *CELLS, VERSION],
                {"application/json": {"type": "object"}},
                busy=True,
            ),
            "/stories/{name}/people": _get(
                "The events of the people chosen in a large story, as a story that the board reads: at most 20,000",
                [NAME, *(one for one in FILTERS if one["name"] in CHOSEN), VERSION],
                {"application/json": {"type": "object"}},
                busy=True,
            ),
            "/healthz": _get("Whether the process is up", [], {"text/plain": {"type": "string"}}, story=False),
            "/readyz": _get(
                "Whether stories can be shown and, where the host saves them, saved",
                [],
                {"text/plain": {"type": "string"}},
                story=False,
                busy=True,
            ),
            "/openapi.json": _get("This document", [], {"application/json": {"type": "object"}}, story=False),
        },
    }


def openapi(request: Request) -> Response:
    """`openapi.json`."""
    return answer(request, _document(), ASK_AGAIN)


@cache
def _document() -> Asset:
    return asset(json.dumps(description(), separators=(",", ":")).encode(), "application/json")


def _get(
    summary: str,
    parameters: list[dict[str, Any]],
    found: dict[str, Any],
    *,
    story: bool = True,
    strict: bool = True,
    busy: bool = False,
) -> dict[str, Any]:
    """One path that is read; `story`: of one story, which may be missing; `busy`: it may be too busy to answer."""
    answers: dict[str, Any] = {
        "200": {"description": summary, "content": {kind: {"schema": schema} for kind, schema in found.items()}}
    }
    if story:
        answers["304"] = {"description": "Nothing has changed since the answer with the ETag in If-None-Match"}
        answers["404"] = _refusal("There is no such story")
        answers["414"] = _refusal("The address is too long")
        answers["429"] = _refusal("Asked too often; Retry-After says when to come back")
    if story and strict:
        answers["400"] = _refusal("A parameter is unknown or does not fit the story")
    if busy:
        answers["503"] = _refusal("Not at the moment")
    return {"get": {"summary": summary, "parameters": parameters, "responses": dict(sorted(answers.items()))}}


def _refusal(said: str) -> dict[str, Any]:
    return {"description": said, "content": TEXT}


def _query(name: str, said: str, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": said, "schema": schema, **more}


def _one_of(*words: str) -> dict[str, Any]:
    """One of these, or nothing at all: an empty parameter is none."""
    return {"type": "string", "enum": ["", *words]}


def _any_text(parameter: dict[str, Any]) -> dict[str, Any]:
    """The same parameter where a text that means nothing is no mistake."""
    return parameter | {"schema": {"type": "array", "items": _TEXT} if parameter.get("explode") else _TEXT}


_TEXT = {"type": "string"}
_WORD = {"type": "string", "maxLength": LONGEST}
_NUMBER = {"type": "string", "pattern": "^([0-9]{1,6})?$"}
NAME = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The id of a story; `story` in a link",
    "schema": {"type": "string", "minLength": 1},
}
VERSION = _query("v", "The digest of the story as it is now: then the answer may be kept for ever", _TEXT)
FILTERS = [
    _query(
        "crew",
        "The id of a person; may be repeated. Their tracks are part of the answer where the format has lines",
        {"type": "array", "items": _WORD, "maxItems": MOST},
        explode=True,
    ),
    _query(
        "match",
        "any: events of some person chosen; all: of every one; only: of nobody else of their groups",
        _one_of(*MATCHES),
    ),
    _query("q", f"Every one of these words is in the event's texts or names. {LINK}", _WORD),
    _query("stated", "1: only events whose time is stated", _one_of("1")),
    _query("place", "The id of a place: only events there", _WORD),
    _query("at", f"What the board shows at this instant, in `mode`; without it, the whole story. {INSTANT}", _WORD),
    _query(
        "mode",
        "Together with `at`. so-far: what has begun by then; window: of that, what was under way within `span` before; "
        "moment: what is happening, and what began last",
        _one_of(*MODES),
    ),
    _query("span", "Together with `at` and mode=window: 90m, 6h, 3d, 2w", _WORD),
    _query(
        "from",
        "Only events under way at this instant or later; one that is over exactly then is left out. [from, to) is "
        f"half-open. In a link these two are the marks of the loop. {INSTANT}",
        _WORD,
    ),
    _query(
        "to", f"Only events that begin before this instant; one that begins exactly then is left out. {INSTANT}", _WORD
    ),
    _query("bounds", f"Only events at a place inside of these. {BOUNDS}", _WORD),
]
CHOSEN = {"crew", "from", "to"}
BINNED = {"crew", "match", "q", "from", "to"}
CELLS = [
    _query("bounds", f"Which part of the map: the cells that touch these. Else the world. {BOUNDS}", _WORD),
    _query("zoom", "2 to this power cells lie from edge to edge of the world in Web Mercator. Else 0", _NUMBER),
]
STEPS = _query("steps", "The interval is counted in so many steps of the same length. Else 1", _NUMBER)
