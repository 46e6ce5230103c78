"""A story as one file: the zip of its folder."""

import io
import zipfile
from collections.abc import Mapping

from geo.errors import clipped
from geo.raw import LIMITS, Limits
from geo.story import LARGEST, Files
from geo.zipped import Zip, opened, refuse

__all__ = ["Files", "archive", "read_archive"]

_EVENTS = "events.csv"
_NEW_YEAR = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name: no clock is asked
_READABLE = 0o100644 << 16


def read_archive(content: bytes, file: str, limits: Limits = LIMITS) -> Files:
    """The files of the story in an archive, at its top or in one folder of it; nothing else is unpacked.

    Raises StoryError, with the fault in a sentence, for what is no zip, is damaged, has a password, holds no story or
    several, or would be larger than `limits` once unpacked. Nothing is written to disk.
    """
    held = opened(content, file, limits)
    found: dict[str, dict[str, str]] = {}
    for path in held.entries:
        folder, _, name = path.rpartition("/")
        known = name.casefold()
        if known in LARGEST and "/" not in folder:
            story = found.setdefault(folder, {})
            if known in story:
                refuse(file, f"the archive holds both '{clipped(story[known])}' and '{clipped(path)}'", "keep one")
            story[known] = path
    stories = [paths for paths in found.values() if _EVENTS in paths]
    if not stories:
        refuse(file, f"there is no {_EVENTS} in the archive{_instead(held)}", "pack the files of a story folder")
    if len(stories) > 1:
        named = " and ".join(f"'{clipped(paths[_EVENTS])}'" for paths in stories[:2])
        refuse(file, f"the archive holds more than one story: {named}", "pack one story")
    files: Files = {}
    left = limits.unpacked
    for name, most in LARGEST.items():
        if name in stories[0]:
            files[name] = held.unpacked(stories[0][name], min(most, left))
            left -= len(files[name])
    return files


def archive(files: Mapping[str, bytes]) -> bytes:
    """The zip of a story's files, which `read_archive` reads as they are. The same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name in LARGEST:
            if name in files:
                entry = zipfile.ZipInfo(name, _NEW_YEAR)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # the same on every machine
                entry.external_attr = _READABLE
                packed.writestr(entry, files[name])
    return out.getvalue()


def _instead(held: Zip) -> str:
    names = [f"'{clipped(path, 40)}'" for path in list(held.entries)[:3]]
    more = f" and {len(held.entries) - 3} more" if len(held.entries) > 3 else ""
    return f", only {', '.join(names)}{more}" if names else ""
