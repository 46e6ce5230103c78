"""The text of a file too large to hold: how it is encoded, a sample of it, and block after block as UTF-8."""

import codecs
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from geo.encoding import Decoded, decoded
from geo.errors import Fault
from geo.opened_text import Closed
from geo.raw import shown_name

BLOCK = 8 * 1024 * 1024
BEGINNING = 1024 * 1024
PIECES, PIECE = 15, 64 * 1024

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


class Text(NamedTuple):
    """A file of text: its bytes in `encoding` from byte `begins` on; `old_mac` where lines end with a bare CR.

    With `broken` it is UTF-8 of which some bytes are not. `notices` say how that was found out.
    """

    path: Path
    size: int
    encoding: str
    begins: int = 0
    broken: bool = False
    old_mac: bool = False
    notices: tuple[str, ...] = ()


def text_of(path: Path) -> Text | Closed:
    """How the text of a file is encoded: told by its mark, else by all of its bytes. Raises OSError."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(BEGINNING)
    found = _decoded_beginning(head, whole=len(head) == size)
    if found.fault:
        return Closed(Fault(shown_name(path.name), None, None, "", found.fault, found.remedy))
    mark = next((mark for mark in _MARKS if head.startswith(mark)), b"")
    wide = next((name for name in ("little", "big") if any(f"UTF-16 ({name}" in said for said in found.notices)), "")
    if wide:
        encoding = "utf-16-le" if wide == "little" else "utf-16-be"
        return Text(path, size, encoding, len(mark), notices=found.notices)
    old_mac = b"\r" in head and b"\n" not in head
    first_bad, nul = _looked_through(path)
    if nul is not None:
        what = f"this is not a text file but binary: NUL at byte {nul:,}"
        return Closed(Fault(shown_name(path.name), None, None, "", what, "save the table as CSV"))
    if first_bad is None:
        return Text(path, size, "utf-8", len(mark), old_mac=old_mac, notices=found.notices)
    with path.open("rb") as file:  # around the first byte that is no UTF-8, which may lie far below the beginning
        file.seek(max(0, first_bad - PIECE // 2))
        around = file.read(PIECE).lstrip(bytes(range(0x80, 0xC0)))
    found = decoded(_whole_lines(head, b"\n") + _whole_lines(around, b"\n"))
    if found.fault:
        return Closed(Fault(shown_name(path.name), None, None, "", found.fault, found.remedy))
    at = f"byte {first_bad:,}"
    if any("Windows-1252" in said for said in found.notices):
        said = f"The text is Windows-1252, not UTF-8 ({at} is none): it was read so."
        return Text(path, size, "cp1252", len(mark), old_mac=old_mac, notices=(said,))
    said = f"The text is UTF-8, but for some bytes (the first is {at}): '\N{REPLACEMENT CHARACTER}' stands for them."
    return Text(path, size, "utf-8", len(mark), broken=True, old_mac=old_mac, notices=(said,))


def sample(text: Text) -> bytes:
    """The beginning of a file and pieces from further down, in whole lines, as UTF-8; a small file is all there."""
    if text.size <= BEGINNING + 2 * PIECES * PIECE:
        with text.path.open("rb") as file:
            file.seek(text.begins)
            return _utf8(file.read(), text)
    parts = []
    with text.path.open("rb") as file:
        file.seek(text.begins)
        parts.append(_utf8(file.read(BEGINNING), text, cut=True))
        step = (text.size - BEGINNING) // (PIECES + 1) // 2 * 2
        for number in range(1, PIECES + 1):
            file.seek(text.begins + BEGINNING + number * step)
            piece = _utf8(file.read(PIECE), text, cut=True)
            parts.append(piece[piece.find(b"\n") + 1 :])
    return b"".join(parts)


def blocks(text: Text) -> Iterator[tuple[bytes, int]]:
    """The file block after block as UTF-8 with line feeds for line ends, and how many bytes of it have been read."""
    decoder = codecs.getincrementaldecoder(text.encoding)(errors="replace")
    plain = text.encoding == "utf-8" and not text.broken
    read, held = text.begins, b""
    with text.path.open("rb") as file:
        file.seek(text.begins)
        while True:
            block = file.read(BLOCK)
            read += len(block)
            content = held + (block if plain else decoder.decode(block, final=not block).encode())
            held = b""
            if content.endswith(b"\r") and block:  # a line feed may follow
                content, held = content[:-1], b"\r"
            content = _line_feeds(content, text)
            if content:
                yield content, read
            if not block:
                return


def _line_feeds(content: bytes, text: Text) -> bytes:
    if b"\r" not in content:
        return content
    content = content.replace(b"\r\n", b"\n")
    return content.replace(b"\r", b"\n") if text.old_mac else content


def _utf8(content: bytes, text: Text, *, cut: bool = False) -> bytes:
    if text.encoding.startswith("utf-16"):
        content = content[: len(content) // 2 * 2]
    decoded_text = content.decode(text.encoding, "ignore" if cut and not text.broken else "replace")
    plain = _line_feeds(decoded_text.encode(), text)
    return _whole_lines(plain, b"\n") if cut else plain


def _whole_lines(content: bytes, end: bytes) -> bytes:
    return content[: content.rfind(end) + 1] or content


def _decoded_beginning(head: bytes, *, whole: bool) -> Decoded:
    """What the beginning of a file is; where it is not `whole`, nothing is said of a character cut in two."""
    if whole:
        return decoded(head)
    if b"\0" not in head:
        return decoded(_whole_lines(head, b"\n"))
    even = head[: len(head) // 2 * 2]
    found = decoded(even)
    return decoded(even[:-2]) if "broken at byte" in found.fault else found


def _looked_through(path: Path) -> tuple[int | None, int | None]:
    """Where the first byte is that is no UTF-8, and where the first NUL, None for nowhere."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    first_bad: int | None = None
    done = 0
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_SEQUENTIAL)
        while block := file.read(BLOCK):
            if (nul := block.find(b"\0")) >= 0:
                return first_bad, done + nul
            if first_bad is None and not (block.isascii() and not decoder.getstate()[0]):
                pending = len(decoder.getstate()[0])
                try:
                    decoder.decode(block)
                except UnicodeDecodeError as cause:
                    first_bad = done - pending + cause.start
            done += len(block)
    if first_bad is None and (pending := len(decoder.getstate()[0])):
        first_bad = done - pending
    return first_bad, None
