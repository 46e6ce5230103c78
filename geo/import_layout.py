"""How the rows of a large table are laid out, and what its columns are for: told from a sample of it."""

from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from geo.delimited import read_delimited
from geo.delimiter import separator
from geo.errors import GeoError, clipped
from geo.header_row import header_row
from geo.mapping import Mapping, recognised
from geo.opened_text import Closed, opened
from geo.raw import Limits, Raw
from geo.records import Record, filled, records
from geo.rows import column_names
from geo.tables import suggestion

LIMITS = Limits(size=64 * 1024 * 1024, rows=1_000_000)
_LOOKED_AT = 300

# What --map calls a field, and what the readers of tables call it.
FIELDS = {
    "id": "id",
    "title": "what",
    "summary": "summary",
    "at": "when",
    "time": "time",
    "until": "end",
    "end_time": "end_time",
    "place": "where",
    "lat": "lat",
    "lon": "lon",
    "point": "point",
    "radius_m": "radius",
    "people": "who",
    "remote": "remote",
    "group": "group",
    "source": "source",
}


@dataclass(frozen=True)
class Layout:
    """Cells are separated by `sign`, `width` of them a row. `header` has a name for each, "" for one that is left out.

    The text begins after `skipped` bytes ("sep=;"); the first row with data has the number `first_row`. `cells` are
    those of the header row, which may stand again further down.
    """

    sign: str
    width: int
    header: tuple[str, ...]
    first_row: int
    skipped: int
    cells: tuple[str, ...]


def laid_out(content: bytes, file: str) -> tuple[Layout, Raw] | Closed:
    """The layout of the sample of a table, and the sample as a table. Closed where it is none."""
    text = opened(content, file, LIMITS)
    if isinstance(text, Closed):
        return text
    raw = read_delimited(content, file, LIMITS)
    if not raw.readable:
        return Closed(raw.faults[0])
    skipped = separator(content.decode("utf-8", "replace")).begins
    usable = [record for record in islice(filled(records(text.text, text.sign)), _LOOKED_AT) if not record.problem]
    titles, named = header_row([record.cells for record in usable], text.width)
    top = usable[titles]
    return Layout(text.sign, *_named(top, named, usable, raw), top.number + named, skipped, tuple(top.cells)), raw


def mapped(raw: Raw, chosen: Pairs[str, str]) -> Mapping:
    """What the columns are for: recognised, but for those that somebody `chosen`: column -> field of `FIELDS`.

    Raises GeoError for a column or a field that there is not.
    """
    mapping = recognised(raw)
    for ours, role in FIELDS.items():  # a column with our own name for it is that
        if ours in raw.header and (not mapping.of(role) or ours in mapping.unknown):
            mapping = mapping.with_role(role, (ours,), raw.header)
    roles: dict[str, list[str]] = {}
    for column, field in chosen.items():
        if column not in raw.header:
            near = suggestion(column, list(raw.header))
            raise GeoError(f"the file has no column '{clipped(column, 40)}'; {near}")
        if field not in FIELDS:
            raise GeoError(f"'{clipped(field, 40)}' is no field; write one of {', '.join(FIELDS)}")
        roles.setdefault(FIELDS[field], []).append(column)
    for role, columns in roles.items():
        mapping = mapping.with_role(role, columns, raw.header)
    return mapping


def used_as(mapping: Mapping) -> list[str]:
    """Which column became what, in a sentence, and which ones are not used, in another."""
    pairs = [f"{field} is {_quoted(mapping.of(role))}" for field, role in FIELDS.items() if mapping.of(role)]
    pairs += [f"a part of people is {_quoted(mapping.of(role))}" for role in ("first", "last") if mapping.of(role)]
    unused = f"Not used: {_quoted(mapping.unknown)}; --map COLUMN=FIELD uses one." if mapping.unknown else ""
    return [text for text in (f"Columns: {', '.join(pairs)}." if pairs else "", unused) if text]


def _quoted(columns: Sequence[str]) -> str:
    return " and ".join(f"'{clipped(name, 40)}'" for name in columns)


def _named(top: Record, named: bool, usable: list[Record], raw: Raw) -> tuple[int, tuple[str, ...]]:
    """How many cells a row has, and the name of each of them, as the table has it."""
    below = [len(record.cells) for record in usable if record.number >= top.number + named]
    width = max(len(top.cells), min(below, default=0))
    names = column_names(top.cells) if named else []
    names += [""] * (width - len(names))
    header = (name or f"column {place}" for place, name in enumerate(names, start=1))
    return width, tuple(name if name in raw.header else "" for name in header)
