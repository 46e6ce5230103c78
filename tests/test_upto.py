from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import GeoError
from geo.story import bundled, read_story
from geo.upto import story_upto
from geo.wire import encode, payload
from tests import stories
from tests.cases.write import CASES

HEAT = read_story(bundled()["heat"])
SMALL = read_story(CASES / "small")
OWN_TEXTS = ["title", "summary", "outcome", "source", "chapter", "when"]

TOML = """
title = "The tide"
description = "{description}"
opening = "{opening}"
[clock]
kind = "days"
assumed = ["D1", "D3"]
[groups.crew]
label = "Crew"
[groups.others]
label = "Others"
[about]
assumptions = ["Quill is late."]
"""


def text(story):
    return encode(payload(story)).decode()


def kept_texts(story):
    """What authors wrote in the rows that stay, which may name what comes later."""
    names = [story.people["name"], story.people["role"], story.places["name"], story.places["note"]]
    return "\n".join(map(str, chain(*(story.events[column] for column in OWN_TEXTS), *names, story.meta.credits)))


@pytest.fixture
def tide(tmp_path):
    def read(description="A tide comes in.", opening="e2"):
        folder = stories.folder(
            tmp_path / "tide",
            events="id,title,start,place,people,remote,sequence,after,told\n"
            "e1,Ebb,D1,cove,ann,,Slack,,3\ne2,Flood,D2,mole,bo,quill,Rise,e1,1\ne3,Ebb again,D3,cove,ann,,Slack,e2,2\n",
            people="id,name,group\nann,Ann,crew\nbo,Bo,others\nquill,Quill,others\nzed,Zed,others\n",
            places="id,name,lat,lon,radius_m\ncove,Cove,53.5,9.9,50\nmole,Mole,53.6,9.8,50\nreef,Reef,53.4,9.7,50\n",
            toml=TOML.replace("{description}", description).replace("{opening}", opening),
        )
        return read_story(folder)

    return read


@settings(max_examples=15)  # each lays out the storylines anew
@given(st.sampled_from(HEAT.events["id"].tolist()))
def test_no_later_title_place_or_person_is_in_what_travels(event):
    cut = story_upto(HEAT, event)
    own, travels = kept_texts(cut), text(cut)
    for table, column in (("events", "title"), ("places", "name"), ("people", "name")):
        whole, rest = getattr(HEAT, table), getattr(cut, table)
        gone = whole.loc[~whole["id"].isin(rest["id"]), column]
        assert [name for name in gone if name in travels and name not in own] == []


@given(st.sampled_from([(story, event) for story in (HEAT, SMALL) for event in story.events["id"]]))
def test_what_stays_is_what_was_there_at_the_same_moments(case):
    story, event = case
    cut = story_upto(story, event)
    columns = ["id", "title", "at", "earliest", "latest", "until", "when", "place", "people", "remote"]
    first = story.events.head(len(cut.events))
    assert cut.events[columns].to_dict("records") == first[columns].to_dict("records")
    assert cut.events["at"].max() <= story.events.set_index("id").loc[event, "at"]
    assert story_upto(cut, event).events.equals(cut.events)


def test_events_at_the_same_instant_stay_together():
    assert story_upto(SMALL, "b4").events["id"].tolist() == story_upto(SMALL, "b5").events["id"].tolist()


def test_up_to_the_last_event_everything_that_happens_is_there():
    cut = story_upto(HEAT, HEAT.events["id"].iloc[-1])
    assert cut.events["title"].tolist() == HEAT.events["title"].tolist()


def test_places_people_groups_and_chapters_of_later_events_are_gone(tide):
    cut = story_upto(tide(), "e1")
    content = payload(cut)
    assert content["places"]["name"] == ["Cove"]
    assert content["people"]["name"] == ["Ann"]
    assert content["chapters"] == ["Slack"]
    assert [group["label"] for group in content["groups"]] == ["Crew"]
    assert content["storyline"]["people"] == [0]


def test_somebody_who_only_telephones_is_known(tide):
    assert story_upto(tide(), "e2").people["id"].tolist() == ["ann", "bo", "quill"]


def test_the_axis_ends_with_the_last_event_that_stays(tide):
    whole, cut = payload(tide()), payload(story_upto(tide(), "e1"))
    assert cut["axis"]["clock"]["t"][-1] < whole["events"]["at"][1]


def test_the_telling_is_counted_anew(tide):
    assert story_upto(tide(), "e2").events["told"].tolist() == [2, 1]


def test_an_opening_that_comes_later_gives_way_to_the_last_event(tide):
    assert payload(story_upto(tide(), "e1"))["opening"] == 0
    assert story_upto(tide(), "e3").meta.opening == "e2"


def test_what_is_assumed_of_the_whole_story_is_not_told(tide):
    cut = story_upto(tide(), "e2")
    assert (cut.meta.assumptions, cut.meta.assumed) == ((), ("D1",))


def test_a_description_that_names_what_comes_later_is_left_out(tide):
    assert story_upto(tide("Ann waits for Quill."), "e1").meta.description == ""
    assert story_upto(tide("Ann waits for Quill."), "e2").meta.description == "Ann waits for Quill."


def test_faults_and_notices_of_the_files_stay_behind(tide):
    cut = story_upto(tide(), "e1")
    assert (cut.faults, cut.notices, cut.flagged, cut.rows) == ((), (), (), 1)


def test_an_event_that_nobody_knows_is_refused_with_the_nearest():
    with pytest.raises(GeoError, match=r"no event 'e533' in this story; did you mean 'e\d\d'\?"):
        story_upto(HEAT, "e533")
