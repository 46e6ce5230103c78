"""What came of the import of a table: how many rows were kept, how many flagged, and why."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.fault_tally import FaultKind, as_json, from_json
from geo.merges import Merge
from geo.source import Source

FAULTS = "faults.json"
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Imported:
    """What came of a file: `rows` below its header, of which `flagged` have a fault, and the events made of them.

    `untimed` and `unplaced` events are in the story, and stand on no step of time and nowhere on the map. `asked`
    toponyms were looked for, and of `sure` ones the position is known now. `merges` are people who may be one: none
    were brought together.
    """

    file: str
    rows: int
    flagged: int
    kinds: tuple[FaultKind, ...]
    notices: tuple[str, ...]
    source: Source
    people: int
    toponyms: int
    asked: int = 0
    sure: int = 0
    untimed: int = 0
    unplaced: int = 0
    merges: tuple[Merge, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where no row is flagged, else 1."""
        return 1 if self.flagged or self.kinds else 0


def read_faults(folder: Path) -> tuple[FaultKind, ...]:
    """What was wrong with the file that the story in `folder` was imported from, the most frequent kind first.

    Nothing where the folder has no list of it, or none that an import wrote.
    """
    file = folder / FAULTS
    try:
        stat = file.stat()
    except OSError:
        return ()
    return _read(file, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=4)
def _read(file: Path, size: int, _: int) -> tuple[FaultKind, ...]:
    if size > MOST_BYTES:
        return ()
    try:
        return from_json(json.loads(file.read_bytes())["faults"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()


def document(done: Imported) -> dict[str, Any]:
    """Plain values, for json.dumps(..., allow_nan=False)."""
    return {
        "file": done.file,
        "rows": done.rows,
        "kept": done.rows - done.flagged,
        "flagged": done.flagged,
        "events": done.source.count,
        "notices": list(done.notices),
        "faults": as_json(done.kinds),
        "merges": [merge._asdict() for merge in done.merges],
    }
