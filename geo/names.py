"""What people are called where there is little room: a short name and two initials, unique where possible."""

from collections import Counter

_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "da", "di", "du", "del", "della", "la", "le", "el", "al", "bin", "ibn", "st"}
)


def short_names(names: list[str]) -> list[str]:
    """The surname of a proper name, else the first word, else the whole name.

    Of several people with one surname the first in the list has it ("Hanna" is Vincent, not Justine Hanna). The surname
    is the last word with the particles before it ("Van Zant"). A proper name has capitals throughout but for its
    particles; a role ("Stakeout detective") keeps its name.
    """
    words = [name.split() for name in names]
    proper = [len(parts) > 1 and all(_is_proper(part) for part in parts) for parts in words]
    first = Counter(parts[0] for parts in words if parts)
    whole = Counter(names)
    short = list(names)
    taken = {name for name, is_proper in zip(names, proper, strict=True) if not is_proper}
    for i, parts in enumerate(words):
        if not proper[i] or whole[names[i]] > 1:
            continue
        if (surname := _surname(parts)) not in taken:
            short[i] = surname
        elif first[parts[0]] == 1 and parts[0] not in taken:
            short[i] = parts[0]
        taken.add(short[i])
    counts = Counter(short)
    return [name if counts[brief] > 1 else brief for name, brief in zip(names, short, strict=True)]


def initials(names: list[str]) -> list[str]:
    """Two capitals for each name; earlier names choose first, later ones take other letters of theirs."""
    taken: set[str] = set()
    chosen = []
    for name in names:
        options = _initials(name)
        best = next((option for option in options if option not in taken), options[0])
        taken.add(best)
        chosen.append(best)
    return chosen


def _is_proper(word: str) -> bool:
    return (word[0].isalpha() and not word[0].islower()) or word in _PARTICLES


def _surname(words: list[str]) -> str:
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[max(start, 0) :])


def _initials(name: str) -> list[str]:
    parts = [letters for part in name.split() if (letters := "".join(c for c in part if c.isalnum()))]
    if not parts:
        return ["?"]
    first, rest = parts[0], "".join(parts[1:])
    ends = [parts[0][0] + parts[-1][0]] if rest else []
    pairs = [first[0] + letter for letter in (*first[1:], *rest)]
    return [pair.upper() for pair in (*ends, *pairs)] or [first.upper()]
