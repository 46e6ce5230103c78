"""What people are called where there is little room: a short name and two initials, unique where possible."""

from collections import Counter


def short_names(names: list[str]) -> list[str]:
    """The last word of a proper name where nobody else has it, else the first word, else the whole name.

    A proper name has capitals throughout; a role ("Stakeout detective") keeps its name.
    """
    words = [name.split() for name in names]
    proper = [len(parts) > 1 and all(not part[0].islower() for part in parts) for parts in words]
    last = Counter(parts[-1] for parts in words if parts)
    first = Counter(parts[0] for parts in words if parts)
    short = list(names)
    for i, parts in enumerate(words):
        if proper[i] and last[parts[-1]] == 1:
            short[i] = parts[-1]
        elif proper[i] and first[parts[0]] == 1:
            short[i] = parts[0]
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


def _initials(name: str) -> list[str]:
    parts = [letters for part in name.split() if (letters := "".join(c for c in part if c.isalnum()))]
    if not parts:
        return ["?"]
    first, rest = parts[0], "".join(parts[1:])
    ends = [parts[0][0] + parts[-1][0]] if rest else []
    pairs = [first[0] + letter for letter in (*first[1:], *rest)]
    return [pair.upper() for pair in (*ends, *pairs)] or [first.upper()]
