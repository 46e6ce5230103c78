"""What happened, on the map of a picture: rings, tracks, markers, and the current event with the name of its place."""

import math
from typing import NamedTuple

import numpy as np

from dashboard.atlas import Atlas, Ints
from dashboard.colours import Colour, dark, ink_on, mixed
from dashboard.ink import Paper, text_lines, text_width
from dashboard.mercator_view import Box, Camera, Floats
from dashboard.moment import Moment
from dashboard.outlines import bowed, dashes

FLOOR = 0.3  # what is left of a colour far in the past
MANY = 350  # from so many places in view on they are dots, one a cell
CELL, DOT = 9.0, 3.4
RINGS, LEAST_RING = 60, 12.0
TRACKS, LEGS = 12, 40  # people whose way is drawn, legs of each
STUB = 40.0


class Marked(NamedTuple):
    """Places in view with what is shown there, the one of the latest event last: row of the place, its pixel, number of
    events, colour, and the share of it that is left (1 is fresh)."""

    place: Ints
    at: Floats
    count: Ints
    group: Ints
    share: Floats


def radius_of(count: int) -> float:
    """Of the marker of so many events, in pixels."""
    return 10.0 if count < 2 else min(25.0, 11.8 + 1.9 * math.log2(count))


def marked(atlas: Atlas, moment: Moment, camera: Camera, room: Box) -> Marked:
    """The places that the shown events mark inside `room`."""
    rows = np.flatnonzero(moment.shown)
    rank = np.arange(rows.size)
    placed = atlas.place[rows] >= 0
    rows, rank = rows[placed], rank[placed]
    place, group = atlas.place[rows], atlas.group[rows]
    last = np.full(len(atlas.point), -1, dtype=np.int64)
    last[place] = rank  # rows are in order of time: the latest one stays
    count = np.bincount(place, minlength=len(atlas.point))
    # Of groups with equally many events the one seen last gives its colour.
    tally = np.zeros((len(atlas.point), len(atlas.colours)))
    np.add.at(tally, (place, group), 1)
    tally[place, group] = np.floor(tally[place, group]) + rank / (len(moment.shown) + 1)
    used = np.flatnonzero(count)
    used = used[np.argsort(last[used], kind="stable")]
    at = camera.seen(atlas.point[used])
    low, high = np.asarray([room.x, room.y]), np.asarray([room.x + room.w, room.y + room.h])
    near = ((at > low) & (at < high)).all(axis=1)
    used, at = used[near], at[near]
    shown = int(moment.shown.sum())
    age = shown - 1 - last[used]
    share = FLOOR + (1 - FLOOR) * 2.0 ** (-age / max(6.0, shown * 0.16))
    return Marked(used, at, count[used], tally[used].argmax(axis=1), share)


def draw_marks(paper: Paper, atlas: Atlas, these: Marked, current: int) -> list[Box]:
    """Markers with their counts, unless they are many; what they cover. The place `current` is drawn later."""
    if these.place.size > MANY:
        return []
    colours, taken = dark(), []
    casing, land = mixed(colours["bg"], colours["land"], 0.55), colours["land"]
    for place, (x, y), count, group, share in zip(*these, strict=True):
        if place == current:
            continue
        radius = radius_of(count)
        taken.append(Box(x - radius, y - radius, 2 * radius, 2 * radius))
        _draw_marker(paper, x, y, radius, mixed(atlas.colours[group], land, share), casing, count)
    return taken


def draw_dots(paper: Paper, atlas: Atlas, these: Marked) -> None:
    """Where places are many, one dot a cell of the picture, of its latest event."""
    if these.place.size <= MANY:
        return
    land = dark()["land"]
    cells = np.floor(these.at / CELL).astype(np.int64)
    _, latest = np.unique(cells[::-1], axis=0, return_index=True)
    for i in np.sort(these.place.size - 1 - latest):
        x, y = these.at[i]
        paper.disc(x, y, DOT, mixed(atlas.colours[these.group[i]], land, these.share[i]))


def draw_rings(paper: Paper, atlas: Atlas, these: Marked, camera: Camera, current: int) -> None:
    """How far places may really lie from their markers; dashed where they were inferred."""
    if these.place.size > MANY:
        return
    land, precision = dark()["land"], atlas.story.places["precision"]
    lat = atlas.story.places["lat"].to_numpy(float)
    around = 2 * math.pi * 6_378_137.0
    for place, (x, y), _, group, share in list(zip(*these, strict=True))[-RINGS:]:
        ring = atlas.metres[place] / (around * max(0.05, math.cos(math.radians(lat[place])))) * 256 * camera.scale
        if not LEAST_RING < ring < 3 * paper.box.w:
            continue
        strength = 1.0 if place == current else 0.65 * (share - FLOOR) / (1 - FLOOR)
        colour = atlas.colours[group]
        calm = max(0.0, min(1.0, 1.6 - ring / paper.box.w))
        paper.disc(x, y, ring, colour, 0.1 * strength * calm)
        if precision.iloc[place] == "inferred":
            paper.dashed(x, y, ring, mixed(colour, land, 0.2 + 0.4 * strength), 1.8, 7)
        else:
            paper.circle(x, y, ring, colour, 1.8, 0.2 + 0.4 * strength)


def draw_tracks(paper: Paper, atlas: Atlas, crew: tuple[str, ...], moment: Moment, camera: Camera) -> None:
    """Where chosen people went until the moment, oldest legs faintest, bowed so that there and back are two lines.

    Where somebody was at an unknown place in between no line claims a way: two dashed stubs point out and in.
    """
    seen = np.flatnonzero(moment.shown)
    since = atlas.at[seen[0]] if seen.size else math.inf
    colours = dark()
    casing = mixed(colours["bg"], colours["land"], 0.55)
    group_of = dict(zip(atlas.story.people["id"], atlas.story.people["group"], strict=True))
    index = {group.id: i for i, group in enumerate(atlas.story.meta.groups)}
    for lane, person in enumerate(crew[:TRACKS]):
        colour = atlas.colours[index[group_of[person]]]
        legs = _legs(atlas, person, moment.t, since)
        for age, (start, end, gap) in zip(range(len(legs) - 1, -1, -1), legs, strict=True):
            alpha = max(0.16, 0.95 * 0.72**age)
            way = bowed(*camera.seen(atlas.point[[start, end]]), lane % 4)
            _draw_leg(paper, way, mixed(colour, colours["land"], alpha), casing, 3.8 if age == 0 else 2.9, gap)


def draw_current(paper: Paper, at: tuple[float, float], count: int, colour: Colour) -> Box:
    """The marker of the current event: a halo and a bright ring around it; what it covers."""
    x, y = at
    now, radius = dark()["now"], radius_of(count) + 3
    paper.glow(x, y, radius + 44, now, 0.62)
    _draw_marker(paper, x, y, radius, colour, mixed(dark()["bg"], dark()["land"], 0.55), count)
    paper.circle(x, y, radius + 1, now, 3.6)
    paper.circle(x, y, radius + 9, now, 1.8, 0.55)
    return Box(x - radius - 9, y - radius - 9, 2 * radius + 18, 2 * radius + 18)


def draw_arrow(paper: Paper, at: tuple[float, float], room: Box) -> Box:
    """An arrow at the edge of `room` that points to a place outside of it; what it covers."""
    (middle_x, middle_y), colours = room.middle, dark()
    dx, dy = at[0] - middle_x, at[1] - middle_y
    reach = min((room.w / 2 - 24) / max(abs(dx), 1e-9), (room.h / 2 - 24) / max(abs(dy), 1e-9))
    x, y = middle_x + dx * reach, middle_y + dy * reach
    paper.disc(x, y, 18, colours["panel"])
    paper.circle(x, y, 17, colours["now"], 3)
    turn = math.atan2(dy, dx)
    tip = [(9, 0), (9, 2.45), (3, math.pi), (9, -2.45)]
    paper.area(np.asarray([(x + r * math.cos(turn + a), y + r * math.sin(turn + a)) for r, a in tip]), colours["now"])
    return Box(x - 18, y - 18, 36, 36)


def draw_plate(paper: Paper, words: str, beside: Box, taken: list[Box], room: Box) -> Box:
    """The name of the current place on a plate beside its marker, where it hides least; what it covers."""
    colours, size = dark(), 21
    said = "".join(text_lines(words, size, 600, 330, 1))
    w, h = text_width(said, size, 600) + 28, 40.0
    x, y = beside.middle
    gap_x, gap_y = beside.w / 2 + 8, beside.h / 2 + 8
    boxes = [
        Box(x + gap_x, y - h / 2, w, h),
        Box(x - gap_x - w, y - h / 2, w, h),
        Box(x - w / 2, y + gap_y, w, h),
        Box(x - w / 2, y - gap_y - h, w, h),
        Box(x + gap_x * 0.7, y + gap_y * 0.7, w, h),
        Box(x + gap_x * 0.7, y - gap_y * 0.7 - h, w, h),
        Box(x - gap_x * 0.7 - w, y - gap_y * 0.7 - h, w, h),
    ]
    box = _best(boxes, taken, room.grown(-8))
    paper.panel(box, colours["panel"], 10, colours["now"], 1.8)
    paper.text(box.middle[0], box.middle[1], said, size, colours["ink"], 600, "mm")
    return box


def _best(candidates: list[Box], taken: list[Box], within: Box) -> Box:
    """The first box that touches nothing and lies within; where none does, the one that hides least."""

    def cost(box: Box) -> float:
        return 4 * (box.w * box.h - box.overlap(within)) + sum(box.overlap(other) for other in taken)

    return min(candidates, key=cost)


def _draw_marker(paper: Paper, x: float, y: float, radius: float, fill: Colour, casing: Colour, count: int) -> None:
    paper.disc(x, y, radius + 2.4, casing)
    paper.disc(x, y, radius, fill)
    if count > 1:
        said = str(count) if count < 1_000 else f"{count / 1_000:.0f}k" if count < 999_500 else f"{count / 1e6:.0f}M"
        paper.text(x, y, said, 15 if count < 1_000 else 13, ink_on(fill), 700, "mm")


def _legs(atlas: Atlas, person: str, t: float, since: float) -> list[tuple[int, int, bool]]:
    """The steps from one known place to another: both places, and whether an unknown one lies between."""
    here, lost = -1, False
    found: list[tuple[int, int, bool]] = []
    rows = atlas.present.get(person, np.empty(0, dtype=np.int64))
    for row in rows[atlas.at[rows] <= t]:
        place = int(atlas.place[row])
        if place < 0:
            lost = True
            continue
        if here >= 0 and here != place and atlas.at[row] >= since:
            found.append((here, place, lost))
        here, lost = place, False
    return found[-LEGS:]


def _draw_leg(paper: Paper, way: Floats, colour: Colour, casing: Colour, width: float, gap: bool) -> None:
    start, end = (np.hypot(*(way - way[i]).T) for i in (0, -1))
    left = way[(start > 14) & (end > 15)]
    if len(left) < 3:
        return
    if gap:
        outs = left[np.hypot(*(left - left[0]).T) < STUB], left[np.hypot(*(left - left[-1]).T) < STUB]
        for stub in outs:
            for dash in dashes(stub, 4.5, 6) if len(stub) > 1 else ():
                paper.line(dash, colour, width, round_ends=False)
        return
    paper.line(left, casing, width + 3.6)
    paper.line(left, colour, width)
    tip = len(left) * 58 // 100
    (x, y), turn = left[tip], math.atan2(*(left[min(tip + 1, len(left) - 1)] - left[tip - 1])[::-1])
    shape = [(10, 0), (11, 2.45), (4, math.pi), (11, -2.45)]
    paper.area(np.asarray([(x + r * math.cos(turn + a), y + r * math.sin(turn + a)) for r, a in shape]), colour)
