import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.order import order, path_words

names = st.integers(0, 12).flatmap(
    lambda count: st.lists(st.lists(st.integers(0, max(count, 1)), max_size=3), min_size=count, max_size=count)
)


def ordered(*after):
    """Events a, b, c … from row 2 on, each after the letters given."""
    count = len(after)
    found, faults = order("abcdefghijklmnop"[:count], [tuple(cell) for cell in after], range(2, count + 2))
    return found, [str(fault) for fault in faults]


def follows(found, late, early):
    return any(other == early or follows(found, other, early) for other in found.before[late])


def test_rows_without_after_follow_each_other():
    found, faults = ordered("", "", "")
    assert found == ([[], [0], [1]], [0, 1, 2], [0, 1, 2])
    assert faults == []


def test_no_event_has_an_empty_order():
    assert ordered() == (([], [], []), [])


def test_row_with_after_leaves_the_order_of_the_rows():
    found, _ = ordered("", "", "", "a", "")
    assert found.before == [[], [0], [1], [0], [2]]
    assert found.chain == [0, 1, 2, 4]


def test_row_that_names_the_row_above_as_well_stays_in_the_order():
    found, _ = ordered("", "", "a", "bc", "")
    assert found.before == [[], [0], [0], [1, 2], [3]]
    assert found.chain == [0, 1, 3, 4]


def test_event_comes_after_one_further_down():
    found, faults = ordered("", "d", "", "")
    assert found.sequence == [0, 2, 3, 1]
    assert faults == []


def test_name_of_the_event_itself_is_a_fault():
    found, faults = ordered("", "b")
    assert found.before == [[], [0]]
    assert faults == ["events.csv row 3: after 'b' is the event itself; name another; it is left aside"]


def test_circle_is_a_fault_that_names_its_rows_and_the_row_is_back_in_the_order():
    found, faults = ordered("", "c", "b")
    assert faults == [
        "events.csv row 3: after 'c' closes a circle (row 3 → row 4 → row 3); "
        "take one of the names out; this one is left aside"
    ]
    assert found.before == [[], [0], [1]]


def test_circle_over_the_order_of_the_rows_is_found():
    found, faults = ordered("", "ad", "", "b")
    assert len(faults) == 1
    assert found.sequence == [0, 1, 2, 3]


@given(names)
def test_nothing_comes_after_itself_and_the_sequence_holds_everything_once(after):
    count = len(after)
    found, _ = order([str(i) for i in range(count)], [[str(i) for i in cell] for cell in after], range(2, count + 2))
    assert sorted(found.sequence) == list(range(count))
    where = {event: i for i, event in enumerate(found.sequence)}
    assert all(where[other] < where[event] for event in range(count) for other in found.before[event])


@given(names)
def test_every_name_is_kept_or_a_fault(after):
    count = len(after)
    ids = [str(i) for i in range(count)]
    found, faults = order(ids, [[str(i) for i in cell] for cell in after], range(2, count + 2))
    faulty = {(fault.row - 2, fault.value) for fault in faults}
    for event, cell in enumerate(after):
        for name in cell:
            if name < count:
                assert name in found.before[event] or (event, str(name)) in faulty


def test_chain_of_the_rows_is_kept():
    found, _ = ordered("", "a", "", "b", "c", "")
    assert all(follows(found, b, a) for a, b in zip(found.chain, found.chain[1:], strict=False))


@pytest.mark.parametrize("count", [3000])
def test_a_file_of_nothing_but_circles_is_read(count):
    ids = [str(i) for i in range(count)]
    _, faults = order(ids, [[str((i + 1) % count), str((i * 7) % count)] for i in range(count)], range(count))
    assert len(faults) > count / 2


def test_long_path_is_shortened():
    assert path_words(range(4), range(2, 9)) == "row 2 → row 3 → row 4 → row 5"
    assert path_words(range(9), range(2, 11)) == "row 2 → row 3 → 5 more → row 9 → row 10"


def test_rows_that_stand_in_no_order_follow_only_whom_they_name():
    found, faults = order("abc", [(), (), ("a",)], [2, 3, 4], by_rows=False)
    assert (found.before, faults) == ([[], [], [0]], [])
