"""The file of events: what is written is read back, and what engines search by is worked out."""

import unicodedata

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.events_file import CSV, ROWS_A_GROUP, SCHEMA, WORKED_OUT, EventsFile
from geo.join import folded
from geo.quads import quad


def table(**columns):
    count = len(next(iter(columns.values())))
    given = {"id": [f"e{row}" for row in range(count)], "title": ["met"] * count, **columns}
    return pa.table(
        {name: pa.array(cells, SCHEMA.field(name).type) for name, cells in given.items() if name in SCHEMA.names}
    )


def written(folder, *tables, **options):
    with EventsFile(folder, **options) as file:
        for one in tables:
            file.add(one)
    return file.source, pq.read_table(folder / "events.parquet")


def test_a_column_that_is_missing_is_empty(tmp_path):
    _, read = written(tmp_path, table(at=[1.0], lat=[34.0], lon=[-118.0]))
    assert read.schema.names == [*SCHEMA.names, *WORKED_OUT.names]
    assert read["place"].null_count == 1


def test_what_the_file_holds_is_known(tmp_path):
    source, _ = written(
        tmp_path,
        table(at=[5.0, 1.0], until=[None, 9.0], lat=[34.0, None], lon=[-118.0, None]),
        table(at=[None, 7.0], until=[None, None], lat=[35.0, 36.0], lon=[-119.0, -117.0]),
    )
    assert (source.count, source.first, source.last) == (4, 1.0, 9.0)
    assert source.bounds == (-119.0, 34.0, -117.0, 36.0)


def test_an_empty_file_has_no_extremes(tmp_path):
    source, read = written(tmp_path)
    assert (source.count, source.first, source.last, source.bounds, len(read)) == (0, None, None, None, 0)


def test_row_groups_are_full_but_for_the_last(tmp_path):
    written(tmp_path, *[table(at=[1.0] * 50_000, lat=[None] * 50_000, lon=[None] * 50_000)] * 5)
    meta = pq.read_metadata(tmp_path / "events.parquet")
    assert [meta.row_group(at).num_rows for at in range(meta.num_row_groups)] == [ROWS_A_GROUP, ROWS_A_GROUP, 4_240]


def test_the_cell_of_a_position_is_that_of_quads(tmp_path):
    _, read = written(tmp_path, table(at=[1.0, 1.0], lat=[34.05, None], lon=[-118.25, None]))
    assert (read["qx"].to_pylist(), read["qy"].to_pylist()) == tuple([cell, None] for cell in quad(34.05, -118.25))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cn"]), max_size=12), min_size=1, max_size=5))
@pytest.mark.filterwarnings("ignore")
def test_the_text_to_search_is_folded_as_any_search_folds(tmp_path_factory, texts):
    folder = tmp_path_factory.mktemp("file")
    _, read = written(
        folder,
        table(title=texts, place=["Café"] * len(texts), at=[0.0] * len(texts))
        .append_column("names", pa.array(["Zoë"] * len(texts)))
        .append_column("lat", pa.nulls(len(texts), pa.float64()))
        .append_column("lon", pa.nulls(len(texts), pa.float64())),
    )
    assert read["folded"].to_pylist() == [folded(f"{text}\n\nCafé\nZoë") for text in texts]


def test_as_csv_times_are_dates(tmp_path):
    with EventsFile(tmp_path, CSV) as file:
        file.add(table(at=[0.0, None], lat=[34.0, 34.0], lon=[-118.0, -118.0]))
    read = pd.read_csv(tmp_path / "events.csv")
    assert read["at"].fillna("").tolist() == ["1970-01-01T00:00:00", ""]
    assert list(read.columns) == SCHEMA.names


def test_every_letter_is_folded_as_any_search_folds_it(tmp_path):
    letters = [sign for sign in map(chr, range(0x10000)) if unicodedata.category(sign) not in ("Cs", "Cn")]
    with EventsFile(tmp_path) as file:
        file.add(table(title=letters, at=[0.0] * len(letters), lat=[None] * len(letters), lon=[None] * len(letters)))
    read = pq.read_table(tmp_path / "events.parquet")["folded"].to_pylist()
    assert [text[:-3] for text in read] == [folded(letter) for letter in letters]
