import pytest

from geo.columns import looks


@pytest.mark.parametrize("cell", [
    "1995-10-03", "1995-10-03T11:30", "3/10/1995", "03.10.95", "1995/10/03", "3 Oct 1995", "October 3, 1995",
    "3 de octubre de 1995",
    "Tuesday, 3 October 1995", "D8 morning", "Day 8, 11:30", "44 BC", "1995-W40-2", "19951003", "1995-10",
])  # fmt: skip
def test_a_date_looks_like_one(cell):
    assert looks([cell]).date == 1


@pytest.mark.parametrize("cell", ["Calle Mayor 1", "May Smith", "12", "Ann", "34.0387", "11:30", "a 1"])
def test_what_is_no_date_does_not(cell):
    assert looks([cell]).date == 0


@pytest.mark.parametrize("cell", ["11:30", "11:30:20", "11h30", "9 pm", "11:30 PM"])
def test_a_clock_time_looks_like_one(cell):
    assert looks([cell]).time == 1


@pytest.mark.parametrize(
    "cell", ["34.05, -118.25", "34°03'N 118°15'W", "(34.05, -118.25)", "geo:34.05,-118.25", "POINT (-118.2 34.0)"]
)
def test_a_pair_of_coordinates_looks_like_one(cell):
    assert looks([cell]).pair == 1


@pytest.mark.parametrize("cell", ["Flower Street 12, 3", "1, 2", "Ann, Bob", "12/10"])
def test_what_is_no_pair_does_not(cell):
    assert looks([cell]).pair == 0


def test_shares_are_of_the_filled_cells():
    look = looks(["Ann Lee", "", "12", ""])
    assert (look.filled, look.name, look.number) == (0.5, 0.5, 0.5)


def test_an_empty_column_looks_like_nothing():
    assert not any(looks(["", " "]))
    assert not any(looks([]))


def test_a_few_hundred_cells_tell():
    assert looks(["Ann"] * 100_000).repeated == pytest.approx(1, abs=0.01)
