"""The command that finds coordinates, as an author meets it, against a real server on this machine."""

import re
import signal
import subprocess
import sys

import pytest

from dashboard.geocoding import geocode_file
from geo.archive import archive
from geo.errors import GeocodingError, StoryError
from geo.reading import read_raw
from geo.story import read_files, read_story
from tests import stories
from tests.fake_nominatim import Scripted, fake_nominatim, place, places

SECONDS = 60
EVENTS = "id,title,start,place\ne1,One,D1,station\n"
PLACES = "id,name,query,lat,lon,precision\nstation,Firestone station,,,,\ncafe,Café,,34.05,-118.25,\n"
TABLE = "who,where,when,lat,lon\nAnn,Firestone station,1 May 2021,,\nBob,Pier,2 May 2021,34.01,-118.5\n"


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def story(tmp_path):
    return stories.folder(tmp_path / "s", events=EVENTS, places=PLACES)


def at(fake, monkeypatch):
    """Names a server on this machine, as an author names their own."""
    monkeypatch.setenv("CASEBOARD_GEOCODER_NOMINATIM_DOMAIN", fake.domain)
    monkeypatch.setenv("CASEBOARD_GEOCODER_NOMINATIM_SCHEME", "http")


def here(name, lat=34.0, lon=-118.2):
    return places(place(name, lat, lon, **{"class": "amenity", "type": "bar"}))


def test_the_places_of_a_story_are_written_with_where_they_come_from(story, capsys):
    assert geocode_file(story) == 0
    station = read_story(story).places.set_index("id").loc["station"]
    assert station["lat"] == pytest.approx(33.9597, abs=0.002)
    assert (station["geocoder"], station["basis"]) == ("los_angeles", "gazetteer")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", station["checked"])
    assert "1 of 1 toponym sure, written to" in capsys.readouterr().out


def test_a_story_in_a_zip_is_read_and_its_places_are_written_beside_it(story, tmp_path):
    packed = tmp_path / "s.zip"
    packed.write_bytes(archive(read_files(story)))
    assert geocode_file(packed, output=tmp_path / "out.csv") == 0
    assert "los_angeles" in (tmp_path / "out.csv").read_text("utf-8")


def test_a_table_comes_back_with_its_coordinates(tmp_path):
    (tmp_path / "x.csv").write_text(TABLE, "utf-8")
    assert geocode_file(tmp_path / "x.csv", output=tmp_path / "out.csv") == 0
    raw = read_raw((tmp_path / "out.csv").read_bytes(), "out.csv")
    assert raw.header == ("who", "where", "when", "lat", "lon", "radius_m", "geocoder", "answer", "checked")
    assert [row[:3] for row in raw.cells] == [
        ("Ann", "Firestone station", "1 May 2021"),
        ("Bob", "Pier", "2 May 2021"),
    ]
    assert float(raw.cells[0][3]) == pytest.approx(33.9597, abs=0.002)
    assert raw.cells[1][3:] == ("34.01", "-118.5", "", "", "", "")


def test_a_table_is_never_written_to_itself(tmp_path):
    (tmp_path / "x.csv").write_text(TABLE, "utf-8")
    with pytest.raises(GeocodingError, match="name the file to write with -o"):
        geocode_file(tmp_path / "x.csv")


def test_a_folder_that_is_not_there_is_said_before_anything_is_asked(story, monkeypatch, tmp_path):
    (story / "places.csv").write_text("id,name\nstation,Harbour bar\n", "utf-8")
    with fake_nominatim() as fake:
        at(fake, monkeypatch)
        with pytest.raises(FileNotFoundError):
            geocode_file(story, service="nominatim", output=tmp_path / "no" / "out.csv")
    assert fake.asked == []


def test_a_file_that_is_no_story_is_refused(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"\x1f\x8b\x08abc")
    with pytest.raises(StoryError):
        geocode_file(tmp_path / "x.csv", output=tmp_path / "out.csv")


def test_where_nothing_says_the_city_the_author_chooses_and_nothing_is_written(tmp_path, capsys):
    (tmp_path / "x.csv").write_text("who,where,when\nAnn,Firestone station,1 May 2021\n", "utf-8")
    assert geocode_file(tmp_path / "x.csv", output=tmp_path / "out.csv") == 1
    assert "choose" in (said := capsys.readouterr().out)
    assert "name the study area" in said
    assert not (tmp_path / "out.csv").exists()


def test_the_study_area_may_be_named(tmp_path):
    (tmp_path / "x.csv").write_text("who,where,when\nAnn,Firestone station,1 May 2021\n", "utf-8")
    assert geocode_file(tmp_path / "x.csv", area="Los Angeles", output=tmp_path / "out.csv") == 0
    (tmp_path / "out.csv").unlink()
    assert geocode_file(tmp_path / "x.csv", area="12,45,13,46", output=tmp_path / "out.csv") == 1
    assert not (tmp_path / "out.csv").exists()


def test_a_service_that_is_named_is_asked_for_the_rest_and_its_terms_are_told(story, monkeypatch, capsys):
    (story / "places.csv").write_text("id,name\nstation,Harbour bar\n", "utf-8")
    with fake_nominatim({"Harbour bar": here("Harbour bar, San Pedro")}) as fake:
        at(fake, monkeypatch)
        assert geocode_file(story, service="nominatim", contact="me@example.org") == 0
        assert "(me@example.org)" in fake.asked[0].headers["User-Agent"]
    assert "© OpenStreetMap contributors" in capsys.readouterr().out
    station = read_story(story).places.set_index("id").loc["station"]
    assert (station["answer"], station["basis"]) == ("Harbour bar, San Pedro", "geocoding service")
    assert "ODbL" in station["source"]


def test_the_public_server_is_not_asked_without_a_contact(story):
    with pytest.raises(GeocodingError, match="whom to write to"):
        geocode_file(story, service="nominatim")


def test_a_refusal_is_told_with_when_to_go_on_and_what_was_found_is_written(story, monkeypatch, capsys):
    table = PLACES + "bar,Harbour bar,,,,\n"
    (story / "places.csv").write_text(table, "utf-8")
    with fake_nominatim({"Harbour bar": Scripted("{}", 429, {"Retry-After": "3600"})}) as fake:
        at(fake, monkeypatch)
        assert geocode_file(story, service="nominatim") == 1
    said = capsys.readouterr().out
    assert "1 toponym later" in said
    assert "too many requests" in said
    assert "the same command goes on" in said
    assert read_story(story).places.set_index("id").loc["station", "geocoder"] == "los_angeles"


def test_markup_and_control_characters_in_a_name_are_text(story, capsys):
    (story / "places.csv").write_text('id,name\nstation,"[bold]x[/bold]\x1b[31mred"\n', "utf-8")
    assert geocode_file(story) == 1
    assert "[bold]x[/bold]" in (said := capsys.readouterr().out)
    assert "\x1b" not in said


PROGRAM = """
import sys
from pathlib import Path
from dashboard.geocoding import geocode_file
sys.exit(geocode_file(Path(sys.argv[1]), service="nominatim"))
"""


def test_ctrl_c_keeps_every_answer_writes_what_is_sure_and_says_how_to_go_on(story, monkeypatch):
    (story / "places.csv").write_text("id,name\nstation,Harbour bar\nb,Hills motel\n", "utf-8")
    script = {"Harbour bar": here("Bar"), "Hills motel": [Scripted(hang=True), Scripted(hang=True), here("Motel")]}
    with fake_nominatim(script) as fake:
        at(fake, monkeypatch)
        command = [sys.executable, "-c", PROGRAM, str(story)]
        # A suite that runs in the background hands on that Ctrl+C is ignored.
        heeds = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **heeds)
        assert fake.heard("Hills motel", SECONDS)
        run.send_signal(signal.SIGINT)
        said, _ = run.communicate(timeout=SECONDS)
        assert run.returncode == 1
        assert "Stopped, 1 toponym not asked for yet. Every answer is kept: the same command goes on." in said
        assert read_story(story).places["geocoder"].tolist() == ["nominatim", ""]
        assert subprocess.run(command, capture_output=True, timeout=SECONDS).returncode == 0
    assert read_story(story).places["answer"].tolist() == ["Bar", "Motel"]
    assert fake.toponyms().count("Harbour bar") == 1
