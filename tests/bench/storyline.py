"""How long the layout of storylines takes, and what it saves; run it as `python -m tests.bench.storyline`."""

from itertools import pairwise

from geo.story import find_story, read_story
from geo.storyline import Storyline, storyline
from tests.bench.schedule import median_ms


def bends(chart: Storyline) -> int:
    """How often a line leaves its slot."""
    pairs = (pair for line in chart.slots for pair in pairwise(line))
    return sum(1 for before, after in pairs if -1 < before != after > -1)


def main() -> None:
    story = read_story(find_story("heat"))
    crew = set(story.people.loc[story.people["group"] == story.meta.groups[0].id, "id"])
    print(
        f"{'lines':<12} {'steps':>6} {'layout':>10} {'crossings':>10} {'by appearance':>14} {'ratio':>6} {'bends':>6}"
    )
    for people in (None, crew):
        chart = storyline(story, people)
        taken = median_ms(lambda people=people: storyline(story, people))
        ratio = chart.crossings / max(chart.baseline, 1)
        lines = f"{len(chart.people)} {'all' if people is None else 'crew'}"
        figures = f"{chart.crossings:>10} {chart.baseline:>14} {ratio:>6.2f} {bends(chart):>6}"
        print(f"{lines:<12} {len(chart.steps):>6} {taken:>7.1f} ms {figures}")


if __name__ == "__main__":
    main()
