"""How far people say that something is: "300 yards", "two blocks", "a quarter mile", "10 minutos a pie".

| said | metres | doubt, as a share |
|---|---|---|
| feet, yards, metres, kilometres, miles | by definition | 0: what is measured is taken as measured |
| a block, una cuadra | 150 | 1/3: Los Angeles' common block is 330 by 660 feet, a sixteenth by an eighth of a mile |
| a minute's walk | 60 | 1/3: 80 m straight on at the usual 3 miles an hour, 40 m around corners |
| a minute's drive | 700 | 1: anything from a standstill to a free freeway, 1,400 m a minute |
| a few, several of them | as four | 1: two to eight |

Minutes without a word on how they are spent say no distance, and nobody counts more than 30 blocks or three hours.
"""

import re
from typing import NamedTuple


class Span(NamedTuple):
    """A distance, the share of it by which it may be more or less, and the words for it."""

    metres: float
    doubt: float
    said: str


NUMBERS = {
    "a": 1.0, "an": 1.0, "one": 1.0, "un": 1.0, "una": 1.0,
    "two": 2.0, "dos": 2.0, "a couple of": 2.0, "a couple": 2.0, "un par de": 2.0,
    "three": 3.0, "tres": 3.0, "four": 4.0, "cuatro": 4.0, "five": 5.0, "cinco": 5.0, "six": 6.0, "seis": 6.0,
    "seven": 7.0, "siete": 7.0, "eight": 8.0, "ocho": 8.0, "nine": 9.0, "nueve": 9.0, "ten": 10.0, "diez": 10.0,
    "fifteen": 15.0, "quince": 15.0, "twenty": 20.0, "veinte": 20.0, "thirty": 30.0, "treinta": 30.0,
    "a few": 4.0, "several": 4.0, "unas": 4.0, "unos": 4.0, "unas pocas": 4.0, "unos pocos": 4.0, "varias": 4.0,
    "half": 0.5, "half a": 0.5, "half an": 0.5, "a half": 0.5, "media": 0.5, "medio": 0.5, "½": 0.5, "1/2": 0.5,
    "quarter": 0.25, "a quarter": 0.25, "quarter of a": 0.25, "a quarter of a": 0.25, "un cuarto de": 0.25,
    "¼": 0.25, "1/4": 0.25, "three quarters of a": 0.75, "¾": 0.75, "3/4": 0.75,
}  # fmt: skip
SOME = {"a few", "several", "unas", "unos", "unas pocas", "unos pocos", "varias"}

_MINUTES, _HOURS = r"(?:min(?:ute)?s?\.?['’]?(?:s['’]?)?|minutos?)", r"(?:hours?['’]?(?:s['’]?)?|horas?)"
_WALK = r"[ -](?:of )?(?:walk(?:ing)?|on foot|a pie|caminando|andando)"
_DRIVE = r"[ -](?:of )?(?:drive|driving|by car|en (?:coche|carro|auto)|manejando)"
# A unit's pattern: its metres, its doubt, and how many of it make sense.
UNITS = {
    r"(?:k(?:ilo)?m(?:et(?:er|re)s?)?|kil[oó]metros?)": (1000.0, 0.0, 1000.0),
    r"(?:m(?:et(?:er|re)s?)?|mts?\.?|metros?)": (1.0, 0.0, 1e6),
    r"(?:f(?:ee|oo)?t\.?|pies?)": (0.3048, 0.0, 1e6),
    r"(?:y(?:ar)?ds?\.?|yardas?)": (0.9144, 0.0, 1e6),
    r"(?:mi(?:les?)?\.?|millas?)": (1609.344, 0.0, 600.0),
    r"(?:blocks?|blks?\.?|cuadras?|manzanas?)": (150.0, 1 / 3, 30.0),
    _MINUTES + _WALK: (60.0, 1 / 3, 180.0),
    _HOURS + _WALK: (3600.0, 1 / 3, 3.0),
    _MINUTES + _DRIVE: (700.0, 1.0, 180.0),
    _HOURS + _DRIVE: (42_000.0, 1.0, 3.0),
}

_WORDS = "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in sorted(NUMBERS, key=len, reverse=True))
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,9}(?:[.,]\d{1,6})?"
_ROUGHLY = r"(?:about|unas|unos|some|roughly|approximately|around|nearly|almost|maybe|como|casi|aproximadamente)"
# To be put into larger patterns, once in each; `span` reads what it has matched.
SPAN = rf"(?:{_ROUGHLY} )?(?:an? (?=\d|[a-z]+[ -]min))?(?P<number>{_WORDS}|{_FIGURES})[ -]?(?P<unit>{'|'.join(UNITS)})"


def span(told: re.Match[str]) -> Span | None:
    """The distance that a match of SPAN says; None for more of it than anybody means."""
    number = re.sub("[ -]", " ", told["number"].lower())
    unit = told["unit"].lower()
    metres, doubt, most = next(sized for pattern, sized in UNITS.items() if re.fullmatch(pattern, unit))
    count = NUMBERS[number] if number in NUMBERS else _figure(number)
    if count > most:
        return None
    far = count * metres
    return Span(far, 1.0 if number in SOME else doubt, _said(told) if doubt else f"{far:.0f} m")


def _said(told: re.Match[str]) -> str:
    return told.string[told.start("number") : told.end("unit")].lower()


def _figure(number: str) -> float:
    """ "1,000" is a thousand, "1,5" one and a half: three digits after a comma are thousands."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", number):
        return float(number.replace(",", ""))
    return float(number.replace(",", "."))
