"""One thread that does one thing after another, for drivers that know only the thread they began in."""

import queue
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

Result = TypeVar("Result")
_Told = list[Any]


class Lane:
    """A thread of its own, which goes when nobody holds the lane any more, once it has done what is `last`."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self.last: list[Callable[[], object]] = []
        threading.Thread(target=_run, args=(self._waiting, self.last), daemon=True).start()
        weakref.finalize(self, self._waiting.put, None)

    def result(self, work: Callable[[], Result], seconds: float, stop: threading.Event | None = None) -> Result:
        """What `work` returns or raises in the lane; TimeoutError after so many seconds, or once `stop` is set.

        Work that has begun goes on then, and what comes next waits for it; work that has not is left undone.
        """
        told: _Told = []
        over, given_up = stop or threading.Event(), threading.Event()

        def do() -> None:
            if given_up.is_set():
                return
            try:
                told.append((work(), None))
            except Exception as cause:
                told.append((None, cause))
            over.set()

        self._waiting.put(do)
        over.wait(seconds)
        if not told:
            given_up.set()
            raise TimeoutError
        result, cause = told[0]
        if cause is not None:
            raise cause
        return result  # type: ignore[no-any-return]


def _run(waiting: "queue.SimpleQueue[Callable[[], None] | None]", last: list[Callable[[], object]]) -> None:
    while (work := waiting.get()) is not None:
        work()
        del work
    for end in last:
        with suppress(Exception):  # nobody is there to hear of it
            end()
