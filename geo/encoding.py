"""How bytes become text: UTF-8, UTF-16 or Windows-1252, whichever it is, and what is said about it."""

import re
from typing import NamedTuple

UNREADABLE = "\N{REPLACEMENT CHARACTER}"

_SAMPLED = 4_096
_MOST_BROKEN = 200
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# 'Ã«' is what 'ë' becomes when UTF-8 is taken for Windows-1252 and written as UTF-8 again; so with dashes and quotes.
_TWICE = re.compile(
    "[ÂÃ][\u00a1-\u00bf\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u20ac]|â€[\u0153\u02dc\u2122\u00a6\u201c\u201d\u00a2]"
)


class Decoded(NamedTuple):
    """Text without a byte order mark; or, where the bytes are no text, `fault` and its `remedy` and no text.

    Bytes that nothing explains stand as `UNREADABLE` characters; `broken` counts them.
    """

    text: str
    notices: tuple[str, ...] = ()
    broken: int = 0
    fault: str = ""
    remedy: str = ""


def decoded(content: bytes) -> Decoded:
    """The text in `content`. Plain UTF-8, with a byte order mark or without, gives no notice."""
    if content[:2] in _UTF16:
        return _utf16(content[2:], _UTF16[content[:2]], 2)
    if unmarked := _unmarked_utf16(content):
        return _utf16(content, unmarked, 0)
    if (nul := content.find(b"\0")) >= 0:
        return _refusal(f"this is not a text file but binary: NUL at byte {nul:,}", "save the table as CSV")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        return _not_utf8(content, cause)
    return Decoded(text, _encoded_twice(text))


def _utf16(content: bytes, encoding: str, skipped: int) -> Decoded:
    name = "UTF-16 (little endian)" if encoding.endswith("le") else "UTF-16 (big endian)"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as cause:
        what = f"the text looks like {name} but is broken at byte {cause.start + skipped:,}"
        return _refusal(what, "save the file again as 'CSV UTF-8'")
    if (nul := text.find("\0")) >= 0:
        what = f"this is not a text file but binary: NUL at byte {nul * 2 + skipped:,}"
        return _refusal(what, "save the table as CSV")
    return Decoded(text, (f"The text is {name}, not UTF-8: it was read so.",))


def _unmarked_utf16(content: bytes) -> str:
    """The encoding in which every other byte of plain text is NUL, or nothing."""
    sample = content[:_SAMPLED]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    enough = max(2, len(sample) // 4)
    if second >= enough and not first:
        return "utf-16-le"
    return "utf-16-be" if first >= enough and not second else ""


def _not_utf8(content: bytes, cause: UnicodeDecodeError) -> Decoded:
    """UTF-8 with a few broken bytes where most of what is not ASCII is sound UTF-8; else Windows-1252, or nothing."""
    marked = content.removeprefix(b"\xef\xbb\xbf")
    # Characters of two bytes and more, counted by their first byte among those that decode.
    sound = marked.decode("utf-8", "ignore")
    wide = len(sound) - len(sound.encode("ascii", "ignore"))
    broken = len(marked) - len(sound.encode("utf-8"))
    first = f"byte {cause.start:,} is 0x{content[cause.start]:02x}"
    if broken <= _MOST_BROKEN and wide > broken:
        count = "1 byte is" if broken == 1 else f"{broken:,} bytes are"
        said = f"The text is UTF-8, but {count} not ({first}): '{UNREADABLE}' stands for what could not be read."
        return Decoded(marked.decode("utf-8", "replace"), (said,), broken)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as undefined:
        byte = f"byte {undefined.start:,} is 0x{content[undefined.start]:02x}"
        what = f"the text is neither UTF-8 ({first}) nor Windows-1252 ({byte})"
        return _refusal(what, "save the file again as 'CSV UTF-8'")
    return Decoded(text, (f"The text is Windows-1252, not UTF-8 ({first}): it was read so.",))


def _encoded_twice(text: str) -> tuple[str, ...]:
    if text.isascii():
        return ()
    for found in _TWICE.finditer(text):
        try:
            meant = found.group().encode("cp1252").decode("utf-8")
        except UnicodeError:
            continue
        said = f"'{found.group()}' in the text may once have been '{meant}': letters look as if they were encoded"
        return (f"{said} twice. Nothing was changed; save the file again as UTF-8 from its source.",)
    return ()


def _refusal(what: str, remedy: str) -> Decoded:
    return Decoded("", fault=what, remedy=remedy)
