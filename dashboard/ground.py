"""The ground of a picture: the schematic base map as the board draws it, or meridians and parallels elsewhere."""

import json
import math
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from dashboard.assets import BASE_MAP
from dashboard.colours import Colour, dark, mixed
from dashboard.ink import Paper, text_width
from dashboard.mercator_view import Box, Camera, Floats, world
from dashboard.outlines import dashes, smooth
from geo.meta import Bounds

LEAST_ZOOM = 7.0  # below, our coast would be read as a coast it is not
LETTERS = {1: 19, 2: 17, 3: 15}
FROM_ZOOM = {1: 8.0, 2: 10.0, 3: 11.5}
SHIFTS = ((0, 0), (0, -18), (0, 18), (-24, 0), (24, 0), (-24, -18), (24, -18), (-24, 18), (24, 18))
SHIELDS_FROM, APART, CLEAR = 9.0, 420.0, 66.0
STEPS = (90, 45, 30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
BETWEEN = 170  # pixels between two meridians, at least
DASH, GAP = 8.0, 4.5


class Name(NamedTuple):
    """A name of the base map; `rank` 1 is seen from afar."""

    text: str
    rank: int
    point: Floats


class Shapes(NamedTuple):
    """The base map as rows of world pixels."""

    bounds: Bounds
    land: list[Floats]
    breakwaters: list[Floats]
    river: Floats
    boulevards: list[Floats]
    freeways: list[tuple[str, Floats]]
    rail: Floats
    airport: Floats
    runways: list[Floats]
    names: list[Name]


def draw_ground(paper: Paper, camera: Camera, bounds: Bounds) -> None:
    """The ground for a story with these bounds: a story elsewhere gets the graticule."""
    if has_our_map(paper, camera, bounds):
        _draw_map(paper, camera, shapes())
    else:
        _draw_graticule(paper, camera)


def draw_names(paper: Paper, camera: Camera, bounds: Bounds, taken: Iterable[Box]) -> None:
    """Names and road signs, where nothing is `taken`, the nearest to the top of their rank first."""
    if not has_our_map(paper, camera, bounds):
        return
    used, colours = list(taken), dark()
    zoom = camera.zoom
    for rank in (1, 2, 3):
        if rank == 2 and zoom >= SHIELDS_FROM:
            _draw_shields(paper, camera, used)
        for name in shapes().names if zoom >= FROM_ZOOM[rank] else ():
            ((x, y),) = camera.seen(name.point)
            if name.rank != rank or not paper.box.holds(x, y):
                continue
            size = LETTERS[rank]
            w, h = text_width(name.text, size, 500), size + 4
            boxes = (Box(x - w / 2 + dx, y - h / 2 + dy, w, h) for dx, dy in SHIFTS)
            free = next((box for box in boxes if not any(box.grown(4).overlap(other) for other in used)), None)
            if free is not None:
                used.append(free)
                paper.haloed(*free.middle, name.text, size, colours["lab"], 500, colours["land"])


def has_our_map(paper: Paper, camera: Camera, bounds: Bounds) -> bool:
    """Whether the base map says anything about what the camera sees of a story with these bounds."""
    west, south, east, north = shapes().bounds
    if camera.zoom < LEAST_ZOOM or not _meet(bounds, (west, south, east, north)):
        return False
    top, left = camera.degrees(0, 0)
    bottom, right = camera.degrees(paper.box.w, paper.box.h)
    wide, high = (east - west) / 2, (north - south) / 2
    return _meet((left, bottom, right, top), (west - wide, south - high, east + wide, north + high))


@cache
def shapes() -> Shapes:
    """The base map, read once."""
    content: dict[str, Any] = json.loads(BASE_MAP.read_bytes())
    names = [Name(one["name"], one["rank"], world(one["lat"], one["lon"])) for one in content["labels"]]
    west, south, east, north = content["bounds"]
    return Shapes(
        bounds=(west, south, east, north),
        land=[_rows(ring) for ring in (*content["land"], *content["islands"])],
        breakwaters=[_rows(line) for line in content["breakwaters"]],
        river=smooth(_rows(content["river"])),
        boulevards=[smooth(_rows(road["line"])) for road in content["boulevards"]],
        freeways=[(road["shield"], smooth(_rows(road["line"]))) for road in content["freeways"]],
        rail=smooth(_rows(content["rail"]["line"])),
        airport=_rows(content["airport"]["outline"]),
        runways=[_rows(runway["line"]) for runway in content["airport"]["runways"]],
        names=names,
    )


def _draw_map(paper: Paper, camera: Camera, known: Shapes) -> None:
    colours = dark()
    land, shore, lab = colours["land"], colours["shore"], colours["lab"]

    def wide(at_zoom_11: float, most: float = 40.0) -> float:
        return min(most, max(at_zoom_11 * 0.9, at_zoom_11 * 1.6 * 1.3 ** (camera.zoom - 11)))

    def stroke(lines: Iterable[Floats], colour: Colour, width: float) -> None:
        for line in lines:
            paper.line(camera.seen(line), colour, width)

    paper.panel(paper.box, colours["water"])
    shallow = colours["water"]
    for width, share in ((52, 0.08), (34, 0.09), (19, 0.11), (8, 0.16)):
        shallow = mixed(shore, shallow, share)
        stroke(known.land, shallow, width)
    for ring in known.land:
        paper.area(camera.seen(ring), land)
    stroke(known.land, shore, 1.8)
    stroke(known.breakwaters, shore, wide(1.6, 5))
    paper.area(camera.seen(known.airport), mixed(lab, land, 0.13))
    for runway in known.runways:
        paper.line(camera.seen(runway), mixed(lab, land, 0.75), wide(2.2, 22), round_ends=False)
    stroke([known.river], colours["river"], wide(1.7, 11))
    stroke(known.boulevards, colours["blvd"], wide(1.3, 9))
    freeways = [line for _, line in known.freeways]
    stroke(freeways, mixed(colours["bg"], land, 0.75), wide(2.3, 12) + wide(2.4, 6))
    stroke(freeways, colours["fwy"], wide(2.3, 12))
    for dash in dashes(camera.seen(known.rail), DASH, GAP):
        paper.line(dash, colours["rail"], wide(1.6, 5), round_ends=False)


def _draw_shields(paper: Paper, camera: Camera, used: list[Box]) -> None:
    colours = dark()
    stood: list[tuple[float, float]] = []
    for text, line in shapes().freeways:
        w, h = len(text) * 9.5 + 15, 24.0
        points = camera.seen(line)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        following = 0.42 * APART
        for (x, y), gone in zip(points.tolist(), along.tolist(), strict=True):
            box = Box(x - w / 2, y - h / 2, w, h)
            if gone < following or not paper.box.grown(-20).holds(x, y):
                continue
            if any(box.grown(4).overlap(other) for other in used):
                continue
            if any(math.hypot(a - x, b - y) < CLEAR for a, b in stood):
                continue
            stood.append((x, y))
            used.append(box)
            following = gone + APART
            paper.panel(box, colours["land"], 7, colours["fwy"], 1.6)
            paper.text(x, y, text, 14.5, colours["mute"], 600, "mm")


def _draw_graticule(paper: Paper, camera: Camera) -> None:
    colours = dark()
    north, west = camera.degrees(0, 0)
    south, east = camera.degrees(paper.box.w, paper.box.h)
    step = next((s for s in reversed(STEPS) if s * paper.box.w / (east - west) >= BETWEEN), STEPS[0])
    meridians = _multiples(max(-360.0, west), min(360.0, east), step)
    parallels = _multiples(max(-85.0, south), min(85.0, north), step)
    xs = [camera.seen(world(0.0, lon))[0][0] for lon in meridians]
    ys = [camera.seen(world(lat, 0.0))[0][1] for lat in parallels]
    paper.panel(paper.box, colours["land"])
    for x in xs:
        paper.panel(Box(x - 0.5, 0, 1.5, paper.box.h), colours["blvd"])
    for y in ys:
        paper.panel(Box(0, y - 0.5, paper.box.w, 1.5), colours["blvd"])
    for lat, y in zip(parallels, ys, strict=True):
        for lon, x in zip(meridians, xs, strict=True):
            paper.text(x + 7, y - 6, degrees_words(lat, "N", "S", step), 14, colours["lab"])
            paper.text(x - 6, y + 17, degrees_words(lon, "E", "W", step), 14, colours["lab"], anchor="rs")


def degrees_words(value: float, positive: str, negative: str, step: float) -> str:
    """A latitude or longitude as the graticule writes it: "34.05° N", "0°"."""
    digits = 0 if step >= 1 else min(3, math.ceil(-math.log10(step) - 1e-9))
    wrapped = (value + 180) % 360 - 180 if positive == "E" else value
    size = f"{abs(wrapped):.{digits}f}"
    return f"{size}°" if float(size) == 0 else f"{size}° {positive if wrapped > 0 else negative}"


def _multiples(low: float, high: float, step: float) -> list[float]:
    first = math.ceil(low / step)
    return [k * step for k in range(first, min(math.floor(high / step), first + 60) + 1)]


def _meet(a: Bounds, b: Bounds) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _rows(points: list[list[float]]) -> Floats:
    lat, lon = zip(*points, strict=True)
    return world(lat, lon)
