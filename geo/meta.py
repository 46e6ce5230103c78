"""What `story.toml` says: title, clock, map, groups and what is assumed."""

import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from geo.clock import EXAMPLES, Kind
from geo.errors import Fault, clipped
from geo.source import Bounds, Source, read_source, source_values

FILE = "story.toml"
SPEED_KMH = 120.0  # what a journey may take for granted, where story.toml does not say otherwise
COLOURS = ("#f2a541", "#4da3ff", "#e5484d", "#b58cff", "#46c28e", "#f06ba8", "#8fb3c7", "#c2b280")
COLOURS_ON_LIGHT = ("#b45309", "#1d5fd1", "#c1121f", "#7c3aed", "#0f7b54", "#b83280", "#3f6272", "#75683c")

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_ASSUMED_DAY = re.compile(r"D-?[0-9]{1,6}")


class Group(NamedTuple):
    """People who belong together; `colour` is for dark pages, `colour_light` for light ones, both `#rgb[rgb]`."""

    id: str
    label: str
    colour: str
    colour_light: str


@dataclass(frozen=True)
class Meta:
    """The story as a whole. The first group is the crew. `bounds` is west, south, east, north in degrees, or None.

    A journey that takes more than `speed_kmh` is doubted. Without `by_rows` the rows of events.csv stand in no order.
    `events` says where those of a large story are; it is None for a story that has events.csv.
    """

    title: str
    clock_kind: Kind
    description: str = ""
    credits: tuple[str, ...] = ()
    opening: str = ""
    timezone: str = ""
    assumed: tuple[str, ...] = ()
    bounds: Bounds | None = None
    groups: tuple[Group, ...] = ()
    assumptions: tuple[str, ...] = ()
    speed_kmh: float = SPEED_KMH
    by_rows: bool = True
    events: Source | None = None


def read_meta(content: bytes, title: str) -> tuple[Meta, list[Fault]]:
    """The meta of a story; what is missing or wrong is a fault and has a default: `title`, and a clock of days."""
    faults: list[Fault] = []
    try:
        document: Mapping[str, Any] = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as cause:
        faults.append(_fault("", f"the text is not UTF-8: byte {cause.start}", "save it again as UTF-8"))
        document = {}
    except (tomllib.TOMLDecodeError, RecursionError) as cause:
        faults.append(_fault("", f"this is not TOML: {clipped(str(cause))}", "correct the line named"))
        document = {}
    clock, places, about, checks = (_section(document, name, faults) for name in ("clock", "map", "about", "checks"))
    kind = clock.get("kind")
    if document and kind not in EXAMPLES:
        faults.append(_fault("clock.kind", "is not 'days' or 'calendar'", "write one of them; days are taken", kind))
    meta = Meta(
        title=_text(document, "title", faults) or title,
        description=_text(document, "description", faults),
        credits=_texts(document, "credits", faults),
        opening=_text(document, "opening", faults),
        clock_kind="calendar" if kind == "calendar" else "days",
        timezone=_text(clock, "timezone", faults),
        assumed=_assumed(clock, faults),
        bounds=_bounds(places, faults),
        groups=_groups(document, faults),
        assumptions=_texts(about, "assumptions", faults),
        speed_kmh=_speed(checks, faults),
        by_rows=_by_rows(clock, faults),
        events=_events(document, faults),
    )
    return meta, faults


def meta_text(meta: Meta) -> str:
    """The `story.toml` that `read_meta` reads as `meta`."""
    top = {"title": meta.title, "description": meta.description, "credits": meta.credits, "opening": meta.opening}
    sections: dict[str, dict[str, Any]] = {
        "clock": {"kind": meta.clock_kind, "timezone": meta.timezone, "assumed": meta.assumed}
        | ({} if meta.by_rows else {"order": "times"}),
        "map": {} if meta.bounds is None else {"bounds": meta.bounds},
        "about": {"assumptions": meta.assumptions},
        "events": {} if meta.events is None else source_values(meta.events),
        "events.columns": {} if meta.events is None else dict(meta.events.columns),
        "checks": {} if meta.speed_kmh == SPEED_KMH else {"speed_kmh": meta.speed_kmh},
    }
    for group in meta.groups:
        sections[f"groups.{_toml(group.id)}"] = {
            "label": group.label,
            "colour": group.colour,
            "colour_light": group.colour_light,
        }
    blocks = ["".join(f"{key} = {_toml(value)}\n" for key, value in top.items())]
    for name, values in sections.items():
        if values:
            blocks.append(f"[{name}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in values.items()))
    return "\n".join(blocks)


def palette(index: int) -> tuple[str, str]:
    """The colour on dark and on light of the n-th group."""
    return COLOURS[index % len(COLOURS)], COLOURS_ON_LIGHT[index % len(COLOURS)]


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_toml(item) for item in value)}]"
    if isinstance(value, float):
        return repr(value)
    # A JSON string is a TOML basic string, but for DEL.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _fault(column: str, what: str, remedy: str, value: Any = "") -> Fault:
    return Fault(FILE, None, column or None, "" if value is None else str(value), what, remedy)


def _section(document: Mapping[str, Any], name: str, faults: list[Fault]) -> Mapping[str, Any]:
    value = document.get(name, {})
    if isinstance(value, dict):
        return value
    faults.append(_fault(name, "is not a section", f"write it as [{name}]", value))
    return {}


def _text(section: Mapping[str, Any], name: str, faults: list[Fault]) -> str:
    value = section.get(name, "")
    if isinstance(value, str):
        return value
    faults.append(_fault(name, "is not a text", "put it into quotes", value))
    return ""


def _texts(section: Mapping[str, Any], name: str, faults: list[Fault]) -> tuple[str, ...]:
    value = section.get(name, [])
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    faults.append(_fault(name, "is not a list of texts", 'write it like ["one", "two"]', value))
    return ()


def _assumed(clock: Mapping[str, Any], faults: list[Fault]) -> tuple[str, ...]:
    days = _texts(clock, "assumed", faults)
    for day in days:
        if not _ASSUMED_DAY.fullmatch(day):
            faults.append(_fault("clock.assumed", "is not a day", "write days like 'D6'", day))
    return tuple(day for day in days if _ASSUMED_DAY.fullmatch(day))


def _by_rows(clock: Mapping[str, Any], faults: list[Fault]) -> bool:
    value = clock.get("order", "rows")
    if value not in ("rows", "times"):
        remedy = "write one of them; 'rows' is taken: they stand in the order in which things happened"
        faults.append(_fault("clock.order", "is not 'rows' or 'times'", remedy, value))
    return bool(value != "times")


def _speed(checks: Mapping[str, Any], faults: list[Fault]) -> float:
    value = checks.get("speed_kmh", SPEED_KMH)
    if type(value) in (int, float) and 0 < value < math.inf:
        return float(value)
    remedy = f"write a number above 0; {SPEED_KMH:.0f} is taken"
    faults.append(_fault("checks.speed_kmh", "is not a speed", remedy, value))
    return SPEED_KMH


def _bounds(places: Mapping[str, Any], faults: list[Fault]) -> Bounds | None:
    value = places.get("bounds")
    if value is None:
        return None
    numbers = isinstance(value, list) and len(value) == 4 and all(type(item) in (int, float) for item in value)
    if numbers and all(math.isfinite(item) for item in value):
        west, south, east, north = (float(item) for item in value)
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    remedy = "write [west, south, east, north] in degrees; the places decide"
    faults.append(_fault("map.bounds", "are not bounds", remedy, value))
    return None


def _events(document: Mapping[str, Any], faults: list[Fault]) -> Source | None:
    if "events" not in document:
        return None
    source, found = read_source(_section(document, "events", faults))
    faults += found
    return source


def _groups(document: Mapping[str, Any], faults: list[Fault]) -> tuple[Group, ...]:
    groups = []
    for index, (name, values) in enumerate(_section(document, "groups", faults).items()):
        if not isinstance(values, dict):
            faults.append(_fault("groups", "is not a group", f"write it as [groups.{name}]", name))
            continue
        dark, light = palette(index)
        colour = _colour(values, "colour", dark, faults)
        on_light = _colour(values, "colour_light", colour if "colour" in values else light, faults)
        groups.append(Group(name, _text(values, "label", faults) or name.capitalize(), colour, on_light))
    return tuple(groups)


def _colour(values: Mapping[str, Any], name: str, default: str, faults: list[Fault]) -> str:
    value = values.get(name, default)
    if isinstance(value, str) and _COLOUR.fullmatch(value):
        return value
    faults.append(_fault(name, "is not a colour", "write it like '#4da3ff'; another is taken", value))
    return default
