"""A large story in a real PostgreSQL: the same answers as DuckDB gives, and a sentence for whatever goes wrong."""

import importlib.util
import tempfile
from pathlib import Path
from urllib.parse import quote

import ibis
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings

from dashboard.__main__ import main
from geo.bins import bins, counted, few
from geo.bounded import bounded
from geo.engine import connect
from geo.errors import EngineError
from geo.query import Query
from geo.source import Source
from tests import postgresql
from tests.engines import in_duckdb
from tests.large import large_story, with_events
from tests.nominatim import programs
from tests.test_bins import GENERATED, MINUTE, TABLE, queries, rows, with_more

SIGNED_IN = f"{postgresql.USER}:{postgresql.PASSWORD}"
HERE = "CASEBOARD_ENGINE_POSTGRES"  # a socket is on no host: the scheme names it


@pytest.fixture(scope="module")
def cluster():
    """With the tables "plain" and "imported" of the same events: the second has what an import adds."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("no driver: pip install 'ibis-framework[postgres]'")
    if not postgresql.programs():
        programs.lacking()  # brings one, where it may
    if not postgresql.programs():
        pytest.skip(f"no PostgreSQL here: {programs.INSTALL_DEBIAN}")
    with tempfile.TemporaryDirectory(prefix="caseboard-postgresql-") as name:
        room = Path(name)
        room.chmod(0o755)
        with postgresql.cluster(postgresql.programs()[0], room, auth="scram-sha-256") as running:
            backend = owner(running)
            backend.create_table("plain", TABLE)
            backend.create_table("imported", with_more(TABLE))
            backend.create_table("empty", TABLE.slice(0, 0))
            backend.disconnect()
            yield running


def owner(cluster):
    return ibis.postgres.connect(
        user=postgresql.USER, password=postgresql.PASSWORD, host=str(cluster.sockets), database="postgres"
    )


def url(cluster):
    return f"postgres:///postgres?host={quote(str(cluster.sockets), safe='')}"


def table(cluster, name="imported", secret=SIGNED_IN):
    return connect(Source(url(cluster), name), Path(), secrets={HERE: secret})


@pytest.fixture(scope="module")
def imported(cluster):
    return table(cluster)


@pytest.fixture(scope="module")
def plain(cluster):
    return table(cluster, "plain")


@pytest.fixture(scope="module")
def duck():
    return in_duckdb(with_more(TABLE))


@given(queries())
@example(MINUTE)
@settings(max_examples=25, phases=GENERATED)
def test_postgresql_and_duckdb_count_alike(duck, imported, query):
    expected, found = (bounded(bins(events, query), 120) for events in (duck, imported))
    assert rows(found) == rows(expected)


@given(queries())
@example(MINUTE)
@settings(max_examples=4, phases=GENERATED)
def test_postgresql_and_duckdb_compute_the_same_cells(duck, plain, query):
    query = query.__class__(**{**vars(query), "q": ""})  # the plain table has no folded titles
    expected, found = (bounded(bins(events, query), 120) for events in (duck, plain))
    assert rows(found) == rows(expected)


@given(queries())
@example(MINUTE)
@settings(max_examples=8, phases=GENERATED)
def test_postgresql_and_duckdb_tell_the_same_events_in_the_same_order(duck, imported, query):
    expected, found = (bounded(few(events, query, 200), 120)["id"].to_pylist() for events in (duck, imported))
    assert found == expected


def refusal(work):
    with pytest.raises(EngineError) as caught:
        work()
    assert "\n" not in str(caught.value)
    assert "a:b@c" not in str(caught.value)
    return str(caught.value)


def count(events):
    return bounded(counted(events, Query()), 60).to_pylist()


def test_a_wrong_password_is_one_sentence_that_names_the_variable(cluster):
    assert HERE in refusal(lambda: table(cluster, secret=f"{postgresql.USER}:wrong"))


def test_a_table_that_is_not_there_is_one_sentence(cluster):
    assert "has no table 'nothing'" in refusal(lambda: table(cluster, "nothing"))


def test_an_empty_table_is_one_sentence(cluster):
    assert "has no events in it" in refusal(lambda: table(cluster, "empty"))


def test_a_question_that_somebody_cancels_is_one_sentence_and_the_next_is_answered(cluster):
    events = table(cluster)
    expected = count(events)
    backend = owner(cluster)
    crossed = events.select(a="at").cross_join(events.select(b="at"), events.select(c="at"))
    endless = crossed.filter((crossed.a * crossed.b + crossed.c) % 7 == 3).aggregate(n=lambda t: t.count())
    assert "no answer within" in refusal(lambda: bounded(endless, 1.0))
    assert count(events) == expected
    with backend.con.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE %s AND state = 'active'", ["%CROSS JOIN%"]
        )
        assert cursor.fetchone() == (0,)
    backend.disconnect()


def test_a_connection_that_somebody_ends_is_one_sentence_and_is_opened_again(cluster):
    events = table(cluster)
    expected = count(events)
    end_connections(cluster)
    assert refusal(lambda: count(events)).startswith("the engine does not answer any more")
    assert count(events) == expected


def end_connections(cluster):
    backend = owner(cluster)
    with backend.con.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND pid <> pg_backend_pid()",
            [postgresql.USER],
        )
    backend.disconnect()


def test_a_server_that_was_away_is_asked_again_when_it_is_back(cluster):
    events = table(cluster)
    expected = count(events)
    cluster.stop()
    assert refusal(lambda: count(events)).startswith("the engine does not answer any more")
    assert refusal(lambda: count(events)).startswith("the engine does not answer any more")
    assert "cannot be reached" in refusal(lambda: table(cluster))
    cluster.start()
    assert count(events) == expected


def test_the_command_checks_a_story_whose_events_are_there(cluster, tmp_path, monkeypatch):
    unsaid = {"count": None, "first": None, "last": None, "bounds": None}
    folder = with_events(large_story(tmp_path / "town", 300), source=url(cluster), table="imported", **unsaid)
    monkeypatch.setenv(HERE, SIGNED_IN)
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code == 1, done.output
    assert "group is none of story.toml (1,283 of 3,000 rows)" in done.output
    assert "town: 3,000 events in postgres:///" in done.output
    monkeypatch.setenv(HERE, f"{postgresql.USER}:wrong")
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code == 2
    assert "cannot be reached" in done.output
