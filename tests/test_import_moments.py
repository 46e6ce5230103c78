"""Dates that are read a column at a time say what they say when they are read one by one."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.clock import parse_at, parse_instant
from geo.dates import read_dates
from geo.import_moments import moments


def one(text, day_first=None):
    return float(moments(pa.array([text]), day_first).at[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1995-10-03T11:30", "1995-10-03T11:30"),
        ("1995-10-03 11:30:20", "1995-10-03T11:30:20"),
        (" 1995-10-03 ", "1995-10-03T00:00"),
        ("1995/10/03 11:30", "1995-10-03T11:30"),
        ("1995-10-03T11:30:20.123456", "1995-10-03T11:30:20"),
        ("13/04/2021 07:05", "2021-04-13T07:05"),
        ("04/13/2021 07:05:00 PM", "2021-04-13T19:05"),
        ("04/13/2021 12:05 am", "2021-04-13T00:05"),
        ("13.04.2021", "2021-04-13T00:00"),
        ("4/13/2021 7:05 PM", "2021-04-13T19:05"),
        ("2000-02-29", "2000-02-29T00:00"),
        ("0001-01-01", "0001-01-01T00:00"),
    ],
)
def test_what_programs_write_is_read(text, said):
    assert one(text) == parse_at(said, "calendar")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "1995-13-01",
        "1900-02-29",
        "1995-02-30",
        "31/31/2021",
        "1995-10-03T25:00",
        "1995-10-03T11:60",
        "0000-01-01",
        "1995-10-03X11:30",
        "199510-03",
        "3 Oct 1995",
        "12345",
        "13/04/2021 13:05 PM",
        "13/04.2021",
        "１９９５-10-03",
    ],
)
def test_what_is_not_beyond_doubt_is_left(text):
    assert np.isnan(one(text))


def test_the_order_of_day_and_month_is_that_of_the_column():
    assert one("03/04/2021", True) == parse_at("2021-04-03T00:00", "calendar")
    assert one("03/04/2021", False) == parse_at("2021-03-04T00:00", "calendar")
    assert np.isnan(one("03/04/2021"))
    assert one("04/04/2021") == parse_at("2021-04-04T00:00", "calendar")


def test_a_date_in_the_other_order_is_read_and_told():
    found = moments(pa.array(["25/12/2021", "12/25/2021", "5/25/2021 1:00 PM"]), True)
    assert found.other_order.tolist() == [False, True, True]
    assert not np.isnan(found.at).any()


def test_an_offset_is_kept_beside_the_local_time():
    found = moments(pa.array(["2021-04-03T10:00:00+02:00", "2021-04-03T10:00:00Z", "2021-04-03T10:00-0330"]), None)
    assert set(found.at) == {parse_at("2021-04-03T10:00", "calendar")}
    assert found.offset.tolist() == [7_200, 0, -12_600]


def test_a_column_may_be_written_in_several_ways():
    texts = ["2021-04-03", "", "2021-04-03T10:00", "13/04/2021", "2021-04-03 10:00:00", "4/3/2021 7:05 AM"]
    found = moments(pa.array(texts), False)
    assert np.isnan(found.at).tolist() == [False, True, False, False, False, False]
    assert found.days.tolist() == [True, False, False, True, False, False]


def test_a_slice_of_a_column_is_read_as_the_slice():
    texts = pa.array(["x", "1995-10-03T11:30", "1995-10-04T11:30", "y"])
    assert (np.diff(moments(texts.slice(1, 2), None).at) == 86_400).all()


dates = st.dates().map(lambda day: day.isoformat())
local = st.dates().map(lambda day: f"{day:%d/%m/}{day.year:04d}") | st.dates().map(
    lambda day: f"{day:%m/%d/}{day.year:04d}"
)
clocks = st.times().map(lambda time: f"{time:%H:%M}") | st.times().map(lambda time: f"{time:%H:%M:%S}")
halves = st.times().map(lambda time: f"{time:%I:%M %p}")
texts = st.one_of(
    dates, local, st.tuples(dates, clocks).map("T".join), st.tuples(dates | local, clocks | halves).map(" ".join),
    st.text("0123456789-/:T .", max_size=20),
)  # fmt: skip


@given(st.lists(texts, min_size=1, max_size=8), st.booleans())
def test_what_is_read_at_once_is_what_is_read_one_by_one(column, day_first):
    found = moments(pa.array(column, pa.string()), day_first)
    for text, at in zip(column, found.at.tolist(), strict=True):
        if not np.isnan(at):
            single = read_dates([text], day_first=day_first)
            assert parse_instant(single.texts[0], "calendar").earliest == at
