"""The places of a story: found by the chain of gazetteers and services, and derived again from their queries."""

import math
import time
from collections.abc import Callable

import pandas as pd

from geo.answers import SAID, Answer, Status, Suggestion
from geo.area import Area, study_area
from geo.chain import LOS_ANGELES, RELATIVE, STORY, Asked, Chain, Tables, metres
from geo.gazetteer import Gazetteer
from geo.story import Story
from geo.world import WORLD, world

__all__ = [
    "LOS_ANGELES",
    "RELATIVE",
    "SAID",
    "STORY",
    "Answer",
    "Chain",
    "Status",
    "Suggestion",
    "geocode_places",
    "rederive",
    "story_chain",
]

Progress = Callable[[int, int, Answer], None]  # done, of how many, the answer just had

REDERIVED = ["id", "name", "query", "lat", "lon", "distance_m", "radius_m", "ok", "how"]


def story_chain(
    story: Story, service: Asked | None = None, *, area: Area | None = None, clock: Callable[[], float] = time.time
) -> Chain:
    """The whole chain for a story; without a service nothing leaves this machine.

    The study area is `area`, else what the story itself says. The cities of the world are asked after our own tables
    where the package with them is installed.
    """
    gazetteers: dict[str, Tables] = {STORY: Gazetteer.from_story(story), LOS_ANGELES: Gazetteer.los_angeles()}
    if (everywhere := world()) is not None:
        gazetteers[WORLD] = everywhere
    return Chain(gazetteers, service, area=area or study_area(story), cities=[LOS_ANGELES], clock=clock)


def geocode_places(story: Story, chain: Chain, progress: Progress | None = None) -> tuple[pd.DataFrame, list[Answer]]:
    """The story's places with a coordinate wherever the chain has one, and an answer for each place without one before.

    What the author wrote stays: a coordinate is never replaced, and a radius or a precision only filled in where it is
    missing ("unknown" counts as missing). Beside a new coordinate stand geocoder, answer and checked. A place that is
    called unknown, without a query, is not asked for.
    """
    places = story.places.copy()
    missing = places.loc[places["lat"].isna() | places["lon"].isna()].to_dict("index")
    answers: list[Answer] = []
    for index, row in missing.items():
        if row["precision"] == "unknown" and not row["query"]:
            answer = Answer(row["name"], "not_asked", why="the story says that nobody knows where it is")
        else:
            answer = chain.geocode(row["query"] or row["name"])
        answers.append(answer)
        if answer.status == "sure":
            if "answer" not in places:
                places["answer"] = pd.Series("", index=places.index, dtype="str")
            for column in ("lat", "lon", "geocoder", "answer", "checked"):
                places.loc[index, column] = getattr(answer, column)
            if math.isnan(row["radius_m"]):
                places.loc[index, "radius_m"] = answer.radius_m
            if row["precision"] in ("", "unknown"):
                places.loc[index, "precision"] = answer.precision
        if progress is not None:
            progress(len(answers), len(missing), answer)
    return places, answers


def rederive(story: Story, chain: Chain | None = None) -> pd.DataFrame:
    """Every place with a query, derived again: id, name, query, lat, lon, distance_m, radius_m, ok, how.

    `chain` must not know the story's rows; by default it knows what is bundled. `distance_m` leads from the stored
    coordinate to the derived one. A query that only the story's own gazetteer knows is compared with that, as `how`
    says; one that nobody knows has NaN and is not ok.
    """
    chain = chain or Chain({LOS_ANGELES: Gazetteer.los_angeles()})
    own = Chain({STORY: Gazetteer.from_story(story)})
    rows = []
    for place in story.places.loc[story.places["query"] != ""].to_dict("records"):
        answer, whose = chain.geocode(place["query"]), ""
        if answer.status != "sure":
            answer, whose = own.geocode(place["query"]), "only in the story's own gazetteer"
        found = answer.status == "sure"
        distance_m = math.nan
        if found and not math.isnan(place["lat"]):
            distance_m = metres((place["lat"], place["lon"]), (answer.lat, answer.lon))
        how = f"{whose or answer.geocoder}: {answer.answer}" if found else f"not found: {answer.why}"
        stored = (place["id"], place["name"], place["query"])
        rows.append(
            (*stored, answer.lat, answer.lon, distance_m, place["radius_m"], distance_m <= place["radius_m"], how)
        )
    return pd.DataFrame(rows, columns=REDERIVED)
