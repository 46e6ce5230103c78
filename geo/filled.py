"""A table as somebody brought it, with the coordinates that were found for its rows."""

import math
from collections.abc import Iterable

from geo.decisions import DECIMALS, Decision, toponym_of
from geo.editing import table_frame
from geo.making import Made
from geo.mapping import Mapping
from geo.raw import Raw
from geo.safe_csv import safe_csv
from geo.tables import EVENTS, PLACES, cell_text

BESIDE = ("geocoder", "answer", "checked")


def filled(raw: Raw, mapping: Mapping, made: Made, decisions: Iterable[Decision]) -> bytes:
    """The rows of `raw` as they were, in UTF-8 as Excel opens it, with lat, lon, radius_m, geocoder, answer and checked
    of the places that `decisions` locate.

    The columns that the table has for them are used, others added at its end. No cell that holds anything is written
    to; a row that has either coordinate is left as it is.
    """
    names = _columns(raw, mapping)
    header = [*raw.header, *(name for name in names.values() if name not in raw.header)]
    at = {role: header.index(name) for role, name in names.items()}
    places = _by_number(made, decisions)
    rows = []
    for number, cells in zip(raw.numbers, raw.cells, strict=True):
        row = [*cells, *[""] * (len(header) - len(cells))]
        decision = places.get(number)
        if decision is not None and not row[at["lat"]].strip() and not row[at["lon"]].strip():
            for role, text in _texts(decision, comma=raw.decimal_comma).items():
                row[at[role]] = row[at[role]] if row[at[role]].strip() else text
        rows.append(row)
    return safe_csv(header, rows, marked=True)


def _columns(raw: Raw, mapping: Mapping) -> dict[str, str]:
    roles = {"lat": "lat", "lon": "lon", "radius": "radius_m"}
    named = {role: (mapping.of(role) or (_spelled(raw, name),))[0] for role, name in roles.items()}
    return named | {name: _spelled(raw, name) for name in BESIDE}


def _spelled(raw: Raw, name: str) -> str:
    """The column as the table spells it, where it has one of that name."""
    return next((column for column in raw.header if column.casefold() == name), name)


def _by_number(made: Made, decisions: Iterable[Decision]) -> dict[int, Decision]:
    """The decision about each row, by the row's number."""
    located = {decision.toponym: decision for decision in decisions if not math.isnan(decision.lat)}
    places = table_frame(made.files, PLACES)
    of_place = {
        row["id"]: located[toponym]
        for row in places.to_dict("records")
        if not row["lat"] and (toponym := toponym_of({"query": row["query"], "name": row["name"]})) in located
    }
    events = table_frame(made.files, EVENTS)
    where = zip(events["id"], events["place"], strict=True)
    return {made.sources[event]: of_place[place] for event, place in where if place in of_place}


def _texts(decision: Decision, *, comma: bool) -> dict[str, str]:
    degrees = {"lat": cell_text(round(decision.lat, DECIMALS)), "lon": cell_text(round(decision.lon, DECIMALS))}
    return {
        **{role: text.replace(".", ",") if comma else text for role, text in degrees.items()},
        "radius": "" if math.isnan(decision.radius_m) else cell_text(float(math.ceil(decision.radius_m))),
        "geocoder": decision.geocoder,
        "answer": decision.answer,
        "checked": decision.checked,
    }
