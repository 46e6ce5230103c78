"""Features of a map as one table: their properties are its columns, and where they are stands in `lat` and `lon`."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from geo.cleaning import CONTROL, cleaned, listed_rows
from geo.encoding import UNREADABLE
from geo.errors import Fault, clipped
from geo.geometry import Located, Misplaced
from geo.raw import Limits, Raw

ID, SOME_ID, LAT, LON, SHAPE = "id", "feature id", "lat", "lon", "shape"

MOST_CELLS = 5_000_000  # features that have hardly a property in common make a large and empty table

_LONGEST_NAME = 120
_SURROGATE = re.compile("[\ud800-\udfff]")
_ASIDE = {
    "heights": "Heights and further numbers beside longitude and latitude were left aside: {}.",
    "open": "Rings that do not end where they begin were closed: {}.",
    "meridian": "Lines that cross the 180th meridian were taken the short way round: {}.",
}


class Feature(NamedTuple):
    """One feature: its number, its properties as text by name, and where it is (None for a feature without geometry).

    `id` is the one that the feature has beside its properties; None for none.
    """

    number: int
    values: dict[str, str]
    place: Located | Misplaced | None
    id: str | None = None


@dataclass
class Found:
    """What was found in a file so far: `noted` has the numbers of the features for a sentence with {} in it.

    `unsound` says that bytes of the text could not be read: each stands as `UNREADABLE` in some cell.
    """

    file: str
    kind: str
    features: list[Feature] = field(default_factory=list)
    flagged: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    noted: dict[str, list[int]] = field(default_factory=dict)
    unsound: bool = False

    def note(self, sentence: str, number: int) -> None:
        """A sentence that is true of this feature, too."""
        numbers = self.noted.setdefault(sentence, [])
        if not numbers or numbers[-1] != number:
            numbers.append(number)

    def fault(self, number: int | None, column: str | None, value: str, what: str, remedy: str) -> None:
        """One thing to be mended."""
        self.faults.append(Fault(self.file, number, column, clipped(value), what, remedy))

    def left_out(self, number: int, value: str, what: str, remedy: str) -> None:
        """A feature that is no row, and why."""
        self.flagged.append(number)
        self.fault(number, None, value, what, remedy)


def feature_table(found: Found, limits: Limits) -> Raw:
    """The features as a table: the id first, properties in the order in which they are met, and at the end where.

    Ids that only some features have are no `id` of rows, and are called "feature id".

    A feature with a wrong geometry stays a row without coordinates, with a fault. `lat` and `lon` are there unless no
    feature has any geometry, `shape` where any is more than a point. A property of the same name is called
    "property lat".
    """
    mapped = any(feature.place is not None for feature in found.features)
    shaped = any(isinstance(feature.place, Located) and feature.place.shape != "Point" for feature in found.features)
    added = (*((LAT, LON) if mapped else ()), *((SHAPE,) if shaped else ()))
    ids = [feature.id for feature in found.features if feature.id is not None]
    own = [ID if len(ids) == len(found.features) else SOME_ID] if ids else []
    most = min(limits.columns, MOST_CELLS // max(1, len(found.features)))
    columns = _columns(found, max(1, most - len(added) - len(own)))
    header = [*own, *_headings(columns, (*added, *own), found), *added]
    cells = [_cells(feature, columns, bool(ids), added, found) for feature in found.features]
    numbers = [feature.number for feature in found.features]
    clean = cleaned(found.file, header, _sound(cells, numbers, found), numbers, limits.characters, row_word="feature")
    if found.unsound:
        _unreadable(clean.cells, numbers, header, found)
    notices = [sentence.format(listed_rows(numbers, "feature")) for sentence, numbers in found.noted.items()]
    if found.features and not mapped:
        notices.append("No feature has a geometry: where each happened can only follow from its properties.")
    if not found.features and not found.faults:
        found.fault(None, None, "", "there are no features in it", "give it at least one")
    return Raw(
        found.file,
        found.kind,
        tuple(header),
        tuple(clean.cells),
        tuple(numbers),
        tuple(found.flagged),
        tuple(sorted([*found.faults, *clean.faults], key=lambda fault: fault.row or 0)),
        (*found.notices, *notices, *clean.notices),
    )


def _columns(found: Found, most: int) -> list[str]:
    """The names of all properties, as they are; the least used are left out where there are too many."""
    counts = Counter(name for feature in found.features for name in feature.values)
    if len(counts) <= most:
        return list(counts)
    kept = {name for name, _ in counts.most_common(most)}
    left = [name for name in counts if name not in kept]
    what = f"the features have {len(counts):,} different properties; at most {most:,} are read"
    listed = ", ".join(f"'{clipped(name, 30)}'" for name in left[:3])
    found.fault(None, None, "", what, f"delete some; the least used are left out: {listed} and so on")
    return [name for name in counts if name in kept]


def _headings(columns: Sequence[str], taken: Sequence[str], found: Found) -> list[str]:
    """A name for each property, on one line and its own; whatever is renamed is said."""
    used = set(taken)
    headings = []
    for place, name in enumerate(columns, start=1):
        plain = _SURROGATE.sub(UNREADABLE, " ".join(CONTROL.sub("", name).split()))[:_LONGEST_NAME]
        heading = plain or f"column {place}"
        if heading.casefold() in taken:
            heading = f"property {heading}"
        number, base = 2, heading
        while heading.casefold() in used:
            heading, number = f"{base} {number}", number + 1
        used.add(heading.casefold())
        headings.append(heading)
        if plain and heading != plain:
            found.notices.append(f"The property '{clipped(name, 40)}' is the column '{clipped(heading, 50)}' here.")
    return headings


def _cells(
    feature: Feature, columns: Sequence[str], has_id: bool, added: Sequence[str], found: Found
) -> tuple[str, ...]:
    ids = (feature.id or "",) if has_id else ()
    values = feature.values
    return *ids, *(values.get(name, "") for name in columns), *_where(feature, found)[: len(added)]


def _where(feature: Feature, found: Found) -> tuple[str, str, str]:
    place = feature.place
    if place is None:
        return "", "", ""
    if isinstance(place, Misplaced):
        found.fault(feature.number, "geometry", *place)
        return "", "", ""
    for aside in place.aside:
        found.note(_ASIDE[aside], feature.number)
    if place.how:
        found.note(f"A shape is shown at {place.how}: {{}}.", feature.number)
    return place.lat, place.lon, place.shape


def _sound(cells: list[tuple[str, ...]], numbers: Sequence[int], found: Found) -> list[tuple[str, ...]]:
    """The rows without halves of characters, which no file can hold."""
    sound = []
    for row, number in zip(cells, numbers, strict=True):
        if _SURROGATE.search("".join(row)):
            found.note(f"Halves of characters (lone surrogates) were replaced by '{UNREADABLE}': {{}}.", number)
            row = tuple(_SURROGATE.sub(UNREADABLE, cell) for cell in row)
        sound.append(row)
    return sound


def _unreadable(cells: Iterable[Sequence[str]], numbers: Sequence[int], header: Sequence[str], found: Found) -> None:
    for row, number in zip(cells, numbers, strict=True):
        for cell, name in zip(row, header, strict=True):
            if UNREADABLE in cell:
                what = f"holds bytes that are not UTF-8 ('{UNREADABLE}')"
                found.fault(number, name, cell, what, "write the letters again")
