"""A file as a table of DuckDB, which runs in this process and touches nothing but the file."""

from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import sqlglot.expressions as sge

from geo.bounded import bounded
from geo.errors import EngineError, clipped

MEMORY = "2GB"
HELD = 100_000_000  # bytes of a Parquet file that is held in memory, some six times as large: twice as quick to ask
NAME = "events"
_WILD = frozenset("*?[")


def file_table(path: Path, table: str = "", memory: str = MEMORY, threads: int | None = None) -> ir.Table:
    """The rows of a Parquet or CSV file, of all that a pattern names (`parts/*.parquet`), or of a table of a .duckdb
    file: `table`, or the only one. Extensions are neither fetched nor loaded, and no other file can be opened."""
    wild = not _WILD.isdisjoint(path.name)
    if not wild and not path.is_file():
        raise EngineError(f"there is no file '{clipped(path.name)}' beside story.toml; put it there, or name another")
    ending = path.suffix.lower()
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
        "memory_limit": memory,
        "temp_directory": "",
    }
    if threads is not None:
        config["threads"] = threads
    own = ending == ".duckdb"
    try:
        connection = duckdb.connect(str(path) if own else ":memory:", read_only=own, config=config)
        if not own:
            relation = connection.read_csv(str(path)) if ending == ".csv" else connection.read_parquet(str(path))
            held = ending == ".parquet" and not wild and path.stat().st_size <= HELD
            try:
                (relation.create if held else relation.create_view)(NAME)
            except duckdb.OutOfMemoryException:
                relation.create_view(NAME)
        backend = ibis.duckdb.from_connection(connection)
        if not own:
            allowed = ("allowed_directories", f"{path.parent}/") if wild else ("allowed_paths", str(path))
            connection.execute(_setting(*allowed))
            backend.settings["enable_external_access"] = False
            backend.settings["lock_configuration"] = True
    except duckdb.Error as cause:
        raise EngineError(f"'{clipped(path.name)}' cannot be read; {_remedy(ending, cause)}") from cause
    return _named(backend, table, path) if own else backend.table(NAME)


def database(rest: str, folder: Path) -> Path:
    """The file that a `duckdb://` URL names; a relative one lies beside story.toml."""
    path = rest.partition("?")[0]
    if not path:
        raise EngineError("duckdb:// names no file; write duckdb:///folder/events.parquet, or a path beside story.toml")
    return folder / path


def _named(backend: ibis.BaseBackend, table: str, path: Path) -> ir.Table:
    # Ibis lists tables by a method that DuckDB 2 no longer has.
    every = backend.table("tables", database="information_schema")
    names = sorted(
        bounded(every.filter(every["table_schema"] == "main").select("table_name"), 10)["table_name"].to_pylist()
    )
    shown = f"'{clipped(path.name)}'"
    if table and table not in names:
        raise EngineError(f"{shown} has no table '{clipped(table)}'; name one of {clipped(', '.join(names)) or 'none'}")
    if not table and len(names) != 1:
        raise EngineError(f'{shown} has {len(names)} tables; write table = "..." below [events] in story.toml')
    return backend.table(table or names[0])


def _setting(name: str, path: str) -> str:
    """`SET name = ['path']`, quoted by the grammar, since the path is a story's."""
    value = sge.EQ(this=sge.column(name), expression=sge.array(sge.Literal.string(path), dialect="duckdb"))
    return sge.Set(expressions=[sge.SetItem(this=value)]).sql(dialect="duckdb")


def _remedy(ending: str, cause: duckdb.Error) -> str:
    if "different configuration" in str(cause) or "lock" in str(cause).lower():
        return "another program has it open for writing; close it there"
    kind = {".parquet": "a Parquet file", ".csv": "a CSV file with a header"}.get(ending, "a DuckDB file")
    return f"see whether it is {kind}, whole and readable"
