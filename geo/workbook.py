"""An Excel workbook: the sheet that holds the events, or the story that three of its sheets tell."""

import unicodedata
import warnings
import zipfile
from typing import Any, NamedTuple

from openpyxl import load_workbook

from geo.clock import Kind
from geo.csv_text import protected, written
from geo.errors import Fault, StoryError, clipped
from geo.meta import FILE, Meta, meta_text
from geo.raw import LIMITS, Limits, Raw, shown_name
from geo.sheet import KIND, sheet_table
from geo.sheet_marks import Marks, marks, values_only
from geo.story import Files
from geo.tables import EVENTS, PEOPLE, PLACES, Spec
from geo.workbook_parts import MOST_BYTES, packed, sound_parts
from geo.zipped import opened

# What a sheet of events is called, in plain lower case.
SHEETS = (
    *("events", "event", "story", "timeline", "chronology", "incidents", "log"),
    *("eventos", "hechos", "sucesos", "cronologia", "linea de tiempo", "historia", "incidentes"),
)
_INDEX = "xl/workbook.xml"
_MOST_TOLD = 3
# What openpyxl raises for a workbook that is not as it should be.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError),
    *(SyntaxError, TypeError, ValueError, zipfile.BadZipFile),
)


class _Sheet(NamedTuple):
    """One sheet: its name, whether it is shown, the sheet as openpyxl has it, and what its XML says."""

    name: str
    shown: bool
    sheet: Any
    marks: Marks


def read_workbook(content: bytes, file: str, limits: Limits = LIMITS) -> Raw:
    """The table of events in a workbook: of the sheet that is called so, or else of the first with a header and rows.

    Row numbers are those of the sheet. A notice says which sheet was read, where there are several. Values are those
    that formulas had when the workbook was saved; nothing is worked out, and no other file is asked. Never raises for
    what the file holds.
    """
    name = shown_name(file)
    try:
        sheets = _sheets(content, name, limits)
        refusals = []
        for sheet in sorted(sheets, key=_rank):
            raw = _table(sheet, name, limits)
            if raw.readable:
                return raw.noting(*_chosen(sheet, sheets))
            refusals.append(raw)
    except StoryError as refused:
        return Raw(name, KIND, faults=refused.faults)
    if refusals:
        return refusals[0]
    return Raw(name, KIND, faults=(Fault(name, None, None, "", "there is nothing in the workbook", "fill a sheet in"),))


def workbook_files(content: bytes, file: str = "the workbook", limits: Limits = LIMITS) -> Files | None:
    """The files of the story that a workbook tells in sheets called events, places and people with our columns.

    None for anything else. It needs the events and one of the others. The clock is of days, but for starts that begin
    with a digit: they are dates. Rows stand in the order in which things happened. An error of the spreadsheet stays
    in its cell as text, so that it is seen; what was assumed stands among the assumptions of story.toml.
    """
    apart = limits._replace(characters=limits.unpacked)  # long texts are cut, with a fault, when the story is read
    try:
        if not _may_tell(content, limits):
            return None
        sheets = {_plain(sheet.name): sheet for sheet in _sheets(content, shown_name(file), limits)}
        if EVENTS.name not in sheets or not {PLACES.name, PEOPLE.name} & sheets.keys():
            return None
        tables = {
            spec.name: _table(sheets[spec.name], f"{spec.name}.csv", apart, keep_errors=True)
            for spec in (EVENTS, PLACES, PEOPLE)
            if spec.name in sheets
        }
    except StoryError:
        return None
    known = [spec for spec in (EVENTS, PLACES, PEOPLE) if spec.name in tables and _has(tables[spec.name], spec)]
    if EVENTS not in known or len(known) < 2 or any(tables[spec.name].faults for spec in known):
        return None
    events = tables[EVENTS.name]
    starts = next((events.column(name) for name in events.header if name.casefold() == "start"), [])
    clock: Kind = "calendar" if any(start[:1].isdigit() for start in starts) else "days"
    assumed = tuple(f"In the sheet '{spec.name}': {notice}" for spec in known for notice in tables[spec.name].notices)
    files = {FILE: meta_text(Meta(title="Untitled", clock_kind=clock, assumptions=assumed)).encode()}
    return files | {f"{spec.name}.csv": _csv(tables[spec.name]) for spec in known}


def _may_tell(content: bytes, limits: Limits) -> bool:
    """Whether a sheet may be called events; most workbooks are no story, and need not be unpacked to know that."""
    held = opened(content, "", limits)
    return _INDEX in held.entries and EVENTS.name.encode() in held.unpacked(_INDEX, MOST_BYTES).lower()


def _sheets(content: bytes, file: str, limits: Limits) -> list[_Sheet]:
    """Every sheet of a workbook that holds anything. Raises StoryError."""
    parts = sound_parts(content, file, limits)
    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(
                packed({path: values_only(part) for path, part in parts.items()}),
                read_only=True,
                data_only=True,
                keep_links=False,
            )
            found = [
                _Sheet(sheet.title, sheet.sheet_state == "visible", sheet, marks(parts[sheet._worksheet_path]))
                for sheet in book.worksheets
            ]
    except _DAMAGE as cause:
        raise _damaged(file) from cause
    if any(sheet.marks.broken for sheet in found):
        raise _damaged(file)
    return [sheet for sheet in found if sheet.marks.rows]


def _table(sheet: _Sheet, file: str, limits: Limits, *, keep_errors: bool = False) -> Raw:
    try:
        with warnings.catch_warnings(action="ignore"):
            return sheet_table(sheet.sheet, sheet.marks, file, limits, keep_errors=keep_errors)
    except _DAMAGE as cause:
        raise _damaged(file) from cause


def _damaged(file: str) -> StoryError:
    remedy = "open it in a spreadsheet program and save it as a new workbook (.xlsx)"
    fault = Fault(file, None, None, "", "this Excel workbook is damaged or incomplete", remedy)
    return StoryError(str(fault), [fault])


def _rank(sheet: _Sheet) -> tuple[bool, bool]:
    return not sheet.shown, _plain(sheet.name) not in SHEETS


def _chosen(sheet: _Sheet, sheets: list[_Sheet]) -> list[str]:
    others = [f"'{clipped(other.name, 40)}'" for other in sheets if other is not sheet]
    hidden = "" if sheet.shown else " It is hidden in the workbook."
    if not others:
        return [f"The sheet '{clipped(sheet.name, 40)}' was read.{hidden}"] if hidden else []
    more = f" and {len(others) - _MOST_TOLD} more" if len(others) > _MOST_TOLD else ""
    left = f"left aside: {', '.join(others[:_MOST_TOLD])}{more}"
    return [f"The sheet '{clipped(sheet.name, 40)}' was read; {left}.{hidden}"]


def _plain(name: str) -> str:
    """The name of a sheet in lower case, without accents and without marks between its words."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("_", " ").replace("-", " "))
    return " ".join("".join(sign for sign in letters if not unicodedata.combining(sign)).split())


def _has(raw: Raw, spec: Spec) -> bool:
    names = {name.casefold() for name in raw.header}
    return raw.readable and all(column.name in names for column in spec.columns if column.required)


def _csv(raw: Raw) -> bytes:
    """The table as a file of a story, with empty lines where they keep the row numbers those of the sheet."""
    rows: list[list[str]] = []
    for number, cells in zip(raw.numbers, raw.cells, strict=True):
        rows += [[]] * (number - 2 - len(rows))
        rows.append([protected(cell) for cell in cells])
    return written([protected(name) for name in raw.header], rows).encode()
