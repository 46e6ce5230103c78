"""How many events of a large story each person and each group has, as questions to its engine."""

from typing import Any, cast

import ibis.expr.types as ir


def by_person(events: ir.Table) -> ir.Table:
    """Columns id and count: every id that the events name, those that people.csv does not have, too."""
    named = events.select(id=events["people"].fill_null("").split(";").unnest())
    return _counted(named.filter(named["id"] != ""))


def by_group(events: ir.Table) -> ir.Table:
    """Columns id and count: every group that an event is coloured by; "" where it has none."""
    return _counted(events.select(id=events["group"].fill_null("")))


def _counted(named: ir.Table) -> ir.Table:
    found = named.group_by("id").aggregate(count=lambda t: t.count())
    return cast("ir.Table", cast("Any", found).order_by("id"))
