import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import shelf
from dashboard.panels import checks
from dashboard.panels.events import file_name, files, mask_shown
from dashboard.view import PANELS, parse
from geo.story import read_story
from tests import stories
from tests.cases.write import CASES
from tests.serving import ROOT
from tests.visiting import drawn

GONE_AND_BACK = (
    "id,title,start,place,people,ends\n"
    "e1,One,D1T09:00,cafe,ann;bo,ann\n"
    "e2,Two,D2T09:00,pier,ann;bo,\n"
    "e3,Three,D2T09:01,hideout,dora,\n"
)
FAR = (
    "id,name,lat,lon,radius_m\ncafe,Café,53.55,9.99,50\npier,Pier,53.54,9.95,120\nlisbon,Lisbon,38.71,-9.13,50\n"
    "hideout,Hideout,,,\n"
)


@pytest.fixture
def visit(monkeypatch):
    """Opens the page on a story folder with one panel."""

    def opened(folder, panel):
        monkeypatch.setenv(shelf.VARIABLE, str(folder))
        test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
        test.query_params["panel"] = panel
        drawn(test.run())
        assert not test.exception
        return test

    return opened


def saved(view, *, whole):
    """Label -> name and content of the files of the small story under a view."""
    story = read_story(CASES / "small")
    parsed, _ = parse(view, story)
    offered = files(story, parsed, mask_shown(story, parsed), whole=whole)
    return {file.label: (file.name, file.content().decode("utf-8-sig")) for file in offered}


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_of_the_chooser_opens(visit, panel):
    assert visit(CASES / "small", panel).session_state["panel"] == panel


@pytest.mark.parametrize("panel", ["storylines", "meetings"])
def test_a_panel_that_follows_the_board_gets_nothing_of_the_story(visit, panel):
    *_, component = visit(CASES / "small", panel).get("bidi_component")
    assert json.loads(component.proto.json or "null") in (None, {})


def test_the_checks_say_in_words_what_is_doubtful_and_what_to_do(visit, tmp_path):
    test = visit(stories.folder(tmp_path / "s", events=GONE_AND_BACK), "checks")
    assert test.text[0].value == "1 check: seen after the end (1)"
    row = test.dataframe[-1].value.iloc[0]
    assert row[["Kind", "Events", "People"]].tolist() == ["seen after the end", "One, Two", "Ann Lee"]
    assert row["What"].startswith("Ann Lee is present at 'e2'")
    assert row["What to do"]


def test_faults_stand_before_doubts_and_are_counted_by_kind(visit, tmp_path):
    folder = stories.folder(tmp_path / "s", events=f"{GONE_AND_BACK}e4,Four,soon,cafe,bo,\n", places=FAR)
    test = visit(folder, "checks")
    kinds = test.dataframe[-1].value["Kind"].tolist()
    assert kinds == ["fault in a file", "seen after the end", "place never used"]
    said = "3 checks: fault in a file (1), seen after the end (1), place never used (1)"
    assert said in [text.value for text in test.text]


def test_of_more_doubts_than_are_told_the_checks_say_so(visit, tmp_path):
    people = "id,name,group\n" + "".join(f"p{n},Person {n},crew\n" for n in range(300))
    folder = stories.folder(
        tmp_path / "s", events="id,title,start\ne1,One,D1\n", people=people, places="id,name,lat,lon\n"
    )
    said = visit(folder, "checks").text[0].value
    assert said == (
        "200 checks: person never used (200). There may be more: of each kind of doubt the first 200 are told."
    )


def test_a_story_without_doubts_says_so_and_has_no_table(visit, tmp_path):
    events = "id,title,start,place,people\ne1,One,D1,cafe,ann;bo\ne2,Two,D2,pier,dora\ne3,Three,D3,hideout,ann\n"
    test = visit(stories.folder(tmp_path / "s", events=events), "checks")
    assert test.text[0].value.startswith("Nothing is wrong in the files of this story")
    assert not test.dataframe


def test_the_board_is_sent_nowhere_until_a_row_is_selected(visit, tmp_path):
    *_, link = visit(stories.folder(tmp_path / "s", events=GONE_AND_BACK), "checks").get("bidi_component")
    assert json.loads(link.proto.json) == {"event": ""}


def test_a_row_leads_to_the_last_event_it_names_and_a_fault_to_none(tmp_path):
    folder = stories.folder(tmp_path / "s", events=f"{GONE_AND_BACK}e4,Four,soon,cafe,bo,\n", places=FAR)
    opened = shelf.opened(folder)
    assert [checks._event(opened, row) for row in range(4)] == ["", "e2", "", ""]


def test_a_kind_of_doubt_without_words_of_its_own_is_named_as_it_is():
    doubt = checks.Doubt("out_of_order", "events.csv", 2, (), (), "what", "remedy")
    assert checks._kind(doubt) == "out of order"


def test_no_text_of_a_check_is_read_as_markdown(visit, tmp_path):
    people = 'id,name,group\nann,"**bold** <iframe srcdoc=x>",crew\nbo,Bo Lee,crew\ndora,Dora Dean,police\n'
    test = visit(stories.folder(tmp_path / "s", events=GONE_AND_BACK, people=people), "checks")
    assert not [one.value for one in (*test.markdown, *test.caption) if "iframe" in one.value or "bold" in one.value]


def test_the_panel_offers_three_files_of_what_is_shown_and_by_choice_of_everything(visit):
    test = visit(CASES / "small", "events")
    assert [button.label for button in test.get("download_button")][:3] == ["CSV", "GeoJSON", "KML"]
    assert test.segmented_control(key="files").options == ["Shown", "All"]
    assert test.segmented_control(key="files").value == "Shown"


def test_a_file_of_what_is_shown_holds_those_events_and_the_tracks_of_the_people_chosen():
    shown = saved({"crew": ["ann"], "at": ["D3T12:00"]}, whole=False)
    features = json.loads(shown["GeoJSON"][1])["features"]
    assert [one["id"] for one in features if "person" not in one["properties"]] == ["b1", "b2", "b3", "b4", "b7"]
    assert {one["properties"]["person"] for one in features if "person" in one["properties"]} == {"ann"}
    assert "<name>Tracks</name>" in shown["KML"][1]


def test_a_file_of_the_whole_story_holds_every_event_whatever_is_shown():
    story = read_story(CASES / "small")
    whole = saved({"crew": ["ann"], "at": ["D1"]}, whole=True)
    assert len(whole["CSV"][1].splitlines()) == 1 + len(story.events)
    features = json.loads(whole["GeoJSON"][1])["features"]
    assert len([one for one in features if "person" not in one["properties"]]) == len(story.events)


def test_the_name_of_a_file_says_whether_it_is_the_whole_story():
    assert [name for name, _ in saved({}, whole=True).values()] == ["small.csv", "small.geojson", "small.kml"]
    assert next(name for name, _ in saved({}, whole=False).values()) == "small-shown.csv"


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("heat", "heat"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "story"),
        ("Ω", "story"),
        ("con", "story-con"),
        ("a" * 300, "a" * 60),
        ("x\r\ny.exe", "x-y-exe"),
        ("-rf", "rf"),
    ],
)
def test_the_name_of_a_file_is_safe_on_any_system(story, name):
    assert file_name(story) == name
