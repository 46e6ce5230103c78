"""The events of a large story as a table of the engine that has them, whichever that is."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from geo.bounded import bounded
from geo.engine_columns import canonical, numbers, placed
from geo.engine_duckdb import database, file_table
from geo.engine_spark import spark_table
from geo.engine_url import url_table
from geo.errors import EngineError
from geo.source import Source

SECONDS = 30.0  # for an engine to answer when it is first asked


def connect(
    source: Source,
    folder: Path,
    *,
    secrets: Mapping[str, str] | None = None,
    groups: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    **limits: Any,
) -> ir.Table:
    """The events of a story, with the columns of `geo.engine_columns`; nothing is read but what is asked for.

    A file lies in `folder`, beside story.toml. `secrets` (the environment, where there are none) hold the credentials
    of a URL, see `geo.engine_url`. `groups` are those of the people, by id, for tables that do not say the group of an
    event. `limits` of DuckDB are `memory` ("1GB") and `threads`. Raises EngineError, one sentence without credentials,
    where the engine cannot be reached in so many seconds, the table is not there or empty, or columns are wrong.

    An address is the word of whoever wrote story.toml: a host that takes stories from others has to look at
    `source.is_url` first.
    """
    known = os.environ if secrets is None else secrets
    events = canonical(_table(source, folder, known, seconds, limits), source, groups or {})
    if bounded(events.select("id").limit(1), seconds).num_rows == 0:
        raise EngineError(f"{_named(source)} has no events in it; fill it, or name another in story.toml")
    if bounded(events.filter(numbers(events, "at")).select("id").limit(1), seconds).num_rows == 0:
        raise EngineError(f"no event in {_named(source)} has a time; name the column that has it in [events.columns]")
    return events


def facts(events: ir.Table, source: Source, seconds: float = SECONDS) -> Source:
    """`source` with `count`, `first`, `last` and `bounds`, asked of the engine where story.toml does not say them.

    Where a Parquet file has another count than story.toml, the file is another one: it is asked for all of them.
    """
    if source.count is not None and source.source.lower().endswith(".parquet") and not source.is_url:
        rows = bounded(events.aggregate(rows=events.count()), seconds)["rows"][0].as_py()
        if rows != source.count:
            source = replace(source, count=None, first=None, last=None, bounds=None)
    if None not in (source.count, source.first, source.last, source.bounds):
        return source
    at_places = placed(events)
    asked = events.aggregate(
        count=events.count(),
        first=events["at"].min(),
        last=events["until"].max(),
        west=events["lon"].min(where=at_places),
        south=events["lat"].min(where=at_places),
        east=events["lon"].max(where=at_places),
        north=events["lat"].max(where=at_places),
    )
    row = bounded(asked, seconds).to_pylist()[0]
    bounds = None if row["west"] is None else (row["west"], row["south"], row["east"], row["north"])
    return replace(
        source,
        count=row["count"] if source.count is None else source.count,
        first=row["first"] if source.first is None else source.first,
        last=row["last"] if source.last is None else source.last,
        bounds=bounds if source.bounds is None else source.bounds,
    )


def _table(
    source: Source, folder: Path, secrets: Mapping[str, str], seconds: float, limits: Mapping[str, Any]
) -> ir.Table:
    if not source.is_url:
        return file_table(folder / source.source, source.table, **limits)
    scheme, _, rest = source.source.partition("://")
    if scheme.lower() == "duckdb":
        return file_table(database(rest, folder), source.table, **limits)
    if scheme.lower() == "pyspark":
        return spark_table(source.source, source.table, folder)
    return url_table(source.source, source.table, secrets, seconds)


def _named(source: Source) -> str:
    return f"'{source.source if not source.is_url else source.table or source.source.partition('?')[0]}'"
