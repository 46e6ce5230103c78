"""Any file that somebody brings as the files of a story: a table, a map file, a workbook, a story in a zip."""

from dataclasses import dataclass

from geo.archive import read_archive
from geo.doctor import untold
from geo.errors import Fault, StoryError
from geo.kinds import kind
from geo.making import Made, made
from geo.mapping import Mapping, recognised
from geo.raw import LIMITS, Limits, Raw, shown_name
from geo.reading import read_raw
from geo.story import Files, read_story
from geo.workbook import workbook_files


@dataclass(frozen=True)
class Brought:
    """The files of the story; of a table also how it was read, what its columns mean and what was made of it."""

    file: str
    files: Files
    raw: Raw | None = None
    mapping: Mapping | None = None
    made: Made | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the table, by its own rows; of story files nothing, as reading them says it."""
        return () if self.made is None else self.made.faults


def brought(content: bytes, name: str, limits: Limits = LIMITS) -> Brought:
    """The story in a file. `name` is used in sentences and for a title, and never opened.

    Raises StoryError, with the faults, where nothing in it reads as a story.
    """
    file = shown_name(name)
    if (files := _story_files(content, file, limits)) is not None:
        read_story(files)
        return Brought(file, files)
    raw = read_raw(content, name, limits)
    if not raw.readable:
        raise StoryError(f"{file} cannot be read as a story", raw.faults)
    mapping = recognised(raw)
    if not mapping.tells:
        raise StoryError(f"{file} cannot be read as a story", untold(raw, mapping).faults)
    told = made(raw, mapping, title=title_of(file))
    return Brought(file, told.files, raw, mapping, told)


def title_of(file: str) -> str:
    """A title for the story in a file of that name: "my_case-2.csv" is "My case 2"."""
    stem = " ".join(file.rsplit(".", 1)[0].replace("_", " ").replace("-", " ").split())
    return stem[:1].upper() + stem[1:] or "My story"


def _story_files(content: bytes, file: str, limits: Limits) -> Files | None:
    found = kind(content).name
    if found == "story":
        return read_archive(content, file, limits)
    return workbook_files(content, file, limits) if found == "workbook" else None
