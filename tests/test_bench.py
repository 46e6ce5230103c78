import pytest

from geo.story import read_story
from tests.bench import measure, synthetic


def test_a_synthetic_story_is_the_same_every_time():
    assert synthetic.points(50) == synthetic.points(50)


@pytest.mark.parametrize("events", [1, 200])
def test_a_synthetic_story_is_read_without_a_fault(tmp_path, events):
    story = read_story(synthetic.write_story(tmp_path / "story", events))
    assert story.faults == ()
    assert len(story.events) == events


def test_synthetic_events_keep_the_time_they_were_made_with(tmp_path):
    made = synthetic.points(100)
    story = read_story(synthetic.write_story(tmp_path / "story", 100))
    assert sorted(story.events["at"] - synthetic.DAY) == [point.at for point in made]


def test_the_95th_percentile_of_one_value_is_that_value():
    assert measure.timing([4.0]) == measure.Timing(4.0, 4.0, 4.0)


def test_frames_that_come_every_ten_milliseconds_are_a_hundred_a_second():
    assert measure.motion([0.0, 10.0, 20.0, 30.0]).fps == pytest.approx(100)


def test_a_table_reads_as_plain_text_and_as_markdown():
    assert measure.table(["a", "b"], [["long one", 2]]) == "| a        | b |\n|----------|---|\n| long one | 2 |"
