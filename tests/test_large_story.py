"""A folder whose events are with an engine is a story like any other, but for its events."""

import pytest

from geo.errors import StoryError
from geo.story import find_story, read_story

TOML = '[clock]\nkind = "calendar"\n\n[events]\nsource = "{}"\ncount = 3_000_000\n\n[groups.crew]\nlabel = "Crew"\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "story.toml").write_text(TOML.format("events.parquet"))
    return tmp_path


def test_it_is_found_and_opens_without_its_events(folder):
    story = read_story(find_story(folder))
    assert story.meta.events.source == "events.parquet"
    assert (len(story.events), len(story.places), story.rows, story.faults) == (0, 0, 3_000_000, ())


def test_its_frames_have_the_columns_of_any_story(folder):
    large, small = read_story(folder), read_story(find_story("heat"))
    for table in ("events", "places", "people"):
        own, other = getattr(large, table).dtypes, getattr(small, table).dtypes
        assert own.equals(other[own.index])


def test_it_has_people_where_there_are_some(folder):
    (folder / "people.csv").write_text("id,name,group\nann,Ann,crew\n")
    assert read_story(folder).people["name"].tolist() == ["Ann"]


def test_its_csv_of_events_is_not_read(folder):
    (folder / "story.toml").write_text(TOML.format("events.csv"))
    with (folder / "events.csv").open("wb") as file:
        file.truncate(10**9)
    assert read_story(folder).faults == ()


def test_a_source_with_a_password_opens_nothing_and_says_why(folder):
    (folder / "story.toml").write_text(TOML.format("postgres://me:geheim@host/db"))
    with pytest.raises(StoryError) as refused:
        read_story(folder)
    assert "has a password in it" in " ".join(map(str, refused.value.faults))
