"""Whether the dates of a column begin with the day or with the month: 13/04 and 04/13 say it, 03/04 does not."""

from collections.abc import Iterable
from typing import NamedTuple

from geo.date_words import Numbers


class Order(NamedTuple):
    """`day_first` is None where the column does not say. The two examples are the cells that say it, or empty."""

    day_first: bool | None
    day_shown_by: str = ""
    month_shown_by: str = ""

    @property
    def contradictory(self) -> bool:
        """Whether some cells can only begin with the day and others only with the month."""
        return bool(self.day_shown_by and self.month_shown_by)


def order(cells: Iterable[tuple[str, Numbers]], chosen: bool | None = None) -> Order:
    """What the cells (as written, as read) say together. `chosen` is the author's word, and settles it."""
    shown: dict[bool, str] = {}
    for text, numbers in cells:
        alone = alone_day_first(numbers)
        if alone is not None:
            shown.setdefault(alone, text)
    by_day, by_month = shown.get(True, ""), shown.get(False, "")
    if chosen is not None or bool(by_day) == bool(by_month):
        return Order(chosen, by_day, by_month)
    return Order(bool(by_day), by_day, by_month)


def alone_day_first(numbers: Numbers) -> bool | None:
    """What one date says by itself: a number over 12 is a day. None where both are months, or neither is."""
    if (numbers.first > 12) == (numbers.second > 12):
        return None
    return numbers.first > 12
