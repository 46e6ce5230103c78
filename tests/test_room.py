from hypothesis import given
from hypothesis import strategies as st

from dashboard.assets import Asset
from dashboard.room import Room, size


def made(length: int) -> Asset:
    return Asset(b"x" * length, b"", "text/plain", str(length))


def test_the_answer_asked_for_longest_ago_makes_room():
    room = Room(most=2)
    for key in "ab":
        room.remember(key, made(1))
    room.recall("a")
    room.remember("c", made(1))
    assert [room.recall(key) is None for key in "abc"] == [False, True, False]


def test_an_answer_larger_than_the_room_is_not_kept_and_drives_nobody_out():
    room = Room(most_bytes=10)
    room.remember("small", made(4))
    room.remember("large", made(11))
    assert room.recall("large") is None
    assert room.recall("small") is not None


def test_thousands_of_empty_answers_take_no_more_than_their_number():
    room = Room(most=100)
    for number in range(5_000):
        room.remember(number, made(0))
    assert len(room) == 100


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12))), st.integers(0, 20), st.integers(1, 4))
def test_the_bytes_are_those_of_what_is_kept_and_within_their_bounds(given_, most_bytes, most):
    room = Room(most_bytes, most)
    for key, length in given_:
        room.remember(key, made(length))
        kept = [found for key in range(6) if (found := room.recall(key)) is not None]
        assert room.bytes == sum(map(size, kept)) <= most_bytes
        assert len(room) == len(kept) <= most
