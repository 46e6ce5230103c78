"""One angle as people write it: decimal degrees, or degrees, minutes and seconds, with a sign or a letter.

A cell is read as a whole or not at all: "48.85.1" is no number, "48°61'" no angle. What people type for a sign, a
degree or a prime is taken as such (U+2212, º, ′, ’, two apostrophes); digits are 0 to 9.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from geopy.point import Point

from geo.errors import clipped

MOST_CHARACTERS = 60

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{FULLWIDTH HYPHEN-MINUS}", "-"),
        **dict.fromkeys("\N{MASCULINE ORDINAL INDICATOR}\N{RING ABOVE}\N{RING OPERATOR}*", "°"),
        **dict.fromkeys("\N{PRIME}\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}´`ʹʼ", "'"),
        **dict.fromkeys("\N{DOUBLE PRIME}\N{RIGHT DOUBLE QUOTATION MARK}\N{LEFT DOUBLE QUOTATION MARK}ʺ", '"'),
    }
)
_LETTERS = {
    "N": ("n", "north", "norte"),
    "S": ("s", "south", "sur"),
    "E": ("e", "east", "este"),
    "W": ("w", "west", "o", "oeste"),
}
_LETTER_OF = {word: letter for letter, words in _LETTERS.items() for word in words}

_NUMBER = r"(?:[0-9]{1,30}(?:[.,][0-9]{1,30})?|\.[0-9]{1,30})"
_LETTER = rf"(?:{'|'.join(sorted(_LETTER_OF, key=len, reverse=True))})"
_DEGREE = r"(?:\s*(?:°|degrees|deg\.?|d)\s*)"
_DECIMAL = rf"(?P<d>{_NUMBER})(?P<exponent>e[+-]?[0-9]{{1,4}})?{_DEGREE}?"
_SEXAGESIMAL = (
    rf"(?P<d>{_NUMBER})(?P<mark>{_DEGREE}|\s+)(?P<m>{_NUMBER})(?:(?:\s*'\s*|\s+)(?P<s>{_NUMBER})\s*\"?|\s*')?",
    rf"(?P<d>{_NUMBER})(?P<mark>{_DEGREE}|\s+)(?P<m>{_NUMBER})\s*m(?:in)?\.?(?:\s*(?P<s>{_NUMBER})\s*s(?:ec)?\.?)?",
    rf"(?P<d>{_NUMBER})(?P<mark>:)(?P<m>{_NUMBER})(?::(?P<s>{_NUMBER}))?",
)
_PLAIN = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{1,30})?")
_FORMS = [
    re.compile(rf"(?:(?P<front>{_LETTER})\s*)?(?P<sign>[+-]?)\s*{form}\s*(?P<back>{_LETTER})?", re.IGNORECASE)
    for form in (_DECIMAL, *_SEXAGESIMAL)
]


class Angle(NamedTuple):
    """Degrees, the letter that was written (N, S, E, W or nothing), and what had to be understood, part by part."""

    degrees: float
    letter: str
    how: tuple[str, ...] = ()


class NoAngle(NamedTuple):
    """Why a text is no angle; `kind` is not_a_number, minutes or hemisphere. `meant` is what it probably says."""

    what: str
    remedy: str
    kind: str
    meant: str = ""


@lru_cache(maxsize=65_536)
def read_angle(text: str, decimal_comma: bool = False) -> Angle | NoAngle:
    """The angle that `text` says, of any size. A decimal comma is read either way; it is expected of some files."""
    text = text.strip()
    if _PLAIN.fullmatch(text):
        return Angle(float(text), "")
    if len(text) > MOST_CHARACTERS:
        return _no_number(text)
    alike = " ".join(text.translate(_ALIKE).split()).replace("''", '"')
    for form in _FORMS:
        if match := form.fullmatch(alike):
            return _angle(match.groupdict(), text, decimal_comma)
    return _no_number(text)


def _angle(parts: dict[str, str | None], text: str, decimal_comma: bool) -> Angle | NoAngle:
    front, back, sign = (parts[name] or "" for name in ("front", "back", "sign"))
    minutes, seconds = parts.get("m"), parts.get("s")
    if (front and back) or (minutes and not _marked(parts, text)):
        return _no_number(text)
    letter = _LETTER_OF.get((front or back).lower(), "")
    number = (parts["d"] or "").replace(",", ".")
    if minutes and (problem := _sixtieths(number, minutes, seconds)):
        return problem
    size = float(number + (parts.get("exponent") or ""))
    if size == float("inf"):
        return _no_number(text)
    if sign == "-" and letter:
        meant = text.translate(_ALIKE).replace("-", "", 1) if letter in "SW" else ""
        what = f"has both a minus and the letter {letter}"
        return NoAngle(what, "keep the one that is right: a minus already means south or west", "hemisphere", meant)
    # geopy does the arithmetic; the sign goes in as a direction, because it loses that of "-0°30'".
    fractions = [float((part or "0").replace(",", ".")) for part in (minutes, seconds)]
    degrees = float(Point.parse_degrees(size, *fractions, "S" if sign == "-" or letter in ("S", "W") else "N"))
    how = []
    if minutes:
        how.append("degrees, minutes, seconds")
    if not decimal_comma and any("," in part for part in (parts["d"] or "", minutes or "", seconds or "")):
        how.append("decimal comma")
    if (front or back).lower() == "o":
        how.append("O for west (oeste)")
    return Angle(degrees, letter, tuple(how))


def _marked(parts: dict[str, str | None], text: str) -> bool:
    """Whether two numbers are surely degrees and minutes: a letter, a mark, or a third number says so."""
    written = [parts["front"], parts["back"], parts.get("s"), (parts.get("mark") or "").strip().replace(":", "")]
    return any(written) or bool(re.search(r"[0-9]\s*(?:['′’´`]|m)", text))


def _sixtieths(degrees: str, minutes: str, seconds: str | None) -> NoAngle | None:
    remedy = "minutes and seconds go from 0 to 59, and only the last number has a fraction"
    wholes = [degrees, minutes] if seconds else [degrees]
    if any("." in part or "," in part for part in wholes):
        return NoAngle("has a fraction before its last number", remedy, "minutes")
    for name, part in (("minutes", minutes), ("seconds", seconds or "0")):
        if float(part.replace(",", ".")) >= 60:
            return NoAngle(f"has {part} {name}", remedy, "minutes")
    return None


def _no_number(text: str) -> NoAngle:
    what = "is not a number of degrees" if len(text) <= MOST_CHARACTERS else f"is not an angle: {clipped(text, 30)}"
    return NoAngle(what, "write degrees like 48.85 or 48°51'24\"N, or leave the cell empty", "not_a_number")
