"""CSV as a story keeps it: read with every fault at once, and written so that a spreadsheet runs none of it."""

import csv
import io
from collections.abc import Iterable, Sequence

from geo.cleaning import protected, unprotected
from geo.errors import Fault
from geo.opened_text import Closed, opened
from geo.raw import Limits
from geo.records import Record, filled, records
from geo.rows import Rows, column_names, fitting, header_fault, no_rows

__all__ = ["MOST_BYTES", "Rows", "protected", "read_rows", "unprotected", "written"]

MOST_BYTES = 64 * 1024 * 1024
_LIMITS = Limits(size=MOST_BYTES)


def read_rows(content: bytes, file: str) -> Rows:
    """A table of a story. Its first row is the header; every row with as many cells as the header is read.

    A file that cannot be read at all has no header and one fault. Empty rows are no rows. Leading apostrophes that
    `protected` would have written are taken off.
    """
    text = opened(content, file, _LIMITS)
    if isinstance(text, Closed):
        return no_rows(text)
    body = filled(records(text.text, text.sign))
    first = next(body, Record(1, []))
    header = column_names(first.cells)
    fault = header_fault(header, file, first.number, _LIMITS)
    if first.problem:
        fault = Fault(file, first.number, None, "", first.problem, "mend the header")
    elif not fault and "" in header:
        what = f"column {header.index('') + 1} has no name"
        fault = Fault(file, first.number, None, "", what, "name it or delete it")
    if fault:
        return no_rows(Closed(fault), text.notices)
    rows = fitting(body, header, text, file, _LIMITS)
    if "'" not in text.text:
        return rows
    return rows._replace(cells=[[unprotected(cell) for cell in row] for row in rows.cells])


def written(header: Sequence[str], cells: Iterable[Sequence[str]]) -> str:
    """A CSV text with line feeds; every row has the cells of the header. Cells are written as they are given."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(cells)
    return out.getvalue()
