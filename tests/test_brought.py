import pytest

from geo.archive import archive
from geo.brought import brought, title_of
from geo.errors import StoryError
from geo.story import read_files, read_story
from tests import stories

TABLE = b"who,where,when,what,lat,lon\nAnn,Pier,2021-05-01,met,53.5,9.9\nBob,Pier,soon,left,,\n"


def test_a_table_becomes_the_files_of_a_story_with_what_was_made_of_it():
    told = brought(TABLE, "a_case.csv")
    story = read_story(told.files, id="mine")
    assert (story.meta.title, len(story.events), story.faults) == ("A case", 2, ())
    assert [fault.row for fault in told.faults] == [3]
    assert told.mapping.of("who") == ("who",)


def test_a_story_in_a_zip_is_that_story(tmp_path):
    files = read_files(stories.folder(tmp_path / "s"))
    told = brought(archive(files), "s.zip")
    assert (told.files, told.raw, told.faults) == (files, None, ())


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08abc", b"a,b\n1,2\n3,4\n", b"PK\x03\x04 half a zip"])
def test_what_is_no_story_is_refused_with_its_faults(content):
    with pytest.raises(StoryError) as refusal:
        brought(content, "x.csv")
    assert refusal.value.faults


@pytest.mark.parametrize(
    ("name", "title"), [("my_case-2.csv", "My case 2"), (".csv", "My story"), ("a.b.csv", "A.b"), ("x", "X")]
)
def test_a_title_is_made_of_the_name_of_the_file(name, title):
    assert title_of(name) == title
