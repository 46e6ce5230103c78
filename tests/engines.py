"""Engines to ask in tests: a DuckDB of its own each time, and one local Spark for all."""

import importlib.util
import os
import shutil
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pytest

LOCAL = {
    "spark.master": "local[1]",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.warehouse.dir": str(Path(tempfile.gettempdir()) / "caseboard-spark-warehouse"),
    "spark.sql.shuffle.partitions": "1",
    "spark.log.level": "ERROR",
    # A Java that runs for seconds need not compile everything twice.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def in_duckdb(table: pa.Table) -> Any:
    """`table` as an Ibis table of a new DuckDB in memory."""
    connection = duckdb.connect()
    connection.from_arrow(table).create("events")
    return ibis.duckdb.from_connection(connection).table("events")


def in_spark(table: pa.Table, name: str = "events") -> Any:
    """`table` as an Ibis table of the local Spark, in the place of `name`; skips the test where there is none."""
    session = _spark()
    if isinstance(session, str):
        pytest.skip(session)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # Spark says that it does not know this pandas yet
        session.createDataFrame(table).createOrReplaceTempView(name)
        return ibis.pyspark.connect(session).table(name)


@cache
def _spark() -> Any:
    if importlib.util.find_spec("pyspark") is None:
        return "PySpark is not installed: pip install -e '.[spark]'"
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        return "Spark needs Java 17 or newer, which this machine does not have"
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return SparkSession.builder.config(map=LOCAL).getOrCreate()
