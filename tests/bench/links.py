"""Addresses that nobody has asked for before: links of a story, and questions to every route that keeps answers."""

import random
import string
from collections.abc import Iterator
from itertools import chain, repeat
from urllib.parse import urlencode

from dashboard.view import PANELS
from geo.clock import format_at
from geo.story import Story


def links(story: Story, count: int, seed: int = 11) -> list[str]:
    """Queries of links, each another one: a moment, people, a search, a panel."""
    chance = random.Random(seed)  # noqa: S311 -- a benchmark wants the same links every time
    first, last = float(story.events["at"].min()), float(story.events["until"].max())
    return [
        urlencode(
            {
                "at": format_at(float(round(chance.uniform(first, last))), story.meta.clock_kind),
                "crew": chance.sample(list(story.people["id"]), 2),
                "panel": chance.choice(PANELS),
                "q": "".join(chance.choices(string.ascii_lowercase, k=2)),
                "lat": f"{chance.uniform(-60, 60):.4f}",
                "lon": f"{chance.uniform(-170, 170):.4f}",
                "z": "9",
                f"not-ours-{number}": "x" * 100,
            },
            doseq=True,
        )
        for number in range(count)
    ]


def asked_once(story: Story, wave: int, count: int) -> dict[str, Iterator[str]]:
    """Of every route that keeps answers: `count` addresses that nobody has asked for before."""
    name, queries = story.id, links(story, count, seed=1_000 + wave)
    first, kind = float(story.events["at"].min()), story.meta.clock_kind
    words = [f"{wave}-{number}-{'x' * 150}" for number in range(count)]
    return {
        "events that nothing matches": (
            f"/stories/{name}/events.{ending}?{urlencode({'q': word})}"
            for word, ending in zip(words, chain.from_iterable(repeat(("geojson", "csv", "kml"))), strict=False)
        ),
        "events from distinct minutes on": (
            f"/stories/{name}/events.geojson?{urlencode({'from': format_at(first + 60 * number, kind)})}"
            for number in range(wave * count, (wave + 1) * count)
        ),
        "pictures": (f"/stories/{name}/picture.png?{query}" for query in queries[: count // 10]),
        "documents": (f"/?{query}" for query in queries),
        "documents of stories that are not there": (f"/?story={wave * count + number:022d}" for number in range(count)),
        "versions of the story": (f"/stories/{name}.json?v={word}" for word in words),
        "addresses that lead nowhere": (f"/stories/{word}.json" for word in words),
    }
