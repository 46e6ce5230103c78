"""What the engine of a large story says of a view for its preview, if it says so soon: else a preview does without."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

from dashboard import engines, shelf
from dashboard.cells import Cells, asked, cells, steps_shown
from dashboard.engines import Engine
from dashboard.mercator_view import Box, Camera
from dashboard.narrowing import people_and_words, rivals
from dashboard.shelf import Opened
from dashboard.view import View, moment
from geo.errors import GeoError
from geo.query import Query
from geo.story import Story

SOON, LATER = 0.7, 5.0  # seconds: for words, which a page waits for, and for a picture
DEFAULTS = View()
MOST_KEPT = 2_000
AT_ONCE = 2


class _Large(NamedTuple):
    story: Story
    engine: Engine


_kept: OrderedDict[Hashable, int] = OrderedDict()  # numbers of events, least recently used first
_lock = threading.Lock()
_asking = threading.BoundedSemaphore(AT_ONCE)


def shown(opened: Opened, view: View, seconds: float = SOON) -> int | None:
    """How many events a board of a large story would show; None of any other, and where it takes too long to count.

    Without a filter it is their number up to the moment of the view.
    """
    found = _large(opened)
    if found is None or opened.wire is None:
        return None
    t = moment(view, found.story)
    filters = (view.crew, view.match, view.q, view.place)
    if view.mode == "so-far" and filters == (DEFAULTS.crew, DEFAULTS.match, DEFAULTS.q, DEFAULTS.place):
        source = found.engine.source
        if source.last is not None and t >= source.last:
            return source.count
    key = (found.story.id, opened.wire.digest, filters, t, view.mode, view.span)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    if not _asking.acquire(timeout=seconds):
        return None
    try:
        count = _counted(found, view, t, seconds)
    except GeoError:
        return None
    finally:
        _asking.release()
    if found.engine.is_still:
        with _lock:
            _kept[key] = count
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return count


def seen(opened: Opened, view: View, camera: Camera, box: Box) -> Cells | None:
    """The cells that a camera sees in a box, counted for the view; None as in `shown`."""
    found = _large(opened)
    if found is None:
        return None
    source = found.engine.source
    interval = (source.first or 0.0, source.last or 0.0)
    try:
        query = asked(camera, box, view, interval, rivals(view.crew, view.match, found.story))
        return _cells(found, query, view)
    except GeoError:
        return None


def _large(opened: Opened) -> _Large | None:
    story = opened.story
    folder = shelf.stories().get(story.id) if story is not None else None
    if story is None or folder is None or story.meta.events is None:
        return None
    engine = engines.engine(folder)
    return None if engine is None else _Large(story, engine)


def _counted(found: _Large, view: View, t: float, seconds: float) -> int:
    from geo.bounded import bounded  # loads Ibis, as below
    from geo.engine_shown import Shown
    from geo.engine_shown import shown as chosen

    query = people_and_words(view, found.story)
    which = Shown(query, at=t, mode=view.mode, span=view.span, place=view.place)  # type: ignore[arg-type]
    counts = chosen(found.engine.events, which).aggregate(count=lambda of: of.count())
    return int(bounded(counts, seconds)[0][0].as_py())


def _cells(found: _Large, query: Query, view: View) -> Cells:
    from geo.bins import by_cell, by_step
    from geo.bounded import bounded

    events = found.engine.events
    first, now = steps_shown(query, view, moment(view, found.story))
    here = bounded(by_cell(events, query, first, now), LATER)
    return cells(here, bounded(by_step(events, query), LATER), query, found.story, now)
