import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.axis import MOST_KNOTS, MOST_MARKS, axis, instant, position
from geo.clock import parse_at
from geo.gregorian import DAY, start_of
from tests.cases.write import CASES, axes

CONTENT = json.loads((CASES / "clock.json").read_text(encoding="utf-8"))
instants = st.lists(st.integers(-30 * DAY, 30 * DAY), min_size=1, max_size=40)
kinds = st.sampled_from(["days", "calendar"])
NAMES = ("story", "clock", "order")


@pytest.mark.parametrize("case", CONTENT["axis"], ids=lambda case: str(case["at"]))
def test_position_as_the_browser_finds_it(case):
    assert position({"t": case["t"], "x": case["x"]}, case["at"]) == pytest.approx(case["position"], abs=1e-9)


def test_the_shared_cases_hold_the_axes_of_today():
    assert CONTENT["axis"] == axes(), "run python -m tests.cases.write"


@given(instants, kinds)
def test_scales_are_monotone_from_0_to_1_and_hold_the_story(at, kind):
    until = [t + 60 for t in at]
    scales = axis(at, kind, until)
    for name in NAMES:
        t, x = scales[name]["t"], scales[name]["x"]
        assert (np.diff(t) > 0).all()
        assert (np.diff(x) >= 0).all()
        assert (x[0], x[-1]) == (0, 1)
        assert t[0] < min(at)
        assert t[-1] > max(until)


@given(instants, kinds, st.floats(0, 1))
def test_a_position_read_back_is_the_same(at, kind, share):
    scales = axis(at, kind)
    for name in NAMES:
        scale = scales[name]
        t = scale["t"][0] + share * (scale["t"][-1] - scale["t"][0])
        x = position(scale, t)
        assert position(scale, instant(scale, x)) == pytest.approx(x, abs=1e-6)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=30, unique=True))
def test_a_gap_is_at_most_four_times_as_wide_as_another_on_the_story_scale(at):
    scale = axis(sorted(at), "days")["story"]
    widths = np.diff([position(scale, t) for t in sorted(at)])
    assert widths.max() <= widths.min() * 4 + 1e-4


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_order_scale_gives_every_event_one_unit(at):
    scale = axis(at, "days")["order"]
    t, counts = np.unique(at, return_counts=True)
    edges = np.cumsum(counts) / counts.sum()
    assert [position(scale, one) for one in t] == pytest.approx((edges - counts / counts.sum() / 2).tolist(), abs=1e-5)


def test_dead_weeks_are_a_break_and_three_minutes_get_room():
    at = [parse_at(text, "days") for text in ("D-13", "D8T11:30", "D8T11:31", "D8T11:32", "D8T11:33", "D8T12:00")]
    scales = axis(at, "days")
    assert scales["breaks"] == [[at[0], at[1]]]
    robbery = position(scales["story"], at[4]) - position(scales["story"], at[1])
    weeks = position(scales["story"], at[1]) - position(scales["story"], at[0])
    assert robbery > weeks


def test_even_gaps_have_no_break():
    assert axis([i * 60 for i in range(20)], "days")["breaks"] == []


@pytest.mark.parametrize("at", [[], [5 * DAY], [5 * DAY] * 4])
def test_none_or_one_instant_has_an_axis_too(at):
    scales = axis(at, "days")
    assert all(len(scales[name]["t"]) >= 2 for name in NAMES)
    assert position(scales["story"], at[0] if at else DAY) == 0.5


def test_a_hundred_thousand_events_fit_the_knots():
    at = np.sort(np.random.default_rng(7).integers(0, 10**8, 100_000))
    scales = axis(at, "days")
    for name in NAMES:
        assert len(scales[name]["t"]) <= MOST_KNOTS
        assert (np.diff(scales[name]["t"]) > 0).all()
    assert len(scales["marks"]) <= MOST_MARKS


def test_every_day_with_events_has_a_mark_and_assumed_days_say_so():
    at = [parse_at(text, "days") for text in ("D1T09:00", "D1T10:00", "D6T10:00", "D8T10:00")]
    marks = axis(at, "days", assumed=("D6", "D7"))["marks"]
    assert [(mark["label"], mark["assumed"]) for mark in marks] == [("Day 1", False), ("Day 6", True), ("Day 8", False)]


def test_marks_stand_on_the_axis():
    scales = axis([parse_at("D1T23:00", "days")], "days")
    assert scales["marks"][0]["t"] >= scales["clock"]["t"][0]


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        ([(1995, 10, 3)], ["00:00"]),
        ([(1995, 10, 3), (1995, 10, 9)], ["3 October 1995", "9 October 1995"]),
        ([(1995, 10, 3), (1996, 2, 9)], ["October 1995", "February 1996"]),
        ([(1970, 1, 1), (1995, 10, 3)], ["1970", "1995"]),
        ([(1815, 6, 18), (1995, 10, 3)], ["1810", "1990"]),
        ([(-43, 3, 15), (14, 8, 19)], ["44 BC", "14"]),
        ([(-43, 3, 15), (476, 9, 4)], ["50 BC", "470"]),
        ([(-9999, 1, 1), (1995, 10, 3)], ["10000 BC", "1000"]),
    ],
)
def test_calendar_marks_follow_the_span(days, labels):
    marks = axis([start_of(*day) for day in days], "calendar")["marks"]
    assert [mark["label"] for mark in marks] == labels
