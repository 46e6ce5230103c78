import datetime as dt
import decimal
import importlib
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace

import duckdb
import ibis
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from geo.bins import bins, counted, few
from geo.bounded import QueryStopped, bounded, refused
from geo.engine import connect, facts
from geo.engine_url import variable, with_credentials
from geo.errors import EngineError
from geo.quads import quad
from geo.query import Query
from geo.source import COLUMNS, Source
from tests.conftest import ROOT
from tests.engines import in_duckdb, in_spark

EVENTS = pa.table({"id": ["a", "b"], "title": ["A", "B"], "at": [1.0, 2.5], "lat": [52.5, None], "lon": [13.4, None]})
REQUIRED = {"id": ["a"], "title": ["A"], "at": [1.0], "lat": [1.0], "lon": [2.0]}


def write_duckdb(path, **tables):
    with duckdb.connect(str(path)) as connection:
        for name, table in tables.items():
            connection.from_arrow(table).create(name)


@pytest.fixture
def folder(tmp_path):
    pq.write_table(EVENTS, tmp_path / "events.parquet")
    pa.csv.write_csv(EVENTS, tmp_path / "events.csv")
    write_duckdb(tmp_path / "events.duckdb", events=EVENTS)
    write_duckdb(tmp_path / "several.duckdb", events=EVENTS, others=EVENTS)
    return tmp_path


def written(folder, **columns):
    """The events of a Parquet file with these columns."""
    pq.write_table(pa.table(columns), folder / "own.parquet")
    return folder, Source("own.parquet")


def answer(events):
    return bounded(events, 120).to_pylist()


@pytest.mark.parametrize(
    "name", ["events.parquet", "events.csv", "events.duckdb", "duckdb://events.parquet", "pattern"]
)
def test_the_events_are_the_same_from_every_file(folder, name):
    source = Source("duckdb://" + str(folder / "*.parquet") if name == "pattern" else name)
    events = connect(source, folder)
    assert tuple(events.columns) == COLUMNS
    first, second = answer(events.order_by("id"))
    assert first == dict.fromkeys(COLUMNS) | {
        "id": "a",
        "title": "A",
        "at": 1.0,
        "until": 1.0,
        "lat": 52.5,
        "lon": 13.4,
    }
    assert (second["id"], second["at"], second["lat"]) == ("b", 2.5, None)


def test_a_table_is_taken_by_its_name(folder):
    assert len(answer(connect(Source("several.duckdb", "others"), folder))) == 2


def write_sqlite(path, rows):
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("create table seen (id text, title text, at real, lat real, lon real, qx integer, qy integer)")
        file.executemany("insert into seen values (?, ?, ?, ?, ?, ?, ?)", rows)


OLD_PANDAS = pytest.mark.filterwarnings("ignore:The .future.infer_string:DeprecationWarning")  # Ibis asks for it


@OLD_PANDAS
def test_any_engine_of_ibis_is_asked_by_its_url(folder):
    x, y = quad(52.5, 13.4)
    write_sqlite(folder / "events.db", [("a", "A", 1.0, 52.5, 13.4, x, y), ("b", "B", 2.5, None, None, None, None)])
    events = connect(Source(f"sqlite://{folder}/events.db", "seen"), folder)
    same, query = connect(Source("events.parquet"), folder), Query((13.0, 52.0, 14.0, 53.0), 12)
    for question in (bins, few, counted):
        assert answer(question(events, query)) == answer(question(same, query))


@pytest.mark.parametrize("engine", ["bigquery", "clickhouse", "postgres", "snowflake", "trino"])
def test_the_question_can_be_put_in_the_words_of_other_engines(folder, engine):
    events = connect(Source("events.parquet"), folder)
    compiler = importlib.import_module(f"ibis.backends.sql.compilers.{engine}").compiler
    crew = {"crew": ("a", "b"), "rivals": ("a", "b", "c"), "q": "bank"}
    for match in ("any", "all", "only"):
        query = Query((13.0, 52.0, 14.0, 53.0), 12, 0.0, 100.0, 10, match=match, **crew)
        for question in (bins, few, counted):
            assert compiler.to_sqlglot(question(events, query)).sql(dialect=compiler.dialect)


def test_a_file_of_spark_is_that_of_duckdb(folder):
    in_spark(EVENTS)
    source = Source("pyspark://", "events.parquet")
    query = Query(zoom=5)
    assert answer(few(connect(source, folder), query)) == answer(few(connect(Source("events.parquet"), folder), query))


def test_a_table_of_spark_is_named_as_in_its_catalogue(folder):
    in_spark(EVENTS)
    assert [row["id"] for row in answer(connect(Source("pyspark://", "events"), folder).order_by("at"))] == ["a", "b"]


def test_columns_are_taken_by_their_own_names(folder):
    where = written(folder, nr=[7], what=["A"], when=[1.0], lat=[1.0], lon=[2.0], who=[["ann", "bob"]])
    columns = (("id", "nr"), ("title", "what"), ("at", "when"), ("people", "who"))
    row = answer(connect(Source("own.parquet", columns=columns), where[0]))[0]
    assert (row["id"], row["title"], row["at"], row["people"]) == ("7", "A", 1.0, "ann;bob")


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        (dt.datetime.fromisoformat("1970-01-01"), 0.0),
        (dt.datetime.fromisoformat("1969-12-31T23:59:59"), -1.0),
        (dt.datetime.fromisoformat("1995-06-01T12:00:00.250"), 802_008_000.25),
        (dt.date(1970, 1, 2), 86_400.0),
        (3, 3.0),
        (decimal.Decimal("1.5"), 1.5),
    ],
)
def test_a_moment_is_seconds(folder, moment, seconds):
    where, source = written(folder, **REQUIRED | {"at": [moment]})
    assert answer(connect(source, where))[0]["at"] == seconds


def test_an_event_without_an_end_ends_when_it_begins(folder):
    where, source = written(folder, **REQUIRED | {"until": pa.array([None], pa.float64())})
    assert answer(connect(source, where))[0]["until"] == 1.0


def test_the_group_of_an_event_is_that_of_its_first_person(folder):
    where, source = written(folder, **REQUIRED | {"people": ["bob;ann"]})
    groups = {"ann": "crew", "bob": "law"}
    assert answer(connect(source, where, groups=groups))[0]["group"] == "law"
    assert answer(connect(source, where))[0]["group"] is None


def test_the_group_that_a_table_says_is_believed(folder):
    where, source = written(folder, **REQUIRED | {"people": ["ann"], "group": ["own"]})
    assert answer(connect(source, where, groups={"ann": "crew"}))[0]["group"] == "own"


@pytest.mark.parametrize("name", ["at", "lat", "lon"])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), None, 1e300])
def test_what_is_no_number_is_nowhere(folder, name, value):
    twice = {column: values * 2 for column, values in REQUIRED.items()}
    where, source = written(folder, **twice | {name: [value, 1.0]})
    events = connect(source, where)
    assert sum(row["count"] for row in answer(bins(events, Query()))) == 1
    assert answer(counted(events, Query())) == [{"placed": 1, "unplaced": int(name != "at")}]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": ["a"], "title": ["A"], "at": [1.0]}, "has no column 'lat', 'lon'; it has id, title, at"),
        (REQUIRED | {"lat": ["north"]}, "column 'lat' of the events is string, where 'lat' has to be a number"),
        (REQUIRED | {"at": ["noon"]}, "where 'at' has to be seconds or a timestamp"),
        (REQUIRED | {"title": [1.5]}, "where 'title' has to be text"),
        (REQUIRED | {"people": [[1]]}, "where 'people' has to be text"),
        ({name: pa.array([], pa.float64()) for name in ("at", "lat", "lon")} | {"id": [], "title": []}, "no column"),
    ],
)
def test_a_table_with_wrong_columns_is_refused_in_a_sentence(folder, columns, said):
    if said == "no column":
        columns |= {name: pa.array([], pa.string()) for name in ("id", "title")}
        said = "'own.parquet' has no events in it"
    where, source = written(folder, **columns)
    assert said in refusal(lambda: connect(source, where))


def test_a_mapped_column_that_is_not_there_is_named(folder):
    source = Source("events.parquet", columns=(("place", "where"),))
    assert "has no column 'where'" in refusal(lambda: connect(source, folder))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (Source("nothing.parquet"), "there is no file 'nothing.parquet' beside story.toml"),
        (Source("bad.parquet"), "'bad.parquet' cannot be read; see whether it is a Parquet file"),
        (Source("bad.duckdb"), "see whether it is a DuckDB file"),
        (Source("several.duckdb"), 'has 2 tables; write table = "..."'),
        (Source("several.duckdb", "none"), "has no table 'none'; name one of events, others"),
        (Source("duckdb://"), "duckdb:// names no file"),
        (Source("nosuch://host/x", "t"), "no engine is known by 'nosuch://'"),
        (Source("postgres://host/x"), 'postgres://host needs a table; write table = "events"'),
        (Source("druid://host/x", "t"), "needs a driver; pip install 'ibis-framework[druid]'"),
        (Source("sqlite:///no/such/folder.db", "t"), "cannot be reached; see whether it runs"),
        (Source("pyspark://"), "pyspark:// needs a table or a file"),
        (Source("pyspark://local/cases", "events"), "pyspark:// has no path; write a database before the table"),
    ],
)
def test_an_engine_that_does_not_open_is_refused_in_a_sentence(folder, source, said):
    for name in ("bad.parquet", "bad.duckdb"):
        (folder / name).write_bytes(b"this is neither" * 1000)
    assert said in refusal(lambda: connect(source, folder))


def test_a_table_that_spark_does_not_have_is_refused_in_a_sentence(folder):
    in_spark(EVENTS)
    for table in ("missing", "missing.parquet", "no.such.events"):
        assert f"Spark does not open '{table}'" in refusal(
            lambda name=table: connect(Source("pyspark://", name), folder)
        )


@pytest.mark.parametrize("masters", ["127.0.0.1:1", "127.0.0.1:1,127.0.0.1:2", "127.0.0.1:port"])
def test_a_spark_where_nobody_listens_is_refused_at_once(folder, masters):
    in_spark(EVENTS)
    told = refusal(lambda: connect(Source(f"pyspark://{masters}", "events"), folder))
    assert f"Spark at {masters} cannot be reached; see whether it runs, and at which port" in told


def test_a_spark_without_java_is_refused_in_a_sentence(folder):
    in_spark(EVENTS)  # or there is none
    ask = "from pathlib import Path; from geo.engine import connect; from geo.source import Source; "
    ask += "connect(Source('pyspark://local', 'events.csv'), Path('.'))"
    env = {name: value for name, value in os.environ.items() if name != "JAVA_HOME"}
    env |= {"PATH": str(folder), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", ask], cwd=folder, env=env, capture_output=True, text=True, timeout=120)
    assert "EngineError: Spark does not start; it needs Java 17 or newer" in done.stderr


def test_no_sentence_tells_a_password(folder):
    secrets = {"CASEBOARD_ENGINE_127_0_0_1": "me:geheim"}
    for scheme in ("postgres", "druid", "nosuch"):  # nobody listens behind port 1
        told = refusal(lambda of=scheme: connect(Source(f"{of}://127.0.0.1:1/x", "t"), folder, secrets=secrets))
        assert "geheim" not in told


def test_an_engine_behind_which_nobody_answers_is_given_up(folder, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"

        def hang(url):
            with socket.create_connection(tuple(url.removeprefix("x://").split(":"))) as line:
                return line.recv(1)

        monkeypatch.setattr(ibis, "connect", hang)
        told = refusal(lambda: connect(Source(f"x://{address}", "t"), folder, seconds=0.1))
    assert "does not answer within 0.1 seconds" in told


@pytest.mark.parametrize(
    ("url", "secret", "expected"),
    [
        ("postgres://db.org:5432/x", "me:a:b@c/d", "postgres://me:a%3Ab%40c%2Fd@db.org:5432/x"),
        ("postgres://me@db.org/x", "geheim", "postgres://me:geheim@db.org/x"),
        ("postgres://me@db.org/x", "a:b", "postgres://me:a%3Ab@db.org/x"),
        ("postgres://me@db.org/x", "me:a:b", "postgres://me:a%3Ab@db.org/x"),
        ("postgres://m%40e@db.org/x", "m@e:a", "postgres://m%40e:a@db.org/x"),
        ("postgres://me@db.org/x", "me", "postgres://me:me@db.org/x"),
        ("postgres://db.org/x", "me", "postgres://me@db.org/x"),
        ("postgres://db.org/x", "", "postgres://db.org/x"),
    ],
)
def test_credentials_come_from_outside(url, secret, expected):
    assert with_credentials(url, {variable(url): secret}) == expected


def test_the_secret_of_an_engine_is_named_after_its_host():
    assert variable("postgres://db-1.example.org/x") == "CASEBOARD_ENGINE_DB_1_EXAMPLE_ORG"


def test_facts_are_asked_where_nobody_wrote_them(folder):
    found = facts(connect(Source("events.parquet"), folder), Source("events.parquet", first=0.0))
    assert (found.count, found.first, found.last, found.bounds) == (2, 0.0, 2.5, (13.4, 52.5, 13.4, 52.5))


def test_what_story_toml_says_of_another_file_is_not_believed(folder):
    events = connect(Source("events.parquet"), folder)
    told = Source("events.parquet", count=2, first=1.0, last=9.0, bounds=(0.0, 0.0, 1.0, 1.0))
    assert facts(events, told) == told
    assert facts(events, replace(told, count=3)) == facts(events, Source("events.parquet"))


def test_cells_and_groups_are_worked_out_together_in_bounded_memory(folder):
    count = 3_000
    table = {name: values * count for name, values in REQUIRED.items()}
    table["people"] = [f"p{n % 500}" for n in range(count)]
    pq.write_table(pa.table(table), folder / "people.parquet")
    groups = {f"p{n}": f"group{n % 5}" for n in range(500)}
    events = connect(Source("people.parquet"), folder, groups=groups, memory="200MB", threads=1)
    found = answer(bins(events, Query(zoom=6)))
    assert sum(row["count"] for row in found) == count
    assert {row["group"] for row in found} == {f"group{n}" for n in range(5)}


def test_duckdb_opens_nothing_but_the_file(folder):
    events = connect(Source("events.parquet"), folder)
    connection = events.get_backend().con
    for reach in (connection.read_csv, connection.read_parquet):
        with pytest.raises(duckdb.Error):
            reach(str(folder / "events.csv"))
    settings = events.get_backend().settings
    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"
    with pytest.raises(duckdb.Error, match="locked"):
        settings["threads"] = 1


def test_a_file_whose_name_is_a_command_is_a_file(folder):
    name = "a'] ; SET threads = 1; --.parquet"
    pq.write_table(EVENTS, folder / name)
    assert len(answer(connect(Source(name), folder))) == 2


def endless(engine):
    """A question that takes an engine minutes."""
    table = engine(pa.table({"n": range(6_000)}))
    crossed = table.select(a="n").cross_join(table.select(b="n"), table.select(c="n"))
    return crossed.filter((crossed.a * crossed.b + crossed.c) % 7 == 3).aggregate(n=lambda t: t.count())


@pytest.mark.parametrize("engine", [in_duckdb, in_spark])
def test_a_question_that_takes_too_long_is_given_up(engine):
    begun = time.monotonic()
    assert refusal(lambda: bounded(endless(engine), 0.3)).startswith("no answer within 0.3 seconds")
    assert time.monotonic() - begun < 30
    assert answer(engine(EVENTS).order_by("id").select("id")) == [{"id": "a"}, {"id": "b"}]


@pytest.mark.parametrize("engine", [in_duckdb, in_spark])
def test_a_question_nobody_waits_for_is_given_up(engine):
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(QueryStopped):
        bounded(endless(engine), 60, stop)


def test_one_question_given_up_leaves_the_others_alone():
    table = in_duckdb(EVENTS)
    backend = table.get_backend()
    assert backend is not None
    slow = endless(lambda numbers: backend.con.from_arrow(numbers).create("numbers") or backend.table("numbers"))
    told = []
    asking = threading.Thread(target=lambda: told.append(refusal(lambda: bounded(slow, 0.5))))
    asking.start()
    while asking.is_alive():
        assert len(answer(table)) == 2
    assert told
    assert told[0].startswith("no answer")


@OLD_PANDAS
def test_another_engine_gives_up_what_its_driver_can_stop(folder):
    write_sqlite(folder / "numbers.db", [(str(n), "", n, 0.0, 0.0, 0, 0) for n in range(6_000)])
    events = connect(Source(f"sqlite://{folder}/numbers.db", "seen"), folder)
    slow = endless(lambda _: events.select(n=events["at"].cast("int64")))
    assert "no answer within" in refusal(lambda: bounded(slow, 0.2))
    assert len(answer(events.limit(1))) == 1


@OLD_PANDAS
def test_an_engine_that_cannot_work_out_cells_says_what_it_needs(folder):
    write_sqlite(folder / "events.db", [("a", "A", 1.0, 52.5, 13.4, 0, 0)])
    events = connect(Source(f"sqlite://{folder}/events.db", "seen"), folder).drop("qx", "qy")
    assert "give the table its qx and qy" in refusal(lambda: bounded(bins(events, Query()), 60))


def test_what_an_engine_says_of_itself_is_not_told():
    told = str(refused(RuntimeError("could not connect as me:geheim")))
    assert told == "the engine refused the question (RuntimeError); look into its log"


def test_an_engine_without_memory_says_so(folder):
    events = connect(Source("events.parquet"), folder, memory="1MB", threads=1)
    wide = events.select(n=ibis.range(0, 3_000_000).unnest()).distinct()
    assert refusal(lambda: bounded(wide, 60)).startswith("the engine ran out of memory")


def test_a_file_that_does_not_fit_in_memory_is_read_where_it_lies(folder):
    pq.write_table(pa.table({name: values * 200_000 for name, values in REQUIRED.items()}), folder / "many.parquet")
    events = connect(Source("many.parquet"), folder, memory="16MB", threads=1)
    assert answer(counted(events, Query())) == [{"placed": 200_000, "unplaced": 0}]


def refusal(work):
    """The sentence with which `work` is refused: one line, and an instruction."""
    with pytest.raises(EngineError) as caught:
        work()
    told = str(caught.value)
    assert "\n" not in told
    assert ";" in told
    return told
