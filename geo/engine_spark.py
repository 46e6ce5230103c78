"""A table of Spark, here or on a cluster, whichever its own configuration says."""

import socket
import warnings
from contextlib import suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, urlsplit

import ibis
import ibis.expr.types as ir

from geo.bounded import AGAIN
from geo.errors import EngineError, clipped

_FILES = (".parquet", ".csv")
_PATIENCE = 5.0  # seconds

# Spark 4 warns every user of a pandas that it does not know yet, each time that a part of it is loaded.
warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)


def spark_table(url: str, table: str, folder: Path) -> ir.Table:
    """`table` of Spark's catalogue (`events`, `cases.events`), or a file: `events.parquet`, `s3a://bucket/events.csv`.

    `pyspark://` is the Spark that spark-defaults.conf, SPARK_REMOTE or this process have; `pyspark://host:7077` a
    cluster of its own; `pyspark://local` this machine; `pyspark://?spark.master=local[4]` sets what it says. A relative
    path lies beside story.toml. Raises EngineError where there is no Spark, no such table, or nothing behind the URL.
    """
    if not table:
        raise EngineError('pyspark:// needs a table or a file; write table = "events" below [events] in story.toml')
    parts = urlsplit(url)
    if parts.path.strip("/"):
        raise EngineError('pyspark:// has no path; write a database before the table: table = "cases.events"')
    try:
        from pyspark.sql import SparkSession
    except ImportError as cause:
        raise EngineError("Spark is not installed; pip install 'caseboard[spark]', and Java 17 or newer") from cause
    builder: Any = SparkSession.builder.appName("caseboard").config("spark.ui.showConsoleProgress", "false")
    if parts.netloc == "local":
        builder = builder.master("local[*]")
    elif parts.netloc:
        _heard(parts.netloc)
        builder = builder.master(f"spark://{parts.netloc}")
    for name, value in parse_qsl(parts.query):
        builder = builder.config(name, value)
    try:
        _forget_the_dead()
        session = builder.getOrCreate()
    except Exception as cause:
        raise EngineError("Spark does not start; it needs Java 17 or newer, and says more in its log") from cause
    try:
        backend = ibis.pyspark.connect(session)
        if not table.lower().endswith(_FILES):
            *database, name = table.split(".")
            found = backend.table(name, database=".".join(database) or None)
            path = ""
        else:
            path = table if "://" in table else str(folder / table)
            found = _read(backend, path, None)
    except Exception as cause:  # of Ibis, of Spark, of the bridge to Java, and of Java behind it
        raise EngineError(f"Spark does not open '{clipped(table)}'; see whether it is there and may be read") from cause

    def again() -> None:
        _forget_the_dead()
        backend.do_connect(builder.getOrCreate())
        if path:
            _read(backend, path, found.get_name())

    setattr(backend, AGAIN, again)
    return found


def _heard(masters: str) -> None:
    """Raises EngineError where none of `a:7077,b:7077` listens: Spark itself would try for more than a minute."""
    for master in masters.split(","):
        host, _, port = master.partition(":")
        with suppress(OSError, ValueError), socket.create_connection((host, int(port or 7077)), _PATIENCE):
            return
    raise EngineError(f"Spark at {clipped(masters)} cannot be reached; see whether it runs, and at which port")


def _read(backend: Any, path: str, name: str | None) -> ir.Table:
    read = backend.read_csv if path.lower().endswith(".csv") else backend.read_parquet
    return cast("ir.Table", read(path, table_name=name))


def _forget_the_dead() -> None:
    """Java of this process that has ended, which PySpark would go on asking."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    gateway: Any = SparkContext._gateway
    java = getattr(gateway, "proc", None)
    if java is not None and java.poll() is not None:
        SparkContext._active_spark_context = SparkContext._gateway = SparkContext._jvm = None
        SparkSession._instantiatedSession = None
