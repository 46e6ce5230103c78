"""A file of delimited text before its rows are read: its characters, its separator, or why it is none."""

import csv
import io
import re
from itertools import islice
from typing import NamedTuple

from geo.delimiter import WORDS, separator
from geo.encoding import decoded
from geo.errors import Fault
from geo.kinds import kind
from geo.raw import LARGER, Limits

# What a file may be that is read, but not as text: what is said of it, and the remedy.
_NOT_TEXT = {
    "workbook": ("this is an Excel workbook", "save it as CSV or give it the ending .xlsx"),
    "kmz": ("this is a KMZ file, a zip archive of KML", "give it the ending .kmz, or save the table as CSV"),
    "story": ("this is a zip archive of a story folder", "open it as a story, or unpack it"),
    "json": ("this is JSON, not a table of text", "give it the ending .geojson, or save the table as CSV"),
    "kml": ("this is KML, not a table of text", "give it the ending .kml, or save the table as CSV"),
}


class Opened(NamedTuple):
    """Text in whose rows `sign` separates the cells, `width` in most; `broken` bytes of it could not be read."""

    text: str
    sign: str
    width: int
    broken: int
    notices: tuple[str, ...]


class Closed(NamedTuple):
    """Why a file is no table of text, and the numbers of the rows that are lost with it."""

    fault: Fault
    flagged: tuple[int, ...] = ()


def opened(content: bytes, file: str, limits: Limits) -> Opened | Closed:
    """The text of a file, or why there is none. Whatever is not plain UTF-8 with commas is told in a notice."""
    if len(content) > limits.size:
        return _closed(file, f"the file has {len(content):,} bytes; at most {limits.size:,} are read", LARGER)
    found = kind(content)
    if found.name != "text":
        return _closed(file, *_NOT_TEXT.get(found.name, (found.what, found.remedy)))
    text, notices, broken, fault, remedy = decoded(content)
    if fault:
        return _closed(file, fault, remedy)
    text = text.lstrip("\ufeff")
    if not text or text.isspace():
        return _closed(file, "the file is empty", "give it a header and a row for each entry")
    sign, width, begins = separator(text)
    if (refusal := _too_wide(text, begins, sign, file, limits)) is not None:
        return refusal
    if sign != ",":
        notices = (*notices, f"The columns are separated by {WORDS[sign]}.")
    return Opened(text[begins:], sign, width, broken, notices)


def _closed(file: str, what: str, remedy: str) -> Closed:
    return Closed(Fault(file, None, None, "", what, remedy))


def _too_wide(text: str, begins: int, sign: str, file: str, limits: Limits) -> Closed | None:
    """A refusal where the first line holds far too many columns, before anything is built from them."""
    end = re.compile("[\r\n]|$").search(text, begins)
    line = text[begins : end.start() if end else len(text)]
    if line.count(sign) < limits.columns:
        return None
    count = line.count(sign) + 1
    if '"' in line and len(line) < 1_000_000:
        count = len(next(csv.reader([line], delimiter=sign), []))
    if count <= limits.columns:
        return None
    lines = enumerate(io.StringIO(text[begins:], newline=""), start=1)
    below = tuple(number for number, other in islice(lines, 1, limits.rows + 1) if not other.isspace())
    what = f"the header has {count:,} columns; at most {limits.columns} are read"
    return Closed(Fault(file, 1, None, "", what, "delete some columns"), below)
