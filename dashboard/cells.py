"""The cells of a large story in a picture: how many events each has at a moment, and of which group most are."""

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.colours import Colour, dark, ink_on, mixed
from dashboard.ink import Paper
from dashboard.mercator_view import EDGE_LAT, WORLD, Box, Camera, Floats
from dashboard.view import View
from geo.errors import GeoError
from geo.query import Query
from geo.story import Story

if TYPE_CHECKING:  # loads with the first large story
    import pyarrow as pa

STEPS = 276  # of the whole story, two a bar of the strip
FINER, DEEPEST, MOST = 3, 22, 5_000  # as the board asks: cells of 32 pixels, and no more than so many
APART, LARGEST, LEAST, ROOMY = 1.5, 44.0, 1.6, 10.0  # pixels: between discs, and radii, the last of one with its count

Ints = NDArray[np.int64]


class Cells(NamedTuple):
    """`x`, `y` are columns and rows at `zoom`; `count` and `group` (index of a colour) are theirs at the moment.

    `strip` has by step and group how many events all cells have, from one end of `interval` to the other; `now` is the
    step of the moment, -1 before the first.
    """

    zoom: int
    x: Ints
    y: Ints
    count: Ints
    group: Ints
    strip: Ints
    interval: tuple[float, float]
    now: int


def asked(camera: Camera, box: Box, view: View, interval: tuple[float, float], rivals: tuple[str, ...]) -> Query:
    """What to ask for the cells that a camera sees in `box`. Raises GeoError for words that are too many."""
    (north, west), (south, east) = camera.degrees(box.x, box.y), camera.degrees(box.x + box.w, box.y + box.h)
    west, east = max(west, -180.0), min(east, 180.0)
    north, south = min(north, EDGE_LAT), max(south, -EDGE_LAT)
    if west >= east or south >= north:
        raise GeoError("the camera looks beside the world; aim it at the map")
    zoom = min(DEEPEST, max(0, round(camera.zoom) + FINER))
    while zoom > 0 and math.prod(side / WORLD / camera.scale * 2.0**zoom + 1 for side in (box.w, box.h)) > MOST:
        zoom -= 1
    return Query((west, south, east, north), zoom, *interval, STEPS, view.crew, view.match, rivals, view.q)  # type: ignore[arg-type] # `parse` accepts the words of these only


def steps_shown(query: Query, view: View, t: float) -> tuple[int, int]:
    """The steps that the board shows at the instant `t`, first and last, whole ones; (0, -1) before the first."""
    now = _step(query, t)
    low = {"so-far": 0, "window": max(0, _step(query, t - view.span)), "moment": max(0, now)}[view.mode]
    return low, now


def cells(here: "pa.Table", over_time: "pa.Table", query: Query, story: Story, now: int) -> Cells:
    """What `geo.bins` says `by_cell` and `by_step` to that question; `now` is the step of the moment."""
    part_of = {group.id: i for i, group in enumerate(story.meta.groups)}
    x, y, count = (here[name].to_numpy().astype(np.int64) for name in ("x", "y", "count"))
    places, cell = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)
    by_part = np.zeros((len(places), len(part_of) + 1), dtype=np.int64)
    np.add.at(by_part, (cell.reshape(-1), _parts(here, part_of)), count)
    strip = np.zeros((query.steps, len(part_of) + 1), dtype=np.int64)
    np.add.at(strip, (over_time["step"].to_numpy(), _parts(over_time, part_of)), over_time["count"].to_numpy())
    return Cells(
        query.zoom,
        places[:, 0],
        places[:, 1],
        by_part.sum(axis=1),
        by_part.argmax(axis=1),
        strip,
        (query.start, query.end),
        now,
    )


def draw_cells(paper: Paper, these: Cells, camera: Camera, colours: tuple[Colour, ...]) -> list[Box]:
    """A disc a cell, its area by its count, as large as the cell where that is largest; what the larger ones cover."""
    pitch = WORLD * camera.scale / 2.0**these.zoom
    most = min(LARGEST, pitch / 2 - APART / 2)
    casing, taken = mixed(dark()["bg"], dark()["land"], 0.55), []
    at: Floats = np.column_stack([these.x + 0.5, these.y + 0.5]) * pitch - np.asarray([camera.left, camera.top])
    largest = these.count.max(initial=1)
    for i in np.argsort(these.count, kind="stable"):
        if not these.count[i]:
            continue
        (x, y), fill = at[i], colours[these.group[i]]
        radius = max(LEAST, most * math.sqrt(these.count[i] / largest))
        paper.disc(x, y, radius + 1, casing)
        paper.disc(x, y, radius, fill)
        if radius >= ROOMY:
            paper.text(x, y, _words(int(these.count[i])), min(14.0, radius * 0.78), ink_on(fill), 700, "mm")
        if radius >= ROOMY / 2:
            taken.append(Box(x - radius, y - radius, 2 * radius, 2 * radius))
    return taken


def _parts(rows: "pa.Table", part_of: dict[str, int]) -> Ints:
    """Of each row; one after the last for any other group."""
    return np.asarray([part_of.get(name, len(part_of)) for name in rows["group"].to_pylist()], dtype=np.int64)


def _step(query: Query, t: float) -> int:
    """The step that `t` lies in, -1 before the first; what is later is in the last."""
    if t < query.start:
        return -1
    if query.start == query.end:
        return query.steps - 1
    return min(query.steps - 1, math.floor((t - query.start) * query.steps / (query.end - query.start)))


def _words(count: int) -> str:
    if count < 1_000:
        return str(count)
    if count < 9_950:
        return f"{count / 1_000:.1f}k"
    return f"{count / 1_000:.0f}k" if count < 999_500 else f"{count / 1e6:.0f}M"
