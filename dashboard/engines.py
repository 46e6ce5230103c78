"""The engines of the large stories served here: each asked first when its story is opened, closed with the server."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dashboard.secrets import engine_secrets
from geo.bounded import bounded, refused
from geo.errors import EngineError, Fault, GeoError
from geo.meta import FILE
from geo.source import Source
from geo.story import Story

SECONDS = 10.0  # for an engine to say what a board needs before it asks
THROUGH = 60.0  # to look through its events, which only the check does
AGAIN = 10.0  # seconds for which an engine that did not answer is not asked again


@dataclass(frozen=True)
class Engine:
    """`events` is the table of `geo.engine.connect`; `source` says count, first, last and bounds."""

    events: Any
    source: Source

    @property
    def is_still(self) -> bool:
        """Whether the events stay as they are until a file of the story changes; a database may change at any time."""
        return not self.source.is_url


_engines: dict[Path, tuple[Story, Engine]] = {}
_silent: dict[Path, tuple[float, EngineError]] = {}
_lock = threading.Lock()


def told(story: Story, folder: Path) -> tuple[Story, dict[str, Any]]:
    """The story in `folder` and what the browser loads for it: whole, where it has so few events.

    Of a large one meta.events says count, first, last and bounds, whether story.toml does or not.
    Raises EngineError, one sentence; the same one for a while, so that nobody waits for an engine that is gone.
    """
    with _lock:
        since, error = _silent.get(folder, (0.0, None))
    if error is not None and time.monotonic() - since < AGAIN:
        raise error
    try:
        return _told(story, folder)
    except Exception as cause:  # of any engine and any driver: a host shows its other stories all the same
        error = _refused(cause)
        with _lock:
            _silent[folder] = time.monotonic(), error
        raise error from cause


def examined(story: Story, folder: Path) -> tuple[Source, list[Fault]]:
    """What the engine says of count, first, last and bounds, whatever story.toml does, and what is wrong there.

    Raises EngineError.
    """
    from geo.engine import facts
    from geo.engine_faults import engine_faults

    if story.meta.events is None:
        raise ValueError("the events of this story are not with an engine")
    told = replace(story.meta.events, count=None, first=None, last=None, bounds=None)
    try:
        events = _connected(told, story, folder)
        try:
            groups = [group.id for group in story.meta.groups]
            return facts(events, told, SECONDS), engine_faults(events, told.source, groups, THROUGH)
        finally:
            _let_go(events)
    except Exception as cause:  # of any engine and any driver
        raise _refused(cause) from cause


@contextmanager
def lent(story: Story, folder: Path) -> Iterator[tuple[Story, Any]]:
    """A large story with what its engine says of it, and its events, until the block ends. Raises EngineError."""
    from geo.engine import facts

    if story.meta.events is None:
        raise ValueError("the events of this story are not with an engine")
    try:
        events = _connected(story.meta.events, story, folder)
    except Exception as cause:  # of any engine and any driver, as above
        raise _refused(cause) from cause
    try:
        source = facts(events, story.meta.events, SECONDS)
        yield replace(story, meta=replace(story.meta, events=source)), events
    finally:
        _let_go(events)


def fault(error: EngineError) -> Fault:
    """What is wrong, and the remedy behind the semicolon, beside the other faults of a story."""
    what, _, remedy = str(error).partition("; ")
    return Fault(FILE, None, None, "", what, remedy)


def engine(folder: Path) -> Engine | None:
    """The engine of the story in `folder`, if that has been opened and is shown as cells."""
    with _lock:
        found = _engines.get(folder)
    return None if found is None else found[1]


def close() -> None:
    """Lets go of every engine."""
    with _lock:
        left = [found.events for _, found in _engines.values()]
        _engines.clear()
        _silent.clear()
    for events in left:
        _let_go(events)


def _let_go(events: Any) -> None:
    backend = events.get_backend()
    if backend.name != "pyspark":  # a session is shared by all that this process asks of Spark
        with suppress(Exception):  # a question that is being given up still holds it
            backend.disconnect()


def _refused(cause: Exception) -> EngineError:
    if isinstance(cause, GeoError):
        return cause if isinstance(cause, EngineError) else EngineError(str(cause))
    return refused(cause)


def _connected(told: Source, story: Story, folder: Path) -> Any:
    from geo.engine import connect

    groups = dict(zip(story.people["id"], story.people["group"], strict=True))
    return connect(told, folder, secrets=engine_secrets(), groups=groups, seconds=SECONDS)


def _told(story: Story, folder: Path) -> tuple[Story, dict[str, Any]]:
    # Loaded with the first large story: Ibis takes as long as all else together.
    from geo.engine import facts
    from geo.engine_people import by_group, by_person
    from geo.large_wire import Tallies, large_payload
    from geo.whole_story import everything, whole_story
    from geo.wire import payload

    told = story.meta.events
    if told is None:
        raise ValueError("the events of this story are not with an engine")
    events = _connected(told, story, folder)
    source = facts(events, told, SECONDS)
    if (source.count or 0) <= source.threshold:
        whole = whole_story(story, bounded(everything(events, source.threshold), SECONDS))
        return whole, payload(whole)
    people, of_groups = (_counts(question(events)) for question in (by_person, by_group))
    content = large_payload(story, source, Tallies(people, of_groups))
    content["large"]["as_of"] = "" if source.is_url else _as_of(folder / source.source)
    with _lock:
        _engines[folder] = story, Engine(events, source)
    return replace(story, meta=replace(story.meta, events=source)), content


def _counts(question: Any) -> dict[str, int]:
    """By id; nothing where the engine takes too long for it: a board does without."""
    try:
        return {row["id"]: row["count"] for row in bounded(question, SECONDS).to_pylist()}
    except EngineError:
        return {}


def _as_of(file: Path) -> str:
    try:
        stat = file.stat()
    except OSError:
        return ""
    return f"{stat.st_size:x}-{stat.st_mtime_ns:x}"
