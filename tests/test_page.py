import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import shelf
from dashboard.view import PANELS
from tests import stories
from tests.cases.write import CASES
from tests.foreign import english
from tests.foreign import shown as texts
from tests.serving import ROOT
from tests.visiting import drawn

MARKUP = '**bold** :red[x] ![i](https://h.example/i.png) <iframe srcdoc="x"></iframe> {{7*7191}} $x$ :smile:'


@pytest.fixture
def visit(monkeypatch):
    """Opens the page on these story folders, as a viewer who came with these query parameters."""

    def opened(*folders, **query):
        monkeypatch.setenv(shelf.VARIABLE, ":".join(map(str, folders)))
        test = AppTest.from_file(ROOT / "dashboard" / "page.py", default_timeout=60)
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
        drawn(test)
        assert not test.exception
        return test

    return opened


def shown(test):
    return test.dataframe[-1].value


def test_the_page_opens_on_the_events_so_far(visit):
    table = shown(visit(CASES / "small"))
    assert table.columns.tolist() == ["When", "Event", "Place", "People", "Chapter", "How sure"]
    assert table["Event"].tolist() == ["Plan over coffee", "Call to Cy", "Bell lifted", "Alarm", "Second alarm"]


def test_an_event_says_who_was_there_and_who_was_involved_from_elsewhere(visit):
    assert shown(visit(CASES / "small"))["People"][1] == "Ann Möller (from elsewhere: Cy Weiß)"


def test_the_table_holds_exactly_what_the_link_shows(visit):
    test = visit(CASES / "small", crew="cy", at="D3T12:00")
    assert shown(test)["Event"].tolist() == ["Call to Cy", "Bell lifted", "Somewhere dry"]
    assert "3 of 8 events" in [text.value for text in test.text]


def test_a_place_nobody_knows_is_said_to_be_unknown(visit, tmp_path):
    folder = stories.folder(tmp_path / "s", events="id,title,start,place\ne1,One,D1,\n")
    assert shown(visit(folder))["Place"].tolist() == ["not known"]


def test_places_are_listed_with_what_is_known_of_them(visit):
    table = shown(visit(CASES / "small", panel="places")).set_index("Place")
    assert table.loc["Pier 9", ["Precision", "Radius", "Events"]].tolist() == ["street", 120, 2]
    assert table.loc["Hideout", "Precision"] == "unknown"
    assert table.loc["Hideout", ["Radius"]].isna().all()


def test_the_map_of_the_uncertain_gets_the_address_of_the_story_and_no_place(visit):
    *_, rings = visit(CASES / "small", panel="places").get("bidi_component")
    given = json.loads(rings.proto.json)
    assert given.keys() == {"story", "basemap", "leaflet", "lang", "words"}
    assert given["story"].startswith("stories/small.json?v=")


def test_the_story_says_what_is_assumed_and_what_is_not_known(visit):
    test = visit(CASES / "small", panel="about")
    said = [line for text in test.text for line in text.value.splitlines()]
    assert "– The third day is the shortest reading." in said
    assert "– 3 places with coordinates, 1 without" in said
    assert "– times are wall-clock times in Europe/Berlin" in said
    assert shown(test)["Event without a place on the map"].tolist() == ["Somewhere dry"]


def test_a_story_with_faults_lists_them_above_the_board(visit, tmp_path):
    folder = stories.folder(tmp_path / "s", events="id,title,start,place\ne1,One,D1,nowhere\ne2,Two,soon,cafe\n")
    test = visit(folder)
    assert test.warning[0].value.startswith("2 faults ")
    assert test.dataframe[0].value["Row"].tolist() == ["2", "3"]
    assert len(test.dataframe) == 2


def test_a_story_with_nothing_to_open_shows_its_faults_and_nothing_else(visit, tmp_path):
    test = visit(stories.folder(tmp_path / "s", events="id,title,start\ne1,One\n"))
    assert test.error[0].value.startswith("This story cannot be opened")
    assert len(test.dataframe) == 1
    assert not test.get("bidi_component")


def test_a_folder_that_is_gone_is_no_stack_trace(visit, tmp_path):
    assert visit(tmp_path / "gone").error[0].value.startswith("This story cannot be opened")


def test_a_fault_of_a_huge_cell_is_short(visit, tmp_path):
    folder = stories.folder(tmp_path / "s", events=f"id,title,start\ne1,One,D1\ne2,Two,{'x' * 5000}\n")
    assert visit(folder).dataframe[0].value["Value"].str.len().max() <= 80


def test_no_text_of_a_story_is_read_as_markdown(visit, tmp_path):
    title = f"title = '''{MARKUP}'''\ndescription = '''{MARKUP}'''\ncredits = ['''{MARKUP}''']\n"
    toml = f"{title}\n[clock]\nkind = '{{kind}}'\n[about]\nassumptions = ['''{MARKUP}''']\n"
    quoted = MARKUP.replace('"', '""')
    events = f'id,title,start,place,people\ne1,"{quoted}",D1,cafe,ann\ne2,Two,"{quoted}",cafe,ann\n'
    folder = stories.folder(tmp_path / "s", toml=toml, events=events)
    for panel in ("events", "places", "about"):
        test = visit(folder, panel=panel)
        read = [*test.markdown, *test.warning, *test.error, *test.subheader, *test.caption]
        assert not [element.value for element in read if "iframe" in element.value or "bold" in element.value]
        assert "50337" not in str(test)


def test_a_link_with_nonsense_opens_the_story_and_says_once_what_was_left_out(visit):
    test = visit(CASES / "small", crew="nobody", at="D99")
    assert len(shown(test)) == 5
    said = test.session_state["notice"]
    assert said == ("small", 'Left out of this link: crew "nobody", at "D99".')
    assert test.run().session_state["notice"] == said


def test_of_several_stories_the_one_in_the_link_opens(visit, tmp_path):
    other = stories.folder(tmp_path / "other")
    test = visit(CASES / "small", other)
    assert test.selectbox[0].options == ["small", "other"]
    assert len(shown(test)) == 5
    assert shown(visit(CASES / "small", other, story="other"))["Event"].tolist() == ["One", "Two"]


def test_one_story_needs_no_picker(visit):
    assert not visit(CASES / "small").selectbox


def test_a_link_opens_the_page_in_spanish_and_ids_and_texts_of_the_story_stay(visit):
    test = visit(CASES / "small", lang="es")
    table = shown(test)
    assert table.columns.tolist() == ["Cuándo", "Evento", "Lugar", "Personas", "Capítulo", "Certeza"]
    assert table.iloc[0].tolist()[:2] == ["Día 1, 09:00", "Plan over coffee"]
    assert table["Personas"][1] == "Ann Möller (desde otro lugar: Cy Weiß)"
    assert "5 de 8 eventos" in [text.value for text in test.text]
    assert test.session_state["panel"] == "events"


def test_a_language_that_is_not_spoken_is_named_and_the_page_is_english(visit):
    test = visit(CASES / "small", lang="tlh")
    assert test.session_state["notice"][1] == 'Left out of this link: lang "tlh".'
    assert shown(test).columns[0] == "When"


@pytest.mark.parametrize("panel", PANELS)
def test_no_panel_shows_english_on_a_page_in_spanish(visit, panel):
    test = visit(CASES / "small", lang="es", panel=panel)
    assert not english(texts(test))


def test_a_story_with_faults_and_doubts_is_checked_in_spanish(visit, tmp_path):
    events = (
        "id,title,start,place,people,ends\ne1,One,D1,cafe,ann,ann\ne2,Two,D2,pier,ann;zoe,\n"
        "e2,Three,D99x,nowhere,bo,\n,Four,D3,,,\n"
    )
    folder = stories.folder(tmp_path / "s", events=events)
    test = visit(folder, lang="es", panel="checks")
    assert not english(texts(test))
    assert test.warning[0].value.endswith("se muestra abajo.")
