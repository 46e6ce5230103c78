import json
import math

from geo.decisions import as_values, chosen, decided_files, found, from_values, put, respelled, toponym_of, unknown
from geo.geocoder import Answer, Suggestion
from geo.story import read_files, read_story
from tests import stories

PLACES = (
    "id,name,query,lat,lon,radius_m\ncafe,Café,,53.55,9.99,50\nbank,Bank,Bank of Los Angeles,,,\nhide,Hideout,,,,\n"
)
BANK = Answer("Bank of Los Angeles", "sure", 34.05046912, -118.25, 119.2, "street", "relative", "how", "2026-11-22")


def places(tmp_path, *decisions):
    files = read_files(stories.folder(tmp_path / "s", places=PLACES))
    return read_story(decided_files(files, decisions), id="s").places.set_index("id")


def test_a_place_is_asked_for_by_its_query_else_by_its_name():
    assert toponym_of({"query": " Bank  of LA", "name": "Bank"}) == "Bank of LA"
    assert toponym_of({"query": "", "name": "Hideout"}) == "Hideout"


def test_what_was_found_stands_with_where_it_comes_from(tmp_path):
    bank = places(tmp_path, found(BANK)).loc["bank"]
    assert (bank["lat"], bank["lon"], bank["radius_m"], bank["precision"]) == (34.050469, -118.25, 120.0, "street")
    assert (bank["geocoder"], bank["answer"], bank["checked"]) == ("relative", "how", "2026-11-22")
    assert (bank["basis"], bank["source"]) == ("relative phrase", "position: relative")


def test_a_coordinate_the_author_wrote_is_never_replaced(tmp_path):
    cafe = places(tmp_path, put("Café", 1.0, 2.0, "2026-11-22")).loc["cafe"]
    assert (cafe["lat"], cafe["lon"]) == (53.55, 9.99)


def test_the_later_of_two_decisions_holds(tmp_path):
    first, second = put("Hideout", 1.0, 2.0, "2026-11-22"), put("Hideout", 3.0, 4.0, "2026-11-22")
    assert places(tmp_path, first, second).loc["hide", ["lat", "lon"]].tolist() == [3.0, 4.0]
    assert math.isnan(places(tmp_path, first, unknown("Hideout")).loc["hide", "lat"])


def test_an_earlier_decision_in_the_file_may_be_changed(tmp_path):
    files = read_files(stories.folder(tmp_path / "s", places=PLACES))
    once = decided_files(files, [put("Hideout", 1.0, 2.0, "2026-11-22")])
    again = read_story(decided_files(once, [put("Hideout", 3.0, 4.0, "2026-11-23")]), id="s").places.set_index("id")
    assert again.loc["hide", ["lat", "checked"]].tolist() == [3.0, "2026-11-23"]


def test_a_place_nobody_knows_is_said_to_be_unknown(tmp_path):
    hide = places(tmp_path, unknown("Hideout")).loc["hide"]
    assert (hide["precision"], hide["source"]) == ("unknown", "")
    assert math.isnan(hide["lat"])


def test_a_candidate_that_was_chosen_says_so(tmp_path):
    answer = Answer("Hideout", "choose", checked="2026-11-22")
    candidate = Suggestion("Hideout Bar", 5.0, 6.0, 30.0, "exact", "nominatim")
    hide = places(tmp_path, chosen(answer, candidate)).loc["hide"]
    assert (hide["answer"], hide["source"]) == (
        "Hideout Bar",
        "position: nominatim, chosen by hand (© OpenStreetMap contributors, ODbL 1.0)",
    )


def test_without_decisions_the_files_are_the_same(tmp_path):
    files = read_files(stories.folder(tmp_path / "s", places=PLACES))
    assert decided_files(files, ()) == files


def test_another_spelling_that_was_found_is_told_with_the_source(tmp_path):
    hide = places(tmp_path, respelled("Hideout", BANK)).loc["hide"]
    assert (hide["lat"], hide["answer"]) == (34.050469, "how")
    assert hide["source"] == "position: relative, asked as 'Bank of Los Angeles'"


def test_what_the_author_wrote_about_a_place_stays(tmp_path):
    table = "id,name,radius_m,precision,source\nhide,Hideout,900,district,a book; page 4\n"
    files = read_files(stories.folder(tmp_path / "s", places=table, events="id,title,start\ne1,One,D1\n"))
    once = decided_files(files, [put("Hideout", 1.0, 2.0, "2026-11-22")])
    for decided in (once, decided_files(once, [put("Hideout", 1.0, 2.0, "2026-11-23")])):
        hide = read_story(decided, id="s").places.set_index("id").loc["hide"]
        assert hide["source"] == "a book; page 4; position: set by hand"
    first = read_story(once, id="s").places.set_index("id").loc["hide"]
    assert (first["radius_m"], first["precision"]) == (900.0, "district")


def test_decisions_are_plain_values_that_json_keeps():
    decisions = (found(BANK), unknown("Hideout"), put("x", 0.0, 0.0, "2026-11-22"))
    kept = from_values(json.loads(json.dumps(as_values(decisions), allow_nan=False)))
    assert str(kept) == str(decisions)
