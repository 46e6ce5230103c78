"""What the rows of events.csv refer to: the people, places and other events that there are, and those that are not."""

from collections.abc import Callable, Iterable

import pandas as pd

from geo.errors import Fault
from geo.tables import ids, suggestion


def referenced(events: pd.DataFrame, people: pd.DataFrame, places: pd.DataFrame, faults: list[Fault]) -> pd.DataFrame:
    """`events` with references to what is known alone; what is not known is a fault and left out of the cell."""
    rows = [int(row) for row in events["row"]]
    everyone, everywhere = people["id"].tolist(), places["id"].tolist()
    check_place = _reference("place", "places.csv", everywhere, faults)
    checks = {name: _reference(name, "people.csv", everyone, faults) for name in ("people", "remote", "ends")}
    checks["after"] = _reference("after", "events.csv", events["id"].tolist(), faults)
    place = [check_place(row, [cell] if cell else []) for row, cell in zip(rows, events["place"], strict=True)]
    columns = {
        name: [check(row, ids(cell)) for row, cell in zip(rows, events[name], strict=True)]
        for name, check in checks.items()
    }
    return events.assign(
        place=pd.Series([known[0] if known else "" for known in place], index=events.index, dtype="str"),
        **{name: pd.Series(cells, index=events.index, dtype=object) for name, cells in columns.items()},
    )


def _reference(
    column: str, file: str, known: list[str], faults: list[Fault]
) -> Callable[[int, Iterable[str]], tuple[str, ...]]:
    """A check of the ids of one row: those that are known, and a fault for each that is not."""
    lookup = set(known)

    def check(row: int, cell: Iterable[str]) -> tuple[str, ...]:
        for name in cell:
            if name not in lookup:
                remedy = suggestion(name, known)
                faults.append(Fault("events.csv", row, column, name, f"is not in {file}", remedy))
        return tuple(name for name in cell if name in lookup)

    return check
