"""The pictures of links over HTTP: drawn a few at a time, kept while there is room for them."""

import threading
from typing import NamedTuple
from weakref import WeakKeyDictionary

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import glimpse, shelf
from dashboard.assets import Asset, asset
from dashboard.atlas import Atlas, atlas
from dashboard.picture import MAP, camera_of, png
from dashboard.preview import parameters, pictured
from dashboard.room import Room
from dashboard.shelf import Opened
from dashboard.view import View, parse, query

AT_ONCE = 2
WAITING = 8
SECONDS = 5  # until somebody who was sent away may ask again
DAY = "max-age=86400"

Key = tuple[str, tuple[tuple[str, str], ...]]

_kept = Room()
_atlases: WeakKeyDictionary[Opened, Atlas] = WeakKeyDictionary()
_lock = threading.Lock()
_pens = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)


class Asked(NamedTuple):
    """A picture somebody asks for; `current` says that they know the story as it is now."""

    opened: Opened
    view: View
    key: Key
    current: bool


def answer(request: Request) -> Response:
    """The picture of a view, `stories/<name>/picture.png?<the parameters of a link>`.

    A parameter that the page would leave aside is left aside. With `v`, the digest of the story as it is now, the
    answer may be kept for a day. Too many at a time get 429 and a time to come back.
    """
    name = request.path_params["name"]
    asked = _asked(name, request.scope.get("query_string", b""))
    if asked is None:
        return PlainTextResponse("There is no such story here.", status_code=404, headers={"Cache-Control": "no-cache"})
    if not _places.acquire(blocking=False):
        headers = {"Retry-After": str(SECONDS), "Cache-Control": "no-store"}
        return PlainTextResponse("Too many pictures are being drawn; ask again soon.", 429, headers)
    try:
        found = _picture(asked)
    finally:
        _places.release()
    shared = "public" if name in shelf.stories() else "private"
    tag = f'"{found.digest}"'
    headers = {"Cache-Control": f"{shared}, {DAY}" if asked.current else "no-cache", "ETag": tag}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.media_type, headers=headers)


def _asked(name: str, query_string: bytes) -> Asked | None:
    opened = shelf.find(name)
    if opened is None or opened.story is None or opened.wire is None:
        return None
    given = parameters(query_string)
    version = given.pop("v", [""])[0]
    given.pop("story", None)
    view = pictured(parse(given, opened.story)[0])
    key = (f"{opened.story.id} {opened.wire.digest}", tuple(query(view, opened.story)))
    return Asked(opened, view, key, version == opened.wire.digest)


def _picture(asked: Asked) -> Asset:
    found = _kept.recall(asked.key)
    if found is not None:
        return found
    with _pens:
        found = _kept.recall(asked.key)  # it may have been drawn meanwhile
        if found is None:
            found = _drawn(asked)
    return found


def _drawn(asked: Asked) -> Asset:
    """Of a large story, one whose engine did not say in time what to draw is drawn without it, and not kept."""
    atlas = _atlas(asked.opened)
    if asked.opened.story is None or asked.opened.story.meta.events is None:
        found, whole = asset(png(atlas, asked.view), "image/png"), True
    else:
        these = glimpse.seen(asked.opened, asked.view, camera_of(atlas, asked.view), MAP)
        shown = glimpse.shown(asked.opened, asked.view, glimpse.LATER)
        found, whole = asset(png(atlas, asked.view, these, shown), "image/png"), None not in (these, shown)
    if whole:
        _kept.remember(asked.key, found)
    return found


def _atlas(opened: Opened) -> Atlas:
    with _lock:
        found = _atlases.get(opened)
    if found is None and opened.story is not None:
        found = atlas(opened.story)
        with _lock:
            _atlases[opened] = found
    if found is None:
        raise ValueError("there is no story to draw")
    return found
