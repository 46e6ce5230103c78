"""What goes wrong with an engine between two questions: a sentence for the one, an answer for the next."""

import subprocess
import sys
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo import engine_duckdb
from geo.bins import counted
from geo.bounded import bounded
from geo.engine import connect
from geo.errors import EngineError
from geo.query import Query
from geo.source import Source
from tests.conftest import ROOT
from tests.engines import in_spark

EVENTS = pa.table(
    {
        "id": [f"e{n}" for n in range(9_000)],
        "title": [f"Call {n}" for n in range(9_000)],
        "at": [float(n) for n in range(9_000)],
        "lat": [50 + n % 97 / 100 for n in range(9_000)],
        "lon": [13 + n % 89 / 100 for n in range(9_000)],
    }
)
NOT_WHOLE, GONE = "the file of the events is not whole", "the file of the events is gone"


@pytest.fixture
def path(tmp_path):
    pq.write_table(EVENTS, tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


@pytest.fixture(params=["duckdb", "spark"])
def events(request, path, monkeypatch):
    """The file as it lies there, not held in memory."""
    monkeypatch.setattr(engine_duckdb, "HELD", 0)
    if request.param == "duckdb":
        return connect(Source(path.name), path.parent)
    in_spark(EVENTS)
    return connect(Source("pyspark://", path.name), path.parent)


def placed(events):
    return bounded(counted(events, Query()), 120)["placed"][0].as_py()


def whole(events):
    return len(bounded(events, 120))


def refusal(work):
    with pytest.raises(EngineError) as caught:
        work()
    assert "\n" not in str(caught.value)
    return str(caught.value)


def cut(path, data):
    path.write_bytes(data[: len(data) // 2])


def emptied(path, _):
    path.write_bytes(b"")


def scratched(path, data):
    path.write_bytes(data[:4] + b"\0" * (len(data) - 4_004) + data[-4_000:])


def gone(path, _):
    path.unlink()


@pytest.mark.parametrize(
    ("damage", "said"), [(cut, NOT_WHOLE), (emptied, NOT_WHOLE), (scratched, NOT_WHOLE), (gone, GONE)]
)
def test_a_file_damaged_while_it_is_open_is_one_sentence_and_is_read_once_it_is_back(events, path, damage, said):
    assert whole(events) == 9_000
    data = path.read_bytes()
    damage(path, data)
    assert refusal(lambda: whole(events)).startswith(said)
    path.write_bytes(data)
    assert whole(events) == 9_000


def test_another_file_in_its_place_is_read(events, path):
    assert placed(events) == 9_000
    pq.write_table(EVENTS.slice(0, 700), path.with_name("new"))
    path.with_name("new").replace(path)
    assert placed(events) == 700


@pytest.mark.parametrize("other", [EVENTS.select(["id"]), EVENTS.set_column(2, "at", EVENTS["at"].cast(pa.string()))])
def test_other_columns_in_its_place_are_one_sentence(path, monkeypatch, other):
    monkeypatch.setattr(engine_duckdb, "HELD", 0)
    events = connect(Source(path.name), path.parent)
    pq.write_table(other, path)
    assert refusal(lambda: placed(events)).startswith("the table of the events is not what it was")
    pq.write_table(EVENTS, path)
    assert placed(events) == 9_000


def test_a_file_held_in_memory_may_go(path):
    events = connect(Source(path.name), path.parent)
    path.unlink()
    assert placed(events) == 9_000


def test_a_question_to_duckdb_that_somebody_interrupts_is_one_sentence(path, monkeypatch):
    events = connect(Source(path.name), path.parent)
    backend, begun = events.get_backend(), threading.Event()
    cursors = []

    class Watched:
        def cursor(self):
            cursors.append(backend_connection.cursor())
            begun.set()
            return cursors[-1]

    backend_connection, backend.con = backend.con, Watched()
    crossed = events.select(a="at").cross_join(events.select(b="at"), events.select(c="at"))
    endless = crossed.filter((crossed.a * crossed.b + crossed.c) % 7 == 3).aggregate(n=lambda t: t.count())
    over = threading.Event()

    def interrupt():
        begun.wait()
        while not over.wait(0.05):
            cursors[0].interrupt()

    somebody = threading.Thread(target=interrupt)
    somebody.start()
    assert refusal(lambda: bounded(endless, 60)).startswith("the engine gave the question up: somebody stopped it")
    over.set()
    somebody.join()
    assert placed(events) == 9_000


def test_spark_that_was_stopped_or_whose_java_ended_is_started_for_the_next_question(path):
    in_spark(EVENTS)  # or there is none

    done = subprocess.run(
        [sys.executable, "-m", "tests.lost_spark", str(path)], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.splitlines() == [
        "9000",
        "stopped: 9000",
        "killed: the engine does not answer any more; see whether it runs, and ask again",
        "asked again: 9000",
    ], done.stderr[-3000:]
