"""Toponyms asked for one after the other in the background: how far that is, and what came back so far."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from geo.geocoder import Answer

RECENT = 20  # answers that the rate is taken over
LATER = 3  # toponyms in a row that could not be asked for, after which it makes no sense to go on now

Where = Literal["ready", "asking", "paused", "finished", "stopped"]


class Progress(NamedTuple):
    """How far the asking is: `rate` in toponyms a second and `left` in seconds, 0 while nothing is known of them.

    `why` is a sentence where it stopped by itself.
    """

    where: Where
    done: int
    of: int
    rate: float
    left: float
    why: str = ""


class Asking:
    """Asks for each of the toponyms once, in their order, on a thread of its own. `geocode` never raises."""

    def __init__(
        self,
        toponyms: Iterable[str],
        geocode: Callable[[str], Answer],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.toponyms = tuple(dict.fromkeys(toponyms))
        self._geocode, self._clock = geocode, clock
        self._answers: dict[str, Answer] = {}
        self._times: deque[float] = deque(maxlen=RECENT + 1)
        self._state = threading.Condition()
        self._where: Where = "ready"
        self._why = ""
        self._thread: threading.Thread | None = None

    @property
    def answers(self) -> dict[str, Answer]:
        """What came back so far, by toponym, in the order asked for."""
        with self._state:
            return dict(self._answers)

    @property
    def progress(self) -> Progress:
        """Where it stands now."""
        with self._state:
            done, of, times = len(self._answers), len(self.toponyms), self._times
            passed = times[-1] - times[0] if len(times) > 1 else 0.0
            rate = (len(times) - 1) / passed if passed > 0 else 0.0
            return Progress(self._where, done, of, rate, (of - done) / rate if rate else 0.0, self._why)

    def start(self) -> None:
        """Begins, or goes on after a pause or a stop; what was answered is not asked for again."""
        with self._state:
            if self._where in ("asking", "finished"):
                return
            self._where, self._why = "asking", ""
            self._times.clear()
            self._times.append(self._clock())
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="geocoding", daemon=True)
                self._thread.start()
            self._state.notify_all()

    def pause(self) -> None:
        """Asks for nothing more until `start`; the answer under way is still taken."""
        with self._state:
            if self._where == "asking":
                self._where = "paused"

    def stop(self) -> None:
        """Ends the thread; `start` goes on."""
        with self._state:
            if self._where != "finished":
                self._where = "stopped"
            self._state.notify_all()

    def wait(self, seconds: float) -> Progress:
        """The progress once nothing is under way, or after so many seconds."""
        with self._state:
            self._state.wait_for(lambda: self._where in ("finished", "stopped", "ready"), seconds)
        return self.progress

    def _run(self) -> None:
        later, why = 0, ""
        for toponym in self.toponyms:
            with self._state:
                self._state.wait_for(lambda: self._where != "paused")
                if self._where == "stopped":
                    self._thread = None
                    return
                if toponym in self._answers:
                    continue
            answer = self._geocode(toponym)
            with self._state:
                later = later + 1 if answer.status == "later" else 0
                why = answer.why if answer.status == "later" else why
                if answer.status != "later":
                    self._answers[toponym] = answer
                    self._times.append(self._clock())
                if later >= LATER:
                    self._where, self._why, self._thread = "stopped", answer.why, None
                    self._state.notify_all()
                    return
        with self._state:
            left = len(self.toponyms) - len(self._answers)
            self._where = "stopped" if left else "finished"
            self._why = f"{left:,} could not be asked for now: {why}" if left else ""
            self._thread = None
            self._state.notify_all()
