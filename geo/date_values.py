"""What a cell with a date may turn out to be, and how each of these becomes a text of our clock."""

import re
from typing import NamedTuple

from geo.clock import Kind, format_at, parse_instant
from geo.date_words import Day, Numbers
from geo.errors import GeoError, clipped
from geo.gregorian import DAY, start_of
from geo.hours import Hours
from geo.zones import read_offset

CORRECT = "correct the date, or leave the cell empty if it is not known"
REWRITE = "write it like '1995-10-03T11:30', '3 October 1995' or '1995-10', or leave the cell empty"
ZONES = "write an offset such as +01:00, or a name such as Europe/Paris"

_EXCEL = start_of(1899, 12, 30)  # so that the day 60, which Excel invented, does no harm to any later one


class Written(NamedTuple):
    """What a cell says: the text of our clock, the form it was written in, and seconds of UTC where a zone is known.

    `said` names what had to be understood: "24:00", ":60", "fraction", "short", "twice".
    """

    text: str
    form: str
    timed: bool = False
    zone: str = ""
    instant: float | None = None
    said: tuple[str, ...] = ()
    kind: Kind = "calendar"


class Refused(NamedTuple):
    """Why a cell says no date."""

    what: str
    remedy: str


class Numbered(NamedTuple):
    """A cell that begins with the day or with the month: other cells must say which."""

    numbers: Numbers
    hours: Hours | None = None
    zone: str = ""

    def read(self, day_first: bool) -> Written | Refused:
        """The cell in one of the two orders."""
        return written(self.numbers.read(day_first), self.hours, self.zone)


class Serial(NamedTuple):
    """A number that Excel may have counted its days with."""

    days: float

    def read(self) -> Written:
        """The cell as a day of Excel, with its clock time to the second where it has a fraction."""
        text = format_at(_EXCEL + self.days * DAY, "calendar")
        timed = self.days != int(self.days)
        return Written(text if timed else text[: text.index("T")], "34975", timed)


class Unusual(NamedTuple):
    """A text that may be EDTF, which takes long to find out."""

    text: str

    def read(self) -> Written | Refused:
        """The cell as the clock of a calendar story reads it."""
        return of_clock(self.text, "calendar")


Cell = Written | Refused | Numbered | Serial | Unusual


def written(day: Day | str, hours: Hours | None, zone: str) -> Written | Refused:
    """A day (or why there is none) with a clock time and a zone, where there are any."""
    if isinstance(day, str):
        return Refused(f"is no date: {day}", CORRECT)
    said: tuple[str, ...] = ("short",) if day.short else ()
    if hours is None:
        dated = Written(day.text, day.form, said=said)
        return _valid(dated) if day.around or day.last else dated
    if day.day is None or day.month is None or day.around or day.last:
        return Refused("has a clock time, and not one day", CORRECT)
    local = start_of(day.year, day.month, day.day) + hours.seconds
    said += hours.said + (("fraction",) if hours.rest else ())
    instant = None
    if zone:
        offset = read_offset(zone, local)
        if isinstance(offset, str):
            return Refused(f"has no such zone: {offset}" if "never" not in offset else f"is no time: {offset}", ZONES)
        instant = local + hours.rest - offset.seconds
        said += ("twice",) if offset.twice else ()
    return Written(format_at(local, "calendar"), day.form, True, zone, instant, said)


def of_clock(text: str, kind: Kind) -> Written | Refused:
    """A text that the clock of a story reads as it stands."""
    try:
        precision = parse_instant(text, kind).precision
    except GeoError as cause:
        known = re.search("there is no such day|is too far away|not a part of the day", str(cause))
        return Refused(
            f"is no date: {clipped(str(cause).split(';')[0], 120)}" if known else "is not a date that can be read",
            REWRITE,
        )
    return Written(text, "D8" if kind == "days" else "EDTF", precision == "exact", kind=kind)


def _valid(dated: Written) -> Written | Refused:
    read = of_clock(dated.text, dated.kind)
    return read if isinstance(read, Refused) else dated
