"""What an author decided about the places of a story, as plain values, and the story's files with them written in."""

import math
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from geo.editing import table_frame, with_table
from geo.geocoder import LOS_ANGELES, RELATIVE, Answer, Suggestion
from geo.providers import ATTRIBUTION
from geo.tables import PLACES, cell_text
from geo.world import SOURCE, WORLD

DECIMALS = 6  # of a coordinate: a tenth of a metre
BY_HAND = "by hand"
PIN_M = 50.0  # the radius of a place that somebody pointed at on a map

# What a coordinate rests on, by the geocoder that gave it; any other one is a service.
BASES = {
    "story": "gazetteer",
    LOS_ANGELES: "gazetteer",
    WORLD: "gazetteer",
    RELATIVE: "relative phrase",
    BY_HAND: "set by hand",
}
POSITION = "position: "  # begins what we add to the source of a place, after what the author wrote there
_ATTRIBUTION = {**ATTRIBUTION, WORLD: SOURCE}

How = Literal["found", "chosen", "respelled", "put", "unknown"]


class Decision(NamedTuple):
    """Where the places asked for as `toponym` are, and how that is known; in the last case lat, lon, radius_m are NaN.

    found: the chain was sure. chosen: somebody chose among several. respelled: the chain was sure of another spelling,
    which stands in `asked`. put: somebody set a pin or gave coordinates. unknown: nobody knows, and it is not to be
    asked again. radius_m is in metres.
    """

    toponym: str
    how: How
    lat: float = math.nan
    lon: float = math.nan
    radius_m: float = math.nan
    precision: str = "unknown"
    geocoder: str = ""
    answer: str = ""
    checked: str = ""
    asked: str = ""


def found(answer: Answer) -> Decision:
    """What the chain is sure of. `answer` has the status "sure"."""
    return Decision(
        answer.toponym,
        "found",
        answer.lat,
        answer.lon,
        answer.radius_m,
        answer.precision,
        answer.geocoder,
        answer.answer,
        answer.checked,
    )


def chosen(answer: Answer, suggestion: Suggestion) -> Decision:
    """One of the candidates of an answer."""
    place = (suggestion.lat, suggestion.lon, suggestion.radius_m, suggestion.precision, suggestion.geocoder)
    return Decision(answer.toponym, "chosen", *place, suggestion.name, answer.checked)


def respelled(toponym: str, answer: Answer) -> Decision:
    """What the chain is sure of under another spelling than that of the story."""
    return found(answer)._replace(toponym=toponym, how="respelled", asked=answer.toponym)


def put(toponym: str, lat: float, lon: float, day: str, radius_m: float = PIN_M) -> Decision:
    """A point that somebody set by hand on the UTC day `day`."""
    return Decision(toponym, "put", lat, lon, radius_m, "exact", BY_HAND, "", day)


def unknown(toponym: str) -> Decision:
    """Nobody knows where it is."""
    return Decision(toponym, "unknown")


def toponym_of(place: Mapping[str, str]) -> str:
    """What is asked for a row of places.csv: its query, else its name."""
    return " ".join((place["query"] or place["name"]).split())


def as_values(decisions: Iterable[Decision]) -> list[dict[str, str | float | None]]:
    """The decisions as plain values for JSON; `from_values` gives them back."""
    return [
        {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in one._asdict().items()
        }
        for one in decisions
    ]


def from_values(values: Iterable[Mapping[str, Any]]) -> tuple[Decision, ...]:
    """The decisions that `as_values` gave."""
    numbers: Any = {"lat": math.nan, "lon": math.nan, "radius_m": math.nan}
    return tuple(Decision(**{**numbers, **{k: v for k, v in one.items() if v is not None}}) for one in values)


def decided_files(files: Mapping[str, bytes], decisions: Iterable[Decision]) -> dict[str, bytes]:
    """The files of a story with the decisions in places.csv, beside each coordinate where it comes from.

    A coordinate that no earlier decision wrote stays, and so do the radius, the precision and the source that the
    author gave to a place; where its coordinate comes from is added to the source. The later of two decisions about
    one toponym holds.
    """
    last = {decision.toponym: decision for decision in decisions}
    if not last:
        return dict(files)
    places = table_frame(files, PLACES)
    for column in ("geocoder", "answer", "checked", "basis", "source"):
        if column not in places:
            places[column] = ""
    for index, row in places.iterrows():
        decision = last.get(toponym_of({"query": row["query"], "name": row["name"]}))
        if decision is not None and (not (row["lat"] and row["lon"]) or row["geocoder"]):
            before = {str(name): str(cell) for name, cell in row.items()}
            for column, value in _cells(decision, before).items():
                places.loc[index, column] = value
    return with_table(files, PLACES, places)


def _cells(decision: Decision, before: Mapping[str, str]) -> dict[str, str]:
    ours = bool(before["geocoder"])  # an earlier decision wrote radius and precision
    radius = cell_text(float(math.ceil(decision.radius_m))) if math.isfinite(decision.radius_m) else ""
    known = before["precision"] not in ("", "unknown")
    return {
        "lat": cell_text(round(decision.lat, DECIMALS)),
        "lon": cell_text(round(decision.lon, DECIMALS)),
        "radius_m": before["radius_m"] if before["radius_m"] and not ours else radius,
        "precision": before["precision"] if known and not ours and decision.geocoder else decision.precision,
        "geocoder": decision.geocoder,
        "answer": decision.answer,
        "checked": decision.checked,
        "basis": BASES.get(decision.geocoder, "geocoding service" if decision.geocoder else ""),
        "source": _source(decision, before["source"]),
    }


def _source(decision: Decision, before: str) -> str:
    """What the author wrote, then how the position is known, and on which terms."""
    written = before.partition(POSITION)[0].rstrip("; ")
    how = {
        "found": decision.geocoder,
        "chosen": f"{decision.geocoder}, chosen by hand",
        "respelled": f"{decision.geocoder}, asked as '{decision.asked}'",
        "put": "set by hand",
    }.get(decision.how, "")
    terms = _ATTRIBUTION.get(decision.geocoder, "")
    position = POSITION + how + (f" ({terms})" if terms else "") if how else ""
    return "; ".join(part for part in (written, position) if part)
