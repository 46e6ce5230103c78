"""Which of several places a toponym means: what kind of place it asks for, and the order of what came back."""

import re
from collections.abc import Callable, Sequence
from typing import Literal, get_args

from rapidfuzz import fuzz

from geo.candidates import Candidate, Kind
from geo.toponyms import normalise

KINDS: tuple[str, ...] = get_args(Kind)  # from the most exact to the coarsest
Wanted = Literal["", "site", "street"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that say what is asked for, as `normalise` spells them.
_STREETS = _words(
    "street avenue boulevard road drive lane court way alley circle terrace place plaza square freeway highway parkway "
    "expressway motorway route path row walk mews crescent quay esplanade embankment strasse gasse allee"
)
_STREETS_FIRST = _words(
    "calle avenida bulevar paseo carrera rua rue avenue boulevard via viale corso chemin quai ulica"
)
_SITES = _words(
    "station airport hotel motel bank hospital clinic museum theater cinema cathedral church mosque synagogue temple "
    "school university college library prison jail courthouse restaurant cafe bar diner pharmacy supermarket mall "
    "stadium arena warehouse factory pier terminal embassy consulate estacion aeropuerto hospital iglesia banco museo "
    "bahnhof flughafen gare"
)
_SITES_FIRST = _words("estacion aeropuerto iglesia museo gare")
_NUMBERED = _words("freeway highway route interstate")
_CORNER = re.compile(r"\b(?:corner|intersection|esquina|crossing) (?:of|de)\b")
_NUMBER = re.compile(r"\d{1,5}[a-z]?")


def wanted(toponym: str) -> Wanted:
    """The kind of place that the words of a toponym ask for; nothing where they do not tell.

    "site" is a house, a station, a corner: a point. A house number counts beside the name of a street alone.
    """
    words = normalise(toponym.split(",")[0]).split()
    if len(words) > 1 and words[0] in _NUMBERED:
        return "street"
    numbered = len(words) > 2 and bool(_NUMBER.fullmatch(words[0]))
    words = words[1:] if numbered else words
    if len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        numbered, words = True, words[:-1]
    if not words:
        return ""
    on_a_street = words[-1] in _STREETS or words[-1].endswith("strasse")
    if _CORNER.search(" ".join(words)) or ("and" in words and on_a_street):
        return "site"
    if on_a_street or (words[0] in _STREETS_FIRST and len(words) > 1):
        return "site" if numbered else "street"
    return "site" if words[-1] in _SITES or words[0] in _SITES_FIRST else ""


def coarser(kind: str, asked: Wanted) -> bool:
    """Whether an answer of that kind is less exact than what was asked; False where either is not known."""
    return bool(kind and asked) and KINDS.index(kind) > KINDS.index(asked)


def ranked(candidates: Sequence[Candidate], toponym: str, within: Callable[[Candidate], bool]) -> list[Candidate]:
    """The candidates, likeliest first: inside the study area, not coarser than asked, important, spelled alike."""
    asked, spelled = wanted(toponym), normalise(toponym)

    def order(place: Candidate) -> tuple[bool, bool, float, float]:
        alike = fuzz.WRatio(spelled, normalise(place.name.split(",")[0]))
        return not within(place), coarser(place.kind, asked), -place.importance, -alike

    return sorted(candidates, key=order)
