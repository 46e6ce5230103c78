"""What this machine remembers of geocoding services: their answers, their pauses, the next free second.

One SQLite file for every process of the machine. Each write takes its lock first (`BEGIN IMMEDIATE`), no transaction
is open while anything else happens, and a file that cannot be used is replaced by memory and one sentence,
`Cache.trouble`.
"""

import hashlib
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

from geo.errors import GeocodingError

T = TypeVar("T")

DAY = 86_400.0
LONGEST_PAUSE = DAY  # seconds; a longer wish is taken for a mistake of the service
FARTHEST_SLOT = 60.0  # seconds; a slot farther ahead can only come from a clock that was set back
PATIENCE = 5.0  # seconds to wait for another process's write
OPENINGS = 40  # tries to open a fresh file that other processes are opening as well
VERSION = 1

SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT NOT NULL, query TEXT NOT NULL, answer TEXT NOT NULL, asked REAL NOT NULL, expires REAL NOT NULL,
    PRIMARY KEY (service, query)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pauses (service TEXT PRIMARY KEY, until REAL NOT NULL, why TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS slots (only INTEGER PRIMARY KEY CHECK (only = 1), next REAL NOT NULL);
"""


class Kept(NamedTuple):
    """An answer as it was kept; `asked` in seconds since 1970, UTC."""

    answer: str
    asked: float


class Pause(NamedTuple):
    """Why a service is left alone, and until when (seconds since 1970, UTC; the end is not included)."""

    until: float
    why: str


def default_path() -> Path:
    """Where this platform wants the caches of this user; the folder need not exist. RuntimeError without a home."""
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData/Local") / "caseboard/Cache/geocoding.sqlite"
        )
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/caseboard/geocoding.sqlite"
    told = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (told if told.is_absolute() else Path.home() / ".cache") / "caseboard/geocoding.sqlite"


class Cache:
    """Answers, pauses and request slots, shared by the processes that name the same file and by threads.

    It never raises for the state of the file. `trouble` is None, or the sentence to show: from then on everything is
    remembered in memory, for this process alone.
    """

    def __init__(self, path: Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self.trouble: str | None = None
        self._clock = clock
        self._lock = threading.RLock()
        self._name = ""
        try:
            path = default_path() if path is None else path
            self._name = str(path)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = _opened(self._name)
        except (sqlite3.Error, OSError, RuntimeError, ValueError, GeocodingError) as fault:
            self._use_memory(fault)

    def get(self, service: str, query: str) -> Kept | None:
        """What `service` answered to `query`, if that is still good; None asks for a new look."""

        def read(connection: sqlite3.Connection) -> Kept | None:
            row = connection.execute(
                "SELECT answer, asked FROM answers WHERE service = ? AND query = ? AND expires > ?",
                (service, query, self._clock()),
            ).fetchone()
            return None if row is None else Kept(str(row[0]), float(row[1]))

        return self._done(read)

    def put(self, service: str, query: str, answer: str, *, days: float) -> None:
        """Keep an answer for so many days from now; it replaces the one before and clears out what has expired."""
        now = self._clock()

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM answers WHERE expires <= ?", (now,))
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)", (service, query, answer, now, now + days * DAY)
            )

        self._done(write, writes=True)

    def pause(self, service: str, seconds: float, why: str) -> Pause:
        """Leave `service` alone for so long, at most a day. A pause that ends later is not shortened."""
        asked = Pause(self._clock() + min(max(seconds, 1.0), LONGEST_PAUSE), why)

        def write(connection: sqlite3.Connection) -> Pause:
            row = connection.execute("SELECT until, why FROM pauses WHERE service = ?", (service,)).fetchone()
            if row is not None and asked.until < row[0] <= self._clock() + LONGEST_PAUSE:
                return Pause(float(row[0]), str(row[1]))
            connection.execute("INSERT OR REPLACE INTO pauses VALUES (?, ?, ?)", (service, *asked))
            return asked

        return self._done(write, writes=True)

    def paused(self, service: str) -> Pause | None:
        """The pause of `service` that has not ended, or None."""
        now = self._clock()

        def read(connection: sqlite3.Connection) -> Pause | None:
            row = connection.execute(
                "SELECT until, why FROM pauses WHERE service = ? AND until > ? AND until <= ?",
                (service, now, now + LONGEST_PAUSE),
            ).fetchone()
            return None if row is None else Pause(float(row[0]), str(row[1]))

        return self._done(read)

    def reserve(self, gap: float, latest: float) -> float | None:
        """The instant of the next free request of this machine, at least `gap` seconds after the one before.

        None, and nothing is reserved, when that would be after `latest`. The caller does the waiting.
        """

        def write(connection: sqlite3.Connection) -> float | None:
            now = self._clock()
            row = connection.execute("SELECT next FROM slots").fetchone()
            free = now if row is None or row[0] > now + FARTHEST_SLOT else max(now, float(row[0]))
            if free > latest:
                return None
            connection.execute("INSERT OR REPLACE INTO slots VALUES (1, ?)", (free + gap,))
            return free

        return self._done(write, writes=True)

    def close(self) -> None:
        """Let go of the file; nothing can be asked afterwards."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _done(self, work: Callable[[sqlite3.Connection], T], *, writes: bool = False) -> T:
        with self._lock:
            try:
                return _transaction(self._connection, work, writes=writes)
            except sqlite3.ProgrammingError:
                raise  # the cache was closed: a mistake of the caller, not of the file
            except sqlite3.Error as fault:
                if self.trouble is not None:
                    raise
                self._connection.close()
                self._use_memory(fault)
                return _transaction(self._connection, work, writes=writes)

    def _use_memory(self, fault: Exception) -> None:
        self.trouble = (
            f"the geocoding cache {self._name or '(no home folder)'} cannot be used ({fault}): answers are remembered "
            "for this run only; delete the file, free some space, or set XDG_CACHE_HOME to a folder that can be written"
        )
        try:
            self._connection = _opened(_memory(self._name), uri=True)
        except sqlite3.Error:  # SQLite before 3.36 has no memory that connections can share
            self._connection = _opened(":memory:")


def _memory(name: str) -> str:
    # memdb names with a leading slash are shared within the process, so that all its caches still keep one pace.
    return f"file:/caseboard-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:16]}?vfs=memdb"


def _opened(name: str, *, uri: bool = False) -> sqlite3.Connection:
    for tries_left in reversed(range(OPENINGS)):
        connection = sqlite3.connect(name, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=uri)
        try:
            _prepare(connection)
        except sqlite3.OperationalError as fault:
            connection.close()
            # Two processes turning one fresh file to WAL: SQLite answers "busy" at once, whatever the time-out.
            if tries_left == 0 or fault.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise
            time.sleep(0.05)
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError("the last try returns or raises")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")

    def create(connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise GeocodingError(f"a newer Caseboard made it, format {version}; this one reads format {VERSION}")
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")

    _transaction(connection, create, writes=True)


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T], *, writes: bool) -> T:
    with closing(connection.cursor()) as cursor:
        cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        try:
            outcome = work(connection)
            cursor.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                cursor.execute("ROLLBACK")
            raise
        return outcome
