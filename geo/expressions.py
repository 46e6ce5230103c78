"""Arithmetic on the columns of an engine's table that gives the same bits on every engine."""

from typing import Any, cast

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from geo.quads import STAGES, ZOOM, Arithmetic

_JOINING = frozenset({"mysql", "postgres", "sqlite"})  # engines that put a query into the one around it
_ALL = 1 << 62  # rows


def exact(value: float) -> ir.FloatingValue:
    """A constant as the quotient of two integers, since engines read decimal fractions each in their own way."""
    numerator, denominator = float(value).as_integer_ratio()
    scale = max(0, numerator.bit_length() - 62)  # a float has 53 bits: the rest of a large one are zeros
    total = _integer(numerator >> scale)
    for power in (scale, -(denominator.bit_length() - 1)):
        while power:
            step = min(abs(power), 62)
            factor = _integer(1 << step)
            total = cast("ir.FloatingValue", total * factor if power > 0 else total / factor)
            power -= step if power > 0 else -step
    return total


def _integer(value: int) -> ir.FloatingValue:
    return cast("ir.FloatingValue", ibis.literal(value, type="int64").cast("float64"))


COLUMNS = Arithmetic(
    number=exact,
    root=lambda value: value.sqrt(),
    choice=ibis.ifelse,
    whole=lambda value: value.floor().cast("int64"),
)


def with_quads(table: ir.Table) -> ir.Table:
    """`table` and the cells `qx` and `qy` of its lat and lon at `quads.ZOOM`, null where either is.

    A table that has the two is believed. Every stage is a query of its own (a view): were they one, the text of each
    intermediate result would be repeated wherever it is used, thousands of times over. Engines that would make one of
    them again are told of a limit, beyond which they cannot look: some at every stage, DuckDB where a list of values
    is looked up below, which it makes a join of.
    """
    if "qx" in table.columns and "qy" in table.columns:
        return table
    kept = table.columns
    backend: Any = table.get_backend()
    if backend.name == "duckdb" and table.op().find(ops.InValues):
        table = table.limit(_ALL)
    for stage in STAGES:
        table = table.mutate(**cast("dict[str, Any]", stage(table, COLUMNS))).view()
        if backend.name in _JOINING:
            table = table.limit(_ALL)
    known = table["lat"].notnull() & table["lon"].notnull()
    cells = {name: ibis.ifelse(known, table[name], ibis.null("int64")) for name in ("qx", "qy")}
    return table.select(*kept, **cells)


def cell(quad: ir.IntegerValue, zoom: int) -> ir.IntegerValue:
    """The cell at `zoom` that a cell at `quads.ZOOM` lies in."""
    return quad >> (ZOOM - zoom) if zoom < ZOOM else quad
