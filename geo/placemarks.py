"""A KML document, alone or in a KMZ archive, as a table: one row a placemark, and one a time of a track."""

from collections import Counter

from geo.errors import StoryError, clipped
from geo.feature_table import Found, feature_table
from geo.kml_xml import KmlReader, xml_text
from geo.placemark import add_placemark
from geo.raw import LIMITS, Limits, Raw, refused, shown_name
from geo.zipped import opened, refuse

KIND = "KML"

_LEAST_UNPACKED = 4 * 1024 * 1024  # bytes that a document in an archive may have, however small it was packed
_MOST_SWELLING = 300  # beyond that, how many times larger than its archive it may be; most are about twenty

# Elements beside the placemarks, and what they are called, one and several.
_ASIDE = {
    **dict.fromkeys(("Style", "StyleMap"), ("style", "styles")),
    **dict.fromkeys(("GroundOverlay", "ScreenOverlay", "PhotoOverlay"), ("overlay", "overlays")),
    "Tour": ("tour", "tours"),
    **dict.fromkeys(
        ("NetworkLink", "NetworkLinkControl"),
        ("link to another file, which is not fetched", "links to other files, which are not fetched"),
    ),
}


def read_placemarks(content: bytes, file: str, limits: Limits = LIMITS) -> Raw:
    """The placemarks of a KML document or KMZ archive. Never raises for what it holds.

    Row numbers count the placemarks from 1, and a track as often as it has times. Whatever the document names, a path
    or an address, is never opened.
    """
    name = shown_name(file)
    if len(content) > limits.size:
        what = f"the file has {len(content):,} bytes; at most {limits.size:,} are read"
        return refused(name, KIND, what, "split it")
    found = Found(name, KIND)
    try:
        document = _unpacked(content, found, limits) if content.startswith(b"PK") else content
        return _read(document, found, limits)
    except StoryError as refusal:
        return Raw(name, KIND, faults=refusal.faults)


def _unpacked(content: bytes, found: Found, limits: Limits) -> bytes:
    """The document of an archive: doc.kml at its top, else the first that is not in a folder, else the first."""
    archive = opened(content, found.file, limits)
    inside = [path for path in archive.entries if path.lower().endswith(".kml")]
    if not inside:
        refuse(found.file, "there is no KML document in the archive", "pack it again with its doc.kml")
    path = min(inside, key=lambda one: (one.lower() != "doc.kml", "/" in one))
    if len(inside) > 1:
        found.notices.append(f"The archive holds {len(inside):,} KML files: '{clipped(path, 60)}' was read.")
    return archive.unpacked(path, min(limits.size, max(_LEAST_UNPACKED, _MOST_SWELLING * len(content))))


def _read(document: bytes, found: Found, limits: Limits) -> Raw:
    text = xml_text(document, found.file)
    if not text.text:
        refuse(found.file, "the file is empty", "give it a placemark for each entry")
    found.notices += text.notices
    found.unsound = bool(text.broken)
    reader = KmlReader(text.text, found.file, _ASIDE)
    rows = 0
    for mark in reader.marks():
        if rows >= limits.rows:
            # The last track may have said it already.
            if rows == limits.rows:
                what = f"comes after {limits.rows:,} placemarks, and no more are read"
                found.left_out(rows + 1, "", what, "split the file; this placemark and the rest are left out")
            break
        rows += add_placemark(mark.element, mark.folders, found, rows + 1, limits.rows - rows)
    if reader.aside:
        found.notices.append(f"Left aside, as they tell of no event: {_listed(reader.aside)}.")
    if not rows:
        found.fault(None, None, "", "there are no placemarks in it", "give it at least one, as <Placemark>")
    return feature_table(found, limits)


def _listed(aside: Counter[str]) -> str:
    """What was left aside in words: "2 styles, 1 overlay"."""
    counts: Counter[tuple[str, str]] = Counter()
    for name, (one, several) in _ASIDE.items():
        counts[one, several] += aside[name]
    return ", ".join(f"{count:,} {one if count == 1 else several}" for (one, several), count in counts.items() if count)
