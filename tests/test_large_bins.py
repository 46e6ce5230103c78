"""What the routes of a large story answer: cells, the events where they are few, and one sentence for all else."""

import asyncio
import gzip
import json
import threading
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request

from dashboard import engines, flights, shelf
from dashboard.bins import READERS
from dashboard.flights import Busy, landed
from dashboard.routes import routes
from dashboard.throttle import COSTLY
from geo.errors import EngineError
from tests.asgi import get, run
from tests.large import large_story, on_the_shelf, with_events

APP = Starlette(routes=routes())
EVENTS = 3_000


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return large_story(tmp_path_factory.mktemp("stories") / "town", EVENTS)


@pytest.fixture(autouse=True)
def town(written):
    with on_the_shelf(written):
        yield written


def asked(path, **headers):
    got = get(APP, f"/stories/town{path}", **headers)
    assert got.status == 200, got.body
    return json.loads(got.body)


def refusal(path, status=400):
    got = get(APP, f"/stories/town{path}")
    assert (got.status, got.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    return got.body.decode()


# --- what the board loads before it asks ---


def test_a_large_story_comes_without_its_events():
    story = asked(".json")
    assert story["events"]["id"] == story["places"]["id"] == []
    assert (story["large"]["count"], len(story["people"]["id"]) > 0) == (EVENTS, True)


def test_it_says_how_many_events_its_people_and_groups_have(written):
    large = asked(".json")["large"]
    assert sum(large["groups"]) == EVENTS
    assert sum(large["people"]) >= EVENTS


def test_its_axis_is_linear_from_the_first_to_the_last_event():
    story = asked(".json")
    axis, large = story["axis"], story["large"]
    assert axis["story"] == axis["clock"] == axis["order"]
    assert axis["clock"]["t"][0] <= large["first"] < large["last"] <= axis["clock"]["t"][1]
    assert axis["marks"]


def test_up_to_the_threshold_a_story_is_told_event_by_event(written):
    with_events(written, threshold=EVENTS)
    try:
        story = asked(".json")
        assert ("large" in story, len(story["events"]["id"])) == (False, EVENTS)
        assert refusal("/bins", 404).startswith("This story is told event by event")
    finally:
        with_events(written, threshold=100)


# --- what it answers ---


def test_one_answer_counts_every_event_that_has_a_place():
    answer = asked("/bins?zoom=7&steps=12")
    assert answer["total"] + answer["unplaced"] == EVENTS
    assert sum(answer["count"]) == answer["total"]


def test_the_interval_is_the_whole_story_unless_another_is_asked_for():
    whole, part = asked("/bins"), asked("/bins?from=1995-07-01&to=1995-08-01")
    large = asked(".json")["large"]
    assert (whole["from"], whole["to"]) == (large["first"], large["last"])
    assert part["total"] < whole["total"]


def test_people_and_words_narrow_it():
    person = asked(".json")["people"]["id"][0]
    everybody, one = asked("/bins")["total"], asked(f"/bins?crew={person}")["total"]
    assert 0 < one < everybody
    assert asked(f"/bins?crew={person}&match=only")["total"] <= one
    assert asked("/bins?q=coffee")["total"] < everybody


def test_the_events_come_where_they_are_few():
    answer = asked("/few?q=coffee")
    assert len(answer["events"]["id"]) == answer["total"] == asked("/bins?q=coffee")["total"]
    assert answer["events"]["at"] == sorted(answer["events"]["at"])
    assert len(answer["places"]["id"]) == len(set(answer["places"]["id"]))


def test_of_too_many_events_only_their_number_comes(monkeypatch):
    monkeypatch.setattr("dashboard.bins.MOST_FEW", 10)
    answer = asked("/few")
    assert ("events" in answer, answer["total"] > 10) == (False, True)


# --- how it answers ---


def test_with_the_digest_of_the_story_it_may_be_kept_for_ever():
    digest = shelf.find("town").wire.digest
    assert "immutable" in get(APP, f"/stories/town/bins?v={digest}").headers["cache-control"]
    assert get(APP, "/stories/town/bins").headers["cache-control"] == "no-cache"


def test_other_events_give_the_story_another_digest(written):
    before = shelf.find("town").wire.digest
    (written / "events.parquet").touch()
    assert shelf.find("town").wire.digest != before


def test_it_is_packed_for_who_takes_it_and_open_to_other_sites():
    got = get(APP, "/stories/town/bins?zoom=7&steps=9", accept_encoding="gzip")
    assert json.loads(gzip.decompress(got.body))["steps"] == 9
    assert got.headers["access-control-allow-origin"] == "*"


def test_who_has_the_answer_gets_it_not_again():
    tag = get(APP, "/stories/town/bins").headers["etag"]
    assert get(APP, "/stories/town/bins", if_none_match=tag).status == 304


def test_asking_is_counted_among_what_is_costly():
    assert all(COSTLY["cells"].path.fullmatch(f"/stories/town/{name}") for name in ("bins", "few", "people"))


# --- what is refused ---


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("zoom=25", "Zoom is 25"),
        ("zoom=x", "'zoom'"),
        ("zoom=20", "cells are too many"),
        ("steps=0", "Steps is 0"),
        ("steps=1001", "Steps is 1001"),
        ("bounds=1,2,3", "'bounds'"),
        ("bounds=0,80,0,-80", "bounds"),
        ("crew=nobody", "'crew'"),
        ("from=1996-01-01&to=1995-01-01", "interval"),
        ("at=1995-07-01", "'at'"),
        ("colour=red", "'colour'"),
        ("zoom=1&zoom=2", "given 2 times"),
        ("q=" + "+".join("abcdefghij"), "search"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named_in_one_sentence(query, said):
    sentence = refusal(f"/bins?{query}")
    assert said in sentence
    assert sentence.endswith(".")


def test_steps_are_no_parameter_of_the_events_themselves():
    assert "'steps'" in refusal("/few?steps=2")


def test_a_story_that_is_not_large_has_no_cells(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, "heat")
    assert get(APP, "/stories/heat/bins").status == 404
    assert get(APP, "/stories/nowhere/bins").status == 404


@given(
    st.dictionaries(
        st.sampled_from([*READERS, "v", "x"]),
        st.one_of(st.text(max_size=30), st.integers(-10, 10**7).map(str), st.just("-118.7,33.7,-117.9,34.3")),
        max_size=6,
    ),
    st.sampled_from(["bins", "few"]),
)
def test_whatever_is_asked_the_answer_is_json_or_a_sentence(query, kind):
    got = get(APP, f"/stories/town/{kind}?{urlencode(query)}")
    assert got.status in {200, 400}, (query, got)
    if got.status == 200:
        assert json.loads(got.body)["total"] >= 0
    else:
        assert got.body.decode().endswith(".")


# --- an engine that does not answer ---


def test_without_its_events_a_story_has_a_fault_and_no_board(written):
    (written / "events.parquet").rename(written / "gone")
    try:
        opened = shelf.find("town")
        assert opened.story is None
        assert "events.parquet" in str(opened.faults[-1])
        assert get(APP, "/stories/town/bins").status == 404
    finally:
        (written / "gone").rename(written / "events.parquet")


def test_an_engine_that_did_not_answer_is_not_asked_again_at_once(written, monkeypatch):
    story = shelf.opened(written).story
    engines.close()
    engines._silent[written] = engines.time.monotonic(), EngineError("the engine does not answer; start it")
    with pytest.raises(EngineError, match="does not answer"):
        engines.told(story, written)


def test_a_broken_engine_gets_one_sentence_and_a_time_to_come_back(monkeypatch):
    shelf.find("town")
    engine = engines.engine(next(iter(engines._engines)))
    engine.events.get_backend().raw_sql("DROP TABLE events")
    got = get(APP, "/stories/town/bins?steps=7")
    assert (got.status, got.headers["retry-after"], got.body.decode()[-1]) == (503, "5", ".")


def test_a_story_brought_by_somebody_cannot_point_at_an_engine(written):
    from dashboard.keeping import Kept

    files = {name: (written / name).read_bytes() for name in ("story.toml", "people.csv")}
    opened = shelf.opened_kept(Kept("x" * 22, files))
    assert opened.story is None
    assert "with an engine" in str(opened.faults[-1])


# --- answers under way ---


def request(gone):
    """A request of somebody who has gone once `gone` is set."""

    async def receive():
        while not gone.is_set():
            await asyncio.sleep(0.005)
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET", "path": "/", "headers": []}, receive)


def test_a_question_asked_twice_at_once_is_worked_out_once():
    calls, both = [], threading.Event()

    def work(_):
        calls.append(1)
        both.wait(5)
        return b"[1]"

    async def twice():
        here = threading.Event()
        asking = [asyncio.create_task(landed(request(here), "twice", work, keep=True)) for _ in range(2)]
        while "twice" not in flights._flights or flights._flights["twice"].waiting < 2:
            await asyncio.sleep(0.005)
        both.set()
        assert [answer.body for answer in await asyncio.gather(*asking)] == [b"[1]", b"[1]"]
        assert (await landed(request(here), "twice", work, keep=True)).body == b"[1]"

    run(twice())
    assert calls == [1]


def test_work_is_given_up_when_the_last_one_who_asked_has_gone():
    stopped = []

    def work(stop):
        stopped.append(stop.wait(10))
        raise EngineError("given up")

    async def leave():
        first, second = threading.Event(), threading.Event()
        asking = [asyncio.create_task(landed(request(one), "leave", work, keep=True)) for one in (first, second)]
        first.set()
        await asyncio.wait({asking[0]})
        assert not stopped
        second.set()
        await asyncio.wait({asking[1]})
        assert all(isinstance(one.exception(), EngineError) for one in asking)

    run(leave())
    flights._pool.shutdown()
    flights._pool = None
    assert stopped == [True]


def test_too_many_different_questions_are_sent_away(monkeypatch):
    monkeypatch.setattr(flights, "AT_ONCE", 1)
    monkeypatch.setattr(flights, "WAITING", 0)
    over = threading.Event()

    async def both():
        here = threading.Event()
        first = asyncio.create_task(
            landed(request(here), "one", lambda stop: (over.wait(5) and b"1") or b"0", keep=True)
        )
        while "one" not in flights._flights:
            await asyncio.sleep(0.005)
        with pytest.raises(Busy):
            await landed(request(here), "two", lambda stop: b"2", keep=True)
        over.set()
        assert (await first).body == b"1"

    run(both())


def test_a_question_that_waited_too_long_is_sent_away(monkeypatch):
    monkeypatch.setattr(flights, "LONGEST", -1.0)
    with pytest.raises(Busy):
        run(landed(request(threading.Event()), "late", lambda stop: b"1", keep=True))


def test_what_is_kept_is_bounded_by_number(monkeypatch):
    monkeypatch.setattr(flights, "MOST_KEPT", 3)

    async def many():
        for number in range(9):
            await landed(request(threading.Event()), number, lambda stop: b"{}", keep=True)

    run(many())
    assert list(flights._kept) == [6, 7, 8]
