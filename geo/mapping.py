"""Which column of a table says who, where, when and what: by its name, else by its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from geo.by_name import Found, find, listed
from geo.columns import looks
from geo.guessing import guesses
from geo.raw import Raw

TELLING = ("who", "first", "last", "remote", "what", "summary", "when", "where", "lat", "point")
MANY = frozenset({"who", "remote", "where", "when", "end"})  # roles that several columns make together


@dataclass(frozen=True)
class Mapping:
    """Role -> the columns that have it, and why, in words. What no role names is in `unknown` and is kept as it is.

    The roles are those of `geo.headers.ROLES`; "first" and "last" are parts of a name. Several columns of a place stand
    from the narrowest to the widest; of a date: year, month, day.
    """

    columns: dict[str, tuple[str, ...]]
    why: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    def of(self, role: str) -> tuple[str, ...]:
        """The columns of a role; nothing where there is none."""
        return self.columns.get(role, ())

    @property
    def tells(self) -> bool:
        """Whether there is enough for a story: any of who, where, when and what."""
        return any(self.of(role) for role in TELLING)

    def with_role(self, role: str, columns: Sequence[str], header: Iterable[str]) -> Self:
        """The same mapping after somebody gave `role` to `columns` of the table with this header."""
        others = {name: tuple(c for c in of if c not in columns) for name, of in self.columns.items() if name != role}
        chosen = {name: of for name, of in {**others, role: tuple(columns)}.items() if of}
        taken = {column for of in chosen.values() for column in of}
        why = {name: text for name, text in self.why.items() if name in chosen}
        return replace(
            self,
            columns=chosen,
            why=why | ({role: "chosen by hand"} if columns else {}),
            unknown=tuple(column for column in header if column not in taken),
        )


def recognised(raw: Raw) -> Mapping:
    """What each column of `raw` is for. Guesses from cells alone are said in `notices`."""
    columns = list(zip(*raw.cells, strict=True)) or [()] * len(raw.header)
    look = {name: looks(cells) for name, cells in zip(raw.header, columns, strict=True)}
    found = Found(raw, look)
    find(found)
    said = guesses(found.as_free())
    for role, (names, why) in said.items():
        found.take(role, names, why)
    found.notices += [f"{listed(names)} was taken for '{role}': {why}." for role, (names, why) in said.items()]
    taken = {name for names in found.columns.values() for name in names}
    unknown = tuple(name for name in raw.header if name not in taken)
    return Mapping(found.columns, found.why, unknown, tuple(found.notices))
