from hypothesis import given
from hypothesis import strategies as st

from geo.presence import MEETING_COLUMNS, appearances, endings, meeting_matrix, meetings
from geo.story import find_story, read_story
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
HEAT = read_story(find_story("heat"))


def test_appearance_is_one_row_for_everybody_present():
    seen = appearances(SMALL)
    assert seen[["person", "event"]].values.tolist()[:3] == [["ann", "b1"], ["bo", "b1"], ["ann", "b2"]]
    assert "b8" not in set(seen["event"])
    assert len(seen) == sum(len(people) for people in SMALL.events["people"])


def test_columns_of_an_author_do_not_get_in_the_way(tmp_path):
    events = "id,title,place,people,person,event,index,name,lat,place_name\ne1,One,cafe,ann,x,x,x,x,x,x\n"
    (row,) = appearances(read_story(stories.folder(tmp_path, events=events))).to_dict("records")
    assert (row["person"], row["event"], row["index"], row["place_name"], row["lat"]) == ("ann", "e1", 0, "Café", 53.55)


def test_place_without_a_radius_has_none_and_one_that_is_not_located_an_unknown_one(tmp_path):
    places = "id,name,lat,lon\ncafe,Café,1,2\npier,Pier,,\n"
    radius = appearances(read_story(stories.folder(tmp_path, places=places)))["radius_m"]
    assert radius.tolist()[0] == 0
    assert radius.isna().tolist() == [False, True, True]


def test_story_of_a_person_ends_with_the_event_that_is_over_first(tmp_path):
    events = "id,title,start,end,people,ends\ne1,One,D1,D9,ann,ann;bo\ne2,Two,D2T10:00,,ann,ann\n"
    assert endings(read_story(stories.folder(tmp_path, events=events))) == {"ann": 1, "bo": 0}


def test_pairs_that_met_most_often_come_first_with_their_events_and_places():
    first = meetings(SMALL).iloc[0]
    assert tuple(first) == ("ann", "bo", 2, "b1", "b3", ("b1", "b3"), ("cafe", "pier"))


def test_meeting_somewhere_unknown_counts():
    row = meetings(SMALL, ["bo", "cy"]).iloc[0]
    assert (row["count"], row["last_event"], row["places"]) == (2, "b6", ("pier", "hideout"))


def test_telephone_call_is_no_meeting():
    assert "b2" not in {event for events in meetings(SMALL)["events"] for event in events}


def test_who_met_nobody_leaves_an_empty_frame_with_its_columns():
    empty = meetings(SMALL, ["eli"])
    assert empty.empty
    assert empty.columns.tolist() == MEETING_COLUMNS


def test_matrix_is_symmetrical_and_has_the_number_of_events_in_its_diagonal():
    matrix = meeting_matrix(SMALL)
    assert matrix.equals(matrix.T)
    assert matrix.loc["ann", "ann"] == 4
    assert matrix.loc["ann", "bo"] == 2
    assert matrix.index.tolist() == SMALL.people["id"].tolist()


@given(st.sets(st.sampled_from(HEAT.people["id"].tolist()), max_size=8))
def test_matrix_and_meetings_agree_for_any_choice_of_people(people):
    matrix, pairs = meeting_matrix(HEAT, people), meetings(HEAT, people)
    assert {frozenset(pair) for pair in zip(pairs["a"], pairs["b"], strict=True)} == {
        frozenset((a, b)) for a in matrix for b in matrix if a != b and matrix.loc[a, b]
    }
    for a, b, count in zip(pairs["a"], pairs["b"], pairs["count"], strict=True):
        assert matrix.loc[a, b] == count
