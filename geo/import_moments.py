"""Dates in the forms that programs write, read a column at a time: seconds since 1970 on the clock as written.

Only what is beyond doubt: digits in their places, days that there are. All else is left to the readers of cells.
"""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]

_LONGEST = 35
_FEWEST = 8  # "3/4/2021"
_PARTS = (
    r"^(?P<a>[0-9]{1,2})(?P<x>[-/.])(?P<b>[0-9]{1,2})(?P<y>[-/.])(?P<c>[0-9]{4})"
    r"(?: (?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2}))?(?: (?P<p>[AP]M))?)?$"
)
_DAYS = np.array([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


class Moments(NamedTuple):
    """Seconds of each cell, NaN where it was not read; `offset` is that of its zone in seconds, NaN for none.

    `other_order` are cells that can only begin with the day in a column that begins with the month, or the reverse.
    `days` are dates without a clock time.
    """

    at: Floats
    offset: Floats
    other_order: Bools
    days: Bools


def moments(texts: pa.Array, day_first: bool | None) -> Moments:
    """The moments that the cells say; blanks around them do not count."""
    count = len(texts)
    found = Moments(np.full(count, np.nan), np.full(count, np.nan), np.zeros(count, bool), np.zeros(count, bool))
    texts = pc.utf8_trim_whitespace(texts)
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False)
    for length in np.unique(lengths).tolist():
        if not _FEWEST <= length <= _LONGEST:
            continue
        places = np.flatnonzero(lengths == length)
        same = texts if len(places) == count else texts.take(pa.array(places))
        _of_one_length(_matrix(same, length), places, day_first, found)
    left = np.flatnonzero(np.isnan(found.at) & (lengths >= _FEWEST) & (lengths <= 22))
    if len(left):
        _of_any_length(texts.take(pa.array(left)), left, day_first, found)
    return found


def _matrix(texts: pa.Array, length: int) -> Bytes:
    """The bytes of texts of one length, a row each."""
    _, offsets, content = texts.buffers()
    first = np.frombuffer(offsets, dtype=np.int32)[texts.offset]
    return np.frombuffer(content, dtype=np.uint8)[first : first + len(texts) * length].reshape(len(texts), length)


def _of_one_length(signs: Bytes, places: Any, day_first: bool | None, found: Moments) -> None:
    if signs.shape[1] < 10:
        return
    iso = _are(signs, 4, "-/") & (signs[:, 4] == signs[:, 7]) & _digits(signs, (0, 1, 2, 3, 5, 6, 8, 9))
    if iso.all() and len(iso):
        year, month, day = _number(signs, 0, 4), _number(signs, 5, 2), _number(signs, 8, 2)
        _put(signs, places, year, month, day, iso, found)
        return
    if iso.any():
        _of_one_length(signs[iso], places[iso], day_first, found)
        _of_one_length(signs[~iso], places[~iso], day_first, found)
        return
    local = _are(signs, 2, "-/.") & (signs[:, 2] == signs[:, 5]) & _digits(signs, (0, 1, 3, 4, 6, 7, 8, 9))
    if local.any():
        signs, places = signs[local], places[local]
        first, second, year = _number(signs, 0, 2), _number(signs, 3, 2), _number(signs, 6, 4)
        month, day, known = _ordered(first, second, day_first, places, found)
        _put(signs, places, year, month, day, known, found)


def _ordered(first: Any, second: Any, day_first: bool | None, places: Any, found: Moments) -> tuple[Any, Any, Bools]:
    """Month and day of dates that begin with either; known where the column says it, or the date itself does."""
    alone_day, alone_month = (first > 12) & (second <= 12), (second > 12) & (first <= 12)
    if day_first is not None:
        found.other_order[places] = alone_month if day_first else alone_day
    by_day = alone_day | (~alone_month & bool(day_first))
    known = alone_day | alone_month | (first == second) | (day_first is not None)
    return np.where(by_day, second, first), np.where(by_day, first, second), known


def _put(signs: Bytes, places: Any, year: Any, month: Any, day: Any, known: Bools, found: Moments) -> None:
    """Adds the clock time behind the first ten signs, and its zone, and writes down what is sound."""
    seconds, offset, sound = _clock(signs)
    sound &= known & _is_day(year, month, day)
    where = places[sound]
    found.at[where] = (_day_number(year, month, day) * 86_400.0 + seconds)[sound]
    found.offset[where] = offset[sound]
    found.days[where] = signs.shape[1] == 10


def _clock(signs: Bytes) -> tuple[Floats, Floats, Bools]:
    """Seconds of the day behind the first ten signs, the offset of a zone (NaN for none), and whether it is a time."""
    count, length = signs.shape
    none = np.full(count, np.nan)
    if length == 10:
        return np.zeros(count), none, np.ones(count, bool)
    if length < 16:
        return none, none, np.zeros(count, bool)
    sound = _are(signs, 10, "T ") & _are(signs, 13, ":") & _digits(signs, (11, 12, 14, 15))
    hour, minute, second = _number(signs, 11, 2), _number(signs, 14, 2), np.zeros(count)
    end = 16
    if length >= 19 and _are(signs, 16, ":").all():
        sound &= _digits(signs, (17, 18))
        second, end = _number(signs, 17, 2), 19
    if end == 19 and length > 20 and _are(signs, 19, ".").all():
        end = 20
        while end < length and _digits(signs, (end,)).all():
            end += 1
    rest = signs[:, end:]
    offset, half = none, length - end == 3 and _are(signs, end, " ").all()
    if half:
        after = _are(rest, 1, "Pp")
        sound &= (after | _are(rest, 1, "Aa")) & _are(rest, 2, "Mm") & (hour >= 1) & (hour <= 12)
        hour = hour % 12 + 12 * after
    elif rest.shape[1]:
        offset, zoned = _zone(rest)
        sound &= zoned & (signs[:, 10] == ord("T"))
    sound &= (hour <= 23) & (minute <= 59) & (second <= 59)
    return hour * 3600.0 + minute * 60 + second, offset, sound


def _zone(rest: Bytes) -> tuple[Floats, Bools]:
    """The offset that "Z", "+01:00" or "+0100" is."""
    count, length = rest.shape
    if length == 1:
        return np.zeros(count), _are(rest, 0, "Z")
    if length not in (5, 6):
        return np.full(count, np.nan), np.zeros(count, bool)
    digits = (1, 2, length - 2, length - 1)
    sound = _are(rest, 0, "+-") & _digits(rest, digits) & (_are(rest, 3, ":") if length == 6 else True)
    hours, minutes = _number(rest, 1, 2), _number(rest, length - 2, 2)
    sign = np.where(rest[:, 0] == ord("-"), -1.0, 1.0)
    return sign * (hours * 3600.0 + minutes * 60), sound & (hours <= 14) & (minutes <= 59)


def _of_any_length(texts: pa.Array, places: Any, day_first: bool | None, found: Moments) -> None:
    """Dates like 3/4/2021 5:07 PM, whose digits stand in no fixed place."""
    parts = pc.extract_regex(texts, _PARTS)
    given = np.flatnonzero(parts.is_valid().to_numpy(zero_copy_only=False))
    if not len(given):
        return
    fields = {name: parts.field(name).take(pa.array(given)) for name in "axbychmsp"}
    number = {name: _numbers(fields[name]) for name in "abchms"}
    where = places[given]
    month, day, known = _ordered(number["a"], number["b"], day_first, where, found)
    hour, half = number["h"], pc.binary_length(fields["p"]).to_numpy(zero_copy_only=False) > 0
    after = pc.equal(fields["p"], "PM").to_numpy(zero_copy_only=False)
    sound = known & _is_day(number["c"], month, day) & (number["m"] <= 59) & (number["s"] <= 59)
    sound &= np.where(half, (hour >= 1) & (hour <= 12), hour <= 23)
    sound &= pc.equal(fields["x"], fields["y"]).to_numpy(zero_copy_only=False)
    hour = np.where(half, hour % 12 + 12 * after, hour)
    seconds = _day_number(number["c"], month, day) * 86_400.0 + hour * 3600.0 + number["m"] * 60 + number["s"]
    found.at[where[sound]] = seconds[sound]
    found.days[where[sound]] = (pc.binary_length(fields["h"]).to_numpy(zero_copy_only=False) == 0)[sound]


def _numbers(texts: pa.Array) -> Any:
    filled = pc.if_else(pc.equal(texts, ""), "0", texts)
    return filled.cast(pa.int64()).to_numpy(zero_copy_only=False)


def _are(signs: Bytes, place: int, allowed: str) -> Bools:
    column = signs[:, place]
    found: Bools = column == ord(allowed[0])
    for sign in allowed[1:]:
        found = found | (column == ord(sign))
    return found


def _digits(signs: Bytes, places: tuple[int, ...]) -> Bools:
    digits: Bools = (signs[:, places] - np.uint8(48)) <= 9
    return np.asarray(digits.all(axis=1), dtype=np.bool_)


def _number(signs: Bytes, start: int, length: int) -> Any:
    total = np.zeros(len(signs), dtype=np.int64)
    for place in range(start, start + length):
        total = total * 10 + (signs[:, place].astype(np.int64) - 48)
    return total


def _is_day(year: Any, month: Any, day: Any) -> Bools:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    inside = (month >= 1) & (month <= 12) & (day >= 1)
    last = _DAYS[np.clip(month, 1, 12) - 1] - ((month == 2) & ~leap)
    return np.asarray(inside & (day <= last) & (year >= 1))


def _day_number(year: Any, month: Any, day: Any) -> Any:
    """Days since 1970-01-01 of the proleptic Gregorian calendar; March is the first month of a year that it counts."""
    year = year - (month <= 2)
    era, month = year // 400, (month + 9) % 12
    of_era = year - era * 400
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + (153 * month + 2) // 5 + day - 1 - 719_468
