"""What is wrong with the events of an engine, kind by kind, each with its count."""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from geo.bounded import bounded
from geo.engine_columns import CELLS, numbers, placed
from geo.errors import Fault


def engine_faults(events: ir.Table, file: str, groups: Iterable[str], seconds: float) -> list[Fault]:
    """The faults of `events`, which has the columns that `geo.engine` gives; asked in one question.

    Ids that are not unique, no time, a position that is none on the globe, and a group that is none of `groups`.
    `file` is what the faults call the table. Raises EngineError where the engine does not answer in so many seconds.
    """
    known = [*groups]
    is_theirs = CELLS[0] not in events.columns  # an import has told of what it could not read
    somewhere = events["lat"].notnull() & events["lon"].notnull()
    grouped = events["group"].notnull() & (events["group"] != "")
    question = events.aggregate(
        rows=events.count(),
        ids=events["id"].nunique(),
        timeless=events.count(where=~numbers(events, "at").fill_null(False)) if is_theirs else ibis.literal(0),
        outside=events.count(where=somewhere & ~placed(events)),
        strange=events.count(where=grouped & events["group"].notin(known) if known else grouped),
    )
    found = bounded(question, seconds).to_pylist()[0]
    told = (
        ("id", found["rows"] - found["ids"], "is that of another event", "give every event its own"),
        ("at", found["timeless"], "is no time", "fill in when they begin"),
        ("lat", found["outside"], "or lon is not on the globe", "write lat from -90 to 90, lon from -180 to 180"),
        ("group", found["strange"], "is none of story.toml", "add it there as [groups.NAME]"),
    )
    return [
        Fault(file, None, column, "", f"{what} ({count:,} of {found['rows']:,} rows)", remedy)
        for column, count, what, remedy in told
        if count
    ]
