"""What somebody brings: a spreadsheet, a map file, a story folder in a zip, as a draft or as a refusal in words."""

from dashboard.limits import allowed
from dashboard.workshop.draft import Draft, State, remade
from geo.archive import Files, read_archive
from geo.errors import StoryError
from geo.mapping import recognised
from geo.raw import Raw, shown_name
from geo.reading import read_raw
from geo.story import read_story
from geo.template import template

ARCHIVE = b"PK\x03\x04"


def arrived(content: bytes, name: str) -> Draft:
    """The draft of a file. Raises StoryError with the faults that keep it from being read."""
    file, limits = shown_name(name), allowed().reading
    if (files := _story_files(content, file)) is not None:
        read_story(files)
        return Draft(State(f"Opened {file}", files, title=""), file)
    raw = read_raw(content, file, limits)
    if not raw.readable:
        raise StoryError(f"{file} cannot be read as a story", raw.faults)
    return from_raw(raw)


def from_raw(raw: Raw) -> Draft:
    """The draft of a table, its columns recognised. Raises StoryError where they tell no story."""
    mapping = recognised(raw)
    return Draft(remade(State(f"Read {raw.file}", {}, raw, mapping, title=_title(raw.file))), raw.file)


def from_template() -> Draft:
    """The draft that `caseboard new` writes."""
    return Draft(State("Started from the example", template()), "the example")


def _story_files(content: bytes, file: str) -> Files | None:
    """The files of a story in a zip or in a workbook of three sheets; None where it is neither."""
    if not content.startswith(ARCHIVE):
        return None
    from geo.workbook import workbook_files

    if (files := workbook_files(content)) is not None:
        return files
    try:
        return read_archive(content, file, allowed().reading)
    except StoryError:
        if b"events.csv" in content:
            raise
        return None


def _title(file: str) -> str:
    stem = file.rsplit(".", 1)[0].replace("_", " ").replace("-", " ").strip()
    return stem[:1].upper() + stem[1:] or "My story"
