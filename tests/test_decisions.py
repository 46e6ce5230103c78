import math

from geo.decisions import chosen, decided_files, found, put, toponym_of, unknown
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
    assert (bank["basis"], bank["source"]) == ("relative phrase", "relative")


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
    assert (hide["answer"], hide["source"]) == ("Hideout Bar", "nominatim, chosen by hand")


def test_without_decisions_the_files_are_the_same(tmp_path):
    files = read_files(stories.folder(tmp_path / "s", places=PLACES))
    assert decided_files(files, ()) == files
