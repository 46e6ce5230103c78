"""The story as a folium map: any folium layer can be added to it, and it becomes a module for the board.

No text of a story passes through here. branca renders what it has rendered a second time as a template, so the layers
hold numbers and constants only, and the story itself travels beside the map as JSON, in a notebook, too.
"""

import html
import json
from typing import Any, ClassVar

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.document import document, frame
from geo.exported import ELSEWHERE
from geo.story import Story
from geo.wire import bounds, encode, payload

_LAYER = """
{%% macro script(this, kwargs) %%}
var {{ this.get_name() }} = caseboard.%s({{ this.options|tojson }}).addTo({{ this._parent.get_name() }});
{%% endmacro %%}
"""


class Schematic(MacroElement):
    """The built-in base map, drawn by `caseboard.schematic`. Its options are numbers and flags."""

    _template = Template(_LAYER % "schematic")

    def __init__(self, **options: float | bool) -> None:
        super().__init__()
        self._name = "Schematic"
        self.options = _numbers(options)


class StoryLayer(MacroElement):
    """The events of the story, drawn by `caseboard.storyLayer`, which knows them. Its options are numbers and flags."""

    _template = Template(_LAYER % "storyLayer")

    def __init__(self, **options: float | bool) -> None:
        super().__init__()
        self._name = "StoryLayer"
        self.options = _numbers(options)


class StoryMap(folium.Map):
    """A folium map that loads nothing: whoever renders it brings Leaflet as `L` and the drawing as `caseboard`.

    In a notebook it shows itself as the board of its `story`, with every layer added to it, or says why there is none.
    """

    default_js: ClassVar[list[tuple[str, str]]] = []
    default_css: ClassVar[list[tuple[str, str]]] = []
    story: Story | None = None

    def _repr_html_(self, **kwargs: Any) -> str:
        if self.story is None:
            return str(super()._repr_html_(**kwargs))
        if self.story.meta.events is not None:
            return f"<p>{html.escape(self.story.meta.title)}: {html.escape(ELSEWHERE)}.</p>"
        return frame(document(self.story.meta.title, encode(payload(self.story)), map_module(self)))


def story_map(story: Story) -> StoryMap:
    """A map on the story's bounds with the built-in base map and the story on it. Equal bounds give equal maps."""
    of_engine = story.meta.events.bounds if story.meta.events is not None else None
    west, south, east, north = (float(edge) for edge in story.meta.bounds or of_engine or bounds(story.places))
    fmap = StoryMap(
        location=((south + north) / 2, (west + east) / 2),
        tiles=None,
        zoom_control=False,
        prefer_canvas=True,
        zoom_snap=0.25,
    )
    fmap.story = story
    # branca draws an id by lot; the digest of the rendered map has to be the same in every process.
    fmap._id = "story"
    for layer in (Schematic(), StoryLayer()):
        layer._id = "story"
        layer.add_to(fmap)
    fmap.fit_bounds([[south, west], [north, east]])
    next(reversed(fmap._children.values()))._id = "story"
    return fmap


def map_module(fmap: folium.Map) -> str:
    """The map as an ES module: `html` to mount, and as default `(L, caseboard) => map`, folium's own script inside."""
    figure = fmap.get_root()
    figure.render()
    return (
        f"export const html = {json.dumps(figure.html.render())};\n"
        f"export default (L, caseboard) => {{\n{figure.script.render()}\nreturn {fmap.get_name()};\n}};\n"
    )


def _numbers(options: dict[str, Any]) -> dict[str, float | bool]:
    """The options. Raises TypeError for anything but numbers and flags: a text would run as a template here."""
    if texts := [name for name, value in options.items() if not isinstance(value, bool | int | float)]:
        raise TypeError(f"{', '.join(texts)}: a layer takes numbers and flags only; texts travel in the story's JSON")
    return options
