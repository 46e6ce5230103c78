"""What is said of the time of an event: short and true words for a window."""

import math
import re

from geo.clock import MINUTE, Instant, Kind, clock_words, day_words, words
from geo.gregorian import DAY, MONTHS, year_words

SEASONS = ("spring", "summer", "autumn", "winter")

_CALENDAR = re.compile(r"(?:Y?(-?[0-9]{4,6})|(-?[0-9]{1,3})X)(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")


def when_words(stated: Instant, earliest: float, latest: float, kind: Kind) -> str:
    """Short and true words for a window: "Day 8, 11:30", "Day 8, morning", "Day 8, between 11:30 and 12:00".

    The words of the row itself serve while at least half of what they cover is left; otherwise the window is named,
    rounded outwards to minutes.
    """
    if earliest == latest:
        return words(earliest, kind)
    if math.isinf(earliest) or math.isinf(latest):
        return _open_words(earliest, latest, kind)
    if stated.precision in ("part_of_day", "day") and latest - earliest >= (stated.latest - stated.earliest) / 2:
        day = day_words(stated.earliest, kind)
        return day if stated.precision == "day" else f"{day}, {stated.text.split()[-1].lower()}"
    if kind == "calendar" and latest - earliest >= (stated.latest - stated.earliest) / 2:
        own = _calendar_words(stated.text)
        if own:
            return own
    first, last = math.floor(earliest / MINUTE) * MINUTE, math.ceil(latest / MINUTE) * MINUTE
    if math.floor(first / DAY) == math.floor((last - 1) / DAY):
        return _words_within_a_day(first, last, kind)
    if last - first < DAY:
        return f"between {words(first, kind)} and {words(last, kind)}"
    return f"between {day_words(first, kind)} and {day_words(last - 1, kind)}"


def _calendar_words(text: str) -> str:
    """An EDTF date in words: "October 1995", "about 1995", "spring 1995", "the 1990s"; nothing for any other."""
    match = _CALENDAR.fullmatch(text.strip())
    if match is None:
        return ""
    year, decade, month, day, sign = match.groups()
    if decade is not None:
        return "" if month or sign or decade.startswith("-") else f"the {int(decade)}0s"
    said = year_words(int(year))
    if month is not None and 21 <= int(month) <= 24 and day is None:
        said = f"{SEASONS[int(month) - 21]} {said}"
    elif month is not None and 1 <= int(month) <= 12:
        said = f"{MONTHS[int(month) - 1]} {said}" if day is None else f"{int(day)} {MONTHS[int(month) - 1]} {said}"
    elif month is not None:
        return ""
    return f"{'about ' if sign in ('~', '%') else ''}{said}{' (uncertain)' if sign in ('?', '%') else ''}"


def _open_words(earliest: float, latest: float, kind: Kind) -> str:
    if math.isinf(earliest) and math.isinf(latest):
        return "some time"
    if math.isinf(latest):
        return f"{day_words(earliest, kind)} or later" if earliest % DAY == 0 else f"after {words(earliest, kind)}"
    return f"{day_words(latest - 1, kind)} or earlier" if latest % DAY == 0 else f"before {words(latest, kind)}"


def _words_within_a_day(first: float, last: float, kind: Kind) -> str:
    day = day_words(first, kind)
    if first % DAY == 0:
        return day if last % DAY == 0 else f"{day}, before {clock_words(last)}"
    if last % DAY == 0:
        return f"{day}, after {clock_words(first)}"
    return f"{day}, between {clock_words(first)} and {clock_words(last)}"
