"""What `caseboard geocode` does for an author: asks for the places of a story or a table, and tells what came back."""

import errno
import math
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from dashboard import secrets
from dashboard.printing import counted, printable
from geo.answers import SAID, Answer
from geo.area import study_area
from geo.asking import Asking
from geo.brought import Brought, brought
from geo.cache import Cache
from geo.chain import Chain
from geo.decisions import decided_files
from geo.desk import area_called, asking, sure, toponyms
from geo.errors import GeocodingError, StoryError
from geo.filled import filled
from geo.geocoder import rederive, story_chain
from geo.providers import ATTRIBUTION, settings_of
from geo.raw import LIMITS
from geo.service import Service
from geo.story import Story, read_files, read_story
from geo.world import SOURCE, WORLD

# Every text is given to rich as `Text`: as a plain string, the brackets in a name would be read as markup.
SHOWN_SUGGESTIONS = 3
PIPED = 160
SAME = 100.0  # the score of a name that is spelled as asked; services tell none
LOOK = 0.2  # seconds between two looks at how far it is
TERMS = {**ATTRIBUTION, WORLD: SOURCE}


LARGE = "a large story has no places.csv; its toponyms are asked for when it is imported"


def checked(story: Story) -> bool:
    """Prints how far each stored coordinate is from what its query gives now; True when all are inside their radius."""
    if story.meta.events is not None:
        raise GeocodingError(LARGE)
    again = rederive(story)
    table = Table("Place", "Query", "Off by", "Radius", "", "From", box=None, pad_edge=False)
    for row in again.to_dict("records"):
        table.add_row(
            *map(plain, (row["name"], row["query"], _metres(row["distance_m"]), _metres(row["radius_m"]))),
            Text("ok", "green") if row["ok"] else Text("too far", "bold red"),
            plain(row["how"]),
        )
    console = _console()
    console.print(table)
    good = int(again["ok"].sum())
    console.print(plain(f"{good} of {len(again)} places with a query lie inside their radius"))
    return good == len(again)


def geocode_file(
    path: Path, *, service: str = "", contact: str = "", area: str = "", output: Path | None = None
) -> int:
    """Asks for the toponyms without coordinates in a story folder, its zip or a table, and writes what is sure.

    Without a service nothing leaves this machine. `area` is "west,south,east,north" or a city. A story's places.csv is
    written to `output`, that of a folder else in its place; a table is written as it was with the coordinates filled
    in, and needs an `output`. Returns 0 where no question is left open, 1 where the author has to choose or to go on
    later. Raises StoryError for what is no story, GeocodingError for what cannot be asked, OSError where the output
    cannot be written.
    """
    held = _brought(path)
    story = read_story(held.files)
    if story.meta.events is not None:
        raise GeocodingError(LARGE)
    if output is None:
        if not path.is_dir():
            raise GeocodingError(f"name the file to write with -o; {held.file} itself is not written to")
        output = path / "places.csv"
    if not output.parent.is_dir():  # said before an hour of asking
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(output))
    console = _console()
    for notice in held.made.notices if held.made else ():
        console.print(plain(f"- {notice}"))
    cache = Cache() if service else None
    run = asking(_chain(story, service, cache, contact, area), toponyms(story))
    interrupted = _watched(run)
    console.print(_table(run.answers.values()))
    if cache is not None and cache.trouble:
        console.print(plain(cache.trouble))
    _tell_what_was_left(console, story, run, interrupted=interrupted)
    return _written(console, held, run, output)


def plain(text: str) -> Text:
    """`text` for a terminal, which would obey the control characters of a file."""
    return Text(printable(text))


def _brought(path: Path) -> Brought:
    if path.is_dir():
        return Brought(path.resolve().name, read_files(path))
    if (size := path.stat().st_size) > LIMITS.size:
        raise StoryError(f"{path.name} has {size:,} bytes; at most {LIMITS.size:,} are read: split it")
    return brought(path.read_bytes(), path.name)


def _chain(story: Story, service: str, cache: Cache | None, contact: str, area: str) -> Chain:
    where = area_called(area) if area else study_area(story)
    if cache is None:
        return story_chain(story, area=where)
    settings = settings_of(service, secrets.geocoder_settings())
    wished = where.bounds if where is not None else None
    named = Service(service, cache=cache, bounds=wished, contact=secrets.contact(contact), settings=settings)
    return story_chain(story, named, area=where)


def _watched(run: Asking) -> bool:
    """Draws a bar on the error output until the run ends; True where Ctrl+C ended it."""
    columns = (TextColumn("Geocoding"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=len(run.toponyms), pace="")
        try:
            run.start()
            while True:
                progress = run.wait(LOOK)
                minutes, seconds = divmod(math.ceil(progress.left), 60)
                pace = f"{progress.rate:.1f} a second, {minutes}:{seconds:02} left" if progress.rate else ""
                bar.update(task, completed=progress.done, pace=pace)
                if progress.where in ("finished", "stopped"):
                    return False
        except KeyboardInterrupt:
            run.stop()
            return True


def _tell_what_was_left(console: Console, story: Story, run: Asking, *, interrupted: bool) -> None:
    unknown = int((story.places["lat"].isna() & (story.places["precision"] == "unknown")).sum())
    if unknown:
        console.print(plain(f"{counted(unknown, 'place')} not asked for: the story says that nobody knows where it is"))
    left = len(run.toponyms) - len(run.answers)
    if interrupted:
        said = f"Stopped, {counted(left, 'toponym')} not asked for yet"
        console.print(plain(f"{said}. Every answer is kept: the same command goes on."))
    elif left:
        why = run.progress.why.rstrip(".")
        console.print(
            plain(f"{counted(left, 'toponym')} later: {why}. Every answer is kept: the same command goes on.")
        )


def _written(console: Console, held: Brought, run: Asking, output: Path) -> int:
    decisions, asked = sure(run.answers), len(run.toponyms)
    if decisions:
        if held.raw is not None and held.mapping is not None and held.made is not None:
            content = filled(held.raw, held.mapping, held.made, decisions)
        else:
            content = decided_files(held.files, decisions)["places.csv"]
        output.write_bytes(content)
        console.print(plain(f"{len(decisions):,} of {counted(asked, 'toponym')} sure, written to {output}"))
        for geocoder in dict.fromkeys(decision.geocoder for decision in decisions):
            if terms := TERMS.get(geocoder):
                console.print(plain(f"Positions by {geocoder}: {terms}"))
    else:
        console.print(plain(f"{counted(asked, 'toponym')} without coordinates, none of them sure; nothing was written"))
    if held.raw is not None and held.raw.flagged and decisions:
        rows = ", ".join(map(str, held.raw.flagged[:10])) + (", ..." if len(held.raw.flagged) > 10 else "")
        console.print(plain(f"Rows that cannot be read are not in it: {rows}"))
    return 0 if len(decisions) == asked else 1


def _console() -> Console:
    """The terminal as wide as it is; a file or a pipe gets lines of one width, whatever the terminal."""
    return Console() if sys.stdout.isatty() else Console(width=PIPED)


def _table(answers: Iterable[Answer]) -> Table:
    table = Table("Toponym", "Answer", "", box=None, pad_edge=False)
    for answer in answers:
        table.add_row(plain(answer.toponym), Text(SAID[answer.status]), plain(_detail(answer)))
    return table


def _detail(answer: Answer) -> str:
    if answer.status == "sure":
        return (
            f"{answer.lat:.5f}, {answer.lon:.5f} within {_metres(answer.radius_m)}: {answer.answer} ({answer.geocoder})"
        )
    near = [
        f"{suggestion.name} ({suggestion.score:.0f})"
        if suggestion.score < SAME
        else f"{suggestion.name} ({suggestion.geocoder})"
        for suggestion in answer.suggestions[:SHOWN_SUGGESTIONS]
    ]
    return f"{answer.why}; did you mean {', '.join(near)}?" if near else answer.why


def _metres(distance_m: float) -> str:
    return "" if math.isnan(distance_m) else f"{distance_m:,.0f} m"
