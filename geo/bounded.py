"""The answer of an engine within so many seconds, and what went wrong in one sentence where there is none."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.errors import EngineError
from geo.lane import Lane

if TYPE_CHECKING:  # Ibis takes long to load, and who asks has it already
    import ibis.expr.types as ir

LANE = "_caseboard_lane"  # of a backend that has one: the thread it was opened in, where all its work is done
AGAIN = "_caseboard_again"  # of a backend that can be opened again where it is: what does so

_LOST = "_caseboard_lost"  # of a backend that did not answer any more when it was last asked
_opening = threading.Lock()

_LOOKS = 0.05  # seconds between two looks at whether anybody still waits


class QueryStopped(EngineError):  # noqa: N818 - nothing is wrong with it: nobody waits for the answer
    """The one who asked has moved on."""


class EngineLost(EngineError):  # noqa: N818 - it may be back with the next question
    """The engine does not answer any more, or its session has ended."""


def bounded(expression: "ir.Table", seconds: float, stop: threading.Event | None = None) -> pa.Table:
    """The rows of `expression`, asked in this thread, with the types that Ibis gives its columns on any engine.

    Raises EngineError once `seconds` have passed or where the engine refuses, and QueryStopped soon after `stop` is
    set. DuckDB and Spark give the work up then, and answer several questions at once; another engine answers one after
    the other, and gives up where its driver can tell it to: else it goes on, and its answer is thrown away. An engine
    that was lost is opened again for the next question.
    """
    backend: Any = expression.get_backend()
    ask = {"duckdb": _duckdb, "pyspark": _spark}.get(backend.name, _any)
    schema = pa.schema([field.with_nullable(True) for field in expression.schema().to_pyarrow()])
    ended = _Ended()
    try:
        answer, interrupt = ask(backend, expression)
        with _watched(interrupt, seconds, stop or threading.Event(), ended):
            return answer().cast(schema)
    except Exception as cause:
        if ended.why is not None:
            raise ended.why from None
        error = refused(cause)
        if isinstance(error, EngineLost):
            setattr(backend, _LOST, True)
        raise error from cause


def refused(cause: Exception) -> EngineError:
    """What an engine's exception comes down to, without what a driver may say of addresses and passwords."""
    if isinstance(cause, EngineError):
        return cause
    first, *others = str(cause).strip().split("\n")
    # Java says last what was first, each a line of its own.
    told = [type(cause).__name__, first, *(line for line in others if line.startswith((": ", "Caused by: ")))]
    for signs, sentence in _SENTENCES:
        if any(sign in line.lower() for sign in signs for line in told):
            return EngineLost(sentence) if sentence is _SILENT else EngineError(sentence)
    return EngineError(f"the engine refused the question ({type(cause).__name__}); look into its log")


_SILENT = "the engine does not answer any more; see whether it runs, and ask again"
_SENTENCES = (
    (
        ("outofmemory", "out of memory", "memory limit"),
        "the engine ran out of memory; ask for less at once, or give it more",
    ),
    (("interrupt", "cancel"), "the engine gave the question up: somebody stopped it; ask again"),
    (
        ("no files found", "path_not_found", "filenotfound", "file_not_exist", "cannot access file"),
        "the file of the events is gone; put it back beside story.toml",
    ),
    (
        (
            "magic bytes",
            "too small to be a parquet",
            "failed to read file",
            "failed_read_file",
            "tprotocol",
            "don't match in file",
        ),
        "the file of the events is not whole; write it again, or wait until it is written",
    ),
    (
        ("binderexception", "catalogexception", "undefinedcolumn", "undefinedtable", "no such column", "no such table"),
        "the table of the events is not what it was; see whether its columns are there, and open the story again",
    ),
    (
        ("parser stack",),
        "the engine cannot work out the cells of positions; give the table its qx and qy, as an import does",
    ),
    (("connection", "unavailable", "refused", "operationalerror"), _SILENT),
)


class _Ended:
    why: EngineError | None = None


@contextmanager
def _watched(interrupt: Callable[[], Any], seconds: float, stop: threading.Event, ended: _Ended) -> Iterator[None]:
    """Calls `interrupt` from another thread, again and again, once time is up or `stop` is set."""
    over = threading.Event()

    def watch() -> None:
        waited = 0.0
        while not over.wait(_LOOKS):
            waited += _LOOKS
            if stop.is_set():
                ended.why = QueryStopped("nobody waits for the answer any more")
            elif waited >= seconds:
                ended.why = EngineError(f"no answer within {seconds:g} seconds; ask for a smaller part or fewer steps")
            if ended.why is not None:
                interrupt()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()


Asked = tuple[Callable[[], pa.Table], Callable[[], Any]]


def _duckdb(backend: Any, expression: "ir.Table") -> Asked:
    cursor = backend.con.cursor()  # its own, so that questions of several threads do not wait for each other
    text = backend.compile(expression)
    return lambda: cursor.sql(text).to_arrow_table(), cursor.interrupt


def _spark(backend: Any, expression: "ir.Table") -> Asked:
    name = f"caseboard-{uuid.uuid4().hex}"
    text = backend.compile(expression)

    def context() -> Any:  # a server of Spark Connect has none, and no groups of jobs to cancel, but tags
        return getattr(backend._session, "sparkContext", None)

    def answer() -> pa.Table:
        of = context()
        _opened_again(backend, of is not None and of._jsc is None)  # as a session is that somebody stopped
        of, session = context(), backend._session
        if of is None:
            session.addTag(name)
        else:
            of.setJobGroup(name, "Caseboard", interruptOnCancel=True)
        try:
            return backend.raw_sql(text).toArrow()
        finally:
            with suppress(Exception):  # it is told by what the question raised
                session.removeTag(name) if of is None else of.setLocalProperty("spark.jobGroup.id", None)

    def interrupt() -> None:
        of = context()
        with suppress(Exception):  # of a session that ended meanwhile
            backend._session.interruptTag(name) if of is None else of.cancelJobGroup(name)

    return answer, interrupt


def _any(backend: Any, expression: "ir.Table") -> Asked:
    lane: Lane = getattr(backend, LANE, None) or Lane()
    over, ended, asked = threading.Event(), threading.Event(), threading.Lock()
    running = False

    def work() -> pa.Table:
        nonlocal running
        with asked:
            if over.is_set():
                raise TimeoutError
            running = True
        try:
            _opened_again(backend)
            return backend.to_pyarrow(expression)
        finally:
            with asked:  # what comes next in this lane is not given up
                running = False
            ended.set()

    def give_up() -> None:
        while not ended.wait(_LOOKS):  # between two statements a driver hears nothing
            connection = getattr(backend, "con", None)
            tell = getattr(connection, "cancel", None) or getattr(connection, "interrupt", None)
            with asked, suppress(Exception):
                if running and tell is not None:
                    tell()

    def interrupt() -> None:
        with asked:
            begun = running and not over.is_set()
            over.set()
        if begun:
            threading.Thread(target=give_up, daemon=True).start()  # a server that is away may keep it for long

    return lambda: lane.result(work, threading.TIMEOUT_MAX, over), interrupt


def _opened_again(backend: Any, ended: bool = False) -> None:
    """Opens a backend again that has ended, or did not answer any more when it was last asked."""
    if not (ended or getattr(backend, _LOST, False)):
        return
    with _opening:
        if ended or getattr(backend, _LOST, False):
            getattr(backend, AGAIN, backend.reconnect)()
            setattr(backend, _LOST, False)
