"""One cell with a date, a clock time and a zone, as the clock of a story writes it, or why it cannot be."""

import re
from functools import lru_cache

from geo.clock import HOUR, MINUTE, PARTS_OF_DAY, format_at
from geo.date_values import CORRECT, REWRITE, Cell, Numbered, Refused, Serial, Unusual, Written, of_clock, written
from geo.date_words import Day, Numbers, read_day
from geo.gregorian import DAY, start_of
from geo.hours import CLOCK, Hours, read_hours
from geo.zones import ZONE

MOST_CHARACTERS = 100
FIRST_SERIAL, LAST_SERIAL = 20_000, 60_000  # Excel's days from 1954 to 2064
_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(\.[0-9]{1,12})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]{1,15})?")
_BASIC = re.compile(r"([0-9]{8})T([0-9]{2})([0-9]{2})([0-9]{2})?(Z|[+-][0-9]{4})?", re.IGNORECASE)
_CLOCK = rf"(?P<clock>{CLOCK.pattern})"
_TIMED = re.compile(
    rf"(?P<date>.+?)(?P<gap>(?<=[0-9])T|(?:[,;]?\s+|,)(?:(?:at|a\slas?|@|-)\s+)?){_CLOCK}\s?(?P<zone>{ZONE.pattern})?",
    re.IGNORECASE,
)
_TIME_FIRST = re.compile(rf"{_CLOCK}(?:,\s*|\s+(?:on\s|el\s|del?\s)?)(?P<date>.+)", re.IGNORECASE)
_PARTS = {
    **{part: part for part in PARTS_OF_DAY},
    **{"mañana": "morning", "mediodía": "midday", "tarde": "afternoon", "noche": "night"},
}
_PARTED = re.compile(
    rf"(?P<date>.+?)[,\s]+(?:(?:in|por|de|en|at)\s(?:(?:the|la|el)\s)?|al\s)?(?P<part>{'|'.join(_PARTS)})"
)
_STORY_DAY = re.compile(r"(?:day|d|día|dia)\s?(-?[0-9]{1,6})(?:(?:t|[\s,]+)(?P<rest>.+))?")
_RELATIVE = re.compile(
    r"(?:yesterday|today|tonight|tomorrow|now|last|next|this|ayer|hoy|anoche|mañana|ahora|próxim[oa]|pasad[oa])\b"
)
_EDTF = re.compile(r"[0-9XYESTW.~?%/,\[\]{}+: -]{4,60}")
_YEARS = re.compile(r"([0-9]{4})\s?[-\N{EN DASH}]\s?([0-9]{4})")
_DECADE = re.compile(r"([0-9]{3})0'?s")


def read_cell(text: str) -> Cell:
    """What one cell says by itself; `text` is not empty."""
    text = text.strip()
    if match := _ISO.fullmatch(text):  # what most columns hold: quick, because a column may have 100 000
        wrong = _no_day(match[1], match[2], match[3])
        if wrong:
            return Refused(wrong, CORRECT)
        if not match[7] and not match[8]:
            return Written(text.replace(" ", "T"), "1995-10-03", match[4] is not None)
        if text[10] == "T":
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
            hours = Hours(hour * HOUR + minute * MINUTE + second, float(f"0{match[7] or ''}"))
            return written(Day(year, month, day, "1995-10-03"), hours, match[8] or "")
    if len(text) > MOST_CHARACTERS:
        return Refused(f"has {len(text):,} characters", REWRITE)
    return _read(" ".join(text.replace("\N{MINUS SIGN}", "-").split()))


def _read(text: str) -> Cell:
    if _SERIAL.fullmatch(text) and FIRST_SERIAL <= (days := float(text.replace(",", "."))) <= LAST_SERIAL:
        return Serial(days)
    if re.fullmatch(r"1[0-9]{9}(?:[0-9]{3})?", text):
        at = format_at(int(text[:10]), "calendar")
        return Refused(f"looks like seconds since 1970: that is {at} in UTC", REWRITE)
    lower = text.lower()
    if re.match(r"d-?[0-9][^/]*/", lower):
        return of_clock(text, "days")
    if match := _STORY_DAY.fullmatch(lower):
        return _story_day(match[1], match["rest"] or "", text)
    found = None if ":" in lower else read_day(lower)  # no day has a colon, and most times of a column differ
    if found is not None:
        return written(found, None, "") if isinstance(found, Day | str) else Numbered(found)
    if match := _BASIC.fullmatch(text):
        text = f"{match[1]}T{match[2]}:{match[3]}{':' + match[4] if match[4] else ''}{match[5] or ''}"
    return _with_time(text) or _without(text, lower)


def _with_time(text: str) -> Cell | None:
    text = re.sub(r"\b(?:at\s)?noon$", "12:00", text, flags=re.IGNORECASE)
    for form in (_TIMED, _TIME_FIRST):
        match = form.fullmatch(text)
        clock = CLOCK.fullmatch(match["clock"]) if match else None
        hours = read_hours(clock) if clock else None
        if match is None or hours is None or (day := read_day(match["date"].lower().strip(" ,;"))) is None:
            continue
        if isinstance(hours, str):
            return Refused(f"has no such time: {hours}", CORRECT)
        zone = (match["zone"] or "").strip() if form is _TIMED else ""
        if zone and _may_be_until(match):
            return Refused(
                f"may mean from {match['clock']} to {zone[1:]}, or an offset", "put the end into its own column"
            )
        return Numbered(day, hours, zone) if isinstance(day, Numbers) else written(day, hours, zone)
    return _with_part(text.lower())


def _may_be_until(match: re.Match[str]) -> bool:
    """Whether "10:00-11:30" is a stretch of time and no time with its offset; ISO writes a T or the seconds."""
    bare = match["gap"].upper() != "T" and match["second"] is None
    return bare and re.fullmatch(r"-[0-9]{1,2}(?::[0-9]{2})?", match["zone"]) is not None


def _with_part(lower: str) -> Cell | None:
    match = _PARTED.fullmatch(lower)
    day = read_day(match["date"].strip(" ,")) if match else None
    if match is None or day is None:
        return None
    if not isinstance(day, Day) or day.day is None or day.month is None:
        return Refused("has a part of the day beside a date that is not clear", REWRITE)
    begin, end = (start_of(day.year, day.month, day.day) + hour * HOUR for hour in PARTS_OF_DAY[_PARTS[match["part"]]])
    text = f"{format_at(begin, 'calendar')}/{format_at(end, 'calendar')}"
    return Written(text, "3 October 1995, morning", said=("short",) if day.short else ())


def _without(text: str, lower: str) -> Cell:
    if _RELATIVE.match(lower):
        return Refused("depends on the day on which it was written", REWRITE)
    if CLOCK.fullmatch(text) and ":" in text:
        return Refused("is a time without a day", REWRITE)
    if match := _DECADE.fullmatch(lower):
        return Written(f"{match[1]}X", "1990s")
    if (match := _YEARS.fullmatch(text)) and match[1] < match[2]:
        return Written(f"{match[1]}/{match[2]}", "1914-1918")
    if re.fullmatch(r"-?[0-9]{4,6}(?:-[0-9]{2}){0,2}[?~%]?", text):
        return of_clock(text, "calendar")
    return Unusual(text) if _EDTF.fullmatch(text) else Refused("is not a date that can be read", REWRITE)


def _story_day(day: str, rest: str, text: str) -> Written | Refused:
    """Our own notation, as an author of a story told in days may write it: "Day 8, 11:30", "D8 morning"."""
    if not rest:
        return of_clock(f"D{int(day)}", "days")
    if rest in _PARTS:
        return of_clock(f"D{int(day)} {_PARTS[rest]}", "days")
    clock = CLOCK.fullmatch(rest)
    hours = read_hours(clock) if clock else None
    if isinstance(hours, Hours):
        at = format_at(int(day) * DAY + hours.seconds, "days")
        return Written(at, "D8", True, said=hours.said, kind="days")
    if isinstance(hours, str):
        return Refused(f"has no such time: {hours}", CORRECT)
    return of_clock(text, "days")


@lru_cache(maxsize=65_536)
def _no_day(year: str, month: str, day: str) -> str:
    found = read_day(f"{year}-{month}-{day}")
    return f"is no date: {found}" if isinstance(found, str) else ""
