"""One feature of a GeoJSON document: its properties as text, and what about it is said or to be mended."""

from collections.abc import Sequence
from typing import Any

from geo.errors import clipped
from geo.feature_table import Feature, Found
from geo.geometry import Located, Misplaced, located
from geo.headers import meanings
from geo.json_text import Constant, Doubled, Number, as_text
from geo.reference_system import reference_system

_MEMBERS = frozenset({"type", "id", "geometry", "properties", "bbox", "crs"})
_MOST_PROPERTIES = 10_000
_REMEDY = 'write {"type": "Feature", "properties": {...}, "geometry": {...}}, or delete it'


def add_feature(value: Any, number: int, found: Found) -> None:
    """The feature with this number as one of `found`; flagged there, and said why, where it is none.

    A feature whose geometry or properties are wrong is a feature all the same, with a fault.
    """
    if (why := _no_feature(value)) is not None:
        found.left_out(number, _shown(value), why, _REMEDY)
        return
    properties = value.get("properties")
    if properties is not None and not isinstance(properties, dict):
        remedy = 'write {"name": value, ...}; nothing is read of it'
        found.fault(number, "properties", as_text(properties), "is no object with names and values", remedy)
        properties = None
    _note_oddities(value, number, found)
    values = {name: _cell(name, one, number, found) for name, one in (properties or {}).items()}
    given = value.get("id")
    own = None if given is None else _cell("id", given, number, found)
    found.features.append(Feature(number, values, _place(value), own))


def _shown(value: Any) -> str:
    """The JSON of what is no feature, unless it is too large to be told."""
    inner = value.get("properties") if isinstance(value, dict) else None
    large = any(isinstance(one, dict | list) and len(one) > 20 for one in (value, inner))
    return "" if large else as_text(value)


def _no_feature(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "is not a feature"
    if "type" not in value:
        return "has no type"
    if value["type"] != "Feature":
        return f'has the type {clipped(as_text(value["type"]), 30)}, not "Feature"'
    properties = value.get("properties")
    if not properties and value.get("geometry") is None:
        return "has neither properties nor a geometry"
    if isinstance(properties, dict) and len(properties) > _MOST_PROPERTIES:
        return f"has {len(properties):,} properties, and at most {_MOST_PROPERTIES:,} are read"
    return None


def _note_oddities(feature: dict[str, Any], number: int, found: Found) -> None:
    for one in (feature, feature.get("properties"), feature.get("geometry")):
        if isinstance(one, Doubled):
            found.note(f"{_listed(one.names)} stands more than once in a feature, and the last was read: {{}}.", number)
    if more := [name for name in feature if name not in _MEMBERS]:
        found.note(f"What stands beside the properties was left aside ({_listed(more)}): {{}}.", number)


def _place(feature: dict[str, Any]) -> Located | Misplaced | None:
    if feature.get("geometry") is None:
        return None
    system = reference_system(feature.get("crs"))
    return Misplaced("", system.what, system.remedy) if system.what else located(feature["geometry"])


def _cell(name: str, value: object, number: int, found: Found) -> str:
    """A property as the text of a cell; what JSON nests stays JSON, and is a fault where a name or a time belongs."""
    if isinstance(value, str):
        return value
    if isinstance(value, Number):
        return value.decode()
    if value is None:
        return ""
    if isinstance(value, Constant):
        found.note(f"{value.name} is no value of JSON; it was read as nothing: {{}}.", number)
        return ""
    text = as_text(value)
    if not isinstance(value, bool):
        if any(meaning.role for meaning in meanings(name)):
            what = "is a list or an object where one text should be"
            found.fault(number, name, text, what, _one_text(value))
        else:
            found.note(f"Lists and objects in {_listed([name])} are kept as JSON: {{}}.", number)
    return text


def _one_text(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return f'write it as one text: "{clipped("; ".join(value), 60)}"'
    return "write it as one text or number"


def _listed(names: Sequence[str]) -> str:
    """Up to three names in a sentence that is still to be formatted."""
    return ", ".join(f"'{clipped(name, 40)}'" for name in names[:3]).replace("{", "{{").replace("}", "}}")
