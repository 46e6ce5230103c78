"""Large stories over HTTP: how many events by cell, step and group, and the events themselves where they are few."""

import re
import threading
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dashboard.engine_answers import PATIENCE, Asked, answered, query_of
from dashboard.narrowing import NARROWING, Readers
from geo.query import WORLD, Query
from geo.story import Story
from geo.wire import encode

MOST_FEW = 5_000
MOST_KNOWN = 1_000

# How many events have no place, by story and filter: a move of the map does not change that.
_unplaced: dict[tuple[tuple[str, str], Query], int] = {}


async def bins(request: Request) -> Response:
    """`stories/<name>/bins`: how many events there are by cell, step of time and group, see `geo.bins_json`.

    `bounds`, `zoom` and `steps` say which and how fine; crew, match, q, from and to are those of a link. Once nobody
    waits for an answer any more, the engine gives it up.
    """
    return await answered(request, _bins, READERS, query_of)


async def few(request: Request) -> Response:
    """`stories/<name>/few`: the events in the cells of `zoom` that touch `bounds`, as the board reads them.

    More than 5,000 are only counted: then `events` and `places` are left out.
    """
    return await answered(request, _few, {name: READERS[name] for name in READERS if name != "steps"}, query_of)


def _bins(asked: Asked[Query], stop: threading.Event) -> bytes:
    from geo.bins_json import answer, how_many_nowhere  # loads Ibis

    anywhere = asked.key, replace(asked.query, bounds=WORLD, zoom=0, steps=1)
    unplaced = _unplaced.get(anywhere) if asked.engine.is_still else None
    if unplaced is None:
        unplaced = how_many_nowhere(asked.engine.events, asked.query, PATIENCE, stop)
        while len(_unplaced) >= MOST_KNOWN:
            _unplaced.pop(next(iter(_unplaced)), None)
        _unplaced[anywhere] = unplaced
    return answer(asked.engine.events, asked.query, PATIENCE, stop, unplaced)


def _few(asked: Asked[Query], stop: threading.Event) -> bytes:
    from geo.bins import counted, few  # loads Ibis
    from geo.bounded import bounded
    from geo.large_wire import few_payload

    counts = bounded(counted(asked.engine.events, asked.query), PATIENCE, stop).to_pylist()[0]
    content: dict[str, Any] = {"total": counts["placed"], "unplaced": counts["unplaced"], "most": MOST_FEW}
    if counts["placed"] <= MOST_FEW:
        content |= few_payload(bounded(few(asked.engine.events, asked.query, MOST_FEW), PATIENCE, stop), asked.story)
    return encode(content)


def _whole(text: str, _: Story) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text.strip()):
        raise ValueError("this is no whole number of at most six digits, without a sign")
    return int(text)


READERS: Readers = {
    **{name: NARROWING[name] for name in ("crew", "match", "q", "from", "to", "bounds")},
    "zoom": _whole,
    "steps": _whole,
}
