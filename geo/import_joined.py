"""The events' file of an import once more: with the positions of their toponyms, and an id of its own for each."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geo.errors import Fault, clipped
from geo.events_file import PARQUET, EventsFile
from geo.fault_tally import Tally
from geo.import_events import ID_REMEDY, ROW_KEY
from geo.import_toponyms import Found

_ROWS = 65_536  # held at once


class Joiner:
    """Joins what was found out to the events. `where` and `id` are what the columns are called in the file."""

    def __init__(self, file: str, where: str, id: str, tally: Tally) -> None:
        self._file, self._where, self._id, self._tally = file, where, id, tally

    def joined(
        self,
        folder: Path,
        places: Mapping[str, Found],
        several: list[str],
        repeated: pa.Array,
        progress: Callable[[int], None],
    ) -> EventsFile:
        """Writes the events' file in `folder` anew, and says what is in it. Events without coordinates have those of
        their toponym in `places`; of the toponyms in `several` they are to be mended, and so are `repeated` ids."""
        before = folder / "before.parquet"
        (folder / PARQUET).rename(before)
        names, there = pa.array(list(places), pa.string()), list(places.values())
        open_names = pa.array(several, pa.string())
        with pq.ParquetFile(before) as read, EventsFile(folder, numbered=True) as file:
            for batch in read.iter_batches(batch_size=_ROWS):
                placed = self._with_places(pa.table(batch), names, there, open_names)
                file.add(self._with_ids(placed, repeated))
                progress(file.count)
        before.unlink()
        return file

    def _with_places(self, table: pa.Table, names: pa.Array, places: list[Found], several: pa.Array) -> pa.Table:
        without = pc.is_null(table["lat"])
        if len(names):
            index = pc.index_in(table["place"], names)
            index = pc.if_else(without, index, pa.scalar(None, pa.int32()))
            for column, values in zip(("lat", "lon", "radius_m"), zip(*places, strict=True), strict=True):
                found_there = pa.array(values, pa.float64(), from_pandas=True).take(index.combine_chunks())
                table = _replaced(table, column, pc.coalesce(table[column], found_there))
        if len(several):
            mask = pc.and_(without, pc.is_in(table["place"], several)).combine_chunks()
            what = "stands for several positions in this file, and the row has no coordinates"
            remedy = "give the row its coordinates, or the places different names"
            self._flag(table, mask, "place", Fault(self._file, None, self._where, "", what, remedy))
        return table

    def _with_ids(self, table: pa.Table, repeated: pa.Array) -> pa.Table:
        if not len(repeated):
            return table
        mask = pc.is_in(table["id"], repeated).combine_chunks()
        self._flag(table, mask, "id", Fault(self._file, None, self._id, "", "is the id of other rows, too", ID_REMEDY))
        made = pc.binary_join_element_wise(ROW_KEY, table["row"].cast(pa.string()), "")
        return _replaced(table, "id", pc.if_else(mask, made, table["id"]))

    def _flag(self, table: pa.Table, mask: pa.Array, column: str, fault: Fault) -> None:
        rows = table["row"].filter(mask).to_numpy()
        if len(rows):
            self._tally.add_rows(fault, rows, map(clipped, table[column].filter(mask).slice(0, 200).to_pylist()))


def unplaced(events: Path) -> int:
    """How many events have no position."""
    count = 0
    with pq.ParquetFile(events) as file:
        for batch in file.iter_batches(columns=["lat"], batch_size=1_000_000):
            count += batch.column(0).null_count
    return count


def _replaced(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), table.schema.field(name), column)
