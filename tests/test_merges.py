import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.merges import merges


def pairs(names, kind="person"):
    return [(merge.keep, merge.other) for merge in merges(names, kind)]


@pytest.mark.parametrize(
    ("keep", "other"),
    [
        ("Neil McCauley", "Neil"),
        ("Neil McCauley", "McCauley"),
        ("Neil McCauley", "N. McCauley"),
        ("Vincent Hanna", "Lieutenant Hanna"),
        ("Neil McCauley", "neil mccauley"),
        ("José Pérez", "Jose Perez"),
        ("Smith, John", "John Smith"),
        ("Chris Shiherlis", "Chris Shiherliss"),
    ],
)
def test_two_spellings_of_one_person(keep, other):
    assert pairs([keep, other, "Somebody Else"]) == [(keep, other)]


@pytest.mark.parametrize(
    "names",
    [
        ["Neil McCauley", "Neil Young", "Neil"],
        ["Vincent Hanna", "Justine Hanna", "Hanna"],
        ["Trejo", "Trejo's wife"],
        ["Detective 1", "Detective 2"],
        ["+12135550101", "+12135550102"],
        ["Ann Lee", "Dan Lee"],
        ["Ann", "Anna"],
        ["Ann", "Ann"],
        ["", " "],
        [],
        ['[x](https://evil.test "y")', "<https://evil.test>"],
    ],
)
def test_what_is_not_certain_to_be_one_person_is_not_proposed(names):
    assert pairs(names) == []


def test_a_street_in_a_town_is_not_the_town():
    assert pairs(["Flower Street, Los Angeles", "Los Angeles"], "place") == []


def test_spellings_of_one_place():
    assert pairs(["St Mary's Hospital", "Saint Marys Hospital"], "place") == [
        ("St Mary's Hospital", "Saint Marys Hospital")
    ]


def test_positions_of_one_name_are_not_proposed():
    assert pairs(["Paris", "Paris (2)", "Paris (position not known)"], "place") == []


def test_a_merge_says_why():
    [merge] = merges(["Neil McCauley", "Neil"])
    assert (merge.kind, merge.why) == ("person", "'Neil' is part of no other name")


def test_thousands_of_names_are_compared_by_their_words_alone():
    names = [f"Somebody {chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{chr(97 + i // 676)}" for i in range(5_000)]
    assert ("Zoë Zett", "ZOE ZETT") in pairs([*names, "Zoë Zett", "ZOE ZETT"])


@given(st.lists(st.text("abcd ABé.,1", max_size=12), max_size=12))
def test_a_name_is_merged_into_one_that_stays(names):
    found = pairs(names)
    assert {keep for keep, _ in found}.isdisjoint(other for _, other in found)
    assert len({other for _, other in found}) == len(found)


def test_a_blank_inside_a_name_makes_no_other_person():
    [merge] = merges(["Neil McCauley", "Neil Mc Cauley"])
    assert (merge.keep, merge.other) == ("Neil McCauley", "Neil Mc Cauley")
