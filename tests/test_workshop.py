"""The desk of an author, visited without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import keeping, shelf
from dashboard.workshop.draft import drop, find
from dashboard.workshop.session import KEY
from geo.archive import archive, read_archive
from geo.story import read_story
from tests.foreign import english
from tests.foreign import shown as texts
from tests.serving import ROOT
from tests.visiting import drawn

TABLE = """Date,Time,People,Location,What happened,Latitude,Longitude
3 Oct 1995,11:30,Neil McCauley; Chris,Union Station,The crew meets,34.0561,-118.2365
4 Oct 1995,,Neil,Koreatown,A long dinner,,
6 Oct 1995,,Vincent,LAX,A flight is booked,-118.4085,33.9416
yesterday,,Waingro,Nowhere Hill,He is not seen again,,
"""


@pytest.fixture
def visit(monkeypatch):
    """Opens the page of an author at a step; every address parameter may be given."""
    monkeypatch.delenv(shelf.VARIABLE, raising=False)
    monkeypatch.delenv(keeping.VARIABLE, raising=False)

    def opened(**query):
        test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
        assert not test.exception
        return test

    return opened


@pytest.fixture
def desk(visit):
    """An author who has brought the table above."""
    test = visit(own="file")
    test.text_area(key="pasted").set_value(TABLE).run()
    return press(test, "Read what I pasted")


def press(test, label):
    next(button for button in test.button if button.label == label).click()
    test.run()
    assert not test.exception
    return test


def step(test, name):
    chooser = next(group for group in test.button_group if group.key == "step")
    chooser.set_value(name).run()
    assert not test.exception
    return test


def look_up(test):
    """Looks up what our own tables know, however long a loaded machine takes."""
    press(step(test, "places"), "Look up")
    find(parameter(test, KEY)).asking.wait(60)
    test.run()
    return test


def said(test):
    return "\n".join(element.value for kind in (test.text, test.subheader, test.warning) for element in kind)


def parameter(test, name):
    value = test.query_params[name]
    return value if isinstance(value, str) else value[0]


def mine(test):
    return shelf.find(parameter(test, "story"))


def test_an_author_without_a_draft_is_asked_for_rows(visit):
    test = visit(own="check")
    assert [heading.value for heading in test.subheader] == ["Bring your rows"]


def test_pasted_rows_become_a_story_under_an_id_nobody_guesses(desk):
    opened = mine(desk)
    assert keeping.TOKEN.fullmatch(opened.story.id)
    assert opened.story.events["title"].tolist()[0] == "The crew meets"
    assert "4 events, 5 people, 4 places, 1 with coordinates" in said(desk)


def test_what_the_columns_mean_can_be_corrected(desk):
    chooser = next(box for box in desk.multiselect if box.label == "What")
    chooser.set_value(["Location"]).run()
    assert mine(desk).story.events["title"].tolist()[0] == "Union Station"
    press(desk, "Undo")
    assert mine(desk).story.events["title"].tolist()[0] == "The crew meets"
    press(desk, "Redo")
    assert mine(desk).story.events["title"].tolist()[0] == "Union Station"


def test_the_check_groups_faults_and_one_click_swaps_coordinates(desk):
    test = step(desk, "check")
    assert "2 of 4 rows are in order; 2 need you." in said(test)
    assert "Swap latitude and longitude in 1 row" in said(test)
    press(test, "Apply")
    assert "3 of 4 rows are in order; 1 needs you." in said(test)
    lax = mine(test).story.places.set_index("name").loc["LAX"]
    assert (lax["lat"], lax["lon"]) == (33.9416, -118.4085)


def test_two_spellings_of_a_person_are_merged_by_one_click(desk):
    test = step(desk, "check")
    press(test, "Merge")
    assert sorted(mine(test).story.people["name"]) == ["Chris", "Neil McCauley", "Vincent", "Waingro"]
    assert "Merge" not in [button.label for button in test.button]


def test_a_pair_that_is_not_the_same_is_not_asked_about_again(desk):
    test = press(step(desk, "check"), "Not the same")
    assert "Merge" not in [button.label for button in test.button]


def test_places_are_looked_up_in_our_own_tables_and_decided_by_hand(desk):
    test = look_up(desk)
    assert "1 not found" in said(test)
    assert mine(test).story.places.set_index("name").loc["Koreatown", "geocoder"] == "los_angeles"
    press(test, "Nobody knows")
    places = mine(test).story.places.set_index("name")
    assert places.loc["Nowhere Hill", "precision"] == "unknown"
    press(test, "Undo")
    assert mine(test).story.places.set_index("name").loc["Nowhere Hill", "precision"] != "unknown"


def test_coordinates_are_pasted_in_the_forms_people_use(desk):
    test = look_up(desk)
    field = next(field for field in test.text_input if field.label == "Coordinates")
    field.set_value("34°03'N 118°15'W").run()
    hill = mine(test).story.places.set_index("name").loc["Nowhere Hill"]
    assert (round(hill["lat"], 2), round(hill["lon"], 2), hill["basis"]) == (34.05, -118.25, "set by hand")


def test_coordinates_that_cannot_be_read_are_said_and_nothing_is_written(desk):
    test = look_up(desk)
    next(field for field in test.text_input if field.label == "Coordinates").set_value("somewhere").run()
    assert "“somewhere”" in said(test)
    assert mine(test).story.places.set_index("name")["lat"].isna()["Nowhere Hill"]


def test_another_spelling_is_asked_for_and_written_for_the_place(desk):
    test = look_up(desk)
    next(field for field in test.text_input if "spelling" in field.label).set_value("Firestone station").run()
    hill = mine(test).story.places.set_index("name").loc["Nowhere Hill"]
    assert (hill["geocoder"], hill["answer"]) == ("los_angeles", "Firestone station")


def test_a_story_that_is_downloaded_reads_back_the_same(desk):
    opened = mine(desk)
    files = keeping.find(opened.story.id).files
    again = read_story(read_archive(archive(files), "s.zip"), id=opened.story.id)
    assert again.events.equals(opened.story.events)
    assert again.places.equals(opened.story.places)


def test_a_host_with_a_folder_saves_the_story_under_its_link(desk, tmp_path, monkeypatch):
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "saved"))
    test = press(step(desk, "keep"), "Save")
    name = parameter(test, "story")
    links = [block.value for block in test.code]
    assert any(link.endswith(f"?story={name}") for link in links)
    keeping.forget(name)
    assert keeping.find(name) is not None


def test_a_saved_story_is_worked_on_again_by_whoever_has_its_key(desk, visit, tmp_path, monkeypatch):
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "saved"))
    test = press(step(desk, "keep"), "Save")
    name, key = parameter(test, "story"), parameter(test, KEY)
    drop(find(key))
    again = visit(own="check", story=name, draft=key)
    assert "All 13 rows are in order." in said(again)
    other = visit(own="check", story=name, draft="x" * 22)
    assert [heading.value for heading in other.subheader] == ["Bring your rows"]


def test_a_forgotten_story_is_gone_from_memory(desk):
    name = parameter(desk, "story")
    press(step(desk, "keep"), "Forget this story")
    assert keeping.find(name) is None


def test_the_link_of_a_story_that_is_gone_says_so_and_opens_the_first_one(visit):
    test = drawn(visit(story="x" * 22))
    assert "not kept here any more" in test.warning[0].value
    assert test.get("bidi_component")


def test_the_board_of_a_draft_leads_back_to_its_desk(desk, visit):
    name, key = parameter(desk, "story"), parameter(desk, KEY)
    board = visit(story=name)
    assert "Your own story" in [button.label for button in board.button]
    press(desk, "Open the board")
    assert "Work on this story" in [button.label for button in desk.button]
    assert key not in str(desk.query_params)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\x00\x01", "<html>"])
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(visit, text):
    test = visit(own="file")
    test.text_area(key="pasted").set_value(text or " ").run()
    button = next(button for button in test.button if button.label == "Read what I pasted")
    if text:
        press(test, "Read what I pasted")
        assert "cannot be read as a story" in said(test)
    else:
        assert button.disabled
    assert "story" not in test.query_params


def test_the_example_has_no_fault(visit):
    test = press(visit(own="file"), "Ten example rows")
    assert "All" in said(test)
    assert mine(test).faults == ()


def test_the_desk_of_an_author_shows_no_english_in_spanish(visit):
    test = visit(own="file", lang="es")
    assert not english(texts(test))
    rows = TABLE.replace("yesterday", "03/04/2021").partition("\n")[2]
    test.text_area(key="pasted").set_value(f"Fecha,Hora,Personas,Lugar,Qué pasó,Latitud,Longitud\n{rows}").run()
    test.button(key="read").click().run()
    seen = texts(test)
    for name in ("file", "check", "tables", "keep", "places"):
        seen += texts(step(test, name))
    test.button(key="look up").click().run()
    find(parameter(test, KEY)).asking.wait(60)
    seen += texts(test.run())
    assert not english(seen)
    assert parameter(test, "lang") == "es"


def test_what_is_done_in_spanish_is_the_same_story(visit):
    test = visit(own="file", lang="es")
    test.text_area(key="pasted").set_value(TABLE).run()
    test.button(key="read").click().run()
    assert mine(test).story.events["title"].tolist()[0] == "The crew meets"
    assert [button.label for button in test.button][:3] == ["Deshacer", "Rehacer", "Abrir el tablero"]
    test.button(key="open the board").click().run()
    assert parameter(test, "lang") == "es"
