"""What a file is, told from its bytes and never from its name; what holds no table is refused in words."""

import io
import re
import zipfile
from typing import NamedTuple

MOST_ENTRIES = 10_000
_LOOKED_AT = 4_096

# The first bytes of a file, what it is, and what to do about it.
_AS_CSV = "save the table as CSV, encoded in UTF-8"
_UNPACK = "unpack it and give the file inside"
_KINDS = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls) or another old Office document", "{xlsx}"),
    (rb"\x09[\x00\x02\x04\x08]\x04?\x00", "a very old Excel sheet", "{xlsx}"),
    (rb"\x1f\x8b", "compressed with gzip", _UNPACK),
    (rb"BZh[1-9](1AY&SY|\x17\x72\x45\x38)", "compressed with bzip2", _UNPACK),
    (rb"\xfd7zXZ\x00", "compressed with xz", _UNPACK),
    (rb"\x28\xb5\x2f\xfd", "compressed with Zstandard", _UNPACK),
    (rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (rb".{257}ustar", "a tar archive", _UNPACK),
    (rb"\s*%PDF-", "a PDF document", "give the table it was made from, as CSV or .xlsx"),
    (rb"SQLite format 3\x00", "a SQLite database", "export the table as CSV"),
    (rb"PAR1.*PAR1\Z", "a Parquet file", _AS_CSV),
    (rb"ARROW1\x00\x00", "an Arrow file", _AS_CSV),
    (rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP", "a picture", "give the table as CSV"),
    (rb"\{\\rtf", "a text document (RTF)", "give the table as CSV or .xlsx"),
    (rb"\x7fELF|MZ.{0,100}\x00", "a program", "give the table as CSV or .xlsx"),
    (rb"(\xff\xfe\x00\x00|\x00\x00\xfe\xff)", "written in UTF-32", "save it again as 'CSV UTF-8'"),
)
_REFUSED = tuple((re.compile(start, re.DOTALL), what, remedy) for start, what, remedy in _KINDS)
_XLSX = "open it and save it as an Excel workbook (.xlsx) or as CSV"

_JSON = re.compile(rb"""\{\s*(?:["}]|\Z)|\[\s*(?:\]\s*\Z|[{\["]|-?[0-9.]+\s*[,\]]\s*(?:[-0-9"{\[]|\Z))""")
_XML = re.compile(rb"<(?:\?xml|!doctype|!--|html|kml|gpx|table|\w+:kml)\b|<!--", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:\w+:)?(kml|gpx|html|table|svg|rss|feed|workbook|osm)\b", re.IGNORECASE)
_ROOTS = {
    b"html": ("a web page", "save the table in it as CSV"),
    b"table": ("a web page", "save the table in it as CSV"),
    b"gpx": ("a GPX file", "convert it to GeoJSON or KML"),
    b"workbook": ("an Excel 2003 XML sheet", _XLSX),
}

_STORY = ("events.csv", "story.toml")
_INSIDE = (
    ("xl/workbook.xml", "workbook", ""),
    ("xl/workbook.bin", "", "a binary Excel workbook (.xlsb)"),
    ("word/document.xml", "", "a Word document"),
    ("ppt/presentation.xml", "", "a PowerPoint presentation"),
    ("content.xml", "", "an OpenDocument file"),
    ("Index/Document.iwa", "", "an Apple Numbers or Pages document"),
)


class Kind(NamedTuple):
    """What a file is: "text", "workbook", "kmz", "story", "json", "kml", or "" with what it is and a remedy."""

    name: str
    what: str = ""
    remedy: str = ""


def kind(content: bytes) -> Kind:
    """What a file of these bytes is. Nothing is unpacked. Text is whatever shows no sign of anything else."""
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(content)
    for start, what, remedy in _REFUSED:
        if start.match(content):
            return Kind("", f"this is {what}", _XLSX if remedy == "{xlsx}" else remedy)
    head = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    head = head.replace(b"\0", b"").lstrip()
    if _JSON.match(head):
        return Kind("json")
    return _xml_kind(head) if _XML.match(head) else Kind("text")


def _xml_kind(head: bytes) -> Kind:
    root = _ROOT.search(head)
    name = root.group(1).lower() if root else b""
    if name == b"kml":
        return Kind("kml")
    what, remedy = _ROOTS.get(name, ("an XML document", "give the table as CSV, or the places as KML or GeoJSON"))
    if not root and b"<!doctype html" in head.lower():
        what, remedy = _ROOTS[b"html"]
    return Kind("", f"this is {what}", remedy)


def _zip_kind(content: bytes) -> Kind:
    if content.count(b"PK\x01\x02") > MOST_ENTRIES:
        what = f"this is a zip archive of more than {MOST_ENTRIES:,} files"
        return Kind("", what, "give the one file that holds the table")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, UnicodeDecodeError):
        what = "this is an Excel workbook or another zip archive, and it is broken or incomplete"
        return Kind("", what, "get the file again, or save it as CSV")
    for name, known, what in _INSIDE:
        if name in names:
            return Kind(known) if known else Kind("", f"this is {what}", _XLSX)
    if any(name.lower().endswith(".kml") for name in names):
        return Kind("kmz")
    if any(name.rsplit("/", 1)[-1] in _STORY and name.count("/") <= 1 for name in names):
        return Kind("story")
    if any(name.lower().endswith(".shp") for name in names):
        return Kind("", "this is a zipped shapefile", "export it as GeoJSON")
    return Kind("", "this is a zip archive without a workbook or a story folder in it", _UNPACK)
