"""Instants of story time: how they are written, read and said.

Story time is wall-clock time in float seconds and is never converted to another zone. A story told in days counts from
midnight before Day 0, the day before Day 1 (`D1` begins at 86 400, `D-13` at -13 * 86 400); a calendar story counts
from 1970-01-01T00:00 in the proleptic Gregorian calendar, whose year 0 is 1 BC.
"""

import math
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from geo.errors import GeoError, clipped
from geo.gregorian import DAY, MONTHS, civil, day_number, iso_year, start_of, year_words

Kind = Literal["days", "calendar"]

MINUTE, HOUR = 60, 3600

PARTS_OF_DAY = {
    # Hours of the local wall clock, [from, to). They overlap where people's words do: half past eleven is morning to
    # one and midday to another. A night belongs to the day on which it begins; an early hour is written D3T02:00.
    "morning": (5, 12),
    "midday": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 22),
    "night": (21, 29),
    "daytime": (6, 20),
}

EXAMPLES = {
    "days": "'D8T11:30', 'D8 morning' or 'D8'",
    "calendar": "'1995-10-03T11:30', '1995-10-03' or '1995-10'",
}

_DAY = re.compile(r"D(-?[0-9]{1,6})", re.IGNORECASE)
_DAY_PART = re.compile(r"D(-?[0-9]{1,6})\s+([a-z]+)", re.IGNORECASE)
_DAY_AT = re.compile(r"D(-?[0-9]{1,6})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?", re.IGNORECASE)
_DATE_AT = re.compile(
    r"(-?[0-9]{4,6})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?", re.IGNORECASE
)
_MONTH = re.compile(r"(-?[0-9]{4,6})-(0[1-9]|1[0-2])")
_YEAR = re.compile(r"-?[0-9]{4,6}")
_QUALIFIED = re.compile(r"(-?[0-9]{4,6}-[0-9]{2}(-[0-9]{2})?)([?~%])")
_ZONE = re.compile(
    r"(?<=:[0-9]{2})(?:\.[0-9]+)?\s*(Z|[+-][0-9]{2}(?::?[0-9]{2})?|[A-Z]{2,5}|[A-Z][A-Za-z_]+/[A-Za-z_/]+)"
)


class Instant(NamedTuple):
    """When something happened, as far as it is known: from `earliest` on and before `latest`.

    An exact instant has `earliest == latest`; anything else excludes `latest`. Nothing stated is (-inf, inf).
    `precision` is exact, part_of_day, day, or order (wider than a day). `text` is what was written.
    """

    earliest: float
    latest: float
    precision: str
    text: str


def parse_instant(text: str, kind: Kind) -> Instant:
    """What a `start` or `end` cell says. An offset or a zone after a clock time is left aside (see `zone`).

    Two instants with a slash between them say "somewhere from the first to the second", either may be `..` (open).
    Raises GeoError with examples of what is accepted.
    """
    stripped = text.strip()
    if len(stripped) > 100:
        raise _unreadable(stripped, kind)
    return _parsed(stripped, kind)


def zone(text: str) -> str:
    """The offset or time zone written after the clock time of `text`, or nothing."""
    match = _ZONE.search(text.strip())
    return match.group(1) if match and match.end() == len(text.strip()) else ""


def parse_at(text: str, kind: Kind) -> float:
    """The instant a link or a person typed: `D8T11:30`, `D8`, `1995-10-03T11:30:20`. Raises GeoError."""
    match = (_DAY_AT if kind == "days" else _DATE_AT).fullmatch(text.strip())
    if match is None:
        raise _unreadable(text, kind)
    fields = [int(field) if field else 0 for field in match.groups()]
    hour, minute, second = fields[-3:]
    if hour > 23 or minute > 59 or second > 59:
        raise _unreadable(text, kind)
    day = fields[0] if kind == "days" else day_number(fields[0], fields[1], fields[2])
    return float(day * DAY + hour * HOUR + minute * MINUTE + second)


def format_at(t: float, kind: Kind) -> str:
    """The inverse of `parse_at` for whole seconds; seconds are written only when there are some."""
    day, second = divmod(round(t), DAY)
    clock = _clock(second)
    if kind == "days":
        return f"D{day}T{clock}"
    year, month, day_of_month = civil(day * DAY)
    return f"{iso_year(year)}-{month:02d}-{day_of_month:02d}T{clock}"


def words(t: float, kind: Kind) -> str:
    """The instant for people: "Day 8, 11:30", "3 October 1995, 11:30", "15 March 44 BC, 00:00"."""
    day, second = divmod(round(t), DAY)
    return f"{day_words(day * DAY, kind)}, {_clock(second)}"


def day_words(t: float, kind: Kind) -> str:
    """The day of an instant for people: "Day 8", "3 October 1995"."""
    if kind == "days":
        return f"Day {math.floor(t / DAY)}"
    year, month, day_of_month = civil(t)
    return f"{day_of_month} {MONTHS[month - 1]} {year_words(year)}"


def clock_words(t: float) -> str:
    """The clock time of an instant: "11:30", with seconds only when there are some."""
    return _clock(round(t) % DAY)


@lru_cache(maxsize=65_536)  # a long story repeats its days, and EDTF beyond plain dates takes milliseconds to read
def _parsed(text: str, kind: Kind) -> Instant:
    if text == "":
        return Instant(-math.inf, math.inf, "order", "")
    if text.count("/") == 1 and not zone(text):
        return _from_to(text, kind)
    return _day_instant(text) if kind == "days" else _calendar_instant(text)


def _from_to(text: str, kind: Kind) -> Instant:
    first, last = (part.strip() for part in text.split("/"))
    earliest = -math.inf if first in ("", "..") else _parsed(first, kind).earliest
    latest = math.inf if last in ("", "..") else _parsed(last, kind).latest
    if latest < earliest or (earliest == -math.inf and latest == math.inf):
        raise _unreadable(text, kind)
    return Instant(earliest, latest, "exact" if earliest == latest else "order", text)


def _day_instant(text: str) -> Instant:
    if match := _DAY.fullmatch(text):
        day = int(match.group(1)) * DAY
        return Instant(day, day + DAY, "day", text)
    if match := _DAY_PART.fullmatch(text):
        hours = PARTS_OF_DAY.get(match.group(2).lower())
        if hours is None:
            raise GeoError(
                f"'{clipped(match.group(2))}' is not a part of the day; write one of {', '.join(PARTS_OF_DAY)}"
            )
        day = int(match.group(1)) * DAY
        return Instant(day + hours[0] * HOUR, day + hours[1] * HOUR, "part_of_day", text)
    at = parse_at(_clock_time(text), "days")
    return Instant(at, at, "exact", text)


def _calendar_instant(text: str) -> Instant:
    if match := _MONTH.fullmatch(text):
        year, month = int(match.group(1)), int(match.group(2))
        after = (year + 1, 1) if month == 12 else (year, month + 1)
        return Instant(start_of(year, month), start_of(*after), "order", text)
    if _YEAR.fullmatch(text):
        return Instant(start_of(int(text)), start_of(int(text) + 1), "order", text)
    if (match := _QUALIFIED.fullmatch(text)) and (_MONTH.fullmatch(match[1]) or _DATE_AT.fullmatch(match[1])):
        around = _calendar_instant(match[1])
        give = (1 if match[2] else 31) * (2 if match[3] == "%" else 1) * DAY
        return Instant(around.earliest - give, around.latest + give, "order", text)
    written = _clock_time(text)
    if _DATE_AT.fullmatch(written):
        at = parse_at(written, "calendar")
        return Instant(at, at, "exact", text) if ":" in written else Instant(at, at + DAY, "day", text)
    return _edtf_instant(text)


def _edtf_instant(text: str) -> Instant:
    """Uncertain and approximate years, seasons, sets and long years, with the padding the edtf package gives them.

    A qualified month or day is read above: the package adds a year to either side of it, we a month or a day.
    """
    from edtf import parse_edtf

    if text.count("/") > 1 or ("/" in text and ".." in text):  # the package would print the text and then give up
        raise _unreadable(text, "calendar")
    try:
        read = parse_edtf(text)
        bounds = read.lower_fuzzy(), read.upper_fuzzy()
    except Exception as cause:  # the package lets through whatever its parts raise: ValueError, TypeError, ...
        raise _unreadable(text, "calendar") from cause
    first, last = (bound if isinstance(bound, float) else start_of(*bound[:3]) for bound in bounds)
    if not first <= last:
        raise _unreadable(text, "calendar")
    return Instant(first, last + DAY, "day" if first == last else "order", text)


def _clock_time(text: str) -> str:
    """`text` without what stands after its whole seconds: a fraction, an offset or a zone."""
    if zone(text):
        match = _ZONE.search(text)
        return text[: match.start()] if match else text
    return re.sub(r"(?<=:[0-9]{2}:[0-9]{2})\.[0-9]+$", "", text)


def _unreadable(text: str, kind: Kind) -> GeoError:
    return GeoError(f"'{clipped(text)}' is not a time this story can read; write it like {EXAMPLES[kind]}")


def _clock(second: int) -> str:
    hour, rest = divmod(int(second), HOUR)
    minute, second = divmod(rest, MINUTE)
    return f"{hour:02d}:{minute:02d}" + (f":{second:02d}" if second else "")
