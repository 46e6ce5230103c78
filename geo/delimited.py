"""A spreadsheet saved as text, whatever stands between its cells, as one table."""

import re

from geo.cleaning import is_formula, listed_rows, unprotected
from geo.found_table import found_table
from geo.opened_text import Closed, opened
from geo.raw import LIMITS, Limits, Raw, shown_name
from geo.records import records
from geo.rows import Rows, no_rows

# A formula sign before a number, a clock time, an angle or nothing at all is no formula.
_HARMLESS = re.compile(r"\s*[+\-−]?[0-9\s.,°'\"′″NSEWnsew;/:+\-−]*")


def read_delimited(content: bytes, file: str, limits: Limits = LIMITS) -> Raw:
    """The table in a text with commas, semicolons, tabs or bars between its cells; `file` is for messages only.

    Whatever had to be found out is a notice. An apostrophe before a formula is taken off (a spreadsheet shows none)
    where no formula of the file goes without one.
    """
    file = shown_name(file)
    text = opened(content, file, limits)
    if isinstance(text, Closed):
        return _raw(no_rows(text), file, "CSV")
    rows = found_table(records(text.text, text.sign), text, file, limits)
    return _raw(_bared(rows) if "'" in text.text else rows, file, "TSV" if text.sign == "\t" else "CSV")


def _bared(rows: Rows) -> Rows:
    """Apostrophes before formulas taken off, if there are any and no formula goes without."""
    guarded = {number for row, number in zip(rows.cells, rows.numbers, strict=True) if any(map(_is_guarded, row))}
    if not guarded or any(_is_bare(cell) for row in rows.cells for cell in row):
        return rows
    cells = [tuple(unprotected(cell) if _is_guarded(cell) else cell for cell in row) for row in rows.cells]
    said = (
        f"The apostrophe that keeps a spreadsheet from running a cell was taken off in {listed_rows(sorted(guarded))}."
    )
    return rows._replace(cells=cells, notices=[*rows.notices, said])


def _is_guarded(cell: str) -> bool:
    quoted = cell.endswith("'") and not cell.startswith("''")  # 'so' is a quotation
    return cell[:1] == "'" and not quoted and is_formula(cell[1:])


def _is_bare(cell: str) -> bool:
    return cell[:1] != "'" and is_formula(cell) and not _HARMLESS.fullmatch(cell)


def _raw(rows: Rows, file: str, kind: str) -> Raw:
    return Raw(
        file,
        kind,
        tuple(rows.header),
        tuple(map(tuple, rows.cells)),
        tuple(rows.numbers),
        tuple(sorted(rows.flagged)),
        tuple(rows.faults),
        tuple(rows.notices),
        bool(rows.decimal),
    )
