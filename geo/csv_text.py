"""CSV as bytes: what a file is before anyone reads a cell of it, and rows of text with the faults found on the way."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from geo.errors import Fault, clipped

MOST_BYTES = 64 * 1024 * 1024
MOST_COLUMNS = 200
MOST_ROWS = 200_000
MOST_CHARACTERS = 2_000

_KINDS = (
    (b"PK\x03\x04", "is an Excel workbook or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook"),
    (b"\x1f\x8b", "is compressed with gzip"),
    (b"BZh", "is compressed with bzip2"),
    (b"\xfd7zXZ", "is compressed with xz"),
    (b"%PDF", "is a PDF document"),
    (b"SQLite format 3", "is a SQLite database"),
    (b"PAR1", "is a Parquet file"),
    (b"\xff\xfe", "is written in UTF-16"),
    (b"\xfe\xff", "is written in UTF-16"),
)
# C0 without tab and line feed, DEL and C1: none of them is text, and XML 1.0 forbids most.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n?")
_FORMULA = re.compile(r"[\s\"']*[=+\-@\t\r＝＋－＠]")


class Rows(NamedTuple):
    """The header and the usable rows of a file; `numbers` are their row numbers; `flagged` those of rows left out."""

    header: list[str]
    cells: list[list[str]]
    numbers: list[int]
    flagged: list[int]
    faults: list[Fault]


def read_rows(content: bytes, file: str) -> Rows:
    """Every row that has as many cells as the header, cleaned of control characters and cut at `MOST_CHARACTERS`.

    A file that cannot be read at all has no header and one fault. Empty rows are no rows. Leading apostrophes that
    `protected` would have written are taken off.
    """
    text = _text(content, file)
    if isinstance(text, Fault):
        return Rows([], [], [], [], [text])
    records = _records(text)
    header, _ = next(records, ([], ""))
    refusal = _header_fault(header, file)
    if refusal:
        return Rows([], [], [], [], [refusal])
    rows = Rows([name.strip() for name in header], [], [], [], [])
    for number, (record, problem) in enumerate(records, start=2):
        if len(rows.cells) + len(rows.flagged) == MOST_ROWS:
            what = f"has more than {MOST_ROWS:,} rows"
            rows.faults.append(
                Fault(file, number, None, "", what, "split the story; this row and the rest are left out")
            )
            break
        if not problem and not any(record):
            continue
        if not problem and len(record) != len(header):
            problem = f"has {len(record)} cells where the header has {len(header)} columns"
        if problem:
            remedy = "put cells that hold commas or quotes into double quotes; the row is left out"
            rows.faults.append(Fault(file, number, None, "", problem, remedy))
            rows.flagged.append(number)
            continue
        rows.cells.append([_clean(cell, rows, number, i, file) for i, cell in enumerate(record)])
        rows.numbers.append(number)
    if not rows.numbers and not rows.flagged:
        rows.faults.append(Fault(file, None, None, "", "no rows below the header", "add a row"))
    return rows


def protected(text: str) -> str:
    """`text` with an apostrophe before it if a spreadsheet would run it as a formula; `unprotected` is the inverse."""
    return f"'{text}" if _FORMULA.match(text) else text


def unprotected(text: str) -> str:
    """`text` without the apostrophe that `protected` put before it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def written(header: list[str], cells: list[list[str]]) -> str:
    """A CSV text with line feeds; every row has the cells of the header. Cells are written as they are given."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(cells)
    return out.getvalue()


def _text(content: bytes, file: str) -> str | Fault:
    if not content:
        return Fault(file, None, None, "", "the file is empty", "give it a header and a row for each entry")
    if len(content) > MOST_BYTES:
        what = f"the file has {len(content):,} bytes; at most {MOST_BYTES:,} are read"
        return Fault(file, None, None, "", what, "split the story")
    for start, what in _KINDS:
        if content.startswith(start):
            return Fault(file, None, None, "", f"this {what}", "save it as CSV, encoded in UTF-8")
    if (nul := content.find(b"\0")) >= 0:
        return Fault(file, None, None, "", f"this is not a text file: NUL at byte {nul}", "save it as CSV")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        what = f"the text is not UTF-8: byte {cause.start} is 0x{content[cause.start]:02x}"
        return Fault(file, None, None, "", what, "save the file again as 'CSV UTF-8'")


def _records(text: str) -> Iterator[tuple[list[str], str]]:
    """Every record of the text, or what is wrong with it."""
    csv.field_size_limit(MOST_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        try:
            yield next(reader), ""
        except StopIteration:
            return
        except csv.Error as problem:  # the reader goes on with the next line
            yield [], f"cannot be read as CSV ({problem})"


def _header_fault(header: list[str], file: str) -> Fault | None:
    def fault(what: str, remedy: str) -> Fault:
        return Fault(file, 1, None, "", what, remedy)

    if not any(name.strip() for name in header):
        return fault("the header is empty", "name the columns in the first row")
    if len(header) > MOST_COLUMNS:
        return fault(f"the header has {len(header):,} columns; at most {MOST_COLUMNS} are read", "delete some columns")
    names = [name.strip().casefold() for name in header]
    double = [f"'{clipped(name)}'" for name, count in Counter(names).items() if count > 1 and name]
    if double:
        return fault(f"the header names {', '.join(double)} more than once", "give every column a name of its own")
    if "" in names:
        return fault(f"column {names.index('') + 1} has no name", "name it or delete it")
    if len(names) == 1 and (found := re.search(r"[;\t|]", names[0])):
        sign = "a tab" if found.group() == "\t" else f"'{found.group()}'"
        return fault(f"the columns are separated by {sign}", "save the file with commas between the columns")
    return None


def _clean(cell: str, rows: Rows, number: int, column: int, file: str) -> str:
    text = _LINE_END.sub("\n", cell) if "\r" in cell else cell
    if _CONTROL.search(text):
        text, count = _CONTROL.subn("", text)
        what = f"holds {count} control character{'s' if count > 1 else ''}"
        rows.faults.append(Fault(file, number, rows.header[column], "", what, "they are taken out"))
    if len(text) > MOST_CHARACTERS:
        what = f"holds {len(text):,} characters"
        remedy = f"it is cut at {MOST_CHARACTERS:,}"
        rows.faults.append(Fault(file, number, rows.header[column], "", what, remedy))
        text = text[:MOST_CHARACTERS]
    return unprotected(text)
