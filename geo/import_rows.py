"""The rows of a large delimited text as columns of text: quickly where it is well formed, else as any table is read."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from geo.errors import Fault
from geo.fault_tally import Tally
from geo.import_layout import Layout
from geo.import_lexer import Bools, Ints, Lexed, cells_of, joined, lexed, widths
from geo.records import Record, ragged, records

MOST_BYTES = 1024 * 1024  # of a row: 200 columns of 2 000 characters are less
CHARACTERS = 2_000  # of a cell
_LEAST = 64 * 1024  # bytes of a piece that is not cut any further where a quote in it is broken
_EXPLAINED = 1_000
_LINES = 200  # looked at from the end of a piece for one where it may be cut

_CONTROL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_C1 = re.compile(b"\xc2[\x80-\x9f]")


class Piece(NamedTuple):
    """Rows of a table: a column of text for each name of the layout, and the numbers of the rows."""

    columns: dict[str, pa.Array]
    numbers: Ints


class Rows:
    """Reads the blocks of a text one after the other; `count` is how many rows there were, those left out included."""

    def __init__(self, layout: Layout, file: str, tally: Tally, names: Iterable[str]) -> None:
        self.count = 0
        self.controls = 0
        self.repeated = 0
        self._layout, self._file, self._tally = layout, file, tally
        self._names = [name for name in layout.header if name in set(names)]
        self._number = 1  # of the next row
        self._explained = 0

    def pieces(self, blocks: Iterable[bytes]) -> Iterator[Piece]:
        """The usable rows. The others are faults: too many or too few cells, or a quote that is broken."""
        held, skip = b"", self._layout.skipped
        for block in blocks:
            content = held + self._without_controls(block)
            content, skip = content[skip:], 0
            whole, found = self._whole(content)
            if whole:
                yield from self._read(content[:whole], found)
            held = content[whole:]
        if held:
            yield from self._read(held if held.endswith(b"\n") else held + b"\n")

    def _without_controls(self, block: bytes) -> bytes:
        plain = block.translate(None, _CONTROL)
        if b"\xc2" in plain:
            plain = _C1.sub(b"", plain)
        self.controls += len(block) - len(plain)
        return plain

    def _whole(self, content: bytes) -> tuple[int, Lexed | None]:
        """How many bytes of the beginning are whole rows, and where these are; the rest goes with the next block."""
        found = lexed(content, self._layout.sign)
        if found is not None:
            end = int(found.ends[-1]) + 1 if len(found.ends) else 0
            if len(content) - end <= MOST_BYTES:
                return end, found
        return self._cut(content, len(content)), None

    def _read(self, content: bytes, found: Lexed | None = None) -> Iterator[Piece]:
        found = found or lexed(content, self._layout.sign)
        if found is not None and len(found.ends) and int(found.ends[-1]) == len(content) - 1:
            yield from self._quickly(content, found)
            return
        half = self._cut(content, len(content) // 2) if len(content) > _LEAST else 0
        if 0 < half < len(content):
            yield from self._read(content[:half])
            yield from self._read(content[half:])
        else:
            yield from self._carefully(content)

    def _cut(self, content: bytes, before: int) -> int:
        """The beginning of a line, before this byte, that is a row by itself; 0 where there is none near."""
        end = content.rfind(b"\n", 0, before)
        for _ in range(_LINES):
            start = content.rfind(b"\n", 0, max(end, 0))
            if start < 0 or end <= 0:
                break
            if self._is_row(content[start + 1 : end]):
                return start + 1
            end = start
        return content.rfind(b"\n", 0, before) + 1

    def _is_row(self, line: bytes) -> bool:
        cells = cells_of(line.decode("utf-8", "replace"), self._layout.sign)
        return cells is not None and len(cells) == self._layout.width

    # --- rows that are well formed ---

    def _quickly(self, content: bytes, where: Lexed) -> Iterator[Piece]:
        width = self._layout.width
        starts = np.concatenate([[0], where.ends[:-1] + 1])
        numbers = self._number + np.arange(len(starts))
        self._number += len(starts)
        lengths = where.ends - starts
        below = (numbers >= self._layout.first_row) & (lengths > 0)
        quotes = np.diff(np.searchsorted(where.quotes, where.ends), prepend=0)
        fits = below & (lengths - quotes >= width)  # a row of empty cells is no row
        kept = content if fits.all() else joined(content, starts, where.ends, fits)
        table = self._parsed(kept) if fits.any() else None
        if (fits != below).any() or (table is not None and len(table) < fits.sum()):
            cells = widths(content, self._layout.sign, where)
            filled = lengths - quotes > cells - 1
            fits = below & filled & (cells == width)
            odd = np.flatnonzero(below & ~fits).tolist()
            found = [(row, self._record(content[starts[row] : where.ends[row]], int(numbers[row]))) for row in odd]
            fits[[row for row, record in found if any(record.cells) and len(record.cells) == width]] = True
            self.count += self._flag([record for row, record in found if any(record.cells) and not fits[row]])
            table = self._parsed(joined(content, starts, where.ends, fits)) if fits.any() else None
        self.count += int(fits.sum())
        if table is not None:
            yield from self._checked(table, numbers[fits], long=bool((lengths[fits] > CHARACTERS).any()))

    def _record(self, line: bytes, number: int) -> Record:
        text = line.decode("utf-8", "replace")
        return Record(number, cells_of(text, self._layout.sign) or [text])

    def _parsed(self, content: bytes) -> pa.Table:
        places = [str(place) for place in range(self._layout.width)]
        wanted = self._wanted()
        return arrow_csv.read_csv(
            pa.BufferReader(content),
            read_options=arrow_csv.ReadOptions(column_names=places, block_size=len(content) + 1, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=self._layout.sign, newlines_in_values=True, invalid_row_handler=lambda _: "skip"
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(wanted, pa.string()), include_columns=list(wanted), strings_can_be_null=False
            ),
        )

    def _wanted(self) -> dict[str, str]:
        """The place of each column that is read, in the order of the file: place -> name."""
        return {str(place): name for place, name in enumerate(self._layout.header) if name in self._names}

    # --- rows as the doctor reads them ---

    def _carefully(self, content: bytes) -> Iterator[Piece]:
        layout, kept, numbers, odd = self._layout, [], [], []
        number = 0
        for record in records(content.decode("utf-8", "replace"), layout.sign):
            number = record.number
            row = record._replace(number=self._number + number - 1)
            if row.number < layout.first_row or not (row.problem or any(row.cells)):
                continue
            self.count += 1
            if not row.problem and len(row.cells) == layout.width:
                kept.append(row.cells)
                numbers.append(row.number)
            else:
                odd.append(row)
        self._number += number
        self._flag(odd)
        if kept:
            columns = list(zip(*kept, strict=True))
            table = {place: pa.array(columns[int(place)], pa.string()) for place in self._wanted()}
            yield from self._checked(pa.table(table), np.array(numbers, dtype=np.int64), long=True)

    # --- both ---

    def _flag(self, odd: list[Record]) -> int:
        """Counts rows that do not fit as faults, and says how many they are."""
        layout = self._layout
        for place, record in enumerate(odd):
            if record.problem:
                self._tally.add(Fault(self._file, record.number, None, "", record.problem, record.remedy))
                continue
            below = odd[place + 1] if place + 1 < len(odd) and odd[place + 1].number == record.number + 1 else None
            self._explained += 1
            explain = self._explained <= _EXPLAINED
            cells = below.cells if below is not None and explain else None
            what, remedy = ragged(record.cells, layout.width, layout.sign, cells, explain=explain)
            self._tally.add(Fault(self._file, record.number, None, "", what, remedy))
        return len(odd)

    def _checked(self, table: pa.Table, numbers: Ints, *, long: bool) -> Iterator[Piece]:
        columns = {name: pa.concat_arrays(table[place].chunks) for place, name in self._wanted().items()}
        if long:
            columns = {name: self._short(name, column, numbers) for name, column in columns.items()}
        again = self._again(columns)
        if again is not None:
            self.repeated += len(again) - int(again.sum())
            self.count -= len(again) - int(again.sum())
            columns = {name: column.filter(pa.array(again)) for name, column in columns.items()}
            numbers = numbers[again]
        if len(numbers):
            yield Piece(columns, numbers)

    def _short(self, name: str, column: pa.Array, numbers: Ints) -> pa.Array:
        lengths = pc.utf8_length(column).to_numpy(zero_copy_only=False)
        long = np.flatnonzero(lengths > CHARACTERS)
        if not len(long):
            return column
        for place in long.tolist():
            what, remedy = f"holds {int(lengths[place]):,} characters", f"shorten it; it is cut at {CHARACTERS:,}"
            self._tally.add(Fault(self._file, int(numbers[place]), name, "", what, remedy))
        return pc.utf8_slice_codeunits(column, 0, CHARACTERS)

    def _again(self, columns: dict[str, pa.Array]) -> Bools | None:
        """Which rows are not the header once more; None where none is."""
        same: Any = None
        for name, cell in zip(self._layout.header, self._layout.cells, strict=False):
            if name in columns:
                equal = pc.equal(columns[name], cell)
                same = equal if same is None else pc.and_(same, equal)
                if not pc.any(same).as_py():
                    return None
        return None if same is None else ~same.to_numpy(zero_copy_only=False)
