"""What a page and a command say of a story whose engine gives no events, and how the others of a host are."""

import json
import os
import shutil
import socket
import threading

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard import engines, health, shelf
from dashboard.__main__ import main
from dashboard.preload import links
from dashboard.routes import routes
from geo.importing import import_table
from tests import stories
from tests.asgi import get
from tests.large import forgotten, large_story, with_events
from tests.serving import ROOT
from tests.visiting import drawn

TOML = '[clock]\nkind = "calendar"\n\n[events]\nsource = "{}"\n{}\n[groups.crew]\nlabel = "Crew"\n'
ROW = {"id": ["a"], "title": ["A"], "at": [0.0], "lat": [1.0], "lon": [2.0]}
ENDLESS = (
    "SELECT r::VARCHAR AS id, 'x' AS title, hash(r)::DOUBLE AS at, 1.0 AS lat, 2.0 AS lon "
    "FROM range(1000000000000) AS t(r) WHERE hash(r) % 3 = 1"
)


@pytest.fixture(autouse=True)
def closed():
    yield
    forgotten()


def written(folder, source, table="", **columns):
    """A story folder whose events.parquet has these columns."""
    folder.mkdir()
    (folder / "story.toml").write_text(TOML.format(source, f'table = "{table}"\n' if table else ""))
    if columns:
        pq.write_table(pa.table(columns), folder / "events.parquet")
    return folder


def missing_column(folder):
    return written(folder, "events.parquet", **{name: ROW[name] for name in ("id", "title", "at")})


def wrong_type(folder):
    return written(folder, "events.parquet", **ROW | {"lat": ["north"]})


def empty(folder):
    types = {"id": pa.string(), "title": pa.string(), "at": pa.float64(), "lat": pa.float64(), "lon": pa.float64()}
    return written(folder, "events.parquet", **{name: pa.array([], kind) for name, kind in types.items()})


def timeless(folder):
    return written(folder, "events.parquet", **ROW | {"at": pa.array([None], pa.float64())})


def no_file(folder):
    return written(folder, "events.parquet")


def no_engine(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    return written(folder, f"postgres://me@127.0.0.1:{port}/x", "events")


def no_database(folder):
    return written(folder, f"sqlite://{folder}/gone/events.db", "events")


def killed(folder):
    written(folder, "events.duckdb")
    with duckdb.connect(str(folder / "events.duckdb")) as connection:
        connection.execute(f"CREATE VIEW events AS {ENDLESS}")
    return folder


BROKEN = {
    missing_column: "the table of the events has no column 'lat', 'lon'; it has id, title, at",
    wrong_type: "column 'lat' of the events is string, where 'lat' has to be a number",
    empty: "'events.parquet' has no events in it; fill it",
    timeless: "no event in 'events.parquet' has a time; name the column that has it",
    no_file: "there is no file 'events.parquet' beside story.toml; put it there",
    no_engine: "postgres://127.0.0.1:",
    no_database: "cannot be reached; see whether it runs",
    killed: "no answer within 0.3 seconds; ask for a smaller part",
}


@pytest.fixture(params=BROKEN, ids=lambda make: make.__name__)
def broken(request, tmp_path, monkeypatch):
    """A folder whose engine gives no events, and what is said of it."""
    if request.param is killed:
        monkeypatch.setattr(engines, "SECONDS", 0.3)
    return request.param(tmp_path / "away"), BROKEN[request.param]


def visit(*folders, **query):
    os.environ[shelf.VARIABLE] = os.pathsep.join(map(str, folders))
    test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
    for name, value in query.items():
        test.query_params[name] = value
    drawn(test.run())
    assert not test.exception
    return test


@pytest.fixture(autouse=True)
def served(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, "")


def run(*arguments):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def plain(text):
    return text.replace("\\", "")


def test_the_page_says_why_in_one_sentence(broken):
    folder, said = broken
    test = visit(folder)
    [error] = test.error
    assert plain(error.value).startswith("This story cannot be opened: ")
    assert said in plain(error.value)
    assert plain(error.value)[-1] == "."
    assert not test.dataframe
    assert "no event in it that can be read" not in error.value


def test_a_check_says_why_and_ends_with_two(broken):
    folder, said = broken
    done = run("check", folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_check_in_json_says_why(broken):
    folder, said = broken
    done = run("check", folder, "--json")
    assert done.exit_code == 2
    fault = json.loads(done.stdout)["faults"][-1]
    assert said.partition("; ")[0] in fault["what"]


def test_nothing_is_opened_for_a_story_whose_engine_is_away(broken):
    folder, said = broken
    done = run("open", folder, "--no-browser")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("away cannot be opened: ")
    assert said in done.stderr


def test_the_other_stories_of_a_host_are_unharmed(broken, tmp_path):
    folder, said = broken
    large, small = large_story(tmp_path / "town", 500), stories.folder(tmp_path / "small")
    test = visit(folder, large, small, story="small")
    assert not test.error
    assert [found.key for found in test.get("bidi_component") if found.key.startswith("board")] == ["board small"]
    app = Starlette(routes=routes())
    assert [get(app, f"/stories/{name}.json").status for name in ("away", "town", "small")] == [404, 200, 200]
    assert [get(app, f"/stories/{name}/bins").status for name in ("away", "town", "small")] == [404, 200, 404]
    assert get(app, "/readyz").status == 200
    assert [plain(error.value) for error in visit(folder, large, story="away").error if said in plain(error.value)]


def test_an_engine_that_is_back_is_asked_again(tmp_path, monkeypatch):
    folder = no_file(tmp_path / "away")
    assert visit(folder).error
    pq.write_table(pa.table(ROW), folder / "events.parquet")
    monkeypatch.setattr(engines, "AGAIN", 0.0)
    assert not visit(folder).error


def test_an_engine_that_goes_away_later_keeps_the_board_and_says_so_in_its_answers(tmp_path):
    folder = large_story(tmp_path / "town", 500)
    assert not visit(folder).error
    engines.engine(folder).events.get_backend().raw_sql("DROP TABLE events")
    got = get(Starlette(routes=routes()), "/stories/town/bins?steps=3")
    assert (got.status, got.body.decode()[-1]) == (503, ".")
    assert not visit(folder).error


def test_a_story_that_opens_is_asked_before_the_page_is(tmp_path):
    from dashboard.opening import asked_first

    folder = large_story(tmp_path / "town", 500)
    assert asked_first([folder])
    assert engines.engine(folder) is not None


def test_of_several_stories_one_that_opens_is_enough(tmp_path, capsys):
    from dashboard.opening import asked_first

    assert asked_first([no_file(tmp_path / "away"), stories.folder(tmp_path / "small")])
    assert capsys.readouterr().err.startswith("away cannot be opened: there is no file")


# --- an engine that takes long ---


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """A folder whose engine has not answered yet, and will not."""
    monkeypatch.setattr(engines, "SECONDS", 1.5)
    folder = killed(tmp_path / "away")
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    return folder


def test_a_probe_does_not_wait_for_an_engine(slow, monkeypatch):
    monkeypatch.setattr(health, "SOON", 0.1)
    app = Starlette(routes=routes())
    for _ in range(2):
        got = get(app, "/readyz")
        assert (got.status, got.body) == (503, b"The engines of the stories have not answered yet; ask again soon.")
    monkeypatch.setattr(health, "SOON", 30.0)
    assert get(app, "/readyz").body == b"No story can be opened; run caseboard check on it."


def test_a_host_with_another_story_is_ready_without_asking_the_engine(slow, tmp_path, monkeypatch):
    small = stories.folder(tmp_path / "small")
    monkeypatch.setenv(shelf.VARIABLE, os.pathsep.join(map(str, (slow, small))))
    assert get(Starlette(routes=routes()), "/readyz").status == 200
    assert not engines._silent


def test_the_loop_that_serves_everybody_asks_no_engine(slow):
    assert not any("away.json" in address for address in links(b"story=away", slow, ""))
    assert not any("away.json" in address for address in links(b"", slow, ""))
    assert not engines._silent


def test_so_many_may_wait_for_engines_and_the_next_is_told_at_once(slow, monkeypatch):
    monkeypatch.setattr(shelf, "_turns", threading.BoundedSemaphore(1))
    with shelf._turns:
        assert shelf.find("away").silent.what == "the engine has not answered yet"
        assert get(Starlette(routes=routes()), "/stories/away.json").status == 404
    assert not engines._silent
    assert "no answer within" in shelf.find("away").silent.what


def test_a_story_that_was_opened_needs_no_turn(tmp_path, monkeypatch):
    folder = large_story(tmp_path / "town", 500)
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    assert shelf.at_hand(folder) is None
    whole = shelf.find("town")
    monkeypatch.setattr(shelf, "_turns", threading.BoundedSemaphore(1))
    with shelf._turns:
        assert shelf.find("town") is shelf.at_hand(folder) is whole


# --- a check of an engine that answers ---


def test_a_sound_large_story_passes_its_check(tmp_path):
    done = run("check", large_story(tmp_path / "town", 500))
    assert (done.exit_code, done.output) == (0, "town: 500 events in events.parquet, 0 faults beside them\n")


def test_an_imported_story_passes_its_check(tmp_path):
    (tmp_path / "calls.csv").write_text(
        "id,title,when,lat,lon,people\n1,a,2021-03-04 10:00:01,48.8512345,2.35,Ann\n2,b,2021-03-05,,,Bo;Ann\n"
        "3,c,,1.5,2,\n4,d,2021-04-30 10:00:01,-33,151.123456789,\n"
    )
    import_table(tmp_path / "calls.csv", tmp_path / "calls", chosen={})
    assert run("check", tmp_path / "calls").exit_code == 0


@pytest.mark.parametrize(
    "facts",
    [{"count": 7}, {"first": 1.0}, {"last": 8e8}, {"bounds": (0.0, 0.0, 1.0, 1.0)}],
    ids=lambda facts: next(iter(facts)),
)
def test_a_fact_that_the_engine_has_otherwise_is_a_fault(tmp_path, facts):
    folder = large_story(tmp_path / "town", 500)
    done = run("check", with_events(folder, **({"first": None} if "last" in facts else {}) | facts))
    assert done.exit_code == 1
    assert f"events.{next(iter(facts))} '" in done.output
    assert "is not what the engine says, " in done.output


def test_what_nobody_wrote_is_asked_and_is_no_fault(tmp_path):
    folder = with_events(large_story(tmp_path / "town", 500), count=None, first=None, last=None, bounds=None)
    assert "500 events in events.parquet, 0 faults" in run("check", folder).output


def test_no_sentence_tells_a_password(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOARD_ENGINE_127_0_0_1", "me:geheim")
    folder = no_engine(tmp_path / "away")
    said = plain(visit(folder).error[0].value) + run("check", folder).output + run("open", folder).output
    assert "geheim" not in said


def test_the_copy_of_a_folder_is_a_story_of_its_own(tmp_path):
    folder = large_story(tmp_path / "town", 500)
    copy = shutil.copytree(folder, tmp_path / "copy")
    (copy / "events.parquet").unlink()
    assert not visit(folder, copy, story="town").error
    assert visit(folder, copy, story="copy").error


def test_the_page_says_it_in_spanish(broken):
    folder, _ = broken
    said = plain(visit(folder, lang="es").error[0].value)
    assert said.startswith("Esta historia no se puede abrir: ")
    assert {"the", "is", "has", "does", "whether"}.isdisjoint(said.partition("pip install")[0].split())
