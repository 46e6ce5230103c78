import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.join import filtered, folded, located_events, shown
from geo.story import read_story
from geo.wire import payload
from tests.cases.write import CASES

CONTENT = json.loads((CASES / "shown.json").read_text(encoding="utf-8"))
SMALL = read_story(CASES / "small")


def ids(mask):
    return SMALL.events["id"][mask].tolist()


def test_the_story_of_the_shared_cases_is_the_small_one():
    assert json.loads(json.dumps(payload(SMALL))) == CONTENT["story"], "run python -m tests.cases.write"


@pytest.mark.parametrize("case", CONTENT["cases"], ids=lambda case: json.dumps(case["view"]))
def test_shown_as_the_browser_shows_it(case):
    assert ids(shown(SMALL, **case["view"])) == case["shown"]


def test_located_and_unplaced_events_together_are_all_events():
    located, unplaced = located_events(SMALL)
    assert sorted([*located["id"], *unplaced["id"]]) == sorted(SMALL.events["id"])
    assert unplaced["id"].tolist() == ["b6"]
    assert unplaced["lat"].isna().all()


def test_located_event_has_the_radius_and_the_basis_of_its_place():
    first = located_events(SMALL).events.iloc[0]
    assert (first["lat"], first["lon"], first["radius_m"]) == (53.55, 9.99, 50)
    assert (first["name"], first["precision_place"], first["basis_place"]) == (
        "Café Königin",
        "exact",
        "named in story",
    )
    assert first["basis"] == "stated"


def test_without_a_choice_every_event_passes():
    assert filtered(SMALL).all()


@pytest.mark.parametrize(("text", "plain"), [("ZOË Straße", "zoe strasse"), ("İ", "i"), ("ﬁn", "fin"), ("", "")])
def test_folded_text_has_neither_case_nor_accents(text, plain):
    assert folded(text) == plain


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


people = st.lists(st.sampled_from(SMALL.people["id"].tolist()), unique=True)
instants = st.floats(100_000, 320_000)


@given(people)
def test_all_and_only_are_within_any(crew):
    any_of = filtered(SMALL, crew, "any")
    assert (any_of | ~filtered(SMALL, crew, "all")).all()
    assert (any_of | ~filtered(SMALL, crew, "only")).all()


@given(people, instants, st.floats(1, 200_000))
def test_moment_and_window_are_within_so_far(crew, t, span):
    so_far = shown(SMALL, crew, t=t)
    assert (so_far | ~shown(SMALL, crew, t=t, mode="moment")).all()
    assert (so_far | ~shown(SMALL, crew, t=t, mode="window", span=span)).all()


@given(instants, instants)
def test_so_far_only_grows(one, other):
    early, late = sorted((one, other))
    assert (shown(SMALL, t=late) | ~shown(SMALL, t=early)).all()


@given(st.permutations(range(len(SMALL.events))), instants)
def test_the_order_of_the_words_searched_for_does_not_matter(order, t):
    words = ["bell", "ann", "night", "pier", "a", "9", "the", "is"]
    shuffled = [words[i] for i in order]
    assert np.array_equal(shown(SMALL, q=" ".join(words), t=t), shown(SMALL, q=" ".join(shuffled), t=t))
