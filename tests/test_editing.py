import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.editing import edited, free_id, table_frame, with_table
from geo.story import read_files, read_story
from geo.tables import EVENTS, PEOPLE, PLACES
from tests import stories

EVENTS_CSV = b"id,title,start,mood\ne1,One,D1,calm\ne2,Two,D2,\n"
texts = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


def frame(content=EVENTS_CSV):
    return table_frame({"events.csv": content}, EVENTS)


def test_a_table_has_its_columns_then_those_beside_them_and_rows_as_a_spreadsheet_counts():
    table = frame()
    assert list(table.columns)[:2] == ["id", "title"]
    assert table.columns[-1] == "mood"
    assert list(table.index) == [2, 3]


def test_a_table_that_is_missing_is_empty_and_can_be_filled():
    table = table_frame({}, PEOPLE)
    assert (len(table), list(table.columns)) == (0, PEOPLE.names)
    filled = edited(table, {"added_rows": [{"name": "Ann"}]}, "p")
    assert filled.to_dict("records")[0]["id"] == "p1"


def test_a_table_written_back_without_a_change_is_the_same_story(tmp_path):
    files = read_files(stories.folder(tmp_path / "s"))
    again = files
    for spec in (EVENTS, PLACES, PEOPLE):
        again = with_table(again, spec, table_frame(again, spec))
    one, other = read_story(files, id="s"), read_story(again, id="s")
    assert one.events.equals(other.events)
    assert one.places.equals(other.places)
    assert one.people.equals(other.people)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_any_text_written_is_read_back(cells):
    changes = {"added_rows": [{"title": title, "mood": mood} for title, mood in cells]}
    table = edited(frame(), changes, "e")
    again = table_frame(with_table({}, EVENTS, table), EVENTS)
    assert again["title"].tolist() == table["title"].tolist()
    assert again["mood"].tolist() == table["mood"].tolist()


def test_a_cell_that_is_emptied_is_empty():
    assert edited(frame(), {"edited_rows": {0: {"start": None}}}, "e")["start"].tolist() == ["", "D2"]


def test_rows_are_deleted_by_where_they_stood_before():
    changes = {"edited_rows": {"1": {"title": "Second"}}, "deleted_rows": [0], "added_rows": [{"title": "New"}]}
    assert edited(frame(), changes, "e")["title"].tolist() == ["Second", "New"]


def test_a_row_that_was_only_opened_is_no_row():
    assert len(edited(frame(), {"added_rows": [{}, {"title": ""}]}, "e")) == 2


def test_a_column_the_table_does_not_have_is_not_made_by_an_editor():
    assert "row" not in edited(frame(), {"edited_rows": {0: {"row": "9"}}}, "e").columns


@pytest.mark.parametrize(("taken", "name"), [([], "e1"), (["e1", "e7", "x"], "e8"), (["e", "e1a"], "e1")])
def test_a_new_row_gets_an_id_that_nobody_has(taken, name):
    assert free_id(taken, "e") == name


def test_a_formula_is_written_so_that_no_spreadsheet_runs_it():
    table = edited(frame(), {"edited_rows": {0: {"title": "=1+1"}}}, "e")
    content = with_table({}, EVENTS, table)["events.csv"]
    assert b"'=1+1" in content
    assert table_frame({"events.csv": content}, EVENTS)["title"].tolist()[0] == "=1+1"
