"""Any file an author brings as one table: what it is, told from its bytes, decides who reads it."""

from geo.delimited import read_delimited
from geo.kinds import kind
from geo.raw import LARGER, LIMITS, Limits, Raw, refused, shown_name

_TEXTS = ("csv", "tsv", "txt", "tab")
_ENDINGS = {
    "text": (*_TEXTS, ""),
    "workbook": ("xlsx", "xlsm", "xltx", "xls"),
    "json": ("json", "geojson"),
    "kml": ("kml",),
    "kmz": ("kmz",),
}
_KNOWN = frozenset({*(ending for endings in _ENDINGS.values() for ending in endings), "zip", "ods", "pdf", "gpx"})


def read_raw(content: bytes, file: str, limits: Limits = LIMITS) -> Raw:
    """The table in a file: CSV and its kin, an Excel workbook, GeoJSON, KML or KMZ. Never raises for what it holds.

    `file` is used in sentences, and to say so where the name has another ending than the bytes deserve. A story
    folder as a zip is no table: that is said in words, and nothing is read.
    """
    name = shown_name(file)
    if len(content) > limits.size:
        what = f"the file has {len(content):,} bytes; at most {limits.size:,} are read"
        return refused(name, "file", what, LARGER)
    if not content.removeprefix(b"\xef\xbb\xbf").strip():
        return refused(name, "file", "the file is empty", "give it a header and a row for each entry")
    found, ending = kind(content), _ending(file)
    if not found.name:
        return refused(name, "file", found.what, found.remedy)
    if found.name == "story":
        remedy = "open it as a story, or unpack it and give one of its tables"
        return refused(name, "file", "this is a story folder in a zip archive, not a table", remedy)
    if found.name == "workbook" and ending in _TEXTS:
        what = "this is an Excel workbook"
        return refused(name, "Excel workbook", what, "save it as CSV or give it the ending .xlsx")
    raw = _read(content, file, found.name, ending, limits)
    expected = _ENDINGS[found.name]
    if raw.readable and ending in _KNOWN and ending not in expected:
        return raw.noting(f"The name ends in .{ending}, but the file is {_called(raw.kind)}: it was read as that.")
    return raw


def _read(content: bytes, file: str, name: str, ending: str, limits: Limits) -> Raw:
    if name == "workbook":
        from geo.workbook import read_workbook

        return read_workbook(content, file, limits)
    if name == "json" or (name == "text" and ending in _ENDINGS["json"]):
        from geo.features import read_features

        return read_features(content, file, limits)
    if name in ("kml", "kmz"):
        from geo.placemarks import read_placemarks

        return read_placemarks(content, file, limits)
    return read_delimited(content, file, limits)


def _ending(file: str) -> str:
    return file.rsplit(".", 1)[-1].strip().lower() if "." in file else ""


def _called(kind: str) -> str:
    return f"an {kind}" if kind.startswith("E") else kind
