import csv as tables
import gzip
import io
import json
import re
import threading
from urllib.parse import urlencode, urlsplit

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from dashboard import keeping, reads, shelf
from dashboard.narrowing import NARROWING, Refusal, mask, narrowing
from dashboard.room import Room
from dashboard.routes import routes
from geo.story import read_files, read_story
from tests import serving, stories
from tests.asgi import get
from tests.cases.write import CASES

APP = Starlette(routes=routes())
README = serving.ROOT / "README.md"
SMALL = read_story(CASES / "small")


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setenv(shelf.VARIABLE, str(CASES / "small"))
    monkeypatch.setattr(reads, "_kept", Room())


def ids(query=""):
    """The events that `events.geojson` answers with, tracks left out."""
    got = get(APP, f"/stories/small/events.geojson?{query}")
    assert got.status == 200, got.body
    return [one["id"] for one in json.loads(got.body)["features"] if "person" not in one["properties"]]


def refusal(query, ending="geojson"):
    got = get(APP, f"/stories/small/events.{ending}?{query}")
    assert (got.status, got.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    return got.body.decode()


def test_without_parameters_every_event_is_there():
    assert ids() == list(SMALL.events["id"])


@pytest.mark.parametrize("ending", sorted(reads.FORMATS))
def test_every_format_is_said_by_its_media_type(ending):
    got = get(APP, f"/stories/small/events.{ending}")
    assert got.status == 200
    assert got.headers["content-type"].split(";")[0] == reads.FORMATS[ending].media_type


def test_the_csv_holds_the_very_events_of_the_geojson():
    rows = list(tables.DictReader(io.StringIO(get(APP, "/stories/small/events.csv?crew=dora").body.decode())))
    assert [row["id"] for row in rows] == ids("crew=dora") == ["b4", "b7"]


def test_people_are_chosen_as_on_the_board():
    assert ids("crew=ann&crew=bo&match=all") == ["b1", "b3"]
    assert ids("crew=ann&crew=bo") == ["b1", "b2", "b3", "b4", "b6", "b7"]


def test_the_tracks_of_the_people_chosen_come_along_as_lines():
    body = json.loads(get(APP, "/stories/small/events.geojson?crew=ann").body)
    assert [one["properties"]["person"] for one in body["features"] if one["geometry"]["type"] == "LineString"] == [
        "ann"
    ]


def test_words_places_and_stated_times_narrow():
    assert ids("q=BELL+lifted") == ["b3"]
    assert ids("place=pier") == ["b3", "b8"]
    assert "b6" not in ids("stated=1")


def test_bounds_leave_events_at_places_inside_of_them():
    assert ids("bounds=9.95,53.5,9.99,53.55") == ["b1", "b2", "b3", "b7", "b8"]
    assert ids("bounds=179,-90,9.95,90") == ["b3", "b8"]
    assert "not four numbers" in refusal("bounds=1,2,3")
    assert "south before north" in refusal("bounds=1,9,2,3")


def test_with_an_instant_the_board_is_meant_at_that_instant():
    assert ids("at=D1T09:30") == ["b1"]
    assert ids("at=D2T22:15&mode=moment") == ["b3"]
    assert ids("at=D2T22:30&mode=window&span=1h") == ["b3", "b4", "b5"]


def test_an_event_at_the_start_of_the_interval_is_in_it():
    assert ids("from=D1T10:30&to=D1T10:31") == ["b2"]


def test_an_event_at_the_end_of_the_interval_is_not_in_it():
    assert ids("from=D1T09:00&to=D1T10:30") == ["b1"]


def test_an_event_that_is_over_at_the_start_of_the_interval_is_not_in_it():
    assert "b3" in ids("from=D2T23:29")
    assert "b3" not in ids("from=D2T23:30")


def test_an_interval_may_reach_beyond_the_story_or_miss_it():
    assert ids("from=D-900&to=D900") == ids()
    assert ids("from=D100") == []


@given(st.integers(-3, 5), st.integers(1, 4), st.integers(1, 4))
def test_two_intervals_that_touch_share_only_what_lasts_across(day, first, second):
    """Half-open intervals side by side: no instant belongs to both, none to neither."""

    def within(start, end):
        return mask(narrowing(f"from=D{start}&to=D{end}".encode(), SMALL), SMALL)

    left, right, both = (
        within(day, day + first),
        within(day + first, day + first + second),
        within(day, day + first + second),
    )
    assert ((left | right) == both).all()
    cut = (day + first) * 86_400.0
    lasting = (SMALL.events["at"] < cut) & (SMALL.events["until"] > cut)
    assert ((left & right) == (both & lasting.to_numpy(bool))).all()


@given(st.permutations(["crew=ann", "crew=bo", "match=all", "q=bell"]))
def test_the_order_of_parameters_means_nothing(pairs):
    assert narrowing("&".join(pairs).encode(), SMALL).key == narrowing(b"crew=bo&crew=ann&match=all&q=bell", SMALL).key


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("crew=nobody", "Parameter 'crew': 'nobody' is no id in people."),
        ("place=moon", "Parameter 'place': 'moon' is no id in places."),
        ("match=some", "Parameter 'match': 'some' is none of ['all', 'any', 'only']."),
        ("at=D99", "Parameter 'at': 'D99' is outside of the story."),
        ("mode=moment", "Parameter 'mode' needs the instant 'at' beside it."),
        ("span=2h", "Parameter 'span' needs the instant 'at' beside it."),
        ("from=D2&to=D2", "Parameter 'from' must be earlier than 'to'."),
        ("q=a&q=b", "Parameter 'q' is given 2 times."),
        ("stated=0", "Parameter 'stated': '0' is not 1."),
        ("scale=order", "Parameter 'scale' only changes how the page looks; leave it out."),
        ("colour=red", "Parameter 'colour' is not known here."),
        ("colour=", "Parameter 'colour' is not known here."),
    ],
)
def test_a_parameter_that_does_not_fit_is_named_in_a_sentence(query, said):
    assert refusal(query) == refusal(query, "csv") == said


def test_a_time_that_cannot_be_read_is_refused_with_examples():
    assert refusal("from=yesterday").startswith("Parameter 'from': 'yesterday' is")


@given(
    st.lists(
        st.tuples(st.sampled_from([*NARROWING, "v"]) | st.text(max_size=12), st.text(max_size=30)), max_size=4
    ).map(lambda pairs: urlencode(pairs, errors="replace").encode())
)
def test_any_query_is_answered_or_refused_in_one_line(query):
    said = ""
    try:
        assert len(mask(narrowing(query, SMALL), SMALL)) == len(SMALL.events)
    except Refusal as refused:
        said = str(refused)
    assert said.isprintable()
    assert said[-1:] in {"", "."}
    assert len(said) < 600


def test_thousands_of_parameters_are_refused():
    assert refusal("&".join(["crew=ann"] * 2_000)) == "The address has more than 1,000 parameters."


def test_empty_parameters_are_none_as_in_a_link():
    assert ids("crew=&q=&at=") == ids()


def test_an_unknown_story_or_format_is_missed():
    assert get(APP, "/stories/nobody/events.geojson").body == b"There is no such story here."
    assert get(APP, "/stories/nobody/events.geojson?colour=red").status == 404
    got = get(APP, "/stories/small/events.xlsx")
    assert (got.status, got.body) == (404, b"Events are there as geojson, csv, kml, and in no other format.")


def test_an_answer_that_a_program_has_is_not_sent_again():
    first = get(APP, "/stories/small/events.csv")
    for tag in (first.headers["etag"], f"W/{first.headers['etag']}", f'"x", {first.headers["etag"]}', "*"):
        again = get(APP, "/stories/small/events.csv", if_none_match=tag)
        assert (again.status, again.body) == (304, b"")
    assert get(APP, "/stories/small/events.csv?crew=ann", if_none_match=first.headers["etag"]).status == 200


def test_an_answer_is_compressed_for_those_who_take_it():
    packed = get(APP, "/stories/small/events.geojson", accept_encoding="gzip")
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == get(APP, "/stories/small/events.geojson").body


def test_an_answer_is_kept_for_ever_under_the_digest_of_the_story():
    digest = shelf.opened(CASES / "small").wire.digest
    path = "/stories/small/events.geojson?crew=ann"
    assert get(APP, f"{path}&v={digest}").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert get(APP, f"{path}&v=0000").headers["cache-control"] == get(APP, path).headers["cache-control"] == "no-cache"


def test_pages_of_other_sites_may_read_a_public_story_and_what_is_wrong_with_a_question():
    for path in ("/stories/small.json", "/stories/small/events.csv", "/stories/small/events.csv?x=1"):
        assert get(APP, path, origin="https://a.example").headers["access-control-allow-origin"] == "*"


def test_a_browser_that_asks_before_it_reads_is_told():
    got = get(APP, "/stories/small/events.geojson", method="OPTIONS", origin="https://a.example")
    assert (got.status, got.headers["access-control-allow-origin"]) == (204, "*")
    assert got.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert got.headers["access-control-allow-headers"] == "If-None-Match"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_nothing_is_written(method):
    got = get(APP, "/stories/small/events.csv", method=method)
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    assert got.body == b"This address is only read; ask with GET."


def test_a_story_that_was_brought_is_in_no_shared_cache_and_for_no_other_site():
    kept = keeping.keep(keeping.names().id, read_files(CASES / "small"))
    try:
        got = get(APP, f"/stories/{kept.id}/events.geojson", origin="https://a.example")
        assert (got.status, got.headers["cache-control"]) == (200, "private, no-cache")
        assert "access-control-allow-origin" not in got.headers
        got = get(APP, f"/stories/{kept.id}/events.geojson", method="OPTIONS", origin="https://a.example")
        assert "access-control-allow-origin" not in got.headers
    finally:
        keeping.forget(kept.id)


def test_a_change_of_the_story_changes_its_answers(tmp_path, monkeypatch):
    folder = stories.folder(tmp_path / "tale")
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    before = get(APP, "/stories/tale/events.csv")
    (folder / "events.csv").write_text(stories.EVENTS + "e3,Three,D3,pier,bo\n", encoding="utf-8")
    after = get(APP, "/stories/tale/events.csv", if_none_match=before.headers["etag"])
    assert after.status == 200
    assert "Three" in after.body.decode()


def test_answers_kept_have_a_bound(monkeypatch):
    monkeypatch.setattr(reads, "_kept", Room(10_000))
    for word in range(30):
        assert get(APP, f"/stories/small/events.csv?q={word}").status == 200
        assert reads._kept.bytes <= 10_000
    assert len(reads._kept) > 1


def test_the_same_question_is_worked_out_once(monkeypatch):
    worked_out = []
    csv = reads.FORMATS["csv"]
    counted = csv._replace(written=lambda *asked: worked_out.append(1) or csv.written(*asked))
    monkeypatch.setitem(reads.FORMATS, "csv", counted)
    for query in ("crew=ann&crew=bo", "crew=bo&crew=ann", "crew=ann&crew=bo&v=x"):
        get(APP, f"/stories/small/events.csv?{query}")
    assert worked_out == [1]


def test_who_asks_while_too_many_do_is_sent_away_with_a_time_to_come_back(monkeypatch):
    monkeypatch.setattr(reads, "_places", threading.BoundedSemaphore(1))
    reads._places.acquire()
    got = get(APP, "/stories/small/events.csv")
    assert (got.status, got.headers["retry-after"]) == (503, "5")
    reads._places.release()
    assert get(APP, "/stories/small/events.csv").status == 200


def block(name):
    """The code of an example in the README, the one after `<!-- example: name -->`."""
    found = re.search(rf"<!-- example: {name} -->\s*```\w*\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    assert found, f"the README has no example {name}"
    return found[1]


def test_the_example_for_pandas_runs_as_it_stands_in_the_readme(app_server):
    code = block("pandas")
    assert "http://localhost:8501" in code
    scope = {}
    exec(compile(code.replace("http://localhost:8501", app_server.url), "README.md", "exec"), scope)  # noqa: S102 - our own words
    frames = {name: value for name, value in scope.items() if isinstance(value, pd.DataFrame)}
    assert frames
    assert not [name for name, frame in frames.items() if frame.empty]


def test_the_addresses_for_qgis_in_the_readme_are_geojson_of_the_built_in_story(monkeypatch):
    monkeypatch.delenv(shelf.VARIABLE)
    addresses = re.findall(r"http://localhost:8501(/[^\s\"'`]+)", block("qgis"))
    assert addresses
    for address in addresses:
        got = get(APP, address)
        body = json.loads(got.body)
        assert (got.headers["content-type"], body["type"]) == ("application/geo+json", "FeatureCollection")
        assert body["features"]
        assert urlsplit(address).path.endswith(".geojson")
