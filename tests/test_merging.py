from geo.merges import Merge
from geo.merging import merged_files
from geo.story import read_files, read_story
from tests import stories

PEOPLE = "id,name,group,role,aliases\nneil,Neil,crew,,\nmccauley,Neil McCauley,,leader,Mac\nbo,Bo,crew,,\n"
PLACES = "id,name,aliases,lat,lon\ncafe,Kate's Deli,,,\ndeli,Kates Deli,,34.1,-118.2\n"
EVENTS = "id,title,start,place,people,remote\ne1,One,D1,cafe,neil;bo,\n"
EVENTS += "e2,Two,D2,deli,mccauley;neil,\ne3,Three,D3,deli,bo,neil\n"


def merged(tmp_path, merge):
    files = read_files(stories.folder(tmp_path / "s", events=EVENTS, people=PEOPLE, places=PLACES))
    return files, read_story(merged_files(files, merge), id="s")


def test_a_person_of_two_names_becomes_one_wherever_events_name_them(tmp_path):
    _, story = merged(tmp_path, Merge("person", "Neil McCauley", "Neil", ""))
    assert story.events["people"].tolist() == [("mccauley", "bo"), ("mccauley",), ("bo",)]
    assert story.events["remote"].tolist() == [(), (), ("mccauley",)]
    assert story.faults == ()


def test_the_other_name_becomes_an_alias_and_empty_cells_are_filled(tmp_path):
    _, story = merged(tmp_path, Merge("person", "Neil McCauley", "Neil", ""))
    kept = story.people.set_index("id").loc["mccauley"]
    assert (kept["aliases"], kept["group"], kept["role"]) == ("Mac;Neil", "crew", "leader")
    assert "neil" not in story.people["id"].tolist()


def test_a_place_of_two_spellings_has_the_coordinates_of_either(tmp_path):
    _, story = merged(tmp_path, Merge("place", "Kate's Deli", "Kates Deli", ""))
    assert story.events["place"].tolist() == ["cafe", "cafe", "cafe"]
    assert story.places.loc[0, ["lat", "lon"]].tolist() == [34.1, -118.2]


def test_names_that_are_not_there_change_nothing(tmp_path):
    files, _ = merged(tmp_path, Merge("person", "Nobody", "Neil", ""))
    assert merged_files(files, Merge("person", "Nobody", "Neil", "")) == files
    assert merged_files(files, Merge("person", "Neil", "Neil", "")) == files
