from hypothesis import given
from hypothesis import strategies as st

from geo.date_order import Order, alone_day_first, order
from geo.date_words import Numbers

parts = st.integers(1, 31)


def cell(first, second):
    return f"{first}/{second}/2021", Numbers(first, second, 2021, False, "/")


def test_a_column_without_dates_in_numbers_has_no_order():
    assert order([]) == Order(None)


def test_one_day_over_12_decides_the_column():
    assert order([cell(3, 4), cell(13, 4)]).day_first is True
    assert order([cell(3, 4), cell(4, 13)]).day_first is False


def test_days_up_to_12_decide_nothing():
    assert order([cell(3, 4), cell(12, 12)]).day_first is None


def test_a_column_with_both_orders_decides_nothing_and_names_both():
    found = order([cell(13, 4), cell(4, 14)])
    assert (found.day_first, found.contradictory) == (None, True)
    assert (found.day_shown_by, found.month_shown_by) == ("13/4/2021", "4/14/2021")


def test_the_author_decides_whatever_the_cells_say():
    assert order([cell(13, 4), cell(4, 14)], chosen=True).day_first is True
    assert order([cell(3, 4)], chosen=False).day_first is False


@given(st.lists(st.tuples(parts, parts), max_size=8), st.randoms())
def test_the_order_of_the_rows_does_not_matter(pairs, random):
    cells = [cell(*pair) for pair in pairs]
    before = order(cells).day_first
    random.shuffle(cells)
    assert order(cells).day_first == before


@given(parts, parts)
def test_exchanged_numbers_say_the_opposite(first, second):
    there, back = (alone_day_first(cell(*pair)[1]) for pair in ((first, second), (second, first)))
    assert there is None if back is None else there is not back
