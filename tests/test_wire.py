import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.story import read_story
from geo.wire import bounds, digest, encode, payload
from tests import stories
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
CANARIES = ["{{7*7191}}", "{% x", "<script>", "</script>", "`${}`", "a\u2028b", "\u202ertl", "\"'&", "\U0001f409"]


def test_every_column_of_the_events_has_one_value_an_event():
    content = payload(SMALL)
    for table in ("events", "people", "places"):
        lengths = {len(column) for column in content[table].values()}
        assert lengths == {len(getattr(SMALL, table))}


def test_people_and_places_are_written_by_index():
    content = payload(SMALL)
    assert content["events"]["people"][2] == [0, 1, 2, 5]
    assert content["events"]["remote"][1] == [2]
    assert content["places"]["id"][content["events"]["place"][5]] == "hideout"


def test_unknown_coordinate_is_null_and_unknown_place_or_chapter_minus_one(tmp_path):
    content = payload(read_story(stories.folder(tmp_path, events="id,title\ne1,One\n")))
    assert content["places"]["lat"][2] is None
    assert (content["events"]["place"], content["events"]["chapter"]) == ([-1], [-1])


def test_small_hours_of_a_night_are_marked_as_the_day_it_belongs_to(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title,start\ne1,One,D8 night\ne2,Two,D8 night\n"))
    content = payload(story)
    assert content["events"]["at"][1] > 9 * 86_400
    assert [mark["label"] for mark in content["axis"]["marks"]] == ["Day 8"]


def test_events_are_sorted_by_instant():
    at = payload(SMALL)["events"]["at"]
    assert at == sorted(at)


def test_board_opens_on_the_opening_or_else_the_last_event(tmp_path):
    assert payload(SMALL)["opening"] == 3
    assert payload(read_story(stories.folder(tmp_path)))["opening"] == 1


def test_bounds_are_those_of_the_places_where_the_map_gives_none(tmp_path):
    west, south, east, north = payload(read_story(stories.folder(tmp_path)))["bounds"]
    assert west < 9.95 < 9.99 < east
    assert south < 53.54 < 53.55 < north


def test_without_a_located_place_the_bounds_are_the_world(tmp_path):
    story = read_story(stories.folder(tmp_path, places="id,name\ncafe,Café\npier,Pier\n"))
    assert bounds(story.places) == (-180, -85, 180, 85)


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=8) | st.floats(allow_nan=False, allow_infinity=False)))
def test_content_encoded_and_decoded_is_the_same(content):
    assert json.loads(encode(content)) == content


@pytest.mark.parametrize("text", CANARIES)
def test_no_text_can_leave_its_string(tmp_path, text):
    cell = '"{}"'.format(text.replace('"', '""'))
    story = read_story(stories.folder(tmp_path, events=f"id,title,summary\n{cell},{cell},{cell}\n"))
    content = encode(payload(story))
    assert json.loads(content)["events"]["title"] == [text]
    assert not set(b"<>&\x7f") & set(content)
    assert content.isascii()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_json_cannot_say_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        encode({"x": [number]})


def test_integer_that_javascript_would_round_travels_as_text():
    assert encode({"x": [2**53, 2**53 + 1, -(2**60)], "y": True}) == (
        b'{"x":[9007199254740992,"9007199254740993","-1152921504606846976"],"y":true}'
    )


def test_digest_is_16_digits_and_changes_with_the_content():
    assert len(digest(b"a")) == 16
    assert digest(b"a") != digest(b"b")
    assert digest(encode(payload(SMALL))) == digest(encode(payload(read_story(CASES / "small"))))


def test_people_whose_story_ends_are_written_by_index(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title,people,ends\ne1,One,ann;bo,bo\ne2,Two,ann,\n"))
    assert payload(story)["events"]["gone"] == [[1], []]


def test_doubts_are_written_with_their_events_and_people_by_index_and_in_words():
    (doubt,) = payload(SMALL)["doubts"]
    assert (doubt["kind"], doubt["events"], doubt["people"]) == ("two_places", [2, 3], [5])
    assert doubt["text"].startswith("events.csv row 5: Harbour guard is at Pier 9 and at Harbour office at once")


def test_doubt_of_infinite_speed_can_be_written(tmp_path):
    events = "id,title,start,end,place,people\ne1,One,D1T10:00/D1T12:00,D1T12:00,cafe,ann\ne2,Two,D1T12:00,,pier,ann\n"
    story = read_story(stories.folder(tmp_path, events=events))
    assert "in no time at all" in json.loads(encode(payload(story)))["doubts"][0]["text"]


def test_lines_of_the_chart_have_a_slot_a_step():
    chart = payload(SMALL)["storyline"]
    assert chart["steps"] == [0, 1, 2, 3, 4, 5, 6]
    assert chart["people"] == [0, 1, 2, 5, 3, 4]
    assert {len(line) for line in chart["slots"]} == {7}
    assert chart["crossings"] <= chart["baseline"]


def test_story_of_more_than_two_thousand_events_has_no_chart(tmp_path):
    rows = "\n".join(f"e{n},T,ann" for n in range(2001))
    assert "storyline" not in payload(read_story(stories.folder(tmp_path, events=f"id,title,people\n{rows}\n")))


def test_how_far_a_ring_grows_is_written():
    assert payload(SMALL)["wander"] == {"kmh": 5.0, "bound_m": pytest.approx(5676, rel=0.01)}
