"""The columns of the three tables of a story: events, places and people."""

import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from geo.checks import Bad, Column, bad_cells
from geo.csv_text import MOST_BYTES, protected, read_rows, written
from geo.delimiter import with_point
from geo.errors import Fault, clipped

EVENT_PRECISIONS = ("exact", "part_of_day", "day", "order")
PLACE_PRECISIONS = ("exact", "street", "district", "inferred", "unknown")
BASES = ("stated", "derived", "assumed")

# What a story works out for itself; a file may not bring columns of these names.
DERIVED_COLUMNS = frozenset({"row", "earliest", "at", "latest", "until", "when", "chapter"})


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
    not in `flagged` is kept; its bad cell is empty. `notices` are sentences on how the file was read, where it is not
    plain UTF-8 with commas.
    """

    frame: pd.DataFrame
    faults: list[Fault]
    rows: int
    flagged: tuple[int, ...]
    notices: tuple[str, ...] = ()


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
        Column("after", "ids"),
        Column("ends", "ids"),
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
        fault = Fault(file, 1, None, "", what, f"name the columns {', '.join(spec.names)}")
        return _nothing(spec, [fault])._replace(notices=tuple(rows.notices))
    frame = pd.DataFrame(rows.cells, columns=header, dtype="str")
    frame = frame.drop(columns=[name for name in header if name in DERIVED_COLUMNS])
    for name in spec.names:
        if name not in frame:
            frame[name] = pd.Series("", index=frame.index, dtype="str")
    frame["row"] = np.asarray(rows.numbers, dtype=np.int64)
    for column in spec.columns:
        if column.kind != "text":
            frame[column.name] = frame[column.name].str.strip()
    typed = frame
    frame = _with_points(frame, spec, {name.casefold() for name in rows.decimal})
    bad = bad_cells(frame, spec.columns)
    faults = sorted(
        [*rows.faults, *faults, *(_cell_fault(cell, typed, rows.numbers, file) for cell in bad)], key=_fault_row
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
    return Table(kept, faults, len(kept) + len(flagged), tuple(sorted(flagged)), tuple(rows.notices))


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


def _with_points(frame: pd.DataFrame, spec: Spec, decimal: set[str]) -> pd.DataFrame:
    """The frame with a decimal point in the columns of numbers that have a decimal comma."""
    names = [column.name for column in spec.columns if column.kind == "number" and column.name.casefold() in decimal]
    return frame.assign(**{name: [with_point(cell) for cell in frame[name]] for name in names}) if names else frame


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
