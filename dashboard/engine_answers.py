"""What the routes of a large story share: the engine that is asked, how long it may take, and what else is said."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import engines, shelf
from dashboard.answers import ASK_AGAIN, ASK_AGAIN_HERE, answer, refused
from dashboard.engines import Engine
from dashboard.flights import landed
from dashboard.narrowing import Readers, Refusal, read_fields, rivals, sentence
from dashboard.reads import NO_STORY, SECONDS, caching
from dashboard.shelf import Opened
from geo.errors import EngineError, GeoError
from geo.query import Query
from geo.story import Story

PATIENCE = 20.0  # seconds for an engine to answer
ALONE = "This story is told event by event; ask for its events instead."


Question = TypeVar("Question", bound=Hashable)


class Asked(NamedTuple, Generic[Question]):
    """One question about one large story; `key` is the story as it is now."""

    opened: Opened
    story: Story
    engine: Engine
    query: Question
    version: str
    key: tuple[str, str]


Work = Callable[[Asked[Question], threading.Event], bytes]
Made = Callable[[dict[str, Any], Story, Engine], Question]


async def answered(
    request: Request,
    work: Work[Question],
    readers: Readers,
    made: Made[Question],
    media_type: str = "application/json",
) -> Response:
    """What `work` answers to the question `made` of the parameters that `readers` are named for; equal questions are
    asked once for all.

    What they raise is one sentence: 503 where the engine does not answer, 400 for all else that is refused.
    """
    try:
        asked = await run_in_threadpool(_asked, request, readers, made)
        if isinstance(asked, Response):
            return asked
        key, still = (work, *asked.key, asked.query), asked.engine.is_still
        found = await landed(request, key, lambda stop: work(asked, stop), keep=still, media_type=media_type)
    except EngineError as error:
        return refused(503, sentence(begun(str(error))), {"Retry-After": str(SECONDS)})
    except (Refusal, GeoError) as refusal:
        return refused(400, sentence(begun(str(refusal))))
    always = ASK_AGAIN if request.state.is_public else ASK_AGAIN_HERE
    return answer(request, found, caching(request, asked.opened, asked.version) if still else always)


def begun(text: str) -> str:
    """With a capital: what the library refuses begins small, to stand after a name."""
    return text[:1].upper() + text[1:]


def query_of(values: dict[str, Any], story: Story, engine: Engine) -> Query:
    """The interval is the whole story where the address does not say another. Raises GeoError for what does not fit."""
    first, last = (end or 0.0 for end in (engine.source.first, engine.source.last))
    start, end = values.pop("from", None), values.pop("to", None)
    interval: dict[str, Any] = {"start": first if start is None else start, "end": last if end is None else end}
    return Query(**interval, **values, rivals=rivals(values.get("crew", ()), values.get("match", "any"), story))


def _asked(request: Request, readers: Readers, made: Made[Question]) -> Asked[Question] | Response:
    name = request.path_params["name"]
    opened, folder = shelf.find(name), shelf.stories().get(name)
    if opened is None or opened.story is None or opened.wire is None:
        return refused(404, NO_STORY)
    engine = None if folder is None or opened.story.meta.events is None else engines.engine(folder)
    if engine is None:
        return refused(404, ALONE)
    values, version = read_fields(request.scope["query_string"], opened.story, readers)
    query = made(values, opened.story, engine)
    return Asked(opened, opened.story, engine, query, version, (opened.story.id, opened.wire.digest))
