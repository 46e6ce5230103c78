"""Text of a story or a file on a terminal, which would obey the control characters in it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.merges import Merge


def printable(text: str) -> str:
    """`text` with a replacement character for whatever a terminal would not print."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def counted(number: int, noun: str) -> str:
    """ "1 fault", "2 faults" """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def may_be_one(merges: "Sequence[Merge]") -> Iterator[str]:
    """The lines about names that may be one, under a line of their own; none where there are no such names."""
    if merges:
        yield "May be one:"
    for merge in merges:
        yield printable(f"- '{merge.keep}' and '{merge.other}': {merge.why}")
