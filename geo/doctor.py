"""What is wrong with a file that somebody brought: every fault at once, of a table or of a story."""

from pathlib import Path

from geo.archive import read_archive
from geo.errors import Fault, StoryError, clipped
from geo.kinds import kind
from geo.making import Made, made
from geo.mapping import Mapping, recognised
from geo.merges import Merge, merges
from geo.raw import LIMITS, Limits, Raw, shown_name
from geo.reading import read_raw
from geo.report import Report
from geo.story import Story, read_files, read_story
from geo.tables import EVENTS, PEOPLE, PLACES, read_table

MAPS = ("GeoJSON", "KML")  # files that tell of positions: without any there is nothing in them


def examined(source: bytes | Path, file: str = "", limits: Limits = LIMITS) -> Report:
    """What can be said of the content of a file, or of a story folder. Never raises for what it holds.

    `file` is used in sentences alone and never opened.
    """
    if isinstance(source, Path):
        return _of_story(source, file or source.resolve().name)
    name = shown_name(file)
    if kind(source).name == "story":
        try:
            return _of_files(read_archive(source, name, limits), name)
        except StoryError as refusal:
            return _refused(name, refusal)
    return of_raw(read_raw(source, file, limits))


def of_raw(raw: Raw) -> Report:
    """What can be said of a table."""
    if not raw.readable:
        return Report(raw.file, raw.rows, raw.rows, raw.notices, raw.faults, readable=False, rows_flagged=_flagged(raw))
    mapping = recognised(raw)
    if not mapping.tells:
        return untold(raw, mapping)
    return of_made(raw, made(raw, mapping))


def untold(raw: Raw, mapping: Mapping) -> Report:
    """A table of which no column says who, where, when or what: nothing of it is kept."""
    what = "this does not read as a table of events: no column says who, where, when or what"
    named = ", ".join(f"'{clipped(name, 30)}'" for name in raw.header[:6]) + (" ..." if len(raw.header) > 6 else "")
    remedy = f"name the columns in the first row (it has {named}), for example who, where, when, what"
    fault = Fault(raw.file, None, None, "", what, remedy)
    notices = (*raw.notices, *mapping.notices)
    return Report(raw.file, raw.rows, raw.rows, notices, (fault, *raw.faults), readable=False)


def of_made(raw: Raw, draft: Made) -> Report:
    """What can be said of a table from which a draft story was made."""
    rows = tuple((raw.file, row) for row in draft.flagged)
    if raw.kind in MAPS and not draft.located and len(rows) == draft.rows:
        fault = Fault(raw.file, None, None, "", "no feature of it has a position that can be read", "correct the file")
        faults = (fault, *draft.faults)
        return Report(raw.file, draft.rows, len(rows), draft.notices, faults, readable=False, rows_flagged=rows)
    return Report(
        raw.file, draft.rows, len(rows), draft.notices, draft.faults, near_duplicates(draft), rows_flagged=rows
    )


def near_duplicates(draft: Made) -> tuple[Merge, ...]:
    """People and places of a draft that may be one."""
    return (*merges(draft.people, "person"), *merges(draft.places, "place"))


def _of_story(folder: Path, name: str) -> Report:
    try:
        return _of_files(read_files(folder), name)
    except StoryError as refusal:
        return _refused(name, refusal)


def _of_files(files: dict[str, bytes], name: str) -> Report:
    """A story: the rows of its three tables; a row with a fault is flagged, whether it was kept or not."""
    try:
        story = read_story(files, id=name)
    except StoryError as refusal:
        return _refused(name, refusal)
    return of_story(story, files, name)


def of_story(story: Story, files: dict[str, bytes], name: str) -> Report:
    """What can be said of a story that was read from these files."""
    rows: set[tuple[str, int]] = set()
    for spec in (EVENTS, PLACES, PEOPLE):
        file = f"{spec.name}.csv"
        if file in files:
            table = read_table(files[file], spec, file)
            rows |= {(file, int(row)) for row in (*table.frame["row"], *table.flagged)}
    flagged = {(fault.file, fault.row) for fault in story.faults if fault.row is not None} & rows
    people = merges(story.people["name"].tolist(), "person")
    places = merges(story.places["name"].tolist(), "place")
    notices = tuple(getattr(story, "notices", ()))
    return Report(
        name, len(rows), len(flagged), notices, story.faults, (*people, *places), rows_flagged=tuple(sorted(flagged))
    )


def _refused(name: str, refusal: StoryError) -> Report:
    faults = refusal.faults or (Fault(name, None, None, "", str(refusal), ""),)
    rows = {(fault.file, fault.row) for fault in faults if fault.row is not None and fault.row > 1}
    return Report(name, len(rows), len(rows), faults=tuple(faults), readable=False, rows_flagged=tuple(sorted(rows)))


def _flagged(raw: Raw) -> tuple[tuple[str, int], ...]:
    return tuple((raw.file, row) for row in raw.flagged)
