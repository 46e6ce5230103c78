"""Events as CSV for spreadsheets and data frames."""

from typing import Any

from geo.csv_text import written
from geo.exported import exported_events
from geo.join import Mask
from geo.story import Story
from geo.tables import cell_text


def csv(story: Story, mask: Mask | None = None) -> str:
    """The events as CSV: the columns of events.csv, then time (words), the window it lies in, and the place.

    No cell is one that a spreadsheet would run: such texts get an apostrophe, which `read_table` takes off again.
    Numbers are left as they are. Decide on the encoding when writing; spreadsheets like `utf-8-sig`.
    """
    frame = exported_events(story, mask)
    columns = [[_one_cell(value) for value in frame[name]] for name in frame.columns]
    header = [_one_cell(str(name)) for name in frame.columns]
    return written(header, [list(cells) for cells in zip(*columns, strict=True)])


def _one_cell(value: Any) -> str:
    """A bare carriage return, which the writer leaves unquoted, would end the row."""
    return cell_text(value).replace("\r\n", "\n").replace("\r", "\n")
