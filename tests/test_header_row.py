import pytest

from geo.header_row import header_row

EVENT = ["1", "Ann", "Paris", "2021-05-01"]
HEADER = ["id", "who", "where", "when"]


@pytest.mark.parametrize(
    ("rows", "titles", "named"),
    [
        ([HEADER, EVENT], 0, True),
        ([HEADER], 0, True),
        ([["Events of May"], HEADER, EVENT], 1, True),
        ([["Events of May", "", "", ""], ["by", "Ann", "", ""], HEADER, EVENT], 2, True),
        ([["Events"], ["alpha", "beta", "gamma", "delta"], EVENT], 1, True),
        ([EVENT, ["2", "Bob", "Rome", "2021-05-02"]], 0, False),
        ([["Ann", "Paris", "48.85", "2.35"], ["Bob", "Rome", "41.9", "12.5"]], 0, False),
        ([["Ann", "Paris", "met", "Bob"], ["Cy", "Rome", "met", "Di"]], 0, True),
        ([["name", "2019", "2020", "2021"], ["x", "1", "2", "3"]], 0, True),
        ([["alpha", "2019", "2020", "beta"], ["x", "1", "2", "3"]], 0, True),
        ([["id", "who", "where"], EVENT, EVENT], 0, True),
        ([["who"], ["Ann"]], 0, True),
        ([[""], []], 0, True),
    ],
)
def test_header_is_found(rows, titles, named):
    width = max(map(len, rows))
    assert header_row(rows, width) == (titles, named)


def test_rows_of_data_are_never_titles():
    rows = [["Ann", "met", "Bob", "Paris"], ["who", "what", "whom", "where"], EVENT]
    assert header_row(rows, 4) == (0, True)
