import os
import threading

from dashboard import shelf
from geo.story import bundled
from tests import stories


def test_without_a_name_the_built_in_stories_are_served(monkeypatch):
    monkeypatch.delenv(shelf.VARIABLE, raising=False)
    assert shelf.stories() == bundled()


def test_the_stories_named_are_served_in_their_order(tmp_path, monkeypatch):
    one, two = (stories.folder(tmp_path / name) for name in ("one", "two"))
    monkeypatch.setenv(shelf.VARIABLE, os.pathsep.join([str(two), str(one)]))
    assert list(shelf.stories()) == ["two", "one"]


def test_a_story_is_read_once_until_one_of_its_files_changes(tmp_path):
    folder = stories.folder(tmp_path / "story")
    first = shelf.opened(folder)
    assert shelf.opened(folder) is first
    stories.folder(folder, events="id,title,start\ne1,Only,D1\n")
    again = shelf.opened(folder)
    assert again.story.events["title"].tolist() == ["Only"]
    assert again.wire.digest != first.wire.digest


def test_a_file_that_a_story_is_not_read_from_changes_nothing(tmp_path):
    folder = stories.folder(tmp_path / "story")
    first = shelf.opened(folder)
    (folder / "notes.txt").write_text("to do")
    assert shelf.opened(folder) is first


def test_many_viewers_at_once_make_one_reading(tmp_path):
    folder = stories.folder(tmp_path / "story")
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(shelf.opened(folder))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(seen) == 8
    assert len({id(one) for one in seen}) == 1


def test_a_story_with_nothing_to_open_has_its_faults(tmp_path):
    opened = shelf.opened(stories.folder(tmp_path / "story", events="id,title,start\n"))
    assert opened.story is None
    assert shelf.opened(tmp_path / "gone").story is None


def test_the_address_of_a_story_changes_with_its_data(tmp_path):
    folder = stories.folder(tmp_path / "a b#c")
    opened = shelf.opened(folder)
    assert shelf.story_url(opened.story, opened.wire) == f"stories/a%20b%23c.json?v={opened.wire.digest}"


def test_a_spreadsheet_is_served_as_the_story_it_tells_with_its_faults(tmp_path, monkeypatch):
    table = tmp_path / "my case.csv"
    table.write_text("who,where,when,what\nAnn,Pier,2021-05-01,met\nBob,Pier,soon,left\n")
    monkeypatch.setenv(shelf.VARIABLE, str(table))
    assert list(shelf.stories()) == ["my case"]
    opened = shelf.find("my case")
    assert (opened.story.id, len(opened.story.events)) == ("my case", 2)
    assert [fault.row for fault in opened.faults] == [3]
    assert shelf.find("my case") is opened


def test_a_file_that_is_no_story_is_its_faults(tmp_path):
    (tmp_path / "empty.csv").write_text("")
    opened = shelf.opened(tmp_path / "empty.csv")
    assert (opened.story, len(opened.faults)) == (None, 1)
