import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.clock import EXAMPLES, HOUR, parse_at, parse_instant
from geo.gregorian import DAY
from geo.schedule import schedule
from geo.story import read_story
from tests import stories


def events(*starts, ends=None, precision=None):
    count = len(starts)
    return pd.DataFrame(
        {
            "row": range(2, count + 2),
            "start": list(starts),
            "end": ends or [""] * count,
            "precision": precision or [""] * count,
        }
    )


def scheduled(*starts, kind="days", **more):
    frame, faults = schedule(events(*starts, **more), kind)
    return frame, [str(fault) for fault in faults]


def at(text):
    return parse_at(text, "days")


starts = st.one_of(
    st.just(""),
    st.integers(-20, 20).map("D{}".format),
    st.builds("D{} {}".format, st.integers(-20, 20), st.sampled_from(["morning", "midday", "night", "daytime"])),
    st.builds("D{}T{:02d}:{:02d}".format, st.integers(-20, 20), st.integers(0, 23), st.integers(0, 59)),
    st.builds("D{}/D{}".format, st.integers(-20, 0), st.integers(1, 20)),
    st.sampled_from(["../D3", "D3/..", "never", "D8T25:00"]),
)
cells = st.lists(st.tuples(starts, starts, st.sampled_from(["", "exact", "day", "order"])), max_size=25)


@given(cells)
def test_instants_are_in_order_and_in_their_windows(rows):
    frame, _ = schedule(
        events(*(row[0] for row in rows), ends=[row[1] for row in rows], precision=[row[2] for row in rows]), "days"
    )
    numbers = frame[["earliest", "at", "latest", "until"]].to_numpy(dtype=float)
    assert np.isfinite(numbers).all()
    assert (frame["earliest"] <= frame["at"]).all()
    assert (frame["at"] <= frame["latest"]).all()
    assert (frame["at"] <= frame["until"]).all()
    assert (np.diff(frame["at"]) >= 0).all()
    assert (np.diff(frame["earliest"]) >= 0).all()
    assert (np.diff(frame["latest"]) >= 0).all()


@given(st.lists(starts, max_size=25))
def test_at_lies_in_the_window_of_its_own_row_unless_a_fault_names_the_row(texts):
    frame, faults = schedule(events(*texts), "days")
    faulty = {fault.row for fault in faults}
    for row, text, instant in zip(frame["row"], texts, frame["at"], strict=True):
        if row not in faulty:
            own = parse_instant(text, "days")
            assert own.earliest <= instant <= own.latest


@given(st.lists(starts, max_size=25))
def test_at_increases_where_the_windows_allow_it(texts):
    frame, _ = schedule(events(*texts), "days")
    for i in range(1, len(frame)):
        before, now = frame.iloc[i - 1], frame.iloc[i]
        if before["at"] < now["latest"] and before["earliest"] < before["latest"]:
            assert before["at"] < now["at"]


def test_exact_events_keep_their_instant():
    frame, _ = scheduled("D8T11:30", "D8T11:30", "D8T12:00")
    assert frame["earliest"].tolist() == frame["at"].tolist() == frame["latest"].tolist()
    assert frame["at"].tolist() == [at("D8T11:30"), at("D8T11:30"), at("D8T12:00")]


def test_morning_events_after_half_past_eleven_end_at_noon():
    frame, faults = scheduled("D8T11:30", "D8 morning", "D8 morning", "D8 midday")
    assert frame["earliest"].tolist()[1:] == [at("D8T11:30")] * 3
    assert frame["latest"].tolist()[1:] == [at("D8T12:00"), at("D8T12:00"), at("D8T14:00")]
    assert frame["when"].tolist()[1:] == ["Day 8, between 11:30 and 12:00"] * 2 + ["Day 8, midday"]
    assert faults == []


def test_events_of_one_day_are_spread_evenly_over_it():
    frame, _ = scheduled("D4", "D4", "D4")
    assert (frame["at"] - 4 * DAY).tolist() == [6 * HOUR, 12 * HOUR, 18 * HOUR]


def test_undated_event_lies_between_its_neighbours():
    frame, _ = scheduled("D2T10:00", "", "D4T10:00")
    assert frame["at"].iloc[1] == at("D3T10:00")
    assert frame["when"].iloc[1] == "between Day 2 and Day 4"


def test_instants_are_whole_minutes_where_they_fit_and_whole_seconds_else():
    frame, _ = scheduled("D1T10:00", *[""] * 7, "D1T11:00")
    assert (frame["at"] % 60 == 0).all()
    frame, _ = scheduled("D1T10:00", *[""] * 7, "D1T10:01")
    assert (frame["at"] % 1 == 0).all()
    assert (np.diff(frame["at"]) > 0).all()


def test_contradiction_names_both_rows_and_the_later_one_keeps_its_order():
    frame, faults = scheduled("D3T10:00", "D2 morning", "D4")
    assert faults == [
        "events.csv row 3: start 'D2 morning' lies before row 2 ('D3T10:00'), which comes earlier in the order of "
        "events (row 2 → row 3); correct one of the two, or number the rows in a column 'happened' (this one keeps "
        "its place in the order)"
    ]
    assert at("D3T10:00") < frame["at"].iloc[1] < at("D5")


def test_window_that_ends_where_the_earlier_event_begins_is_a_contradiction():
    assert len(scheduled("D3T12:00", "D3 morning")[1]) == 1
    assert scheduled("D3T12:00", "D3T12:00")[1] == []


def test_end_of_an_event_is_kept():
    frame, _ = scheduled("D2T22:00", "D3", ends=["D2T23:30", "D3"])
    assert frame["until"].tolist() == [at("D2T23:30"), at("D4")]


def test_end_before_the_start_is_a_fault_and_left_aside():
    frame, faults = scheduled("D2", ends=["D1"])
    assert faults == ["events.csv row 2: end 'D1' is before the start 'D2'; correct one of them; the end is left aside"]
    assert frame["until"].tolist() == frame["at"].tolist()


def test_event_begins_before_it_ends():
    frame, _ = scheduled("D2", ends=["D2T08:00"])
    assert frame["latest"].iloc[0] == at("D2T08:00")


def test_unreadable_time_is_a_fault_with_examples_and_the_event_is_kept():
    frame, (fault,) = scheduled("D1", "yesterday", "D3")
    assert fault == (
        "events.csv row 3: start 'yesterday' is not a time this story can read; write it like 'D8T11:30', "
        "'D8 morning' or 'D8' (the event keeps its place in the order)"
    )
    assert at("D1") < frame["at"].iloc[1] < at("D4")


def test_time_zone_is_a_fault_and_the_clock_time_kept():
    frame, (fault,) = scheduled("1995-10-03T11:30+02:00", kind="calendar")
    assert fault == (
        "events.csv row 2: start '1995-10-03T11:30+02:00' has the time zone '+02:00'; "
        "the clock time is kept as it is written"
    )
    assert frame["when"].iloc[0] == "3 October 1995, 11:30"


def test_exact_without_a_clock_time_is_a_fault():
    frame, (fault,) = scheduled("D8 morning", precision=["exact"])
    assert "precision is exact, but the start 'D8 morning' is no clock time" in fault
    assert frame["precision"].iloc[0] == "part_of_day"


def test_clock_time_said_to_be_only_a_day_is_a_day():
    frame, _ = scheduled("D8T11:30", precision=["day"])
    assert frame["when"].iloc[0] == "Day 8"


@pytest.mark.parametrize(
    ("texts", "when"),
    [
        (["D8T11:30"], "Day 8, 11:30"),
        (["D8T11:48:30"], "Day 8, 11:48:30"),
        (["D8 Morning"], "Day 8, morning"),
        (["D8 night"], "Day 8, night"),
        (["D4"], "Day 4"),
        (["D-13"], "Day -13"),
        (["D2/D4"], "between Day 2 and Day 4"),
        ([""], "some time"),
        (["", "D4"], "Day 4 or earlier"),
        (["", "D4T10:00"], "before Day 4, 10:00"),
    ],
)
def test_words_of_the_first_event(texts, when):
    assert scheduled(*texts)[0]["when"].iloc[0] == when


@pytest.mark.parametrize(
    ("texts", "when"),
    [
        (["D4", ""], "Day 4 or later"),
        (["D4T10:00", ""], "after Day 4, 10:00"),
        (["D8T16:00", "D8"], "Day 8, after 16:00"),
        (["D8T09:00", "D8"], "Day 8"),
        (["D8T11:30:20", "", "D8T11:30:40"], "Day 8, between 11:30 and 11:31"),
        (["D8T22:00", "", "D9T02:00"], "between Day 8, 22:00 and Day 9, 02:00"),
        (["D8 evening", "D8"], "Day 8"),
        (["D8T11:30", "", "D8T11:30"], "Day 8, 11:30"),
    ],
)
def test_words_of_the_second_event(texts, when):
    assert scheduled(*texts)[0]["when"].iloc[1] == when


def test_hours_that_only_we_gave_a_neighbour_are_never_quoted():
    assert scheduled("D1 evening", "D1", "D1 night")[0]["when"].tolist()[1] == "Day 1"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_story_without_any_date_lies_on_its_first_day(count):
    frame, faults = scheduled(*[""] * count)
    assert frame["at"].between(DAY, 2 * DAY, inclusive="neither").all()
    assert faults == []


def test_ten_thousand_events_stay_in_order():
    texts = ["", "D5", "D5 daytime", "D5"] * 2500
    frame, _ = schedule(events(*texts), "days")
    assert (np.diff(frame["at"]) > 0).all()
    assert math.isfinite(frame["at"].iloc[-1])


def related(*rows):
    """Events e2, e3 … of (start, after)."""
    frame = events(*(start for start, _ in rows))
    return frame.assign(id=[f"e{row}" for row in frame["row"]], after=[tuple(after.split()) for _, after in rows])


def test_row_that_is_only_after_one_far_above_is_free_until_the_end():
    frame, faults = schedule(related(("D1T10:00", ""), ("D2T10:00", ""), ("", "e2"), ("D3T10:00", "")), "days")
    free = frame.set_index("id").loc["e4"]
    assert (free["earliest"], free["latest"]) == (at("D1T10:00"), at("D4T10:00"))
    assert free["when"] == "after Day 1, 10:00"
    assert faults == []


def test_events_are_sorted_by_their_instants_when_one_is_after_a_row_further_down():
    frame, _ = schedule(related(("D1", ""), ("", "e4"), ("D3T10:00", ""), ("D4", "")), "days")
    assert frame["id"].tolist() == ["e2", "e4", "e5", "e3"]
    assert frame["at"].is_monotonic_increasing


def test_one_wrong_early_day_is_flagged_alone_and_says_what_it_contradicts():
    frame, (fault,) = scheduled("D1", "D80", "D2", "D3", "D4")
    assert "row 3: start 'D80' lies after row 4 ('D2'), which comes later in the order of events" in fault
    assert "(row 3 → row 4)" in fault
    assert frame["when"].iloc[1] == "between Day 1 and Day 2"


def test_contradiction_over_undated_rows_names_the_chain_between():
    _, (fault,) = scheduled("D5", "", "", "D1")
    assert "row 5: start 'D1' lies before row 2 ('D5')" in fault
    assert "(row 2 → row 3 → row 4 → row 5)" in fault


@pytest.mark.parametrize(
    ("kind", "text", "fault"),
    [
        ("days", "D8 noonish", "start 'D8 noonish' cannot be read: 'noonish' is not a part of the day; write one of"),
        ("days", "D8T25:00", "start 'D8T25:00' is not a time this story can read; write it like"),
        ("calendar", "1995-02-30", "cannot be read: there is no such day as '1995-02-30'; correct the month or the"),
        ("calendar", "3 Oct 1995", "start '3 Oct 1995' is not a time this story can read; write it like"),
    ],
)
def test_unreadable_time_is_a_fault_with_row_value_and_three_examples(kind, text, fault):
    _, (found,) = schedule(events(text), kind)
    assert (found.row, found.column, found.value) == (2, "start", text)
    assert fault in str(found)
    assert EXAMPLES[kind] in str(found)
    assert EXAMPLES[kind].count("'") == 6


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("1995-10-03T11:30", "3 October 1995, 11:30"),
        ("1995-10~", "about October 1995"),
        ("1995-10-03~", "about 3 October 1995"),
        ("1995?", "1995 (uncertain)"),
        ("1995%", "about 1995 (uncertain)"),
        ("1995-10", "October 1995"),
        ("0000", "1 BC"),
        ("199X", "the 1990s"),
        ("19XX", "between 1 January 1900 and 31 December 1999"),
        ("1995-21", "spring 1995"),
        ("1995-24", "winter 1995"),
        ("[1995,1996]", "between 1 January 1995 and 31 December 1996"),
        ("Y12000", "12000"),
        ("1995-10-02/1995-10-04", "between 2 October 1995 and 4 October 1995"),
        ("-0043-03-15", "15 March 44 BC"),
        ("12000-01-01", "1 January 12000"),
    ],
)
def test_calendar_words(text, when):
    assert scheduled(text, kind="calendar")[0]["when"].iloc[0] == when


@settings(max_examples=25)
@given(st.lists(starts, max_size=12), st.randoms())
def test_order_of_the_rows_does_not_matter_where_they_are_numbered(tmp_path_factory, texts, random):
    numbered = list(enumerate(texts, 1))
    shuffled = random.sample(numbered, len(numbered))
    first, again = (
        read_story(stories.folder(tmp_path_factory.mktemp("s"), events=_numbered(rows)))
        for rows in ([(0, ""), *numbered], [*shuffled, (0, "")])
    )
    columns = ["id", "earliest", "at", "latest", "until", "when", "happened"]
    assert first.events[columns].equals(again.events[columns])


def _numbered(rows):
    lines = [f"e{n},Title,{text},{n}" for n, text in rows]
    return "\n".join(["id,title,start,happened", *lines, ""])


def unordered(*starts, kind="calendar"):
    frame, faults = schedule(events(*starts), kind, by_rows=False)
    return list(frame["row"]), [str(fault) for fault in faults]


def test_rows_in_no_order_are_put_in_order_by_their_times():
    assert unordered("1995-10-05", "1995-10-03T11:30", "1995-10-04") == ([3, 4, 2], [])


def test_row_without_a_time_comes_after_the_row_above_where_rows_stand_in_no_order():
    rows, faults = unordered("1995-10-05", "", "1995-10-03")
    assert (rows.index(3) > rows.index(2), faults) == (True, [])


def test_month_among_rows_in_no_order_is_not_narrowed_by_them():
    frame, _ = schedule(events("1995-10", "1995-10-03", "1995-10-20"), "calendar", by_rows=False)
    month = frame.loc[frame["row"] == 2].iloc[0]
    assert month["latest"] - month["earliest"] == 31 * DAY


@given(cells)
def test_every_event_in_no_order_lies_in_its_window_and_they_stand_by_time(rows):
    starts, ends, precisions = (list(column) for column in zip(*rows, strict=True)) if rows else ([], [], [])
    frame, _ = schedule(events(*starts, ends=ends, precision=precisions), "days", by_rows=False)
    assert (frame["earliest"] <= frame["at"]).all()
    assert (frame["at"] <= frame["latest"]).all()
    assert frame["at"].is_monotonic_increasing


def test_a_story_may_say_that_its_rows_stand_in_no_order(tmp_path):
    toml = 'title = "S"\n[clock]\nkind = "days"\norder = "times"\n'
    folder = stories.folder(tmp_path / "s", events="id,title,start\ne1,Late,D5\ne2,Early,D1\n", toml=toml)
    story = read_story(folder)
    assert (list(story.events["id"]), story.faults) == (["e2", "e1"], ())
