"""A story as one HTML file with everything inside: board, data, map and a link of its own."""

from dashboard.document import document
from dashboard.story_map import StoryMap, map_module, story_map
from dashboard.view import View, as_json, parse, query
from geo.errors import GeoError
from geo.exported import ELSEWHERE
from geo.story import Story
from geo.upto import story_upto
from geo.wire import encode, payload


def published(story: Story, *, view: View | None = None, until: str = "", fmap: StoryMap | None = None) -> str:
    """The file, as text to be written in UTF-8. It opens from disk, and nothing in it is fetched from anywhere.

    `view` is what the file opens on when its address ends without a fragment; an online base map, which only a server
    has, is left out of it. `until` is the id of an event: later ones, and what only they bring, are not in the file
    (`geo.upto`), nor what `view` says of them. `fmap` is a map of the story with layers added to it. Raises GeoError
    for an id that no event has, and for a large story.
    """
    if story.meta.events is not None:
        raise GeoError(ELSEWHERE)
    if until:
        story = story_upto(story, until)
    return document(
        story.meta.title,
        encode(payload(story)),
        map_module(fmap or story_map(story)),
        None if view is None else _as_far_as_it_fits(view, story),
    )


def _as_far_as_it_fits(view: View, story: Story) -> dict[str, object] | None:
    """The view as the board reads it, without what the story does not have; None where nothing of it is left."""
    asked: dict[str, list[str]] = {}
    for name, text in query(view, story):
        asked.setdefault(name, []).append(text)
    for name in ("story", "base"):
        asked.pop(name, None)
    fitting = parse(asked, story)[0]
    own = {"panel": fitting.panel, "lang": fitting.lang}
    return as_json(fitting, story) | own if query(fitting, story) else None
