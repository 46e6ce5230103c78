"""How a toponym is spelled for matching: what two spellings of one name have in common."""

import re
import unicodedata

# Abbreviation: the word it stands for. Matching only, never shown.
_WORDS = {
    "ave": "avenue",
    "av": "avenue",
    "bl": "boulevard",
    "blvd": "boulevard",
    "cir": "circle",
    "ct": "court",
    "dr": "drive",
    "fwy": "freeway",
    "hwy": "highway",
    "ln": "lane",
    "pkwy": "parkway",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "st": "street",
    "e": "east",
    "n": "north",
    "s": "south",
    "w": "west",
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

# An Interstate by its number: "I-10", "Interstate 10", "the 10", "10 Freeway" are all "freeway 10".
_NUMBERED = (
    (re.compile(r"\b(?:i|interstate) ?(\d{1,3})\b(?: freeway\b)?"), r"freeway \1"),
    (re.compile(r"\bthe (\d{1,3})(?= (?:freeway|and|at)\b|$)"), r"freeway \1"),
    (re.compile(r"(?<!\bfreeway )\b(\d{1,3}) freeway\b"), r"freeway \1"),
    (re.compile(r"\bfreeway (\d{1,3}) freeway\b"), r"freeway \1"),
)


def normalise(text: str) -> str:
    """One spelling for all spellings of a toponym; "" where nothing but punctuation is left, which matches nothing.

    Case, accents of the Latin, Greek and Cyrillic scripts, punctuation, a leading "the" and the usual abbreviations of
    streets, directions and Interstates do not count. Everything else does: a letter too many is another name.
    `normalise(normalise(x)) == normalise(x)`.
    """
    spelling = _once(text)
    while (again := _once(spelling)) != spelling:
        spelling = again
    return spelling


def _once(text: str) -> str:
    letters = "".join(_letter(c) for c in unicodedata.normalize("NFKD", text).casefold())
    words = unicodedata.normalize("NFKC", letters).split()
    spelled = " ".join(
        _OPENING[word] if place == 0 and len(words) > 1 and word in _OPENING else _WORDS.get(word, word)
        for place, word in enumerate(words)
    )
    for pattern, plain in _NUMBERED:
        spelled = pattern.sub(plain, spelled)
    while spelled.startswith("the "):
        spelled = spelled[len("the ") :]
    return spelled


def _letter(sign: str) -> str:
    if "\u0300" <= sign <= "\u036f" or sign in _SILENT:
        return ""
    if sign in _SIGNS:
        return _SIGNS[sign]
    category = unicodedata.category(sign)
    if category == "Cf":  # direction marks and joiners are not seen
        return ""
    return sign if category[0] in "LNM" else " "
