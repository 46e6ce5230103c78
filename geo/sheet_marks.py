"""What the XML of a sheet says beyond its values: its extent, hidden rows, merged cells, formulas without a result."""

import re
from collections.abc import Iterator
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet in Excel

_P = rb"<(?:\w+:)?"  # a tag, with a prefix or without
_WHOLE = re.compile(rb"(" + _P + rb"worksheet(?:\s[^<>]*)?>)(.*?)(" + _P + rb"sheetData(?:\s[^<>]*)?/?>)", re.DOTALL)
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_UNNUMBERED = re.compile(_P + rb"(?:c|row)(?:\s(?![^<>]*\br=)[^<>]*)?/?>")
_EMPTY_CELL = re.compile(_P + rb"c\s[^<>]*(?:/>|(?<!/)>\s*</(?:\w+:)?c>)")
_EMPTY_ROW = re.compile(_P + rb"row\s[^<>]*(?:/>|(?<!/)>\s*</(?:\w+:)?row>)")
_ROW = re.compile(_P + rb"row\s([^<>]*)>")
_NUMBER = re.compile(rb"""\br=["'](\d{1,9})["']""")
_HIDDEN = re.compile(rb"""\bhidden=["'](?:1|true)["']""")
_COLUMNS = re.compile(_P + rb"""c\s[^<>]*?\br=["']([A-Z]{1,4})""")
_CELL = re.compile(_P + rb"c[\s>]")
_COL = re.compile(_P + rb"col\s([^<>]*)>")
_SPAN = re.compile(rb"""\b(min|max)=["'](\d{1,5})["']""")
_MERGED = re.compile(
    _P + rb"""mergeCell\s[^<>]*?\bref=["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']"""
)
_UNSOLVED = re.compile(
    _P + rb"c\s([^<>]*)>\s*" + _P + rb"f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?P<value><(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_INLINE = re.compile(rb't="inlineStr"([^<>]*)><is><t(?:\s[^<>]*)?>([^<]*)</t></is>')
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")


class Merged(NamedTuple):
    """Cells that are one; all numbers count from 1, the last ones are included."""

    top: int
    left: int
    bottom: int
    right: int


class Marks(NamedTuple):
    """`rows` and `columns` are the last that hold anything. `unsolved` are the (row, column) of formulas that were
    never worked out. `broken` says that rows stand in no order, or that numbers are beyond those of any sheet."""

    rows: int
    columns: int
    hidden_rows: frozenset[int]
    hidden_columns: tuple[tuple[int, int], ...]
    merged: tuple[Merged, ...]
    unsolved: frozenset[tuple[int, int]]
    broken: bool


def lean(xml: bytes) -> bytes:
    """The XML of a sheet without cells and rows in which nothing stands but a format: they may be millions."""
    if b"<![CDATA[" in xml or b"<!--" in xml or _UNNUMBERED.search(xml):
        return xml
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", xml))


def values_only(xml: bytes) -> bytes:
    """The XML of a sheet with its cells and nothing else; what follows them may be long, and is not needed.

    A dimension is put before them because openpyxl would read the whole sheet in search of one. Texts that stand in
    their cells are written as the results of formulas are, which it reads several times as fast.
    """
    start = _WHOLE.search(xml)
    if not start:
        return xml
    root, data = start[1], start[3]
    prefix = root[1 : root.index(b"worksheet")]
    end = None if data.endswith(b"/>") else _END.search(xml, start.end())
    body = _INLINE.sub(rb't="str"\1><v>\2</v>', xml[start.end() : end.end()]) if end else b""
    head = xml[: start.start()] + root + b"<" + prefix + b'dimension ref="A1"/>' + data
    return head + body + b"</" + prefix + b"worksheet>"


def marks(xml: bytes) -> Marks:
    """Everything that the sheet says of its rows and cells but their values."""
    numbers, hidden, broken = [], set(), False
    for row in _ROW.finditer(xml):
        if not (number := _NUMBER.search(row[1])):
            continue
        numbers.append(int(number[1]))
        broken = broken or (len(numbers) > 1 and numbers[-2] >= numbers[-1])
        if _HIDDEN.search(row[1]):
            hidden.add(numbers[-1])
    numbered = bool(numbers) and not _UNNUMBERED.search(xml)
    columns = max((column_number(letters) for letters in set(_COLUMNS.findall(xml))), default=0)
    holds = _CELL.search(xml) is not None
    last_row = (max(numbers) if numbered else LAST_ROW) if holds else 0
    last_column = columns if numbered else LAST_COLUMN
    return Marks(
        last_row,
        last_column if holds else 0,
        frozenset(hidden),
        tuple(_hidden_columns(xml)),
        tuple(Merged(int(m[2]), column_number(m[1]), int(m[4]), column_number(m[3])) for m in _MERGED.finditer(xml)),
        frozenset(_unsolved(xml)),
        broken or last_row > LAST_ROW or columns > LAST_COLUMN,
    )


def column_number(letters: bytes) -> int:
    """The number of a column, from 1: A, B .. Z, AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """The name of a column by its number: the inverse of `column_number`."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _hidden_columns(xml: bytes) -> Iterator[tuple[int, int]]:
    for column in _COL.finditer(xml):
        span = dict(_SPAN.findall(column[1]))
        if _HIDDEN.search(column[1]) and len(span) == 2:
            yield int(span[b"min"]), int(span[b"max"])


def _unsolved(xml: bytes) -> Iterator[tuple[int, int]]:
    """A result may be an empty text: then it is written, and said to be a text."""
    for cell in _UNSOLVED.finditer(xml):
        place = _REFERENCE.search(cell[1])
        if place and not (cell["value"] and _TEXT_RESULT.search(cell[1])):
            yield int(place[2]), column_number(place[1])
