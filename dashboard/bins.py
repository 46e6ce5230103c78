"""Large stories over HTTP: how many events by cell, step and group, and the events themselves where they are few."""

import re
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import engines, shelf
from dashboard.answers import ASK_AGAIN, ASK_AGAIN_HERE, answer, refused
from dashboard.engines import Engine
from dashboard.flights import landed
from dashboard.narrowing import NARROWING, Readers, Refusal, read_fields, sentence
from dashboard.reads import NO_STORY, SECONDS, caching
from dashboard.shelf import Opened
from geo.errors import EngineError, GeoError
from geo.query import Query
from geo.story import Story
from geo.wire import encode

MOST_FEW = 5_000
PATIENCE = 20.0  # seconds for an engine to answer
ALONE = "This story is told event by event; ask for its events instead."


class Asked(NamedTuple):
    """One question about one large story; `key` is the story as it is now."""

    opened: Opened
    story: Story
    engine: Engine
    query: Query
    version: str
    key: tuple[str, str]


Work = Callable[[Asked, threading.Event], bytes]


async def bins(request: Request) -> Response:
    """`stories/<name>/bins`: how many events there are by cell, step of time and group, see `geo.bins_json`.

    `bounds`, `zoom` and `steps` say which and how fine; crew, match, q, from and to are those of a link. Once nobody
    waits for an answer any more, the engine gives it up.
    """
    return await _answered(request, _bins, READERS)


async def few(request: Request) -> Response:
    """`stories/<name>/few`: the events in the cells of `zoom` that touch `bounds`, as the board reads them.

    More than 5,000 are only counted: then `events` and `places` are left out.
    """
    return await _answered(request, _few, {name: READERS[name] for name in READERS if name != "steps"})


async def _answered(request: Request, work: Work, readers: Readers) -> Response:
    try:
        asked = await run_in_threadpool(_question, request, readers)
        if isinstance(asked, Response):
            return asked
        key, still = (work, *asked.key, asked.query), asked.engine.is_still
        found = await landed(request, key, lambda stop: work(asked, stop), keep=still)
    except Refusal as refusal:
        return refused(400, str(refusal))
    except EngineError as error:
        return refused(503, sentence(_begun(str(error))), {"Retry-After": str(SECONDS)})
    always = ASK_AGAIN if request.state.is_public else ASK_AGAIN_HERE
    return answer(request, found, caching(request, asked.opened, asked.version) if still else always)


def _question(request: Request, readers: Readers) -> Asked | Response:
    name = request.path_params["name"]
    opened, folder = shelf.find(name), shelf.stories().get(name)
    if opened is None or opened.story is None or opened.wire is None:
        return refused(404, NO_STORY)
    engine = None if folder is None or opened.story.meta.events is None else engines.engine(folder)
    if engine is None:
        return refused(404, ALONE)
    values, version = read_fields(request.scope["query_string"], opened.story, readers)
    query = _query(values, opened.story, engine)
    return Asked(opened, opened.story, engine, query, version, (opened.story.id, opened.wire.digest))


def _query(values: dict[str, Any], story: Story, engine: Engine) -> Query:
    """The interval is the whole story where the address does not say another."""
    first, last = (end or 0.0 for end in (engine.source.first, engine.source.last))
    start, end = values.pop("from", None), values.pop("to", None)
    interval = {"start": first if start is None else start, "end": last if end is None else end}
    if values.get("match") == "only":
        people, crew = story.people, values.get("crew", ())
        values["rivals"] = tuple(people["id"][people["group"].isin(people["group"][people["id"].isin(crew)])])
    try:
        return Query(**interval, **values)
    except GeoError as error:
        raise Refusal(sentence(_begun(str(error)))) from error


def _bins(asked: Asked, stop: threading.Event) -> bytes:
    from geo.bins_json import answer  # loads Ibis

    try:
        return answer(asked.engine.events, asked.query, PATIENCE, stop)
    except EngineError:
        raise
    except GeoError as error:
        raise Refusal(sentence(_begun(str(error)))) from error


def _few(asked: Asked, stop: threading.Event) -> bytes:
    from geo.bins import counted, few  # loads Ibis
    from geo.bounded import bounded
    from geo.large_wire import few_payload

    counts = bounded(counted(asked.engine.events, asked.query), PATIENCE, stop).to_pylist()[0]
    content: dict[str, Any] = {"total": counts["placed"], "unplaced": counts["unplaced"], "most": MOST_FEW}
    if counts["placed"] <= MOST_FEW:
        content |= few_payload(bounded(few(asked.engine.events, asked.query, MOST_FEW), PATIENCE, stop), asked.story)
    return encode(content)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bounds(text: str, _: Story) -> tuple[float, ...]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", part) for part in parts):
        raise ValueError("these are not four numbers; write west,south,east,north in degrees")
    return tuple(float(part) for part in parts)


def _whole(text: str, _: Story) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text.strip()):
        raise ValueError("this is no whole number")
    return int(text)


READERS: Readers = {
    **{name: NARROWING[name] for name in ("crew", "match", "q", "from", "to")},
    "bounds": _bounds,
    "zoom": _whole,
    "steps": _whole,
}
