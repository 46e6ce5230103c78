"""A draft story, four files in memory, from a table and what its columns are for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from geo import made_people, made_places
from geo.coordinates import Problem
from geo.errors import Fault, clipped
from geo.headers import plain_name
from geo.keys import event_keys, row_words
from geo.made_people import Cast, cast
from geo.made_places import Placed, placed
from geo.made_times import AS_WRITTEN, Dated, Timed, timed
from geo.mapping import Mapping
from geo.meta import Meta, meta_text
from geo.positions import Written
from geo.raw import LIMITS, Raw
from geo.safe_csv import safe_csv
from geo.tables import DERIVED_COLUMNS, EVENTS

Files = dict[str, bytes]

LONGEST_TITLE = 120
DAY_NAMES = frozenset({"day", "dia", "story day", "jour", "tag"})


@dataclass(frozen=True)
class Made:
    """A draft story made of `rows` rows; `flagged` are the numbers of those with a fault, kept as events or not.

    `sources` has the row number of every event by its id. `problems` are those of coordinates by the index of the row,
    `readings` the dates that an ambiguous cell may mean (see `geo.made_times`), `people` and `places` the names,
    and `located` counts the rows that have a place at all.
    """

    files: Files
    rows: int
    flagged: tuple[int, ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]
    sources: dict[str, int]
    kind: str = "calendar"
    day_first: bool | None = None
    readings: dict[tuple[int, bool], tuple[str, ...]] = field(default_factory=dict)
    problems: dict[int, Problem] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    located: int = 0


def made(raw: Raw, mapping: Mapping, *, title: str = "", day_first: bool | None = None) -> Made:
    """The story that the rows of `raw` tell; every row of `raw.cells` becomes an event, whatever is wrong with it.

    `day_first` says how 03/04/2021 is meant where the column cannot tell. `title` is that of the story, by default the
    name of the file.
    """
    table = _Table(raw, mapping)
    keys = event_keys(table.one("id"), raw.numbers, raw.file, (mapping.of("id") or ("id",))[0])
    people = _cast(table)
    times = timed(*_dated(table), raw.numbers, raw.file, day_first=day_first)
    where = placed(_written(table))
    located = any(mapping.of(role) for role in ("where", "lat", "point"))
    unread = {fault.row for fault in raw.faults}
    nowhere = [fault for fault in where.faults if located and (fault.column or fault.row not in unread)]
    cells = {(fault.row, fault.column) for fault in raw.faults}
    more = [fault for fault in (*keys.faults, *times.faults, *nowhere) if (fault.row, fault.column) not in cells]
    faults = sorted([*raw.faults, *more], key=_row)
    notices = [*raw.notices, *mapping.notices, *people.notices, *times.notices, *where.notices, *_same(raw)]
    if not located:
        notices.append("No column says where: every event is listed, and none is on the map.")
    columns, left_out = _columns(table, keys.keys, people, times, where)
    files = {
        "story.toml": _meta(raw, title, times).encode(),
        "events.csv": safe_csv(list(columns), zip(*columns.values(), strict=True)),
        "places.csv": safe_csv(made_places.HEADER, where.table),
        "people.csv": safe_csv(made_people.HEADER, people.table),
    }
    numbers = {*raw.numbers, *raw.flagged}
    flagged = {*raw.flagged, *(fault.row for fault in faults if fault.row in numbers)}
    return Made(
        files,
        raw.rows,
        tuple(sorted(row for row in flagged if row is not None)),
        tuple(faults),
        tuple(dict.fromkeys([*notices, *left_out])),
        dict(zip(keys.keys, raw.numbers, strict=True)),
        times.kind,
        times.day_first,
        times.readings,
        where.problems,
        tuple(row[1] for row in people.table),
        tuple(row[1] for row in where.table),
        sum(place != "" for place in where.ids),
    )


class _Table:
    """The columns of a table by role."""

    def __init__(self, raw: Raw, mapping: Mapping) -> None:
        self.raw, self.mapping = raw, mapping
        self.columns = dict(zip(raw.header, zip(*raw.cells, strict=True), strict=True)) if raw.cells else {}

    def all(self, role: str) -> list[tuple[str, Sequence[str]]]:
        return [(name, self.columns[name]) for name in self.mapping.of(role) if name in self.columns]

    def one(self, role: str) -> Sequence[str] | None:
        found = self.all(role)
        return found[0][1] if found else None

    def texts(self, role: str) -> list[str]:
        return [cell.strip() for cell in self.one(role) or [""] * len(self.raw.cells)]


def _cast(table: _Table) -> Cast:
    rows, remote = len(table.raw.cells), table.all("remote")
    names = [cells for _, cells in (*table.all("first"), *table.all("last"))]
    if names and not table.all("who"):
        whole = [" ".join(part.strip() for part in parts if part.strip()) for parts in zip(*names, strict=True)]
        return cast([("name", whole)], remote, rows, whole=True)
    return cast(table.all("who"), remote, rows)


def _dated(table: _Table) -> tuple[Dated, Dated]:
    both = []
    for role, clock in (("when", "time"), ("end", "end_time")):
        columns, times = table.all(role), table.all(clock)
        names = tuple(name for name, _ in columns)
        days = len(names) == 1 and plain_name(names[0]) in DAY_NAMES
        time_name, time = times[0] if times else ("", None)
        both.append(Dated(names, tuple(cells for _, cells in columns), time, time_name, days))
    return both[0], both[1]


def _written(table: _Table) -> Written:
    raw, mapping = table.raw, table.mapping
    pairs: list[tuple[str, str]] | None = None
    columns: tuple[str, ...] = ("lat", "lon")
    lat, lon, point = table.one("lat"), table.one("lon"), table.one("point")
    if lat is not None and lon is not None:
        pairs, columns = list(zip(lat, lon, strict=True)), (mapping.of("lat")[0], mapping.of("lon")[0])
    elif point is not None:
        pairs, columns = [(cell, "") for cell in point], (mapping.of("point")[0],)
    return Written(
        raw.file,
        raw.numbers,
        _names(table),
        pairs,
        columns,
        " and ".join(mapping.of("where")) or "where",
        table.one("radius"),
        table.columns.get("shape") if raw.kind in ("GeoJSON", "KML") else None,
        raw.decimal_comma,
    )


def _names(table: _Table) -> list[str]:
    """The name of each row's place, from the narrowest to the widest of its columns, what repeats itself left out."""
    columns = [cells for _, cells in table.all("where")]
    if len(columns) == 1:
        return [" ".join(cell.split()) for cell in columns[0]]
    names = []
    for parts in zip(*columns, strict=True) if columns else [()] * len(table.raw.cells):
        told = dict.fromkeys(text for part in parts if (text := " ".join(part.split())))
        wider = list(told)
        names.append(", ".join(text for i, text in enumerate(wider) if not any(text in other for other in wider[:i])))
    return names


def _columns(
    table: _Table, keys: list[str], people: Cast, times: Timed, where: Placed
) -> tuple[dict[str, Sequence[str]], list[str]]:
    """The columns of events.csv, those nobody knows last, and what had to be renamed or left out."""
    what, summary = table.texts("what"), table.texts("summary")
    named = {row[0]: row[1] for row in where.table}
    titles = [
        _title(text, more, names, named.get(place, ""), number)
        for text, more, names, place, number in zip(
            what, summary, people.names, where.ids, table.raw.numbers, strict=True
        )
    ]
    told = [text if len(text) > LONGEST_TITLE and not more else more for text, more in zip(what, summary, strict=True)]
    columns: dict[str, Sequence[str]] = {
        "id": keys,
        "title": titles,
        "summary": told,
        "start": times.starts,
        "end": times.ends,
        "place": where.ids,
        "people": [";".join(ids) for ids in people.present],
        "remote": [";".join(ids) for ids in people.remote],
        "sequence": table.texts("chapter"),
        "outcome": table.texts("outcome"),
        "source": table.texts("source"),
    }
    columns = {name: cells for name, cells in columns.items() if name in ("id", "title", "start") or any(cells)}
    if times.written:
        columns[AS_WRITTEN] = times.written
    taken = {*(name.casefold() for name in (*EVENTS.names, AS_WRITTEN)), *DERIVED_COLUMNS}
    notices = []
    for name in table.mapping.unknown:
        free = name
        while free.casefold() in taken:
            free = f"{free} (as written)"
        taken.add(free.casefold())
        if len(columns) == LIMITS.columns:
            notices.append(
                f"The column '{clipped(name, 40)}' and those after it are left out: a story has at most 200."
            )
            break
        if free != name:
            notices.append(f"The column '{clipped(name, 40)}' is called '{clipped(free, 60)}' in the story.")
        columns[free] = table.columns[name]
    return columns, notices


def _title(what: str, summary: str, names: tuple[str, ...], place: str, number: int) -> str:
    """What happened, else the beginning of what is told of it, else who was where, else the row."""
    text = what or summary
    if text:
        return text if len(text) <= LONGEST_TITLE else clipped(text, LONGEST_TITLE)
    who = ", ".join(names[:3]) + (" and others" if len(names) > 3 else "")
    return clipped(" · ".join(part for part in (who, place) if part), LONGEST_TITLE) or f"Row {number}"


def _same(raw: Raw) -> list[str]:
    """Rows that say the same in every cell, named."""
    count = Counter(raw.cells)
    if len(count) == len(raw.cells):
        return []
    rows: dict[tuple[str, ...], list[int]] = {}
    for cells, number in zip(raw.cells, raw.numbers, strict=True):
        if count[cells] > 1:
            rows.setdefault(cells, []).append(number)
    said = [f"{row_words(numbers).capitalize()} are the same in every cell." for numbers in list(rows.values())[:5]]
    more = len(rows) - len(said)
    return [*said, f"{more:,} more rows are written twice or more."] if more else said


def _meta(raw: Raw, title: str, times: Timed) -> str:
    name = PurePosixPath(raw.file).stem.replace("_", " ").strip()
    return meta_text(Meta(title=title or name or "A story", clock_kind=times.kind, by_rows=False))


def _row(fault: Fault) -> int:
    return fault.row or 0
