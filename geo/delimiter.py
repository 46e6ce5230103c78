"""What stands between the cells of a text, and whether its numbers have a decimal comma."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from geo.headers import meanings

SEPARATORS = (",", ";", "\t", "|")
WORDS = {",": "commas", ";": "semicolons (;)", "\t": "tabs", "|": "vertical bars (|)"}

_SAMPLED_CHARACTERS = 200_000
_SAMPLED_RECORDS = 300
_COMPARED_NAMES, _LONGEST_NAME = 200, 80
_SAID = re.compile(r'"?sep=(?P<sign>[,;|\t])"?\r?(?:\n|\r|\Z)', re.IGNORECASE)
_DECIMAL = re.compile(r"[+\-−]?[0-9]+,[0-9]+")
_COMMA_NUMBER = re.compile(r"[+\-−]?(?:[0-9]*,)?[0-9]+")
_THOUSANDS = re.compile(r"[+\-−]?[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_FINE = re.compile(r"[+\-−]?[0-9]+,[0-9]{2,}")


class Separator(NamedTuple):
    """The sign between cells, how many cells most rows have with it, and where the text begins (after "sep=;")."""

    sign: str
    width: int
    begins: int = 0


def separator(text: str) -> Separator:
    """The sign that cuts the rows of `text` into the same number of cells, row after row.

    Compared are the share of rows that have the commonest number of cells, that number itself, and whether the first
    row has it and holds names that columns have. Where two do equally well, commas between digits or before blanks
    belong to the cells.
    """
    said = _SAID.match(text)
    begins = said.end() if said else 0
    sample = text[begins : begins + _SAMPLED_CHARACTERS]
    if len(text) - begins > _SAMPLED_CHARACTERS and "\n" in sample:
        sample = sample[: sample.rindex("\n") + 1]
    if said:
        return Separator(said["sign"], _width(sample, said["sign"])[1], begins)
    scores = {sign: _width(sample, sign) for sign in SEPARATORS if sign in sample}
    if not scores:
        return Separator(",", 1)
    if len(scores) > 1 and "," in scores:
        share, width = scores[","]
        scores[","] = (share * (0.99 if _in_the_cells(sample) else 1.01), width)
    best = max(scores, key=lambda sign: scores[sign])
    return Separator(best, scores[best][1]) if scores[best][1] > 1 else Separator(",", 1)


def decimal_commas(header: Sequence[str], cells: Sequence[Sequence[str]], sign: str) -> dict[str, str]:
    """The columns whose numbers have a decimal comma, and an example of each.

    A column counts where at least four of five cells are numbers, with no point in any. "1,234" alone may be a
    thousand: it counts under a name for latitude or longitude only. Between commas the cells must have been quoted,
    and "1,2" may be a list: there one cell needs two digits after the comma.
    """
    found: dict[str, str] = {}
    for place, name in enumerate(header):
        sample = [cell for row in islice(cells, 1_000) if (cell := row[place].strip())]
        with_comma = [cell for cell in sample if _DECIMAL.fullmatch(cell)]
        if not with_comma or sum(_COMMA_NUMBER.fullmatch(cell) is not None for cell in sample) < 0.8 * len(sample):
            continue
        degrees = any(meaning.role in ("lat", "lon") for meaning in meanings(name))
        if not degrees and all(_THOUSANDS.fullmatch(cell) for cell in with_comma):
            continue
        if sign == "," and not degrees and not any(_FINE.fullmatch(cell) for cell in with_comma):
            continue
        found[name] = with_comma[0]
    return found


def with_point(cell: str) -> str:
    """A number with a decimal comma written with a point; any other text as it is."""
    return cell.replace(",", ".") if _DECIMAL.fullmatch(cell) else cell


def _width(sample: str, sign: str) -> tuple[float, int]:
    """How well `sign` cuts the sample, and into how many cells."""
    rows = _sampled(sample, sign)
    widths = [len(row) for row in rows]
    several = Counter(width for width in widths if width > 1)
    if not several or several.total() * 2 < len(widths):
        return 0.0, 1
    width, count = max(several.items(), key=lambda item: (item[1], item[0]))
    names = rows[0][:_COMPARED_NAMES] if widths[0] == width else []
    known = sum(bool(meanings(name)) for name in names if len(name) < _LONGEST_NAME)
    header = 1.25 + 2 * known / width if names else 1.0
    return count / len(widths) * (1 - 1 / width) * header, width


def _sampled(sample: str, sign: str) -> list[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), len(sample)))
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=sign)
    rows: list[list[str]] = []
    try:
        for row in islice(reader, _SAMPLED_RECORDS):
            if any(row):
                rows.append(row)
    except csv.Error:  # the sample ends here for this sign
        pass
    return rows


def _in_the_cells(sample: str) -> bool:
    """Whether most commas stand where people write them: between digits, or before a blank."""
    return len(re.findall(r"[0-9],[0-9]|, ", sample)) > sample.count(",") / 2
