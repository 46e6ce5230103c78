from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.date_words import Day, Numbers, read_day
from geo.gregorian import MONTHS

SPANISH = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
ENGLISH = [name.lower() for name in MONTHS]
days = st.dates(date(1000, 1, 1))
FORMS = (
    "{d} {name} {y}",
    "{name} {d}, {y}",
    "{d}th of {name}, {y}",
    "{d}-{name}-{y}",
    "{y} {name} {d}",
    "{d} de {name} de {y}",
    "{d} {short} {y}",
    "{short}. {d} {y}",
    "{d}/{short}/{y}",
    "{y}-{m:02d}-{d:02d}",
    "{y}/{m}/{d}",
    "{y}{m:02d}{d:02d}",
)


@given(days, st.sampled_from(FORMS), st.sampled_from([ENGLISH, SPANISH]))
def test_a_day_of_any_form_and_language_is_the_same_day(day, form, names):
    name = names[day.month - 1]
    found = read_day(form.format(d=day.day, m=day.month, y=f"{day.year:04d}", name=name, short=name[:3]))
    assert found[:3] == (day.year, day.month, day.day)


@given(days)
def test_weeks_and_days_of_the_year_are_days(day):
    year, week, weekday = day.isocalendar()
    if year > 999:
        assert read_day(f"{year:04d}-w{week:02d}-{weekday}")[:3] == (day.year, day.month, day.day)
    assert read_day(f"{day.year:04d}-{day.timetuple().tm_yday:03d}")[:3] == (day.year, day.month, day.day)


@given(days)
def test_two_numbers_and_a_year_are_left_open(day):
    assert read_day(f"{day.day:02d}.{day.month:02d}.{day.year:04d}") == Numbers(
        day.day, day.month, day.year, False, "."
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("october 1995", "1995-10"),
        ("octubre de 1995", "1995-10"),
        ("10/1995", "1995-10"),
        ("1995/10", "1995-10"),
        ("oct-95", "1995-10"),
        ("1995", "1995"),
        ("44 bc", "-0043"),
        ("15 march 44 bc", "-0043-03-15"),
        ("15 de marzo de 44 a. c.", "-0043-03-15"),
        ("ad 79", "0079"),
        ("24 august 79 ad", "0079-08-24"),
        ("3 october 476", "0476-10-03"),
        ("c. 1995", "1995~"),
        ("circa 3 october 1995", "1995-10-03~"),
        ("2021-w05", "2021-02-01/2021-02-07"),
        ("mar 3 1995", "1995-03-03"),
        ("tuesday, 3 october 1995", "1995-10-03"),
        ("sun, 28 mar 2021", "2021-03-28"),
        ("10000-01-01", "10000-01-01"),
        ("95-10-03", "1995-10-03"),
    ],
)
def test_months_years_and_days_are_read(text, read):
    assert read_day(text).text == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2021-02-30", "there is no 30 February 2021"),
        ("feb 30 2021", "there is no 30 February 2021"),
        ("2023-02-29", "there is no 29 February 2023"),
        ("2021-13-01", "there is no month 13"),
        ("0000-00-00", "there is no month 0"),
        ("0 may 2021", "there is no 0 May 2021"),
        ("2021-366", "there is no day 366 in 2021"),
        ("2021-w54-1", "there is no day 1 in week 54 of 2021"),
        ("monday 3 october 1995", "3 October 1995 is not a Monday"),
        ("3 october", "it has no year"),
        ("october 12", "it has no year"),
    ],
)
def test_a_day_that_does_not_exist_is_said_in_words(text, why):
    assert read_day(text) == why


@pytest.mark.parametrize("text", ["", "yesterday", "3 foo 1995", "3 october", "1995 1995", "c. 03/04/1995", "11:30"])
def test_what_is_no_date_is_no_day(text):
    assert not isinstance(read_day(text), Day)


def test_a_year_of_two_digits_lies_between_1969_and_2068():
    assert [read_day(f"3 oct {year}").year for year in ("69", "99", "00", "68")] == [1969, 1999, 2000, 2068]
    assert read_day("3 oct 69").short


def test_numbers_are_a_day_in_one_order_and_none_in_the_other():
    numbers = read_day("13/04/2021")
    assert numbers.read(day_first=True).text == "2021-04-13"
    assert numbers.read(day_first=False) == "there is no month 13"
