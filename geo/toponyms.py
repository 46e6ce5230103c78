"""How a toponym is spelled for matching: what two spellings of one name have in common."""

import re
import unicodedata
from functools import lru_cache

REMEMBERED = 300  # characters; a longer text is no toponym, and its spelling is not kept

# Abbreviation: the word it stands for. Matching only, never shown.
_WORDS = {
    "aly": "alley",
    "ave": "avenue",
    "av": "avenue",
    "bl": "boulevard",
    "blvd": "boulevard",
    "bvd": "boulevard",
    "centre": "center",
    "cir": "circle",
    "ctr": "center",
    "ct": "court",
    "dr": "drive",
    "frwy": "freeway",
    "ft": "fort",
    "fwy": "freeway",
    "harbour": "harbor",
    "hts": "heights",
    "hwy": "highway",
    "intl": "international",
    "ln": "lane",
    "mt": "mount",
    "pch": "pacific coast highway",
    "pkwy": "parkway",
    "pl": "place",
    "plz": "plaza",
    "rd": "road",
    "sq": "square",
    "st": "street",
    "sta": "station",
    "stn": "station",
    "str": "street",
    "ter": "terrace",
    "theatre": "theater",
    "e": "east",
    "n": "north",
    "s": "south",
    "w": "west",
    "ne": "northeast",
    "nw": "northwest",
    "se": "southeast",
    "sw": "southwest",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}
_OPENING = {"st": "saint", "dr": "doctor"}  # what they mean as the first word of a name: St Mary, Dr Bob
_SILENT = frozenset("'’‘ʼ`")  # "Johnie's" and "Johnies" are one name
_SIGNS = {"&": " and ", "@": " at "}

_NUMBER = re.compile(r"\d")
# An Interstate by its number: "I-10", "Interstate 10", "the 10", "10 Freeway" are all "freeway 10".
_NUMBERED = (
    (re.compile(r"\b(?:i|interstate) ?(\d{1,3})\b(?: freeway\b)?"), r"freeway \1"),
    (re.compile(r"\bthe (\d{1,3})(?= (?:freeway|and|at)\b|$)"), r"freeway \1"),
    (re.compile(r"(?<!\bfreeway )\b(\d{1,3}) freeway\b"), r"freeway \1"),
    (re.compile(r"\bfreeway (\d{1,3}) freeway\b"), r"freeway \1"),
)


_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # "L.A.", "U.S."
_BEFORE_A_NAME = re.compile(r"(?:el|la|los|las|de la|de los|de las) (?=.)", re.IGNORECASE)
_STATION = re.compile(r"(?:la )?estaci[oó]n (?:del? )?(?P<name>.+)", re.IGNORECASE)
_STREET = re.compile(r"(?:(?:la|el) )?(?:calle|avenida|av\.?|avda\.?|bulevar|bulevard) (?P<name>.+)", re.IGNORECASE)
_DIRECTION = re.compile(r"(?:north|south|east|west|[nsew])\.? (?=.)", re.IGNORECASE)
_CITY = re.compile(  # the county's post codes are 900 to 908 and 910 to 918
    r"(?:,? (?:los [aá]ngeles|l\.?a\.?))?(?:,? (?:california|calif\.?|ca))?(?:,? 9[01][0-8]\d\d(?:-\d{4})?)?"
    r"(?:,? (?:u\.?s\.?(?:a\.?)?|united states(?: of america)?))?",
    re.IGNORECASE,
)


def spellings(toponym: str, *, street: bool = False) -> tuple[str, ...]:
    """What a toponym may be called in a table, as written first: "la estación Pico" is also "Pico station".

    A street is also called by its name without a direction ("W Pico Blvd"), and in Spanish without its kind.
    """
    names = [toponym]
    if station := _STATION.fullmatch(toponym):
        names.append(f"{station['name']} station")
    if street and (kind := _STREET.fullmatch(toponym)):
        names.append(kind["name"])
    names += [_BEFORE_A_NAME.sub("", name, count=1) for name in names if _BEFORE_A_NAME.match(name)]
    if street:
        names += [_DIRECTION.sub("", name, count=1) for name in names if _DIRECTION.match(name)]
    return tuple(dict.fromkeys(names))


def without_city(toponym: str) -> str:
    """A toponym without what a comma adds to say that it is in Los Angeles: "Pico station, Los Angeles, CA 90015"."""
    name, comma, rest = toponym.partition(",")
    while comma:
        if _CITY.fullmatch(f", {rest.strip()}"):
            return name
        more, comma, rest = rest.partition(",")
        name = f"{name},{more}"
    return toponym


def normalise(text: str) -> str:
    """One spelling for all spellings of a toponym; "" where nothing but punctuation is left, which matches nothing.

    Case, accents of the Latin, Greek and Cyrillic scripts, punctuation, a leading "the" and the usual abbreviations of
    streets, directions and Interstates do not count. Everything else does: a letter too many is another name.
    `normalise(normalise(x)) == normalise(x)`.
    """
    return _remembered(text) if len(text) <= REMEMBERED else _settled(text)


@lru_cache(maxsize=8192)
def _remembered(text: str) -> str:
    return _settled(text)


def _settled(text: str) -> str:
    spelling = _once(text)
    while (again := _once(spelling)) != spelling:
        spelling = again
    return spelling


def _once(text: str) -> str:
    joined = unicodedata.normalize("NFKD", text)
    if "." in joined:
        joined = _INITIALS.sub(lambda initials: initials[0].replace(".", ""), joined)
    letters = "".join(map(_letter, joined.casefold()))
    words = unicodedata.normalize("NFKC", letters).split()
    spelled = " ".join(
        _OPENING[word] if place == 0 and len(words) > 1 and word in _OPENING else _WORDS.get(word, word)
        for place, word in enumerate(words)
    )
    if _NUMBER.search(spelled):
        for pattern, plain in _NUMBERED:
            spelled = pattern.sub(plain, spelled)
    while spelled.startswith("the "):
        spelled = spelled[len("the ") :]
    return spelled


@lru_cache(maxsize=4096)
def _letter(sign: str) -> str:
    if "\u0300" <= sign <= "\u036f" or sign in _SILENT:
        return ""
    if sign in _SIGNS:
        return _SIGNS[sign]
    category = unicodedata.category(sign)
    if category == "Cf":  # direction marks and joiners are not seen
        return ""
    return sign if category[0] in "LNM" else " "
