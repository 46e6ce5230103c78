"""What a cell of a spreadsheet says as text: dates as ISO 8601, numbers as they were typed."""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_CLOCK = re.compile(r"[hs]|am/pm|a/p", re.IGNORECASE)
_ZEROS = re.compile(r"0{2,20}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def cell_text(value: Any, number_format: str) -> str:
    """The text of a value that openpyxl read from a cell with this format; nothing is the empty text.

    A date is a day alone where it is midnight and the format shows no clock. A number has the 15 digits that a
    spreadsheet keeps, a share its sign of percent, a number with leading zeros its zeros.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value, number_format)
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, time):
        return _clock(value.hour, value.minute, value.second + round(value.microsecond / 1_000_000))
    return value.isoformat() if isinstance(value, date) else str(value)


def shows_clock(number_format: str) -> bool:
    """Whether a date in this format is shown with its time of day."""
    return _CLOCK.search(_QUOTED.sub("", number_format.split(";")[0])) is not None


def _number(value: float, number_format: str) -> str:
    first = _QUOTED.sub("", number_format.split(";")[0])
    if "%" in first and math.isfinite(value):
        return f"{_plain(value * 100)}%"
    text = _plain(value)
    return text.zfill(len(first)) if text.isdigit() and _ZEROS.fullmatch(first) else text


def _plain(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return str(value)
    rounded = float(f"{value:.15g}")
    if rounded.is_integer() and abs(rounded) < 1e15:
        return str(int(rounded))
    text = repr(rounded)
    return format(Decimal(text), "f") if "e" in text and 1e-12 < abs(rounded) < 1e21 else text


def _moment(value: datetime, number_format: str) -> str:
    if value.microsecond >= 500_000 and value.year < 9999:
        value += timedelta(seconds=1)
    value = value.replace(microsecond=0)
    day = f"{value.year:04d}-{value.month:02d}-{value.day:02d}"
    if value.time() == time() and not shows_clock(number_format):
        return day
    return f"{day}T{_clock(value.hour, value.minute, value.second)}"


def _duration(value: timedelta) -> str:
    seconds = round(abs(value.total_seconds()))
    return ("-" if value < timedelta() else "") + _clock(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _clock(hours: int, minutes: int, seconds: int) -> str:
    if seconds == 60:
        hours, minutes = divmod(hours * 60 + minutes + 1, 60)
        seconds = 0
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
