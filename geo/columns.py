"""What the cells of a column look like: dates, clock times, coordinates, names of people or places, or text."""

import re
from collections.abc import Sequence
from typing import NamedTuple

SAMPLED = 400

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|sep?tiembre"
    r"|octubre|noviembre|dic(?:iembre)?)\b\.?"
)
_CLOCK = r"[0-9]{1,2}(?::[0-9]{2}|h[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?"
_DATE = re.compile(
    r"-?[0-9]{4,6}-(?:[0-9]{1,2}(?:-[0-9]{1,2})?|w[0-9]{2}(?:-?[0-9])?|[0-9]{3})[?~%]?(?:[t ].*)?"  # 1995-10-03
    r"|[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})(?:[ ,t].*)?"  # 3/10/1995
    r"|[0-9]{4}[/.][0-9]{1,2}[/.][0-9]{1,2}(?:[ ,t].*)?"  # 1995/10/03
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:t?[0-9]{4,6}z?)?"  # 19951003
    rf"|(?:[a-z]{{3,9}}\.?,? )?[0-9]{{1,2}}(?:st|nd|rd|th|º)?[ -](?:de |of )?{_MONTH}(?:[ ,-].*)?"  # 3 Oct 1995
    rf"|(?:[a-z]{{3,9}}\.?,? )?{_MONTH} [0-9]{{1,4}}(?:[ ,].*)?"  # October 3, 1995
    rf"|(?:d|day |día |dia )-?[0-9]{{1,6}}(?:[t ,].*)?"  # D8 morning, Day 8
    r"|[0-9]{1,6} (?:bce?|a\.? ?c\.?)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_TIME = re.compile(rf"{_CLOCK}(?: ?[ap]\.?m\.?)?(?: ?h(?:rs)?)?|[0-9]{{1,2}} ?[ap]\.?m\.?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_FINE = re.compile(r"[+−-]?[0-9]{1,3}[.,][0-9]{2,}")
_ANGLE = re.compile(
    r"[nsewo]? ?[+−-]?[0-9]{1,3}(?:[.,][0-9]+)?(?:[°º ] ?(?:[0-9]{1,2}(?:[.,][0-9]+)?['’′ ]? ?"
    r"(?:[0-9]{1,2}(?:[.,][0-9]+)?[\"”″]?)?)?)? ?[nsewo]?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?:geo:|point ?)?[(\[]?\s*[nsew]? ?-?[0-9]{1,3}(?:\.[0-9]+|[°º][^,;a-z]*[nsew])[nsew]?\s*[,; /]\s*"
    r"[nsew]? ?-?[0-9]{1,3}(?:\.[0-9]+|[°º].*?)[nsew]?\s*[)\]]?(?:,.*)?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:street|st|avenue|ave|boulevard|blvd|road|rd|lane|drive|highway|hwy|freeway|square|bridge|park|station|hotel"
    r"|motel|airport|bank|hospital|church|school|university|café|cafe|restaurant|bar|harbou?r|port|pier|beach|house"
    r"|building|office|museum|library|market|mall|plaza|calle|avenida|avda|paseo|parque|estación|aeropuerto|banco"
    r"|iglesia|puerto|barrio|museo|mercado|city|county|north|south|east|west|river|lake|mount|island)\b",
    re.IGNORECASE,
)


class Looks(NamedTuple):
    """Shares from 0 to 1 of the filled cells of a column, and `filled`, the share of those. `length` is a mean.

    `repeated` is the share of cells whose text was met before; `fine` that of numbers with two decimals or more;
    `highest` is the greatest absolute number.
    """

    filled: float
    date: float
    year: float
    time: float
    number: float
    fine: float
    angle: float
    pair: float
    highest: float
    name: float
    place: float
    length: float
    words: float
    repeated: float


def looks(cells: Sequence[str]) -> Looks:
    """What a column looks like, from a few hundred of its cells, evenly taken."""
    step = max(1, len(cells) // SAMPLED)
    sample = [cell.strip()[:200] for cell in cells[::step]]
    filled = [cell for cell in sample if cell]
    if not filled:
        return Looks(*([0.0] * 14))
    numbers = [abs(float(cell.replace(",", "."))) for cell in filled if _NUMBER.fullmatch(cell)]
    count = len(filled)

    def share(pattern: re.Pattern[str]) -> float:
        return sum(pattern.fullmatch(cell) is not None for cell in filled) / count

    return Looks(
        filled=count / len(sample),
        date=share(_DATE),
        year=share(_YEAR),
        time=share(_TIME),
        number=len(numbers) / count,
        fine=share(_FINE),
        angle=share(_ANGLE),
        pair=share(_PAIR),
        highest=max(numbers, default=0.0),
        name=sum(map(_is_name, filled)) / count,
        place=sum(_PLACE.search(cell) is not None for cell in filled) / count,
        length=sum(map(len, filled)) / count,
        words=sum(len(cell.split()) for cell in filled) / count,
        repeated=1 - len(set(filled)) / count,
    )


def _is_name(cell: str) -> bool:
    """Whether a cell looks like what somebody or something is called: a few words, most with capitals, no digits."""
    words = [word for word in re.split(r"[\s;,|&/]+", cell) if word]
    if not words or len(words) > 8 or len(cell) > 60 or any(c.isdigit() for c in cell):
        return False
    capitals = sum(word[0].isalpha() and not word[0].islower() for word in words)
    return capitals >= len(words) / 2 and words[0][0].isalpha() and not words[0][0].islower()
