"""A GeoJSON document as a table: one row a feature, whatever shape the document has."""

from collections.abc import Iterable, Mapping
from typing import Any

from geo.encoding import Decoded, decoded
from geo.errors import clipped
from geo.feature import add_feature
from geo.feature_table import Found, feature_table
from geo.geometry import COLLECTION, KINDS, located
from geo.json_text import REMEDY, Number, Read, Unread, as_text, read_json
from geo.raw import LIMITS, Limits, Raw, refused, shown_name
from geo.reference_system import System, converted, reference_system

KIND = "GeoJSON"

_RECORD = "\x1e"  # begins a record of a GeoJSON text sequence (RFC 8142)
_WANTED = 'a GeoJSON document is {"type": "FeatureCollection", "features": [...]}'


def read_features(content: bytes, file: str, limits: Limits = LIMITS) -> Raw:
    """The features of a GeoJSON document: a collection, one feature, one geometry, or one feature a line.

    Row numbers count the features from 1. Whatever the document names, a path or an address, is never opened. Never
    raises for what the file holds.
    """
    name = shown_name(file)
    if len(content) > limits.size:
        what = f"the file has {len(content):,} bytes; at most {limits.size:,} are read"
        return refused(name, KIND, what, "split it")
    text = decoded(content)
    if text.fault:
        return refused(name, KIND, text.fault, REMEDY)
    if not text.text.strip("\ufeff \t\r\n" + _RECORD):
        return refused(name, KIND, "the file is empty", "give it a feature for each entry")
    try:
        return _read(text, name, limits)
    except RecursionError:
        return refused(name, KIND, "its brackets are nested too deeply", REMEDY)


def _read(text: Decoded, file: str, limits: Limits) -> Raw:
    found = Found(file, KIND, notices=list(text.notices), unsound=bool(text.broken))
    whole = text.text.lstrip("\ufeff \t\r\n")
    if whole.startswith(_RECORD):
        found.notices.append("The file is a GeoJSON text sequence: each of its records was read.")
        _gather((read_json(record) for record in whole.split(_RECORD) if record.strip()), found, limits)
        return feature_table(found, limits)
    document = read_json(whole)
    if isinstance(document, Unread):
        lines = [(number, line) for number, line in enumerate(text.text.split("\n"), start=1) if line.strip()]
        if len(lines) < 2 or not all(line.lstrip("\ufeff ").startswith("{") for _, line in lines):
            return refused(file, KIND, document.what, document.remedy)
        found.notices.append("Every line is a document of its own (newline-delimited GeoJSON): each was read.")
        _gather((read_json(line, line=number) for number, line in lines), found, limits)
        return feature_table(found, limits)
    return _of_document(document.value, found, limits)


def _of_document(document: Any, found: Found, limits: Limits) -> Raw:
    """A table of a whole document, or why it is none."""
    kind = document.get("type") if isinstance(document, Mapping) else None
    features: Any = [document]
    if kind == "FeatureCollection":
        features = document.get("features")
    elif kind in KINDS or kind == COLLECTION:
        found.notices.append(f"The document is a {kind} alone, without properties: it was read as one feature.")
        features = [{"type": "Feature", "properties": {}, "geometry": document}]
    if (why := _no_document(document, kind, features)) is not None:
        return refused(found.file, KIND, *why)
    system = reference_system(document.get("crs"))
    if system.what:
        return _elsewhere(features, system, found)
    found.notices += [system.notice] if system.notice else []
    _gather(map(Read, features), found, limits)
    return feature_table(found, limits)


def _no_document(document: object, kind: object, features: object) -> tuple[str, str] | None:
    if isinstance(document, Number):
        return "it holds a number alone", _WANTED
    if isinstance(document, str):
        return f"it holds a text alone, '{clipped(document, 40)}', which is not opened or fetched", _WANTED
    if isinstance(document, list):
        return "it is a list, not an object with a type", f"{_WANTED}: a list of features stands in 'features'"
    if not isinstance(document, Mapping):
        return f"it holds {clipped(as_text(document), 20)} alone", _WANTED
    if kind == "Topology":
        return "it is TopoJSON", "convert it to GeoJSON"
    if kind == "FeatureCollection":
        if "features" not in document:
            return "its FeatureCollection has no 'features'", _WANTED
        if not isinstance(features, list):
            return "its 'features' are not a list", _WANTED
        return None if features else ("its list of features is empty", "give it a feature for each entry")
    if kind == "Feature" or (isinstance(kind, str) and kind in (*KINDS, COLLECTION)):
        return None
    said = f"the type {clipped(as_text(kind), 30)}" if kind is not None else "no type"
    return f"it is JSON with {said}, not GeoJSON", f"{_WANTED}; capital letters count"


def _elsewhere(features: list[Any], system: System, found: Found) -> Raw:
    """A document whose coordinates are not degrees, with what the first point would be, where that can be told."""
    first = next((one.get("geometry") for one in features if isinstance(one, Mapping) and one.get("geometry")), None)
    example = converted(located(first)) if system.metres else ""
    flagged = tuple(range(1, len(features) + 1))
    return refused(found.file, KIND, system.what, system.remedy + example, flagged=flagged)


def _gather(documents: Iterable[Read | Unread], found: Found, limits: Limits) -> None:
    for number, document in enumerate(documents, start=1):
        if number > limits.rows:
            what = f"comes after {limits.rows:,} features, and no more are read"
            found.left_out(number, "", what, "split the file; this feature and the rest are left out")
            return
        if isinstance(document, Unread):
            found.left_out(number, "", f"cannot be read: {document.what}", document.remedy)
        else:
            add_feature(document.value, number, found)
