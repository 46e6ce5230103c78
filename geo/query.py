"""What a board asks about a large story: where, when, who and which words, held within bounds."""

import math
from dataclasses import dataclass
from typing import NoReturn

from geo.errors import GeoError
from geo.join import Match, folded
from geo.quads import ZOOM, quad

MOST_CELLS = 40_000  # in the bounds: 1 600 x 1 000 pixels in cells of 6 x 6
MOST_STEPS = 1_000
MOST_CREW = 200
MOST_WORDS = 8
MOST_TEXT = 200  # characters of the words searched

Bounds = tuple[float, float, float, float]
WORLD: Bounds = (-180.0, -90.0, 180.0, 90.0)
EVER = 1e15  # seconds either way: further than any clock of ours tells


@dataclass(frozen=True)
class Query:
    """Which events, and how they are counted.

    `bounds` are west, south, east, north in degrees; where west is greater than east they go over the date line. All
    cells of `zoom` (0 to 24, 2^zoom from edge to edge) that touch them are meant, whole. The interval is from `start`
    to `end` (seconds of the story's clock), the end included, in `steps` of the same length; an event is in it that is
    under way at any time of it. `crew` are ids, taken by
    `match` as `geo.join.filtered` takes them; `rivals` are the ids of everybody in their groups, which only "only"
    looks at. Events hold every word of `q`. Raises GeoError, one sentence, where anything is out of range.
    """

    bounds: Bounds = WORLD
    zoom: int = 0
    start: float = -EVER
    end: float = EVER
    steps: int = 1
    crew: tuple[str, ...] = ()
    match: Match = "any"
    rivals: tuple[str, ...] = ()
    q: str = ""

    def __post_init__(self) -> None:
        if type(self.zoom) is not int or not 0 <= self.zoom <= ZOOM:
            _refuse(f"zoom is {self.zoom}; write a whole number from 0 to {ZOOM}")
        if type(self.steps) is not int or not 1 <= self.steps <= MOST_STEPS:
            _refuse(f"steps is {self.steps}; write a whole number from 1 to {MOST_STEPS}")
        _check_bounds(self.bounds)
        if not (math.isfinite(self.start) and math.isfinite(self.end)):
            _refuse("an end of the interval is not a number; write seconds")
        if self.start > self.end:
            _refuse("the interval ends before it begins; write from before to")
        if not -EVER <= self.start <= self.end <= EVER:
            _refuse("an end of the interval is further away than any clock of ours tells; write a nearer one")
        if self.match not in ("any", "all", "only"):
            _refuse("match is none of any, all and only; write one of them")
        if len(self.crew) > MOST_CREW:
            _refuse(f"{len(self.crew)} people are too many to choose at once; choose at most {MOST_CREW}")
        if any(not name or ";" in name for name in (*self.crew, *self.rivals)):
            _refuse("a person chosen is no id; an id is not empty and has no semicolon")
        if len(self.q) > MOST_TEXT or len(self.words) > MOST_WORDS:
            _refuse(f"the search is too long; write at most {MOST_WORDS} words, {MOST_TEXT} characters together")
        if self.cells > MOST_CELLS:
            _refuse(f"{self.cells} cells are too many at once; zoom in, or ask for larger ones: at most {MOST_CELLS}")

    @property
    def words(self) -> tuple[str, ...]:
        """The words searched, folded, each once."""
        return tuple(dict.fromkeys(folded(self.q).split()))

    @property
    def columns(self) -> tuple[tuple[int, int], ...]:
        """The cells from west to east, first and last, both included: two ranges where the date line is between."""
        west, _, east, _ = self.bounds
        first, last = (quad(0.0, lon)[0] >> (ZOOM - self.zoom) for lon in (west, east))
        if west <= east:
            return ((first, last),)
        most = (1 << self.zoom) - 1
        return ((0, most),) if last >= first else ((first, most), (0, last))

    @property
    def rows(self) -> tuple[int, int]:
        """The cells from north to south, first and last, both included."""
        _, south, _, north = self.bounds
        first, last = (quad(lat, 0.0)[1] >> (ZOOM - self.zoom) for lat in (north, south))
        return first, last

    @property
    def cells(self) -> int:
        """How many cells touch the bounds."""
        first, last = self.rows
        return (last - first + 1) * sum(east - west + 1 for west, east in self.columns)


def _check_bounds(bounds: Bounds) -> None:
    if len(bounds) != 4 or not all(math.isfinite(value) for value in bounds):
        _refuse("the bounds are not four numbers; write west, south, east, north in degrees")
    west, south, east, north = bounds
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        _refuse("the bounds lie outside the world; write west, south, east, north in degrees, south before north")


def _refuse(sentence: str) -> NoReturn:
    raise GeoError(sentence)
