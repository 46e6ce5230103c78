import json
import re
import socket

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.ports import FIRST_PORT, free_port, is_free
from geo.story import bundled, read_story
from geo.tables import EVENTS, read_table
from tests import stories
from tests.cases.write import CASES

SMALL = str(CASES / "small")


def run(*arguments):
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


def test_help_names_every_command_and_the_exit_codes():
    said = run("--help").output
    assert {"check", "export", "geocode", "open"} <= set(re.findall(r"^  (\w+)  ", said, re.MULTILINE))
    assert "Exit codes: 0 all is well, 1 something is wrong with the story, 2" in said


@pytest.mark.parametrize("command", ["open", "check", "geocode", "export", "new"])
def test_every_command_explains_itself_on_lines_of_eighty_characters(command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert max(map(len, done.output.splitlines())) <= 80
    assert "STORY" in done.output or "DIR" in done.output


def test_a_sound_story_passes_its_check(tmp_path):
    places = "id,name,lat,lon\ncafe,Café,53.55,9.99\npier,Pier,53.54,9.95\n"
    done = run("check", stories.folder(tmp_path / "s", people="id,name\nann,Ann\nbo,Bo\n", places=places))
    assert (done.exit_code, done.output) == (0, "s: 2 of 2 event rows read, 0 faults\n")


def test_doubts_stand_under_a_heading_of_their_own_and_leave_the_exit_code():
    done = run("check", SMALL)
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        "Doubts: what can be read, but hardly be true",
        "events.csv row 5: Harbour guard is at Pier 9 and at Harbour office at once (since row 4, 'b3'); "
        "correct a time, a place, or who is there",
        "",
        "small: 8 of 8 event rows read, 0 faults, 1 doubt",
    ]


def test_faults_stand_above_the_doubts_and_fail_the_check(tmp_path):
    folder = stories.folder(tmp_path / "s", events="id,title,start,place\ne1,One,soon,cafe\n")
    done = run("check", folder)
    assert done.exit_code == 1
    assert done.output.index("events.csv row 2") < done.output.index("Doubts:") < done.output.index("places.csv row 3")
    assert "Doubts alone leave the exit code at 0." in run("check", "--help").output


@pytest.mark.parametrize("name", bundled())
def test_every_built_in_story_passes_its_check(name):
    assert run("check", name).exit_code == 0


def test_a_check_lists_every_fault_of_every_file_at_once(tmp_path):
    folder = stories.folder(
        tmp_path / "s",
        events="id,title,start,place,people\ne1,One,D1,kafe,ann\ne2,Two,soon,cafe,nobody\n",
        places="id,name,lat,lon\ncafe,Café,153,9\n",
    )
    done = run("check", folder)
    assert done.exit_code == 1
    assert "events.csv row 2: place 'kafe' is not in places.csv; did you mean 'cafe'?" in done.output
    assert {line.split(":")[0] for line in done.output.splitlines()} >= {"events.csv row 2", "events.csv row 3"}
    assert "places.csv row 2: lat '153'" in done.output


def test_a_check_of_a_story_with_nothing_to_open_fails_and_says_why(tmp_path):
    done = run("check", stories.folder(tmp_path / "s", events="id,title,start\n"))
    assert done.exit_code == 2
    assert "no event that can be read" in done.output


@pytest.mark.parametrize("command", ["open", "check", "geocode"])
def test_a_story_that_is_not_there_is_a_mistake_of_usage(command):
    done = run(command, "no-such-story")
    assert done.exit_code == 2
    assert "there is no story 'no-such-story'" in done.output


def test_a_terminal_gets_no_control_characters_of_a_file(tmp_path):
    folder = stories.folder(tmp_path / "s", events="id,title,start\ne1,One,D1\ne2,Two,\x1b[31mred\u202e\n")
    assert "\x1b" not in run("check", folder).output
    assert "\u202e" not in run("check", folder).output


def test_exported_csv_holds_every_event(tmp_path):
    done = run("export", SMALL, "-o", tmp_path / "out.csv")
    assert (done.exit_code, "8 events written" in done.output) == (0, True)
    table = read_table((tmp_path / "out.csv").read_bytes(), EVENTS, "out.csv")
    assert table.frame["id"].tolist() == read_story(CASES / "small").events["id"].tolist()


def test_exported_geojson_holds_every_event(tmp_path):
    assert run("export", SMALL, "-o", tmp_path / "out.GeoJSON").exit_code == 0
    features = json.loads((tmp_path / "out.GeoJSON").read_text("utf-8"))["features"]
    assert len([one for one in features if "title" in one["properties"]]) == 8
    assert {one["geometry"]["type"] for one in features if "times" in one["properties"]} == {"LineString"}


def test_a_story_is_written_as_one_file_that_names_no_other(tmp_path):
    assert run("export", SMALL, "-o", tmp_path / "out.html").exit_code == 0
    text = (tmp_path / "out.html").read_text("utf-8")
    assert text.startswith("<!doctype html>")
    assert not re.search(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text)


def test_an_export_until_an_event_holds_nothing_later(tmp_path):
    story = read_story(CASES / "small")
    first, last = story.events.iloc[0], story.events.iloc[-1]
    assert run("export", SMALL, "-o", tmp_path / "out.csv", "--until", first["id"]).exit_code == 0
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert (first["title"] in text, last["title"] in text) == (True, False)
    done = run("export", SMALL, "-o", tmp_path / "out.csv", "--until", "nothing")
    assert (done.exit_code, "there is no event 'nothing'" in done.output) == (2, True)


def test_an_export_of_a_link_holds_exactly_what_it_shows(tmp_path):
    done = run("export", SMALL, "-o", tmp_path / "out.csv", "--link", "http://h.example/?crew=cy&at=D3T12:00")
    assert (done.exit_code, "3 events written" in done.output) == (0, True)
    done = run("export", SMALL, "-o", tmp_path / "out.csv", "--link", "?crew=nobody")
    assert (done.exit_code, 'crew "nobody"' in done.output) == (2, True)


@pytest.mark.parametrize("name", ["out.xlsx", "out", ".csv"])
def test_an_export_of_another_kind_is_a_mistake_of_usage(name, tmp_path):
    done = run("export", SMALL, "-o", tmp_path / name)
    assert done.exit_code == 2
    assert "must end in .html, .csv, .geojson, .kml" in done.output


def test_an_export_into_no_folder_fails_in_one_sentence(tmp_path):
    done = run("export", SMALL, "-o", tmp_path / "no" / "out.csv")
    assert done.exit_code == 1
    assert "cannot be written: No such file or directory" in done.output


def test_a_story_with_faults_is_exported_and_said_to_have_some(tmp_path):
    folder = stories.folder(tmp_path / "s", events="id,title,start,place\ne1,One,D1,nowhere\n")
    done = run("export", folder, "-o", tmp_path / "out.csv")
    assert done.exit_code == 0
    assert "1 fault in the files of the story; run: caseboard check" in done.stderr


def test_the_default_port_is_the_first_free_one():
    free = free_port("127.0.0.1")
    assert free >= FIRST_PORT
    with socket.create_server(("127.0.0.1", free)):
        assert free_port("127.0.0.1") > free


def test_a_port_in_use_is_said_before_anything_starts():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not is_free("127.0.0.1", port)
        done = run("open", SMALL, "--no-browser", "--port", port)
    assert done.exit_code == 1
    assert f"port {port} of 127.0.0.1 is in use" in done.output


PLACES_TO_FIND = (
    "id,name,query,lat,lon,radius_m,precision\n"
    "station,Firestone station,,,,,\n"
    "cafe,Café,,34.05,-118.25,50,exact\n"
    "hideout,Hideout,,,,,unknown\n"
)


@pytest.fixture
def unlocated(tmp_path):
    events = "id,title,start,place\ne1,One,D1,station\ne2,Two,D2,cafe\n"
    return stories.folder(tmp_path / "s", events=events, places=PLACES_TO_FIND)


def test_a_place_without_a_coordinate_is_found_and_written_with_its_source(unlocated):
    done = run("geocode", unlocated)
    assert (done.exit_code, "1 of 1 toponym sure" in done.output) == (0, True)
    place = read_story(unlocated).places.set_index("id")
    assert place.loc["station", "lat"] == pytest.approx(33.9597, abs=0.002)
    assert place.loc["station", ["geocoder", "answer"]].tolist() == ["los_angeles", "Firestone station"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", place.loc["station", "checked"])


def test_a_coordinate_that_is_there_is_not_replaced(unlocated):
    run("geocode", unlocated)
    assert read_story(unlocated).places.set_index("id").loc["cafe", ["lat", "lon"]].tolist() == [34.05, -118.25]


def test_a_place_nobody_knows_is_not_asked_for(unlocated):
    assert "nobody knows where it is" in run("geocode", unlocated).output
    assert read_story(unlocated).places.set_index("id").loc["hideout", ["lat"]].isna().all()


def test_a_near_miss_is_a_suggestion_and_nothing_is_written(unlocated):
    before = PLACES_TO_FIND.replace("Firestone station", "Firestone staton")
    (unlocated / "places.csv").write_text(before, encoding="utf-8")
    done = run("geocode", unlocated)
    assert done.exit_code == 1
    assert "did you mean Firestone station (97)" in done.output
    assert (unlocated / "places.csv").read_text("utf-8") == before


def test_places_are_written_where_the_author_says(unlocated, tmp_path):
    assert run("geocode", unlocated, "-o", tmp_path / "found.csv").exit_code == 0
    assert "los_angeles" in (tmp_path / "found.csv").read_text("utf-8")
    assert (unlocated / "places.csv").read_text("utf-8") == PLACES_TO_FIND


@pytest.mark.parametrize("name", bundled())
def test_every_stored_coordinate_of_a_built_in_story_can_be_derived_again(name):
    done = run("geocode", name, "--check")
    assert done.exit_code == 0
    assert "too far" not in done.output


def test_a_stored_coordinate_far_from_its_query_fails_the_check(unlocated):
    places = "id,name,query,lat,lon,radius_m,precision\nstation,Station,Firestone station,34.5,-118.2,60,exact\n"
    (unlocated / "places.csv").write_text(places, encoding="utf-8")
    done = run("geocode", unlocated, "--check")
    assert (done.exit_code, "too far" in done.output) == (1, True)


def test_a_built_in_story_is_not_written_to():
    done = run("geocode", next(iter(bundled())))
    assert (done.exit_code, "name a file with -o" in done.output) == (2, True)


def test_a_service_nobody_knows_is_a_mistake_of_usage(unlocated, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    done = run("geocode", unlocated, "--service", "nominatin")
    assert (done.exit_code, "did you mean nominatim" in done.output) == (2, True)


def test_markup_and_control_characters_in_a_name_are_text(unlocated):
    places = 'id,name\ncafe,"[bold]x[/bold][link=file:///x]\x1b[31mred"\nstation,S\n'
    (unlocated / "places.csv").write_text(places, encoding="utf-8")
    said = run("geocode", unlocated).output
    assert "[bold]x[/bold][link=file:///x]" in said
    assert "\x1b" not in said


TABLE = "who,where,when,what,lat,lon\nAnn,Pier,2021-05-01,met,53.5,9.9\nBob,Pier,soon,left,,\n"


def test_a_spreadsheet_is_checked_by_its_own_rows(tmp_path):
    (tmp_path / "case.csv").write_text(TABLE)
    done = run("check", tmp_path / "case.csv")
    assert done.exit_code == 1
    assert "case.csv row 3: when 'soon'" in done.output
    assert done.output.splitlines()[-1] == "case.csv: 1 of 2 rows kept, 1 flagged"


def test_a_check_as_json_is_one_object(tmp_path):
    (tmp_path / "case.csv").write_text(TABLE)
    done = run("check", tmp_path / "case.csv", "--json")
    report = json.loads(done.output)
    assert (report["rows"], report["kept"], report["flagged"], done.exit_code) == (2, 1, 1, 1)
    assert report["faults"][0].keys() == {"file", "row", "column", "value", "what", "remedy"}


def test_what_is_no_story_is_code_two_with_a_sentence(tmp_path):
    (tmp_path / "empty.csv").write_text("")
    done = run("check", tmp_path / "empty.csv")
    assert done.exit_code == 2
    assert "the file is empty" in done.output


def test_a_new_story_has_ten_rows_and_no_fault(tmp_path):
    assert run("new", tmp_path / "mine").exit_code == 0
    done = run("check", tmp_path / "mine")
    assert (done.exit_code, "10 of 10 event rows read, 0 faults" in done.output) == (0, True)


def test_a_new_story_is_never_written_over_what_is_there(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    done = run("new", tmp_path)
    assert (done.exit_code, [path.name for path in tmp_path.iterdir()]) == (2, ["notes.txt"])
    assert "is not empty" in done.output


def test_a_spreadsheet_is_written_with_the_coordinates_that_are_sure(tmp_path):
    (tmp_path / "case.csv").write_text(
        "who,where,when,what,lat,lon\nAnn,Union Station,D1,met,34.056,-118.236\nBob,Koreatown,D2,ate,,\n"
    )
    done = run("geocode", tmp_path / "case.csv", "--offline", "-o", tmp_path / "out.csv")
    assert done.exit_code == 0
    rows = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()
    assert rows[0].startswith("who,where,when,what,lat,lon,radius_m")
    assert rows[2].startswith("Bob,Koreatown,D2,ate,34.06")


def test_a_service_and_offline_are_one_too_many(tmp_path):
    folder = stories.folder(tmp_path / "s")
    done = run("geocode", folder, "--offline", "--service", "nominatim")
    assert (done.exit_code, "leave out one of the two" in done.output) == (2, True)
