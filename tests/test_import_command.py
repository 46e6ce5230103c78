"""`caseboard import`: what it says, and its exit codes."""

import json
import os
import resource
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from tests.serving import ROOT

SOUND = "who,where,when,what,lat,lon\nAnn,Union Station,2021-04-03T10:00,met,34.056,-118.236\n"
FLAGGED = SOUND + "Bob,Pier,2021-02-30,ate,34.0,-118.4\n"


@pytest.fixture
def run(tmp_path):
    def run(text, *arguments):
        path = tmp_path / "calls.csv"
        path.write_text(text)
        done = CliRunner().invoke(main, ["import", str(path), "-o", str(tmp_path / "story"), *arguments])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        return done

    return run


def test_a_sound_file_is_code_zero_and_says_how_to_open_it(run, tmp_path):
    done = run(SOUND)
    assert done.exit_code == 0
    assert f"calls.csv: 1 event of 1 row, 0 flagged; open it with: caseboard open {tmp_path / 'story'}" in done.output


def test_a_flagged_row_is_code_one_and_told_with_its_number(run):
    done = run(FLAGGED)
    assert done.exit_code == 1
    assert "1 time: when is no date" in done.output
    assert "calls.csv row 3: when '2021-02-30' is no date: there is no 30 February 2021" in done.output
    assert "2 events of 2 rows, 1 flagged" in done.output


def test_what_the_columns_became_is_said(run):
    done = run("Caller,Spot,When,Noise\nAnn,Pier,2021-03-04T10:00,7\n", "--map", "Caller=people")
    assert "- Columns: at is 'When', place is 'Spot', people is 'Caller'." in done.output
    assert "- Not used: 'Noise'; --map COLUMN=FIELD uses one." in done.output
    assert done.output.count("'Noise'") == 1
    assert "sample" not in done.output


def test_an_import_that_is_stopped_says_so_and_leaves_nothing(run, tmp_path, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("geo.importing.blocks", stopped)
    done = run(SOUND)
    assert (done.exit_code, "stopped; nothing was written" in done.output) == (130, True)
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


def test_what_is_no_table_is_code_two_and_leaves_nothing(run, tmp_path):
    done = run("")
    assert done.exit_code == 2
    assert "the file is empty" in done.output
    assert not (tmp_path / "story").exists()


def test_a_folder_in_use_is_code_two(run, tmp_path):
    (tmp_path / "story").mkdir()
    (tmp_path / "story" / "mine").write_text("1")
    done = run(SOUND)
    assert (done.exit_code, "is not empty; name a new folder" in done.output) == (2, True)


def test_json_is_what_the_folder_keeps(run, tmp_path):
    done = run(FLAGGED, "--json")
    document = json.loads(done.stdout)
    assert document == json.loads((tmp_path / "story" / "faults.json").read_text("utf-8"))
    assert (document["rows"], document["kept"], document["flagged"]) == (2, 1, 1)


def test_json_of_what_cannot_be_done_has_the_reason(run):
    done = run("", "--json")
    assert done.exit_code == 2
    assert "the file is empty" in json.loads(done.stdout)["error"]


def test_a_toponym_of_the_gazetteer_is_found_without_asking_anybody(run, tmp_path):
    done = run(SOUND + "Bob,Koreatown,2021-04-03T11:00,ate,,\n")
    assert "1 of 1 toponym without coordinates found" in done.output
    assert "Koreatown,1,1,34.0" in (tmp_path / "story" / "toponyms.csv").read_text("utf-8")


def test_people_who_may_be_one_are_told_and_stay_two(run):
    met = "Union Station,2021-04-03T10:00,met,34.056,-118.236"
    done = run(SOUND + f"ANN,{met}\nBob Coleman,{met}\nBob Colemann,{met}\n")
    assert done.output.splitlines()[-4:-1] == [
        "May be one:",
        "- 'Ann' and 'ANN': they differ in capitals, accents or signs alone",
        "- 'Bob Coleman' and 'Bob Colemann': they are spelled almost alike",
    ]


def test_names_that_may_be_one_are_not_told_without_end(run):
    names = "".join(f"{name},Pier,2021-02-20,ate,34.0,-118.4\n" for n in range(30) for name in (f"P{n} X", f"p{n} x"))
    done = run(SOUND + names)
    assert done.output.count("capitals, accents or signs alone") == 20
    assert "... and 10 more names; faults.json has them" in done.output


def test_columns_are_mapped_by_hand(run):
    assert run("a,b,c\nAnn,2021-04-03,went\n", "--map", "a=people", "--map", "b=at", "--map", "c=title").exit_code == 0


@pytest.mark.parametrize("given", ["people", "=people"])
def test_a_map_without_a_column_is_a_mistake_of_usage(run, given):
    done = run(SOUND, "--map", given)
    assert (done.exit_code, "is not COLUMN=FIELD" in done.output) == (2, True)


def test_the_order_of_dates_is_said_where_the_file_does_not_tell(run):
    text = "when,what\n03/04/2021,a\n"
    assert "--dates day or --dates month" in run(text).output
    assert run(text, "--dates", "month").exit_code == 0


def test_an_area_that_nobody_knows_is_code_two(run, tmp_path):
    done = run("where,when\nPier,2021-04-03\n", "--area", "Atlantis Nova")
    assert (done.exit_code, "is not known" in done.output, (tmp_path / "story").exists()) == (2, True, False)


def test_control_characters_of_a_file_do_not_reach_the_terminal(run):
    assert "\x1b" not in run("who,when\nAnn,\x1b[31mred\n").output


def test_help_fits_eighty_characters():
    done = CliRunner().invoke(main, ["import", "--help"])
    assert (done.exit_code, max(map(len, done.output.splitlines())) <= 80) == (0, True)


def command(tmp_path, rows, **more):
    path = tmp_path / "calls.csv"
    row = "Ann,Union Station,2021-04-03T10:00,met {},34.056,-118.236\n"
    path.write_text(SOUND + "".join(row.format(number * 7_919) for number in range(rows)))
    arguments = [sys.executable, "-W", "ignore", "-m", "dashboard", "import", str(path), "-o", str(tmp_path / "story")]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def test_a_full_disk_is_one_sentence_and_leaves_nothing(tmp_path):
    def little():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    process = command(tmp_path, 200_000, preexec_fn=little)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 2
    assert said.strip().splitlines()[-1].startswith("Error: ")
    assert "is full; nothing is left there" in said
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]


def test_ctrl_c_leaves_nothing(tmp_path):
    process = command(tmp_path, 400_000, env=os.environ | {"PYTHONUNBUFFERED": "1"})
    while not list(tmp_path.glob(".story-*")) and process.poll() is None:
        os.sched_yield()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)
    assert process.returncode not in (0, 2)
    assert [path.name for path in tmp_path.iterdir()] == ["calls.csv"]
