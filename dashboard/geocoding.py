"""What `caseboard geocode` does for an author: asks for the places of a story, and tells what came back."""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from geo.cache import Cache
from geo.geocoder import SAID, Answer, geocode_places, rederive, story_chain
from geo.geocoder import Progress as Tell
from geo.service import Service
from geo.story import Story
from geo.tables import PLACES, write_table

# Every text is given to rich as `Text`: as a plain string, the brackets in a name would be read as markup.
SHOWN_SUGGESTIONS = 3
PIPED = 160


def checked(story: Story) -> bool:
    """Prints how far each stored coordinate is from what its query gives now; True when all are inside their radius."""
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


def geocoded(story: Story, service: str | None, output: Path) -> bool:
    """Asks for every place without a coordinate and writes places.csv where something was found.

    Without a service nothing leaves this machine. True when no question is left open. Raises GeocodingError for a
    service nobody knows, and OSError when the file cannot be written.
    """
    cache = Cache() if service else None
    named = Service(service, cache=cache, bounds=story.meta.bounds) if service and cache else None
    chain = story_chain(story, named)
    with _progress() as tell:
        places, answers = geocode_places(story, chain, tell)
    console = _console()
    console.print(_answers(answers))
    if cache is not None and cache.trouble:
        console.print(plain(cache.trouble))
    found = sum(answer.status == "sure" for answer in answers)
    if found:
        write_table(places, PLACES, output)
        console.print(plain(f"{found} of {len(answers)} places found, written to {output}"))
    else:
        console.print(plain(f"{len(answers)} places without a coordinate, none of them found; nothing was written"))
    return all(answer.status in {"sure", "not_asked"} for answer in answers)


def plain(text: str) -> Text:
    """`text` for a terminal, which would obey the control characters of a file."""
    return Text("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text))


def _console() -> Console:
    """The terminal as wide as it is; a file or a pipe gets lines of one width, whatever the terminal."""
    return Console() if sys.stdout.isatty() else Console(width=PIPED)


@contextmanager
def _progress() -> Iterator[Tell]:
    """A bar on the error output, so that what is printed can go into a file."""
    columns = (TextColumn("Geocoding"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, _: bar.update(task, completed=done, total=total)


def _answers(answers: list[Answer]) -> Table:
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
        suggestion.name if math.isnan(suggestion.score) else f"{suggestion.name} ({suggestion.score:.0f})"
        for suggestion in answer.suggestions[:SHOWN_SUGGESTIONS]
    ]
    return f"{answer.why}; did you mean {', '.join(near)}?" if near else answer.why


def _metres(distance_m: float) -> str:
    return "" if math.isnan(distance_m) else f"{distance_m:,.0f} m"
