"""What can be wrong: exceptions, faults (one wrong cell and its remedy), doubts (read, but hardly true)."""

from collections.abc import Iterable
from typing import NamedTuple

SHOWN_CHARACTERS = 80


class Fault(NamedTuple):
    """One thing wrong with one row of a file.

    `row` counts as a spreadsheet does: the header is row 1. It is None when the whole file is meant. `what` follows
    the column and the value in a sentence ("is not in places.csv"); without a column it is a sentence of its own.
    """

    file: str
    row: int | None
    column: str | None
    value: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = self.file if self.row is None else f"{self.file} row {self.row}"
        subject = [self.column] if self.column else []
        if self.value:
            subject.append(f"'{clipped(self.value)}'")
        sentence = " ".join([*subject, self.what])
        return f"{where}: {sentence}; {self.remedy}" if self.remedy else f"{where}: {sentence}"


class Doubt(NamedTuple):
    """One thing that can be read but hardly be true, and what to do about it. It never keeps a story from opening.

    `kind` is one of `geo.doubts.KINDS`. `events` and `people` are ids, in order. Of a journey, `speed_kmh` is what it
    would have taken (infinite where there is no time at all); it is 0 for any other kind. `row` of `file` is that of
    the last event, or of the place or person that is never used.
    """

    kind: str
    file: str
    row: int
    events: tuple[str, ...]
    people: tuple[str, ...]
    what: str
    remedy: str
    speed_kmh: float = 0.0

    def __str__(self) -> str:
        return f"{self.file} row {self.row}: {self.what}; {self.remedy}"


class GeoError(Exception):
    """Anything the library refuses; its message is an instruction."""


class StoryError(GeoError):
    """A story with nothing to open. `faults` says why, one fault a cause."""

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


class EngineError(GeoError):
    """The engine that holds the events of a large story gave no answer; no credentials are in the message."""


class GeocodingError(GeoError):
    """A toponym could not be asked for."""


class ServiceStopped(GeocodingError):  # noqa: N818 - a state of the service, not a mistake of ours
    """The service refuses to go on for now (401, 402, 403, 429): nothing more is asked until the pause ends."""


class ServiceUnavailable(GeocodingError):  # noqa: N818 - a state of the service, not a mistake of ours
    """The service did not answer in time, or answered with an error or with garbage."""


def clipped(text: str, limit: int = SHOWN_CHARACTERS) -> str:
    """`text` on one line and at most `limit` characters long, for use inside a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
