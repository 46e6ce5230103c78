import re

from hypothesis import given
from hypothesis import strategies as st

from geo.keys import event_keys, row_words, slug, slugs


def test_ids_stay_as_they_are_typed():
    typed = ["1.0", "01", "00123", "9007199254740993"]
    assert event_keys(typed, [2, 3, 4, 5], "a.csv") == (typed, [])


def test_a_table_without_ids_has_keys_by_row():
    assert event_keys(None, [2, 4], "a.csv").keys == ["row-2", "row-4"]
    assert event_keys(["", " "], [2, 4], "a.csv") == (["row-2", "row-4"], [])


def test_every_row_that_shares_an_id_has_a_key_of_its_own_and_a_fault():
    keys, faults = event_keys(["1", "1", "2", "1"], [2, 3, 4, 5], "a.csv")
    assert keys == ["row-2", "row-3", "2", "row-5"]
    assert [(fault.row, fault.value, fault.what) for fault in faults] == [
        (2, "1", "is the id of rows 3 and 5, too"),
        (3, "1", "is the id of rows 2 and 5, too"),
        (5, "1", "is the id of rows 2 and 3, too"),
    ]


def test_an_empty_id_beside_others_is_a_fault():
    keys, [fault] = event_keys(["a", ""], [2, 3], "a.csv")
    assert (keys, str(fault).split(";")[0]) == (["a", "row-3"], "a.csv row 3: id is empty")


def test_an_id_that_a_list_could_not_hold_is_replaced():
    keys, [fault] = event_keys(["a;b", "c"], [2, 3], "a.csv", "clave")
    assert (keys, fault.column, fault.what) == (["row-2", "c"], "clave", "has a ';' in it")


def test_a_key_by_row_gives_way_to_one_that_is_typed():
    assert event_keys(["row-3", ""], [2, 3], "a.csv").keys == ["row-3", "row-3-2"]


@given(st.lists(st.text("ab; -123row", max_size=6), max_size=12))
def test_keys_are_unique_whatever_is_typed(typed):
    keys, faults = event_keys(typed, range(2, 2 + len(typed)), "a.csv")
    assert len(set(keys)) == len(typed)
    assert all(key and ";" not in key for key in keys)
    assert len(faults) <= len(typed)


def test_a_slug_has_words_alone():
    assert slug("Kate's Deli, Zoë") == "kate_s_deli_zoe"
    assert slug("<img src=x>") == "img_src_x"
    assert slug("李雷") == "李雷"
    assert slug("!?") == ""


@given(st.lists(st.text(max_size=60), max_size=15))
def test_slugs_are_unique_and_may_stand_in_a_list(names):
    made = slugs(names, "place")
    assert len(set(made)) == len(names)
    assert all(re.fullmatch(r"\w+", name) for name in made)


def test_rows_in_words():
    assert row_words([2]) == "row 2"
    assert row_words([2, 4]) == "rows 2 and 4"
    assert row_words([1, 2, 3, 4, 5, 6, 7]) == "rows 1, 2, 3, 4, 5 and 2 more"
