"""The file of a large story's events: its columns, written in row groups as the rows come, and what is in it."""

import math
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pc_csv
import pyarrow.parquet as pq

from geo.join import folded
from geo.quads import quads
from geo.source import Source

PARQUET, CSV = "events.parquet", "events.csv"
ROWS_A_GROUP = 122_880  # as many as DuckDB reads at once

SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        ("at", pa.float64()),
        ("until", pa.float64()),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("radius_m", pa.float64()),
        ("place", pa.string()),
        ("people", pa.string()),
        ("group", pa.string()),
        ("summary", pa.string()),
        ("source", pa.string()),
    ]
)
# What an engine would have to work out for every question: the cell of the position, and the text to search in.
WORKED_OUT = pa.schema([("qx", pa.int64()), ("qy", pa.int64()), ("folded", pa.string())])
NAMES = "names"  # of people, in a table that is added: they are searched, and not kept

_TIMES = ("at", "until")
_REPEATED = ["place", "people", "group", "source"]
_MEASURED = ("at", "until", "lat", "lon")
_ROW = pa.field("row", pa.int64())
# Letters of which the lower case may not be all that a search folds: sharp s, final sigma, and scripts beyond these.
_RARE = (
    r"[^\x{0}-\x{DE}\x{E0}-\x{3C1}\x{3C3}-\x{557}\x{5BE}-\x{7FF}\x{2000}-\x{2BFF}\x{3000}-\x{9FFF}\x{AC00}-\x{D7A3}]"
)


class EventsFile:
    """Writes tables with columns of `SCHEMA` one below the other; a column that one does not have is empty there.

    To be used in a `with`; `source` says afterwards what the file holds. As `CSV` (else Parquet, with the columns of
    `WORKED_OUT`) the times are dates of ISO 8601, as other programs write them. With `numbered`, the column `row` has
    the number of each row in the file it comes from. Raises OSError where the disk refuses.
    """

    def __init__(self, folder: Path, name: str = PARQUET, *, numbered: bool = False) -> None:
        self.count = 0
        self._name = name
        more = () if name == CSV else (*WORKED_OUT, *((_ROW,) if numbered else ()))
        self._schema = pa.schema([*SCHEMA, *more])
        self._least: dict[str, float] = {}
        self._most: dict[str, float] = {}
        self._waiting: list[pa.Table] = []
        self._writer = _csv_writer(folder / name) if name == CSV else _parquet_writer(folder / name, self._schema)

    def __enter__(self) -> "EventsFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._waiting:
                self._write(pa.concat_tables(self._waiting))
        finally:
            self._writer.close()

    def add(self, table: pa.Table) -> None:
        """Adds the rows of `table` below those that are there."""
        for name in _MEASURED:
            if name in table.column_names:
                self._widen(name, table[name])
        self.count += len(table)
        self._waiting.append(_whole(table, self._schema))
        if sum(map(len, self._waiting)) >= ROWS_A_GROUP:
            waiting = pa.concat_tables(self._waiting)
            full = len(waiting) // ROWS_A_GROUP * ROWS_A_GROUP
            self._write(waiting.slice(0, full))
            self._waiting = [waiting.slice(full)]

    @property
    def source(self) -> Source:
        """How many events there are, their first and last second, and the degrees they span: what story.toml says."""
        last = max((self._most[name] for name in _TIMES if name in self._most), default=None)
        bounds = None
        if "lat" in self._least and "lon" in self._least:
            bounds = self._least["lon"], self._least["lat"], self._most["lon"], self._most["lat"]
        return Source(self._name, count=self.count, first=self._least.get("at"), last=last, bounds=bounds)

    def _widen(self, name: str, column: pa.ChunkedArray) -> None:
        found = pc.min_max(column).as_py()
        if found["min"] is not None:
            self._least[name] = min(self._least.get(name, math.inf), found["min"])
            self._most[name] = max(self._most.get(name, -math.inf), found["max"])

    def _write(self, table: pa.Table) -> None:
        if self._name == CSV:
            for name in _TIMES:
                moments = table[name].cast(pa.int64()).cast(pa.timestamp("s"))
                place = SCHEMA.get_field_index(name)
                table = table.set_column(place, name, pc.strftime(moments, format="%Y-%m-%dT%H:%M:%S"))
            self._writer.write_table(table)
        else:
            self._writer.write_table(table, row_group_size=ROWS_A_GROUP)


def _parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=1,
        use_dictionary=_REPEATED,
        write_statistics=[*_MEASURED, "qx", "qy"],
    )


def _csv_writer(path: Path) -> pc_csv.CSVWriter:
    fields = [pa.field(field.name, pa.string() if field.name in _TIMES else field.type) for field in SCHEMA]
    return pc_csv.CSVWriter(path, pa.schema(fields), write_options=pc_csv.WriteOptions(quoting_style="needed"))


def _whole(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns: dict[str, Any] = {name: table[name] for name in table.column_names}
    if "qx" in schema.names:
        columns |= _cells(table)
        if "folded" not in columns:
            columns["folded"] = _folded(table)
    return pa.table(
        [
            columns[field.name].cast(field.type) if field.name in columns else pa.nulls(len(table), field.type)
            for field in schema
        ],
        schema=schema,
    )


def _cells(table: pa.Table) -> dict[str, pa.Array]:
    lat, lon = (table[name].to_numpy() for name in ("lat", "lon"))  # null is NaN
    return {name: pa.array(cell, mask=cell < 0) for name, cell in zip(("qx", "qy"), quads(lat, lon), strict=True)}


def _folded(table: pa.Table) -> pa.Array:
    """What `geo.join.folded` makes of the texts that a search looks at, a line each."""
    names = NAMES if NAMES in table.column_names else "people"
    none = pa.nulls(len(table), pa.string())
    searched = (table[name] if name in table.column_names else none for name in ("title", "summary", "place", names))
    parts = (pc.fill_null(text, "") for text in searched)
    text = pc.binary_join_element_wise(*parts, "\n").combine_chunks()
    lower, odd = pc.ascii_lower(text), pc.invert(pc.string_is_ascii(text))
    if not pc.any(odd).as_py():
        return lower
    plain = pc.replace_substring_regex(pc.utf8_normalize(text.filter(odd), form="NFKD"), r"\pM+", "")
    rare = pc.match_substring_regex(plain, _RARE)
    read = pa.array(map(folded, plain.filter(rare).to_pylist()), pa.string())
    return pc.replace_with_mask(lower, odd, pc.replace_with_mask(pc.utf8_lower(plain), rare, read))
