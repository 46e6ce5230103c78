"""What is said to a toponym: sure, choose, not found, not asked, or later."""

import math
from typing import Literal, NamedTuple

Status = Literal["sure", "choose", "not_found", "not_asked", "later"]
SAID: dict[Status, str] = {
    "sure": "sure",
    "choose": "choose",
    "not_found": "not found",
    "not_asked": "not asked",
    "later": "later",
}


class Suggestion(NamedTuple):
    """A place that a toponym may mean.

    `score` is 0 to 100 by spelling, NaN where a service named the place. `kind` is one of `geo.candidates.Kind`, or "".
    """

    name: str
    lat: float
    lon: float
    radius_m: float
    precision: str
    geocoder: str
    score: float = math.nan
    kind: str = ""


class Answer(NamedTuple):
    """What the chain says to a toponym.

    sure: a place, and which geocoder gave which answer on which UTC day. choose: there are several, or it lies outside
    the study area, or is of a coarser kind than asked: somebody has to choose. not_found: everybody was asked.
    not_asked: no service was named. later: the service could not be asked now.
    In all but the first lat, lon and radius_m are NaN, and `why` is a sentence.
    """

    toponym: str
    status: Status
    lat: float = math.nan
    lon: float = math.nan
    radius_m: float = math.nan
    precision: str = ""
    geocoder: str = ""
    answer: str = ""
    checked: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    why: str = ""
