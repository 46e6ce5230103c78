"""Sentences that the library wrote in English, told in the language spoken.

The library knows one language: what is wrong with a file, how it was read, what is doubtful. The keys of the table
that begin with `geo::` are those sentences as templates, `{name}` for whatever a file or a story put in. A sentence
that fits no template stays English.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from dashboard.language import figures, language, say, spanish
from dashboard.whenwords import retold_when
from geo.errors import Fault, clipped

MARK = "geo::"
LONGEST = 2_000  # characters of a sentence that is looked at
MOST = 20_000  # sentences that are remembered
# What stands in the places of these names is the library's own and is told in turn; in any other it is the story's.
PHRASES = frozenset(
    {
        *("what", "takes", "again", "remedy", "why", "reason", "rows", "count", "kind", "left", "hidden", "shown"),
        *("examples", "first", "axes"),
    }
)
LISTS = frozenset({"list", "columns"})
TIMES = frozenset({"when", "other_when"})
NUMBERS = frozenset({"n", "most", "km", "speed"})

_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.([0-9]+))?")
_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z'])")
_AND = re.compile(r"(?<=['\w]) and (?=')")
_QUOTED = re.compile(r"'([^']*)'")
_AND_MORE = re.compile(r" and ([0-9,]+) more\Z")
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
    found = _retold(sentence)
    if found is not None:
        return found
    several = [_retold(one) for one in _SENTENCES.split(sentence)]
    return sentence if None in several else " ".join(filter(None, several))


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


@lru_cache(maxsize=1)
def templates() -> tuple[Template, ...]:
    """Every template of the table, the one with most text of its own first."""
    made = []
    for english, words in spanish().items():
        if english.startswith(MARK):
            pieces = _PLACE.split(english.removeprefix(MARK))
            made.append(Template(tuple(pieces[::2]), tuple(pieces[1::2]), words))
    return tuple(sorted(made, key=lambda template: (-sum(map(len, template.pieces)), len(template.places))))


def parts(template: Template, sentence: str) -> Iterator[tuple[str, ...]]:
    """What may stand in the places: each piece as far left as it goes, then each as far right; nothing where the
    sentence is another one. Each piece is looked for once, so the time is that of reading the sentence twice."""
    first, last = template.pieces[0], template.pieces[-1]
    start, end = len(first), len(sentence) - len(last)
    if not template.places:
        if sentence == first:
            yield ()
    elif start <= end and sentence.startswith(first) and sentence.endswith(last):
        inner, between = sentence[start:end], template.pieces[1:-1]
        for leftmost in (True, False):
            found = _cut(inner, between, leftmost=leftmost)
            if found is not None:
                yield found


def _cut(text: str, pieces: tuple[str, ...], *, leftmost: bool) -> tuple[str, ...] | None:
    """What stands around the pieces."""
    found: list[str] = []
    for piece in pieces if leftmost else reversed(pieces):
        before, cut, after = text.partition(piece) if leftmost else text.rpartition(piece)
        if not cut:
            return None
        found.append(before if leftmost else after)
        text = after if leftmost else before
    return (*found, text) if leftmost else (text, *reversed(found))


@lru_cache(maxsize=MOST)
def _retold(sentence: str) -> str | None:
    for template in templates():
        for found in parts(template, sentence):
            if (told := _told(template, found)) is not None:
                return told
    return None


def _told(template: Template, found: tuple[str, ...]) -> str | None:
    """The words with what stands in their places; None where a phrase among it is not known."""
    told = {name: _part(name, text) for name, text in zip(template.places, found, strict=True)}
    if None in told.values():
        return None
    return _PLACE.sub(lambda place: told[place[1]] or "", template.words)


def _part(name: str, text: str) -> str | None:
    if name in NUMBERS:
        number = _NUMBER.fullmatch(text)
        return figures(float(text.replace(",", "")), len(number[1] or "")) if number else None
    if name in LISTS:
        listed = _AND.sub(say("list:: and "), text)
        return _QUOTED.sub("«\\1»", _AND_MORE.sub(lambda found: say("list:: and {n} more", n=found[1]), listed))
    if name in TIMES:
        return retold_when(text)
    return (_retold(text) or None) if name in PHRASES and text else text
