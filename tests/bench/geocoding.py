"""How right the answers to Los Angeles toponyms are, and how fast; run it as `python -m tests.bench.geocoding`.

`toponyms.csv` says where each should be: known from streets, exits, charts and the story's facts, not from the rows of
the gazetteer, which were not fitted to it. An answer is right when the expected point lies within its radius, give or
take the tolerance of the expectation, and the radius is not wider than words so precise deserve (`widest_m`).
"""

import csv
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from geo import toponyms
from geo.cache import Cache
from geo.gazetteer import LOS_ANGELES, Gazetteer
from geo.geocoder import Answer, Chain
from geo.relative import resolve
from geo.roads import Point, metres
from geo.tables import PLACES, read_table
from geo.toponyms import normalise

LIST = Path(__file__).with_name("toponyms.csv")
REFUSE = "refuse"
SAME = "same source"  # rows that prove little: the gazetteer knows their place from where the list knows it
SECONDS = 1.0  # of each measurement


class Row(NamedTuple):
    """A toponym and where it is; no point where it must be refused."""

    toponym: str
    kind: str
    point: Point | None
    tolerance_m: float
    widest_m: float


def rows() -> list[Row]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return [_row(row) for row in csv.DictReader(file)]


def _row(row: dict[str, str]) -> Row:
    if row["kind"] == REFUSE:
        return Row(row["toponym"], REFUSE, None, 0.0, 0.0)
    point = Point(float(row["lat"]), float(row["lon"]))
    return Row(row["toponym"], row["kind"], point, float(row["tolerance_m"]), float(row["widest_m"]))


def chain() -> Chain:
    """The bundled gazetteer alone, without a service."""
    return Chain({"los_angeles": Gazetteer.los_angeles()})


def verdict(row: Row, answer: Answer) -> str:
    """ "inside", "wrong", "too wide" or "refused"."""
    if answer.status != "sure":
        return "refused"
    if row.point is None or metres(row.point, Point(answer.lat, answer.lon)) > answer.radius_m + row.tolerance_m:
        return "wrong"
    return "inside" if answer.radius_m <= row.widest_m else "too wide"


def verdicts() -> list[tuple[Row, Answer, str]]:
    asked = chain()
    return [(row, answer := asked.geocode(row.toponym), verdict(row, answer)) for row in rows()]


def per_second(work: Callable[[str], object], words: list[str]) -> float:
    """How often `work` is done in a second, over the words again and again."""
    for word in words:
        work(word)
    done, started = 0, time.perf_counter()
    while (taken := time.perf_counter() - started) < SECONDS:
        for word in words:
            work(word)
        done += len(words)
    return done / taken


def first(gazetteer: Gazetteer, name: str) -> object:
    """A look-up that remembers no spelling from another."""
    toponyms._remembered.cache_clear()
    return gazetteer.geocode(name)


def correctness() -> None:
    judged = verdicts()
    known = [v for v in judged if v[0].kind not in (SAME, REFUSE)]
    print(f"{'':14} {'rows':>5} {'inside':>8} {'too wide':>9} {'wrong':>7} {'refused':>8}")
    for kind in [*dict.fromkeys(row.kind for row, *_ in known), "all of these", SAME, REFUSE]:
        some = known if kind == "all of these" else [v for v in judged if v[0].kind == kind]
        count = Counter(said for *_, said in some)
        shares = [100 * count[word] / len(some) for word in ("inside", "too wide", "wrong", "refused")]
        print(f"{kind:14} {len(some):>5} {shares[0]:>7.1f}% {shares[1]:>8.1f}% {shares[2]:>6.1f}% {shares[3]:>7.1f}%")
    for row, answer, said in judged:
        if said in ("wrong", "too wide"):
            off = "" if row.point is None else f"{metres(row.point, Point(answer.lat, answer.lon)):.0f} m off, "
            print(f"  {said}: {row.toponym!r} is {answer.answer!r}: {off}radius {answer.radius_m:.0f} m")
    print("refused, though a place is expected:", ", ".join(row.toponym for row, _, said in known if said == "refused"))


def speed() -> None:
    gazetteer = Gazetteer.los_angeles()
    table = read_table(LOS_ANGELES, PLACES, LOS_ANGELES.name).frame
    names = [str(name) for name in table["name"]]
    phrases = [row.toponym for row in rows() if row.kind == "relative"]
    scanned, floor = table["name"].map(normalise), {normalise(name): name for name in names}
    spelled = {name: normalise(name) for name in names}
    print(f"\n{'look-ups a second':48} {'of one':>9}")
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder) / "answers.sqlite") as cache:
        for name in names:
            cache.put("bench", name, "{}", days=1)
        measured = {
            "gazetteer, a name never asked before": per_second(lambda name: first(gazetteer, name), names),
            "gazetteer, a name asked before": per_second(gazetteer.geocode, names),
            "relative phrases": per_second(lambda phrase: resolve(phrase, gazetteer), phrases),
            "cache, an answer of a service (SQLite)": per_second(lambda name: cache.get("bench", name), names),
            "baseline: pandas, a scan for equal names": per_second(lambda n: table[scanned == spelled[n]], names),
            "floor: a dict of names spelled beforehand": per_second(lambda name: floor[spelled[name]], names),
        }
    for what, often in measured.items():
        print(f"{what:48} {often:>9,.0f}  {1e6 / often:>8.2f} µs")


def main() -> None:
    correctness()
    speed()


if __name__ == "__main__":
    main()
