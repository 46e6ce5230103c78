"""Days of the proleptic Gregorian calendar of any year, in seconds since 1970-01-01T00:00; year 0 is 1 BC."""

import math
from datetime import date

from geo.errors import GeoError

DAY = 86_400
FIRST_YEAR, LAST_YEAR = -200_000, 200_000  # inside what a JavaScript Date can hold

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# The calendar repeats every 400 years, so that Python's dates of the years 2000 to 2399 serve any year.
_DAYS_IN_400_YEARS = 146_097
_ORDINAL_1970 = date(1970, 1, 1).toordinal()
_ORDINAL_2000 = date(2000, 1, 1).toordinal()


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01. Raises GeoError for a day that does not exist and for a year that cannot be read."""
    cycle, rest = divmod(year, 400)
    try:
        ordinal = date(2000 + rest, month, day).toordinal()
    except ValueError as cause:
        written = f"{iso_year(year)}-{month:02d}-{day:02d}"
        raise GeoError(f"there is no such day as '{written}'; correct the month or the day") from cause
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:  # the year after the last one is where that one ends
        raise GeoError(f"the year {year} is too far away; write one from {FIRST_YEAR} to {LAST_YEAR}")
    return ordinal - _ORDINAL_1970 + (cycle - 5) * _DAYS_IN_400_YEARS


def start_of(year: int, month: int = 1, day: int = 1) -> float:
    """The first second of a day. Raises GeoError as `day_number` does."""
    return float(day_number(year, month, day) * DAY)


def civil(t: float) -> tuple[int, int, int]:
    """Year, month and day of the month of an instant."""
    cycle, rest = divmod(math.floor(t / DAY) + _ORDINAL_1970 - _ORDINAL_2000, _DAYS_IN_400_YEARS)
    day = date.fromordinal(_ORDINAL_2000 + rest)
    return day.year + 400 * cycle, day.month, day.day


def iso_year(year: int) -> str:
    """At least four digits, with a minus before the years before 1 BC."""
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def year_words(year: int) -> str:
    """A year for people: 1995 is "1995", 0 is "1 BC"."""
    return str(year) if year > 0 else f"{1 - year} BC"
