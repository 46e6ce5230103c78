"""Which events of a story an address asks for: the parameters of a link, read strictly."""

import re
import unicodedata
from collections.abc import Callable, Collection
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd

from dashboard.view import LONGEST, MOST, READERS, View, cleaned
from geo.clock import parse_at
from geo.errors import GeoError
from geo.join import Mask, shown
from geo.query import Bounds, Query
from geo.story import Story

MOST_FIELDS = 1_000
VERSION = "v"


class Refusal(ValueError):  # noqa: N818 - an answer, not a mistake
    """An address that cannot be answered; the message is one sentence that names the parameter."""


class Narrowing(NamedTuple):
    """`view` holds what a link says, `start` and `end` the interval [from, to) in seconds, `version` the digest.

    `bounds` are west, south, east, north in degrees; what has no place inside of them is left out. Without `at` in the
    address, `timed` is False: then all of the story is meant, not its opening moment.
    """

    view: View
    timed: bool
    start: float | None
    end: float | None
    version: str
    bounds: Bounds | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """Equal for addresses that ask for the same events."""
        return (*self[:4], self.bounds)


def narrowing(query_string: bytes, story: Story) -> Narrowing:
    """What the query asks for. Raises Refusal for a parameter that is unknown, given twice, or does not fit the story.

    An empty value is none, as in a link.
    """
    return narrowed_to(*read_fields(query_string, story, NARROWING))


def narrowed_to(values: dict[str, Any], version: str) -> Narrowing:
    """The narrowing by the values of parameters. Raises Refusal where they do not fit each other."""
    timed = "at" in values
    for name in ("mode", "span"):
        if name in values and not timed:
            raise Refusal(f"Parameter '{name}' needs the instant 'at' beside it.")
    start, end, bounds = (values.pop(name, None) for name in ("from", "to", "bounds"))
    if start is not None and end is not None and start >= end:
        raise Refusal("Parameter 'from' must be earlier than 'to'.")
    return Narrowing(View(**values), timed, start, end, version, bounds)


def read_fields(query_string: bytes, story: Story, readers: "Readers") -> tuple[dict[str, Any], str]:
    """What `readers` make of the parameters they are named for, each given once but crew, and the version asked for."""
    given = fields(query_string, (*readers, VERSION))
    version = given.pop(VERSION, [""])[0]
    values: dict[str, Any] = {}
    for name, texts in given.items():
        if len(texts) > (MOST if name == "crew" else 1):
            raise Refusal(f"Parameter '{name}' is given {len(texts)} times.")
        read = [_read(name, text, story, readers) for text in texts]
        values[name] = tuple(person for person in story.people["id"] if person in read) if name == "crew" else read[0]
    return values, version


def fields(query_string: bytes, known: tuple[str, ...]) -> dict[str, list[str]]:
    """Parameter -> its texts that are not empty. Raises Refusal for a parameter that is not known."""
    try:
        pairs = parse_qsl(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as cause:
        raise Refusal(f"The address has more than {MOST_FIELDS:,} parameters.") from cause
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        if name not in known:
            why = " only changes how the page looks; leave it out" if name in READERS else " is not known here"
            raise Refusal(f"Parameter '{cleaned(name)}'{why}.")
        if text.strip():
            found.setdefault(name, []).append(text)
    return {name: list(dict.fromkeys(texts)) for name, texts in found.items()}


def people_and_words(view: View, story: Story) -> Query:
    """What a view filters, as a question to the engine of a large story. Raises GeoError for too many words."""
    others = rivals(view.crew, view.match, story)
    return Query(crew=view.crew, match=view.match, rivals=others, q=view.q)  # type: ignore[arg-type] # READERS accept the words of these only


def rivals(crew: Collection[str], match: str, story: Story) -> tuple[str, ...]:
    """Everybody in the groups of the people chosen, where that matters."""
    if match != "only":
        return ()
    people = story.people
    return tuple(people["id"][people["group"].isin(people["group"][people["id"].isin(crew)])])


def mask(asked: Narrowing, story: Story) -> Mask:
    """Which events of the story those are.

    With `at`, what the board shows at that instant in that mode. With `start` or `end`, events under way in the
    half-open interval: one that begins exactly at its end, or is over exactly at its start, is outside.
    """
    view = asked.view
    t = view.at if view.at is not None else float("inf")
    found = shown(story, view.crew, view.match, view.q, t, view.mode, view.span, view.stated)  # type: ignore[arg-type] # READERS accept the words of these only
    at, until = (story.events[name].to_numpy(float) for name in ("at", "until"))
    if asked.start is not None:
        found &= np.where(until > at, until > asked.start, at >= asked.start)
    if asked.end is not None:
        found &= at < asked.end
    if view.place:
        found &= (story.events["place"] == view.place).to_numpy(bool)
    if asked.bounds is not None:
        found &= story.events["place"].isin(_places_inside(story, asked.bounds)).to_numpy(bool)
    return found


def _places_inside(story: Story, bounds: Bounds) -> "pd.Series[str]":
    """Ids; over the date line where west is greater than east."""
    west, south, east, north = bounds
    lat, lon = story.places["lat"], story.places["lon"]
    across = lon.between(west, east) if west <= east else (lon >= west) | (lon <= east)
    return story.places["id"][lat.between(south, north) & across]


def _read(name: str, text: str, story: Story, readers: "Readers") -> Any:
    if len(text) > LONGEST:
        raise Refusal(f"Parameter '{name}' is longer than {LONGEST} characters.")
    try:
        return readers[name](text, story)
    except (ValueError, GeoError, OverflowError) as cause:
        raise Refusal(f"Parameter '{name}': {sentence(str(cause))}") from cause


def sentence(text: str) -> str:
    """On one line, with a full stop."""
    line = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return f"{' '.join(line.split()).rstrip('.')}."


def _bounds(text: str, _: Story) -> Bounds:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 4 or not all(re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", part) for part in parts):
        raise ValueError("these are not four numbers; write west,south,east,north in degrees")
    west, south, east, north = (float(part) for part in parts)
    return Query(bounds=(west, south, east, north)).bounds


def _instant(text: str, story: Story) -> float:
    """An interval may reach beyond the story, unlike the instant of a link."""
    return parse_at(text, story.meta.clock_kind)


Readers = dict[str, Callable[[str, Story], Any]]
NARROWING: Readers = {
    **{name: READERS[name] for name in ("crew", "match", "q", "stated", "place", "at", "mode", "span")},
    "from": _instant,
    "to": _instant,
    "bounds": _bounds,
}
