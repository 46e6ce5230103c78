"""A table of any size as the folder of a large story: read once, block after block, in memory that does not grow."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

import pyarrow as pa

from geo.answers import Answer
from geo.csv_text import protected, written
from geo.errors import Fault, GeoError, StoryError, clipped
from geo.events_file import PARQUET, EventsFile
from geo.fault_tally import Tally
from geo.import_events import Reader
from geo.import_joined import Joiner, unplaced
from geo.import_layout import Layout, laid_out, mapped, used_as
from geo.import_people import HEADER, People
from geo.import_positions import Places
from geo.import_rows import Rows
from geo.import_text import Text, blocks, sample, text_of
from geo.import_times import Times
from geo.import_toponyms import found, lacking, repeated_ids, toponyms, write_toponyms
from geo.imported import FAULTS, Imported, document
from geo.mapping import Mapping as Columns
from geo.merges import merges
from geo.meta import Group, Meta, meta_text, palette
from geo.opened_text import Closed
from geo.raw import Raw, shown_name
from geo.source import Bounds, Source
from geo.whole_folder import whole_folder

TOPONYMS = "toponyms.csv"
NEAR = 0.5  # degrees, some fifty kilometres

Progress = Callable[[str, int, int], None]
Geocode = Callable[[tuple[str, ...], Bounds | None], Mapping[str, Answer]]


def import_table(
    path: Path,
    folder: Path,
    *,
    chosen: Mapping[str, str] | None = None,
    day_first: bool | None = None,
    title: str = "",
    geocode: Geocode | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Reads a CSV or its kin into a new folder: story.toml, events.parquet, people.csv, toponyms.csv, faults.json.

    What the columns are for, and how dates and numbers are written, is told from a sample and said in the notices; a
    row further down that contradicts is a fault. `chosen` columns have the field somebody gave them (see
    `geo.import_layout.FIELDS`). `geocode` is asked once for the toponyms of events without coordinates, with the
    bounds of the others. `progress` hears what is done, and how much of how much.

    The folder is there in the end or not at all. Raises GeoError, StoryError where the file is no table.
    """
    name = shown_name(path.name)
    try:
        text = text_of(path)
        content = b"" if isinstance(text, Closed) else sample(text)
    except OSError as cause:
        raise GeoError(f"{name} cannot be read: {cause.strerror}") from cause
    if isinstance(text, Closed):
        raise _refused(text)
    opened = laid_out(content, name)
    if isinstance(opened, Closed):
        raise _refused(opened)
    layout, raw = opened
    columns = mapped(raw, chosen or {})
    if not columns.tells:
        fault = Fault(name, None, None, "", "no column says who, where, when or what", "name the columns, or use --map")
        raise StoryError(str(fault), [fault])
    run = _Run(text, layout, raw, columns, day_first, progress or _unheard)
    with whole_folder(folder) as part:
        return run.into(part, title or PurePosixPath(name).stem.replace("_", " ").strip(), geocode)


class _Run:
    """One import: everything that is decided before, and what adds up while it goes on."""

    def __init__(
        self, text: Text, layout: Layout, raw: Raw, columns: Columns, day_first: bool | None, progress: Progress
    ) -> None:
        self._text, self._progress = text, progress
        self._file = shown_name(text.path.name)
        self._tally = Tally()
        used = {name for names in columns.columns.values() for name in names}
        self._rows = Rows(layout, self._file, self._tally, used)
        self._times = Times(raw, columns, self._file, self._tally, day_first)
        self._people = People(raw, columns, self._file, self._tally)
        places = Places(columns, self._file, self._tally, decimal_comma=raw.decimal_comma)
        self._reader = Reader(columns, self._times, places, self._people, self._file, self._tally)
        self._typed_ids = bool(columns.of("id"))
        where, id = " and ".join(columns.of("where")) or "where", (columns.of("id") or ("id",))[0]
        self._joiner = Joiner(self._file, where, id, self._tally)
        self._looked_at = len(raw.cells)
        self._notices = [
            *used_as(columns),
            *(text.notices or ()),
            *(notice for notice in raw.notices if not _of_rows(notice)),
            *columns.notices,
            *self._people.notices,
            *self._times.notices,
            *_left_out(columns),
        ]

    def into(self, part: Path, title: str, geocode: Geocode | None) -> Imported:
        with EventsFile(part, numbered=True) as file:
            for piece in self._rows.pieces(self._blocks()):
                file.add(self._reader.events(piece))
        if not file.count:
            raise GeoError(f"{self._file} has no row that can be read; {self._first_words()}")
        known = toponyms(part / PARQUET, part)
        repeated = repeated_ids(part / PARQUET, part) if self._typed_ids else pa.array([], pa.string())
        wanted = lacking(known)
        answers = dict(geocode(wanted, _around(file.source.bounds))) if geocode is not None and wanted else {}
        places = found(known, answers)
        several = [toponym.name for toponym in known if toponym.several and toponym.without]
        if places or several or len(repeated):
            count = file.count
            file = self._joiner.joined(
                part, places, several, repeated, lambda done: self._progress("Placing", done, count)
            )
        self._write(part, file.source, title)
        write_toponyms(part / TOPONYMS, known, answers)
        without = unplaced(part / PARQUET)
        sure = sum(name in places for name in wanted)
        done = Imported(
            self._file,
            self._rows.count,
            self._tally.rows,
            self._tally.kinds,
            tuple(dict.fromkeys([*self._notices, *self._counted(without)])),
            file.source,
            len(self._people.names),
            len(known),
            len(wanted),
            sure,
            self._reader.untimed,
            without,
            merges(self._people.names),
        )
        (part / FAULTS).write_text(json.dumps(document(done), allow_nan=False, indent=1) + "\n", "utf-8")
        return done

    def _blocks(self) -> Iterator[bytes]:
        for block, read in blocks(self._text):
            yield block
            self._progress("Reading", read, self._text.size)

    def _write(self, part: Path, source: Source, title: str) -> None:
        groups = self._people.groups or {"people": "People"}
        meta = Meta(
            title=title or "A story",
            clock_kind=self._times.kind,
            by_rows=False,
            groups=tuple(Group(one, label, *palette(number)) for number, (one, label) in enumerate(groups.items())),
            events=source,
        )
        (part / "story.toml").write_text(meta_text(meta), "utf-8", newline="")
        people = (tuple(map(protected, row)) for row in self._people.table)
        (part / "people.csv").write_text(written(HEADER, people), "utf-8", newline="")

    def _counted(self, without: int) -> Iterator[str]:
        if self._rows.count > self._looked_at:
            yield f"How cells are written was told from a sample of {self._looked_at:,} rows; cells are counted in it."
        if self._rows.controls:
            yield f"Control characters were taken out of the text: {self._rows.controls:,}."
        if self._rows.repeated:
            yield f"The header stands again further down, {self._rows.repeated:,} times: left out."
        if self._reader.untimed:
            yield f"Events without a time that can be read: {self._reader.untimed:,}; no step of the timeline has them."
        if without:
            yield f"Events without a position: {without:,}; they are not on the map."

    def _first_words(self) -> str:
        kinds = self._tally.kinds
        return str(kinds[0].faults[0]) if kinds else "there is none below the header"


def _left_out(columns: Columns) -> list[str]:
    kept = {"who", "first", "last", "remote", "what", "summary", "when", "time", "end", "end_time", "where"}
    kept |= {"lat", "lon", "point", "radius", "id", "source", "group"}
    names = [name for role, of in columns.columns.items() if role not in kept for name in of]
    if not names:
        return []
    shown = ", ".join(f"'{clipped(name, 40)}'" for name in names[:8]) + (" ..." if len(names) > 8 else "")
    return [f"Columns that a large story has no field for are not taken over: {shown}."]


def _of_rows(notice: str) -> bool:
    """Whether a notice of the sample names rows of it, which are others in the file."""
    return "The header stands again" in notice or "taken out of row" in notice or "taken off in row" in notice


def _around(bounds: Bounds | None) -> Bounds | None:
    """The bounds and what lies near them, where the other toponyms are expected."""
    if bounds is None:
        return None
    west, south, east, north = bounds
    return max(west - NEAR, -180.0), max(south - NEAR, -90.0), min(east + NEAR, 180.0), min(north + NEAR, 90.0)


def _refused(closed: Closed) -> StoryError:
    return StoryError(str(closed.fault), [closed.fault])


def _unheard(_: str, __: int, ___: int) -> None:
    return None
