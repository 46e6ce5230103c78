"""A view of a story as a picture of 1200 x 630 pixels, as a shared link shows it."""

import io

import numpy as np

from dashboard.atlas import Atlas
from dashboard.caption import draw_caption
from dashboard.cells import Cells, draw_cells
from dashboard.colours import dark
from dashboard.ground import draw_ground, draw_names
from dashboard.ink import Paper
from dashboard.language import LANGUAGES, speaking
from dashboard.marks import draw_arrow, draw_current, draw_dots, draw_marks, draw_plate, draw_rings, draw_tracks, marked
from dashboard.mercator_view import Box, Camera, aimed, fitted
from dashboard.moment import seen
from dashboard.strip import draw_strip
from dashboard.view import View, cleaned

WIDTH, HEIGHT = 1200, 630
STRIP = Box(0, 530, WIDTH, 100)
MAP = Box(0, 0, WIDTH, STRIP.y)
FREE = Box(468, 18, WIDTH - 468 - 24, STRIP.y - 36)  # of the words: what the camera aims at
WORDS = Box(48, 40, 372, STRIP.y - 40)
# The map of a board on a desk, so large that a link's zoom was chosen for it.
BOARD = (930, 546)


def png(atlas: Atlas, view: View, these: Cells | None = None, shown: int | None = None) -> bytes:
    """The picture of a view as a PNG file, in the language of the view and of nobody who asks for it.

    Of a large story `these` are the cells that `camera_of` sees on MAP, `shown` how many events they would be.
    """
    with speaking(view.lang or LANGUAGES[0]):
        return encoded(drawn(atlas, view, these, shown))


def encoded(paper: Paper) -> bytes:
    """The finished sheet as a PNG file."""
    out = io.BytesIO()
    paper.finished().save(out, "PNG", compress_level=6)
    return out.getvalue()


def drawn(atlas: Atlas, view: View, these: Cells | None = None, shown: int | None = None) -> Paper:
    """The picture of a view on its sheet; what else it takes is as in `png`."""
    moment = seen(atlas.story, view)
    paper = Paper(WIDTH, HEIGHT, dark()["bg"])
    place = int(atlas.place[moment.current]) if moment.current >= 0 else -1
    camera = camera_of(atlas, view, place)
    marks = marked(atlas, moment, camera, MAP.grown(30))
    draw_ground(paper, camera, atlas.bounds)
    draw_rings(paper, atlas, marks, camera, place)
    draw_dots(paper, atlas, marks)
    draw_tracks(paper, atlas, view.crew, moment, camera)
    taken = draw_marks(paper, atlas, marks, place)
    if these is not None:
        taken += draw_cells(paper, these, camera, atlas.colours)
    beside = None
    if place >= 0:
        ((x, y),) = camera.seen(atlas.point[[place]])
        if FREE.grown(10).holds(x, y):
            here = np.flatnonzero(marks.place == place)
            count = int(marks.count[here[0]]) if here.size else 1
            group = marks.group[here[0]] if here.size else atlas.group[moment.current]
            beside = draw_current(paper, (x, y), count, atlas.colours[group])
        else:
            beside = draw_arrow(paper, (x, y), FREE.grown(8))
        taken.append(beside)
        name = cleaned(str(atlas.story.places["name"].iloc[place]), 80)
        taken.append(draw_plate(paper, name, beside, taken, FREE))
    draw_names(paper, camera, atlas.bounds, [*taken, Box(0, 0, FREE.x - 20, HEIGHT), STRIP])
    _draw_scrim(paper)
    draw_caption(paper, atlas, view, moment, WORDS, shown)
    paper.panel(STRIP, dark()["panel"])
    paper.panel(Box(0, STRIP.y, WIDTH, 1.5), dark()["edge"])
    draw_strip(paper, atlas, moment, view.scale, Box(48, STRIP.y + 8, WIDTH - 96, STRIP.h - 18), these)
    return paper


def camera_of(atlas: Atlas, view: View, place: int = -1) -> Camera:
    """The camera of the link, else one for the whole story, moved just so far that the current place is in sight.

    `place` is a row of the story's places, or -1.
    """
    if view.lat is None or view.lon is None or view.z is None:
        return fitted(atlas.bounds, FREE)
    smaller = min(FREE.w / BOARD[0], FREE.h / BOARD[1])
    camera = aimed(view.lat, view.lon, view.z + float(np.log2(smaller)), FREE)
    if place < 0 or not view.follow:
        return camera
    (x, y), inner = camera.seen(atlas.point[[place]])[0], FREE.grown(-60)
    to_x, to_y = np.clip(x, inner.x, inner.x + inner.w) - x, np.clip(y, inner.y, inner.y + inner.h) - y
    near = abs(to_x) < FREE.w and abs(to_y) < FREE.h
    return camera.moved(float(to_x), float(to_y)) if near else camera


def _draw_scrim(paper: Paper) -> None:
    """Lets the map fade away under the words."""
    across = np.clip((FREE.x + 60 - np.arange(WIDTH)) / 380, 0, 1)
    mask = np.tile((255 * 0.97 * across**2 * (3 - 2 * across)).astype(np.uint8), (2, 1))
    paper.tint(MAP, dark()["bg"], mask)
