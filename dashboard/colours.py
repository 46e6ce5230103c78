"""The colours of the board as numbers: its dark theme, read from its style sheet, and what is mixed of it."""

import re
from functools import cache

from dashboard.assets import STATIC

Colour = tuple[int, int, int]

NO_GROUP = "#8896a1"
INK_ON_BRIGHT, INK_ON_DARK = (16, 22, 27), (255, 255, 255)
_DARK = re.compile(r"\.cb-board\[data-theme='dark'\]\s*\{(.*?)\}", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b")


@cache
def dark() -> dict[str, Colour]:
    """Name of a colour in board.css (`land`, `ink`, `accent`...) -> channels."""
    found = _DARK.search((STATIC / "board.css").read_text("utf-8"))
    return {name: channels(text) for name, text in _COLOUR.findall(found[1])} if found else {}


def channels(text: str) -> Colour:
    """Red, green and blue of `#rgb` or `#rrggbb`. Raises ValueError for anything else."""
    digits = text.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        raise ValueError(f"'{text[:20]}' is no colour like #f0a23b")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mixed(over: Colour, under: Colour, share: float) -> Colour:
    """`share` (0 to 1) of the first colour over the second."""
    r, g, b = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
    return r, g, b


def ink_on(ground: Colour) -> Colour:
    """Of two inks the one that reads better on a ground."""
    r, g, b = ground
    return INK_ON_BRIGHT if 0.299 * r + 0.587 * g + 0.114 * b > 140 else INK_ON_DARK
