"""The tables of a story as somebody edits them: every cell a text, as its file has it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geo.csv_text import protected, read_rows, written
from geo.tables import Spec

ROW = "row"
FIRST_ROW = 2  # as a spreadsheet counts: the header is row 1


def table_frame(files: Mapping[str, bytes], spec: Spec) -> pd.DataFrame:
    """The table in the files of a story: the columns of `spec`, then those it has beside them, all text; the index is
    the row as a spreadsheet shows it. A file that is missing or cannot be read gives an empty table."""
    name = f"{spec.name}.csv"
    rows = read_rows(files.get(name, b""), name)
    frame = pd.DataFrame(rows.cells, columns=rows.header, dtype="str")
    beside = [column for column in rows.header if column and column not in spec.names]
    frame = frame.reindex(columns=[*spec.names, *beside], fill_value="").astype("str")
    frame.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(frame), name=ROW)
    return frame


def with_table(files: Mapping[str, bytes], spec: Spec, frame: pd.DataFrame) -> dict[str, bytes]:
    """The files with that table in the place of the one before; a column of `spec` without any cell is left out."""
    needed = {column.name for column in spec.columns if column.required}
    kept = [name for name in frame.columns if name in needed or name not in spec.names or (frame[name] != "").any()]
    cells = [[protected(str(cell)) for cell in row] for row in frame[kept].itertuples(index=False)]
    return {**files, f"{spec.name}.csv": written([protected(name) for name in kept], cells).encode()}


def edited(frame: pd.DataFrame, changes: Mapping[str, Any], prefix: str) -> pd.DataFrame:
    """The table after what an editor reports: `edited_rows` (position -> column -> value), `added_rows` and
    `deleted_rows` (positions). A row that is added gets an id that begins with `prefix`, unless it brings one."""
    rows = [list(row) for row in frame.itertuples(index=False)]
    place = {name: i for i, name in enumerate(frame.columns)}
    for position, cells in changes.get("edited_rows", {}).items():
        _write(rows[int(position)], cells, place)
    gone = {int(position) for position in changes.get("deleted_rows", ())}
    rows = [row for position, row in enumerate(rows) if position not in gone]
    for cells in changes.get("added_rows", ()):
        row = [""] * len(place)
        _write(row, cells, place)
        if any(row):
            row[place["id"]] = row[place["id"]] or free_id([other[place["id"]] for other in rows], prefix)
            rows.append(row)
    after = pd.DataFrame(rows, columns=list(frame.columns), dtype="str")
    after.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(after), name=ROW)
    return after


def free_id(taken: Sequence[str], prefix: str) -> str:
    """An id that no other row has: the prefix and a number, after the highest there is."""
    numbers = [
        int(name[len(prefix) :]) for name in taken if name.startswith(prefix) and name[len(prefix) :].isdecimal()
    ]
    number = max(numbers, default=0) + 1
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"


def _write(row: list[str], cells: Mapping[str, Any], place: Mapping[str, int]) -> None:
    for name, value in cells.items():
        if name in place:
            row[place[name]] = "" if value is None else str(value)
