"""The names in the cells of a who-column: where several people stand in one cell, and where a comma is part of a name.

`;`, `|`, a line feed and ` / ` stand between names wherever they are no part of a bracket, a quotation or an HTML
entity. A comma does too, unless the column is written "Smith, John"; so do "and", "&" and "y", unless what they join
is one name ("Anderson and Sons").
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.errors import clipped

STRONG = (";", "|", "\n", " / ")
COMMA = ","
JOINING = ("and", "&", "y")

_MAYBE = re.compile(r"[;|\n,&/]|\b(?:and|y)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE)
_JOINED = re.compile(r",?\s+(and|&|y)\s+", re.IGNORECASE)
_WORD = re.compile(r"\w")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|esq|ph\.?d|m\.?d|inc|ltd|llc|s\.?a|s\.?l|co|corp|gmbh)\.?", re.IGNORECASE)
_FIRM = re.compile(
    r"(?:sons?|daughters?|brothers|bros|sisters|partners|associates|family|friends|others?|co|company|hijos|hermanos"
    r"|asociados|compañía|cía|otros|more)\b\.?",
    re.IGNORECASE,
)
_OPENING, _CLOSING = "([{<", ")]}>"
_GUARDS = frozenset(f'"&{_OPENING}{_CLOSING}')


class Names(NamedTuple):
    """The names of every cell of a column, in order and each once; `notice` says how cells were split, if any was."""

    cells: list[tuple[str, ...]]
    notice: str


def read_names(cells: Sequence[str], column: str = "who") -> Names:
    """The names in each cell. Blanks around and inside names are evened; spelling and case stay as they are."""
    distinct = Counter(cells)
    many = [cell for cell in distinct if _MAYBE.search(cell)]
    if not many:
        plain = {cell: _single(cell) for cell in distinct}
        return Names([plain[cell] for cell in cells], "")
    used: dict[str, str] = {}
    strong = {cell: _strong(cell, used) for cell in many}
    by_comma = _comma_stands_between([part for parts in strong.values() for part in parts], distinct)
    parts = {cell: [piece for part in strong[cell] for piece in _commas(part, by_comma, used)] for cell in many}
    alone = Counter({_even(cell): count for cell, count in distinct.items() if cell not in parts})
    for cell, pieces in parts.items():
        alone.update(dict.fromkeys(pieces, distinct[cell]))
    read: dict[str, tuple[str, ...]] = {cell: _single(cell) for cell in distinct}
    kept: dict[str, None] = {}
    for cell, pieces in parts.items():
        read[cell] = tuple(dict.fromkeys(name for piece in pieces for name in _joined(piece, alone, used, kept)))
    return Names([read[cell] for cell in cells], _notice(column, used, by_comma, parts, kept))


def names_in(cell: str, separators: Iterable[str] = (*STRONG, COMMA, *JOINING)) -> tuple[str, ...]:
    """The names in one cell, split at these separators alone, however the rest of its column is written."""
    parts, wanted = [cell], tuple(separators)
    for sign in (*STRONG, COMMA):
        if sign in wanted:
            parts = [piece for part in parts for piece in _split(part, sign)]
    words = [re.escape(word) for word in JOINING if word in wanted]
    if words:
        joined = re.compile(rf",?\s+(?:{'|'.join(words)})\s+", re.IGNORECASE)
        parts = [piece for part in parts for piece in joined.split(part)]
    return tuple(dict.fromkeys(name for part in parts if (name := _even(part))))


def _single(cell: str) -> tuple[str, ...]:
    return (_even(cell),) if cell.strip() else ()


def _even(text: str) -> str:
    return " ".join(text.split())


def _strong(cell: str, used: dict[str, str]) -> list[str]:
    parts = [cell]
    for sign in STRONG:
        if sign in cell:
            split = [piece for part in parts for piece in _split(part, sign)]
            if len(split) > len(parts):
                used.setdefault(sign, cell)
            parts = split
    return [name for part in parts if (name := _even(part))]


def _split(text: str, sign: str) -> list[str]:
    """`text` at every `sign` outside brackets, quotations and entities; whole where a part would be no name."""
    if sign not in text:
        return [text]
    if not _GUARDS.intersection(text):  # nearly every cell there is
        return _whole_or_parts(text, text.split(sign), sign)
    guarded = {place for found in _ENTITY.finditer(text) for place in range(*found.span())} if sign == ";" else set()
    parts, start, depth, quoted, place = [], 0, 0, False, 0
    while place < len(text):
        if text[place] == '"':
            quoted = not quoted
        depth += (text[place] in _OPENING) - (text[place] in _CLOSING)
        if not depth and not quoted and place not in guarded and text.startswith(sign, place):
            parts.append(text[start:place])
            place = start = place + len(sign)
            continue
        place += 1
    return _whole_or_parts(text, [*parts, text[start:]], sign)


def _whole_or_parts(text: str, parts: list[str], sign: str) -> list[str]:
    if sign in (";", ",", "\n") and not parts[-1].strip():
        parts.pop()
    return parts if all(_WORD.search(part) for part in parts) else [text]


def _comma_stands_between(parts: list[str], distinct: Counter[str]) -> bool:
    """Whether the commas of a column separate people, or surnames from first names.

    "Smith, John" has one comma and one or two words on either side, in every cell that is filled; a word that is found
    on both sides of commas, or alone, tells of a list.
    """
    pairs = [[_even(piece) for piece in _split(part, COMMA)] for part in parts if COMMA in part]
    pairs = [pair for pair in pairs if len(pair) > 1 and not _SUFFIX.fullmatch(pair[-1])]
    if not pairs:
        return False
    if any(len(pair) != 2 or _JOINED.search(" ".join(pair)) for pair in pairs):
        return True
    surnames, firsts = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    single = [_even(cell) for cell in distinct if cell.strip() and COMMA not in cell]
    if surnames & firsts or len(single) > len(pairs) / 4 or (surnames | firsts) & set(single):
        return True
    return any(len(surname.split()) > 1 and len(first.split()) > 1 for surname, first in pairs)


def _commas(part: str, stands_between: bool, used: dict[str, str]) -> list[str]:
    if COMMA not in part or not stands_between:
        return [part]
    names: list[str] = []
    for piece in _split(part, COMMA):
        name = re.sub(r"^(?:and|&|y)\s+", "", _even(piece), flags=re.IGNORECASE)
        if names and _SUFFIX.fullmatch(name):
            names[-1] = f"{names[-1]}, {name}"
        elif name:
            names.append(name)
    if len(names) > 1:
        used.setdefault(COMMA, part)
    return names


def _joined(name: str, alone: Counter[str], used: dict[str, str], kept: dict[str, None]) -> list[str]:
    """The people joined by "and" in a name, or the name as it is where it is a firm or nobody of it is met alone."""
    pieces = _JOINED.split(name)
    names, words = pieces[::2], pieces[1::2]
    if len(names) == 1 or not all(_WORD.search(piece) for piece in names):
        return [name]
    known = any(alone[piece] for piece in names)
    firm = len(set(names)) < len(names) or any(_FIRM.fullmatch(piece) for piece in names[1:])
    capital = all(not piece[0].islower() for piece in names)
    if firm or (not known and (not capital or alone[name] > 1)):
        kept[name] = None
        return [name]
    used.setdefault(words[0].casefold(), name)
    return names


def _notice(
    column: str, used: dict[str, str], by_comma: bool, parts: dict[str, list[str]], kept: dict[str, None]
) -> str:
    said = []
    if used:
        signs = " and ".join(f"'{_shown(sign)}'" for sign in used)
        said.append(f"Cells of '{clipped(column, 40)}' that hold several names were split at {signs}.")
    if not by_comma and any(COMMA in piece for pieces in parts.values() for piece in pieces):
        said.append(f"A comma in '{clipped(column, 40)}' was read as part of one name, as in 'Smith, John'.")
    if kept:
        first = next(iter(kept))
        more = f" and {len(kept) - 1} more" if len(kept) > 1 else ""
        said.append(f"'{clipped(first, 40)}'{more} was kept as one name.")
    return " ".join(said)


def _shown(sign: str) -> str:
    return "line break" if sign == "\n" else sign.strip()
