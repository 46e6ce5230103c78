"""Zip archives from strangers: which files are inside, unpacked one at a time and never beyond a limit."""

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import NamedTuple, NoReturn

from geo.errors import Fault, StoryError
from geo.raw import LIMITS, Limits

MOST_ENTRIES = 2_000

_START = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of the others Python cannot unpack a part: it is all or nothing
_CHUNK = 256 * 1024
_DRIVE = re.compile(r"[A-Za-z]:")
# What Python's reader raises for archives that are cut off, damaged or of a kind it does not know.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Zip(NamedTuple):
    """An open archive: its name for messages, its files by path (with `/` between), and how much may be unpacked."""

    file: str
    archive: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]
    most: int

    def unpacked(self, path: str, most: int | None = None) -> bytes:
        """The content of one file, at most `most` bytes of it. Raises StoryError where it is larger or damaged."""
        most = self.most if most is None else min(most, self.most)
        entry = self.entries[path]
        if entry.flag_bits & 0x1:
            refuse(self.file, f"'{path}' in it has a password", "pack it again without one")
        if entry.compress_type not in _METHODS:
            refuse(self.file, f"'{path}' in it is packed in an unusual way", "pack it again as a plain zip")
        content = bytearray()
        if entry.file_size <= most:
            try:
                with self.archive.open(entry) as stream:
                    while len(content) <= most and (chunk := stream.read(_CHUNK)):
                        content += chunk
            except _DAMAGE as cause:
                refuse(self.file, f"'{path}' in it is damaged", "pack it again", cause)
        if max(entry.file_size, len(content)) > most:
            refuse(self.file, f"'{path}' in it is larger than {most:,} bytes when unpacked", "split it")
        return bytes(content)


def opened(content: bytes, file: str, limits: Limits = LIMITS) -> Zip:
    """The files of an archive that are safe to name. Raises StoryError for what is no archive, or an excessive one.

    Links, folders and paths that lead out of the archive are left aside as if they were not there.
    """
    if len(content) > limits.size:
        refuse(file, f"the file has {len(content):,} bytes; at most {limits.size:,} are read", "split it")
    if not content.startswith(_START):
        empty = content.startswith(b"PK\x05\x06")
        refuse(file, "the archive is empty" if empty else "this is not a zip archive", "pack the files as a plain zip")
    if content.count(_ENTRY) > MOST_ENTRIES:
        refuse(file, f"the archive holds more than {MOST_ENTRIES:,} files", "pack only those of the story")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        listed = archive.infolist()
    except _DAMAGE as cause:
        refuse(file, "the archive is damaged or cut off", "pack it again, or download it again", cause)
    entries: dict[str, zipfile.ZipInfo] = {}
    for entry in listed:
        path = entry.filename.replace("\\", "/")
        if entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16) or not _inside(path):
            continue
        if path in entries:
            refuse(file, f"the archive holds '{path}' twice", "pack it again with one of them")
        entries[path] = entry
    return Zip(file, archive, entries, limits.unpacked)


def refuse(file: str, what: str, remedy: str, cause: BaseException | None = None) -> NoReturn:
    """Raises StoryError with the one fault that says why a file is not read at all."""
    fault = Fault(file, None, None, "", what, remedy)
    raise StoryError(str(fault), [fault]) from cause


def _inside(path: str) -> bool:
    """Whether a path stays within the folder into which an archive is unpacked."""
    parts = path.split("/")
    return not _DRIVE.match(path) and not any(part in ("", ".", "..") for part in parts)
