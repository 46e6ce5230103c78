"""How much a host lets viewers bring: each limit has a default and an environment variable."""

import os
from typing import NamedTuple

from geo.raw import Limits


class Allowed(NamedTuple):
    """`upload_mb`: one file. `rows`: of one table. `stories`, `memory_mb`, `hours`: drafts in memory, the sum of their
    files, and how long one is kept after its last use. `saved`: stories in the folder of --stories."""

    upload_mb: int = 20
    rows: int = 100_000
    stories: int = 200
    memory_mb: int = 256
    hours: int = 12
    saved: int = 1_000

    @property
    def reading(self) -> Limits:
        """The same, as the readers of the library take it."""
        size = self.upload_mb * 1024 * 1024
        return Limits(size=size, rows=self.rows, unpacked=10 * size)


def allowed() -> Allowed:
    """What CASEBOARD_MOST_UPLOAD_MB, CASEBOARD_MOST_ROWS ... say; a value that is no number above 0 is left aside."""
    told = {name: os.environ.get(f"CASEBOARD_MOST_{name.upper()}", "") for name in Allowed._fields}
    return Allowed(**{name: int(text) for name, text in told.items() if text.isdecimal() and 0 < int(text) < 10**9})
