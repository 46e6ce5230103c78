"""What the doctor says of a file: how many rows it kept, how many need somebody, and why."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from geo.errors import Fault
from geo.merges import Merge

_PARTICULAR = re.compile(r"'[^']*'|[-+−]?[0-9][0-9.,:]*")


@dataclass(frozen=True)
class Report:
    """Every row of a file is kept or flagged: `kept` + `flagged` == `rows`. A row is flagged once it has a fault.

    `readable` is False where there is no story in the file at all; then nothing is kept. `rows_flagged` are the
    flagged rows of a table by their numbers, of a story ("events.csv", 7).
    """

    file: str
    rows: int = 0
    flagged: int = 0
    notices: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    merges: tuple[Merge, ...] = ()
    readable: bool = True
    rows_flagged: tuple[tuple[str, int], ...] = ()

    @property
    def kept(self) -> int:
        """How many rows have no fault."""
        return self.rows - self.flagged

    @property
    def exit_code(self) -> int:
        """0 where nothing is flagged, 1 where something is, 2 where the file cannot be read as a story."""
        if not self.readable:
            return 2
        return 1 if self.flagged or self.faults else 0


class Group(NamedTuple):
    """Faults that the same thing mends; `remedy` is said without what is particular to one row."""

    remedy: str
    faults: tuple[Fault, ...]


def as_json(report: Report) -> dict[str, Any]:
    """One object of plain values, for json.dumps(..., allow_nan=False)."""
    return {
        "file": report.file,
        "rows": report.rows,
        "kept": report.kept,
        "flagged": report.flagged,
        "notices": list(report.notices),
        "faults": [fault._asdict() for fault in report.faults],
        "merges": [merge._asdict() for merge in report.merges],
    }


def by_remedy(faults: Iterable[Fault]) -> list[Group]:
    """The faults grouped by what mends them, the largest group first; equal ones stay in the order of the rows."""
    groups: dict[tuple[str | None, str], list[Fault]] = {}
    for fault in faults:
        key = fault.column, _PARTICULAR.sub("…", fault.remedy.split(": ")[0])
        groups.setdefault(key, []).append(fault)
    said = [Group(_common([fault.remedy for fault in members]), tuple(members)) for members in groups.values()]
    return sorted(said, key=lambda group: -len(group.faults))


def _common(remedies: list[str]) -> str:
    """The remedy, or its part before the colon where the rest differs from row to row."""
    return remedies[0] if len(set(remedies)) == 1 else remedies[0].split(": ")[0]
