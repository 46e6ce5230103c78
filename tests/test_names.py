import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import initials, short_names

HEIST = ["Neil McCauley", "Chris Shiherlis", "Charlene Shiherlis", "Trejo", "Sergeant Drucker", "Stakeout detective"]


def test_first_of_a_surname_has_it_others_their_first_name_and_roles_stay_whole():
    assert short_names(HEIST) == ["McCauley", "Shiherlis", "Charlene", "Trejo", "Drucker", "Stakeout detective"]


def test_particles_belong_to_the_surname():
    assert short_names(["Roger Van Zant", "Ludwig van Beethoven", "Anne de la Tour"]) == [
        "Van Zant",
        "van Beethoven",
        "de la Tour",
    ]


def test_two_of_the_same_name_keep_it():
    assert short_names(["Ann Lee", "Ann Lee"]) == ["Ann Lee", "Ann Lee"]


def test_a_number_is_no_surname():
    assert short_names(["Witness 3", "Human 14"]) == ["Witness 3", "Human 14"]


def test_a_whole_name_is_nobody_elses_short_name():
    assert short_names(["Ann Lee", "Bo Lee", "Ann"]) == ["Lee", "Bo", "Ann"]


def test_initials_are_two_capitals_and_differ():
    assert initials(HEIST) == ["NM", "CS", "CH", "TR", "SD", "ST"]


@pytest.mark.parametrize("name", ["", "  ", "—", "X"])
def test_name_without_letters_has_initials_too(name):
    assert initials([name])[0]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_there_is_one_of_each_for_every_name(names):
    assert len(short_names(names)) == len(initials(names)) == len(names)
