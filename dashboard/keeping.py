"""Stories that people bring: kept in memory under ids that nobody guesses, and in a folder where the host names one.

`CASEBOARD_STORIES` names that folder. A saved story is one zip file in it, replaced as a whole, so that several
processes may share the folder. Whoever knows the id may look; only who knows the key may change what is saved.
"""

import hashlib
import hmac
import os
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dashboard.limits import allowed
from geo.archive import archive, read_archive
from geo.errors import StoryError

VARIABLE = "CASEBOARD_STORIES"
TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
HOUR = 3600.0

Files = Mapping[str, bytes]


class Refused(StoryError):  # noqa: N818 - an answer, not a mistake
    """A story was not kept; the message says why."""


class Names(NamedTuple):
    """What a story is found by: `id` for everybody who has the link, `key` for whoever may change it."""

    id: str
    key: str


@dataclass(frozen=True, eq=False)
class Kept:
    """The files of a story as they are now; other files are another Kept."""

    id: str
    files: Files

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(len(content) for content in self.files.values())


_memory: OrderedDict[str, tuple[Kept, float]] = OrderedDict()  # least recently used first
_read: dict[str, tuple[tuple[int, int], Kept]] = {}  # from the folder, with size and time of the file
_lock = threading.Lock()


def names() -> Names:
    """An id and a key for a new story, 128 random bits each."""
    return Names(secrets.token_urlsafe(16), secrets.token_urlsafe(16))


def keep(story: str, files: Files) -> Kept:
    """Keeps the files in memory under an id of `names`, in the place of any before. Old drafts make room."""
    kept, limits, now = Kept(story, dict(files)), allowed(), time.monotonic()
    if kept.size > limits.upload_mb * 10 * 1024 * 1024:
        raise Refused(f"the story has {kept.size:,} bytes; at most {limits.upload_mb * 10} MB are kept")
    with _lock:
        _memory[story] = (kept, now)
        _memory.move_to_end(story)
        while _too_much(now):
            _memory.popitem(last=False)
    return kept


def find(story: str) -> Kept | None:
    """The story of that id, from memory or from the folder; None where there is none (any more)."""
    if not TOKEN.fullmatch(story):
        return None
    now = time.monotonic()
    with _lock:
        while _memory and _expired(now):
            _memory.popitem(last=False)
        if story in _memory:
            kept, _ = _memory[story]
            _memory[story] = (kept, now)
            _memory.move_to_end(story)
            return kept
    return _saved(story)


def forget(story: str) -> None:
    """Drops a story from memory; what is saved stays."""
    with _lock:
        _memory.pop(story, None)


def folder() -> Path | None:
    """Where stories are saved, or None where the host saves none."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def save(named: Names, files: Files) -> None:
    """Writes the story into the folder, for everybody who has its id. Raises Refused with a sentence where it cannot.

    A story that is there is replaced only with the key it was saved with.
    """
    where = folder()
    if where is None or not TOKEN.fullmatch(named.id):
        raise Refused("this host saves no stories; download the story instead")
    content = archive(dict(files))
    try:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock, story = where / f"{named.id}.key", where / f"{named.id}.zip"
        if story.exists() and not unlocks(named):
            raise Refused("this story was saved with another key; save it as a new one")
        if not story.exists() and sum(1 for _ in where.glob("*.zip")) >= allowed().saved:
            raise Refused(f"this host keeps at most {allowed().saved:,} stories; download the story instead")
        _replace(lock, _digest(named.key).encode())
        _replace(story, content)
    except OSError as cause:
        raise Refused(f"the story could not be saved ({cause.strerror}); download it instead") from cause


def unlocks(named: Names) -> bool:
    """Whether the key is the one the saved story was saved with."""
    where = folder()
    if where is None or not TOKEN.fullmatch(named.id):
        return False
    try:
        locked = (where / f"{named.id}.key").read_text("ascii").strip()
    except (OSError, ValueError):
        return False
    return hmac.compare_digest(locked, _digest(named.key))


def _saved(story: str) -> Kept | None:
    where = folder()
    if where is None:
        return None
    path = where / f"{story}.zip"
    try:
        stat = path.stat()
        stamp = (stat.st_size, stat.st_mtime_ns)
        with _lock:
            before = _read.get(story)
        if before is not None and before[0] == stamp:
            return before[1]
        kept = Kept(story, read_archive(path.read_bytes(), path.name, allowed().reading))
    except (OSError, StoryError):
        return None
    with _lock:
        while len(_read) >= allowed().stories:
            _read.pop(next(iter(_read)))
        _read[story] = (stamp, kept)
    return kept


def _too_much(now: float) -> bool:
    limits = allowed()
    size = sum(kept.size for kept, _ in _memory.values())
    return len(_memory) > 1 and (len(_memory) > limits.stories or size > limits.memory_mb * 1024**2 or _expired(now))


def _expired(now: float) -> bool:
    _, used = next(iter(_memory.values()))
    return now - used > allowed().hours * HOUR


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    """Writes a file of ours so that nobody ever reads half of it."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
