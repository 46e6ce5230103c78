"""The columns that the events of every engine have, whatever theirs are called and whichever are missing."""

from collections.abc import Mapping
from functools import reduce
from operator import and_
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir

from geo.errors import EngineError, clipped
from geo.source import COLUMNS, REQUIRED, Source

TIMES = ("at", "until")
NUMBERS = ("lat", "lon", "radius_m")
CELLS = ("qx", "qy")  # the cells of `geo.quads`, where the file has them
FOLDED = "folded"  # what is searched, folded by `geo.join.folded`, where the file has it


def canonical(table: ir.Table, source: Source, groups: Mapping[str, str]) -> ir.Table:
    """`table` with the columns of `geo.source.COLUMNS`, in their order, and CELLS and FOLDED where it has them.

    at and until are float64 seconds; a timestamp counts from 1970-01-01 on the clock it shows. An event without until
    ends when it begins. lat, lon and radius_m are float64 and null where not known, all others text. A list of people
    is joined by ";". The group of an event is that of its first person in `groups` where the table has no such
    column; null where there is none. Raises EngineError for a missing column or a wrong type.
    """
    theirs = {name: name for name in COLUMNS} | dict(source.columns)
    missing = [f"'{clipped(theirs[name])}'" for name in REQUIRED if theirs[name] not in table.columns]
    missing += [f"'{clipped(name)}'" for _, name in source.columns if name not in table.columns]
    if missing:
        found = clipped(", ".join(table.columns))
        missing = list(dict.fromkeys(missing))
        what = f"the table of the events has no column {', '.join(missing)}"
        raise EngineError(f"{what}; it has {found}: name theirs in [events.columns]")
    given = {name: table[theirs[name]] for name in COLUMNS if theirs[name] in table.columns}
    columns = {name: _read(name, given[name]) if name in given else _empty(name) for name in COLUMNS}
    columns["until"] = columns["until"].fill_null(columns["at"]) if "until" in given else columns["at"]
    if "group" not in given and "people" in given:
        columns["group"] = _group(columns["people"], groups)
    if all(name in table.columns and table[name].type().is_integer() for name in CELLS):
        columns |= {name: table[name] for name in CELLS}
    if FOLDED in table.columns and table[FOLDED].type().is_string():
        columns[FOLDED] = table[FOLDED]
    return table.select(**columns)


def placed(events: ir.Table) -> Any:
    """Whether an event has a place on the globe: what is null, no number or outside of it is not known."""
    if all(name in events.columns for name in CELLS):
        return events[CELLS[0]].notnull()
    lat, lon = events["lat"], events["lon"]
    inside = (lat >= -90) & (lat <= 90) & (lon >= -180) & (lon <= 180)
    return (inside & numbers(events, "lat", "lon")).fill_null(False)


def numbers(events: ir.Table, *names: str) -> Any:
    """Whether these columns hold numbers in a row, and not what is called NaN.

    A file's statistics leave it out, and DuckDB believes them: a comparison alone does not find it. An engine that
    does not know NaN has none, nor has a file with CELLS, which an import wrote.
    """
    known = [events[name].notnull() for name in names]
    backend: Any = events.get_backend()
    if not all(name in events.columns for name in CELLS) and backend.has_operation(ops.IsNan):
        known += [~events[name].isnan() for name in names]
    return reduce(and_, known)


def _read(name: str, column: Any) -> Any:
    kind: dt.DataType = column.type()
    if name in TIMES and (kind.is_timestamp() or kind.is_date()):
        moment = column.cast("timestamp")
        # Some engines have the fraction in the seconds already.
        return (
            moment.epoch_seconds().cast("float64").floor().cast("float64") + moment.millisecond().cast("float64") / 1000
        )
    if name in TIMES or name in NUMBERS:
        if kind.is_floating() or kind.is_integer() or kind.is_decimal():
            return column if kind == dt.float64 else column.cast("float64")
        wanted = "seconds or a timestamp" if name in TIMES else "a number"
    else:
        if kind.is_string():
            return column
        if name == "people" and isinstance(kind, dt.Array) and kind.value_type.is_string():
            return column.join(";")
        if kind.is_integer() or kind.is_uuid():
            return column.cast("string")
        wanted = "text"
    what = f"column '{clipped(column.get_name())}' of the events is {clipped(str(kind))}"
    raise EngineError(f"{what}, where '{name}' has to be {wanted}; name another in [events.columns]")


def _empty(name: str) -> Any:
    return ibis.null("float64" if name in (*TIMES, *NUMBERS) else "string")


def _group(people: Any, groups: Mapping[str, str]) -> Any:
    members: dict[str, list[str]] = {}
    for person, group in groups.items():
        members.setdefault(group, []).append(person)
    if not members:
        return ibis.null("string")
    first = people.split(";")[0]
    return ibis.cases(*((first.isin(names), group) for group, names in members.items()), else_=ibis.null("string"))
