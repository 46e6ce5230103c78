"""A story: meta and three tables, read from its four files, in a folder or in memory, and written as them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geo.csv_text import MOST_BYTES
from geo.errors import Fault, StoryError, clipped
from geo.meta import FILE, Group, Meta, meta_text, palette, read_meta
from geo.references import referenced
from geo.schedule import schedule
from geo.tables import EVENTS, PEOPLE, PLACES, Spec, Table, read_table, suggestion, table_text

STORIES = Path(__file__).parent / "stories"
NO_GROUP = "others"
MOST_META_BYTES = 1024 * 1024

Files = dict[str, bytes]  # the files of a story held in memory, by the names of LARGEST
LARGEST = {FILE: MOST_META_BYTES, "events.csv": MOST_BYTES, "places.csv": MOST_BYTES, "people.csv": MOST_BYTES}

# What read_table says of a table that has nothing in it: no fault where no event refers to it.
_SEVERAL = ("people", "remote", "ends", "after")
_BARE = frozenset({"there is no such file", "the file is empty", "no rows below the header"})


@dataclass(frozen=True)
class Story:
    """Everything known about a story. The frames are not to be changed in place.

    `events`, sorted by `at`: the columns of events.csv (people, remote, ends and after as tuples of known ids, place
    "" where it is not known, told and happened as int, happened counting from 1), row, chapter (= sequence), and from
    the schedule earliest, at, latest, until (seconds of story time) and when (words). `places` has float lat, lon and
    radius_m, NaN where unknown; lat and lon are known together or not at all. `rows` counts the event rows in the
    file; `flagged` are those left out. `notices` are sentences on how the files were read.

    Of a large story (`meta.events` says where its events are) `events` and `places` are empty: an engine has them.
    """

    id: str
    meta: Meta
    events: pd.DataFrame
    places: pd.DataFrame
    people: pd.DataFrame
    faults: tuple[Fault, ...] = ()
    rows: int = 0
    flagged: tuple[int, ...] = ()
    notices: tuple[str, ...] = ()


def read_story(source: Path | Mapping[str, bytes], id: str = "") -> Story:
    """The story in a folder, or in the files of one, with every fault of every file.

    `id` is that of the story, by default the name of the folder. A story may do without people and places as long as
    no event names any. Raises StoryError where there is nothing to open.
    """
    if isinstance(source, Path):
        if not source.is_dir():
            raise StoryError(f"there is no folder '{clipped(str(source))}'; name a story folder or a built-in story")
        id = id or source.resolve().name
    named = f"the story in '{clipped(str(source))}'" if isinstance(source, Path) else "the story"
    meta, faults = _meta(source, id)
    if meta.events is not None:
        return _large(source, id, meta, faults)
    people, places, events = (_table(source, spec) for spec in (PEOPLE, PLACES, EVENTS))
    people = _wanted(people, events.frame, "people", "remote", "ends")
    places = _wanted(places, events.frame, "place")
    if any((fault.column or "").startswith("events.") for fault in faults):
        raise StoryError(f"{named} does not say where its events are; see its faults", faults)
    faults += [*people.faults, *places.faults, *events.faults]
    if events.frame.empty:
        raise StoryError(f"{named} has no event that can be read; see its faults", faults)
    meta, people_frame = _grouped(meta, people, faults)
    places_frame = _located(places, faults)
    frame = referenced(events.frame, people_frame, places_frame, faults)
    happened = _as_happened(frame).assign(happened=np.arange(1, len(frame) + 1))
    frame, time_faults = schedule(happened, meta.clock_kind, by_rows=meta.by_rows)
    faults += time_faults
    frame = _told(frame.assign(chapter=frame["sequence"], basis=_bases(frame)), faults)
    if meta.opening and meta.opening not in set(frame["id"]):
        remedy = f"{suggestion(meta.opening, frame['id'].tolist())}; the last event is taken"
        faults.append(Fault(FILE, None, "opening", meta.opening, "is not in events.csv", remedy))
        meta = replace(meta, opening="")
    tables = (("people.csv", people), ("places.csv", places), ("events.csv", events))
    notices = tuple(f"{file}: {notice}" for file, table in tables for notice in table.notices)
    return Story(id, meta, frame, places_frame, people_frame, tuple(faults), events.rows, events.flagged, notices)


def _large(source: Path | Mapping[str, bytes], id: str, meta: Meta, faults: list[Fault]) -> Story:
    """The story without its events, which may be millions: no file but those of meta and people is opened."""
    people = _table(source, PEOPLE)
    if people.frame.empty and all(fault.what in _BARE for fault in people.faults):
        people = people._replace(faults=[])
    meta, people_frame = _grouped(meta, people, faults)
    events, places = (read_table(b"", spec, f"{spec.name}.csv").frame for spec in (EVENTS, PLACES))
    frame, _ = schedule(events.assign(happened=np.arange(0)), meta.clock_kind, by_rows=meta.by_rows)
    frame = frame.assign(chapter=frame["sequence"], **{name: frame[name].astype(object) for name in _SEVERAL})
    rows = meta.events.count if meta.events is not None else None
    return Story(id, meta, _told(frame, []), places, people_frame, (*faults, *people.faults), rows or 0)


def story_files(story: Story) -> Files:
    """The four files of a story; `read_story` gives the same tables back."""
    tables = ((EVENTS, story.events), (PLACES, story.places), (PEOPLE, story.people))
    return {
        FILE: meta_text(story.meta).encode(),
        **{f"{spec.name}.csv": table_text(frame, spec).encode() for spec, frame in tables},
    }


def write_story(story: Story, folder: Path) -> None:
    """Writes the files of a story, making the folder where needed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in story_files(story).items():
        (folder / name).write_bytes(content)


def read_files(folder: Path) -> Files:
    """The files of the story in a folder as they are, those that are there. Raises StoryError for one that is too
    large or cannot be read."""
    if not folder.is_dir():
        raise StoryError(f"there is no folder '{clipped(str(folder))}'; name a story folder or a built-in story")
    files: Files = {}
    for name, most in LARGEST.items():
        path = folder / name
        try:
            too_large = path.stat().st_size > most
            if not too_large:
                files[name] = path.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as cause:
            raise StoryError(f"{name}: the file cannot be read ({cause.strerror}); check the folder") from cause
        if too_large:
            raise StoryError(f"{name}: the file has more than {most:,} bytes; split the story")
    return files


def bundled() -> dict[str, Path]:
    """The built-in stories: id -> folder."""
    return {path.parent.name: path.parent for path in sorted(STORIES.glob(f"*/{FILE}"))}


def find_story(name: str | Path) -> Path:
    """The folder of a built-in story by its id, or else the folder named. Raises StoryError."""
    known = bundled()
    if str(name) in known:
        return known[str(name)]
    path = Path(name)
    if path.is_dir():
        return path
    message = f"there is no story '{clipped(str(name))}', built in or as a folder"
    raise StoryError(f"{message}; built in: {', '.join(known) or 'none'}")


def is_large(folder: Path) -> bool:
    """Whether the events of the story in `folder` are with an engine; only its story.toml is read."""
    return _meta(folder, "")[0].events is not None


def _meta(source: Path | Mapping[str, bytes], id: str) -> tuple[Meta, list[Fault]]:
    title = id or "Untitled"
    try:
        size = (source / FILE).stat().st_size if isinstance(source, Path) else len(source[FILE])
        if size <= MOST_META_BYTES:
            return read_meta((source / FILE).read_bytes() if isinstance(source, Path) else source[FILE], title)
        fault = Fault(FILE, None, None, "", f"the file has more than {MOST_META_BYTES:,} bytes", "shorten it")
    except (FileNotFoundError, KeyError):
        fault = Fault(FILE, None, None, "", "there is no such file", "write one with a title and [clock] kind")
    except OSError as cause:
        fault = Fault(FILE, None, None, "", f"the file cannot be read ({cause.strerror})", "check the folder")
    return Meta(title=title, clock_kind="days"), [fault]


def _table(source: Path | Mapping[str, bytes], spec: Spec) -> Table:
    file = f"{spec.name}.csv"
    if isinstance(source, Path):
        return read_table(source / file, spec, file)
    if file in source:
        return read_table(source[file], spec, file)
    fault = Fault(file, None, None, "", "there is no such file", "add it to the others")
    return read_table(b"", spec, file)._replace(faults=[fault])


def _wanted(table: Table, events: pd.DataFrame, *references: str) -> Table:
    """`table` without a fault for having nothing in it, where no event refers to it in any of these columns."""
    bare = all(fault.what in _BARE for fault in table.faults)
    if bare and all((events[column] == "").all() for column in references):
        return table._replace(faults=[])
    return table


def _grouped(meta: Meta, people: Table, faults: list[Fault]) -> tuple[Meta, pd.DataFrame]:
    """`meta` with a group for everyone: those that story.toml does not describe stand after those it does."""
    groups = {group.id: group for group in meta.groups}
    described = list(groups)
    for row, name in zip(people.frame["row"], people.frame["group"], strict=True):
        if name and described and name not in described:
            remedy = suggestion(name, described) if name not in groups else "describe it there"
            faults.append(Fault("people.csv", int(row), "group", name, f"is not in {FILE}", remedy))
        if (name or NO_GROUP) not in groups:
            group = name or NO_GROUP
            groups[group] = Group(group, group.capitalize(), *palette(len(groups)))
    frame = people.frame.assign(group=people.frame["group"].where(people.frame["group"] != "", NO_GROUP))
    return replace(meta, groups=tuple(groups.values())), frame


def _located(places: Table, faults: list[Fault]) -> pd.DataFrame:
    frame = places.frame
    half = frame["lat"].isna() != frame["lon"].isna()
    for row in frame.loc[half, "row"]:
        what = "the place has only one coordinate"
        faults.append(Fault("places.csv", int(row), None, "", what, "give lat and lon; it is taken as not located"))
    unknown = frame["lat"].isna() | frame["lon"].isna()
    return frame.assign(lat=frame["lat"].mask(unknown), lon=frame["lon"].mask(unknown))


def _as_happened(events: pd.DataFrame) -> pd.DataFrame:
    """Sorted by `happened`; a row without a number goes with the row above it."""
    rank = events["happened"].ffill().fillna(-np.inf)
    return events.iloc[np.argsort(rank.to_numpy(dtype=float), kind="stable")].reset_index(drop=True)


def _told(events: pd.DataFrame, faults: list[Fault]) -> pd.DataFrame:
    """`told` as whole numbers; events without one are told after all others, as they happened."""
    told = events["told"]
    double = told.notna() & told.duplicated()
    for row, number in zip(events.loc[double, "row"], told[double], strict=True):
        what = "is the number of another event, too"
        faults.append(Fault("events.csv", int(row), "told", f"{number:.0f}", what, "number the telling order anew"))
    first = 1 if told.isna().all() else int(told.max()) + 1
    rest = first + told.isna().cumsum() - 1
    return events.assign(told=told.where(told.notna(), rest).astype("int64"))


def _bases(events: pd.DataFrame) -> "pd.Series[str]":
    """An empty basis is `stated` where a start is written, else `derived` (from the neighbours)."""
    own = pd.Series(np.where(events["start"] != "", "stated", "derived"), index=events.index, dtype="str")
    return events["basis"].where(events["basis"] != "", own)
