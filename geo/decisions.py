"""What an author decided about the places of a story, as plain values, and the story's files with them written in."""

import math
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from geo.editing import table_frame, with_table
from geo.geocoder import LOS_ANGELES, RELATIVE, Answer, Suggestion
from geo.tables import PLACES, cell_text

DECIMALS = 6  # of a coordinate: a tenth of a metre
BY_HAND = "by hand"
PIN_M = 50.0  # the radius of a place that somebody pointed at on a map

# What a coordinate rests on, by the geocoder that gave it; any other one is a service.
BASES = {"story": "gazetteer", LOS_ANGELES: "gazetteer", RELATIVE: "relative phrase", BY_HAND: "set by hand"}

How = Literal["found", "chosen", "put", "unknown"]


class Decision(NamedTuple):
    """Where the places asked for as `toponym` are, and how that is known; in the last case lat, lon, radius_m are NaN.

    found: the chain was sure. chosen: somebody chose among several. put: somebody set a pin or gave coordinates.
    unknown: nobody knows, and it is not to be asked again. radius_m is in metres.
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


def put(toponym: str, lat: float, lon: float, day: str, radius_m: float = PIN_M) -> Decision:
    """A point that somebody set by hand on the UTC day `day`."""
    return Decision(toponym, "put", lat, lon, radius_m, "exact", BY_HAND, "", day)


def unknown(toponym: str) -> Decision:
    """Nobody knows where it is."""
    return Decision(toponym, "unknown")


def toponym_of(place: Mapping[str, str]) -> str:
    """What is asked for a row of places.csv: its query, else its name."""
    return " ".join((place["query"] or place["name"]).split())


def decided_files(files: Mapping[str, bytes], decisions: Iterable[Decision]) -> dict[str, bytes]:
    """The files of a story with the decisions in places.csv, beside each coordinate where it comes from.

    A coordinate that no earlier decision wrote stays. The later of two decisions about one toponym holds.
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
            for column, value in _cells(decision).items():
                places.loc[index, column] = value
    return with_table(files, PLACES, places)


def _cells(decision: Decision) -> dict[str, str]:
    by_hand = {"found": decision.geocoder, "chosen": f"{decision.geocoder}, chosen by hand", "put": "set by hand"}
    return {
        "lat": cell_text(round(decision.lat, DECIMALS)),
        "lon": cell_text(round(decision.lon, DECIMALS)),
        "radius_m": cell_text(float(math.ceil(decision.radius_m))) if math.isfinite(decision.radius_m) else "",
        "precision": decision.precision,
        "geocoder": decision.geocoder,
        "answer": decision.answer,
        "checked": decision.checked,
        "basis": BASES.get(decision.geocoder, "geocoding service" if decision.geocoder else ""),
        "source": by_hand.get(decision.how, ""),
    }
