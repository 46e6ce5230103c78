import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import Fault
from geo.making import made
from geo.mapping import recognised
from geo.story import read_story
from tests.raws import raw


def draft(text, **more):
    table = raw(text, **more)
    return made(table, recognised(table))


def story(text, **more):
    return read_story(draft(text, **more).files, id="mine")


def test_a_row_becomes_an_event_with_its_people_and_its_place():
    read = story("id,who,what,place,when,lat,lon\n7,Ann; Bob,met,Paris,3 Oct 1995,48.85,2.35")
    assert read.faults == ()
    [event] = read.events.to_dict("records")
    assert (event["id"], event["title"], event["start"], event["place"]) == ("7", "met", "1995-10-03", "paris")
    assert event["people"] == ("ann", "bob")
    assert read.people["name"].tolist() == ["Ann", "Bob"]
    assert read.places[["name", "lat", "lon"]].to_dict("records") == [{"name": "Paris", "lat": 48.85, "lon": 2.35}]


def test_the_times_decide_the_order_of_the_events():
    read = story("who,what,when\nAnn,later,1995-10-05\nAnn,earlier,1995-10-03")
    assert read.faults == ()
    assert read.meta.by_rows is False
    assert read.events["title"].tolist() == ["earlier", "later"]


def test_the_story_is_called_like_its_file():
    assert story("who,what\nAnn,met", file="my_own.csv").meta.title == "my own"


def test_every_row_is_kept_and_every_event_knows_its_row():
    text = "id,who,what,when,place\n1,Ann,a,soon,Paris\n1,Bob,b,1995-10-03,\nx,Cy,c,,Rome"
    made_of = draft(text)
    assert made_of.sources == {"row-2": 2, "row-3": 3, "x": 4}
    assert (made_of.rows, made_of.flagged) == (3, (2, 3))
    assert len(read_story(made_of.files, id="mine").events) == 3


def test_rows_without_a_title_are_called_by_who_and_where_else_by_their_number():
    read = story("who,place,when\nAnn; Bob,Paris,1995-10-03\n,Rome,1995-10-04\nCy,,1995-10-05")
    assert read.events["title"].tolist() == ["Ann, Bob · Paris", "Rome", "Cy"]
    assert story("when,note to self\n1995-10-03,\n1995-10-04,x").events["title"].tolist()[0] == "Row 2"


def test_a_long_title_is_cut_and_told_in_full_below():
    text = "They walk in and out of the bank. " * 10
    [event] = story(f"what,when\n{text.strip()},1995-10-03").events.to_dict("records")
    assert len(event["title"]) == 120
    assert event["summary"] == text.strip()


def test_columns_of_an_address_make_one_place():
    read = story("who,street,city,date\nNeil,Firestone Blvd,Los Angeles,1995-10-03")
    assert read.places["query"].tolist() == ["Firestone Blvd, Los Angeles"]


def test_what_an_address_repeats_is_left_out():
    read = story('address,city,country\n"Calle Mayor 1, Madrid",Madrid,\n"Rua 1",Lisboa,Portugal')
    assert read.places["name"].tolist() == ["Calle Mayor 1, Madrid", "Rua 1, Lisboa, Portugal"]


def test_first_and_last_names_are_one_person():
    read = story("First Name,Last Name,Event,Date\nNeil,McCauley,eats,1995-10-03\nAnn,,eats,1995-10-03")
    assert read.people["name"].tolist() == ["Neil McCauley", "Ann"]


def test_a_date_and_a_time_in_two_columns_are_one_instant():
    read = story("date,time,end time,what\n1995-10-03,11:30,12:10,a robbery\n1995-10-03,,,a wait")
    assert read.faults == ()
    assert sorted(read.events["start"]) == ["1995-10-03", "1995-10-03T11:30"]
    assert sorted(read.events["end"]) == ["", "1995-10-03T12:10"]


def test_times_of_four_digits_are_clock_times():
    read = story(
        "DATE OCC,TIME OCC,Crm Cd Desc\n01/28/2020 12:00:00 AM,0845,BURGLARY\n01/08/2020 12:00:00 AM,2230,THEFT"
    )
    assert read.events["start"].tolist() == ["2020-01-08T22:30", "2020-01-28T08:45"]


def test_columns_of_years_months_and_days_are_one_date():
    read = story("Year,Month,Day,Headline\n1995,10,3,a\n1995,11,,b\n1996,,,c\n1995,October,4,d")
    assert sorted(read.events["start"]) == ["1995-10-03", "1995-10-04", "1995-11", "1996"]


def test_days_of_a_story_are_told_in_days():
    read = story("Day,Time,Character,Action\n8,11:30,Neil,walks in\n9,,Neil,waits")
    assert read.meta.clock_kind == "days"
    assert read.events["start"].tolist() == ["D8T11:30", "D9"]


def test_an_end_before_its_start_is_a_fault_and_left_out():
    made_of = draft("what,start,end\nx,1995-10-04,1995-10-03\ny,1995-10-03,")
    assert [str(fault).split(";")[0] for fault in made_of.faults] == [
        "mine.csv row 2: end '1995-10-03' is before the start '1995-10-04'"
    ]
    assert made_of.flagged == (2,)


def test_instants_of_several_zones_are_shown_on_one_clock_in_their_order():
    rows = "2021-03-28T01:30:00Z\n2021-03-28T02:15:00+01:00\n2021-03-28T01:40:00Z"
    made_of = draft("what,when\n" + "\n".join(f"e{i},{row}" for i, row in enumerate(rows.split())))
    read = read_story(made_of.files, id="mine")
    assert (read.faults, read.events["title"].tolist()) == ((), ["e1", "e0", "e2"])
    assert read.events["start"].tolist()[0] == "2021-03-28T01:15"
    assert read.events["time as written"].tolist()[0] == "2021-03-28T02:15:00+01:00"
    assert "shown on one clock" in made_of.notices[0]


def test_a_zone_that_changes_no_order_leaves_times_as_they_are_written():
    made_of = draft("what,when\na,2021-01-28T02:30+01:00\nb,2021-07-28T02:30+02:00")
    assert b"2021-07-28T02:30" in made_of.files["events.csv"]
    assert "local time is kept" in made_of.notices[0]


def test_somebody_on_the_phone_is_not_there():
    [event] = story("caller,callee,what\nNeil,Nate; Neil,they talk").events.to_dict("records")
    assert (event["people"], event["remote"]) == (("neil",), ("nate",))


def test_columns_nobody_knows_are_kept_with_their_names():
    read = story("who,what,{{7*7191}},=1+1\nAnn,met,a,=2+2")
    assert read.events[["{{7*7191}}", "=1+1"]].to_dict("records") == [{"{{7*7191}}": "a", "=1+1": "=2+2"}]


def test_a_column_called_like_one_of_ours_is_renamed_and_said():
    made_of = draft("who,what,row,Basis\nAnn,met,12,rumour")
    read = read_story(made_of.files, id="mine")
    assert read.faults == ()
    assert read.events[["row (as written)", "Basis (as written)"]].to_numpy().tolist() == [["12", "rumour"]]
    assert "The column 'row' is called 'row (as written)' in the story." in made_of.notices


def test_two_rows_that_say_the_same_are_named():
    assert "Rows 2 and 4 are the same in every cell." in draft("who,what\nAnn,a\nBob,b\nAnn,a").notices


def test_a_table_that_says_nowhere_flags_no_row_for_it():
    made_of = draft("who,what\nAnn,a")
    assert made_of.flagged == ()
    assert made_of.notices == ("No column says where: every event is listed, and none is on the map.",)


@pytest.mark.parametrize("text", ["=1+1", "<b>x</b>", "{{7*7191}}", "'=1+1", '"=1+1"', "-1 and falling", "@a"])
def test_text_is_text(text):
    quoted = '"' + text.replace('"', '""') + '"'
    [event] = story(f"who,what,place\n{quoted},{quoted},{quoted}").events.to_dict("records")
    assert event["title"] == text
    read = story(f"who,what,place\n{quoted},{quoted},{quoted}")
    assert (read.people["name"].tolist(), read.places["name"].tolist()) == ([text], [text])


def test_a_draft_is_the_same_every_time():
    text = "who,what,place\nAnn,a,Paris\nBob,b,Rome"
    assert draft(text).files == draft(text).files


def test_what_the_reader_said_of_a_cell_is_not_said_twice():
    told = Fault("mine.csv", 2, "when", "[]", "is a list", "write one text")
    made_of = draft("who,place,when\nAnn,,[]", faults=(told,))
    assert made_of.faults == (told,)
    assert made_of.flagged == (2,)


CELLS = st.text("ab1;,&-:/ 0'=\"<é", max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_whatever_the_cells_hold_the_draft_reads_without_faults(rows):
    table = raw("id,who,what,place,when,lat,lon")
    cells = tuple(tuple(cell.strip() for cell in row) for row in rows)
    table = type(table)("a.csv", "CSV", table.header, cells, tuple(range(2, 2 + len(rows))))
    made_of = made(table, recognised(table))
    read = read_story(made_of.files, id="mine")
    assert (read.faults, len(read.events)) == ((), len(rows))
    assert set(made_of.flagged) == {fault.row for fault in made_of.faults}
    assert set(made_of.sources) == set(read.events["id"])
