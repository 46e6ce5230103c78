"""A table of text that nobody prepared: any separator, titles above the header, no header, unnamed columns."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from geo.cleaning import is_formula, listed_rows, unprotected
from geo.errors import Fault, clipped
from geo.header_row import header_row
from geo.opened_text import Closed, Opened, opened
from geo.raw import LIMITS, Limits, Raw, shown_name
from geo.records import Record, records
from geo.rows import Rows, column_names, filled, fitting, header_fault, no_rows

_SAMPLED = 300
_MOST_TOLD = 3
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
    kind = "TSV" if text.sign == "\t" else "CSV"
    found = filled(records(text.text, text.sign))
    sample = list(islice(found, _SAMPLED))
    usable = [record for record in sample if not record.problem]
    top, named = _top(usable, text.width, limits)
    if top is None:
        what = sample[0].problem if sample else "the header is empty"
        remedy = "name the columns in the first row"
        unreadable = Fault(file, sample[0].number if sample else 1, None, "", what, remedy)
        below = tuple(record.number for record in chain(sample[1:], islice(found, limits.rows)))
        return _raw(no_rows(Closed(unreadable, below), text.notices), file, kind)
    body: Iterator[Record] = chain((record for record in sample if record.number >= top.number + named), found)
    notices, header = _header(top, named, [record for record in usable if record.number < top.number], text)
    if fault := header_fault(header, file, top.number, limits):
        below = tuple(record.number for record in islice(body, limits.rows))
        return _raw(no_rows(Closed(fault, below), text.notices), file, kind)
    below_top = [record.cells for record in usable if record.number >= top.number + named]
    if min(map(len, below_top), default=0) > len(header) and not any(any(row[len(header) :]) for row in below_top):
        notices.append("Every row has an empty cell beyond the header: it was left out.")
        body = (_trimmed(record, len(header)) for record in body)
    repeated: list[int] = []
    if named:
        body = _without_repeats(body, top.cells, repeated)
    rows = fitting(body, header, text, file, limits)
    if repeated:
        notices.append(f"The header stands again in {listed_rows(repeated)}: left out.")
    rows.notices.extend(notices)
    rows = _all_named(rows)
    return _raw(_bared(rows) if "'" in text.text else rows, file, kind)


def _top(usable: list[Record], width: int, limits: Limits) -> tuple[Record | None, bool]:
    """The first row of the table, and whether it names the columns."""
    if not usable or any(len(record.cells) > limits.columns for record in usable):
        return (usable[0] if usable else None), True
    titles, named = header_row([record.cells for record in usable], width)
    return usable[titles], named


def _header(top: Record, named: bool, titles: list[Record], text: Opened) -> tuple[list[str], list[str]]:
    """Notices about the header, and its names."""
    if not named:
        said = "The first row holds data, not names: the columns are called 'column 1', 'column 2' and so on."
        return [said], [f"column {i + 1}" for i in range(max(text.width, 1))]
    if not titles:
        return [], column_names(top.cells)
    shown = [f"'{clipped(' '.join(filter(None, record.cells)), 40)}'" for record in titles[:_MOST_TOLD]]
    above = f"The header is row {top.number}; what stands above it is no part of the table: {', '.join(shown)}"
    return [f"{above}{' ...' if len(titles) > _MOST_TOLD else '.'}"], column_names(top.cells)


def _trimmed(record: Record, width: int) -> Record:
    return record if any(record.cells[width:]) else record._replace(cells=record.cells[:width])


def _without_repeats(body: Iterator[Record], header: list[str], repeated: list[int]) -> Iterator[Record]:
    for record in body:
        if record.cells == header:
            repeated.append(record.number)
        else:
            yield record


def _all_named(rows: Rows) -> Rows:
    """Columns without a name get one; those that have no cell either are dropped."""
    nameless = [place for place, name in enumerate(rows.header) if not name]
    if not nameless or not rows.cells:
        return rows
    empty = {place for place in nameless if not any(row[place] for row in rows.cells)}
    taken = {name.casefold() for name in rows.header}
    header = list(rows.header)
    given = []
    for place in nameless:
        if place in empty:
            continue
        name = f"column {place + 1}"
        while name in taken:
            name += " (unnamed)"
        taken.add(name)
        header[place] = name
        given.append(f"'{name}'")
    if given:
        rows.notices.append(f"Columns without a name are called {', '.join(given)}.")
    if not empty:
        return rows._replace(header=header)
    kept = [place for place in range(len(header)) if place not in empty]
    cells = [tuple(row[place] for place in kept) for row in rows.cells]
    return rows._replace(header=[header[place] for place in kept], cells=cells)


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
