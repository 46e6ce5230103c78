"""The events of a large story that a link shows, as a file, by the parameters that every story has."""

import threading
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dashboard import reads, shelf
from dashboard.answers import refused
from dashboard.engine_answers import PATIENCE, Asked, answered
from dashboard.engines import Engine
from dashboard.flights import Busy
from dashboard.narrowing import NARROWING, narrowed_to, people_and_words
from dashboard.reads import FORMATS, NO_FORMAT, PENS
from geo.export import MOST
from geo.story import Story


async def events(request: Request) -> Response:
    """`stories/<name>/events.<format>` of any story, see `dashboard.reads.events`.

    Of a large one more than MOST are refused in a sentence that says what narrows them.
    """
    if not await run_in_threadpool(_is_large, request.path_params["name"]):
        return await run_in_threadpool(reads.events, request)
    ending = request.path_params["format"]
    if ending not in FORMATS:
        return refused(404, NO_FORMAT.format(", ".join(FORMATS)))
    return await answered(request, WRITING[ending], NARROWING, _shown, FORMATS[ending].media_type)


def _is_large(name: str) -> bool:
    opened = shelf.find(name)
    return opened is not None and opened.story is not None and opened.story.meta.events is not None


def _shown(values: dict[str, Any], story: Story, _engine: Engine) -> Any:
    """The `geo.engine_shown.Shown` of the parameters. Raises GeoError for what does not fit."""
    from geo.engine_shown import Shown  # loads Ibis

    view, timed, start, end, _, bounds = narrowed_to(values, "")
    # That only what is stated is asked for changes nothing: an engine has no other times.
    return Shown(
        people_and_words(view, story), start, end, view.at if timed else None, view.mode, view.span, bounds, view.place
    )


def _written(ending: str, asked: Asked[Any], stop: threading.Event) -> bytes:
    from geo.engine_shown import shown_story  # loads Ibis

    if not PENS.acquire(blocking=False):
        raise Busy("too many files are being written at the moment; ask again soon")
    try:
        story = shown_story(
            asked.story, asked.engine.events, asked.query, MOST[ending], PATIENCE, stop, asked.engine.source
        )
        return FORMATS[ending].written(story, None, asked.query.query.crew).encode()
    finally:
        PENS.release()


WRITING = {ending: partial(_written, ending) for ending in FORMATS}
