import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language import speaking
from dashboard.whenwords import retold_when
from geo.clock import parse_instant
from geo.story import find_story, read_story
from geo.when import when_words
from tests.cases.write import CASES

SHARED = json.loads((CASES / "when.json").read_text("utf-8"))
ENGLISH = re.compile(
    r"\b(day|between|and|after|before|or|later|earlier|about|uncertain|the|some|time|BC|spring|summer|autumn|winter|"
    r"morning|midday|afternoon|evening|night|daytime|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b",
    re.IGNORECASE,
)
SECONDS = st.integers(-400_000_000_000, 400_000_000_000).map(float)


@pytest.mark.parametrize(("english", "spanish"), SHARED.items())
def test_a_time_is_said_in_spanish(english, spanish):
    assert retold_when(english) == english
    with speaking("es"):
        assert retold_when(english) == spanish


@given(st.sampled_from(["days", "calendar"]), SECONDS, st.integers(0, 400_000_000) | st.just(float("inf")))
def test_no_window_of_any_length_leaves_a_word_of_english(kind, earliest, lasting):
    stated = parse_instant("", kind)
    with speaking("es"):
        assert not ENGLISH.search(retold_when(when_words(stated, earliest, earliest + lasting, kind)))


@pytest.mark.parametrize("text", ["1995-10", "1995-21", "199X", "1995~", "1995-10?", "1995-10-03%", "-0043-03-15"])
def test_no_date_of_a_calendar_leaves_a_word_of_english(text):
    stated = parse_instant(text, "calendar")
    with speaking("es"):
        assert not ENGLISH.search(retold_when(when_words(stated, stated.earliest, stated.latest, "calendar")))


def test_the_times_of_the_story_that_comes_with_the_app_are_said_in_spanish():
    with speaking("es"):
        assert not [when for when in read_story(find_story("heat")).events["when"] if ENGLISH.search(retold_when(when))]


@given(st.text(max_size=60))
def test_whatever_else_is_written_stays(text):
    with speaking("es"):
        assert isinstance(retold_when(text), str)
