"""What the library says of a time, said in the language spoken: "Day 8, morning", "between Day 2 and Day 4".

The library writes English (`geo.when`, `geo.axis`); whatever else is written here stays as it is.
"""

import re
from functools import lru_cache

from dashboard.language import language, say

_YEAR = r"(?P<year>[0-9]{1,6})(?P<bc> BC)?"
_NAME = r"(?P<name>[A-Z][a-z]{2,8})"
_DAY = re.compile(r"Day (?P<n>-?[0-9]{1,7})")
_DATE = re.compile(rf"(?P<day>[0-9]{{1,2}}) {_NAME} {_YEAR}")
_MONTH = re.compile(rf"{_NAME} {_YEAR}")
_SHORT = re.compile(rf"(?P<day>[0-9]{{1,2}}) {_NAME}")
_SEASON = re.compile(rf"(?P<season>spring|summer|autumn|winter) {_YEAR}")
_BEFORE_CHRIST = re.compile(_YEAR)
_DECADE = re.compile(r"the (?P<decade>[0-9]{1,5}0)s")
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
_WITHIN = re.compile(rf"(?P<day>.+), between (?P<a>{_TIME}) and (?P<b>{_TIME})")
_SIDE = re.compile(rf"(?P<day>.+), (?P<side>before|after) (?P<time>{_TIME})")
_AT = re.compile(rf"(?P<day>.+), (?P<time>{_TIME})")
_PART = re.compile(r"(?P<day>.+), (?P<part>[a-z]+)")
_BETWEEN = re.compile(r"between (?P<a>.+) and (?P<b>.+)")


def retold_when(text: str) -> str:
    """The words of a time in the language spoken."""
    spoken = language()
    return text if spoken == "en" else _retold(text, spoken)


@lru_cache(maxsize=16_384)
def _retold(text: str, _language: str) -> str:
    if text == "some time":
        return say("some time")
    if found := _BETWEEN.fullmatch(text):
        return say("between {a} and {b}", a=_moment(found["a"], "the"), b=_moment(found["b"], "the"))
    if text.startswith("after "):
        return say("after {when}", when=_moment(text[6:], "of"))
    if text.startswith("before "):
        return say("before {when}", when=_moment(text[7:], "of"))
    if text.endswith(" or later"):
        return say("{when} or later", when=_moment(text[:-9], ""))
    if text.endswith(" or earlier"):
        return say("{when} or earlier", when=_moment(text[:-11], ""))
    return _moment(text, "")


def _moment(text: str, case: str) -> str:
    """A day, and a time of it; `case` is how the day stands in the sentence: alone, with an article, or after "of"."""
    if found := _WITHIN.fullmatch(text):
        return say("{day}, between {a} and {b}", day=_date(found["day"], case), a=found["a"], b=found["b"])
    if found := _SIDE.fullmatch(text):
        day, time = _date(found["day"], case), found["time"]
        if found["side"] == "before":
            return say("{day}, before {time}", day=day, time=time)
        return say("{day}, after {time}", day=day, time=time)
    if found := _AT.fullmatch(text):
        return say("{day}, {time}", day=_date(found["day"], case), time=found["time"])
    if (found := _PART.fullmatch(text)) and found["part"] in (parts := _parts()):
        return say("{day}, {part}", day=_date(found["day"], case), part=parts[found["part"]])
    if text.startswith("about "):
        return say("about {when}", when=_uncertain(text[6:], case))
    return _uncertain(text, case)


def _uncertain(text: str, case: str) -> str:
    if text.endswith(" (uncertain)"):
        return say("{when} (uncertain)", when=_date(text[:-12], case))
    return _date(text, case)


def _date(text: str, case: str) -> str:
    months = _months()
    if found := _DAY.fullmatch(text):
        n = found["n"]
        return {
            "": say("Day {n}", n=n),
            "the": say("the::Day {n}", n=n),
            "of": say("of::Day {n}", n=n),
        }[case]
    if (found := _DATE.fullmatch(text)) and found["name"] in months:
        day, month, year = found["day"], months[found["name"]], _year(found)
        return {
            "": say("{day} {month} {year}", day=day, month=month, year=year),
            "the": say("the::{day} {month} {year}", day=day, month=month, year=year),
            "of": say("of::{day} {month} {year}", day=day, month=month, year=year),
        }[case]
    if (found := _MONTH.fullmatch(text)) and found["name"] in months:
        return say("{month} {year}", month=months[found["name"]], year=_year(found))
    if (found := _SHORT.fullmatch(text)) and found["name"] in months:
        return say("{day} {month}", day=found["day"], month=months[found["name"]])
    if found := _SEASON.fullmatch(text):
        return say("{season} {year}", season=_seasons()[found["season"]], year=_year(found))
    if found := _DECADE.fullmatch(text):
        return say("the {decade}s", decade=found["decade"])
    if found := _BEFORE_CHRIST.fullmatch(text):
        return _year(found)
    return text


def _year(found: re.Match[str]) -> str:
    return say("{year} BC", year=found["year"]) if found["bc"] else found["year"]


def _parts() -> dict[str, str]:
    return {
        "morning": say("morning"),
        "midday": say("midday"),
        "afternoon": say("afternoon"),
        "evening": say("evening"),
        "night": say("night"),
        "daytime": say("daytime"),
    }


def _seasons() -> dict[str, str]:
    return {
        "spring": say("spring"),
        "summer": say("summer"),
        "autumn": say("autumn"),
        "winter": say("winter"),
    }


def _months() -> dict[str, str]:
    return {
        "January": say("January"),
        "February": say("February"),
        "March": say("March"),
        "April": say("April"),
        "May": say("May"),
        "June": say("June"),
        "July": say("July"),
        "August": say("August"),
        "September": say("September"),
        "October": say("October"),
        "November": say("November"),
        "December": say("December"),
    }
