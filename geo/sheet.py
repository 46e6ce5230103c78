"""One sheet of a workbook as a table of text, with the row numbers that the spreadsheet shows."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.cleaning import cleaned, listed_rows
from geo.delimiter import decimal_commas
from geo.errors import Fault, clipped
from geo.header_row import header_row
from geo.raw import Limits, Raw
from geo.rows import column_names, header_fault
from geo.sheet_cells import cell_text
from geo.sheet_marks import Marks, Merged, column_letters

KIND = "Excel workbook"
UNSOLVED = "#formula"  # what stands in a cell whose formula was never worked out

_LOOKED_AT = 300
_MOST_TOLD = 3
_MOST_TITLES = 10
_MOST_MERGED_ROWS = 2_000_000


@dataclass
class _Table:
    """Rows on their way to a Raw; `bad` has the (row, column) of errors and of formulas that were not worked out."""

    numbers: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    bad: dict[tuple[int, int], str] = field(default_factory=dict)
    cut: int | None = None


def sheet_table(sheet: Any, marks: Marks, file: str, limits: Limits, *, keep_errors: bool = False) -> Raw:
    """The table in a sheet that openpyxl opened read-only. What was assumed is a notice.

    A cell with an error, or with a formula that was never worked out, is a fault and taken as empty; with
    `keep_errors` it is no fault, and says '#REF!' or '#formula' in the table.
    """
    table = _read(sheet, marks, limits)
    spread = _spread(table, marks)
    used = [place for place in range(marks.columns) if any(row[place] for row in table.cells)]
    if not used:
        nothing = Fault(file, None, None, "", "there is nothing in the sheet", "bring the one with the table")
        return _closed(file, nothing)
    sample = [[row[place] for place in used] for row in table.cells[:_LOOKED_AT]]
    titles, named = _header(sample, table.numbers, marks) if len(used) <= limits.columns else (0, True)
    names = column_names(sample[titles]) if named else [""] * len(used)
    notices = [_above(table.numbers[titles], sample[:titles])] if titles else []
    numbers, rows = table.numbers[titles + named :], table.cells[titles + named :]
    if named and (fault := header_fault(names, file, table.numbers[titles], limits)):
        return _closed(file, fault, tuple(numbers), notices)
    used, header, given = _named(names, used, rows)
    if not named:
        notices.append("The first row holds data, not names: the columns are called 'column 1', 'column 2' and so on.")
    elif given:
        notices.append(f"Columns without a name are called {', '.join(given)}.")
    faults = [] if keep_errors else _emptied(table, dict(zip(numbers, rows, strict=True)), used, header, file)
    cells = [[row[place] for place in used] for row in rows]
    if named and (repeated := _repeated(numbers, cells, header)):
        notices.append(f"The header stands again in {listed_rows(sorted(repeated))}: left out.")
        cells = [row for number, row in zip(numbers, cells, strict=True) if number not in repeated]
        numbers = [number for number in numbers if number not in repeated]
    if table.cut:
        remedy = "split the file; this row and the rest are left out"
        faults.append(Fault(file, table.cut, None, "", f"has more than {limits.rows:,} rows", remedy))
    if not numbers:
        faults.append(Fault(file, None, None, "", "no rows below the header", "add a row"))
    clean = cleaned(file, header, cells, numbers, limits.characters)
    decimal = decimal_commas(header, clean.cells, ",")
    if decimal:
        shown = " and ".join(f"'{example}' in {clipped(name, 40)}" for name, example in list(decimal.items())[:2])
        notices.append(f"Numbers have a decimal comma ({shown}): they are read so.")
    notices += [*clean.notices, *_hidden(marks, numbers, used, header), *_merged(marks, numbers, spread)]
    return Raw(
        file,
        KIND,
        tuple(header),
        tuple(clean.cells),
        tuple(numbers),
        (table.cut,) if table.cut else (),
        tuple(sorted([*faults, *clean.faults], key=lambda fault: fault.row or 0)),
        tuple(notices),
        bool(decimal),
    )


def _header(sample: list[list[str]], numbers: list[int], marks: Marks) -> tuple[int, bool]:
    """How many rows stand above the header, and whether there is one. Below cells that span columns it is the row
    in which every column has a name."""
    wide = {merged.top for merged in marks.merged if merged.right > merged.left}
    top = 0
    while top < min(len(sample) - 1, _MOST_TITLES) and (
        numbers[top] in wide or sum(map(bool, sample[top])) * 2 <= len(sample[top])
    ):
        top += 1
    names = sample[top]
    if top and numbers[top - 1] in wide and len(set(names)) == len(names) and all(name[:1].isalpha() for name in names):
        return top, True
    return header_row(sample, len(names))


def _read(sheet: Any, marks: Marks, limits: Limits) -> _Table:
    """The rows that hold anything, as text."""
    table = _Table()
    if not marks.rows or not marks.columns:
        return table
    unsolved: dict[int, list[int]] = {}
    for number, column in marks.unsolved:
        unsolved.setdefault(number, []).append(column - 1)
    rows = sheet.iter_rows(min_row=1, max_row=marks.rows, min_col=1, max_col=marks.columns)
    for number, row in enumerate(rows, start=1):
        texts = [_text(cell) for cell in row]
        for place, cell in enumerate(row):
            if cell.data_type == "e":
                table.bad[number, place] = texts[place]
        for place in unsolved.get(number, ()):
            texts[place] = table.bad[number, place] = UNSOLVED
        if not any(text.strip() for text in texts):
            continue
        if len(table.cells) > limits.rows:
            table.cut = number
            break
        table.numbers.append(number)
        table.cells.append(texts)
    return table


def _text(cell: Any) -> str:
    value = cell.value
    return "" if value is None else cell_text(value, "" if isinstance(value, str) else cell.number_format)


def _spread(table: _Table, marks: Marks) -> list[int]:
    """Writes what a cell over several rows says into each of them; the numbers of the rows that got it."""
    got: set[int] = set()
    left = _MOST_MERGED_ROWS
    for merged in marks.merged:
        first, last = _span(merged, table.numbers)
        left -= last - first
        if last - first < 1 or left < 0 or table.numbers[first] != merged.top or merged.left > marks.columns:
            continue
        place = merged.left - 1
        for index in range(first + 1, last):
            if not table.cells[index][place] and table.cells[first][place]:
                table.cells[index][place] = table.cells[first][place]
                got.add(table.numbers[index])
    return sorted(got)


def _span(merged: Merged, numbers: Sequence[int]) -> tuple[int, int]:
    return bisect_left(numbers, merged.top), bisect_right(numbers, merged.bottom)


def _named(header: list[str], used: list[int], rows: list[list[str]]) -> tuple[list[int], list[str], list[str]]:
    """The columns that have a name or a cell, a name for each, and the names that were given."""
    kept = [i for i, place in enumerate(used) if header[i] or any(row[place] for row in rows)]
    taken = {name.casefold() for name in header}
    names, given = [], []
    for i in kept:
        name = header[i]
        if not name:
            name = f"column {used[i] + 1}"
            while name in taken:
                name += " (unnamed)"
            taken.add(name)
            given.append(f"'{name}'")
        names.append(name)
    return [used[i] for i in kept], names, given


def _emptied(table: _Table, rows: dict[int, list[str]], used: list[int], header: list[str], file: str) -> list[Fault]:
    """A fault for every cell of these rows that has no value to go on with; the cell is emptied."""
    columns = dict(zip(used, header, strict=True))
    faults = []
    for (number, place), text in table.bad.items():
        if number in rows and place in columns:
            rows[number][place] = ""
            cell = f"cell {column_letters(place + 1)}{number}"
            value, what = text, f"is an error of the spreadsheet ({cell})"
            remedy = "mend its formula or type the value; the cell is taken as empty"
            if text == UNSOLVED:
                value, what = "", f"is a formula without a result ({cell})"
                remedy = (
                    "open the workbook in a spreadsheet program and save it, or type the value; it is taken as empty"
                )
            faults.append(Fault(file, number, columns[place], value, what, remedy))
    return faults


def _repeated(numbers: list[int], cells: list[list[str]], header: list[str]) -> set[int]:
    """The rows in which the header stands once more."""
    found = zip(numbers, cells, strict=True)
    return {number for number, row in found if row[0] == header[0] and column_names(row) == header}


def _above(number: int, titles: list[list[str]]) -> str:
    shown = [f"'{clipped(' '.join(filter(None, row)), 40)}'" for row in titles[:_MOST_TOLD]]
    end = " ..." if len(titles) > _MOST_TOLD else "."
    return f"The header is row {number}; what stands above it is no part of the table: {', '.join(shown)}{end}"


def _hidden(marks: Marks, numbers: list[int], used: list[int], header: list[str]) -> list[str]:
    """Notices about what the spreadsheet hides."""
    notices = []
    if hidden := [number for number in numbers if number in marks.hidden_rows]:
        notices.append(f"Hidden in the sheet but read: {listed_rows(hidden)}.")
    columns = [
        f"'{clipped(name, 40)}'"
        for place, name in zip(used, header, strict=True)
        if any(first <= place + 1 <= last for first, last in marks.hidden_columns)
    ]
    if columns:
        notices.append(f"Hidden in the sheet but read: column{'s' if columns[1:] else ''} {', '.join(columns)}.")
    return notices


def _merged(marks: Marks, numbers: list[int], spread: list[int]) -> list[str]:
    """Notices about merged cells."""
    notices = []
    below = set(numbers)
    if got := [number for number in spread if number in below]:
        notices.append(f"A cell that spans several rows counts for each of them: filled in {listed_rows(got)}.")
    if wide := sorted({m.top for m in marks.merged if m.right > m.left and m.top in below}):
        notices.append(f"A cell that spans several columns counts for the first of them, in {listed_rows(wide)}.")
    return notices


def _closed(file: str, fault: Fault, flagged: tuple[int, ...] = (), notices: Sequence[str] = ()) -> Raw:
    return Raw(file, KIND, flagged=flagged, faults=(fault,), notices=tuple(notices))
