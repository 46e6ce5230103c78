"""What the route of the people chosen in a large story answers, and what it refuses in one sentence."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from dashboard import engines, shelf
from dashboard.chosen import READERS
from dashboard.routes import routes
from geo.bounded import bounded
from geo.whole_story import everything, whole_story
from geo.wire import payload
from tests.asgi import get
from tests.large import large_story, on_the_shelf

APP = Starlette(routes=routes())


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return large_story(tmp_path_factory.mktemp("stories") / "town")


@pytest.fixture(autouse=True)
def town(written):
    with on_the_shelf(written):
        yield written


@pytest.fixture
def whole(town):
    """The wire of the whole story, as if it were small."""
    story = shelf.find("town").story
    return payload(whole_story(story, bounded(everything(engines.engine(town).events, 10_000), 60)))


def asked(*crew, **more):
    got = get(APP, f"/stories/town/people?{urlencode({'crew': crew, **more}, doseq=True)}")
    assert got.status == 200, got.body
    return json.loads(got.body)


def refusal(query, status=400):
    got = get(APP, f"/stories/town/people?{query}")
    assert (got.status, got.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    return got.body.decode()


def events_of(wire, *people):
    """The ids of the events at which any of these people is present."""
    chosen = {wire["people"]["id"].index(person) for person in people}
    listed = zip(wire["events"]["id"], wire["events"]["people"], strict=True)
    return [id for id, present in listed if chosen & {*present}]


def somebody(wire, count):
    return wire["people"]["id"][:count]


@pytest.mark.parametrize("count", [1, 3])
def test_the_events_of_the_chosen_come_in_order(whole, count):
    people = somebody(whole, count)
    assert 0 < len(events_of(whole, *people)) < len(whole["events"]["id"])
    assert asked(*people)["events"]["id"] == events_of(whole, *people)


def test_it_is_a_story_as_the_board_reads_it(whole):
    story = asked(*somebody(whole, 2))
    assert {*whole} - {"storyline"} <= {*story}
    assert all({*whole[name]} <= {*story[name]} for name in ("people", "places", "events", "axis", "clock"))


def test_people_and_groups_keep_their_numbers(whole):
    story = asked(*somebody(whole, 1))
    assert (story["people"], story["groups"]) == (whole["people"], whole["groups"])


TOLD = ("title", "summary", "source", "at", "until", "earliest", "latest", "when", "precision", "people", "remote")


def told(wire, ids):
    """What the wire says of these events and of their places, but for the ids of places."""
    events, places = wire["events"], wire["places"]
    rows = [events["id"].index(id) for id in ids]
    for row in rows:
        where = events["place"][row]
        spot = None if where < 0 else [places[name][where] for name in ("name", "lat", "lon", "radius_m")]
        yield [events[name][row] for name in TOLD], spot


def test_an_event_says_of_itself_what_the_whole_story_says(whole):
    story = asked(*somebody(whole, 2))
    ids = story["events"]["id"]
    assert [*told(story, ids)] == [*told(whole, ids)]


def test_an_interval_leaves_the_events_that_begin_in_it(whole):
    person, *_ = somebody(whole, 1)
    story = asked(person, **{"from": "1995-07-01", "to": "1995-08-01"})
    assert 0 < len(story["events"]["id"]) < len(events_of(whole, person))


def test_an_interval_without_events_is_a_story_without_events(whole):
    assert asked(*somebody(whole, 1), **{"from": "2001-01-01", "to": "2001-01-02"})["events"]["id"] == []


def test_the_order_of_the_chosen_means_nothing(whole):
    people = somebody(whole, 3)
    assert asked(*people) == asked(*reversed(people))


def test_with_the_digest_of_the_story_it_may_be_kept_for_ever(whole):
    path = f"/stories/town/people?crew={somebody(whole, 1)[0]}"
    assert "immutable" in get(APP, f"{path}&v={shelf.find('town').wire.digest}").headers["cache-control"]
    assert get(APP, path).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Nobody is chosen"),
        ("crew=", "Nobody is chosen"),
        ("from=1995-07-01", "Nobody is chosen"),
        ("crew=nobody", "'crew'"),
        ("zoom=2", "'zoom'"),
        ("q=coffee", "'q'"),
        ("from=1996-01-01&to=1995-01-01", "interval"),
        ("from=x", "'from'"),
    ],
)
def test_what_does_not_fit_is_named_in_one_sentence(query, said):
    sentence = refusal(query)
    assert said in sentence
    assert sentence.endswith(".")


def test_too_many_events_are_refused_in_a_sentence(whole, monkeypatch):
    monkeypatch.setattr("geo.engine_tracks.MOST_EVENTS", 2)
    sentence = refusal(f"crew={somebody(whole, 1)[0]}")
    assert "more than 2 events" in sentence
    assert sentence.endswith(".")


def test_a_story_that_is_not_large_has_its_people_in_it(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, "heat")
    assert get(APP, "/stories/heat/people?crew=neil").status == 404
    assert get(APP, "/stories/nowhere/people").status == 404


def test_a_broken_engine_gets_one_sentence_and_a_time_to_come_back(town, whole):
    engines.engine(town).events.get_backend().raw_sql("DROP TABLE events")
    got = get(APP, f"/stories/town/people?crew={somebody(whole, 1)[0]}")
    assert (got.status, got.headers["retry-after"], got.body.decode()[-1]) == (503, "5", ".")


@given(
    st.dictionaries(
        st.sampled_from([*READERS, "v", "x"]), st.one_of(st.text(max_size=30), st.just("1995-08-01")), max_size=4
    )
)
def test_whatever_is_asked_the_answer_is_json_or_a_sentence(query):
    got = get(APP, f"/stories/town/people?{urlencode(query)}")
    assert got.status in {200, 400}, (query, got)
    assert got.status == 200 or got.body.decode().endswith(".")
