"""Where the events of a large story are, as `[events]` in story.toml says it: a file beside it, or an engine's URL."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from geo.errors import Fault, clipped

FILE = "story.toml"
COLUMNS = (
    *("id", "title", "at", "until", "lat", "lon", "radius_m", "place", "people", "group"),
    *("summary", "source"),
)
REQUIRED = ("id", "title", "at", "lat", "lon")
VARIABLE = "CASEBOARD_ENGINE_"  # and the host of an engine: where its credentials are
THRESHOLD = 200_000  # events, up to which a story is told one by one
FILE_ENDINGS = (".parquet", ".csv", ".duckdb")

Bounds = tuple[float, float, float, float]

_URL = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_SECRET = frozenset(
    {"password", "passwd", "pwd", "token", "secret", "access_token", "api_key", "apikey", "private_key"}
)
_WRITTEN = 1e-5  # seconds, degrees: half a digit of what an import writes, and more
_KNOWN = frozenset({"source", "table", "columns", "count", "first", "last", "bounds", "threshold"})
_ENVIRONMENT = f"take it out and set {VARIABLE}... in the environment, or in the secrets of the page"


@dataclass(frozen=True)
class Source:
    """`source` is a path beside story.toml or a URL; `table` names a table of it, "" for the only one.

    `columns` are pairs (our name, theirs) where the two differ. `count`, `first` and `last` (seconds of the story's
    clock) and `bounds` (west, south, east, north) were true when somebody wrote them; None where nobody did. More
    than `threshold` events are shown as cells of the map, so many or fewer one by one.
    """

    source: str
    table: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    count: int | None = None
    first: float | None = None
    last: float | None = None
    bounds: Bounds | None = None
    threshold: int = THRESHOLD

    @property
    def is_url(self) -> bool:
        """Whether it is an engine's address and no file beside story.toml."""
        return _URL.match(self.source) is not None


def read_source(section: Mapping[str, Any]) -> tuple[Source | None, list[Fault]]:
    """What `[events]` of story.toml says, and what is wrong with it; None where it names nothing that may be read."""
    faults: list[Fault] = []
    source = _source(section.get("source"), faults)
    if source is None:
        return None, faults
    for name in sorted(section.keys() - _KNOWN):
        faults.append(_fault(name, "is not known", f"take it out; known are {', '.join(sorted(_KNOWN))}"))
    first, last = (_number(section, name, faults) for name in ("first", "last"))
    if first is not None and last is not None and last < first:
        faults.append(_fault("last", "lies before events.first", "exchange the two; the engine is asked", last))
        first = last = None
    table = section.get("table", "")
    if not isinstance(table, str):
        faults.append(_fault("table", "is not a text", "put the name of the table into quotes", table))
        table = ""
    count, threshold = (_count(section, name, faults) for name in ("count", "threshold"))
    return Source(
        source,
        table,
        _columns(section, faults),
        count,
        first,
        last,
        _bounds(section, faults),
        THRESHOLD if threshold is None else threshold,
    ), faults


def otherwise(told: Source, found: Source) -> list[Fault]:
    """A fault for every fact of `told`, as story.toml has it, that `found`, as the engine says it, has otherwise."""
    faults = []
    for name in ("count", "first", "last", "bounds"):
        ours, theirs = getattr(told, name), getattr(found, name)
        if ours is not None and theirs is not None and not _alike(ours, theirs):
            shown = ", ".join(map(str, theirs)) if isinstance(theirs, tuple) else str(theirs)
            remedy = "correct it, or take it out: then the engine is asked"
            faults.append(_fault(name, f"is not what the engine says, {shown}", remedy, ours))
    return faults


def _alike(ours: float | Bounds, theirs: float | Bounds) -> bool:
    """But for the digits that are not written."""
    one, other = (value if isinstance(value, tuple) else (value,) for value in (ours, theirs))
    return all(math.isclose(a, b, rel_tol=0.0, abs_tol=_WRITTEN) for a, b in zip(one, other, strict=True))


def source_values(source: Source) -> dict[str, Any]:
    """The keys and values of `[events]` that `read_source` reads as `source`; those of `columns` are for a section."""
    values = {
        "source": source.source,
        "table": source.table or None,
        "count": source.count,
        "first": source.first,
        "last": source.last,
        "bounds": source.bounds,
        "threshold": None if source.threshold == THRESHOLD else source.threshold,
    }
    return {name: value for name, value in values.items() if value is not None}


def _source(value: Any, faults: list[Fault]) -> str | None:
    if not isinstance(value, str) or not value.strip():
        faults.append(_fault("source", "names nothing", 'write a file or a URL, like source = "events.parquet"', value))
        return None
    text = value.strip()
    if not _URL.match(text):
        return _beside(text, faults)
    try:
        url = urlsplit(text)
        secret = url.password is not None or any(name.lower() in _SECRET for name, _ in parse_qsl(url.query))
    except ValueError:
        faults.append(_fault("source", "is not a URL that can be read", "correct it", _shown(text)))
        return None
    if secret:
        faults.append(_fault("source", "has a password in it", _ENVIRONMENT, _shown(text)))
        return None
    return text


def _beside(text: str, faults: list[Fault]) -> str | None:
    parts = re.split(r"[/\\]", text)
    if "\x00" in text or text.startswith(("/", "\\", "~")) or ":" in parts[0] or ".." in parts:
        remedy = "put the file beside story.toml and name it from there"
        faults.append(_fault("source", "leads out of the story's folder", remedy, text))
        return None
    if not text.lower().endswith(FILE_ENDINGS):
        endings = ", ".join(FILE_ENDINGS)
        faults.append(
            _fault("source", f"is no file that can be asked: none of {endings}", "write a file or a URL", text)
        )
        return None
    return text


def _shown(url: str) -> str:
    """The address as far as its host, so that a sentence tells no password on."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _columns(section: Mapping[str, Any], faults: list[Fault]) -> tuple[tuple[str, str], ...]:
    value = section.get("columns", {})
    if not isinstance(value, dict):
        faults.append(_fault("columns", "is not a section", 'write [events.columns] and at = "their name"', value))
        return ()
    kept = []
    for ours, theirs in value.items():
        if ours not in COLUMNS:
            remedy = f"write one of {', '.join(COLUMNS)}"
            faults.append(_fault(f"columns.{clipped(ours, 40)}", "is not a column of ours", remedy, theirs))
        elif not isinstance(theirs, str) or not theirs:
            faults.append(_fault(f"columns.{ours}", "is not the name of a column", "put it into quotes", theirs))
        else:
            kept.append((ours, theirs))
    return tuple(kept)


def _count(section: Mapping[str, Any], name: str, faults: list[Fault]) -> int | None:
    value = section.get(name)
    if value is None or (type(value) is int and value >= 0):
        return value
    instead = "the engine is asked" if name == "count" else f"{THRESHOLD:,} is taken"
    faults.append(_fault(name, "is not a number of events", f"write a whole number; {instead}", value))
    return None


def _number(section: Mapping[str, Any], name: str, faults: list[Fault]) -> float | None:
    value = section.get(name)
    if value is None:
        return None
    if type(value) in (int, float) and math.isfinite(value):
        return float(value)
    faults.append(_fault(name, "is not a number of seconds", "write a number; the engine is asked", value))
    return None


def _bounds(section: Mapping[str, Any], faults: list[Fault]) -> Bounds | None:
    value = section.get("bounds")
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 4 and all(type(item) in (int, float) for item in value):
        west, south, east, north = (float(item) for item in value)
        if -180 <= west <= east <= 180 and -90 <= south <= north <= 90:
            return west, south, east, north
    remedy = "write [west, south, east, north] in degrees; the engine is asked"
    faults.append(_fault("bounds", "are not bounds", remedy, value))
    return None


def _fault(column: str, what: str, remedy: str, value: Any = "") -> Fault:
    return Fault(FILE, None, f"events.{column}", "" if value is None else str(value), what, remedy)
