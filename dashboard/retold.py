"""Sentences that the library wrote in English, told in the language spoken.

The library knows one language: what is wrong with a file, how it was read, what is doubtful. The keys of the table
that begin with `geo::` are those sentences as templates, `{name}` for whatever a file or a story put in. A sentence
that fits no template stays English.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from dashboard.language import figures, language, say, spanish
from geo.errors import Fault, clipped

MARK = "geo::"
LONGEST = 2_000  # characters of a sentence that is looked at
MOST = 20_000  # sentences that are remembered
# Places that hold a sentence, a phrase or a number of the library's own; what stands in any other is the story's.
OURS = frozenset(
    {"what", "takes", "again", "way", "remedy", "why", "rows", "kind", "left", "named", "hidden", "example"}
)
# Places that hold a number as English writes it.
NUMBERS = frozenset({"n", "of", "most", "km", "speed", "bytes"})
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.([0-9]+))?")
_PLACE = re.compile(r"\{([a-z_]+)\}")


class Template(NamedTuple):
    """`pieces` is the text around the `places`, one more than there are of those."""

    pieces: tuple[str, ...]
    places: tuple[str, ...]
    words: str


def retold(sentence: str) -> str:
    """The sentence in the language spoken, as far as the table has it."""
    if language() == "en" or not sentence or len(sentence) > LONGEST:
        return sentence
    return _retold(sentence)


def retold_fault(fault: Fault) -> str:
    """A fault as one sentence in the language spoken, as `str(fault)` is in English."""
    if language() == "en":
        return str(fault)
    where = fault.file if fault.row is None else say("{file} row {row}", file=fault.file, row=str(fault.row))
    subject = [fault.column] if fault.column else []
    if fault.value:
        subject.append(f"«{clipped(fault.value)}»")
    sentence = " ".join([*subject, retold(fault.what)])
    return f"{where}: {sentence}; {retold(fault.remedy)}" if fault.remedy else f"{where}: {sentence}"


@lru_cache(maxsize=MOST)
def _retold(sentence: str) -> str:
    for template in templates():
        found = parts(template, sentence)
        if found is not None:
            return _said(template, found)
    return sentence


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Every template of the table, the one with most text of its own first."""
    made = []
    for english, words in spanish().items():
        if english.startswith(MARK):
            pieces = _PLACE.split(english.removeprefix(MARK))
            made.append(Template(tuple(pieces[::2]), tuple(pieces[1::2]), words))
    return tuple(sorted(made, key=lambda template: (-sum(map(len, template.pieces)), len(template.places))))


def parts(template: Template, sentence: str) -> tuple[str, ...] | None:
    """What stands in the places, or None where the sentence is another one. Each piece is looked for once, from the
    left, so that the time is that of reading the sentence."""
    first, *between, last = template.pieces if len(template.pieces) > 1 else (template.pieces[0], "")
    if not template.places:
        return () if sentence == first else None
    end = len(sentence) - len(last)
    if end < len(first) or not sentence.startswith(first) or not sentence.endswith(last):
        return None
    found, at = [], len(first)
    for piece in between:
        here = sentence.find(piece, at, end)
        if here < 0:
            return None
        found.append(sentence[at:here])
        at = here + len(piece)
    return (*found, sentence[at:end])


def _said(template: Template, found: tuple[str, ...]) -> str:
    told = dict(zip(template.places, found, strict=True))
    words = template.words
    if "|" in words:
        one, _, other = words.partition("|")
        words = one if told.get("n") == "1" else other
    return _PLACE.sub(lambda place: _part(place[1], told[place[1]]), words)


def _part(name: str, text: str) -> str:
    if name in NUMBERS and (number := _NUMBER.fullmatch(text)):
        return figures(float(text.replace(",", "")), len(number[1] or ""))
    return _retold(text) if name in OURS and text else text
