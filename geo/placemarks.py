"""A KML document as a table: one row a placemark, one a time where it is a track."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from geo.encoding import Decoded, decoded
from geo.errors import StoryError, clipped
from geo.feature_table import Feature, Found, feature_table
from geo.geometry import Located, Misplaced
from geo.kml_shapes import GEOMETRIES, placed, position
from geo.kml_text import REMEDY, NotKmlError, Placemark, placemarks
from geo.plain_text import plain_text
from geo.raw import LIMITS, Limits, Raw, refused, shown_name
from geo.zipped import Zip, opened, refuse

KIND = "KML"

_OWN = ("name", "folder", "address", "start", "end", "description")  # columns, in this order before all others
_READ = frozenset({"name", "description", "address", "TimeStamp", "TimeSpan", "ExtendedData", *GEOMETRIES})
_TRACKS = ("Track", "MultiTrack")
_TIMES_THE_SIZE = 4  # of the archive's limit, what the document in it may have

_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})["']""")
_KNOWN = re.compile(
    r"iso-?8859-?\d{1,2}|latin-?\d|windows-?\d{3,4}|cp\d{3,4}|gb(k|2312|18030)|big5|shift[_-]jis|euc-(jp|kr)|koi8-[ru]",
    re.IGNORECASE,
)


def read_placemarks(content: bytes, file: str, limits: Limits = LIMITS) -> Raw:
    """The placemarks of a KML document, or of the one in a KMZ archive. Never raises for what it holds.

    Row numbers count the placemarks from 1, and each time of a track. Nothing that the document names is opened or
    fetched.
    """
    name = shown_name(file)
    if len(content) > limits.size:
        what = f"the file has {len(content):,} bytes; at most {limits.size:,} are read"
        return refused(name, KIND, what, "split it")
    found = Found(name, KIND)
    if content.startswith(b"PK"):
        try:
            content = _document(opened(content, name, limits), limits, found)
        except StoryError as refusal:
            return Raw(name, KIND, faults=refusal.faults)
    text = _decoded(content)
    if text.fault:
        return refused(name, KIND, text.fault, REMEDY)
    if not text.text.strip("\ufeff \t\r\n"):
        return refused(name, KIND, "the file is empty", "give it a placemark for each entry")
    found.notices += text.notices
    found.unsound = bool(text.broken)
    try:
        return _read(text.text, found, limits)
    except NotKmlError as wrong:
        return refused(name, KIND, wrong.what, wrong.remedy)


def _document(archive: Zip, limits: Limits, found: Found) -> bytes:
    """The content of doc.kml, else of the first KML file in the archive."""
    inside = [path for path in archive.entries if path.lower().endswith(".kml")]
    if not inside:
        refuse(archive.file, "there is no KML document in the archive", "pack it with its doc.kml")
    path = min(inside, key=lambda one: (one.lower() != "doc.kml", one.count("/")))
    if len(inside) > 1:
        found.notices.append(f"The archive holds {len(inside)} KML documents: only '{clipped(path, 60)}' was read.")
    return archive.unpacked(path, _TIMES_THE_SIZE * limits.size)


def _decoded(content: bytes) -> Decoded:
    """The text in the encoding that it declares, UTF-8 and UTF-16 being known without."""
    declared = _DECLARED.match(content)
    encoding = declared.group(1).decode("ascii") if declared else "utf-8"
    if not _KNOWN.fullmatch(encoding):
        return decoded(content)
    try:
        text = content.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return Decoded("", fault=f"it says that its text is {encoding}, and it is not")
    return Decoded(text, (f"The text is {encoding}, not UTF-8: it was read so.",))


def _read(text: str, found: Found, limits: Limits) -> Raw:
    aside: Counter[str] = Counter()
    number = 0
    for placemark in placemarks(text, aside):
        for feature in _features(placemark, number + 1, found, aside):
            number += 1
            if number > limits.rows:
                what = f"comes after {limits.rows:,} features, and no more are read"
                found.left_out(number, "", what, "split the file; this feature and the rest are left out")
                return feature_table(found, limits)
            _add(feature._replace(number=number), found)
    links = aside.pop("NetworkLink", 0)
    if links:
        them = "a link to another file was" if links == 1 else f"{links:,} links to other files were"
        found.notices.append(f"{them.capitalize()} not followed: only what stands in the file itself is read.")
    if aside:
        listed = ", ".join(f"{count:,} {clipped(tag, 40)}" for tag, count in aside.most_common(6))
        more = ", and more" if len(aside) > 6 else ""
        found.notices.append(f"What tells how things look on a map was left aside ({listed}{more}).")
    if links and not number:
        what = "there are no placemarks in it, only links to other files, which are not followed"
        found.fault(None, None, "", what, "save the places themselves as KML")
    _in_order(found)
    return feature_table(found, limits)


def _add(feature: Feature, found: Found) -> None:
    if isinstance(feature.place, Misplaced):
        found.flagged.append(feature.number)
        found.fault(feature.number, "coordinates", *feature.place)
    else:
        found.features.append(feature)


def _in_order(found: Found) -> None:
    """Names, times and descriptions before all other columns, whichever placemark is the first to have one."""
    if found.features:
        used = {name for feature in found.features for name in feature.values}
        first = found.features[0]
        own = dict.fromkeys((name for name in _OWN if name in used), "")
        found.features[0] = first._replace(values={**own, **first.values})


def _features(placemark: Placemark, number: int, found: Found, aside: Counter[str]) -> Iterator[Feature]:
    """What becomes of a placemark: one row, or one for each time of its tracks; their numbers are given later."""
    element = placemark.element
    values = {
        "name": _line(element.find("name")),
        "folder": " / ".join(placemark.folders),
        "address": _line(element.find("address")),
        "start": _line(element.find("TimeStamp/when")) or _line(element.find("TimeSpan/begin")),
        "end": _line(element.find("TimeSpan/end")),
        "description": _description(element.find("description"), number, found),
    }
    values = {name: text for name, text in values.items() if text}
    _add_data(element.find("ExtendedData"), values, number, found)
    aside.update(child.tag for child in element if child.tag not in _READ and child.tag not in _TRACKS)
    tracks = [track for child in element if child.tag in _TRACKS for track in child.iter("Track")]
    if tracks:
        yield from _track_rows(tracks, values, number, found)
        return
    geometries = [child for child in element if child.tag in GEOMETRIES]
    place = placed(geometries)
    if geometries and place is None:
        found.note("The geometry has no coordinates, and the feature is kept without: {}.", number)
    yield Feature(number, values, place)


def _track_rows(tracks: list[Element], values: dict[str, str], number: int, found: Found) -> Iterator[Feature]:
    whens = [[_line(one) for one in track.findall("when")] for track in tracks]
    coords = [[(one.text or "").split() for one in track.findall("coord")] for track in tracks]
    if [len(one) for one in whens] != [len(one) for one in coords] or not any(whens):
        times, positions = (sum(len(one) for one in lists) for lists in (whens, coords))
        what = f"is a track of {times:,} times and {positions:,} positions"
        yield Feature(number, values, Misplaced("", what, "give each of its tracks a <when> for each <gx:coord>"))
        return
    found.note("Tracks have a row for each of their times, and each counts as a feature: {}.", number)
    for track_whens, track_coords in zip(whens, coords, strict=True):
        for when, numbers in zip(track_whens, track_coords, strict=True):
            place = _position(numbers)
            yield Feature(number, {**values, **({"start": when} if when else {})}, place)


def _position(numbers: list[str]) -> Located | Misplaced | None:
    if not numbers:
        return None
    if len(numbers) not in (2, 3):
        what = f"is a position of {len(numbers)} numbers"
        return Misplaced(clipped(" ".join(numbers)), what, "write longitude, latitude and height with spaces between")
    return position(*numbers)


def _line(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _description(element: Element | None, number: int, found: Found) -> str:
    if element is None:
        return ""
    text = (tostring(element, encoding="unicode", method="html") if len(element) else element.text or "").strip()
    plain = plain_text(text)
    if plain is None:
        return text
    found.note("Descriptions in HTML were taken as plain text, without links and pictures: {}.", number)
    return plain


def _add_data(data: Element | None, values: dict[str, str], number: int, found: Found) -> None:
    """The extended data of a placemark beside its values, each under its own name."""
    added: dict[str, list[str]] = {}
    for name, text in _data(data):
        added.setdefault(name, []).append(text)
    for name, texts in added.items():
        filled = list(dict.fromkeys(text for text in texts if text))
        if len(filled) > 1:
            found.note("Data of one name that stand more than once in a feature were put into one cell: {}.", number)
        text = "; ".join(filled)
        if values.get(name, text) == text:
            values[name] = text
        else:
            found.note("Data with the name of an element stand in a column 'property ...': {}.", number)
            values[f"property {name}"] = text


def _data(data: Element | None) -> Iterator[tuple[str, str]]:
    for child in data if data is not None else ():
        if child.tag == "Data":
            value = child.find("value")
            yield child.get("name", ""), "" if value is None else "".join(value.itertext()).strip()
        elif child.tag == "SchemaData":
            for one in child.findall("SimpleData"):
                yield one.get("name", ""), "".join(one.itertext()).strip()
        else:
            yield child.tag, "".join(child.itertext()).strip()
