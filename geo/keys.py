"""Ids of events, people and places: as typed where they tell rows apart, else made from names and row numbers."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.errors import Fault, clipped

LONGEST = 40
LONGEST_TYPED = 200

_NO_WORD = re.compile(r"[\W_]+")


class Keys(NamedTuple):
    """One key a row, each used once, and a fault for every row whose own id could not be one."""

    keys: list[str]
    faults: list[Fault]


def event_keys(typed: Sequence[str] | None, numbers: Sequence[int], file: str, column: str = "id") -> Keys:
    """The ids as typed, character for character, where they are unique; "row-7" for the seventh row elsewhere.

    A row that shares its id with others, or has none beside rows that have, gets a key of its own and a fault.
    """
    if typed is None or not any(cell.strip() for cell in typed):
        return Keys([f"row-{number}" for number in numbers], [])
    ids = [cell.strip() for cell in typed]
    count = Counter(ids)
    rows: dict[str, list[int]] = {}
    for name, number in zip(ids, numbers, strict=True):
        if count[name] > 1 and name:
            rows.setdefault(name, []).append(number)
    taken = {name for name in ids if count[name] == 1}
    keys, faults = [], []
    for name, number in zip(ids, numbers, strict=True):
        what = _why_not(name, count[name], rows, number)
        if not what:
            keys.append(name)
            continue
        key = unique(f"row-{number}", taken)
        keys.append(key)
        remedy = "give every row an id of its own; the row is kept under a key made from its number"
        faults.append(Fault(file, number, column, clipped(name), what, remedy))
    return Keys(keys, faults)


def _why_not(name: str, count: int, rows: dict[str, list[int]], number: int) -> str:
    if not name:
        return "is empty"
    if count > 1:
        return f"is the id of {row_words([other for other in rows[name] if other != number])}, too"
    if ";" in name:
        return "has a ';' in it"
    return f"has {len(name)} characters" if len(name) > LONGEST_TYPED else ""


def row_words(numbers: Sequence[int], most: int = 5) -> str:
    """The rows in words: "row 2", "rows 2 and 4", "rows 2, 3, 4, 5, 6 and 20 more"."""
    first = [str(number) for number in numbers[:most]]
    more = len(numbers) - len(first)
    if more:
        return f"rows {', '.join(first)} and {more:,} more"
    return f"row {first[0]}" if len(first) == 1 else f"rows {', '.join(first[:-1])} and {first[-1]}"


def slugs(names: Iterable[str], otherwise: str) -> list[str]:
    """An id for each name, all different: "Kate's Deli" is "kate_s_deli", the next one "kate_s_deli_2"."""
    taken: set[str] = set()
    last: dict[str, int] = {}
    found = []
    for name in names:
        base = slug(name) or otherwise
        found.append(unique(base, taken, "_", last.get(base, 1)))
        last[base] = last.get(base, 1) + 1
    return found


def slug(name: str) -> str:
    """The words of a name in lower case without accents, `_` between them; nothing where it has no letter or digit."""
    plain = name[: 4 * LONGEST].lower()
    if not plain.isascii():
        text = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join(c for c in text if not unicodedata.combining(c))
    return _NO_WORD.sub("_", plain).strip("_")[:LONGEST].rstrip("_")


def unique(name: str, taken: set[str], joint: str = "-", first: int = 1) -> str:
    """`name`, or with a number after it where it is taken, counting from `first`; the answer is added to `taken`."""
    found, number = name, max(first, 2)
    while found in taken:
        found = f"{name}{joint}{number}"
        number += 1
    taken.add(found)
    return found
