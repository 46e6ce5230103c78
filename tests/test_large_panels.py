"""What the page shows under the board of a large story: of the people chosen, or one sentence."""

import json
import re
import shutil

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import engines, parts, shelf
from dashboard.language import speaking
from dashboard.panels.checks import _doubts
from dashboard.retold import retold
from dashboard.view import PANELS, View, extent, parse
from geo.bounded import bounded
from geo.engine_people import by_person
from geo.errors import Fault
from geo.fault_tally import Tally, as_json
from tests.large import large_story, on_the_shelf
from tests.serving import ROOT
from tests.visiting import drawn

NOBODY = "This story has 3,000 events. Choose people in the filter to list theirs here."
LISTED = ("events", "places", "checks")
HEARD = ("whereabouts", "storylines", "meetings")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return large_story(tmp_path_factory.mktemp("stories") / "town")


@pytest.fixture(autouse=True)
def town(written):
    with on_the_shelf(written):
        yield written


@pytest.fixture
def counts(town):
    """How many events name each person, the one with most of them first."""
    opened = shelf.find("town")
    rows = bounded(by_person(engines.engine(town).events), 60).to_pylist()
    known = {*opened.story.people["id"]}
    return {row["id"]: row["count"] for row in sorted(rows, key=lambda row: -row["count"]) if row["id"] in known}


def visit(panel, **query):
    test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
    for name, value in {"panel": panel, **query}.items():
        test.query_params[name] = value
    drawn(test.run())
    assert not test.exception
    return test


def texts(test):
    return [text.value for text in test.text]


def components(test):
    return [found.key.partition(" ")[0] for found in test.get("bidi_component") if found.key]


@pytest.mark.parametrize("panel", [*LISTED, *HEARD])
def test_with_nobody_chosen_a_panel_is_one_sentence(panel):
    test = visit(panel)
    assert NOBODY in texts(test)
    assert not test.dataframe
    assert panel not in components(test)


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_opens_with_somebody_chosen(panel, counts):
    assert NOBODY not in texts(visit(panel, crew=[*counts][:2]))


def test_the_events_of_the_people_chosen_are_listed_and_said_to_be_theirs(counts):
    person, count = [*counts.items()][3]
    test = visit("events", crew=person)
    assert f"The events of the people chosen: {count} of 3,000." in texts(test)
    assert len(test.dataframe[-1].value) == count
    assert f"{count} of {count} events" in texts(test)


def test_the_marks_of_a_link_are_the_interval(counts):
    person = next(iter(counts))
    whole = len(visit("events", crew=person).dataframe[-1].value)
    part = visit("events", crew=person, **{"from": "1995-07-01", "to": "1995-08-01"}).dataframe[-1].value
    assert 0 < len(part) < whole
    assert all("July 1995" in when or "1 August" in when for when in part["When"])


def test_an_instant_of_the_link_is_kept_and_narrows_the_list(counts):
    person = next(iter(counts))
    test = visit("events", crew=person, at="1995-07-01")
    assert not [one for one in test.warning if "Left out" in one.value]
    assert 0 < len(test.dataframe[-1].value) < counts[person]


def test_files_of_a_part_are_named_so(counts):
    test = visit("events", crew=next(iter(counts)))
    buttons = list(test.get("download_button"))
    assert "All of the people chosen" in [button.label for button in buttons]


def test_places_are_those_of_the_people_chosen_and_the_map_asks_for_the_same(counts):
    person = next(iter(counts))
    test = visit("places", crew=person, **{"from": "1995-07-01"})
    assert 0 < len(test.dataframe[-1].value) <= counts[person]
    [rings] = [found for found in test.get("bidi_component") if found.key.startswith("rings")]
    digest = shelf.find("town").wire.digest
    sent = json.loads(rings.proto.json)["story"]
    assert sent == f"stories/town/people?crew={person}&from=1995-07-01T00%3A00&v={digest}"


def test_people_without_events_in_the_interval_are_one_sentence(counts):
    test = visit("events", crew=next(iter(counts)), **{"from": "1995-12-01T00:00", "to": "1995-12-01T00:01"})
    assert [text for text in texts(test) if "no events" in text or "Left out" in text]


@pytest.mark.parametrize("panel", [*LISTED, *HEARD])
def test_too_many_events_are_one_sentence(panel, counts, monkeypatch):
    monkeypatch.setattr("geo.engine_tracks.MOST_EVENTS", 2)
    test = visit(panel, crew=next(iter(counts)))
    said = "These people have more than 2 events; choose fewer people, or less time."
    assert said in texts(test)
    assert not test.dataframe


@pytest.mark.parametrize("panel", [*LISTED, *HEARD])
def test_an_engine_that_fails_is_one_sentence_in_the_panel_alone(panel, town, counts):
    engines.engine(town).events.get_backend().raw_sql("DROP TABLE events")
    test = visit(panel, crew=next(iter(counts)))
    assert [text for text in texts(test) if text.startswith("The table of the events is not what it was")]
    assert "board" in components(test)
    assert not test.error


def test_about_says_how_many_and_from_when_to_when():
    said = "\n".join(texts(visit("about")))
    assert "– 3,000 events, asked of a file (Parquet)" in said
    assert "– the first begins 1 June 1995" in said
    assert "wall-clock" not in said
    assert "What is not known" not in [one.value for one in visit("about").subheader]


def test_what_its_import_found_is_listed_by_kind(tmp_path, written, monkeypatch):
    folder = shutil.copytree(written, tmp_path / "calls")
    tally = Tally()
    tally.add_all(Fault("c.csv", row, "when", f"x{row}", "is no date", "correct it") for row in range(2, 302))
    tally.add(Fault("c.csv", 7, "lat", "95", "is not a latitude", "write -90 to 90"))
    (folder / "faults.json").write_text(json.dumps({"faults": as_json(tally.kinds)}))
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    test = visit("checks")
    assert "301 faults were found in the file on import." in texts(test)
    assert [fold.label.replace("\\", "") for fold in test.expander] == [
        "when: is no date · 300 faults",
        "lat: is not a latitude · 1 fault",
    ]
    assert "The first 100 of them:" in texts(test)
    assert [len(frame.value) for frame in test.dataframe] == [100, 1]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"faults": [{"count": "many"}]}', "[" * 100_000])
def test_a_list_that_no_import_wrote_is_passed_over(tmp_path, written, monkeypatch, content):
    folder = shutil.copytree(written, tmp_path / "calls")
    (folder / "faults.json").write_text(content)
    monkeypatch.setenv(shelf.VARIABLE, str(folder))
    assert not visit("checks").expander


def test_only_the_people_chosen_are_doubted(town, counts):
    opened, crew = shelf.find("town"), (*counts,)[:2]
    shown, _ = parts.part(opened, View(crew=crew))
    assert {person for doubt in _doubts(shown, crew) for person in doubt.people} <= {*crew}
    assert {doubt.kind for doubt in _doubts(shown, crew)}.isdisjoint({"person_unused", "place_unused"})
    assert not [doubt.what for doubt in _doubts(shown, crew) if "row" in doubt.what]


def test_a_doubt_about_a_part_names_no_row_in_either_language(town, counts):
    opened, crew = shelf.find("town"), (*counts,)
    doubt = next(iter(_doubts(parts.part(opened, View(crew=crew)).opened, crew)))
    assert re.search(r" \(since '[^']+'\)$", doubt.what)
    with speaking("es"):
        assert re.search(r" \(desde «[^»]+»\)$", retold(doubt.what))


def test_a_part_is_read_once(town, counts):
    opened, view = shelf.find("town"), View(crew=(*counts,)[:2])
    assert parts.part(opened, view).opened is parts.part(opened, View(crew=view.crew, q="x")).opened


# --- links to a large story ---


def test_a_link_may_name_an_event_nobody_has_here_and_instants_of_the_story():
    story = shelf.find("town").story
    query = {"event": ["e17"], "place": ["34.05,-118.2"], "at": ["1995-07-01T10:00"], "from": ["1995-07-01"]}
    view, ignored = parse(query, story)
    assert (view.event, view.place, ignored) == ("e17", "34.05,-118.2", ())
    assert (view.at is None, view.loop_from is None) == (False, False)


@pytest.mark.parametrize("query", [{"at": ["1895-07-01"]}, {"event": ["a\nb"]}, {"crew": ["nobody"]}])
def test_what_cannot_be_of_the_story_is_left_out(query):
    assert len(parse(query, shelf.find("town").story)[1]) == 1


def test_its_first_and_last_instant_are_asked_of_the_engine_where_nobody_wrote_them(tmp_path, written):
    from tests.large import with_events

    folder = with_events(shutil.copytree(written, tmp_path / "calls"), first=None, last=None, count=None)
    story, known = shelf.opened(folder).story, shelf.find("town").story
    assert (extent(story), story.meta.events.count) == (extent(known), 3_000)


# --- what a link to a large story says of itself ---


@pytest.mark.parametrize("query", ["", "crew={person}", "at=1995-07-01", "q=coffee&match=all&event=e17", "mode=moment"])
def test_a_link_says_how_many_events_there_are_and_has_a_picture(query, counts):
    from starlette.applications import Starlette

    from dashboard.routes import routes
    from dashboard.unfurl import head
    from tests.asgi import get

    link = query.format(person=next(iter(counts)))
    assert b"3,000 events." in head(f"story=town&{link}".encode(), "http://x/")
    got = get(Starlette(routes=routes()), f"/stories/town/picture.png?{link}")
    assert (got.status, got.headers["content-type"]) == (200, "image/png")
