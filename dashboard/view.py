"""The view a link restores: read from query parameters, written back to them, keyed by ids and in plain words.

One row of `PARAMETERS` is one parameter. Defaults are left out of a link. A value that does not fit the story is left
out of the view and named, so that the rest of the link still works.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from dashboard.bases import IDS as BASES
from dashboard.language import LANGUAGES, say
from geo.clock import format_at, parse_at
from geo.errors import GeoError, clipped
from geo.story import Story

MATCHES = ("any", "all", "only")
MODES = ("so-far", "window", "moment")
SCALES = ("story", "clock", "order")
ORDERS = ("happened", "told")
PANELS = ("events", "places", "whereabouts", "storylines", "meetings", "checks", "about")
UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}

LONGEST = 200  # characters of one value
MOST = 500  # values of one parameter
SHOWN = 40  # characters of a name or a value in the notice
NAMED = 5  # parameters in the notice
# Ends of the time axis lie a little outside of the first and the last event.
MARGIN = 0.05
LEAST_MARGIN = 3_600.0

# What Streamlit itself and the trackers of other sites add to an address is no mistake of whoever made the link.
FOREIGN = re.compile(r"embed(_options)?|utm_\w+|(fb|g|ms|dcl)clid|_gl|mc_[ce]id", re.IGNORECASE)


@dataclass(frozen=True)
class View:
    """What a viewer sees. Empty text and None mean the default: the first story, the story's opening, the whole map.

    `at` is story time in whole seconds, `span` is in seconds; `lat`, `lon` (degrees, 4 decimals) and `z` (2 decimals)
    are all given or all None; `crew` is in the order of the story's people, without repetition. `loop_from` and
    `loop_to` (seconds) are the marks of the loop, `from` and `to` in a link; with both, the first is the earlier.
    Without `lang` the viewer's browser says the language.
    """

    story: str = ""
    crew: tuple[str, ...] = ()
    match: str = "any"
    at: float | None = None
    mode: str = "so-far"
    span: int = 21_600
    scale: str = "story"
    event: str = ""
    place: str = ""
    q: str = ""
    lat: float | None = None
    lon: float | None = None
    z: float | None = None
    base: str = "schematic"
    order: str = "happened"
    stated: bool = False
    follow: bool = True
    loop_from: float | None = None
    loop_to: float | None = None
    panel: str = "events"
    lang: str = ""


class Parameter(NamedTuple):
    """`read` gives the value of a text or raises ValueError or GeoError; `write` is its inverse.

    `field` is the value's name in a View, where it is not the parameter's own.
    """

    name: str
    read: Callable[[str, Story], Any]
    write: Callable[[Any, Story], str]
    field: str = ""


def parse(query: Mapping[str, Sequence[str]], story: Story) -> tuple[View, tuple[str, ...]]:
    """The view that `query` asks for, and what was left out of it, each as `name "value"` in safe and short words.

    It never raises, whatever is in `query`. A parameter with two values that may have one is left out.
    """
    values: dict[str, Any] = {}
    ignored: list[str] = []
    for name, texts in query.items():
        if FOREIGN.fullmatch(name):
            continue
        asked = [text for text in dict.fromkeys(texts) if text.strip()]
        if name not in READERS or len(asked) > (MOST if name == "crew" else 1):
            ignored += [_named(name, " ".join(asked[:MOST]))] if name not in READERS or asked else []
            continue
        for text in asked:
            try:
                value = READERS[name](_bounded(text), story)
            except (ValueError, GeoError):
                ignored.append(_named(name, text))
            else:
                values[name] = (*values.get(name, ()), value) if name == "crew" else value
    if "crew" in values:
        chosen = set(values["crew"])
        values["crew"] = tuple(person for person in story.people["id"] if person in chosen)
    camera = [name for name in ("lat", "lon", "z") if name in values]
    if len(camera) in {1, 2}:
        ignored += [_named(name, str(values.pop(name))) for name in camera]
    if "from" in values and "to" in values and values["from"] >= values["to"]:
        ignored += [_named(name, str(values.pop(name))) for name in ("from", "to")]
    return View(**{FIELDS[name]: value for name, value in values.items()}), tuple(ignored)


def query(view: View, story: Story) -> list[tuple[str, str]]:
    """The view as pairs of parameter and text, defaults left out: the inverse of `parse`."""
    pairs: list[tuple[str, str]] = []
    for name, _, write, _ in PARAMETERS:
        value = getattr(view, FIELDS[name])
        if value != DEFAULTS[FIELDS[name]]:
            pairs += [(name, write(item, story)) for item in (value if name == "crew" else (value,))]
    return pairs


def notice(ignored: Sequence[str]) -> str:
    """One sentence for the viewer about what was left out, or nothing."""
    if not ignored:
        return ""
    named, more = ", ".join(ignored[:NAMED]), len(ignored) - NAMED
    if more > 0:
        return say("Left out of this link: {names} and {n} more.", names=named, n=str(more))
    return say("Left out of this link: {names}.", names=named)


def as_json(view: View, story: Story) -> dict[str, Any]:
    """The view as the board reads it: plain values, times as in the link, None for what is not given."""
    kind = story.meta.clock_kind
    times = {"at": view.at, "from": view.loop_from, "to": view.loop_to}
    plain = asdict(view) | {"crew": list(view.crew), "span": format_span(view.span)}
    plain |= {name: None if t is None else format_at(t, kind) for name, t in times.items()}
    return {name: plain[name] for name in plain if name not in {"panel", "lang", "loop_from", "loop_to"}}


def extent(story: Story) -> tuple[float, float]:
    """When the first event begins and the last one ends, in seconds. Raises ValueError where there is none."""
    if story.meta.events is not None:
        first, last = story.meta.events.first, story.meta.events.last
        if first is None or last is None:
            raise ValueError("nobody has asked yet when this story happens")
        return first, last
    if story.events.empty:
        raise ValueError("nothing happens in this story")
    return float(story.events["at"].min()), float(story.events["until"].max())


def moment(view: View, story: Story) -> float:
    """The instant a view shows: its own, that of its event, or that of the story's opening event, or of its last."""
    if view.at is not None:
        return view.at
    events = story.events
    for event in (view.event, story.meta.opening):
        found = events["at"][events["id"] == event] if event else ()
        if len(found):
            return float(found.iloc[0])
    return float(events["at"].iloc[-1]) if len(events) else extent(story)[1]


def parse_span(text: str) -> int:
    """Seconds of "6h", "90m", "3d", "45s" or "2w". Raises ValueError."""
    match = re.fullmatch(r"([0-9]{1,6})([smhdw])", text.strip())
    if match is None or int(match[1]) == 0:
        raise ValueError(f"'{clipped(text)}' is no span of time; write it like 6h, 90m or 3d")
    return int(match[1]) * UNITS[match[2]]


def format_span(seconds: int) -> str:
    """The inverse of `parse_span`, in the largest unit that divides it."""
    unit = next(unit for unit, size in UNITS.items() if seconds % size == 0)
    return f"{seconds // UNITS[unit]}{unit}"


def cleaned(text: str, limit: int = SHOWN) -> str:
    """`text` on one line of at most `limit` characters, without control characters and direction marks."""
    head = text[: 4 * limit]
    return clipped("".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in head), limit)


def _named(name: str, text: str) -> str:
    return f'{cleaned(name)} "{cleaned(text)}"'


def _bounded(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    return text


def _one_of(words: Iterable[str]) -> Callable[[str, Story], str]:
    accepted = frozenset(words)

    def read(text: str, _: Story) -> str:
        if text not in accepted:
            raise ValueError(f"'{clipped(text)}' is none of {sorted(accepted)}")
        return text

    return read


def _id_in(table: str) -> Callable[[str, Story], str]:
    def read(text: str, story: Story) -> str:
        if not (getattr(story, table)["id"] == text).any():
            raise ValueError(f"'{clipped(text)}' is no id in {table}")
        return text

    return read


def _id_of_its_own(table: str) -> Callable[[str, Story], str]:
    """An id of that table; of a large story, whose events nobody has here, any that could be one."""
    listed = _id_in(table)

    def read(text: str, story: Story) -> str:
        if story.meta.events is None:
            return listed(text, story)
        if cleaned(text, LONGEST) != text:
            raise ValueError(f"'{clipped(text)}' is no id")
        return text

    return read


def _own_id(text: str, story: Story) -> str:
    if text != story.id:
        raise ValueError(f"'{clipped(text)}' is another story")
    return text


def _at(text: str, story: Story) -> float:
    t = parse_at(text, story.meta.clock_kind)
    first, last = extent(story)
    margin = max((last - first) * MARGIN, LEAST_MARGIN)
    if not first - margin <= t <= last + margin:
        raise ValueError(f"'{clipped(text)}' is outside of the story")
    return t


def _words_sought(text: str, _: Story) -> str:
    sought = " ".join(text.split())
    if any(unicodedata.category(c) in {"Cc", "Cs"} for c in sought):
        raise ValueError("control characters are no words")
    return sought


def _decimal(least: float, most: float, places: int) -> Callable[[str, Story], float]:
    def read(text: str, _: Story) -> float:
        if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", text):
            raise ValueError(f"'{clipped(text)}' is no number")
        value = round(float(text), places)
        if not least <= value <= most:
            raise ValueError(f"{value} is not within {least} and {most}")
        return value

    return read


def _switch(when: str) -> Callable[[str, Story], bool]:
    """A switch is written only where it is not as usual: `when` is "1" for one that is off by default."""

    def read(text: str, _: Story) -> bool:
        if text != when:
            raise ValueError(f"'{clipped(text)}' is not {when}")
        return when == "1"

    return read


def _time(t: float, story: Story) -> str:
    return format_at(t, story.meta.clock_kind)


def _same(value: Any, _: Story) -> str:
    return str(value)


PARAMETERS = (
    Parameter("story", _own_id, _same),
    Parameter("crew", _id_in("people"), _same),
    Parameter("match", _one_of(MATCHES), _same),
    Parameter("at", _at, _time),
    Parameter("mode", _one_of(MODES), _same),
    Parameter("span", lambda text, _: parse_span(text), lambda span, _: format_span(span)),
    Parameter("scale", _one_of(SCALES), _same),
    Parameter("event", _id_of_its_own("events"), _same),
    Parameter("place", _id_of_its_own("places"), _same),
    Parameter("q", _words_sought, _same),
    Parameter("lat", _decimal(-90, 90, 4), lambda lat, _: f"{lat:.4f}"),
    Parameter("lon", _decimal(-180, 180, 4), lambda lon, _: f"{lon:.4f}"),
    Parameter("z", _decimal(0, 22, 2), lambda z, _: f"{z:g}"),
    Parameter("base", _one_of(BASES), _same),
    Parameter("order", _one_of(ORDERS), _same),
    Parameter("stated", _switch("1"), lambda _value, _story: "1"),
    Parameter("follow", _switch("0"), lambda _value, _story: "0"),
    Parameter("from", _at, _time, "loop_from"),
    Parameter("to", _at, _time, "loop_to"),
    Parameter("panel", _one_of(PANELS), _same),
    Parameter("lang", _one_of(LANGUAGES), _same),
)
READERS = {parameter.name: parameter.read for parameter in PARAMETERS}
FIELDS = {parameter.name: parameter.field or parameter.name for parameter in PARAMETERS}
DEFAULTS = {field.name: field.default for field in fields(View)}
