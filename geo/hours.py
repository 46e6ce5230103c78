"""A clock time as people write it, with what follows it: half past eleven is 11:30, 11.30, 11h30 or 11:30 a. m."""

import re
from typing import NamedTuple

from geo.clock import HOUR, MINUTE

# A number alone is no clock time: it needs its minutes, an h, or am and pm.
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_PART = r"(?:de|por|in|en)\s(?:la|the)\s(?P<part>mañana|tarde|noche|morning|afternoon|evening)"
_SECONDS = r"[:.](?P<second>[0-9]{2})(?:[.,](?P<rest>[0-9]{1,12}))?"
_NUMBERS = rf"(?P<hour>[0-9]{{1,2}})(?:(?:[:.]|\s?h\s?)(?P<minute>[0-9]{{2}})(?:{_SECONDS})?)?"
CLOCK = re.compile(rf"{_NUMBERS}(?P<h>\s?(?:h|hrs?|hours|horas)\b\.?)?(?:\s?{_HALF}|\s{_PART})?", re.IGNORECASE)


class Hours(NamedTuple):
    """Whole seconds since midnight, up to the midnight at the end of the day; `rest` is the fraction of a second.

    `said` names what had to be put right: "24:00", ":60".
    """

    seconds: int
    rest: float = 0.0
    said: tuple[str, ...] = ()


def read_hours(match: re.Match[str]) -> Hours | str | None:
    """The time of a match of `CLOCK`; a sentence where there is no such time; None where it is no time at all."""
    parts = match.groupdict()
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    half = parts["half"] or parts["part"]
    if parts["minute"] is None and parts["h"] is None and not half:
        return None
    if half and not 1 <= hour <= 12:
        return f"the hour {hour} does not go with {match[0].split(maxsplit=1)[-1] if ' ' in match[0] else 'am or pm'}"
    if minute > 59:
        return f"there is no minute {minute}"
    if second > 60:
        return f"there is no second {second}"
    if half:
        later = _is_later(half.lower(), hour)
        if later is None:
            return f"{match[0]} can be understood in two ways"
        hour = hour % 12 + (12 if later else 0)
    if hour > 24 or (hour == 24 and (minute or second)):
        return f"there is no hour {hour}" if hour > 24 else "a day ends at 24:00"
    said = (*(["24:00"] if hour == 24 else []), *([":60"] if second == 60 else []))
    rest = float(f"0.{parts['rest']}") if parts["rest"] else 0.0
    return Hours(hour * HOUR + minute * MINUTE + second, rest, said)


def _is_later(half: str, hour: int) -> bool | None:
    """Whether the hour belongs to the second half of the day; None where people disagree."""
    if half in ("a", "p"):
        return half == "p"
    if half in ("mañana", "morning"):
        return None if hour == 12 else False
    if half in ("tarde", "afternoon"):
        return True
    return True if 5 <= hour <= 11 else None
