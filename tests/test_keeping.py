import threading

import pytest

from dashboard import keeping
from dashboard.keeping import Names, Refused
from geo.story import read_files
from tests import stories


@pytest.fixture
def files(tmp_path):
    return read_files(stories.folder(tmp_path / "story"))


@pytest.fixture
def named():
    named = keeping.names()
    yield named
    keeping.forget(named.id)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "saved"))
    return tmp_path / "saved"


def test_a_story_is_found_under_its_id_until_it_is_forgotten(files, named):
    keeping.keep(named.id, files)
    assert keeping.find(named.id).files == files
    keeping.forget(named.id)
    assert keeping.find(named.id) is None


def test_ids_and_keys_are_128_bits_and_never_the_same():
    drawn = {name for _ in range(200) for name in keeping.names()}
    assert len(drawn) == 400
    assert all(keeping.TOKEN.fullmatch(name) for name in drawn)


def test_the_draft_used_longest_ago_makes_room(files, monkeypatch):
    monkeypatch.setenv("CASEBOARD_MOST_STORIES", "2")
    one, two, three = (keeping.names().id for _ in range(3))
    for name in (one, two):
        keeping.keep(name, files)
    assert keeping.find(one)
    keeping.keep(three, files)
    assert [keeping.find(name) is None for name in (one, two, three)] == [False, True, False]
    for name in (one, three):
        keeping.forget(name)


def test_a_draft_that_is_too_large_is_refused_in_words(named, monkeypatch):
    monkeypatch.setenv("CASEBOARD_MOST_UPLOAD_MB", "1")
    with pytest.raises(Refused, match="at most 10 MB"):
        keeping.keep(named.id, {"events.csv": b"x" * (11 * 1024 * 1024)})


def test_a_host_without_a_folder_saves_nothing(files, named, monkeypatch):
    monkeypatch.delenv(keeping.VARIABLE, raising=False)
    with pytest.raises(Refused, match="download the story"):
        keeping.save(named, files)


def test_a_saved_story_is_there_for_another_process(files, named, folder):
    keeping.save(named, files)
    assert keeping.find(named.id).files == files
    assert {path.suffix for path in folder.iterdir()} == {".zip", ".key"}


def test_a_saved_story_is_read_again_when_it_is_replaced(files, named, folder):
    keeping.save(named, files)
    before = keeping.find(named.id)
    assert keeping.find(named.id) is before
    keeping.save(named, {**files, "events.csv": b"id,title,start\ne1,Only,D1\n"})
    assert keeping.find(named.id).files["events.csv"] == b"id,title,start\ne1,Only,D1\n"


def test_only_the_key_of_a_saved_story_replaces_it(files, named, folder):
    keeping.save(named, files)
    assert keeping.unlocks(named)
    assert not keeping.unlocks(Names(named.id, "x" * 22))
    with pytest.raises(Refused, match="another key"):
        keeping.save(Names(named.id, "x" * 22), {})
    assert keeping.find(named.id).files == files


def test_the_key_itself_is_not_in_the_folder(files, named, folder):
    keeping.save(named, files)
    assert not [path for path in folder.iterdir() if named.key.encode() in path.read_bytes()]


def test_a_host_keeps_so_many_stories_and_no_more(files, folder, monkeypatch):
    monkeypatch.setenv("CASEBOARD_MOST_SAVED", "1")
    first = keeping.names()
    keeping.save(first, files)
    keeping.save(first, files)
    with pytest.raises(Refused, match="at most 1"):
        keeping.save(keeping.names(), files)


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "x" * 21, "x" * 23, "é" * 22, "{{7*7191}}" * 2 + "ab"])
def test_what_is_no_id_is_no_path(name, files, folder):
    assert keeping.find(name) is None
    with pytest.raises(Refused):
        keeping.save(Names(name, "k"), files)


def test_a_broken_file_in_the_folder_is_no_story(named, folder):
    folder.mkdir()
    (folder / f"{named.id}.zip").write_bytes(b"PK\x03\x04 half")
    assert keeping.find(named.id) is None


def test_a_folder_that_cannot_be_written_is_said(files, named, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "file" / "below"))
    with pytest.raises(Refused, match="could not be saved"):
        keeping.save(named, files)


def test_many_savers_at_once_leave_one_whole_story(files, named, folder):
    each = [{**files, "events.csv": f"id,title,start\ne1,Title {n},D1\n".encode()} for n in range(12)]
    threads = [threading.Thread(target=keeping.save, args=(named, one)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert keeping.find(named.id).files in each
    assert len(list(folder.iterdir())) == 2
