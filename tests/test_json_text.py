import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.json_text import Constant, Doubled, Number, Read, Unread, as_text, read_json

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain)
def test_json_is_read_and_written_again(value):
    assert json.loads(as_text(read_json(json.dumps(value)).value)) == value


@given(st.text())
def test_any_text_is_read_or_says_why_not(text):
    found = read_json(text)
    assert isinstance(found, Read) or (found.what and found.remedy)


def test_numbers_keep_their_digits():
    found = read_json("[2.350, 9007199254740993, 1e400, -0]").value
    assert found == [b"2.350", b"9007199254740993", b"1e400", b"-0"]
    assert all(isinstance(one, Number) for one in found)


def test_a_number_of_ten_thousand_digits_is_a_text():
    assert len(read_json("1" * 10_000).value) == 10_000


def test_a_text_is_no_number():
    assert not isinstance(read_json('"5"').value, Number)


def test_what_json_does_not_know_is_not_taken_for_a_number():
    assert read_json("[NaN, -Infinity]").value == [Constant("NaN"), Constant("-Infinity")]


def test_a_name_that_stands_twice_is_remembered():
    found = read_json('{"who": "Ann", "when": 1, "who": "Bob", "who": "Eve"}').value
    assert isinstance(found, Doubled)
    assert (found.names, found["who"]) == (("who",), "Eve")


@pytest.mark.parametrize("text", ['{"a": [1, 2', '{"a": "b', "[", '{"a":', ""])
def test_a_text_that_is_cut_off_says_so(text):
    assert "cut off" in read_json(text).what


def test_a_mistake_is_told_with_its_line():
    assert "line 3, character 2" in read_json("[1,\n2,\n x]").what
    assert "line 9, character 1" in read_json("x\n]", line=9).what


def test_what_comes_after_the_end_is_told():
    assert "there is more: '{}'" in read_json("[] {}").what


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_deep_brackets_are_refused_in_words(text):
    found = read_json(text)
    assert isinstance(found, Unread)
    assert "nested too deeply" in found.what


def test_millions_of_brackets_are_refused_before_they_are_built():
    assert "hardly anything else" in read_json(f"[{','.join(['{}'] * 200_000)}]").what
