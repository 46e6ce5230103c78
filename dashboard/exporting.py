"""What `caseboard export` writes: the board as one file, or its events for other programs."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from dashboard.publish import published
from dashboard.view import View, moment, parse
from geo.errors import GeoError
from geo.export import csv, geojson, kml
from geo.join import shown
from geo.story import Story
from geo.upto import story_upto

LONGEST, MOST_FIELDS = 100_000, 2_000


def exported(story: Story, output: Path, link: str = "", until: str = "") -> int:
    """Writes the story into `output`, by its ending; how many events that are.

    `link` is a link of the board or its query. Raises GeoError for a link or an id that says nothing, OSError where
    the file cannot be written.
    """
    if output.suffix.lower() == ".html":
        view = view_of(link, story) if link else None
        output.write_bytes(published(story, view=view, until=until).encode())
        return len((story_upto(story, until) if until else story).events)
    if until:
        story = story_upto(story, until)
    view = view_of(link, story) if link else View()
    mask = None
    if link:
        at = moment(view, story)
        mask = shown(story, view.crew, view.match, view.q, at, view.mode, view.span, view.stated)  # type: ignore[arg-type] # `parse` accepts the words of these only
    people = list(view.crew) if link else list(story.people["id"])
    content = {
        ".csv": lambda: csv(story, mask).encode("utf-8-sig"),
        ".geojson": lambda: json.dumps(geojson(story, mask, people), ensure_ascii=False, allow_nan=False).encode(),
        ".kml": lambda: kml(story, mask, people).encode(),
    }
    output.write_bytes(content[output.suffix.lower()]())
    return len(story.events) if mask is None else int(mask.sum())


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
