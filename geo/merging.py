"""Two rows of people.csv or places.csv that are one: written as one, wherever a story names them."""

from collections.abc import Mapping

import pandas as pd

from geo.editing import table_frame, with_table
from geo.merges import Merge
from geo.tables import EVENTS, PEOPLE, PLACES, ids

NAMED_IN = {"person": ("people", "remote", "ends"), "place": ("place",)}


def merged_files(files: Mapping[str, bytes], merge: Merge) -> dict[str, bytes]:
    """The files of the story after `merge.other` has become `merge.keep`: events name the one that is kept, and the
    other's name is one of its aliases. Cells that the one has empty are filled from the other. Names that the table
    does not have change nothing."""
    spec = PEOPLE if merge.kind == "person" else PLACES
    table = table_frame(files, spec)
    keep, other = (table.index[table["name"] == name] for name in (merge.keep, merge.other))
    if not len(keep) or not len(other) or keep[0] == other[0]:
        return dict(files)
    stays, goes = table.loc[keep[0]], table.loc[other[0]]
    aliases = dict.fromkeys([*ids(stays["aliases"]), merge.other, *ids(goes["aliases"])])
    table.loc[keep[0]] = [cell or goes[name] for name, cell in stays.items()]
    table.loc[keep[0], "aliases"] = ";".join(name for name in aliases if name != merge.keep)
    events = table_frame(files, EVENTS)
    for column in NAMED_IN[merge.kind]:
        events[column] = _renamed(events[column], goes["id"], stays["id"])
    return with_table(with_table(files, spec, table.drop(index=other[0])), EVENTS, events)


def _renamed(cells: "pd.Series[str]", old: str, new: str) -> list[str]:
    return [
        ";".join(dict.fromkeys(new if name == old else name for name in ids(cell))) if old in ids(cell) else cell
        for cell in cells
    ]
