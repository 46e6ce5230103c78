"""A table that nobody prepared: its header looked for below titles, above data, or given; columns all named."""

from collections.abc import Iterator
from itertools import chain, islice

from geo.cleaning import listed_rows
from geo.errors import Fault, clipped
from geo.header_row import header_row
from geo.opened_text import Closed, Opened
from geo.raw import Limits
from geo.records import Record, filled
from geo.rows import Rows, column_names, fitting, header_fault, no_rows

_SAMPLED = 300
_MOST_TOLD = 3


def found_table(records: Iterator[Record], text: Opened, file: str, limits: Limits) -> Rows:
    """The table in `records`, with what was found out about it in its notices.

    `text` says how wide most rows are and what is known already. Titles are no rows; a header that stands again
    further down is none, either.
    """
    found = filled(records)
    sample = list(islice(found, _SAMPLED))
    usable = [record for record in sample if not record.problem]
    top, named = _top(usable, text.width, limits)
    if top is None:
        first = sample[0] if sample else Record(1, [], "the header is empty", "name the columns in the first row")
        unreadable = Fault(file, first.number, None, "", first.problem, first.remedy)
        return no_rows(Closed(unreadable, _numbers(chain(sample[1:], found), limits)), text.notices)
    body: Iterator[Record] = chain((record for record in sample if record.number >= top.number + named), found)
    notices, header = _header(top, named, [record for record in usable if record.number < top.number], text)
    if fault := header_fault(header, file, top.number, limits):
        return no_rows(Closed(fault, _numbers(body, limits)), text.notices)
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
    return _all_named(rows)


def _numbers(records: Iterator[Record], limits: Limits) -> tuple[int, ...]:
    return tuple(record.number for record in islice(records, limits.rows))


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
    if not nameless:
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
