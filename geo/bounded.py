"""The answer of an engine within so many seconds, and what went wrong in one sentence where there is none."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geo.errors import EngineError
from geo.lane import Lane

if TYPE_CHECKING:  # Ibis takes long to load, and who asks has it already
    import ibis.expr.types as ir

LANE = "_caseboard_lane"  # of a backend that has one: the thread it was opened in, where all its work is done

_LOOKS = 0.05  # seconds between two looks at whether anybody still waits


class QueryStopped(EngineError):  # noqa: N818 - nothing is wrong with it: nobody waits for the answer
    """The one who asked has moved on."""


def bounded(expression: "ir.Table", seconds: float, stop: threading.Event | None = None) -> pa.Table:
    """The rows of `expression`, asked in this thread, with the types that Ibis gives its columns on any engine.

    Raises EngineError once `seconds` have passed or where the engine refuses, and QueryStopped soon after `stop` is
    set. DuckDB and Spark give the work up then, and answer several questions at once; another engine answers one after
    the other, goes on, and its answer is thrown away.
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
        raise refused(cause) from cause


def refused(cause: Exception) -> EngineError:
    """What an engine's exception comes down to, without what a driver may say of addresses and passwords."""
    told = str(cause).strip().partition("\n")[0]
    if isinstance(cause, EngineError):
        return cause
    for signs, sentence in _SENTENCES:
        if any(sign in f"{type(cause).__name__} {told}".lower() for sign in signs):
            return EngineError(sentence)
    return EngineError(f"the engine refused the question ({type(cause).__name__}); look into its log")


_SENTENCES = (
    (
        ("outofmemory", "out of memory", "memory limit"),
        "the engine ran out of memory; ask for less at once, or give it more",
    ),
    (("interrupt", "cancel"), "the engine gave the question up: somebody stopped it; ask again"),
    (
        ("no files found", "path_not_found", "filenotfound"),
        "the file of the events is gone; put it back beside story.toml",
    ),
    (
        ("connection", "unavailable", "refused", "operationalerror"),
        "the engine does not answer any more; see whether it runs, and ask again",
    ),
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
    session = backend._session
    context = getattr(session, "sparkContext", None)
    if context is None:  # a server of Spark Connect has no groups of jobs to cancel, but tags
        begin, finish = partial(session.addTag, name), partial(session.removeTag, name)
        interrupt = partial(session.interruptTag, name)
    else:
        begin = partial(context.setJobGroup, name, "Caseboard", interruptOnCancel=True)
        finish = partial(context.setLocalProperty, "spark.jobGroup.id", None)
        interrupt = partial(context.cancelJobGroup, name)

    def answer() -> pa.Table:
        begin()
        try:
            return backend.raw_sql(text).toArrow()
        finally:
            finish()

    return answer, interrupt


def _any(backend: Any, expression: "ir.Table") -> Asked:
    lane: Lane = getattr(backend, LANE, None) or Lane()
    over = threading.Event()
    return lambda: lane.result(lambda: backend.to_pyarrow(expression), threading.TIMEOUT_MAX, over), over.set
