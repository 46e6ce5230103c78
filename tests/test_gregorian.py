from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.gregorian import DAY, civil, day_number, iso_year, start_of, year_words


@given(st.integers(-200_000, 200_000), st.integers(1, 12), st.integers(1, 28))
def test_a_day_of_any_year_is_found_again(year, month, day):
    assert civil(start_of(year, month, day)) == (year, month, day)


@given(st.integers(-190_000 * 365, 190_000 * 365))
def test_the_last_second_of_a_day_is_the_same_day(number):
    assert civil(number * DAY + DAY - 1) == civil(number * DAY)
    assert day_number(*civil(number * DAY)) == number


@given(st.dates())
def test_years_that_python_knows_are_the_same(day):
    assert day_number(day.year, day.month, day.day) == (day - date(1970, 1, 1)).days


@pytest.mark.parametrize(("year", "month", "day"), [(1900, 2, 29), (0, 2, 30), (1995, 13, 1), (1995, 1, 0)])
def test_day_that_does_not_exist_is_refused(year, month, day):
    with pytest.raises(GeoError, match=f"there is no such day as '{iso_year(year)}"):
        start_of(year, month, day)


@pytest.mark.parametrize("year", [-200_001, 200_002, 10**9])
def test_year_too_far_away_is_refused(year):
    with pytest.raises(GeoError, match="too far away; write one from"):
        start_of(year)


@pytest.mark.parametrize(("year", "words"), [(1995, "1995"), (1, "1"), (0, "1 BC"), (-43, "44 BC"), (12345, "12345")])
def test_there_is_no_year_0_in_words(year, words):
    assert year_words(year) == words
