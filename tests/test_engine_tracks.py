import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.bounded import bounded
from geo.engine import connect, facts
from geo.engine_tracks import count_of, story_of
from geo.errors import GeoError
from geo.story import read_story
from geo.synthetic import write_synthetic
from geo.track import legs, whereabouts
from geo.whole_story import everything, whole_story


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large") / "story"
    write_synthetic(folder, 3_000)
    story = read_story(folder)
    events = connect(story.meta.events, folder)
    return story, events, whole_story(story, bounded(everything(events, 10_000), 60))


def busiest(whole, count):
    return whole.events["people"].explode().value_counts().head(count).index.tolist()


def without_place_ids(frame):
    return frame.drop(columns=[name for name in frame if name.endswith("place")])


def test_the_legs_of_the_chosen_are_those_of_the_whole_story(large):
    story, events, whole = large
    chosen = busiest(whole, 3)
    part = story_of(story, events, chosen, 60)
    assert 0 < len(part.events) < len(whole.events)
    for person in chosen:
        expected = without_place_ids(legs(whole, person))
        assert len(expected)
        pd.testing.assert_frame_equal(without_place_ids(legs(part, person)), expected)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.0])
def test_they_are_counted_without_being_read(large, share):
    story, events, whole = large
    chosen, interval = busiest(whole, 3), (story.meta.events.first, share * story.meta.events.last)
    interval = (interval[0], max(interval))
    part = story_of(story, events, chosen, 60, interval=interval)
    assert count_of(events, chosen, 60, interval=interval) == len(part.events)


def test_a_track_of_an_interval_has_its_events_alone(large):
    story, events, whole = large
    chosen = busiest(whole, 2)
    first, last = whole.events["at"].quantile([0.25, 0.5])
    part = story_of(story, events, chosen, 60, interval=(first, last))
    named = whole.events["people"].map(lambda people: not {*people}.isdisjoint(chosen))
    at, until = whole.events["at"], whole.events["until"]
    under_way = (at <= last) & ((at >= first) | (until > at) & (until > first))
    assert part.events["id"].tolist() == whole.events["id"][named & under_way].tolist()


@given(st.floats(-0.1, 1.1))
@settings(max_examples=8)
def test_the_chosen_are_where_they_are_in_the_whole_story(large, share):
    story, events, whole = large
    chosen = busiest(whole, 3)
    part = story_of(story, events, chosen, 60, source=facts(events, story.meta.events))
    t = story.meta.events.first + share * (story.meta.events.last - story.meta.events.first)
    expected = without_place_ids(whereabouts(whole, t, chosen))
    pd.testing.assert_frame_equal(without_place_ids(whereabouts(part, t, chosen)), expected)


def test_people_without_events_have_not_been_seen(large):
    story, events, _ = large
    part = story_of(story, events, ["nobody"], 60)
    assert legs(part, "nobody").empty
    assert set(whereabouts(part, story.meta.events.last)["status"]) == {"not_seen_yet"}


def test_a_track_of_nobody_is_refused(large):
    story, events, _ = large
    with pytest.raises(GeoError, match="nobody is chosen; choose"):
        story_of(story, events, [], 60)


def test_a_track_of_too_many_events_is_refused(large, monkeypatch):
    monkeypatch.setattr("geo.engine_tracks.MOST_EVENTS", 2)
    story, events, whole = large
    with pytest.raises(GeoError, match="more than 2 events; choose fewer people"):
        story_of(story, events, busiest(whole, 3), 60)
    with pytest.raises(GeoError, match="more than 2 events"):
        count_of(events, busiest(whole, 3), 60)
