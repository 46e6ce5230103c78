"""What `caseboard export` writes: the board as one file, or its events for other programs."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from dashboard.narrowing import people_and_words
from dashboard.publish import published
from dashboard.view import View, moment, parse
from geo.errors import GeoError
from geo.export import MOST, csv, geojson, kml
from geo.join import Mask, shown
from geo.story import Story
from geo.upto import story_upto

LONGEST, MOST_FIELDS = 100_000, 2_000
MOST_INSIDE = 20_000  # events of a large story in one HTML file
SECONDS = 60.0  # for an engine to answer
NARROWER = "choose people or words on the board, and give its link with --link"
PAGE = ".html"


def exported(story: Story, output: Path, link: str = "", until: str = "", folder: Path | None = None) -> int:
    """Writes the story into `output`, by its ending; how many events that are.

    `link` is a link of the board or its query. Of a large story, which is in `folder`, at most `geo.export.MOST` events
    are written, into HTML those of the people and words of the link whenever they are, at most MOST_INSIDE. Raises
    GeoError for a link or an id that says nothing and for too many events, OSError where the file cannot be written.
    """
    whole = output.suffix.lower() == PAGE
    if story.meta.events is not None:
        story, view = _part(story, folder or Path(), output.suffix.lower(), link)
        mask = None
        if until and not whole:
            story = story_upto(story, until)
    else:
        if until and not whole:
            story = story_upto(story, until)
        view = view_of(link, story) if link else View()
        mask = _shown(story, view) if link and not whole else None
    if whole:
        output.write_bytes(published(story, view=view if link else None, until=until).encode())
        return len((story_upto(story, until) if until else story).events)
    people = list(view.crew) if link else list(story.people["id"])
    content = {
        ".csv": lambda: csv(story, mask).encode("utf-8-sig"),
        ".geojson": lambda: json.dumps(geojson(story, mask, people), ensure_ascii=False, allow_nan=False).encode(),
        ".kml": lambda: kml(story, mask, people).encode(),
    }
    output.write_bytes(content[output.suffix.lower()]())
    return len(story.events) if mask is None else int(mask.sum())


def _shown(story: Story, view: View) -> Mask:
    at = moment(view, story)
    return shown(story, view.crew, view.match, view.q, at, view.mode, view.span, view.stated)  # type: ignore[arg-type] # `parse` accepts the words of these only


def _part(story: Story, folder: Path, ending: str, link: str) -> tuple[Story, View]:
    """The events of a large story that a file of this ending holds, as a story, and the view of the link."""
    from dashboard.engines import lent  # loads Ibis
    from geo.engine_shown import Shown, shown_story

    with lent(story, folder) as (told, events):
        view = view_of(link, told) if link else View()
        query = people_and_words(view, told)
        time: dict[str, Any] = {"at": moment(view, told), "mode": view.mode, "span": view.span}
        which = Shown(query, place=view.place, **({} if ending == PAGE or not link else time))
        most = MOST_INSIDE if ending == PAGE else MOST[ending.removeprefix(".")]
        part = shown_story(told, events, which, most, SECONDS, source=told.meta.events, narrower=NARROWER)
    if part.events.empty and ending == PAGE:
        raise GeoError("the link shows no event of this story; choose other people or words")
    return part, view


def view_of(link: str, story: Story) -> View:
    """The view of a link: a whole address, its query, or the fragment of a file. Raises GeoError for a part of it that
    means nothing in this story."""
    parts = urlsplit(link[:LONGEST])
    text = parts.query or parts.fragment or link.lstrip("?#")
    try:
        query = parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as cause:
        raise GeoError("the link has too many parts") from cause
    view, ignored = parse(query, story)
    if ignored:
        raise GeoError(f"the link says {', '.join(ignored[:5])}, which this story does not have")
    return view
