"""How a place is told from others, in English and Spanish: a phrase is read into what it says, nothing is looked up.

A phrase may have several readings ("between A and B and C"); anchors stay as written and may be phrases themselves.
What is no such phrase has none: neither has a name alone, nor "the 4000 block of Y Street", whose place only a table of
house numbers would tell.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.spans import SPAN, Span, span


class Corner(NamedTuple):
    """Where two roads cross."""

    one: str
    other: str


class Between(NamedTuple):
    """Somewhere between two anchors; on `road`, if one is told, between two cross streets."""

    one: str
    other: str
    road: str = ""


class Beside(NamedTuple):
    """By an anchor: the next lot ("beside") or its surroundings ("near"); `word` is the one or the other."""

    anchor: str
    word: str
    road: str = ""


class Outside(NamedTuple):
    """Beyond the edge of an anchor, on a side that is not told."""

    anchor: str


class Away(NamedTuple):
    """So far from an anchor; `course` is "" where no direction is told, `far` None for "just" and where nothing is."""

    anchor: str
    course: str
    far: Span | None
    just: bool = False
    road: str = ""


class Side(NamedTuple):
    """The part of an anchor that lies towards `course`."""

    anchor: str
    course: str


class Inside(NamedTuple):
    """At or in an anchor. `word` is "downtown" or "on" where the anchor has to be a town, or must not be a road."""

    anchor: str
    word: str


Reading = Corner | Between | Beside | Outside | Away | Side | Inside

COURSES = {
    "north": ("north", "norte", "n"),
    "northeast": ("northeast", "noreste", "nordeste", "ne"),
    "east": ("east", "este", "e"),
    "southeast": ("southeast", "sureste", "sudeste", "se"),
    "south": ("south", "sur", "s"),
    "southwest": ("southwest", "suroeste", "sudoeste", "sw"),
    "west": ("west", "oeste", "w"),
    "northwest": ("northwest", "noroeste", "nw"),
}
_COURSE_OF = {word: course for course, words in COURSES.items() for word in words}
MOST_PAIRS = 6  # ways to part "A and B and C"; a phrase with more of them is not about two places

_A = r"(?P<anchor>.+)"
_ROAD = r"(?P<road>.+?),?(?: in the| a| al)?"
_WAY = "(?:north|south)[ -]?(?:east|west)|" + "|".join(sorted(_COURSE_OF, key=len, reverse=True))
_COURSE = rf"(?:due )?(?P<course>{_WAY})"
_TOWARDS = rf"(?:(?:to the|al|hacia el) )?{_COURSE} (?:of|from|del?)"
_BARE = r"(?:(?:to the )?(?:due )?(?P<course>(?:north|south)[ -]?(?:east|west)|north|south|east|west) of|" + (
    rf"(?:al|hacia el) (?P<rumbo>{_WAY}) del?)"
)
_JUST = r"(?P<just>(?:just|immediately|right|directly|justo)(?: to the| al)?)"
_FAR = rf"(?:{_JUST}|(?:a )?{SPAN}) "
_NEAR = (
    r"near(?: to)?|nearby|close to|not far from|around|(?:in )?(?:the )?(?:area|vicinity|neighbou?rhood) (?:of|around)|"
    r"(?:muy )?cerca del?|(?:en los )?alrededores del?|alrededor del?|(?:en |por )?la zona del?"
)
_BESIDE = (
    r"next(?: door)? to|beside|by|adjacent to|alongside|in front of|in back of|behind|at the back of|facing|"
    r"opposite(?: to| of)?|(?:diagonally )?across (?:(?:the )?(?:street|road|way|boulevard|avenue) )?from|"
    r"junto al?|al lado del?|frente al?|enfrente del?|delante del?|detr[aá]s del?|al otro lado de la calle del?"
)
_OUTSIDE = r"outside(?: of)?|(?:on )?the (?:outskirts|edge) of|(?:a?fuera|en las afueras|las afueras) del?"
_PREFIX = r"(?:somewhere |right |just |directly |almost )?"
_THING = (
    r"(?:(?:an?|the|some|un|una|el|la) )?(?:[^\W\d_]+ ){0,2}?(?:alley|apartment|bank|bar|building|cafe|café|club|diner|"
    r"garage|gas station|home|hospital|hotel|house|lot|market|motel|office|payphone|phone booth|restaurant|room|school|"
    r"shop|spot|store|theat(?:er|re)|warehouse|bodega|casa|hostal|oficina|restaurante|tienda),? "
)
_AND = re.compile(r"\s*/\s*|\s*[&@]\s*| (?:and|at|x|y|con|esquina(?: con| de)?) ", re.IGNORECASE)
_BOTH = re.compile(r" (?:and|&|y) |\s*&\s*", re.IGNORECASE)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_ON = r"(?:on|along|sobre|en|por)"
_AWAY = tuple(
    map(
        _whole,
        (
            rf"{_FAR}{_TOWARDS} {_A},? {_ON} (?P<road>.+?)",
            rf"{_ROAD},? {_FAR}{_TOWARDS} {_A}",
            rf"{_FAR}{_TOWARDS} {_A}",
            rf"{_BARE} {_A},? {_ON} (?P<road>.+?)",
            rf"{_ROAD},? {_BARE} {_A}",
            rf"{_BARE} {_A}",
            rf"(?:a )?{SPAN} (?:away )?(?:from|del?) {_A}",
            rf"within {SPAN} (?:of|from) {_A}",
        ),
    )
)
_CORNER = _whole(
    r"(?:(?:on|at|en) )?(?:(?:the|la|el) )?(?:(?:north|south)[ -]?(?:east|west) )?"
    r"(?:corner|crossing|intersection|junction|esquina|cruce|intersecci[oó]n) (?:of|between|de|entre) (?P<pair>.+)"
)
_JUNCTION = _whole(r"(?:the )?(?P<pair>.+?) (?:interchange|overpass|underpass|crossing|intersection|junction|corner)")
_BETWEEN = (
    _whole(rf"{_PREFIX}(?:halfway |midway )?(?:in )?(?:between|entre) (?P<both>.+?),? {_ON} (?P<road>.+?)"),
    _whole(rf"(?:{_ON} )?(?P<road>.+?),? (?:between|entre) (?P<both>.+)"),
    _whole(rf"{_PREFIX}(?:halfway |midway )?(?:in )?(?:between|entre) (?P<both>.+)"),
)
_SIDE = (
    _whole(rf"(?:(?:on|at|in|en) )?(?:(?:the|el) )?(?:far )?{_COURSE}(?:ern)?[ -]?(?:side|end|part|half|edge) of {_A}"),
    _whole(rf"(?:(?:en|al) )?(?:el )?(?:lado|extremo) {_COURSE} del? {_A}"),
)
_BY = (
    ("near", _whole(rf"{_PREFIX}(?:{_NEAR}) {_A}")),
    ("beside", _whole(rf"{_PREFIX}(?:{_BESIDE}) {_A}")),
    ("near", _whole(rf"(?:in |en )?(?:the |el |la )?{_A} (?:area|vicinity|neighbou?rhood|surroundings)")),
)
_BY_ON = (
    ("near", _whole(rf"(?P<road>.+?),? {_PREFIX}(?:{_NEAR}) {_A}")),
    ("beside", _whole(rf"(?P<road>.+?),? {_PREFIX}(?:{_BESIDE}) {_A}")),
    ("near", _whole(rf"{_PREFIX}(?:{_NEAR}) {_A} {_ON} (?P<road>.+?)")),
    ("beside", _whole(rf"{_PREFIX}(?:{_BESIDE}) {_A} {_ON} (?P<road>.+?)")),
)
_BEYOND = _whole(rf"{_PREFIX}(?:{_OUTSIDE}) {_A}")
_DOWNTOWN = _whole(
    rf"(?:(?:in|en) )?(?:downtown|central|(?:el )?centro del?|(?:the )?(?:city|town) of|(?:la )?ciudad de) {_A}"
)
_INSIDE = _whole(rf"(?:somewhere )?(?P<word>in|inside|within|at|on|en|dentro del?) {_A}")
_THING_FIRST = _whole(rf"{_THING}(?P<rest>.+)")


def readings(phrase: str) -> Iterator[Reading]:
    """What a phrase may mean, the fullest reading first."""
    for pattern in _AWAY:
        if (told := pattern.fullmatch(phrase)) is not None:
            yield from _away(told)
    for pattern in _BETWEEN:
        if (told := pattern.fullmatch(phrase)) is not None:
            for one, other in _pairs(told["both"], _BOTH):
                yield Between(one, other, told.groupdict().get("road") or "")
    for word, pattern in (*_BY, *_BY_ON):
        if (told := pattern.fullmatch(phrase)) is not None:
            yield Beside(told["anchor"], word, told.groupdict().get("road") or "")
    for pattern in _SIDE:
        if (told := pattern.fullmatch(phrase)) is not None:
            yield Side(told["anchor"], _course(told))
    if (told := _BEYOND.fullmatch(phrase)) is not None:
        yield Outside(told["anchor"])
    if (told := _DOWNTOWN.fullmatch(phrase)) is not None:
        yield Inside(told["anchor"], "downtown")
    if (told := _INSIDE.fullmatch(phrase)) is not None:
        yield Inside(told["anchor"], told["word"].lower())
    yield from _corners(phrase)
    if (told := _THING_FIRST.fullmatch(phrase)) is not None:
        yield from readings(told["rest"])


def _away(told: re.Match[str]) -> Iterator[Away]:
    said = told.groupdict()
    far = span(told) if said.get("number") else None
    if said.get("number") and far is None:
        return
    course = _course(told) if said.get("course") or said.get("rumbo") else ""
    yield Away(told["anchor"], course, far, bool(said.get("just")), said.get("road") or "")


def _corners(phrase: str) -> Iterator[Corner]:
    told = _CORNER.fullmatch(phrase) or _JUNCTION.fullmatch(phrase)
    names = _AND.split(told["pair"] if told else re.sub(r"^(?:at|en) ", "", phrase, flags=re.IGNORECASE))
    if len(names) == 2 and all(names):
        one, other = (f"the {name}" if name.isdecimal() else name for name in names)  # "I-10/110"
        yield Corner(one, other)


def _pairs(both: str, joint: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every way to part "A and B and C" in two."""
    pairs = [(both[: at.start()], both[at.end() :]) for at in joint.finditer(both)]
    return [pair for pair in pairs if all(pair)] if len(pairs) <= MOST_PAIRS else []


def _course(told: re.Match[str]) -> str:
    said = told.groupdict()
    return _COURSE_OF[re.sub("[ -]", "", said["course"] or said["rumbo"]).lower()]
