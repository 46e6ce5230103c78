import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.story import find_story, read_story
from geo.storyline import crossings, storyline
from geo.straight import straightened
from tests import stories

HEAT = read_story(find_story("heat"))
NAMES = "abcdefgh"
casts = st.lists(st.sets(st.sampled_from(NAMES), max_size=4), min_size=1, max_size=12)


def told(path, *casts, ends=()):
    """A story whose events have these people, one letter each; `ends` is (event, person)."""
    rows = [
        f"e{n},T,{';'.join(sorted(cast))},{';'.join(who for event, who in ends if event == n)}"
        for n, cast in enumerate(casts)
    ]
    people = "\n".join(["id,name", *(f"{name},{name}" for name in NAMES), ""])
    return read_story(stories.folder(path, events="\n".join(["id,title,people,ends", *rows, ""]), people=people))


def layers(chart):
    """The lines at every step, from the top."""
    steps = range(len(chart.steps))
    return [
        sorted((i for i in range(len(chart.people)) if chart.slots[i][k] >= 0), key=lambda i, k=k: chart.slots[i][k])
        for k in steps
    ]


def bends(chart):
    pairs = [pair for line in chart.slots for pair in itertools.pairwise(line)]
    return sum(1 for a, b in pairs if a >= 0 and b >= 0 and a != b)


def hold(story, chart):
    """Every law of a layout."""
    present = [set(names) for names in story.events["people"]]
    for k, index in enumerate(chart.steps):
        running = {name: chart.slots[i][k] for i, name in enumerate(chart.people) if chart.slots[i][k] >= 0}
        assert len(set(running.values())) == len(running)
        together = [slot for name, slot in running.items() if name in present[index]]
        assert together
        assert max(together) - min(together) == len(together) - 1
    assert chart.crossings <= chart.baseline
    assert chart.crossings == crossings(layers(chart))


@given(casts)
def test_laws_of_a_layout(tmp_path_factory, cast):
    story = told(tmp_path_factory.mktemp("s"), *cast)
    chart = storyline(story)
    hold(story, chart)
    assert chart == storyline(story)
    assert list(chart.people) == list(dict.fromkeys(name for names in story.events["people"] for name in names))


@given(st.sets(st.sampled_from(HEAT.people["id"].tolist())))
def test_laws_hold_for_any_choice_of_people(people):
    chart = storyline(HEAT, people)
    hold(HEAT, chart)
    assert set(chart.people) <= people


def test_line_runs_from_the_first_event_to_the_last(tmp_path):
    chart = storyline(told(tmp_path, "ab", "a", "b", "a"))
    assert [[slot >= 0 for slot in line] for line in chart.slots] == [[True] * 4, [True, True, True, False]]


def test_line_stops_where_the_story_of_its_person_ends(tmp_path):
    chart = storyline(told(tmp_path, "ab", "ab", "ab", ends=[(1, "a")]))
    assert [[slot >= 0 for slot in line] for line in chart.slots] == [[True, True, False], [True] * 3]


def test_event_without_anybody_is_no_step(tmp_path):
    assert storyline(told(tmp_path, "", "a", "", "b")).steps == (1, 3)


def test_nobody_has_an_empty_layout():
    assert storyline(HEAT, []) == ((), (), (), 0, 0)


def test_two_couples_that_stay_together_do_not_cross(tmp_path):
    chart = storyline(told(tmp_path, "ac", "bd", "ac", "bd", "ac"))
    assert chart.crossings == 0
    assert bends(chart) == 0


def test_crossing_that_cannot_be_avoided_is_counted(tmp_path):
    chart = storyline(told(tmp_path, "ab", "cd", "ac", "bd", "ad", "bc"))
    assert chart.crossings > 0


def test_crossings_are_pairs_that_change_sides():
    assert crossings([[0, 1, 2], [2, 1, 0]]) == 3
    assert crossings([[0, 1], [1, 2], [0, 2]]) == 0
    assert crossings([]) == 0


def test_line_keeps_its_slot_where_its_order_allows_it():
    slots = straightened([[0, 1, 2], [0, 2], [0, 3, 2]], [{0}, {0}, {3}], 4)
    assert slots == [[0, 0, 0], [1, -1, -1], [2, 2, 2], [-1, -1, 1]]


def test_there_are_no_more_slots_than_lines_at_the_fullest_step():
    chart = storyline(HEAT)
    assert max(max(line) for line in chart.slots) + 1 == max(len(layer) for layer in layers(chart))


def test_built_in_story_crosses_a_quarter_as_often_as_in_order_of_first_appearance():
    chart = storyline(HEAT)
    assert chart.crossings * 4 < chart.baseline


@pytest.mark.parametrize(("events", "people"), [(2000, 200)])
def test_the_largest_chart_keeps_the_laws(tmp_path, events, people):
    cells = "\n".join(f"e{n},T,p{n % people};p{n * 7 % people};p{n * 13 % people}" for n in range(events))
    names = "\n".join(f"p{n},P{n}" for n in range(people))
    story = read_story(stories.folder(tmp_path, events=f"id,title,people\n{cells}\n", people=f"id,name\n{names}\n"))
    hold(story, storyline(story))
