"""The thin timeline of a picture: when things happen in the story, and which moment this is."""

from typing import Any

import numpy as np

from dashboard.atlas import Atlas
from dashboard.cells import Cells
from dashboard.colours import dark, mixed
from dashboard.ink import Paper, text_width
from dashboard.mercator_view import Box
from dashboard.moment import Moment
from dashboard.whenwords import retold_when
from geo.axis import position

PITCH, BAR = 8.0, 5.5
LEAST, LEAST_OF_MANY = 3.0, 1.0  # pixels of a bar
SMALL = 300  # in a story of at most so many events a bar is as high as its events have people
BETWEEN, ENOUGH = 9.0, 80.0  # pixels between two labels, and that are much room for one
AHEAD = 0.26  # of a colour, for what is still to come


def draw_strip(paper: Paper, atlas: Atlas, moment: Moment, scale: str, box: Box, these: Cells | None = None) -> None:
    """The selected events along a scale of the axis, those of groups stacked; those after the moment are dim.

    Of a large story they are those of all `these` cells.
    """
    colours = dark()
    axis = atlas.axis[scale]
    floor, top = box.y + box.h - 10, box.y + 26
    now = box.x + position(axis, moment.t) * box.w
    paper.panel(Box(box.x, floor + 3, box.w, 1.5), colours["edge"])
    _draw_days(paper, atlas, scale, box)
    rows = np.flatnonzero(moment.selected)
    if rows.size:
        xs = np.interp(atlas.at[rows], axis["t"], axis["x"])
        _draw_bars(paper, atlas, _heights(atlas, rows, moment.t, xs, box), box, floor, top, LEAST)
    if these is not None:
        _draw_bars(paper, atlas, _heights_of_cells(these, axis, box), box, floor, top, LEAST_OF_MANY)
    paper.panel(Box(now - 1.25, top - 2, 2.5, floor + 4 - top), colours["now"], 1)
    paper.disc(now, floor + 3.75, 7, colours["now"])
    paper.circle(now, floor + 3.75, 8, colours["bg"], 2)


def _heights(atlas: Atlas, rows: np.ndarray, t: float, xs: np.ndarray, box: Box) -> np.ndarray:
    """Of bars, by column of the strip, group, and whether it is after the moment."""
    columns = int(box.w // PITCH)
    column = np.clip((xs * columns).astype(int), 0, columns - 1)
    ahead = (atlas.at[rows] > t).astype(int)
    weight = np.maximum(1, atlas.crowd[rows]) if rows.size <= SMALL else np.ones(rows.size)
    heights = np.zeros((columns, len(atlas.colours), 2))
    np.add.at(heights, (column, atlas.group[rows], ahead), weight)
    return heights


def _heights_of_cells(these: Cells, axis: dict[str, Any], box: Box) -> np.ndarray:
    """The same; a step of time goes to the column that its middle is in."""
    columns, (steps, groups) = int(box.w // PITCH), these.strip.shape
    first, last = these.interval
    middles = first + (np.arange(steps) + 0.5) * (last - first) / steps
    column = np.clip((np.interp(middles, axis["t"], axis["x"]) * columns).astype(int), 0, columns - 1)
    heights = np.zeros((columns, groups, 2))
    np.add.at(heights, (column, slice(None), (np.arange(steps) > these.now).astype(int)), these.strip)
    return heights


def _draw_bars(
    paper: Paper, atlas: Atlas, heights: np.ndarray, box: Box, floor: float, top: float, least: float
) -> None:
    panel, columns = dark()["panel"], len(heights)
    unit = (floor - top) / max(4.0, float(heights.sum(axis=(1, 2)).max()))
    for which in np.flatnonzero(heights.any(axis=(1, 2))):
        y, x = floor, box.x + (which + 0.5) * box.w / columns - BAR / 2
        for group, late in zip(*np.nonzero(heights[which]), strict=True):
            h = max(least, heights[which, group, late] * unit)
            colour = atlas.colours[group]
            y -= h
            paper.panel(Box(x, y, BAR, h - 0.5), mixed(colour, panel, AHEAD) if late else colour, 2)


def _draw_days(paper: Paper, atlas: Atlas, scale: str, box: Box) -> None:
    """Labels of the marks that fit: those with much room before the next one first, shortened where they must be."""
    colours, size = dark(), 15.5
    written = [str(mark["label"]) for mark in atlas.axis["marks"]]
    labels = [retold_when(label) for label in written]
    shortened = [text[4:] if text.startswith("Day ") else label for text, label in zip(written, labels, strict=True)]
    starts = [box.x + position(atlas.axis[scale], mark["t"]) * box.w for mark in atlas.axis["marks"]]
    room = np.diff([*starts, box.x + box.w + BETWEEN])
    taken: list[tuple[float, float]] = []
    for i in np.argsort(-np.minimum(room, ENOUGH), kind="stable"):
        for words in dict.fromkeys((labels[i], shortened[i])):
            start, end = starts[i], starts[i] + text_width(words, size, 500)
            free = all(end + BETWEEN <= a or b + BETWEEN <= start for a, b in taken)
            if free and end <= box.x + box.w and (room[i] >= end - start + BETWEEN or words != labels[i]):
                paper.text(start, box.y + 15, words, size, colours["mute"], 500)
                taken.append((start, end))
                break
