import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import HOUR, MINUTE
from geo.hours import CLOCK, Hours, read_hours


def hours(text):
    match = CLOCK.fullmatch(text)
    return read_hours(match) if match else None


hour_of_day, minute_of_hour = st.integers(0, 23), st.integers(0, 59)


@given(
    st.integers(0, 23), st.integers(0, 59), st.sampled_from(["{}:{:02d}", "{}.{:02d}", "{}h{:02d}", "{:02d}:{:02d} h"])
)
def test_a_clock_time_of_any_form_is_the_same_second(hour, minute, form):
    assert hours(form.format(hour, minute)) == Hours(hour * HOUR + minute * MINUTE)


@given(hour_of_day, minute_of_hour, st.sampled_from(["am pm", "AM PM", "a.m. p.m.", "a. m.|p. m."]))
def test_the_twelve_hours_before_and_after_noon_are_the_twenty_four_of_the_day(hour, minute, form):
    half = (form.split("|") if "|" in form else form.split())[hour >= 12]
    assert hours(f"{hour % 12 or 12}:{minute:02d} {half}") == Hours(hour * HOUR + minute * MINUTE)


@pytest.mark.parametrize(
    ("text", "hour"),
    [("11 am", 11), ("11pm", 23), ("11h", 11), ("3 de la tarde", 15), ("9 de la noche", 21), ("8 in the morning", 8)],
)
def test_an_hour_alone_needs_a_word(text, hour):
    assert hours(text) == Hours(hour * HOUR)


@pytest.mark.parametrize("text", ["11", "1130", "", "11:3", "x", "11:30:00:00", "111:30"])
def test_what_is_no_clock_time_is_none(text):
    assert hours(text) is None


@pytest.mark.parametrize(
    "text", ["25:00", "24:01", "11:60", "11:30:61", "13:30 pm", "0:30 am", "12 de la noche", "12 de la mañana"]
)
def test_a_time_that_does_not_exist_or_has_two_meanings_is_said_in_words(text):
    assert isinstance(hours(text), str)


def test_the_end_of_a_day_and_a_leap_second_are_times():
    assert hours("24:00:00") == Hours(24 * HOUR, said=("24:00",))
    assert hours("23:59:60") == Hours(24 * HOUR, said=(":60",))


def test_a_fraction_of_a_second_is_kept_beside_it():
    assert hours("11:30:00.25") == Hours(int(11.5 * HOUR), 0.25)
