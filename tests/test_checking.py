import json
import subprocess
import sys

import pytest

from dashboard.checking import check_file
from tests import stories
from tests.serving import ROOT

SOUND = "who,what,place,when,lat,lon\nAnn,met,Paris,2021-05-01,48.85,2.35\n"


def check(capsys, path, as_json=False):
    code = check_file(path, as_json)
    return code, capsys.readouterr().out


def table(tmp_path, text, name="mine.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_table_is_one_sentence(tmp_path, capsys):
    assert check(capsys, table(tmp_path, SOUND)) == (0, "mine.csv: 1 of 1 row kept, 0 flagged\n")


def test_faults_notices_and_names_that_may_be_one_stand_under_each_other(tmp_path, capsys):
    text = "who,what,place,when\nNeil McCauley,a,Paris,soon\nNeil; Ann,b,Rome,2021-05-01\n"
    code, said = check(capsys, table(tmp_path, text))
    assert code == 1
    assert said.splitlines() == [
        "mine.csv row 2: when 'soon' is not a date that can be read; write it like '1995-10-03T11:30', "
        "'3 October 1995' or '1995-10', or leave the cell empty",
        "How it was read:",
        "- Cells of 'who' that hold several names were split at ';'.",
        "- 'Paris' and 1 more have no coordinates yet: the geocoding desk finds them.",
        "May be one:",
        "- 'Neil McCauley' and 'Neil': 'Neil' is part of no other name",
        "mine.csv: 1 of 2 rows kept, 1 flagged",
    ]


def test_what_cannot_be_read_says_so_in_a_sentence(tmp_path, capsys):
    code, said = check(capsys, table(tmp_path, ""))
    assert code == 2
    assert said.splitlines()[-1] == "mine.csv: this cannot be read as a story, 0 of 0 rows flagged"
    assert "the file is empty" in said


def test_a_file_that_is_not_there_is_a_sentence(tmp_path, capsys):
    code, said = check(capsys, tmp_path / "none.csv")
    assert (code, said.splitlines()[0]) == (
        2,
        "none.csv: the file cannot be read (No such file or directory); check its name",
    )


@pytest.mark.parametrize("text", [SOUND, "", "who,when\nAnn,soon\n", "prose\nalone\n"])
def test_json_is_one_object_whatever_the_file(tmp_path, capsys, text):
    path = table(tmp_path, text)
    code, said = check(capsys, path, as_json=True)
    document = json.loads(said)
    assert {"rows", "kept", "flagged", "notices", "faults", "merges"} <= document.keys()
    assert document["kept"] + document["flagged"] == document["rows"]
    assert code == check(capsys, path)[0]


def test_a_story_folder_is_said_as_ever(tmp_path, capsys):
    places = "id,name,lat,lon\ncafe,Café,53.55,9.99\npier,Pier,53.54,9.95\n"
    folder = stories.folder(tmp_path / "s", people="id,name\nann,Ann\nbo,Bo\n", places=places)
    assert check(capsys, folder) == (0, "s: 2 of 2 event rows read, 0 faults\n")
    code, said = check(capsys, folder, as_json=True)
    assert (code, json.loads(said)["rows"], json.loads(said)["kept"]) == (0, 6, 6)


def test_the_doubts_about_a_story_are_notices_of_its_json(tmp_path, capsys):
    folder = stories.folder(tmp_path / "s")
    document = json.loads(check(capsys, folder, as_json=True)[1])
    assert any("nothing happens at Hideout" in notice for notice in document["notices"])


def test_a_folder_without_a_story_is_refused(tmp_path, capsys):
    code, said = check(capsys, tmp_path)
    assert (code, bool(said)) == (2, True)
    assert json.loads(check(capsys, tmp_path, as_json=True)[1])["rows"] == 0


def test_a_terminal_obeys_nothing_that_a_file_says(tmp_path, capsys):
    said = check(capsys, table(tmp_path, "who,when,{{7*7191}}\n\x1b[31mAnn,\x9bsoon‮,x\n"))[1]
    assert all(sign.isprintable() or sign == "\n" for sign in said)
    assert "50337" not in said


def test_a_table_is_checked_without_what_draws_pages():
    code = "import sys, dashboard.checking, geo.doctor; print({'streamlit', 'folium', 'openpyxl'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_nothing_is_said_but_what_was_found():
    # Where Spark is installed libraries load it, and it would tell every user that it does not know their pandas yet.
    command = [sys.executable, "-m", "dashboard", "check", "heat"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == ""
