from collections import Counter

import pytest

from geo.story import find_story, read_story
from tests.asgi import run
from tests.bench import measure, synthetic
from tests.bench.links import asked_once, links
from tests.bench.readers import Readings, readings
from tests.bench.visits import crowd, dropped, leave


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


def test_visitors_without_a_browser_get_the_board_and_stay(app_server):
    async def came() -> tuple[int, list[str], int, int]:
        found = await crowd(app_server, links(read_story(find_story("heat")), 3), at_once=2)
        before = dropped(found)
        await leave(found)
        return len(found.visits), found.failures, before, dropped(found)

    assert run(came()) == (3, [], 0, 3)


def test_a_visit_without_a_board_has_failed(app_server):
    found = run(crowd(app_server, ["own=file"], at_once=1))
    assert (found.visits, found.failures) == ([], ["AssertionError: no board came"])


def test_readers_ask_every_path_once(app_server):
    found = run(readings(app_server, ["/stories/heat.json", "/stories/nobody.json", "/healthz"], 2))
    assert found.statuses == Counter({200: 2, 404: 1})
    assert found.errors == 0


def test_an_answer_that_never_came_is_an_error():
    assert Readings(Counter({0: 1, 200: 7, 404: 1, 503: 1}), 1.0, 0.0).errors == 2


def test_hostile_addresses_are_never_asked_twice():
    story = read_story(find_story("heat"))
    asked = [path for wave in range(3) for paths in asked_once(story, wave, 20).values() for path in paths]
    assert len(set(asked)) == len(asked)


def test_memory_of_a_process_is_more_than_nothing(app_server):
    assert measure.memory_mb(app_server.pid) > 1
