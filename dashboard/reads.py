"""Stories over HTTP for other programs: the data of the board, and events as GeoJSON, CSV or KML."""

import gzip
import json
import threading
from collections.abc import Callable, Collection, Hashable
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from dashboard import shelf
from dashboard.answers import ASK_AGAIN, ASK_AGAIN_HERE, FOR_EVER, FOR_EVER_HERE, answer, refused
from dashboard.assets import Asset, asset
from dashboard.narrowing import VERSION, Narrowing, Refusal, fields, mask, narrowing
from dashboard.room import Room
from dashboard.shelf import Opened
from geo.export import csv, geojson, kml
from geo.join import Mask
from geo.story import Story

AT_ONCE = 2
WAITING = 16
SECONDS = 5  # until somebody who was sent away may ask again
PACKED = 6  # of gzip: nearly as small as 9 in a third of the time
NO_STORY = "There is no such story here."
NO_FORMAT = "Events are there as {}, and in no other format."


class Format(NamedTuple):
    """A kind of file; `written` gets the story, the events and the people whose tracks are wanted."""

    media_type: str
    written: Callable[[Story, Mask, Collection[str]], str]


FORMATS = {
    "geojson": Format(
        "application/geo+json",
        lambda story, events, people: json.dumps(geojson(story, events, people), allow_nan=False),
    ),
    "csv": Format("text/csv", lambda story, events, _: csv(story, events)),
    "kml": Format("application/vnd.google-earth.kml+xml", kml),
}

PENS = threading.BoundedSemaphore(AT_ONCE)  # of all who write files, those of large stories, too
_kept = Room()
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)


def is_public(request: Request) -> bool:
    """Whether the story of the request is one of those served to everybody."""
    return request.path_params.get("name") in shelf.stories()


def story(request: Request) -> Response:
    """`stories/<name>.json`: the whole story as the board reads it."""
    opened = shelf.find(request.path_params["name"])
    if opened is None or opened.wire is None:
        return refused(404, NO_STORY)
    try:
        asked = fields(request.scope["query_string"], (VERSION,))
    except Refusal as refusal:
        return refused(400, str(refusal))
    return answer(request, opened.wire, caching(request, opened, asked.get(VERSION, [""])[0]))


def story_map(request: Request) -> Response:
    """`stories/<name>/map-<digest>.js`: what folium draws, as a module."""
    opened = shelf.find(request.path_params["name"])
    module = None if opened is None else opened.map_module
    if module is None or request.path_params["digest"] != module.digest:
        return refused(404, "There is no such map of this story; reload the page.")
    return answer(request, module, FOR_EVER if is_public(request) else FOR_EVER_HERE)


def events(request: Request) -> Response:
    """`stories/<name>/events.<format>`: the events that the parameters of a link leave, see `narrowing`.

    Too many questions at a time that nobody has asked before get 503 and a time to come back.
    """
    opened = shelf.find(request.path_params["name"])
    if opened is None or opened.story is None or opened.wire is None:
        return refused(404, NO_STORY)
    wanted = FORMATS.get(request.path_params["format"])
    if wanted is None:
        return refused(404, NO_FORMAT.format(", ".join(FORMATS)))
    try:
        asked = narrowing(request.scope["query_string"], opened.story)
    except Refusal as refusal:
        return refused(400, str(refusal))
    key = (opened.story.id, opened.wire.digest, wanted.media_type, asked.key)
    found = _kept.recall(key)
    if found is None:
        if not _places.acquire(blocking=False):
            return refused(503, "Too many are asking at the moment; ask again soon.", {"Retry-After": str(SECONDS)})
        try:
            found = _made(key, opened.story, wanted, asked)
        finally:
            _places.release()
    return answer(request, found, caching(request, opened, asked.version))


def caching(request: Request, opened: Opened, version: str) -> str:
    """For ever with the digest of the story as it is now; shared unless only who knows its id may see the story."""
    current = opened.wire is not None and version == opened.wire.digest
    if request.state.is_public:
        return FOR_EVER if current else ASK_AGAIN
    return FOR_EVER_HERE if current else ASK_AGAIN_HERE


def _made(key: Hashable, told: Story, wanted: Format, asked: Narrowing) -> Asset:
    with PENS:
        found = _kept.recall(key)  # somebody else may have asked meanwhile
        if found is None:
            body = wanted.written(told, mask(asked, told), asked.view.crew).encode()
            packed = gzip.compress(body, PACKED, mtime=0)
            found = asset(body, wanted.media_type)._replace(compressed=packed if len(packed) < len(body) else b"")
            _kept.remember(key, found)
    return found
