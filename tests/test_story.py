import pandas as pd
import pytest

from geo.errors import StoryError
from geo.story import LARGEST, bundled, find_story, read_files, read_story, story_files, write_story
from tests import stories
from tests.cases.write import CASES

HEADER = "id,title,start,place,people,remote\n"


def sentences(story):
    return [str(fault) for fault in story.faults]


def test_smallest_story_has_no_fault(tmp_path):
    story = read_story(stories.folder(tmp_path / "tiny"))
    assert (story.id, story.meta.title, story.rows, sentences(story)) == ("tiny", "Small", 2, [])
    assert story.events["people"].tolist() == [("ann",), ("ann", "bo")]


def test_story_of_one_event_opens(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title\ne1,Only\n"))
    assert story.events["when"].tolist() == ["some time"]


def test_story_written_and_read_is_the_same(tmp_path):
    story = read_story(CASES / "small")
    write_story(story, tmp_path / "small")
    again = read_story(tmp_path / "small")
    assert again.meta == story.meta
    assert again.faults == ()
    for one, other in ((story.events, again.events), (story.places, again.places), (story.people, again.people)):
        pd.testing.assert_frame_equal(
            one.drop(columns=["row", "happened"], errors="ignore"),
            other.drop(columns=["row", "happened"], errors="ignore"),
        )


def test_every_fault_of_every_file_comes_at_once(tmp_path):
    story = read_story(
        stories.folder(
            tmp_path,
            events=HEADER + "e1,One,D1,cafee,ann;bobo,\ne2,Two,never,pier,,zz\ne2,Again,D2,pier,,\ne4,Four,D4\n",
            places="id,name,lat,lon\ncafe,Café,99,9.99\npier,Pier,53.54,\n",
            people="id,name,group\nann,Ann,crew\nann,Bo,crew\n",
            toml='[clock]\nkind = "days"\n[groups.krew]\n',
        )
    )
    assert [(fault.file, fault.row, fault.column) for fault in story.faults] == [
        ("people.csv", 3, "id"),
        ("places.csv", 2, "lat"),
        ("events.csv", 4, "id"),
        ("events.csv", 5, None),
        ("people.csv", 2, "group"),
        ("places.csv", 2, None),
        ("places.csv", 3, None),
        ("events.csv", 2, "place"),
        ("events.csv", 2, "people"),
        ("events.csv", 3, "remote"),
        ("events.csv", 3, "start"),
    ]
    assert story.events["id"].tolist() == ["e1", "e2"]
    assert (story.rows, story.flagged) == (4, (4, 5))


def test_unknown_place_is_a_fault_with_a_suggestion_and_the_event_is_kept(tmp_path):
    story = read_story(stories.folder(tmp_path, events=HEADER + "e1,One,D1,cafee,ann,\n"))
    assert sentences(story) == ["events.csv row 2: place 'cafee' is not in places.csv; did you mean 'cafe'?"]
    assert story.events["place"].tolist() == [""]


def test_unknown_person_is_left_out_of_the_cell_and_the_others_stay(tmp_path):
    story = read_story(stories.folder(tmp_path, events=HEADER + "e1,One,D1,cafe,ann;bob,\n"))
    assert sentences(story) == ["events.csv row 2: people 'bob' is not in people.csv; did you mean 'bo'?"]
    assert story.events["people"].tolist() == [("ann",)]


def test_place_with_one_coordinate_is_not_located(tmp_path):
    story = read_story(stories.folder(tmp_path, places="id,name,lat,lon\ncafe,Café,53.5,\npier,Pier,0,0\n"))
    assert story.places[["lat", "lon"]].isna().all(axis=1).tolist() == [True, False]


def test_rows_stand_in_the_order_they_happened(tmp_path):
    events = "id,title,happened\nc,C,3\nc2,after C,\na,A,1\nb,B,2\n"
    story = read_story(stories.folder(tmp_path, events=events))
    assert story.events["id"].tolist() == ["a", "b", "c", "c2"]
    assert story.events["row"].tolist() == [4, 5, 2, 3]


def test_telling_order_is_kept_and_filled_up(tmp_path):
    events = "id,title,told\na,A,3\nb,B,\nc,C,1\nd,D,\n"
    assert read_story(stories.folder(tmp_path, events=events)).events["told"].tolist() == [3, 4, 1, 5]
    assert read_story(stories.folder(tmp_path)).events["told"].tolist() == [1, 2]


def test_telling_number_used_twice_is_a_fault(tmp_path):
    story = read_story(stories.folder(tmp_path, events="id,title,told\na,A,1\nb,B,1\n"))
    assert sentences(story) == [
        "events.csv row 3: told '1' is the number of another event, too; number the telling order anew"
    ]


def test_group_that_no_one_described_gets_a_label_and_a_colour(tmp_path):
    story = read_story(stories.folder(tmp_path, people="id,name,group\nann,Ann,crew\nbo,Bo,\n"))
    assert [group.label for group in story.meta.groups] == ["Crew", "Others"]
    assert story.people["group"].tolist() == ["crew", "others"]


def test_opening_that_is_no_event_is_a_fault(tmp_path):
    toml = 'title = "x"\nopening = "e9"\n[clock]\nkind = "days"\n'
    story = read_story(stories.folder(tmp_path, toml=toml))
    assert sentences(story)[0].startswith("story.toml: opening 'e9' is not in events.csv; ")
    assert story.meta.opening == ""


def test_missing_files_are_faults_while_events_can_be_read(tmp_path):
    stories.folder(tmp_path)
    (tmp_path / "story.toml").unlink()
    (tmp_path / "places.csv").unlink()
    story = read_story(tmp_path)
    assert len(story.events) == 2
    assert "story.toml: there is no such file; write one with a title and [clock] kind" in sentences(story)
    assert "places.csv: there is no such file; check the folder" in sentences(story)


@pytest.mark.parametrize("events", ["", "id,title\n", "id\n1\n", "PK\x03\x04"])
def test_story_without_an_event_does_not_open_and_says_why(tmp_path, events):
    with pytest.raises(StoryError, match="has no event that can be read") as caught:
        read_story(stories.folder(tmp_path, events=events))
    assert any(fault.file == "events.csv" for fault in caught.value.faults)


def test_a_story_that_says_wrongly_where_its_events_are_is_not_asked_for_a_table(tmp_path):
    toml = '[clock]\nkind = "days"\n[events]\nsource = "postgres://me:secret@db.example.org/cases"\n'
    (tmp_path / "story.toml").write_text(toml)
    with pytest.raises(StoryError, match="does not say where its events are") as caught:
        read_story(tmp_path)
    assert [fault.column for fault in caught.value.faults] == ["events.source"]


def test_missing_folder_does_not_open(tmp_path):
    with pytest.raises(StoryError, match="there is no folder"):
        read_story(tmp_path / "nowhere")


def test_any_text_is_kept(tmp_path):
    texts = ["{{7*7191}}", "</script>", "a\u2028b", "\u202ertl", "=1+1", "![x](https://tracker.test/p.png)"]
    rows = "".join(f'{text},"{text}",D1,"{text}",\n' for text in texts)
    places = "id,name\n" + "".join(f"{text},{text}\n" for text in texts)
    story = read_story(stories.folder(tmp_path, events="id,title,start,place,people\n" + rows, places=places))
    assert story.faults == ()
    for column in ("id", "title", "place"):
        assert story.events[column].tolist() == texts


def test_story_is_found_by_its_folder(tmp_path):
    assert find_story(stories.folder(tmp_path / "mine")) == tmp_path / "mine"


def test_every_built_in_story_is_found_by_its_id():
    for name, folder in bundled().items():
        assert find_story(name) == folder


def test_unknown_story_lists_the_built_in_ones():
    with pytest.raises(StoryError, match="there is no story 'nowhere', built in or as a folder; built in: "):
        find_story("nowhere")


def test_people_whose_story_ends_and_events_that_come_first_are_known_ids(tmp_path):
    events = "id,title,start,people,ends,after\ne1,One,D1,ann;bo,bo;nobody,\ne2,Two,,ann,,e1;e9\n"
    story = read_story(stories.folder(tmp_path, events=events))
    assert story.events["ends"].tolist() == [("bo",), ()]
    assert story.events["after"].tolist() == [(), ("e1",)]
    assert [(fault.column, fault.value) for fault in story.faults] == [("ends", "nobody"), ("after", "e9")]


def test_story_with_a_row_that_has_left_the_order_is_written_and_read_the_same(tmp_path):
    events = (
        "id,title,start,after,ends\ne1,One,D1T10:00,,\ne2,Two,D2T10:00,,\ne3,Three,,e1,ann\n"
        "e4,Four,D3T10:00,,\ne5,Five,D9T10:00,,\n"
    )
    story = read_story(stories.folder(tmp_path / "a", events=events))
    assert story.faults == ()
    assert story.events["happened"].tolist() == [1, 2, 4, 3, 5]
    write_story(story, tmp_path / "b")
    again = read_story(tmp_path / "b").events
    assert again.drop(columns="row").equals(story.events.drop(columns="row"))


def in_memory(**tables):
    """The smallest story in memory: two events that name nobody and no place, and these tables instead or besides."""
    tables = {"events": "id,title\ne1,One\ne2,Two\n", **tables}
    toml = {"story.toml": stories.TOML.replace("{kind}", "days").encode()}
    return toml | {f"{name}.csv": text.encode() for name, text in tables.items()}


def test_story_is_the_same_from_its_files_in_memory(tmp_path):
    folder = stories.folder(tmp_path / "tiny")
    story, again = read_story(folder), read_story(read_files(folder), id="tiny")
    assert (again.id, again.meta, again.faults) == (story.id, story.meta, story.faults)
    for name in ("events", "places", "people"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(story, name))


def test_files_of_a_story_are_what_writing_it_makes(tmp_path):
    story = read_story(CASES / "small")
    write_story(story, tmp_path)
    assert story_files(story) == read_files(tmp_path)
    assert set(story_files(story)) == set(LARGEST)


def test_files_of_a_story_read_and_written_again_are_the_same():
    once = story_files(read_story(CASES / "small"))
    assert story_files(read_story(once)) == once


def test_story_of_events_alone_has_no_fault():
    story = read_story(in_memory())
    assert (story.id, story.faults, len(story.places), len(story.people)) == ("", (), 0, 0)


@pytest.mark.parametrize("empty", ["id,name\n", ""])
def test_tables_without_a_row_are_no_fault_where_no_event_refers_to_them(empty):
    assert read_story(in_memory(people=empty, places=empty)).faults == ()


def test_missing_table_that_an_event_refers_to_is_a_fault():
    story = read_story(in_memory(events="id,title,place,remote\ne1,One,pier,ann\n"))
    assert sentences(story) == [
        "people.csv: there is no such file; add it to the others",
        "places.csv: there is no such file; add it to the others",
        "events.csv row 2: place 'pier' is not in places.csv; correct it or add the row",
        "events.csv row 2: remote 'ann' is not in people.csv; correct it or add the row",
    ]


def test_table_that_cannot_be_read_is_a_fault_even_where_nothing_refers_to_it():
    assert sentences(read_story(in_memory(people="%PDF-1.7")))[0].startswith("people.csv: this is a PDF document")


def test_how_the_files_were_read_is_said_with_the_name_of_the_file():
    files = in_memory() | {"people.csv": "id;name\nzoë;Zoë\n".encode("cp1252")}
    assert [notice.partition(":")[0] for notice in read_story(files).notices] == ["people.csv", "people.csv"]
    assert read_story(in_memory()).notices == ()


def test_files_without_events_are_no_story():
    with pytest.raises(StoryError, match=r"^the story has no event that can be read") as caught:
        read_story({})
    assert "events.csv: there is no such file; add it to the others" in [str(fault) for fault in caught.value.faults]


def test_only_the_four_files_of_a_folder_are_read(tmp_path):
    stories.folder(tmp_path)
    (tmp_path / "people.csv").unlink()
    (tmp_path / "secrets.csv").write_text("x", encoding="utf-8")
    assert set(read_files(tmp_path)) == {"story.toml", "events.csv", "places.csv"}


def test_file_that_is_too_large_is_not_read(tmp_path):
    stories.folder(tmp_path)
    with (tmp_path / "events.csv").open("wb") as file:
        file.truncate(LARGEST["events.csv"] + 1)
    with pytest.raises(StoryError, match=r"events\.csv: the file has more than 67,108,864 bytes; split the story"):
        read_files(tmp_path)


def test_folder_that_is_not_there_has_no_files(tmp_path):
    with pytest.raises(StoryError, match="there is no folder"):
        read_files(tmp_path / "nowhere")
