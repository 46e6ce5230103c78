"""The type of pictures: faces that have the letters of a text, and lines that fit their room.

The face is the board's own, Source Sans, which Streamlit carries and sends to the browser; without it, Pillow's. Text
in a script it does not have is set in a face of this machine that has it; letters that none has are left out.
"""

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont

Face = ImageFont.FreeTypeFont | ImageFont.ImageFont

MEDIA = "static/static/media/SourceSansVF-Upright*.woff2"
# What machines often have, by the names of the files; the first that has all letters of a text sets it.
OTHERS = (
    *("DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "NotoSansArabic-Regular.ttf"),
    *("NotoSansHebrew-Regular.ttf", "NotoSansDevanagari-Regular.ttf", "NotoSansThai-Regular.ttf"),
    *("wqy-zenhei.ttc", "Arial Unicode.ttf", "msgothic.ttc"),
)
NOBODYS = "\uffff"  # a code point without a letter: drawn as what a face shows for a letter it lacks
LONGEST = 400  # characters of a text that are looked at


@cache
def face(size: int, weight: int = 400) -> Face:
    """The board's face at a size in pixels; `weight` is 200 to 900."""
    path = _board_face()
    if path is None:
        return ImageFont.load_default(size)
    try:
        found = ImageFont.truetype(path, size)
        found.set_variation_by_axes([weight])
    except OSError:  # a Pillow whose FreeType does not read compressed or variable fonts
        return ImageFont.load_default(size)
    return found


def setting(text: str, size: int, weight: int = 400) -> tuple[str, Face]:
    """`text` without the letters nobody has, nothing where those are most of it, and the face that sets it."""
    text = text[:LONGEST]
    own = face(size, weight)
    lacking = {letter for letter in set(text) if not has(own, letter)}
    if not lacking:
        return text, own
    best, least = own, lacking
    for name in OTHERS:
        other = _of_this_machine(name, size)
        missing = lacking if other is None else {letter for letter in set(text) if not has(other, letter)}
        if other is not None and len(missing) < len(least):
            best, least = other, missing
        if not least:
            break
    left = " ".join("".join(letter for letter in text if letter not in least).split())
    return left if 2 * len(left) >= len(text) else "", best  # of a text hardly a part would be another text


@lru_cache(maxsize=8_192)
def has(of: Face, letter: str) -> bool:
    """Whether a face has the letter: what it lacks it draws as one and the same box."""
    return letter.isspace() or _drawn(of, letter) != _drawn(of, NOBODYS)


def width(text: str, of: Face) -> float:
    """Of one line, in pixels."""
    return float(of.getlength(text))


def cut(text: str, of: Face, room: float) -> str:
    """`text` cut with an ellipsis to `room` pixels."""
    if width(text, of) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width(text[:middle].rstrip() + "…", of) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return text[:low].rstrip() + "…" if low else ""


def wrapped(text: str, of: Face, room: float, most: int) -> list[str]:
    """`text` in at most `most` lines of `room` pixels, broken between words; the last is cut where more would follow.

    A script without spaces is broken between letters.
    """
    lines: list[str] = []
    rest = text.split()
    while rest and len(lines) < most - 1:
        count = 1
        while count < len(rest) and width(" ".join(rest[: count + 1]), of) <= room:
            count += 1
        line = " ".join(rest[:count])
        if width(line, of) > room:
            whole = cut(line, of, room).removesuffix("…")
            lines.append(whole)
            rest = [line[len(whole) :], *rest[count:]] if whole else []
        else:
            lines.append(line)
            rest = rest[count:]
    return [*lines, cut(" ".join(rest), of, room)] if rest else lines


@cache
def _board_face() -> Path | None:
    found = find_spec("streamlit")
    if found is None or found.origin is None:
        return None
    return next(iter(sorted(Path(found.origin).parent.glob(MEDIA))), None)


@cache
def _of_this_machine(name: str, size: int) -> Face | None:
    path = _path_of(name)
    return None if path is None else ImageFont.truetype(path, size)


@cache
def _path_of(name: str) -> str | None:
    try:
        return str(ImageFont.truetype(name, 10).path)
    except OSError:
        return None


def _drawn(of: Face, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = of.getmask(letter)
    return mask.size, bytes(mask)
