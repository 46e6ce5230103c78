"""How many events there are by cell, step and group, and the events themselves, as questions to any engine."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any, cast

import ibis
import ibis.expr.types as ir

from geo.expressions import cell, exact, with_quads
from geo.join import folded
from geo.quads import WIDTH, ZOOM, latitude, longitude
from geo.query import Query

MOST_FEW = 5_000
SEARCHED = ("title", "summary", "place", "people", "group", "source")

_SLACK = 1e-6  # degrees, around the lines of cells, before the cells themselves decide


def bins(events: ir.Table, query: Query) -> ir.Table:
    """Columns x, y (of the cell, at the query's zoom), step, group and count (int64), in this order; no row has 0.

    An event is counted in the cell of its place and the step of its `at`: step k of n begins at `start + k * (end -
    start) / n`, to the rounding of one multiplication and one division, which all engines share. An event at the very
    end is in the last step. `events` has the columns that `geo.engine` gives.
    """
    found = selected(events, query)
    keys = {
        "x": cell(found["qx"], query.zoom).cast("int64"),
        "y": cell(found["qy"], query.zoom).cast("int64"),
        "step": _step(found["at"], query),
        "group": found["group"].fill_null(""),
    }
    counted = found.group_by(**keys).aggregate(count=found.count())
    return counted.order_by("x", "y", "step", "group")


def few(events: ir.Table, query: Query, limit: int = MOST_FEW) -> ir.Table:
    """The first `limit` of the events that `bins` counts, with all their columns, by `at` and then `id`."""
    found = selected(events, query)
    return found.order_by("at", "id").limit(limit).select(*(name for name in events.columns if name not in _OWN))


def counted(events: ir.Table, query: Query) -> ir.Table:
    """One row: `placed`, how many events `bins` counts, and `unplaced`, how many the people, words and interval leave
    that have no place, wherever the bounds are."""
    everything = _narrowed(events, query)
    nowhere = everything["lat"].isnull() | everything["lon"].isnull()
    unplaced = everything.filter(nowhere).aggregate(unplaced=lambda t: t.count())
    placed = selected(events, query).aggregate(placed=lambda t: t.count())
    return placed.cross_join(unplaced)


def selected(events: ir.Table, query: Query) -> ir.Table:
    """The events that the query is about, and `qx`, `qy`: those at a place in its cells, in its interval.

    Words are looked for in the column `folded`, which holds what `geo.join.filtered` searches, folded. A table without
    it is searched in `SEARCHED` without case, as its engine lowers letters: there an accent counts, unless neither the
    text nor the word has it, and people are found by their ids, not by their names.
    """
    near = _narrowed(events, query)
    if "qx" not in events.columns or "qy" not in events.columns:
        near = with_quads(near.filter(*_around(near, query)))
    zoom = ZOOM - query.zoom
    north, south = query.rows
    inside = [_between(near["qx"], west << zoom, ((east + 1) << zoom) - 1) for west, east in query.columns]
    return near.filter(_between(near["qy"], north << zoom, ((south + 1) << zoom) - 1), reduce(or_, inside))


_OWN = frozenset({"qx", "qy", "folded"})


def _narrowed(events: ir.Table, query: Query) -> ir.Table:
    """The events of the interval, the people and the words."""
    conditions = [events["at"] >= exact(query.start), events["at"] <= exact(query.end)]
    if query.crew:
        conditions.append(_of_people(events["people"], query))
    if "folded" in events.columns:
        conditions += [events["folded"].contains(word) for word in query.words]
    else:
        conditions += [_written(events, word) for word in query.q.split()]
    return events.filter(*conditions)


def _of_people(people: ir.StringColumn, query: Query) -> Any:
    # Every id stands between semicolons of its own, so that one can be taken out and its neighbours stay whole.
    listed = ibis.literal(";") + people.fill_null("").replace(";", ";;") + ibis.literal(";")
    chosen = tuple(dict.fromkeys(query.crew))
    named = [listed.contains(f";{name};") for name in chosen]
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


def _around(events: ir.Table, query: Query) -> Iterable[Any]:
    """Conditions on lat and lon that every event of the cells meets and few others: files have statistics of them."""
    zoom = ZOOM - query.zoom
    north, south = query.rows
    lat, lon = events["lat"], events["lon"]
    top = latitude(north << zoom) + _SLACK if north else 90.0
    bottom = latitude((south + 1) << zoom) - _SLACK if (south + 1) << zoom < WIDTH else -90.0
    yield _between(lat, exact(bottom), exact(top))
    sides = [(longitude(west << zoom) - _SLACK, longitude((east + 1) << zoom) + _SLACK) for west, east in query.columns]
    yield reduce(or_, [_between(lon, exact(west), exact(east)) for west, east in sides])


def _between(column: Any, low: Any, high: Any) -> Any:
    return (column >= low) & (column <= high)


def _step(at: ir.FloatingColumn, query: Query) -> Any:
    if query.steps == 1 or query.start == query.end:
        return ibis.literal(0, type="int64")
    passed = (at - exact(query.start)) * exact(float(query.steps)) / exact(query.end - query.start)
    step = passed.floor().cast("int64")
    return cast("Any", ibis.ifelse(step < query.steps, step, query.steps - 1))
