"""Faults by the million: counted by kind, of each kind the first hundred kept, and which rows have any."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.errors import Fault

FIRST = 100
MOST_KINDS = 500

_PARTICULAR = re.compile(r"'[^']*'|[-+−]?[0-9][0-9.,:]*")


@dataclass(frozen=True)
class FaultKind:
    """Faults of one column that are wrong in the same way: how many there are, and the first of them."""

    column: str | None
    what: str
    remedy: str
    count: int
    faults: tuple[Fault, ...]


class Tally:
    """Adds up the faults of one file; `rows` of it have one or more."""

    def __init__(self) -> None:
        self._count: dict[tuple[str | None, str, str], int] = {}
        self._first: dict[tuple[str | None, str, str], list[Fault]] = {}
        self._keys: dict[tuple[str | None, str, str], tuple[str | None, str, str]] = {}
        self._marked = np.zeros(0, dtype=bool)

    def add(self, fault: Fault) -> None:
        """Counts one fault."""
        key = self._key(fault.column, fault.what, fault.remedy)
        self._count[key] = self._count.get(key, 0) + 1
        first = self._first.setdefault(key, [])
        if len(first) < FIRST:
            first.append(fault)
        if fault.row is not None:
            self._mark(np.array([fault.row]))

    def add_all(self, faults: Iterable[Fault]) -> None:
        """Counts several faults."""
        for fault in faults:
            self.add(fault)

    def add_rows(self, fault: Fault, numbers: "np.ndarray[Any, np.dtype[np.int64]]", values: Iterable[str]) -> None:
        """Counts a fault that these rows have, each with its own value: as many as are kept are asked for."""
        if not len(numbers):
            return
        key = self._key(fault.column, fault.what, fault.remedy)
        self._count[key] = self._count.get(key, 0) + len(numbers)
        first = self._first.setdefault(key, [])
        for number, value in zip(numbers[: FIRST - len(first)].tolist(), values, strict=False):
            first.append(fault._replace(row=number, value=value))
        self._mark(numbers)

    @property
    def kinds(self) -> tuple[FaultKind, ...]:
        """The kinds of faults, the most frequent first."""
        found = [FaultKind(*key, count, tuple(self._first[key])) for key, count in self._count.items()]
        return tuple(sorted(found, key=lambda kind: -kind.count))

    @property
    def rows(self) -> int:
        """How many rows have a fault."""
        return int(self._marked.sum())

    def _key(self, column: str | None, what: str, remedy: str) -> tuple[str | None, str, str]:
        """The kind of a fault: what it says without what is particular to one row, nor what may have caused it."""
        key = self._keys.get((column, what, remedy))
        if key is None:
            named = _PARTICULAR.sub("…", what).split("; ")[0]
            key = column, named, _PARTICULAR.sub("…", remedy.split(": ")[0])
            if key not in self._count and len(self._count) >= MOST_KINDS:
                key = None, "and other faults", "see the first ones"
            if len(self._keys) < 10 * MOST_KINDS:
                self._keys[column, what, remedy] = key
        return key

    def _mark(self, numbers: "np.ndarray[Any, np.dtype[np.int64]]") -> None:
        highest = int(numbers.max())
        if highest >= len(self._marked):
            grown = np.zeros(max(1_024, 2 * (highest + 1)), dtype=bool)
            grown[: len(self._marked)] = self._marked
            self._marked = grown
        self._marked[numbers] = True


def from_json(listed: Any) -> tuple[FaultKind, ...]:
    """The inverse of `as_json`. Raises ValueError for what that does not write."""
    try:
        return tuple(_kind(**one) for one in listed)
    except (TypeError, AttributeError) as cause:
        raise ValueError("this is no list of faults by kind") from cause


def _kind(column: Any, what: Any, remedy: Any, count: Any, faults: Any) -> FaultKind:
    if not isinstance(count, int) or isinstance(count, bool):
        raise TypeError("a number of faults is a whole number")
    if not all(isinstance(text, str) for text in (what, remedy)):
        raise TypeError("what is wrong is a text")
    first = tuple(_fault(**one) for one in faults[:FIRST])
    return FaultKind(None if column is None else str(column), what, remedy, count, first)


def _fault(file: Any, row: Any, column: Any, value: Any, what: Any, remedy: Any) -> Fault:
    number = row if isinstance(row, int) else None
    return Fault(str(file), number, None if column is None else str(column), str(value), str(what), str(remedy))


def as_json(kinds: Iterable[FaultKind]) -> list[dict[str, Any]]:
    """Plain values, for json.dumps."""
    return [vars(kind) | {"faults": [fault._asdict() for fault in kind.faults]} for kind in kinds]
