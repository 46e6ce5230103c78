"""What the cells of a column may hold."""

import math
import re
import warnings
from typing import Any, Literal, NamedTuple

import pandas as pd

with warnings.catch_warnings():
    # Where Spark is installed Pandera loads it, and Spark 4 warns every user of a pandas that it does not know yet:
    # when Pandera is imported, and again when it validates for the first time.
    warnings.simplefilter("ignore", FutureWarning)
    import pandera.pandas as pa

    pa.DataFrameSchema({}).validate(pd.DataFrame())

CellKind = Literal["id", "text", "mark", "ids", "number", "integer"]

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


class Bad(NamedTuple):
    """A cell that breaks a check: the position of its row in the frame, what is wrong with it, and the remedy."""

    position: int
    column: Column
    what: str
    remedy: str


def bad_cells(frame: pd.DataFrame, columns: tuple[Column, ...]) -> list[Bad]:
    """Every cell of a frame of text that breaks a check, each once, in the order of the rows."""
    checks = {column.name: _checks(column) for column in columns}
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
        named = {column.name: column for column in columns}
        cases = errors.failure_cases.drop_duplicates(["index", "column"]).sort_values("index", kind="stable")
        return [
            Bad(int(index), named[name], *checks[name][int(check)][1:])
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
