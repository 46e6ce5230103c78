"""A day as people write it, without its clock time: with the name of the month, in numbers, as a week of a year.

English and Spanish. What a text says for itself is read here; whether 03/04 begins with the day is not in the text.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from geo.errors import GeoError
from geo.gregorian import MONTHS, day_number, iso_year, year_words

_ENGLISH = [name.lower() for name in MONTHS]
_SPANISH = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"]
_SPANISH += ["agosto", "septiembre", "octubre", "noviembre", "diciembre"]
_MONTH_OF = {"sept": 9, "set": 9, "setiembre": 9}
for _names in (_ENGLISH, _SPANISH):
    for _number, _name in enumerate(_names, start=1):
        _MONTH_OF |= {_name: _number, _name[:3]: _number}

# From Monday on. Spanish "mar" is a month here, and "mar 3" the third of March.
_WEEKDAYS = [
    ("monday", "mon", "lunes", "lun"),
    ("tuesday", "tues", "tue", "martes"),
    ("wednesday", "wed", "miércoles", "miercoles", "mié", "mie"),
    ("thursday", "thurs", "thur", "thu", "jueves", "jue"),
    ("friday", "fri", "viernes", "vie"),
    ("saturday", "sat", "sábado", "sabado", "sáb", "sab"),
    ("sunday", "sun", "domingo", "dom"),
]
_WEEKDAY_OF = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}

_NAME = r"(?P<name>[a-z]{3,10})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|ro|º|°|\.)?"
_YEAR = r"'?(?P<year>[0-9]{2,6})"
_GAP = r"[\s,./-]{1,3}(?:(?:of|del?)\s)?"
_WORDED = [
    re.compile(rf"{_DAY}{_GAP}{_NAME}{_GAP}{_YEAR}"),
    re.compile(rf"{_NAME}{_GAP}{_DAY}{_GAP}{_YEAR}"),
    re.compile(rf"(?P<year>[0-9]{{4,6}}){_GAP}{_NAME}{_GAP}{_DAY}"),
    re.compile(rf"{_NAME}{_GAP}(?P<year>'[0-9]{{2}}|3[2-9]|[4-9][0-9]|[0-9]{{3,6}})"),  # "October 12" is a day
    re.compile(rf"{_DAY}{_GAP}{_NAME}"),
    re.compile(rf"{_NAME}{_GAP}{_DAY}"),
]
_WEEKDAY = re.compile(rf"(?:the\s|el\s)?(?P<weekday>{'|'.join(sorted(_WEEKDAY_OF, key=len, reverse=True))})\b\.?,?\s+")
_CALLED = re.compile(r"(?:el\s|the\s|on\s)")
_AROUND = re.compile(r"(?:c\.|ca?\.?\s|circa\s|about\s|around\s|approx(?:imately|\.)?\s|hacia\s|aprox\.?\s)\s*")
_BEFORE = re.compile(r"(.*[0-9])\s*(?:bce?|b\.\s?c\.(?:\s?e\.)?|a\.\s?c\.|antes de cristo)")
_AFTER = re.compile(r"(.*[0-9])\s*(?:ad|ce|a\.\s?d\.|c\.\s?e\.|d\.\s?c\.|después de cristo)|ad\s(.*[0-9])")

_YEAR_FIRST = re.compile(r"(?P<year>-?[0-9]{4,6})(?P<sign>[-/.])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})")
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEAR_MONTH = re.compile(r"(?P<year>[0-9]{4})[/.](?P<month>[0-9]{1,2})|(?P<month2>[0-9]{1,2})[/.-](?P<year2>[0-9]{4})")
_WEEK = re.compile(r"(?P<year>[0-9]{4})-?w(?P<week>[0-9]{2})(?:-?(?P<day>[0-9]))?")
_ORDINAL = re.compile(r"(?P<year>[0-9]{4})-(?P<day>[0-9]{3})")
_NUMBERS = re.compile(r"(?P<first>[0-9]{1,2})(?P<sign>[-/. ])(?P<second>[0-9]{1,2})(?P=sign)(?P<year>'?[0-9]{2,4})")


class Day(NamedTuple):
    """A day, a month (`day` is None) or a year (both are), and the form it was written in.

    `last` is the last day of a week. `short` means that the year was written with two digits.
    """

    year: int
    month: int | None
    day: int | None
    form: str
    short: bool = False
    around: bool = False
    last: tuple[int, int, int] | None = None

    @property
    def text(self) -> str:
        """As the clock of a calendar story writes it."""
        text = iso_year(self.year)
        text += "" if self.month is None else f"-{self.month:02d}"
        text += "" if self.day is None else f"-{self.day:02d}"
        if self.last:
            text += f"/{iso_year(self.last[0])}-{self.last[1]:02d}-{self.last[2]:02d}"
        return text + ("~" if self.around else "")

    @property
    def words(self) -> str:
        """For people: "3 April 2021"."""
        month = "" if self.month is None else f"{MONTHS[self.month - 1]} "
        return f"{'' if self.day is None else f'{self.day} '}{month}{year_words(self.year)}"


class Numbers(NamedTuple):
    """Two numbers and a year, in an order that the text does not say."""

    first: int
    second: int
    year: int
    short: bool
    sign: str

    def read(self, day_first: bool) -> "Day | str":
        """The day in one of the two orders, or why there is none."""
        day, month = (self.first, self.second) if day_first else (self.second, self.first)
        return checked(Day(self.year, month, day, f"1{self.sign}2{self.sign}{iso_year(self.year)}", self.short))


@lru_cache(maxsize=16_384)  # a column of times repeats its days
def read_day(text: str) -> Day | Numbers | str | None:
    """What a date in lower case says; a sentence where there is no such day; None where it is no date at all."""
    weekday = None
    if match := _WEEKDAY.match(text):
        weekday, text = _WEEKDAY_OF[match["weekday"]], text[match.end() :]
    if match := _CALLED.match(text):
        text = text[match.end() :]
    around = _AROUND.match(text)
    era = 0
    text = text[around.end() :] if around else text
    if match := _BEFORE.fullmatch(text):
        era, text = -1, match[1]
    elif match := _AFTER.fullmatch(text):
        era, text = 1, match[1] or match[2]
    day = _read(text, era)
    if isinstance(day, Day):
        day = checked(day._replace(around=bool(around)))
    if isinstance(day, Day) and weekday is not None and not _falls_on(day, weekday):
        return f"{day.words} is not a {_WEEKDAYS[weekday][0].title()}"
    return None if around and isinstance(day, Numbers) else day


def checked(day: Day) -> Day | str:
    """The day, or a sentence where the calendar has none such."""
    if day.month is not None and not 1 <= day.month <= 12:
        return f"there is no month {day.month}"
    try:
        day_number(day.year, day.month or 1, 1)
    except GeoError as cause:
        return str(cause)
    try:
        day_number(day.year, day.month or 1, 1 if day.day is None else day.day)
    except GeoError:
        return f"there is no {day.words}"
    return day


def _read(text: str, era: int) -> Day | Numbers | str | None:
    if era and re.fullmatch(r"[0-9]{1,6}", text):
        return Day(_of_era(int(text), era), None, None, "44 BC" if era < 0 else "AD 44")
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        sign = match["sign"] if "sign" in match.groupdict() else ""
        year, month, day = (int(match[name]) for name in ("year", "month", "day"))
        return Day(_of_era(year, era), month, day, sign.join(("1995", "10", "03")))
    if match := _WEEK.fullmatch(text):
        return _week(int(match["year"]), int(match["week"]), match["day"])
    if match := _ORDINAL.fullmatch(text):
        return _ordinal(int(match["year"]), int(match["day"]))
    if match := _NUMBERS.fullmatch(text):
        return _numbers(match, era)
    if match := _YEAR_MONTH.fullmatch(text):
        return Day(int(match["year"] or match["year2"]), int(match["month"] or match["month2"]), None, "10/1995")
    if re.fullmatch(r"[0-9]{4}", text):
        return Day(_of_era(int(text), era), None, None, "1995")
    return _worded(text, era)


def _worded(text: str, era: int) -> Day | str | None:
    for form in _WORDED:
        if (match := form.fullmatch(text)) and (month := _MONTH_OF.get(match["name"])):
            parts = match.groupdict()
            if "year" not in parts:
                return "it has no year"
            year, short = _year(parts["year"].lstrip("'"), era)
            day = int(parts["day"]) if "day" in parts else None
            return Day(year, month, day, "3 October 1995" if day is not None else "October 1995", short)
    return None


def _numbers(match: re.Match[str], era: int) -> Day | Numbers | None:
    first, second, last = int(match["first"]), int(match["second"]), match["year"].lstrip("'")
    if match["sign"] == " " and len(last) < 4:
        return None
    year, short = _year(last, era)
    if len(last) == 2 and first > 31:  # 95-10-03
        year, short = _year(match["first"], era)
        return Day(year, second, int(last), "95-10-03", short)
    return Numbers(first, second, year, short, match["sign"])


def _year(text: str, era: int) -> tuple[int, bool]:
    """The year, and whether it had two digits: 69 to 99 are taken as 1969 to 1999, 00 to 68 as 2000 to 2068."""
    year = int(text)
    if era or len(text) > 2:
        return _of_era(year, era), False
    return year + (1900 if year >= 69 else 2000), True


def _of_era(year: int, era: int) -> int:
    return 1 - year if era < 0 else year


def _week(year: int, week: int, day: str | None) -> Day | str:
    try:
        first = date.fromisocalendar(year, week, int(day or 1))
    except ValueError:
        return f"there is no day {day} in week {week} of {year}" if day else f"there is no week {week} in {year}"
    last = None if day else first + timedelta(days=6)
    end = None if last is None else (last.year, last.month, last.day)
    return Day(first.year, first.month, first.day, "1995-W40-2", last=end)


def _ordinal(year: int, day: int) -> Day | str:
    try:
        found = date(year, 1, 1) + timedelta(days=day - 1)
    except (ValueError, OverflowError):
        return f"there is no year {year}"
    if found.year != year:
        return f"there is no day {day} in {year}"
    return Day(found.year, found.month, found.day, "1995-276")


def _falls_on(day: Day, weekday: int) -> bool:
    if day.month is None or day.day is None:
        return False
    return (day_number(day.year, day.month, day.day) + 3) % 7 == weekday  # 1970-01-01 was a Thursday
