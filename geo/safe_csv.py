"""CSV as a spreadsheet may open it: text that it would run as a formula is text, and numbers are numbers."""

import re
from collections.abc import Iterable, Sequence

from geo.csv_text import protected, written

_NUMBER = re.compile(r"[+-][0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


def safe_csv(header: Sequence[str], rows: Iterable[Sequence[str]], *, marked: bool = False) -> bytes:
    """The table in UTF-8, `marked` with a byte order mark, which Excel wants. Reading it gives the same cells back."""
    text = written([safe(name) for name in header], [[safe(cell) for cell in row] for row in rows])
    return text.encode("utf-8-sig" if marked else "utf-8")


def safe(cell: str) -> str:
    """`cell` with an apostrophe where it would be run; a number is never touched."""
    if not cell or cell[0].isalnum():  # no formula begins with a letter or a digit
        return cell
    return cell if _NUMBER.fullmatch(cell) else protected(cell)
