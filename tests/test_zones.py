import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import HOUR, parse_at
from geo.zones import Offset, read_offset

MARCH = parse_at("2021-03-28T01:30", "calendar")
MINUTES = st.integers(-12 * 60, 14 * 60)


@given(MINUTES, st.sampled_from(["{}{:02d}:{:02d}", "{}{:02d}{:02d}", "UTC{}{:02d}:{:02d}"]))
def test_an_offset_of_any_form_is_the_same_seconds(minutes, form):
    text = form.format("-" if minutes < 0 else "+", *divmod(abs(minutes), 60))
    assert read_offset(text, MARCH) == Offset(minutes * 60)


@pytest.mark.parametrize("zone", ["Z", "z", "UTC", "GMT", "+00:00", "-00", "UTC+0"])
def test_utc_has_many_names(zone):
    assert read_offset(zone, MARCH) == Offset(0)


@pytest.mark.parametrize("zone", ["+99:00", "-13:00", "+14:30", "+01:60"])
def test_an_offset_that_no_clock_has_is_refused(zone):
    assert zone in read_offset(zone, MARCH)


@pytest.mark.parametrize("zone", ["PST", "XYZ", "Mars/Olympus", "../etc/passwd", "Europe/", "IST"])
def test_a_name_that_is_not_in_the_database_is_refused(zone):
    assert "not a known time zone" in read_offset(zone, MARCH)


def test_a_named_zone_has_the_offset_of_that_day():
    assert read_offset("Europe/Paris", MARCH) == Offset(HOUR)
    assert read_offset("Europe/Paris", MARCH + 3 * HOUR) == Offset(2 * HOUR)


def test_a_time_that_clocks_skipped_is_refused():
    assert "never showed 02:30" in read_offset("Europe/Paris", MARCH + HOUR)


def test_of_a_time_that_happens_twice_the_first_is_taken():
    assert read_offset("Europe/Berlin", parse_at("2021-10-31T02:30", "calendar")) == Offset(2 * HOUR, twice=True)


def test_a_name_says_nothing_of_years_without_clocks():
    assert "not known for that year" in read_offset("Europe/Paris", parse_at("-0043-03-15", "calendar"))
