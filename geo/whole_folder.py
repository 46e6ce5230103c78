"""A folder that is there with everything in it or not at all, whatever happens while it is filled."""

import errno
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import GeoError, clipped

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A new folder beside `folder` to write into, which takes its name once the block is over.

    Where the block is left by an exception (Ctrl+C too) nothing stays. Raises GeoError where `folder` has something
    in it already, cannot be written, or the disk is full.
    """
    shown = clipped(str(folder))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise GeoError(f"{shown} is not empty; name a new folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as cause:
        raise GeoError(f"{shown} cannot be written: {cause.strerror or cause}") from cause
    # Named before it is made: Ctrl+C may come between the two.
    part = folder.parent / f".{folder.name}-{secrets.token_hex(4)}.part"
    try:
        part.mkdir(mode=0o700)
        yield part
        part.chmod(0o755)  # until then it is its owner's alone
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
    except OSError as cause:
        if cause.errno in _FULL:
            raise GeoError(f"the disk of {shown} is full; nothing is left there: make room and start again") from cause
        raise GeoError(f"{shown} cannot be written: {cause.strerror or cause}") from cause
    finally:
        shutil.rmtree(part, ignore_errors=True)
