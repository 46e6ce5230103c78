"""The parts of an Excel workbook: unpacked within limits, and nothing in them that an XML reader should not see."""

import io
import re
import zipfile

from geo.kinds import kind
from geo.raw import Limits
from geo.sheet_marks import lean
from geo.zipped import opened, refuse

MOST_CELLS = 2_000_000
MOST_BYTES = 8 * 1024 * 1024  # of a part that is neither a sheet nor the texts of all sheets

_REMEDY = "open it in a spreadsheet program and save it as a new workbook (.xlsx)"
_NOT_READ = (
    "chart",
    "comment",
    "customxml",
    "docprops",
    "drawing",
    "externallink",
    "media",
    "pivot",
    "theme",
    "thread",
)
_SHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|si)[\s>]")
_DECLARED = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_STRICT = b"http://purl.oclc.org/ooxml/"


def sound_parts(content: bytes, file: str, limits: Limits) -> dict[str, bytes]:
    """The parts of a workbook that say what stands in its cells, by path; no picture, chart, macro or link to another.

    Raises StoryError for what is no workbook, is larger than `limits` allow once unpacked (by what it declares or by
    what it holds), or has a document type, entities or an unusual encoding in its XML.
    """
    found = kind(content)
    if found.name != "workbook":
        refuse(file, found.what or "this is no Excel workbook", found.remedy or "save it as .xlsx or as CSV")
    held = opened(content, file, limits)
    parts: dict[str, bytes] = {}
    left, cells = limits.unpacked, 0
    for path in held.entries:
        if not _is_read(path):
            continue
        part = held.unpacked(path, left)
        left -= len(part)
        _sound(part, path, file)
        if _SHEET.search(part, 0, 8_192):
            part = lean(part)
        count = sum(1 for _ in _CELL.finditer(part))
        cells += count
        if cells > MOST_CELLS:
            what = f"the workbook has more than {MOST_CELLS:,} cells"
            refuse(file, what, "delete the sheets that do not belong to the story, or save one as CSV")
        if not count and len(part) > MOST_BYTES:
            refuse(file, f"'{path}' in it is larger than {MOST_BYTES:,} bytes", _REMEDY)
        parts[path] = part
    if any(_STRICT in part[:2_000] for part in parts.values()):
        refuse(file, "this is a 'Strict Open XML' workbook", "save it as a plain 'Excel workbook (.xlsx)'")
    return parts


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """The parts as an archive for openpyxl, which so sees nothing but what was looked at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path, part in parts.items():
            archive.writestr(path, part)
    return out


def _is_read(path: str) -> bool:
    low = path.lower()
    folders = low.split("/")[:-1]
    return low.endswith((".xml", ".rels")) and not any(folder.startswith(_NOT_READ) for folder in folders)


def _sound(part: bytes, path: str, file: str) -> None:
    declared = _DECLARED.match(part.removeprefix(b"\xef\xbb\xbf")[:1_000])
    if b"\0" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower() not in _ENCODINGS):
        refuse(file, f"'{path}' in it is not written in UTF-8", _REMEDY)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        refuse(file, f"'{path}' in it declares a document type, which no workbook needs", _REMEDY)
