"""Costly answers: each worked out once for all who ask it at the same time, given up when nobody waits, then kept."""

import asyncio
import gzip
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from starlette.requests import Request

from dashboard.assets import Asset
from dashboard.room import size
from geo.errors import EngineError
from geo.wire import digest

MOST_BYTES = 64 * 1024 * 1024  # of answers kept
LARGEST_KEPT = MOST_BYTES // 8  # bytes of one answer, so that one file does not drive all cells out
MOST_KEPT = 1_000
AT_ONCE = 4
WAITING = 96
LONGEST = 20.0  # seconds that a question waits until its work begins
BUSY = "too many are asking at the moment; ask again soon"
LOOKS = 0.1  # seconds between two looks at whether the viewer is still there
PACKED = 3  # of gzip: a fifth larger than 6 in a third of the time

Work = Callable[[threading.Event], bytes]


class Busy(EngineError):  # noqa: N818 - an answer, not a mistake
    """Too many different answers are under way."""


@dataclass(eq=False)
class _Flight:
    future: "Future[Asset]"
    stop: threading.Event = field(default_factory=threading.Event)
    waiting: int = 0


_kept: OrderedDict[Hashable, Asset] = OrderedDict()  # least recently used first
_flights: dict[Hashable, _Flight] = {}
_lock = threading.Lock()
_pool: ThreadPoolExecutor | None = None


async def landed(
    request: Request, key: Hashable, work: Work, *, keep: bool, media_type: str = "application/json"
) -> Asset:
    """What `work` writes, packed; equal keys have equal answers, kept where `keep` says that they stay true.

    `work` runs in another thread, and its event is set once all who asked have gone; it then may raise whatever it
    likes. Raises what `work` raises, and Busy.
    """
    known = _recall(key)
    if known is not None:
        return known
    flight = _boarded(key, work, keep, media_type)
    try:
        return await _awaited(request, flight.future)
    finally:
        with _lock:
            flight.waiting -= 1
            if not flight.waiting:
                flight.stop.set()
                if _flights.get(key) is flight:
                    del _flights[key]


def close() -> None:
    """Gives up what is under way and forgets what is kept."""
    global _pool
    with _lock:
        for flight in _flights.values():
            flight.stop.set()
        pool, _pool = _pool, None
        _kept.clear()
    if pool is not None:
        pool.shutdown(wait=False, cancel_futures=True)


def _boarded(key: Hashable, work: Work, keep: bool, media_type: str) -> _Flight:
    """The flight of that key with one more who waits for it."""
    global _pool
    with _lock:
        flight = _flights.get(key)
        if flight is None:
            if len(_flights) >= AT_ONCE + WAITING:
                raise Busy(BUSY)
            _pool = _pool or ThreadPoolExecutor(AT_ONCE, "engine")
            stop, late = threading.Event(), time.monotonic() + LONGEST
            flight = _flights[key] = _Flight(_pool.submit(_made, key, work, stop, late, keep, media_type), stop)
        flight.waiting += 1
        return flight


async def _awaited(request: Request, future: "Future[Asset]") -> Asset:
    answered = asyncio.wrap_future(future)
    # What nobody waits for any more is no mistake to be logged.
    answered.add_done_callback(lambda done: done.cancelled() or done.exception())
    while not answered.done():
        await asyncio.wait({answered}, timeout=LOOKS)
        if not answered.done() and await request.is_disconnected():
            raise EngineError("the viewer has gone; nothing is answered")
    if answered.cancelled():
        raise EngineError("the server stops; ask again soon")
    return answered.result()


def _made(key: Hashable, work: Work, stop: threading.Event, late: float, keep: bool, media_type: str) -> Asset:
    if stop.is_set() or time.monotonic() > late:
        raise Busy(BUSY)
    body = work(stop)
    packed = gzip.compress(body, PACKED, mtime=0)
    made = Asset(body, packed if len(packed) < len(body) else b"", media_type, digest(body))
    if keep and size(made) <= LARGEST_KEPT:
        _remember(key, made)
    return made


def _recall(key: Hashable) -> Asset | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _remember(key: Hashable, made: Asset) -> None:
    with _lock:
        _kept[key] = made
        while len(_kept) > MOST_KEPT or sum(map(size, _kept.values())) > MOST_BYTES:
            _kept.popitem(last=False)
