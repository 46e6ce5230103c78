"""Names that are probably one person or one place, with why: for somebody to choose, never done by itself."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from geo.keys import slug
from geo.toponyms import normalise

MOST_COMPARED = 2_000  # names beyond this are compared by their words alone: letters would take seconds
MOST_TAKEN_APART = 20_000  # and beyond this as they stand, but for capitals, accents and signs
LEAST_ALIKE = 88.0  # of 100
SHORTEST = 5  # letters; shorter names differ by a letter and are two
MOST = 200

_PROPER = re.compile(r"[\w .,'’·-]+")
_OWNED = re.compile(r"['’]s\b", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")
_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|dr|prof|lt|lieutenant|sgt|sergeant|det|detective|officer|capt|captain|agent|inspector|sr|sra|srta"
    r"|don|doña|sir|lady|father|sister)\.? +",
    re.IGNORECASE,
)
_KNOWN_AS = re.compile(r"(.+) \((?:[0-9]+|position not known)\)")


class Merge(NamedTuple):
    """`other` is probably another spelling of `keep`; `why` is a sentence."""

    kind: Literal["person", "place"]
    keep: str
    other: str
    why: str


def merges(names: Sequence[str], kind: Literal["person", "place"] = "person") -> tuple[Merge, ...]:
    """Pairs of different names that may be one, each name at most once as the other; at most 200.

    Names with different numbers in them are never one, and a part of a name only where it leads to a single whole one.
    Of places, only spellings are compared: a street in a town is not the town.
    """
    distinct = list(dict.fromkeys(name for name in names if name.strip() and not _KNOWN_AS.fullmatch(name)))
    found: dict[str, Merge] = {}
    steps = (_same_words, _parts, _alike) if kind == "person" else (_same_words, _alike)
    for step in steps:
        left = [name for name in distinct if name not in found]
        for keep, other, why in step(left, kind):
            if other not in found and keep not in found:
                found[other] = Merge(kind, keep, other, why)
    return tuple(found.values())[:MOST]


def _same_words(names: list[str], kind: str) -> list[tuple[str, str, str]]:
    """Names that differ in capitals, accents, signs or blanks alone; of people, also in the order of their words."""
    first: dict[str, str] = {}
    pairs = []
    spell = _plain if len(names) > MOST_TAKEN_APART else normalise if kind == "place" else _sorted_words
    for name in names:
        spelled = spell(name)
        if not spelled:
            continue
        keep = first.setdefault(spelled, name)
        if keep == name:  # McCauley and Mc Cauley
            keep = first.setdefault(spelled if kind == "place" else _plain(name).replace(" ", ""), name)
        if keep != name:
            same = _plain(keep) == _plain(name)
            why = (
                "they differ in capitals, accents or signs alone" if same else "the same words in another form or order"
            )
            pairs.append((keep, name, why))
    return pairs


def _parts(names: list[str], _kind: str) -> list[tuple[str, str, str]]:
    """A first name or surname, with or without a title or an initial, of exactly one longer name."""
    wholes: dict[str, list[str]] = {}
    for name in names if len(names) <= MOST_TAKEN_APART else ():
        words = _plain(name).split()
        if len(words) > 1 and not _OWNED.search(name):  # Trejo's wife is not Trejo
            for word in {*words, *(word[0] for word in words)}:
                wholes.setdefault(word, []).append(name)
    pairs = []
    for name in names:
        words = _plain(_TITLE.sub("", name)).split()
        if all(len(word) == 1 for word in words) or _NUMBER.search(name) or not _PROPER.fullmatch(name):
            continue
        candidates = set(wholes.get(words[0], ())).intersection(*(wholes.get(word, ()) for word in words[1:]))
        longer = [whole for whole in candidates if whole != name and _is_part(words, _plain(whole).split())]
        if len(longer) == 1:
            why = f"'{name}' is part of no other name" if len(words) == 1 else f"'{name}' is a shorter form of it"
            pairs.append((longer[0], name, why))
    return pairs


def _is_part(words: list[str], whole: list[str]) -> bool:
    """Whether every word is one of the whole name, or an initial of one, in order, and the whole has more to it."""
    if len(words) > len(whole) or words == whole:
        return False
    rest = iter(whole)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in rest) for word in words)


def _alike(names: list[str], _kind: str) -> list[tuple[str, str, str]]:
    """Names that differ by a letter or two."""
    from rapidfuzz import fuzz, process

    compared = [name for name in names if len(name) >= SHORTEST][:MOST_COMPARED]
    plain = [_plain(name) for name in compared]
    if len(compared) < 2:
        return []
    scores = process.cdist(plain, plain, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    pairs = []
    for i, j in zip(*scores.nonzero(), strict=True):
        if i < j and _NUMBER.findall(plain[i]) == _NUMBER.findall(plain[j]) and _first_letters(plain[i], plain[j]):
            pairs.append((compared[i], compared[j], "they are spelled almost alike"))
    return pairs


def _first_letters(one: str, other: str) -> bool:
    """Whether the words of both begin with the same letters: Ann Lee and Dan Lee are two people."""
    return [word[0] for word in one.split()] == [word[0] for word in other.split()]


def _sorted_words(name: str) -> str:
    return " ".join(sorted(_plain(name).split()))


def _plain(name: str) -> str:
    return slug(name).replace("_", " ")
