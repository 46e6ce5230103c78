"""What the routes of a large story share: the engine that is asked, how long it may take, and what else is said."""

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
from dashboard.narrowing import Readers, Refusal, read_fields, sentence
from dashboard.reads import NO_STORY, SECONDS, caching
from dashboard.shelf import Opened
from geo.errors import EngineError, GeoError
from geo.query import Query
from geo.story import Story

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


async def answered(request: Request, work: Work, readers: Readers) -> Response:
    """What `work` makes of the parameters that `readers` are named for; it is asked once for all who ask the same.

    What it raises is one sentence: 503 where the engine does not answer, 400 for all else that it refuses.
    """
    try:
        asked = await run_in_threadpool(_question, request, readers)
        if isinstance(asked, Response):
            return asked
        key, still = (work, *asked.key, asked.query), asked.engine.is_still
        found = await landed(request, key, lambda stop: work(asked, stop), keep=still)
    except EngineError as error:
        return refused(503, sentence(begun(str(error))), {"Retry-After": str(SECONDS)})
    except (Refusal, GeoError) as refusal:
        return refused(400, sentence(begun(str(refusal))))
    always = ASK_AGAIN if request.state.is_public else ASK_AGAIN_HERE
    return answer(request, found, caching(request, asked.opened, asked.version) if still else always)


def begun(text: str) -> str:
    """With a capital: what the library refuses begins small, to stand after a name."""
    return text[:1].upper() + text[1:]


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
    """The interval is the whole story where the address does not say another. Raises GeoError for what does not fit."""
    first, last = (end or 0.0 for end in (engine.source.first, engine.source.last))
    start, end = values.pop("from", None), values.pop("to", None)
    interval: dict[str, Any] = {"start": first if start is None else start, "end": last if end is None else end}
    if values.get("match") == "only":
        people, crew = story.people, values.get("crew", ())
        values["rivals"] = tuple(people["id"][people["group"].isin(people["group"][people["id"].isin(crew)])])
    return Query(**interval, **values)
