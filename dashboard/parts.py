"""The part of a large story that a view chooses, as a story of its own: for the panels, which list and write files."""

import threading
import time
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from dashboard import engines, shelf
from dashboard.engine_answers import PATIENCE, begun
from dashboard.language import say
from dashboard.narrowing import sentence
from dashboard.retold import retold
from dashboard.shelf import Opened
from dashboard.view import View
from geo.clock import format_at
from geo.errors import EngineError, GeoError

FRESH = 60.0  # seconds for which the answer of a database that may change is taken again
MOST_KEPT = 8

Interval = tuple[float, float]

_asking: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)


class Part(NamedTuple):
    """`opened` is the story of the people chosen; None where there is none, and `said` is why, in one sentence.

    With a story, `said` is which part it is, and nothing where it is the whole.
    """

    opened: Opened | None
    said: str


def part(opened: Opened, view: View) -> Part:
    """What the panels show of a story under a view: all of a story that is not large, else that of the people chosen.

    In a large story the marks of the loop are the interval that is asked for. It never raises.
    """
    why = unlisted(opened, view)
    if why or not _is_large(opened):
        return Part(None if why else opened, why)
    try:
        found = _found(opened, view)
    except GeoError as error:
        return Part(None, _said(error))
    if found.story is None or opened.story is None or opened.story.meta.events is None:
        return Part(None, say("The people chosen have no events here."))
    shown, total = len(found.story.events), opened.story.meta.events.count or 0
    return Part(found, say("The events of the people chosen: {n} of {total}.", n=shown, total=total))


def unlisted(opened: Opened, view: View) -> str:
    """Why there is nothing for a panel to show, in one sentence; nothing where there is something.

    Of a large story the events of the people chosen are counted, which is quick.
    """
    story = opened.story
    if story is None or story.meta.events is None:
        return ""
    if not view.crew:
        n = story.meta.events.count or 0
        return say("This story has {n} events. Choose people in the filter to list theirs here.", n=n)
    try:
        return "" if _count(opened, view) else say("The people chosen have no events here.")
    except GeoError as error:
        return _said(error)


def part_url(opened: Opened, view: View) -> str:
    """Where the browser has that part of a large story, relative to the page."""
    if opened.story is None or opened.wire is None:
        raise ValueError("there is no story; see its faults")
    marks = {"from": view.loop_from, "to": view.loop_to}
    times = {name: format_at(t, opened.story.meta.clock_kind) for name, t in marks.items() if t is not None}
    query = urlencode({"crew": view.crew, **times, "v": opened.wire.digest}, doseq=True)
    return f"stories/{quote(opened.story.id, safe='')}/people?{query}"


def _is_large(opened: Opened) -> bool:
    return opened.story is not None and opened.story.meta.events is not None


def _said(error: GeoError) -> str:
    return sentence(begun("; ".join(retold(half) for half in str(error).split("; ", 1))))


def _count(opened: Opened, view: View) -> int:
    return _counted(opened, view.crew, _interval(opened, view), _age(opened))


def _found(opened: Opened, view: View) -> Opened:
    folder = _folder(opened)
    with _asking[folder]:  # two who choose the same are answered once
        return _told(opened, view.crew, _interval(opened, view), _age(opened))


@lru_cache(maxsize=32)
def _counted(opened: Opened, crew: tuple[str, ...], interval: Interval, _: int) -> int:
    from geo.engine_tracks import count_of  # loads Ibis

    return count_of(_engine(opened).events, crew, PATIENCE, interval=interval)


@lru_cache(maxsize=MOST_KEPT)
def _told(opened: Opened, crew: tuple[str, ...], interval: Interval, _: int) -> Opened:
    from geo.engine_tracks import story_of  # loads Ibis

    engine = _engine(opened)
    if opened.story is None:
        raise ValueError("there is no story; see its faults")
    source = engine.source
    story = story_of(opened.story, engine.events, crew, PATIENCE, source=source, interval=interval)
    # A row of the part is no row that anybody could look up.
    own = [fault._replace(file=source.table if source.is_url else source.source, row=None) for fault in story.faults]
    named = replace(story, id=f"{story.id}-chosen")  # so that its files are not taken for those of the whole
    return Opened(named, (*opened.faults, *own), opened.wire, opened.map_module)


def _engine(opened: Opened) -> engines.Engine:
    found = engines.engine(_folder(opened))
    if found is None:
        raise EngineError(say("the engine of this story is closed; reload the page"))
    return found


def _folder(opened: Opened) -> Path:
    return shelf.stories().get(opened.story.id if opened.story else "", Path())


def _interval(opened: Opened, view: View) -> Interval:
    source = _engine(opened).source
    first, last = (end or 0.0 for end in (source.first, source.last))
    start = first if view.loop_from is None else view.loop_from
    return start, max(start, last if view.loop_to is None else view.loop_to)


def _age(opened: Opened) -> int:
    return 0 if _engine(opened).is_still else int(time.monotonic() / FRESH)
