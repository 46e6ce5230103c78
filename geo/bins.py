"""How many events there are by cell, step and group, and the events themselves, as questions to any engine."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from geo.engine_columns import CELLS, FOLDED, numbers, placed
from geo.expressions import cell, exact, with_quads
from geo.join import folded
from geo.quads import WIDTH, ZOOM, northernmost, westernmost
from geo.query import Query

MOST_FEW = 5_000
AT_ONCE = 2.0**-1000  # seconds: what is divided is no less, since PostgreSQL refuses a quotient too small for a float
SEARCHED = ("title", "summary", "place", "people", "group", "source")


def bins(events: ir.Table, query: Query) -> ir.Table:
    """The rows of `counts`, in order."""
    return counts(events, query).order_by("x", "y", "step", "group")


def counts(events: ir.Table, query: Query) -> ir.Table:
    """Columns x, y (of the cell, at the query's zoom), step, group and count (int64), in no order; no row has 0.

    An event is counted in the cell of its place and the step of its `at`: step k of n begins at `start + k * (end -
    start) / n`, to the rounding of one multiplication and one division, which all engines share. An event at the very
    end is in the last step; one that was under way at the start, or begins within `AT_ONCE` of it, in the first.
    `events` has the columns that `geo.engine` gives.
    """
    found = with_quads(selected(events, query))
    north, south = query.rows
    keys = {
        "x": cell(found["qx"], query.zoom).cast("int64"),
        "y": _within(cell(found["qy"], query.zoom).cast("int64"), north, south),
        "step": _step(found["at"], query),
        "group": found["group"].fill_null(""),
    }
    return cast("ir.Table", found.group_by(**keys).aggregate(count=found.count()))


def by_step(events: ir.Table, query: Query) -> ir.Table:
    """Columns step, group and count: those of `bins`, whatever the cell."""
    return _summed(bins(events, query), "step", "group")


def by_cell(events: ir.Table, query: Query, first: int, last: int) -> ir.Table:
    """Columns x, y, group and count: those of `bins` in the steps from `first` to `last`, both included."""
    found = bins(events, query)
    return _summed(found.filter(found["step"] >= first, found["step"] <= last), "x", "y", "group")


def few(events: ir.Table, query: Query, limit: int = MOST_FEW) -> ir.Table:
    """The first `limit` of the events that `bins` counts, with all their columns, by `at` and then `id`."""
    found = selected(events, query)
    return found.order_by("at", "id").limit(limit).select(*(name for name in events.columns if name not in _OWN))


def counted(events: ir.Table, query: Query) -> ir.Table:
    """One row: `placed`, how many events `bins` counts and `few` gives, and `unplaced`, as in `nowhere`."""
    somewhere = selected(events, query).aggregate(placed=lambda found: found.count())
    return somewhere.cross_join(nowhere(events, query))


def nowhere(events: ir.Table, query: Query) -> ir.Table:
    """One row, `unplaced`: how many events of the people, words and interval have no place, whatever the bounds."""
    everything = narrowed(events, query)
    return everything.filter(~placed(everything)).aggregate(unplaced=lambda found: found.count())


def selected(events: ir.Table, query: Query) -> ir.Table:
    """The events that the query is about: those at a place in its cells, in its interval.

    Words are looked for in the column `folded`, which holds what `geo.join.filtered` searches, folded. A table without
    it is searched in `SEARCHED` without case, as its engine lowers letters: there an accent counts, unless neither the
    text nor the word has it, and people are found by their ids, not by their names.
    """
    return narrowed(events, query).filter(_inside(events, query))


def narrowed(events: ir.Table, query: Query) -> ir.Table:
    """The events of the query's people and words under way in its interval, wherever they are, if anywhere.

    Those are the ones that begin in it, and those that have begun before and not yet ended.
    """
    conditions = [_under_way(events, query.start), events["at"] <= exact(query.end), numbers(events, "at")]
    if query.crew:
        conditions.append(_of_people(events["people"], query))
    if FOLDED in events.columns:
        conditions += [events[FOLDED].contains(word) for word in query.words]
    else:
        conditions += [_written(events, word) for word in query.q.split()]
    return events.filter(*conditions)


def _summed(binned: ir.Table, *keys: str) -> ir.Table:
    # Ibis 12 adds whole numbers up to others that are as large on some engines only.
    summed: Any = binned.group_by(*keys).aggregate(count=lambda of: of["count"].sum().cast("int64"))
    return cast("ir.Table", summed.order_by(*keys))


_OWN = frozenset({*CELLS, FOLDED})


def _of_people(people: ir.StringColumn, query: Query) -> Any:
    # Every id stands between semicolons of its own, so that one can be taken out and its neighbours stay whole.
    listed = ibis.literal(";") + people.fill_null("").replace(";", ";;") + ibis.literal(";")
    chosen = tuple(dict.fromkeys(query.crew))
    # The first condition is quick, and leaves few rows to the second.
    named = [people.contains(name) & listed.contains(f";{name};") for name in chosen]
    if query.match == "all":
        return reduce(and_, named)
    if query.match == "any":
        return reduce(or_, named)
    others = [name for name in dict.fromkeys(query.rivals) if name not in chosen]
    return reduce(or_, named) & ~_some(people, others) if others else reduce(or_, named)


def _some(people: ir.StringColumn, names: Iterable[str]) -> Any:
    wanted = ibis.array(list(names))
    return people.fill_null("").split(";").intersect(wanted).length() > 0


def _written(events: ir.Table, word: str) -> Any:
    spelled = dict.fromkeys((word.lower(), folded(word)))
    texts = [events[name].lower().fill_null("") for name in SEARCHED if name in events.columns]
    return reduce(or_, [text.contains(one) for text in texts for one in spelled])


def _inside(events: ir.Table, query: Query) -> Any:
    """Whether an event is in the query's cells: asked of what the file has statistics of, so that parts are skipped.

    Computed cells are not asked: an engine would put the formula of each step into that of the next, up to the limit
    of its memory.
    """
    zoom = ZOOM - query.zoom
    north, south = query.rows
    top, bottom = north << zoom, (south + 1) << zoom
    sides = [(west << zoom, (east + 1) << zoom) for west, east in query.columns]
    if CELLS[0] in events.columns:
        x, y = (events[name] for name in CELLS)
        return (y >= top) & (y < bottom) & reduce(or_, [(x >= west) & (x < east) for west, east in sides])
    lat, lon = events["lat"], events["lon"]
    rows = numbers(events, "lat", "lon") & (lat <= exact(northernmost(top)))
    rows &= lat > exact(northernmost(bottom)) if bottom < WIDTH else lat >= -90
    return rows & reduce(or_, [_between(lon, west, east) for west, east in sides])


def _between(lon: Any, west: int, east: int) -> Any:
    first = lon >= exact(westernmost(west))
    return first & (lon < exact(westernmost(east)) if east < WIDTH else lon <= 180)


def _within(row: Any, north: int, south: int) -> Any:
    """The row, moved into the query's where rounding has it beside the one that the latitude was asked of."""
    return ibis.ifelse(row < north, north, ibis.ifelse(row > south, south, row))


def _under_way(events: ir.Table, start: float) -> Any:
    begins = events["at"] >= exact(start)
    if "until" not in events.columns:
        return begins
    return begins | ((events["until"] > events["at"]) & (events["until"] > exact(start))).fill_null(False)


def _step(at: ir.FloatingColumn, query: Query) -> Any:
    if query.steps == 1 or query.start == query.end:
        return ibis.literal(0, type="int64")
    passed = at - exact(query.start)
    step = (passed * exact(float(query.steps)) / exact(query.end - query.start)).floor().cast("int64")
    return cast("Any", ibis.ifelse(passed < exact(AT_ONCE), 0, ibis.ifelse(step < query.steps, step, query.steps - 1)))
