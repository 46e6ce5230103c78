"""The events of a large story from the rows of a table, a piece at a time, in the columns of the events' file."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import Fault, clipped
from geo.events_file import NAMES, SCHEMA
from geo.fault_tally import Tally
from geo.import_people import People
from geo.import_positions import Places
from geo.import_rows import Piece
from geo.import_times import Times
from geo.keys import LONGEST_TYPED
from geo.making import LONGEST_TITLE
from geo.mapping import Mapping

READ = pa.schema([*SCHEMA, (NAMES, pa.string()), ("row", pa.int64())])
ROW_KEY = "row-"

ID_REMEDY = "give every row an id of its own; the row is kept under a key made from its number"


class Reader:
    """Makes events of piece after piece; `untimed` and `unplaced` count those without a time or a position."""

    def __init__(self, mapping: Mapping, times: Times, places: Places, people: People, file: str, tally: Tally) -> None:
        self.untimed = 0
        self._mapping, self._file, self._tally = mapping, file, tally
        self._times, self._places, self._people = times, places, people

    def events(self, piece: Piece) -> pa.Table:
        """The events of the rows, one each, whatever is wrong with them."""
        at, until = self._times.read(piece)
        lat, lon, told = self._places.positions(piece)
        place = self._places.names(piece)
        present = self._people.read(piece)
        title, summary = self._texts(piece, present.title, place)
        self.untimed += int(np.isnan(at).sum())
        if self._mapping.of("where") or self._mapping.of("lat") or self._mapping.of("point"):
            self._nowhere(piece, ~told, place)
        columns = {
            "id": self._ids(piece),
            "title": title,
            "at": _seconds(at),
            "until": _seconds(until),
            "lat": _seconds(lat),
            "lon": _seconds(lon),
            "radius_m": self._places.radii(piece),
            "place": place,
            "people": present.ids,
            "group": present.groups,
            "summary": summary,
            "source": _filled(self._text(piece, "source")),
            NAMES: present.names,
            "row": pa.array(piece.numbers),
        }
        return pa.table([columns[field.name] for field in READ], schema=READ)

    def _ids(self, piece: Piece) -> pa.Array:
        made = pc.binary_join_element_wise(ROW_KEY, pa.array(piece.numbers).cast(pa.string()), "")
        if not self._mapping.of("id"):
            return made
        typed = pc.utf8_trim_whitespace(piece.columns[self._mapping.of("id")[0]])
        lengths = pc.utf8_length(typed).to_numpy(zero_copy_only=False)
        wrong = (
            ("is empty", lengths == 0),
            (f"has more than {LONGEST_TYPED} characters", lengths > LONGEST_TYPED),
            ("has a ';' in it", pc.match_substring(typed, ";").to_numpy(zero_copy_only=False)),
        )
        for what, mask in wrong:
            if mask.any():
                self._flag(piece, mask, self._mapping.of("id")[0], typed, what, ID_REMEDY)
        return pc.if_else(pa.array(wrong[0][1] | wrong[1][1] | wrong[2][1]), made, typed)

    def _texts(self, piece: Piece, names: pa.Array, place: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Title and summary: what happened, else the beginning of what is told of it, else who was where."""
        what, more = self._text(piece, "what"), self._text(piece, "summary")
        long = pc.greater(pc.utf8_length(what), LONGEST_TITLE)
        told = pc.if_else(pc.and_(long, pc.equal(more, "")), what, more)
        title = pc.if_else(pc.equal(what, ""), more, what)
        bare = pc.equal(title, "")
        if pc.any(bare).as_py():
            rows = pc.binary_join_element_wise("Row ", pa.array(piece.numbers).cast(pa.string()), "")
            both = _both(names, pc.fill_null(place, ""), " · ")
            title = pc.if_else(bare, pc.if_else(pc.equal(both, ""), rows, both), title)
        remote = self._people.remote(piece)
        if remote is not None:
            involved = pc.binary_join_element_wise("From elsewhere: ", remote, "")
            told = _both(told, pc.if_else(pc.equal(remote, ""), "", involved), "\n")
        return _clipped(title), _filled(told)

    def _text(self, piece: Piece, role: str) -> pa.Array:
        columns = self._mapping.of(role)
        if not columns:
            return pa.nulls(len(piece.numbers), pa.string()).fill_null("")
        return pc.utf8_trim_whitespace(piece.columns[columns[0]])

    def _nowhere(self, piece: Piece, untold: Any, place: pa.Array) -> None:
        nowhere = untold & place.is_null().to_numpy(zero_copy_only=False)
        if nowhere.any():
            what = "says nowhere where it happened: it has neither a place nor coordinates"
            remedy = "give the row a place, or leave it so: it is listed, and is not on the map"
            self._flag(piece, nowhere, None, None, what, remedy)

    def _flag(
        self, piece: Piece, mask: Any, column: str | None, values: pa.Array | None, what: str, remedy: str
    ) -> None:
        places = np.flatnonzero(mask)
        shown = [""] * len(places) if values is None else values.take(pa.array(places[:200])).to_pylist()
        self._tally.add_rows(
            Fault(self._file, None, column, "", what, remedy), piece.numbers[places], map(clipped, shown)
        )


def _both(one: pa.Array, other: pa.Array, sign: str) -> pa.Array:
    """Both texts with a sign between them, or the one that is there."""
    joined = pc.binary_join_element_wise(one, other, sign)
    return pc.if_else(pc.equal(one, ""), other, pc.if_else(pc.equal(other, ""), one, joined))


def _seconds(values: Any) -> pa.Array:
    return pa.array(values, pa.float64(), from_pandas=True)


def _filled(text: pa.Array) -> pa.Array:
    """The texts, null where one is empty."""
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)


def _clipped(title: pa.Array) -> pa.Array:
    """Titles on one line and not too long."""
    odd = pc.or_(pc.greater(pc.utf8_length(title), LONGEST_TITLE), pc.match_substring(title, "\n"))
    if not pc.any(odd).as_py():
        return title
    long = title.filter(odd).to_pylist()
    short = [text if len(text) <= LONGEST_TITLE else clipped(text, LONGEST_TITLE) for text in long]
    return pc.replace_with_mask(title, odd, pa.array(short, pa.string()))
