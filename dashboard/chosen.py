"""The story of the people chosen in a large one, over HTTP: for their tracks, and for where they are."""

import threading

from starlette.requests import Request
from starlette.responses import Response

from dashboard.engine_answers import PATIENCE, Asked, answered, query_of
from dashboard.narrowing import NARROWING, Readers
from geo.query import Query
from geo.wire import encode


async def people(request: Request) -> Response:
    """`stories/<name>/people`: a story of its own, as the board reads it, with the events of everybody in `crew`.

    from and to are those of a link. Nobody chosen is refused, and more events than `geo.engine_tracks` takes.
    """
    return await answered(request, _people, READERS, query_of)


def _people(asked: Asked[Query], stop: threading.Event) -> bytes:
    from geo.engine_tracks import events_of  # loads Ibis
    from geo.large_wire import part_payload

    query, engine = asked.query, asked.engine
    found = events_of(engine.events, query.crew, PATIENCE, stop, (query.start, query.end))
    return encode(part_payload(found, asked.story, engine.source))


READERS: Readers = {name: NARROWING[name] for name in ("crew", "from", "to")}
