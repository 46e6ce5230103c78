from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import parse_at, parse_instant
from geo.dates import CHOOSE, MOST_UNUSUAL, joined, read_dates

moments = st.datetimes(datetime(1000, 1, 1), datetime(9990, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0))  # noqa: DTZ001
offsets = st.integers(-12 * 4, 14 * 4).map(lambda quarters: timedelta(minutes=15 * quarters))
DATES = "0123456789/-.:T ZDWX~?%,[]{}+ajmnoctpbrevdy'"
WORDS = ["3", "13", "1995", "95", "oct", "October", "de", "octubre", "11:30", "pm", "a. m.", "BC", "D8", "morning", "Z"]
WORDS += ["+01:00", "34975", "03/04/2021", "2021-W05", "c.", "T24:00", "noche", "Europe/Paris", "/", ",", "-", "noon"]
cells = st.one_of(
    st.text(DATES, max_size=24), st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join), st.dates().map(str)
)


@given(st.lists(cells, max_size=6), st.sampled_from([None, True, False]))
def test_every_text_is_one_that_the_clock_reads_and_every_cell_has_a_text_or_a_problem(column, day_first):
    dates = read_dates(column, day_first=day_first)
    assert len(dates.texts) == len(dates.instants) == len(column)
    for i, (cell, text) in enumerate(zip(column, dates.texts, strict=True)):
        assert bool(text) != (i in dates.problems or not cell.strip())
        parse_instant(text, dates.kind)
    assert set(dates.ambiguous) <= set(dates.problems)
    assert all(problem.what and problem.remedy for problem in dates.problems.values())


@given(st.lists(st.tuples(moments, offsets), min_size=2, max_size=5))
def test_instants_are_in_the_order_in_which_things_happened(column):
    local = [t.replace(tzinfo=timezone(offset)) for t, offset in column]
    dates = read_dates([t.isoformat() for t in local])
    assert dates.instants == [(t - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() for t in local]
    assert dates.texts == [f"{t:%Y-%m-%dT%H:%M}" for t, _ in column]


@given(moments, st.sampled_from(["%d %B %Y %H:%M", "%B %d, %Y at %I:%M %p", "%Y-%m-%d %H.%M", "%d-%b-%Y, %Hh%M"]))
def test_a_moment_of_any_form_is_the_same_text(t, form):
    assert read_dates([t.strftime(form.replace("%Y", f"{t.year:04d}"))]).texts == [f"{t:%Y-%m-%dT%H:%M}"]


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), min_size=1, max_size=5))
def test_days_up_to_12_are_never_guessed(pairs):
    dates = read_dates([f"{a}/{b}/2021" for a, b in pairs])
    assert dates.ambiguous == [i for i, (a, b) in enumerate(pairs) if a != b]
    assert dates.day_first is None


def test_an_empty_column_has_nothing_to_say():
    for column in ([], [""], ["", "  "]):
        dates = read_dates(column)
        assert (dates.texts, dates.problems, dates.notices) == ([""] * len(column), {}, [])


def test_plain_dates_are_read_without_a_word():
    dates = read_dates(["1995-10-03", "1995-10-03T11:30", "1995-10", "1995", ""])
    assert dates.texts == ["1995-10-03", "1995-10-03T11:30", "1995-10", "1995", ""]
    assert dates.notices == []


def test_ancient_and_far_years_are_kept():
    column = ["0000-01-01", "-0043-03-15", "44 BC", "1066-10-14", "9999-12-31", "10000-01-01"]
    assert read_dates(column).texts == ["0000-01-01", "-0043-03-15", "-0043", "1066-10-14", "9999-12-31", "10000-01-01"]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("2021-02-30", "there is no 30 February 2021"),
        ("Feb 30 2021", "there is no 30 February 2021"),
        ("30/02/2021", "there is no 30 February 2021"),
        ("2021-13-01", "there is no month 13"),
        ("2021-00-10", "there is no month 0"),
        ("2021-05-01T25:00", "there is no hour 25"),
        ("yesterday", "depends on the day on which it was written"),
        ("11:30", "is a time without a day"),
        ("1617000000", "looks like seconds since 1970: that is 2021-03-29T06:40"),
        ("2021-03-28T01:30:00+99:00", "there is no offset +99:00"),
        ("2021-03-28 01:30 XYZ", "'XYZ' is not a known time zone"),
        ("2021-03-28 02:30 Europe/Paris", "never showed 02:30"),
        ("2021-03-28 10:00-11:30", "may mean from 10:00 to 11:30"),
        ("October 1995 11:30", "has a clock time, and not one day"),
        ("x" * 5000, "has 5,000 characters"),
        ("N/A", "is not a date that can be read"),
    ],
)
def test_what_is_no_date_is_a_problem_in_words(cell, what):
    dates = read_dates([cell])
    assert dates.texts == [""]
    assert what in dates.problems[0].what


def test_one_day_over_12_decides_the_column_and_is_named():
    dates = read_dates(["13/04/2021", "03/04/2021", "03/04/2021 11:30"])
    assert dates.texts == ["2021-04-13", "2021-04-03", "2021-04-03T11:30"]
    assert dates.day_first is True
    assert dates.notices[0] == "'13/04/2021' shows that the day comes first: so in 2 cells like '03/04/2021'."


def test_an_ambiguous_cell_is_told_in_both_readings_and_the_author_chooses():
    problem = read_dates(["03/04/2021"]).problems[0]
    assert problem.what == "is 3 April 2021 with the day first, and 4 March 2021 with the month first"
    assert (problem.readings, problem.remedy) == (("2021-04-03", "2021-03-04"), CHOOSE)
    assert read_dates(["03/04/2021"], day_first=True).texts == ["2021-04-03"]
    assert read_dates(["03/04/2021"], day_first=False).texts == ["2021-03-04"]


def test_an_order_that_the_author_chose_is_not_told_as_shown_by_a_cell_that_has_the_other():
    (notice,) = read_dates(["12/25/2021", "03/04/2021"], day_first=True).notices
    assert notice.endswith("first in one cell like '03/04/2021', though '12/25/2021' begins with the month.")
    (notice,) = read_dates(["25/12/2021", "03/04/2021"], day_first=False).notices
    assert notice.endswith("first in one cell like '03/04/2021', though '25/12/2021' begins with the day.")


def test_in_a_column_with_both_orders_only_what_says_it_alone_is_read():
    dates = read_dates(["13/04/2021", "04/14/2021", "03/04/2021", "05/05/2021"])
    assert dates.texts == ["2021-04-13", "2021-04-14", "", "2021-05-05"]
    assert "both orders" in dates.notices[0]
    assert dates.ambiguous == [2]


def test_a_time_at_the_end_of_a_day_and_a_leap_second_are_put_right_and_said():
    dates = read_dates(["2021-05-01T24:00:00", "2021-12-31 23:59:60"])
    assert dates.texts == ["2021-05-02T00:00", "2022-01-01T00:00"]
    assert ["24:00" in notice or "second 60" in notice for notice in dates.notices] == [True, True]


def test_offsets_are_left_out_of_the_text_and_rows_without_one_are_not_taken_as_utc():
    dates = read_dates(["2021-03-28T02:30:00+01:00", "2021-03-28T01:30:00Z", "2021-03-28 02:30"])
    assert dates.texts == ["2021-03-28T02:30", "2021-03-28T01:30", "2021-03-28T02:30"]
    assert dates.instants[0] == dates.instants[1] == parse_at("2021-03-28T01:30", "calendar")
    assert dates.instants[2] is None
    assert "(+01:00, Z)" in dates.notices[0]
    assert "not taken as UTC" in dates.notices[1]


def test_of_a_time_that_happens_twice_the_first_is_taken_and_said():
    dates = read_dates(["2021-10-31 02:30 Europe/Berlin"])
    assert dates.instants == [parse_at("2021-10-31T00:30", "calendar")]
    assert "happens twice" in dates.notices[-1]


def test_fractions_of_a_second_give_the_order():
    dates = read_dates(["2021-03-28T01:30:00.5Z", "2021-03-28T01:30:00.25Z"])
    assert dates.texts[0] == dates.texts[1]
    assert dates.instants[0] > dates.instants[1]


def test_a_year_of_two_digits_is_read_by_a_rule_that_is_said():
    dates = read_dates(["3 Oct 95", "3 Oct 05"])
    assert dates.texts == ["1995-10-03", "2005-10-03"]
    assert "In 2 cells the year has two digits" in dates.notices[-1]


def test_a_whole_column_of_numbers_is_days_of_excel():
    dates = read_dates(["34975", "34975.4791666667", ""])
    assert dates.texts == ["1995-10-03", "1995-10-03T11:30", ""]
    assert dates.notices == ["The dates are numbers, read as Excel's days since 1900: 34975 is 1995-10-03."]


def test_a_number_among_dates_is_a_problem():
    dates = read_dates(["34975", "1995-10-04"])
    assert dates.texts == ["", "1995-10-04"]
    assert "as a day of Excel it is 1995-10-03" in dates.problems[0].what


def test_several_ways_of_writing_are_said():
    assert "written in 2 ways ('1995-10-03', '4 Oct 1995')" in read_dates(["1995-10-03", "4 Oct 1995"]).notices[0]


def test_days_of_a_story_are_read_as_people_write_them():
    dates = read_dates(["D8", "Day 8, 11:30 pm", "día 9 noche", "d-13", "D2/D4", "Day 8 24:00"])
    assert dates.kind == "days"
    assert dates.texts == ["D8", "D8T23:30", "D9 night", "D-13", "D2/D4", "D9T00:00"]


def test_what_a_column_has_less_of_is_a_problem():
    assert read_dates(["D8", "D9", "1995-10-03"]).texts == ["D8", "D9", ""]
    assert read_dates(["D8", "1995-10-03"]).texts == ["", "1995-10-03"]


def test_a_part_of_a_day_is_from_then_to_then():
    dates = read_dates(["3 October 1995, in the morning", "3 de octubre de 1995 por la noche"])
    assert dates.texts == ["1995-10-03T05:00/1995-10-03T12:00", "1995-10-03T21:00/1995-10-04T05:00"]


def test_uncertain_dates_are_kept_as_they_are():
    column = ["199X", "1995-21", "[1995,1997]", "1995-10-03?", "1995/..", "1990s", "c. 1995", "1914-1918"]
    assert read_dates(column).texts == [*column[:5], "199X", "1995~", "1914/1918"]


def test_a_flood_of_unusual_dates_is_cut_off_and_said():
    dates = read_dates([f"{year},," for year in range(1000, 1000 + MOST_UNUSUAL + 2)])
    assert sum("unusual dates" in problem.what for problem in dates.problems.values()) == 2


def test_a_date_and_a_time_of_two_columns_are_one_cell():
    dates = ["1995-10-03", "1995-10-03 00:00:00", "34975", "1995-10-03", ""]
    times = ["11:30 pm", "11:30", "0.5", "", ""]
    both = joined(dates, times)
    assert both == ["1995-10-03 11:30 pm", "1995-10-03 11:30", "34975.500000000", "1995-10-03", ""]
    assert read_dates(both[:2]).texts == ["1995-10-03T23:30", "1995-10-03T11:30"]


@pytest.mark.parametrize("again", ["3 de ", "de ", "a_", "a/", "1:", "- ", "11:30 ", "a. c. "])
def test_a_cell_that_repeats_itself_is_a_problem_at_once(again):
    assert read_dates([("3 " + again * 50)[:99]]).texts == [""]
    assert read_dates([("1995-10-03 11:30 " + again * 50)[:99]]).texts == [""]
