import json

import pytest

from dashboard.checking import check_file
from geo.doctor import examined
from geo.making import made
from geo.mapping import recognised
from geo.reading import read_raw
from geo.report import as_json
from geo.story import read_story
from tests import hostile

FORBIDDEN = ("50337", "Traceback", "jinja2.utils", "\x1b", "root:")

each = pytest.mark.parametrize("case", [*hostile.ALL, *hostile.FEATURES], ids=lambda case: case.name)


def output(case):
    return json.dumps(as_json(examined(case.content, case.file)), allow_nan=False, ensure_ascii=False)


@each
def test_a_hostile_file_has_the_exit_code_that_is_right_for_it(case):
    assert examined(case.content, case.file).exit_code == case.code


@each
def test_its_rows_are_kept_or_flagged_as_is_right(case):
    report = examined(case.content, case.file)
    assert report.kept + report.flagged == report.rows
    assert report.kept == (report.kept if case.kept is None else case.kept)
    assert report.flagged == (report.flagged if case.flagged is None else case.flagged)


@each
def test_whatever_is_wrong_or_unusual_is_said_in_a_sentence(case):
    report = examined(case.content, case.file)
    said = "\n".join([*report.notices, *map(str, report.faults)])
    assert [words for words in case.says if words not in said] == []
    assert report.faults or case.code == 0


@each
def test_nothing_in_it_is_run_opened_or_obeyed(case):
    said = output(case)
    assert [text for text in FORBIDDEN if text in said] == []


@each
def test_the_command_prints_one_object_and_the_same_code(case, tmp_path, capsys):
    path = tmp_path / f"a.{case.file.rsplit('.', 1)[-1] if case.file.endswith(('.geojson', '.txt')) else 'csv'}"
    path.write_bytes(case.content)
    assert check_file(path, as_json=True) == case.code
    document = json.loads(capsys.readouterr().out)
    assert document["kept"] + document["flagged"] == document["rows"]
    assert check_file(path) == case.code
    said = capsys.readouterr().out
    assert said.strip()
    assert all(sign.isprintable() or sign == "\n" for sign in said)


@each
def test_what_is_kept_becomes_a_story_without_faults(case):
    raw = read_raw(case.content, case.file)
    if case.code == 2:
        return
    draft = made(raw, recognised(raw))
    story = read_story(draft.files, id="mine")
    assert [str(fault) for fault in story.faults] == []
    assert len(story.events) == len(raw.cells)
    texts = {text for name in story.events for text in story.events[name].astype(str)}
    texts |= {*story.events.columns, *story.people["name"], *story.places["name"]}
    assert [text for text in case.texts if text not in texts] == []


def test_a_text_that_is_cut_is_cut_at_the_limit():
    [case] = [case for case in hostile.ALL if case.name == "a text without an end"]
    raw = read_raw(case.content, case.file)
    assert len(raw.cells[0][2]) == 2_000


def test_the_name_of_a_file_is_shown_and_leads_nowhere():
    for name in hostile.NAMES:
        report = examined(hostile.table(), name)
        assert "/" not in report.file
        assert report.file.isprintable()
        assert all(fault.file == report.file for fault in report.faults)
