"""Where the rows of a large table say they happened: plain degrees all at once, other ways of writing cell by cell."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.fault_tally import Tally
from geo.import_moments import Bools, Floats
from geo.import_rows import Piece
from geo.made_places import FARTHEST_M
from geo.mapping import Mapping
from geo.positions import Written, read_positions

_PLAIN = r"^[+-]?[0-9]{1,3}(\.[0-9]{1,15})?$"
_METRES = r"^[0-9]+(\.[0-9]+)?\s*m?$"
_REMEMBERED = 100_000

_Read = tuple[float, float, Any]  # latitude, longitude, the fault if there is one


class Places:
    """Reads the positions and the names of places of piece after piece."""

    def __init__(self, mapping: Mapping, file: str, tally: Tally, *, decimal_comma: bool) -> None:
        self._mapping, self._file, self._tally, self._comma = mapping, file, tally, decimal_comma
        self._known: dict[tuple[str, str], _Read] = {}
        lat, lon, point = mapping.of("lat"), mapping.of("lon"), mapping.of("point")
        self._columns: tuple[str, ...] = (lat[0], lon[0]) if lat and lon else point[:1]

    def positions(self, piece: Piece) -> tuple[Floats, Floats, Bools]:
        """Latitude and longitude of each row, and whether it tells any; NaN where it does not, or where they cannot be
        read, which is a fault."""
        count = len(piece.numbers)
        if not self._columns:
            return np.full(count, np.nan), np.full(count, np.nan), np.zeros(count, dtype=bool)
        texts = [pc.utf8_trim_whitespace(piece.columns[name]) for name in self._columns]
        if len(texts) == 1:
            lat, lon = np.full(count, np.nan), np.full(count, np.nan)
        else:
            lat, lon = (_degrees(self._pointed(text)) for text in texts)
            sound = (np.abs(lat) <= 90) & (np.abs(lon) <= 180) & ((lat != 0) | (lon != 0))
            lat, lon = np.where(sound, lat, np.nan), np.where(sound, lon, np.nan)
        told = ~_empty(texts)
        left = np.isnan(lat) & told
        if left.any():
            self._carefully(piece, texts, np.flatnonzero(left), lat, lon)
        return lat, lon, told

    def names(self, piece: Piece) -> pa.Array:
        """What each row calls its place, from the narrowest to the widest of the columns; null where it does not."""
        columns = [_even(piece.columns[name]) for name in self._mapping.of("where")]
        if not columns:
            return pa.nulls(len(piece.numbers), pa.string())
        name, *wider = columns
        for wide in wider:
            told = pc.or_(pc.equal(wide, ""), _within(wide, name))
            joined = pc.if_else(pc.equal(name, ""), wide, pc.binary_join_element_wise(name, wide, ", "))
            name = pc.if_else(told, name, joined)
        return pc.if_else(pc.equal(name, ""), pa.scalar(None, pa.string()), name)

    def radii(self, piece: Piece) -> pa.Array:
        """Metres around each position, null where none are told."""
        columns = self._mapping.of("radius")
        if not columns:
            return pa.nulls(len(piece.numbers), pa.float64())
        text = pc.utf8_trim_whitespace(piece.columns[columns[0]])
        plain = pc.if_else(pc.match_substring_regex(text, _METRES), text, pa.scalar(None, pa.string()))
        metres = pc.utf8_trim_whitespace(pc.utf8_rtrim(plain, "m")).cast(pa.float64())
        return pc.if_else(pc.less_equal(metres, FARTHEST_M), metres, pa.scalar(None, pa.float64()))

    def _pointed(self, text: pa.Array) -> pa.Array:
        return pc.replace_substring(text, ",", ".", max_replacements=1) if self._comma else text

    def _carefully(self, piece: Piece, texts: list[pa.Array], places: Any, lat: Floats, lon: Floats) -> None:
        cells = [text.take(pa.array(places)).to_pylist() for text in texts]
        pairs = list(zip(cells[0], cells[1] if len(cells) > 1 else [""] * len(places), strict=True))
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            self._known.clear()
            new = list(dict.fromkeys(pairs))
        self._read_new(new)
        for place, pair in zip(places.tolist(), pairs, strict=True):
            lat[place], lon[place], fault = self._known[pair]
            if fault is not None:
                self._tally.add(fault._replace(row=int(piece.numbers[place])))

    def _read_new(self, pairs: list[tuple[str, str]]) -> None:
        numbers, names = list(range(len(pairs))), [""] * len(pairs)
        written = Written(self._file, numbers, names, pairs, self._columns, decimal_comma=self._comma)
        read = read_positions(written)
        faults = {fault.row: fault for fault in read.faults}
        for place, (pair, position) in enumerate(zip(pairs, read.cells, strict=True)):
            north, east = position if position is not None else (np.nan, np.nan)
            self._known[pair] = north, east, faults.get(place)


def _degrees(text: pa.Array) -> Floats:
    plain = pc.if_else(pc.match_substring_regex(text, _PLAIN), pc.utf8_ltrim(text, "+"), pa.scalar(None, pa.string()))
    return np.array(plain.cast(pa.float64()).to_numpy(zero_copy_only=False))


def _empty(texts: list[pa.Array]) -> Bools:
    lengths = [pc.binary_length(text).to_numpy(zero_copy_only=False) for text in texts]
    return np.asarray(sum(lengths) == 0)


def _even(text: pa.Array) -> pa.Array:
    """Blanks around a text taken off, and those inside made one."""
    encoded = text.dictionary_encode()  # names of places are met again and again
    evened = [" ".join(cell.split()) for cell in encoded.dictionary.to_pylist()]
    return pa.array(evened, pa.string()).take(encoded.indices)


def _within(wide: pa.Array, name: pa.Array) -> Any:
    """Whether the wider name stands in the narrower one already."""
    both = zip(wide.to_pylist(), name.to_pylist(), strict=True)
    return pa.array([one in other for one, other in both], pa.bool_())
