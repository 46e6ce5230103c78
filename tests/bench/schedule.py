"""How long a schedule takes, beside pandas sorting the same column; run it as `python -m tests.bench.schedule`."""

import random
import statistics
import time
from collections.abc import Callable

import pandas as pd

from geo.schedule import schedule
from tests.bench.synthetic import points, written

TURNS = 5


def rows(count: int, seed: int = 7) -> pd.DataFrame:
    """Events of thirty days as authors write them: clock times, days, parts of days, nothing, and one wrong in 100."""
    chance = random.Random(seed)  # noqa: S311 -- a benchmark wants the same numbers every time
    starts, after = [], []
    for n, point in enumerate(points(count)):
        text = written(point.at)
        day = text.partition("T")[0]
        starts.append(chance.choice([text, text, day, f"{day}/{day}", ""]) if chance.random() > 0.01 else "D80")
        after.append((f"e{chance.randrange(n)}",) if n and chance.random() < 0.05 else ())
    return pd.DataFrame(
        {
            "id": [f"e{n}" for n in range(count)],
            "row": range(2, count + 2),
            "start": starts,
            "end": "",
            "precision": "",
            "after": after,
        }
    )


def median_ms(work: Callable[[], object]) -> float:
    """The median of a few runs, the first one (imports, caches) apart."""
    work()
    taken = []
    for _ in range(TURNS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def main() -> None:
    print(f"{'events':>8} {'schedule':>12} {'an event':>10} {'faults':>7} {'pandas sort':>12} {'ratio':>7}")
    for count in (1_000, 10_000):
        frame = rows(count)
        ours = median_ms(lambda frame=frame: schedule(frame, "days"))
        sort = median_ms(lambda frame=frame: frame.sort_values("start"))
        faults = len(schedule(frame, "days")[1])
        figures = f"{ours:>9.1f} ms {ours / count * 1000:>7.1f} µs {faults:>7,} {sort:>9.2f} ms {ours / sort:>7.0f}"
        print(f"{count:>8,} {figures}")


if __name__ == "__main__":
    main()
