"""What stands after a clock time to say whose clock it is: an offset from UTC, or the name of a time zone."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from geo.clock import HOUR, MINUTE
from geo.errors import clipped
from geo.gregorian import DAY, civil

ZONE = re.compile(
    r"Z|(?:UTC|GMT)?\s?[+-][0-9]{1,2}(?::?[0-9]{2})?|\(?[A-Za-z]{2,5}\)?|[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}"
)
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?([+-])([0-9]{1,2})(?::?([0-9]{2}))?", re.IGNORECASE)
_UTC = {"Z", "UTC", "GMT"}
_WEST, _EAST = -12 * HOUR, 14 * HOUR  # the clocks of the earth


class Offset(NamedTuple):
    """Seconds that a clock is ahead of UTC; `twice` where the local time happens twice, and the first is taken."""

    seconds: int
    twice: bool = False


def read_offset(zone: str, local: float) -> Offset | str:
    """How far ahead of UTC a clock of `zone` is when it shows `local` (seconds since 1970 of that clock).

    A zone is an offset ("+01:00", "-0430", "Z") or a name of the time zone database ("Europe/Paris"). Where there is
    no such zone, or no such time in it, a sentence says so.
    """
    zone = zone.strip().strip("()")
    if zone.upper() in _UTC:
        return Offset(0)
    if match := _OFFSET.fullmatch(zone):
        seconds = int(match[2]) * HOUR + int(match[3] or 0) * MINUTE
        seconds = -seconds if match[1] == "-" else seconds
        if not _WEST <= seconds <= _EAST or int(match[3] or 0) > 59:
            return f"there is no offset {zone}: clocks are from -12:00 to +14:00"
        return Offset(seconds)
    name = zone if zone in _names() else zone.upper()
    if name not in _names():
        return f"'{clipped(zone, 30)}' is not a known time zone"
    return _of_name(name, local)


def _of_name(name: str, local: float) -> Offset | str:
    year, month, day = civil(local)
    if not 2 <= year <= 9998:
        return f"the clocks of {name} are not known for that year"
    second = int(local % DAY)
    shown = datetime(year, month, day, tzinfo=ZoneInfo(name)) + timedelta(seconds=second)
    first, last = (shown.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    there = shown.replace(fold=0).astimezone(UTC).astimezone(ZoneInfo(name))
    if there.replace(tzinfo=None) != shown.replace(tzinfo=None):
        return f"the clocks of {name} were put forward and never showed {shown:%H:%M} on that day"
    return Offset(int(first.total_seconds()), twice=first != last)


@cache
def _names() -> set[str]:
    return available_timezones()
