"""What is said of a column of dates that was read: the order, the forms, and everything that had to be understood."""

from collections import Counter
from collections.abc import Mapping

from geo.date_order import Order, alone_day_first
from geo.date_values import Numbered, Written
from geo.errors import clipped

_SAID = {
    "short": "In {count} the year has two digits ({example}): 69 to 99 is 1969 to 1999, 00 to 68 is 2000 to 2068.",
    "24:00": "24:00 is read as 00:00 of the next day, in {count} ({example}).",
    ":60": "A second 60 is read as the first second of the next minute, in {count} ({example}).",
    "fraction": "Fractions of a second give the order and are not shown, in {count} ({example}).",
    "twice": "In {count} the time happens twice, when clocks are put back ({example}): the first is taken.",
}
_OURS = {"1995", "1995-10-03", "EDTF", "D8"}  # forms that the clock reads itself


def notices(
    read: Mapping[str, Written], numbered: Mapping[str, Numbered], counts: Counter[str], order: Order
) -> list[str]:
    """Sentences on a column: `read` are the texts that became dates, `numbered` those that needed an order."""
    return [
        *_of_order(numbered, counts, order),
        *_of_forms(read),
        *_of_zones(read, counts),
        *_of_said(read, counts),
    ]


def _of_order(numbered: Mapping[str, Numbered], counts: Counter[str], order: Order) -> list[str]:
    if order.contradictory:
        return [
            f"'{clipped(order.day_shown_by, 40)}' begins with the day and '{clipped(order.month_shown_by, 40)}' "
            "with the month: the column has both orders."
        ]
    open_texts = [text for text, cell in numbered.items() if alone_day_first(cell.numbers) is None]
    if not open_texts or order.day_first is None:
        return []
    count, example = _cells(sum(counts[text] for text in open_texts)), _example(open_texts)
    by_day, by_month = clipped(order.day_shown_by, 40), clipped(order.month_shown_by, 40)
    if order.day_first and by_day:
        return [f"'{by_day}' shows that the day comes first: so in {count} like {example}."]
    if by_month and not order.day_first:
        return [f"'{by_month}' shows that the month comes first: so in {count} like {example}."]
    if by_month:
        return [f"The day is taken to come first in {count} like {example}, though '{by_month}' begins with the month."]
    if by_day:
        return [f"The month is taken to come first in {count} like {example}, though '{by_day}' begins with the day."]
    return []


def _of_forms(read: Mapping[str, Written]) -> list[str]:
    if serial := next((text for text, cell in read.items() if cell.form == "34975"), None):
        return [f"The dates are numbers, read as Excel's days since 1900: {serial} is {read[serial].text}."]
    forms: dict[str, str] = {}
    for text, cell in read.items():
        forms.setdefault("ours" if cell.form in _OURS else cell.form, text)
    if len(forms) < 2:
        return []
    shown = ", ".join(f"'{clipped(text, 40)}'" for text in list(forms.values())[:5])
    return [f"The dates are written in {len(forms)} ways ({shown}); all of them are read."]


def _of_zones(read: Mapping[str, Written], counts: Counter[str]) -> list[str]:
    zones: Counter[str] = Counter()
    for text, cell in read.items():
        if cell.zone:
            zones[cell.zone] += counts[text]
    if not zones:
        return []
    named = ", ".join(clipped(zone, 30) for zone, _ in zones.most_common(5)) + (" ..." if len(zones) > 5 else "")
    said = [
        f"In {_cells(zones.total())} an offset or a zone is named ({named}): "
        "local time is kept as it is written, and rows are put in order as instants."
    ]
    without = [text for text, cell in read.items() if cell.timed and not cell.zone]
    if without:
        count = _cells(sum(counts[text] for text in without))
        said.append(f"In {count} none stands beside the clock time ({_example(without)}): it is not taken as UTC.")
    return said


def _of_said(read: Mapping[str, Written], counts: Counter[str]) -> list[str]:
    texts: dict[str, list[str]] = {}
    for text, cell in read.items():
        for code in cell.said:
            texts.setdefault(code, []).append(text)
    return [
        sentence.format(count=_cells(sum(counts[text] for text in texts[code])), example=_example(texts[code]))
        for code, sentence in _SAID.items()
        if code in texts
    ]


def _cells(count: int) -> str:
    return "one cell" if count == 1 else f"{count:,} cells"


def _example(texts: list[str]) -> str:
    return f"'{clipped(texts[0], 40)}'"
