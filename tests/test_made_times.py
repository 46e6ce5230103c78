import pytest

from geo.made_times import Dated, timed


def read(starts, ends=(), **more):
    end = Dated(("end",), (ends,)) if ends else Dated()
    return timed(Dated(("when",), (starts,)), end, range(2, 2 + len(starts)), "a.csv", **more)


def test_a_date_becomes_the_text_of_our_clock():
    found = read(["3 Oct 1995", ""])
    assert (found.starts, found.ends, found.kind, found.faults) == (["1995-10-03", ""], ["", ""], "calendar", [])


def test_a_table_without_times_has_none():
    assert timed(Dated(), Dated(), [2, 3], "a.csv").starts == ["", ""]


def test_a_fault_names_the_column_of_a_start_or_an_end():
    found = read(["soon", "1995-10-03"], ["", "later"])
    assert [(fault.row, fault.column, fault.value) for fault in found.faults] == [
        (2, "when", "soon"),
        (3, "end", "later"),
    ]


def test_starts_and_ends_are_read_in_one_order_of_day_and_month():
    found = read(["03/04/2021"], ["25/04/2021"])
    assert (found.starts, found.ends, found.day_first) == (["2021-04-03"], ["2021-04-25"], True)


def test_what_may_be_either_has_two_readings_until_somebody_says():
    assert read(["03/04/2021"]).readings == {(0, False): ("2021-04-03", "2021-03-04")}
    assert read(["03/04/2021"], day_first=False).starts == ["2021-03-04"]


@pytest.mark.parametrize(("start", "end", "kept"), [
    ("1995-10-03T11:30", "1995-10-03T11:30", True),
    ("1995-10-03T11:30", "1995-10-03", True),
    ("1995-10-03", "1995-10-03", True),
    ("1995-10-03", "1995-10-02", False),
    ("1995-10-03T11:30", "1995-10-03T11:29", False),
])  # fmt: skip
def test_an_end_that_is_not_before_the_start_is_kept(start, end, kept):
    found = read([start], [end])
    assert (found.ends == [end], found.faults == []) == (kept, kept)


def test_an_end_by_the_clock_is_on_the_day_of_the_start():
    found = timed(Dated(("date",), (["1995-10-03"],), ["11:30"], "from"), Dated((), (), ["12:10"], "to"), [2], "a.csv")
    assert (found.starts, found.ends) == (["1995-10-03T11:30"], ["1995-10-03T12:10"])


@pytest.mark.parametrize(("parts", "text"), [
    (("1995", "10", "3"), "1995-10-03"),
    (("1995", "10", ""), "1995-10"),
    (("1995", "", ""), "1995"),
    (("1995", "October", "3"), "3 October 1995"),
    (("", "", ""), ""),
])  # fmt: skip
def test_years_months_and_days_are_one_text(parts, text):
    assert Dated(("y", "m", "d"), tuple([part] for part in parts)).texts(1) == [text]


def test_a_midnight_beside_clock_times_stands_for_no_time():
    dated = Dated(("date",), (["01/08/2020 12:00:00 AM"],), ["0845"], "time")
    assert dated.texts(1) == ["01/08/2020 08:45"]


def test_a_midnight_of_a_spreadsheet_without_a_clock_time_beside_it_is_a_day():
    assert Dated(("date",), (["1995-10-03", "1995-10-04T00:00"],), ["11:30", ""], "time").texts(2) == [
        "1995-10-03 11:30",
        "1995-10-04",
    ]


def test_numbers_of_days_are_days_of_the_story():
    assert Dated(("day",), (["8", "-3", ""],), days=True).texts(3) == ["D8", "D-3", ""]
