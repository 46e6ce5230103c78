"""What a host does with a large story besides its board: files, previews, readiness."""

import csv
import io
import json
import re
import threading
from urllib.parse import parse_qs, urlencode

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from dashboard import engine_files, engines, flights, gallery, glimpse, reads, shelf
from dashboard.__main__ import main
from dashboard.cells import draw_cells
from dashboard.ink import Paper
from dashboard.mercator_view import Box, Camera, fitted, world
from dashboard.narrowing import mask, narrowing
from dashboard.picture import MAP
from dashboard.publish import published
from dashboard.room import Room
from dashboard.routes import routes
from dashboard.story_map import story_map
from dashboard.unfurl import head
from dashboard.view import View, parse
from geo.bounded import bounded
from geo.engine import connect
from geo.engine_tracks import story_of
from geo.errors import GeoError
from geo.export import MOST, geojson, kml
from geo.export import csv as to_csv
from geo.story import LARGEST, read_story
from geo.synthetic import write_synthetic
from geo.whole_story import everything, whole_story
from tests.asgi import get
from tests.large import engine_away, large_story, on_the_shelf, with_events

APP = Starlette(routes=routes())
EVENTS = 1_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return large_story(tmp_path_factory.mktemp("stories") / "town", EVENTS)


@pytest.fixture(scope="module", autouse=True)
def town(folder):
    with on_the_shelf(folder):
        yield


@pytest.fixture(scope="module")
def told(folder, town):
    """The same story, told event by event."""
    opened = shelf.find("town")
    return whole_story(opened.story, bounded(everything(engines.engine(folder).events, EVENTS), 30))


@pytest.fixture(scope="module")
def busiest(told):
    """Ids of people, those with most events first."""
    return told.events["people"].explode().value_counts().index.tolist()


def rows(query="", **headers):
    got = get(APP, f"/stories/town/events.csv?{query}", **headers)
    assert got.status == 200, got.body
    return list(csv.DictReader(io.StringIO(got.body.decode())))


def ids(query):
    return [row["id"] for row in rows(query)]


def refusal(query, ending="csv", status=400):
    got = get(APP, f"/stories/town/events.{ending}?{query}")
    assert (got.status, got.headers["content-type"]) == (status, "text/plain; charset=utf-8"), got.body
    return got.body.decode()


# --- files ---


def test_all_events_of_a_large_story_are_a_file_where_they_are_not_too_many(told):
    found = rows()
    assert [row["id"] for row in found] == list(told.events["id"])
    assert len({row["place"] for row in found}) > 10
    assert all(re.fullmatch(r"1995-\d\d-\d\dT.*", row["start"]) for row in found)


INSTANTS = st.sampled_from(["1995-06-01T00:00:01", "1995-07-15T12:00", "1995-08-20", "1995-10-03T11:30", "1995-11-30"])
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "crew": st.lists(st.integers(0, 7), max_size=4),
        "match": st.sampled_from(["any", "all", "only"]),
        "q": st.sampled_from(["coffee", "COFFEE home", "meets", "zzz"]),
        "at": INSTANTS,
        "mode": st.sampled_from(["so-far", "window", "moment"]),
        "span": st.sampled_from(["90m", "6h", "30d"]),
        "from": INSTANTS,
        "to": INSTANTS,
        "stated": st.just("1"),
    },
).filter(lambda query: "at" in query or not {"mode", "span"} & query.keys())


@given(QUERIES)
@settings(max_examples=40)
def test_a_file_has_the_very_events_that_the_same_link_leaves_of_a_small_story(told, busiest, query):
    query["crew"] = [busiest[n] for n in query.get("crew", ())]
    if query.get("from", "") >= query.get("to", "~"):
        query.pop("to")
    text = urlencode(query, doseq=True)
    expected = told.events["id"][mask(narrowing(text.encode(), told), told)]
    assert ids(text) == list(expected)


def test_bounds_leave_the_events_inside_of_them(told):
    west, south, east, north = -118.4, 33.9, -118.2, 34.1
    places = told.places[told.places["lat"].between(south, north) & told.places["lon"].between(west, east)]
    found = ids(f"bounds={west},{south},{east},{north}")
    assert 0 < len(found) < EVENTS
    assert found == list(told.events["id"][told.events["place"].isin(places["id"])])


def test_bounds_over_the_date_line_have_both_sides_of_it():
    assert len(ids("bounds=-118.3,-90,-118.4,90")) + len(ids("bounds=-118.4,-90,-118.3,90")) == len(
        ids("bounds=-180,-90,180,90")
    )


def test_a_place_is_named_as_the_events_on_the_board_name_it():
    answer = json.loads(get(APP, "/stories/town/few").body)
    index = max(range(len(answer["places"]["id"])), key=answer["events"]["place"].count)
    there = [id for id, place in zip(answer["events"]["id"], answer["events"]["place"], strict=True) if place == index]
    assert ids(urlencode({"place": answer["places"]["id"][index]})) == there


def test_tracks_of_the_people_chosen_are_lines(busiest):
    got = get(APP, f"/stories/town/events.geojson?crew={busiest[0]}")
    features = json.loads(got.body)["features"]
    assert got.headers["content-type"] == "application/geo+json"
    assert [one["properties"]["person"] for one in features if "person" in one["properties"]] == [busiest[0]]


def test_kml_opens_with_the_title_of_the_story(told):
    got = get(APP, "/stories/town/events.kml?q=coffee")
    assert f"<name>{told.meta.title}</name>" in got.body.decode()
    assert got.body.count(b"<Placemark>") == len(ids("q=coffee"))


@pytest.mark.parametrize("ending", sorted(reads.FORMATS))
def test_no_event_is_a_file_without_any(ending):
    got = get(APP, f"/stories/town/events.{ending}?q=zzzz")
    assert got.status == 200
    assert b"e0000" not in got.body


@pytest.mark.parametrize("ending", sorted(reads.FORMATS))
def test_more_events_than_a_file_holds_are_refused_with_what_to_narrow(monkeypatch, ending):
    flights.close()
    monkeypatch.setitem(MOST, ending, 900)
    said = refusal("", ending)
    assert re.match(r"1,000 events are more than the 900 that one file holds; choose people, words, bounds", said)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("crew=nobody", "'crew'"),
        ("mode=window", "needs the instant 'at'"),
        ("from=1995-09-01&to=1995-08-01", "'from' must be earlier"),
        ("bounds=1,2,3", "'bounds'"),
        ("bounds=1,80,2,-80", "bounds"),
        ("place=nowhere", "'nowhere' is no place here"),
        ("at=2005-01-01", "'at'"),
        ("zoom=3", "'zoom' is not known"),
        ("lat=34", "'lat' only changes how the page looks"),
        ("q=a+b+c+d+e+f+g+h+i+j", "at most 8 words"),
    ],
)
def test_what_does_not_fit_is_named_in_one_sentence(query, said):
    sentence = refusal(query)
    assert said in sentence
    assert sentence.endswith(".")


def test_events_are_there_in_three_formats_and_no_other():
    assert refusal("", "xlsx", 404).startswith("Events are there as geojson, csv, kml")


def test_while_others_are_writing_one_is_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr(engine_files, "PENS", threading.BoundedSemaphore(1))
    with engine_files.PENS:
        got = get(APP, "/stories/town/events.csv?q=busy")
    assert (got.status, got.headers["retry-after"]) == (503, "5")
    assert rows("q=busy") == []


def test_a_file_may_be_kept_for_ever_with_the_digest_of_the_story():
    digest = shelf.find("town").wire.digest
    assert "immutable" in get(APP, f"/stories/town/events.csv?q=coffee&v={digest}").headers["cache-control"]
    got = get(APP, "/stories/town/events.csv?q=coffee")
    assert got.headers["cache-control"] == "no-cache"
    assert get(APP, "/stories/town/events.csv?q=coffee", if_none_match=got.headers["etag"]).status == 304


def test_a_large_file_drives_no_cells_out_of_what_is_kept(monkeypatch):
    flights.close()
    monkeypatch.setattr(flights, "LARGEST_KEPT", 10_000)
    get(APP, "/stories/town/bins")
    rows()
    assert len(flights._kept) == 1


# --- previews ---


def view(query=""):
    return parse(parse_qs(query), shelf.find("town").story)[0]


def cells_of(query="", camera=None, box=MAP):
    opened = shelf.find("town")
    return glimpse.seen(opened, view(query), camera or fitted(opened.story.meta.events.bounds, box), box)


def said(query):
    return re.search(r'name="description" content="([^"]*)"', head(f"story=town&{query}".encode(), "").decode())[1]


@given(QUERIES)
@settings(max_examples=15)
def test_the_discs_of_a_picture_count_the_events_of_the_moment_in_whole_steps(told, busiest, query):
    asked = {name: query[name] for name in query if name not in {"from", "to", "stated"}}
    asked["crew"] = [busiest[n] for n in query.get("crew", ())]
    text = urlencode(asked, doseq=True)
    found = cells_of(text)
    first, last = found.interval
    step = (told.events["at"] - first) * len(found.strip) // (last - first)
    placed = told.events["place"].isin(told.places["id"][told.places["lat"].notna()])
    filters = urlencode({name: asked[name] for name in ("crew", "match", "q") if name in asked}, doseq=True)
    chosen = mask(narrowing(filters.encode(), told), told)
    assert found.strip.sum() == (chosen & placed).sum()
    if view(text).mode == "so-far":
        assert found.count.sum() == (chosen & placed & (step <= found.now)).sum()
    assert found.count.sum() <= found.strip[: found.now + 1].sum()


def test_a_disc_stands_where_its_events_are_in_the_colour_of_most_of_them():
    found = cells_of()
    largest = int(found.count.argmax())
    pitch = 256 * 2.0 ** (10 - found.zoom)
    camera = Camera(2.0**10, (found.x[largest] + 0.5) * pitch - 50, (found.y[largest] + 0.5) * pitch - 50)
    paper = Paper(100, 100, (0, 0, 0))
    colours = tuple((40 * n, 200 - 20 * n, 7) for n in range(found.strip.shape[1]))
    draw_cells(paper, found, camera, colours)
    assert paper.finished().getpixel((50, 50 - 9)) == colours[found.group[largest]]


@pytest.mark.parametrize("zoom", [0, 3, 9, 14, 22])
def test_a_picture_asks_for_few_cells_at_any_zoom(zoom):
    ((x, y),) = world(34.05, -118.25)
    found = cells_of(camera=Camera(2.0**zoom, x * 2.0**zoom - 600, y * 2.0**zoom - 265))
    assert len(found.x) <= 5_000


def test_a_camera_beside_the_world_sees_no_cells():
    assert cells_of(camera=Camera(2.0**9, 1e6, 1e6), box=Box(0, 0, 100, 100)) is None


@pytest.mark.parametrize("query", ["at=1995-08-01", "q=coffee", "at=1995-08-01&mode=window&span=6h", "crew=p0001"])
def test_a_preview_says_how_many_events_the_link_shows(told, query):
    at = "" if "at=" in query else "&at=1995-12-02"
    rows = int(mask(narrowing((query + at).encode(), told), told).sum())
    assert said(query).endswith(f"{rows:,} of 1,000 events.")


def test_a_preview_of_the_whole_story_asks_nobody(monkeypatch):
    monkeypatch.setattr(glimpse, "_counted", None)
    assert said("").endswith(". 1,000 events.")


def test_the_picture_of_a_link_is_drawn_once(monkeypatch):
    monkeypatch.setattr(gallery, "_kept", Room())
    first = get(APP, "/stories/town/picture.png?q=coffee")
    monkeypatch.setattr(glimpse, "seen", None)
    assert get(APP, "/stories/town/picture.png?q=coffee").body == first.body
    assert first.body[:4] == b"\x89PNG"


def test_without_its_engine_a_picture_is_drawn_without_cells_and_not_kept(folder, monkeypatch):
    monkeypatch.setattr(gallery, "_kept", Room())
    whole = get(APP, "/stories/town/picture.png").body
    monkeypatch.setattr(gallery, "_kept", Room())
    with engine_away(folder):
        got = get(APP, "/stories/town/picture.png")
        assert (got.status, got.body != whole, len(gallery._kept)) == (200, True, 0)
        assert said("q=brokenengine").endswith("1,000 events.")
    assert get(APP, "/stories/town/picture.png").body == whole


def test_who_waits_for_a_page_does_not_wait_for_a_busy_engine(monkeypatch):
    monkeypatch.setattr(glimpse, "SOON", 0.01)
    monkeypatch.setattr(glimpse, "_asking", threading.BoundedSemaphore(1))
    with glimpse._asking:
        assert glimpse.shown(shelf.find("town"), view("q=busyengine"), 0.01) is None
    assert glimpse.shown(shelf.find("town"), view("q=busyengine")) == 0


def test_a_story_that_is_not_large_is_not_asked_about():
    from dashboard.shelf import Opened
    from geo.story import bundled, read_story

    heat = Opened(read_story(bundled()["heat"]), ())
    assert glimpse.shown(heat, View()) is None


# --- commands, and a notebook ---


def run(*arguments):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def test_export_writes_what_the_link_of_a_large_story_shows(folder, tmp_path, told, busiest):
    link = f"?crew={busiest[0]}&at=1995-08-01&mode=window&span=30d"
    done = run("export", folder, "-o", tmp_path / "a.csv", "--link", link)
    found = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    expected = told.events["id"][mask(narrowing(link[1:].encode(), told), told)]
    assert (done.exit_code, [row["id"] for row in found]) == (0, list(expected))
    assert 0 < len(found) < EVENTS


def test_export_without_a_link_writes_the_whole_story_where_it_is_not_too_large(folder, tmp_path):
    assert run("export", folder, "-o", tmp_path / "a.geojson").output.startswith("1,000 events written")
    features = json.loads((tmp_path / "a.geojson").read_text())["features"]
    assert sum("person" not in one["properties"] for one in features) == EVENTS


@pytest.mark.parametrize("ending", ["html", "csv", "geojson", "kml"])
def test_export_of_too_many_events_ends_with_two_and_says_what_to_narrow(folder, tmp_path, monkeypatch, ending):
    monkeypatch.setattr("dashboard.exporting.MOST_INSIDE", 900)
    monkeypatch.setitem(MOST, ending, 900)
    done = run("export", folder, "-o", tmp_path / f"a.{ending}")
    assert done.exit_code == 2
    assert "1,000 events are more than the 900 that one file holds; choose people or words on the board" in done.output
    assert not list(tmp_path.iterdir())


def test_one_file_has_the_events_of_the_people_whenever_they_are(folder, tmp_path, told, busiest):
    of_person = told.events["people"].map(lambda people: busiest[0] in people)
    done = run("export", folder, "-o", tmp_path / "a.html", "--link", f"?crew={busiest[0]}&at=1995-08-01")
    assert done.output.startswith(f"{of_person.sum()} events written")
    text = (tmp_path / "a.html").read_text()
    assert all(id in text for id in told.events["id"][of_person])
    assert not any(f'"{id}"' in text for id in told.events["id"][~of_person])


def test_one_file_ends_at_the_event_named_with_until(folder, tmp_path, told):
    third = told.events["id"].iloc[2]
    assert run("export", folder, "-o", tmp_path / "a.html", "--until", third).output.startswith("3 events written")
    assert run("export", folder, "-o", tmp_path / "a.csv", "--until", third).output.startswith("3 events written")


def test_one_file_without_any_event_is_not_written(folder, tmp_path):
    done = run("export", folder, "-o", tmp_path / "a.html", "--link", "?q=zzzz")
    assert (done.exit_code, "the link shows no event of this story" in done.output) == (2, True)


def test_export_of_a_story_whose_engine_is_away_ends_with_two(tmp_path):
    away = large_story(tmp_path / "away", 200)
    (away / "events.parquet").unlink()
    done = run("export", away, "-o", tmp_path / "a.csv")
    assert (done.exit_code, "there is no file 'events.parquet' beside story.toml" in done.output) == (2, True)


@pytest.mark.parametrize("more", [[], ["--check"]])
def test_geocoding_a_large_story_is_refused_in_words(folder, more):
    done = run("geocode", folder, *more)
    assert (done.exit_code, "a large story has no places.csv" in done.output) == (2, True)


def test_a_check_in_json_counts_the_events_of_the_engine(folder, told):
    found = json.loads(run("check", folder, "--json").stdout)
    assert found["rows"] == found["kept"] == EVENTS + len(told.people)


def test_a_check_in_json_reads_no_file_of_events(tmp_path, monkeypatch):
    monkeypatch.setitem(LARGEST, "events.csv", 10)
    write_synthetic(tmp_path / "town", 300, csv=True)
    with_events(tmp_path / "town", threshold=100)
    assert json.loads(run("check", tmp_path / "town", "--json").stdout)["rows"] > 300


def test_a_large_story_in_a_notebook_says_why_it_is_no_board(folder, told):
    said = story_map(read_story(folder))._repr_html_()
    assert said.startswith(f"<p>{told.meta.title}: the events of this story are with its engine")
    assert story_map(told)._repr_html_().startswith("<iframe")


@pytest.mark.parametrize("written", [published, to_csv, geojson, kml])
def test_no_file_of_a_large_story_is_written_without_its_events(folder, written):
    with pytest.raises(GeoError, match="take a part of it by"):
        written(read_story(folder))


def test_a_part_of_a_large_story_is_a_story_like_any_other(folder, busiest):
    story = read_story(folder)
    part = story_of(story, connect(story.meta.events, folder), busiest[:1], 30)
    assert story_map(part)._repr_html_().startswith("<iframe")
    assert to_csv(part).count("\n") == len(part.events) + 1


# --- a folder that changes, and two stories at once ---


def test_a_folder_replaced_while_it_is_served_answers_with_its_new_events(tmp_path):
    town, other = large_story(tmp_path / "town", 300), large_story(tmp_path / "other", 700)
    with on_the_shelf(town):
        before, digest = total("town"), shelf.find("town").wire.digest
        for name in ("events.parquet", "people.csv", "story.toml"):
            (other / name).replace(town / name)
        assert (before, total("town")) == (300, 700)
        assert shelf.find("town").wire.digest != digest
        assert engines.engine(town).source.count == 700
        assert get(APP, "/stories/town/picture.png").status == 200


def test_a_folder_that_is_half_written_is_asked_again_once_it_is_whole(tmp_path, monkeypatch):
    town = large_story(tmp_path / "town", 300)
    whole = (town / "events.parquet").read_bytes()
    with on_the_shelf(town):
        (town / "events.parquet").write_bytes(whole[:1_000])
        assert "cannot be read" in shelf.find("town").silent.what
        monkeypatch.setattr(engines, "AGAIN", 0.0)
        (town / "events.parquet").write_bytes(whole)
        assert total("town") == 300


def test_two_large_stories_are_answered_each_by_its_own_engine(tmp_path):
    with on_the_shelf(large_story(tmp_path / "one", 300), large_story(tmp_path / "two", 400)):
        assert [total(name) for name in ("one", "two", "one")] == [300, 400, 300]


def total(name):
    got = json.loads(get(APP, f"/stories/{name}/bins?zoom=3").body)
    return got["total"] + got["unplaced"]
