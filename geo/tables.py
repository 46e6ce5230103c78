"""The columns of the three tables of a story: events, places and people."""

import math
import re
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from geo.csv_text import MOST_BYTES, protected, read_rows, written
from geo.errors import Fault, clipped

CellKind = Literal["id", "text", "mark", "ids", "number", "integer"]

EVENT_PRECISIONS = ("exact", "part_of_day", "day", "order")
PLACE_PRECISIONS = ("exact", "street", "district", "inferred", "unknown")
BASES = ("stated", "derived", "assumed")

# What a story works out for itself; a file may not bring columns of these names.
DERIVED_COLUMNS = frozenset({"row", "earliest", "at", "latest", "ends", "when", "chapter"})

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_INTEGER = re.compile(r"[+-]?[0-9]{1,15}")


class Column(NamedTuple):
    """One column: how its cells are read, and what they may hold.

    text keeps every character; id, mark (one word of a list or a reference) and ids (several, with `;` between)
    lose surrounding blanks; number and integer become float64 with NaN for an empty cell.
    """

    name: str
    kind: CellKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    low: float = -math.inf
    high: float = math.inf


class Spec(NamedTuple):
    """The columns of a table, in the order in which they are written."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


class Table(NamedTuple):
    """A table as read: `frame` has every column of its spec, the unknown ones, and `row` (header = 1).

    `flagged` holds the rows that are left out, so that len(frame) + len(flagged) == rows. A row in `faults` that is
    not in `flagged` is kept; its bad cell is empty.
    """

    frame: pd.DataFrame
    faults: list[Fault]
    rows: int
    flagged: tuple[int, ...]


EVENTS = Spec(
    "events",
    (
        Column("id", "id", required=True),
        Column("title", required=True),
        Column("summary"),
        Column("start", "mark"),
        Column("end", "mark"),
        Column("precision", "mark", choices=EVENT_PRECISIONS),
        Column("basis", "mark", choices=BASES),
        Column("place", "mark"),
        Column("people", "ids"),
        Column("remote", "ids"),
        Column("sequence"),
        Column("outcome"),
        Column("source"),
        Column("told", "integer"),
        Column("happened", "integer"),
    ),
)
PLACES = Spec(
    "places",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("aliases", "text"),
        Column("query"),
        Column("lat", "number", low=-90, high=90),
        Column("lon", "number", low=-180, high=180),
        Column("radius_m", "number", low=0, high=20_100_000),
        Column("precision", "mark", choices=PLACE_PRECISIONS),
        Column("basis", "mark"),
        Column("source"),
        Column("geocoder", "mark"),
        Column("checked", "mark"),
        Column("note"),
    ),
)
PEOPLE = Spec(
    "people",
    (
        Column("id", "id", required=True),
        Column("name", required=True),
        Column("group", "mark"),
        Column("role"),
        Column("aliases"),
    ),
)


def read_table(source: Path | bytes, spec: Spec, file: str) -> Table:
    """The table in a file, with every fault in it. Never raises for what the file holds; a file that cannot be read
    at all gives an empty table with one fault."""
    content = source if isinstance(source, bytes) else _content(source)
    if isinstance(content, str):
        return _nothing(spec, [Fault(file, None, None, "", content, "check the folder")])
    rows = read_rows(content, file)
    header, faults = _columns(rows.header, spec, file)
    missing = [column.name for column in spec.columns if column.required and column.name not in header]
    if rows.header and missing:
        what = f"the header has no column {' and no column '.join(repr(name) for name in missing)}"
        return _nothing(spec, [Fault(file, 1, None, "", what, f"name the columns {', '.join(spec.names)}")])
    frame = pd.DataFrame(rows.cells, columns=header, dtype="str")
    frame = frame.drop(columns=[name for name in header if name in DERIVED_COLUMNS])
    for name in spec.names:
        if name not in frame:
            frame[name] = pd.Series("", index=frame.index, dtype="str")
    frame["row"] = np.asarray(rows.numbers, dtype=np.int64)
    for column in spec.columns:
        if column.kind != "text":
            frame[column.name] = frame[column.name].str.strip()
    bad = _bad_cells(frame, spec)
    faults = sorted(
        [*rows.faults, *faults, *(_cell_fault(cell, frame, rows.numbers, file) for cell in bad)], key=_fault_row
    )
    unusable = {index for index, column, _, _ in bad if column.kind == "id"}
    for name in {column.name for _, column, _, _ in bad}:
        _mend(frame, next(column for column in spec.columns if column.name == name), bad)
    for column in spec.columns:
        if column.kind in ("number", "integer"):
            frame[column.name] = [float(cell.replace("−", "-")) if cell else math.nan for cell in frame[column.name]]
    flagged = [*rows.flagged, *(rows.numbers[index] for index in unusable)]
    kept = frame.drop(index=list(unusable)).reset_index(drop=True)
    kept = kept[[*spec.names, *(name for name in kept.columns if name not in spec.names)]]
    return Table(kept, faults, len(kept) + len(flagged), tuple(sorted(flagged)))


def write_table(frame: pd.DataFrame, spec: Spec, path: Path) -> None:
    """Writes the columns of `spec` and the unknown ones as UTF-8 with a header; `read_table` gives the same back.

    Text that a spreadsheet would run as a formula gets an apostrophe, which reading takes off again.
    """
    path.write_text(table_text(frame, spec), encoding="utf-8", newline="")


def table_text(frame: pd.DataFrame, spec: Spec) -> str:
    """What `write_table` writes."""
    unknown = [name for name in frame.columns if name not in spec.names and name not in DERIVED_COLUMNS]
    names = [*(name for name in spec.names if name in frame), *unknown]
    columns = [[cell_text(value) for value in frame[name]] for name in names]
    return written(names, [list(cells) for cells in zip(*columns, strict=True)])


def cell_text(value: Any) -> str:
    """A value as a cell: lists with `;` between, nothing for NaN, numbers short, text safe for a spreadsheet."""
    if isinstance(value, tuple | list):
        return protected(";".join(str(item) for item in value))
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):  # numpy's float64 is one
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value))
    return protected(value) if isinstance(value, str) else str(value)


def ids(cell: str) -> tuple[str, ...]:
    """The ids in a cell, each once, in order."""
    return tuple(dict.fromkeys(part for part in (piece.strip() for piece in cell.split(";")) if part))


def _content(path: Path) -> bytes | str:
    try:
        if path.stat().st_size > MOST_BYTES:
            return f"the file has more than {MOST_BYTES:,} bytes"
        return path.read_bytes()
    except FileNotFoundError:
        return "there is no such file"
    except OSError as cause:
        return f"the file cannot be read ({cause.strerror})"


def _nothing(spec: Spec, faults: list[Fault]) -> Table:
    frame = pd.DataFrame({column.name: pd.Series(dtype=_empty_dtype(column)) for column in spec.columns})
    return Table(frame.assign(row=pd.Series(dtype="int64")), faults, 0, ())


def _empty_dtype(column: Column) -> str:
    return "float64" if column.kind in ("number", "integer") else "str"


def _columns(header: list[str], spec: Spec, file: str) -> tuple[list[str], list[Fault]]:
    """Column names as the spec spells them, and a fault for every name that the story keeps for itself."""
    spelled = {name.casefold(): name for name in spec.names}
    names = [spelled.get(name.casefold(), name) for name in header]
    reserved = [name for name in names if name in DERIVED_COLUMNS]
    what = "is a name that a story works out for itself"
    return names, [Fault(file, 1, "column", name, what, "rename it; the column is left out") for name in reserved]


Bad = tuple[int, Column, str, str]


def _bad_cells(frame: pd.DataFrame, spec: Spec) -> list[Bad]:
    """(index, column, what, remedy) of every cell that breaks a check, each once."""
    checks = {column.name: _checks(column) for column in spec.columns}
    schema = pa.DataFrameSchema(
        {
            name: pa.Column(checks=[pa.Check(test, error=str(i)) for i, (test, _, _) in enumerate(tests)])
            for name, tests in checks.items()
            if tests
        }
    )
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        columns = {column.name: column for column in spec.columns}
        cases = errors.failure_cases.drop_duplicates(["index", "column"]).sort_values("index", kind="stable")
        return [
            (int(index), columns[name], *checks[name][int(check)][1:])
            for index, name, check in zip(cases["index"], cases["column"], cases["check"], strict=True)
        ]
    return []


def _checks(column: Column) -> list[tuple[Any, str, str]]:
    """(test of a Series of text, what is wrong, remedy), the most telling first."""
    left_empty = "correct it; the cell is taken as empty"
    if column.kind == "id":
        return [
            (lambda cells: cells != "", "is empty", "give the row an id; it is left out"),
            (
                lambda cells: ~cells.str.contains(";", regex=False),
                "has a ';' in it",
                "take it out; the row is left out",
            ),
            (
                lambda cells: ~cells.duplicated() | (cells == ""),
                "is used by an earlier row",
                "give it an id of its own; the row is left out",
            ),
        ]
    if column.kind == "integer":
        return [(lambda cells: _empty_or(cells, _INTEGER), "is not a whole number", left_empty)]
    if column.kind == "number":
        between = f"is not between {column.low:g} and {column.high:g}"
        swapped = between + ": are latitude and longitude swapped?" if column.name == "lat" else between
        return [
            (
                lambda cells: _empty_or(cells, _NUMBER),
                "is not a number",
                "write it like 34.0387; the cell is taken as empty",
            ),
            (lambda cells: _between(cells, column.low, column.high), swapped, left_empty),
        ]
    if column.choices:
        remedy = f"write one of {', '.join(column.choices)}; the cell is taken as empty"
        return [(lambda cells: cells.isin(["", *column.choices]), "is not known", remedy)]
    if column.required:
        return [(lambda cells: cells.str.strip() != "", "is empty", "fill it in; the id is shown in its place")]
    return []


def _empty_or(cells: "pd.Series[str]", pattern: re.Pattern[str]) -> "pd.Series[bool]":
    return pd.Series(
        [not cell or pattern.fullmatch(cell.replace("−", "-")) is not None for cell in cells], cells.index, bool
    )


def _between(cells: "pd.Series[str]", low: float, high: float) -> "pd.Series[bool]":
    def inside(cell: str) -> bool:
        text = cell.replace("−", "-")
        return _NUMBER.fullmatch(text) is None or low <= float(text) <= high

    return pd.Series([inside(cell) for cell in cells], cells.index, bool)


def _cell_fault(cell: Bad, frame: pd.DataFrame, numbers: list[int], file: str) -> Fault:
    index, column, what, remedy = cell
    return Fault(file, numbers[index], column.name, str(frame[column.name].iloc[index]), what, remedy)


def _mend(frame: pd.DataFrame, column: Column, bad: list[Bad]) -> None:
    """Empties the bad cells of a column; a required text shows the id of its row instead."""
    cells = frame[column.name].tolist()
    for index, name, _, _ in bad:
        if name is column:
            cells[index] = frame["id"].iloc[index] if column.required else ""
    frame[column.name] = pd.Series(cells, index=frame.index, dtype="str")


def _fault_row(fault: Fault) -> int:
    return fault.row or 0


def suggestion(word: str, known: list[str]) -> str:
    """A sentence that offers the nearest of `known`, or lists how many there are to choose from."""
    from rapidfuzz import process

    near = process.extractOne(word, known, score_cutoff=70)
    return f"did you mean '{clipped(near[0])}'?" if near else "correct it or add the row"
