"""The people that the rows of a large table name: an id for each, how often each is met, and of which group."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import Fault, clipped
from geo.fault_tally import Tally
from geo.import_rows import Piece
from geo.keys import slug, unique
from geo.made_people import GROUP
from geo.mapping import Mapping
from geo.people_cells import read_names
from geo.raw import Raw

MOST = 100_000
MOST_GROUPS = 50
HEADER = ("id", "name", "group", "events")

_CONTEXT = 1_000  # different cells of the sample that tell how the column is written
_REMEMBERED = 200_000
_JOINT = "\x1f"


class Present(NamedTuple):
    """Of each row: the ids of those present with ";" between them (null for nobody), their names for a title and all
    of them a line each ("" for nobody), and the group of the event."""

    ids: pa.Array
    title: pa.Array
    names: pa.Array
    groups: pa.Array


class People:
    """Reads who takes part in piece after piece."""

    def __init__(self, raw: Raw, mapping: Mapping, file: str, tally: Tally) -> None:
        self._mapping, self._file, self._tally = mapping, file, tally
        self._whole = not mapping.of("who") and bool(mapping.of("first") or mapping.of("last"))
        self._columns = mapping.of("who") or (*mapping.of("first"), *mapping.of("last"))
        self._context = {name: _context(raw.column(name)) for name in self._columns}
        self.notices = tuple(
            notice for name in mapping.of("who") if (notice := read_names(raw.column(name), name).notice)
        )
        self._names: dict[tuple[str, str], str] = {}
        self._cells: dict[str, str | None] = {}
        self._ids: dict[str, str] = {}
        self._taken: set[str] = set()
        self._last: dict[str, int] = {}
        self._count: Counter[str] = Counter()
        self._group: dict[str, str] = {}
        self.groups: dict[str, str] = {}

    def read(self, piece: Piece) -> Present:
        """Who is present in the rows of a piece."""
        names = self._together(piece)
        encoded = names.dictionary_encode()
        cells, places = encoded.dictionary.to_pylist(), encoded.indices.to_numpy(zero_copy_only=False)
        ids = [self._ids_of(cell) for cell in cells]
        lost = np.array([bool(cell) and not one for cell, one in zip(cells, ids, strict=True)], dtype=bool)
        groups = self._groups(piece, ids, places)
        for one, count in zip(ids, np.bincount(places, minlength=len(ids)).tolist(), strict=True):
            for person in one.split(";") if one else ():
                self._count[person] += count
        if lost.any():
            self._too_many(piece, np.flatnonzero(lost[places]), names)
        present = pa.array([one or None for one in ids], pa.string()).take(encoded.indices)
        several = pa.array([_title(cell) if _JOINT in cell else cell for cell in cells], pa.string())
        lines = pc.replace_substring(encoded.dictionary, _JOINT, "\n")
        return Present(present, several.take(encoded.indices), lines.take(encoded.indices), groups)

    def remote(self, piece: Piece) -> pa.Array | None:
        """Those involved from elsewhere, as they are written; None where no column says it."""
        columns = [pc.utf8_trim_whitespace(piece.columns[name]) for name in self._mapping.of("remote")]
        return pc.binary_join_element_wise(*columns, "; ") if columns else None

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody's name, in the order of the rows."""
        return tuple(self._ids)

    @property
    def table(self) -> list[tuple[str, ...]]:
        """The rows of people.csv under `HEADER`."""
        return [(one, name, self._group.get(one, GROUP), str(self._count[one])) for name, one in self._ids.items()]

    def _together(self, piece: Piece) -> pa.Array:
        if not self._columns:
            return pa.nulls(len(piece.numbers), pa.string()).fill_null("")
        if self._whole:
            parts = [pc.utf8_trim_whitespace(piece.columns[name]) for name in self._columns]
            return pc.utf8_trim_whitespace(pc.binary_join_element_wise(*parts, " "))
        read = [self._split(name, piece.columns[name]) for name in self._columns]
        return read[0] if len(read) == 1 else pc.utf8_trim(pc.binary_join_element_wise(*read, _JOINT), _JOINT)

    def _split(self, column: str, cells: pa.Array) -> pa.Array:
        """The names of each cell, joined; new cells are read among those of the sample, which say how."""
        encoded = cells.dictionary_encode()
        texts = encoded.dictionary.to_pylist()
        new = [text for text in texts if (column, text) not in self._names]
        if len(self._names) + len(new) > _REMEMBERED:
            self._names.clear()
            new = texts
        if new:
            context = self._context[column]
            sampled = set(context)
            together = [*context, *(text for text in new if text not in sampled)]
            read = dict(zip(together, read_names(together, column).cells, strict=True))
            self._names |= {(column, text): _JOINT.join(read[text]) for text in new}
        joined = [self._names[column, text] for text in texts]
        return pa.array(joined, pa.string()).take(encoded.indices)

    def _ids_of(self, cell: str) -> str:
        """The ids of the names in a cell; "" where there is none, or none that may still be taken in."""
        known = self._cells.get(cell)
        if known is None:
            names = dict.fromkeys(cell.split(_JOINT)) if _JOINT in cell else (cell,)
            known = ";".join([one for name in names if name and (one := self._id(name))])
            if len(self._cells) > _REMEMBERED:
                self._cells.clear()
            self._cells[cell] = known
        return known

    def _id(self, name: str) -> str:
        known = self._ids.get(name)
        if known is None and len(self._ids) < MOST:
            base = slug(name) or "person"
            known = self._ids[name] = unique(base, self._taken, "_", self._last.get(base, 1))
            self._last[base] = self._last.get(base, 1) + 1
        return known or ""

    def _too_many(self, piece: Piece, places: Any, names: pa.Array) -> None:
        what = f"names somebody beyond the {MOST:,} people that a story can have"
        fault = Fault(
            self._file, None, " and ".join(self._columns), "", what, "import fewer people; the row has nobody"
        )
        self._tally.add_rows(fault, piece.numbers[places], map(_title, names.take(pa.array(places[:200])).to_pylist()))

    def _groups(self, piece: Piece, ids: Sequence[str], places: Any) -> pa.Array:
        column = self._mapping.of("group")
        if not column:
            own = pa.array([GROUP if one else None for one in ids], pa.string())
            return own.take(pa.array(places))
        encoded = pc.utf8_trim_whitespace(piece.columns[column[0]]).dictionary_encode()
        labels = encoded.dictionary.to_pylist()
        found = [self._group_of(label) for label in labels]
        of_row = encoded.indices.to_numpy(zero_copy_only=False)
        first = np.zeros(len(ids), dtype=np.int64)
        first[places[::-1]] = np.arange(len(places))[::-1]  # of several rows with one cell the first is written last
        for row in first.tolist():
            group = found[of_row[row]]
            for person in ids[places[row]].split(";")[:1]:
                if person and group:
                    self._group.setdefault(person, group)
        if none := [place for place, (one, label) in enumerate(zip(found, labels, strict=True)) if label and not one]:
            rows = np.flatnonzero(np.isin(of_row, none))
            what, remedy = f"is beyond the {MOST_GROUPS} groups that a story can have", "bring several together"
            fault = Fault(self._file, None, column[0], "", what, remedy)
            self._tally.add_rows(fault, piece.numbers[rows], (clipped(labels[of_row[row]]) for row in rows.tolist()))
        return pa.array(found, pa.string()).take(encoded.indices)

    def _group_of(self, label: str) -> str | None:
        if not label:
            return None
        for group, known in self.groups.items():
            if known == label:
                return group
        if len(self.groups) >= MOST_GROUPS:
            return None
        group = unique(slug(label) or "group", set(self.groups), "_")
        self.groups[group] = label
        return group


def _context(cells: Sequence[str]) -> list[str]:
    """The commonest cells of the sample, twice what it has more than once: that tells a name from a list."""
    return [cell for cell, count in Counter(cells).most_common(_CONTEXT) for _ in range(min(count, 2))]


def _title(cell: str) -> str:
    """Three names at most."""
    names = cell.split(_JOINT)
    return ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
