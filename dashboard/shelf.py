"""The stories this process serves, each read once and again only when its files have changed.

`CASEBOARD_STORY` names them (built-in ids, folders, or files of any kind that can be read as a story, separated as in
PATH), the first one being the default; without it every built-in story is served. Beside them stand those that people
brought (`dashboard.keeping`): they are in no list and open for whoever knows their id.
"""

import os
import threading
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakKeyDictionary

from dashboard import engines, keeping
from dashboard.assets import Asset, asset
from dashboard.keeping import Kept
from dashboard.story_map import map_module, story_map
from geo.errors import EngineError, Fault, StoryError
from geo.meta import FILE
from geo.story import Story, bundled, read_story
from geo.wire import encode, payload

VARIABLE = "CASEBOARD_STORY"
KEPT = 16
TURNS = 8

Stamp = tuple[tuple[str, int, int], ...]

# Many viewers may come before a large story is read for the first time: one of them reads it, the others wait.
_reading = threading.Lock()
# An engine may be slow or gone: who opens another story does not wait for it.
_asking: defaultdict[Path, threading.Lock] = defaultdict(threading.Lock)
_turns = threading.BoundedSemaphore(TURNS)


@dataclass(frozen=True, eq=False)
class Opened:
    """A story with what the browser loads for it, or its faults and no story where there is nothing to open.

    `silent` is the one among the faults that says why an engine gives no events. It is equal to itself only, so that
    what is made of it can be kept by it.
    """

    story: Story | None
    faults: tuple[Fault, ...]
    wire: Asset | None = None
    map_module: Asset | None = None
    silent: Fault | None = None


_told: WeakKeyDictionary[Opened, Opened] = WeakKeyDictionary()


def stories() -> dict[str, Path]:
    """The stories served: id -> folder, which may be gone by now."""
    return dict(_named(os.environ.get(VARIABLE, ""), Path.cwd()))


def find(name: str) -> Opened | None:
    """The story of that id as its files are now, served or kept; None where there is none."""
    if (folder := stories().get(name)) is not None:
        return opened_in_turn(folder)
    kept = keeping.find(name)
    return None if kept is None else opened_kept(kept)


def opened(folder: Path) -> Opened:
    """The story in `folder` as its files are now. It never raises for what is wrong in them."""
    with _reading:
        found = _opened(folder, _stamp(folder))
    large = found.story is not None and found.story.meta.events is not None
    return _asked(found, folder) if large else found


def at_hand(folder: Path) -> Opened | None:
    """The story in `folder` as `opened`, but None where its engine has to be asked first, which may take long."""
    with _reading:
        found = _opened(folder, _stamp(folder))
    large = found.story is not None and found.story.meta.events is not None
    return _told.get(found) if large else found


def opened_in_turn(folder: Path) -> Opened:
    """As `opened`, for who asks over HTTP: where TURNS wait for engines already, it says so at once.

    Whoever waits there holds one of the threads that answer everybody.
    """
    known = at_hand(folder)
    if known is not None:
        return known
    if not _turns.acquire(blocking=False):
        return _silent((), engines.fault(EngineError("the engine has not answered yet; ask again soon")))
    try:
        return opened(folder)
    finally:
        _turns.release()


def opened_kept(kept: Kept) -> Opened:
    """A story that somebody brought. It never raises for what is wrong in its files."""
    with _reading:
        return _opened_kept(kept)


def story_url(story: Story, wire: Asset) -> str:
    """Where the story's data is, relative to the page; it changes with the data."""
    return f"stories/{quote(story.id, safe='')}.json?v={wire.digest}"


def map_url(story: Story, module: Asset) -> str:
    """Where the story's map is, relative to the page."""
    return f"stories/{quote(story.id, safe='')}/map-{module.digest}.js"


@lru_cache(maxsize=4)  # every request asks, and the answer takes a dozen looks at the disk
def _named(text: str, _: Path) -> dict[str, Path]:
    """The stories of a setting, whose paths begin in the folder that the process is in."""
    named = [name for name in text.split(os.pathsep) if name]
    if not named:
        return bundled()
    paths = [known.get(name, Path(name)) for known in (bundled(),) for name in named]
    return {(path.stem if path.is_file() else path.resolve().name): path for path in paths}


@lru_cache(maxsize=KEPT)
def _opened(folder: Path, _: Stamp) -> Opened:
    try:
        if folder.is_file():
            return _read_file(folder)
        story = read_story(folder)
        return _made(story) if story.meta.events is None else Opened(story, story.faults)
    except StoryError as error:
        return Opened(None, error.faults)
    except OSError as cause:
        return Opened(None, (Fault(folder.name, None, None, "", f"cannot be read ({cause.strerror})", "check it"),))


def _read_file(path: Path) -> Opened:
    from geo.brought import brought  # loads what reads workbooks and map files

    told = brought(path.read_bytes(), path.name)
    opened = _made(read_story(told.files, id=path.stem))
    return replace(opened, faults=(*told.faults, *opened.faults))


@lru_cache(maxsize=KEPT)
def _opened_kept(kept: Kept) -> Opened:
    try:
        return _made(read_story(kept.files, id=kept.id))
    except StoryError as error:
        return Opened(None, error.faults)


def _asked(found: Opened, folder: Path) -> Opened:
    """A large story with what its engine says of it; while that is silent, its faults say why."""
    with _asking[folder]:
        known = _told.get(found)
        if known is None and found.story is not None:
            try:
                known = _told[found] = _made(*engines.told(found.story, folder))
            except EngineError as error:
                return _silent(found.faults, engines.fault(error))
    return known or found


def _silent(faults: tuple[Fault, ...], why: Fault) -> Opened:
    return Opened(None, (*faults, why), silent=why)


def _made(story: Story, content: dict[str, Any] | None = None) -> Opened:
    if story.meta.events is not None and content is None:
        what, remedy = "the events of this story are with an engine", "its folder has to lie on this machine"
        return _silent(story.faults, Fault(FILE, None, None, "", what, remedy))
    wire = asset(encode(content or payload(story)), "application/json")
    module = asset(map_module(story_map(story)).encode(), "text/javascript")
    return Opened(story, story.faults, wire, module)


def _stamp(folder: Path) -> Stamp:
    """Name, size and time of every file that a story is read from: those of the folder, or the file itself."""
    try:
        if folder.is_file():
            stat = folder.stat()
            return ((folder.name, stat.st_size, stat.st_mtime_ns),)
        found = [entry for entry in os.scandir(folder) if entry.name.endswith((".csv", ".toml", ".parquet", ".duckdb"))]
        stats = [(entry.name, entry.stat()) for entry in found]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats))
