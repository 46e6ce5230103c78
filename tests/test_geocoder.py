"""The chain from a toponym to a place: who is asked, in which order, and what is written down."""

import json
import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cache import Cache
from geo.candidates import Candidate
from geo.errors import GeocodingError, ServiceStopped, ServiceUnavailable
from geo.gazetteer import Gazetteer
from geo.geocoder import Chain, geocode_places, rederive, story_chain
from geo.service import Reply, Service
from geo.story import find_story, read_story, write_story
from tests.fake_nominatim import Scripted, fake_nominatim, place, places

LOS_ANGELES = (-118.7, 33.6, -117.9, 34.4)
NOW = 1_800_000_000.0  # 2027-01-15, 08:00 UTC
TODAY = "2027-01-15"

STORY = """title = "Small"
[clock]
kind = "days"
[map]
bounds = [-118.7, 33.6, -117.9, 34.4]
"""
PLACES = """id,name,aliases,query,lat,lon,radius_m,precision,basis,source,geocoder,checked,note
bank,Far East National Bank,the bank downtown,,34.0509,-118.2563,80,exact,film,a book,,,
depot,Depot,,,,,,unknown,,,,,
club,Club,,Koreatown club,,,,,,,,,
house,House,,Santa Monica house,,,900,district,,an article,,,
"""


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class FakeService:
    """Answers from a table; an exception in it is raised, and everything else is unknown."""

    name = "fake"

    def __init__(self, **answers) -> None:
        self.answers, self.asked = answers, []

    def ask(self, toponym: str) -> Reply:
        self.asked.append(toponym)
        answer = self.answers.get(toponym.replace(" ", "_"), ())
        if isinstance(answer, Exception):
            raise answer
        return Reply(answer, "2026-12-01")


def there(lat: float, lon: float, name: str = "There") -> Candidate:
    return Candidate(name, lat, lon, 40.0, "exact")


def small_story(folder, table: str = PLACES):
    (folder / "story.toml").write_text(STORY, "utf-8")
    (folder / "events.csv").write_text("id,title,start,place\ne1,Arrival,D1T11:30,bank\n", "utf-8")
    (folder / "people.csv").write_text("id,name\nneil,Neil\n", "utf-8")
    (folder / "places.csv").write_text(table, "utf-8")
    return read_story(folder)


@pytest.fixture
def story(tmp_path):
    story = small_story(tmp_path)
    assert story.faults == ()
    return story


def chain(service=None, **gazetteers) -> Chain:
    return Chain(gazetteers, service, bounds=LOS_ANGELES, clock=Clock())


# --- The order ---


def test_the_storys_gazetteer_is_asked_before_ours_of_los_angeles(tmp_path):
    elsewhere = small_story(tmp_path, "id,name,lat,lon,radius_m\nx,Firestone station,34.3,-118.5,10\n")
    answer = story_chain(elsewhere).geocode("Firestone station")
    assert (answer.status, answer.geocoder, answer.lat, answer.lon) == ("sure", "story", 34.3, -118.5)


def test_our_gazetteer_answers_what_the_story_does_not_know(story):
    service = FakeService()
    answer = story_chain(story, service, clock=Clock()).geocode("Firestone station")
    assert (answer.status, answer.geocoder, answer.checked) == ("sure", "los_angeles", TODAY)
    assert (answer.lat, answer.lon) == pytest.approx((33.9596, -118.2432), abs=0.002)
    assert service.asked == []


def test_an_alias_of_the_story_is_found(story):
    answer = story_chain(story).geocode("the bank downtown")
    assert (answer.status, answer.lat, answer.lon, answer.radius_m) == ("sure", 34.0509, -118.2563, 80)
    assert answer.answer == "Far East National Bank"


def test_a_relative_phrase_is_resolved_before_a_service_is_asked(story):
    service = FakeService()
    phrase = "Venice Boulevard just east of the I-10/I-110 overpass"
    answer = story_chain(story, service).geocode(phrase)
    assert (answer.status, answer.geocoder) == ("sure", "relative")
    assert (answer.lat, answer.lon) == pytest.approx((34.0387, -118.2730), abs=0.0015)
    assert answer.answer
    assert service.asked == []


def test_a_service_is_asked_last():
    service = FakeService(Somewhere=(there(34.0, -118.2, "Somewhere, Los Angeles"),))
    answer = chain(service).geocode("Somewhere")
    assert answer[:9] == (
        "Somewhere",
        "sure",
        34.0,
        -118.2,
        40.0,
        "exact",
        "fake",
        "Somewhere, Los Angeles",
        "2026-12-01",
    )


# --- What is not a sure match ---


def test_without_a_service_nothing_is_asked():
    answer = chain().geocode("Atlantis")
    assert (answer.status, answer.suggestions) == ("not_asked", ())
    assert math.isnan(answer.lat)
    assert "no service was named" in answer.why


def test_a_near_miss_is_a_suggestion_with_its_score(story):
    answer = story_chain(story).geocode("Far Eest National Bank")
    assert answer.status == "choose"
    assert math.isnan(answer.lat)
    best = answer.suggestions[0]
    assert (best.name, best.lat, best.geocoder) == ("Far East National Bank", 34.0509, "story")
    assert 80 < best.score < 100


def test_an_answer_outside_the_study_area_is_a_suggestion():
    service = FakeService(Paris=(there(33.66, -95.55, "Paris, Texas"),))
    answer = chain(service).geocode("Paris")
    assert answer.status == "choose"
    assert [suggestion.name for suggestion in answer.suggestions] == ["Paris, Texas"]
    assert "outside the study area" in answer.why


@pytest.mark.parametrize(("lat", "lon"), [(33.6, -118.7), (34.4, -117.9), (34.0, -118.7)])
def test_the_edge_of_the_study_area_is_inside(lat, lon):
    assert chain(FakeService(Edge=(there(lat, lon),))).geocode("Edge").status == "sure"


def test_an_answer_inside_the_study_area_wins_over_one_outside():
    service = FakeService(Paris=(there(48.85, 2.35), there(34.0, -118.2)))
    answer = chain(service).geocode("Paris")
    assert (answer.status, answer.lat) == ("sure", 34.0)


def test_several_places_of_one_name_in_the_study_area_are_left_to_the_author():
    service = FakeService(Main_Street=(there(34.0, -118.2), there(34.3, -118.5)))
    answer = chain(service).geocode("Main Street")
    assert (answer.status, len(answer.suggestions)) == ("choose", 2)


def test_several_entries_of_one_place_are_one_place():
    service = FakeService(Union_Station=(there(34.0561, -118.2365), there(34.0563, -118.2341)))
    assert chain(service).geocode("Union Station").status == "sure"


def test_without_a_study_area_every_answer_is_inside():
    service = FakeService(Paris=(there(48.85, 2.35),))
    assert Chain({}, service).geocode("Paris").status == "sure"


def test_a_study_area_may_cross_the_date_line():
    service = FakeService(Suva=(there(-18.14, 178.44),), Paris=(there(48.85, 2.35),))
    pacific = Chain({}, service, bounds=(170.0, -60.0, -120.0, 60.0))
    assert (pacific.geocode("Suva").status, pacific.geocode("Paris").status) == ("sure", "choose")


def test_a_service_that_knows_nothing_is_not_found():
    answer = chain(FakeService()).geocode("Atlantis")
    assert (answer.status, answer.why) == ("not_found", "fake knows no such place")


def test_a_name_that_two_places_of_the_story_have_is_left_to_the_author(tmp_path):
    story = small_story(tmp_path, "id,name,lat,lon\na,The motel,34.0,-118.2\nb,The motel,34.1,-118.3\n")
    service = FakeService(The_motel=(there(34.2, -118.4),))
    answer = story_chain(story, service).geocode("The motel")
    assert (answer.status, [place.lat for place in answer.suggestions]) == ("choose", [34.0, 34.1])
    assert service.asked == []


@pytest.mark.parametrize("fault", [ServiceStopped("paused"), ServiceUnavailable("no network")])
def test_a_service_that_cannot_be_asked_means_later(fault):
    answer = chain(FakeService(Atlantis=fault)).geocode("Atlantis")
    assert (answer.status, answer.why) == ("later", str(fault))


def test_an_answer_that_is_no_place_is_not_found():
    answer = chain(FakeService(Atlantis=GeocodingError("no usable coordinates"))).geocode("Atlantis")
    assert (answer.status, answer.why) == ("not_found", "no usable coordinates")


@pytest.mark.parametrize("toponym", ["", " ", "\n"])
def test_nothing_is_not_asked_for(toponym):
    service = FakeService()
    assert chain(service).geocode(toponym).status == "not_found"
    assert service.asked == []


@given(st.text(max_size=400))
def test_any_text_has_an_answer_without_a_service(toponym):
    answer = Chain({"los_angeles": Gazetteer.los_angeles()}).geocode(toponym)
    assert (answer.status == "sure") is not math.isnan(answer.lat)


# --- A whole story ---


def test_only_what_was_missing_is_written(story):
    service = FakeService(Koreatown_club=(there(34.06, -118.3),), Santa_Monica_house=(there(34.0, -118.48),))
    after, _ = geocode_places(story, story_chain(story, service))
    by_id = after.set_index("id")
    assert by_id.loc["club", ["lat", "lon", "radius_m", "precision"]].tolist() == [34.06, -118.3, 40.0, "exact"]
    assert by_id.loc["house", ["lat", "lon", "radius_m", "precision"]].tolist() == [34.0, -118.48, 900.0, "district"]
    assert by_id.loc["house", "source"] == "an article"
    pd.testing.assert_series_equal(by_id.loc["bank", :"note"], story.places.set_index("id").loc["bank", :"note"])


def test_which_geocoder_said_what_and_when_stands_beside_the_coordinate(story):
    service = FakeService(Koreatown_club=(there(34.06, -118.3, "Koreatown, Los Angeles"),))
    after, _ = geocode_places(story, story_chain(story, service))
    club = after.set_index("id").loc["club"]
    assert (club["geocoder"], club["answer"], club["checked"]) == ("fake", "Koreatown, Los Angeles", "2026-12-01")


def test_what_was_found_is_there_when_the_story_is_written_and_read(story, tmp_path):
    service = FakeService(Koreatown_club=(there(34.06, -118.3, "Koreatown, Los Angeles"),))
    after, _ = geocode_places(story, story_chain(story, service))
    write_story(replace(story, places=after), tmp_path / "again")
    read = read_story(tmp_path / "again")
    assert read.faults == ()
    pd.testing.assert_frame_equal(read.places.drop(columns="row"), after.drop(columns="row"), check_like=True)


def test_a_place_that_is_called_unknown_is_not_asked_for(story):
    service = FakeService(Depot=(there(34.0, -118.2),))
    after, answers = geocode_places(story, story_chain(story, service))
    assert "Depot" not in service.asked
    assert math.isnan(after.set_index("id").loc["depot", "lat"])
    assert [answer.status for answer in answers if answer.toponym == "Depot"] == ["not_asked"]


def test_a_place_without_a_query_is_asked_for_by_its_name(tmp_path):
    story = small_story(tmp_path, "id,name\nx,Santa Monica Pier\n")
    service = FakeService(Santa_Monica_Pier=(there(34.0, -118.49),))
    after, _ = geocode_places(story, Chain({}, service))
    assert after["lat"].tolist() == [34.0]


def test_what_could_not_be_asked_for_is_named_and_the_rest_is_kept(story):
    service = FakeService(Koreatown_club=(there(34.06, -118.3),), Santa_Monica_house=ServiceUnavailable("no network"))
    after, answers = geocode_places(story, story_chain(story, service))
    assert {answer.toponym: answer.status for answer in answers} == {
        "Depot": "not_asked",
        "Koreatown club": "sure",
        "Santa Monica house": "later",
    }
    assert after["lat"].notna().sum() == 2


def test_progress_is_told_after_each_answer(story):
    told = []
    geocode_places(story, Chain({}), lambda done, total, answer: told.append((done, total, answer.toponym)))
    assert told == [(1, 3, "Depot"), (2, 3, "Koreatown club"), (3, 3, "Santa Monica house")]


def test_a_story_with_nothing_missing_asks_for_nothing(tmp_path):
    story = small_story(tmp_path, "id,name,lat,lon\nx,Zero,0,0\n")
    service = FakeService()
    after, answers = geocode_places(story, Chain({}, service))
    assert (answers, service.asked) == ([], [])
    pd.testing.assert_frame_equal(after, story.places)


def test_the_story_itself_is_not_changed(story):
    before = story.places.copy()
    geocode_places(story, Chain({}, FakeService(Koreatown_club=(there(34.06, -118.3),))))
    pd.testing.assert_frame_equal(story.places, before)


@given(known=st.lists(st.booleans(), min_size=4, max_size=4))
def test_a_coordinate_made_by_hand_is_never_replaced(known, tmp_path_factory):
    lines = [f"p{n},Place {n},{'34.1,-118.1' if by_hand else ','}" for n, by_hand in enumerate(known)]
    story = small_story(tmp_path_factory.mktemp("story"), "\n".join(["id,name,lat,lon", *lines, ""]))
    service = FakeService(**{f"Place_{n}": (there(34.2, -118.2),) for n in range(4)})
    after, answers = geocode_places(story, Chain({}, service))
    assert after["lat"].tolist() == [34.1 if by_hand else 34.2 for by_hand in known]
    assert len(answers) == known.count(False)


# --- With a real service on this machine ---

HOSTILE = {
    "no_coordinates": (Scripted('[{"display_name": "Paris"}]'), "not_found"),
    "nan": (places(place("Paris", "NaN", 2.35)), "not_found"),
    "out_of_range": (places(place("Paris", 999, 2.35)), "not_found"),
    "not_number": (places(place("Paris", "abc", 2.35)), "not_found"),
    "error_object": (Scripted('{"error":{"code":429,"message":"Bandwidth limit exceeded"}}'), "later"),
    "html": (Scripted("<html>captive portal</html>"), "later"),
    "null": (Scripted("null"), "later"),
    "empty": (Scripted("[]"), "not_found"),
    "truncated": (Scripted('[{"place_id": 1, "lat": "48.85", "lon": '), "later"),
    "far_away": (places(place("Paris, Texas", 33.66, -95.55)), "choose"),
    "too_many": (Scripted("{}", 429, {"Retry-After": "3600"}), "later"),
    "forbidden": (Scripted("{}", 403), "later"),
    "unavailable": (Scripted("{}", 503), "later"),
    "redirect": (Scripted("{}", 302, {"Location": "http://169.254.169.254/"}), "later"),
}


@pytest.fixture
def nominatim(tmp_path):
    clock = Clock()
    with Cache(tmp_path / "cache" / "geocoding.sqlite", clock=clock) as cache:
        yield lambda fake: Service(
            "nominatim", cache=cache, bounds=LOS_ANGELES, settings=fake.settings, clock=clock, sleep=clock.sleep
        )


@pytest.mark.parametrize(("said", "status"), HOSTILE.values(), ids=HOSTILE)
def test_a_bad_answer_leaves_the_place_open_and_the_next_is_asked_for(nominatim, said, status):
    with fake_nominatim({"Paris": said, "Venice": places(place("Venice, Los Angeles", 33.99, -118.46))}) as fake:
        chain = Chain({}, nominatim(fake), bounds=LOS_ANGELES)
        answer = chain.geocode("Paris")
        assert answer.status == status
        assert math.isnan(answer.lat)
        assert answer.why
        stopped = "is not asked again before" in answer.why
        assert chain.geocode("Venice").status == ("later" if stopped else "sure")
        assert fake.toponyms().count("Paris") <= 2


def test_a_run_that_was_stopped_goes_on_where_it_was_and_asks_nothing_twice(story, nominatim):
    club = places(place("Koreatown, Los Angeles", 34.06, -118.3))
    house = [Scripted("{}", 429, {"Retry-After": "1"}), places(place("Santa Monica", 34.0, -118.48))]
    with fake_nominatim({"Koreatown club": club, "Santa Monica house": house}) as fake:
        service = nominatim(fake)
        chain = story_chain(story, service)
        first, _ = geocode_places(story, chain)
        assert first["lat"].notna().sum() == 2
        service._sleep(1.0)
        second, _ = geocode_places(story, chain)
        assert second["lat"].notna().sum() == 3
    assert fake.toponyms() == ["Koreatown club", "Santa Monica house", "Santa Monica house"]


def test_markup_in_a_name_is_written_as_it_came(story, nominatim):
    name = "<img src=x onerror=alert(1)>{{7*7191}}${alert(1)}"
    with fake_nominatim({"Koreatown club": Scripted(json.dumps([place(name, 34.06, -118.3)]))}) as fake:
        after, _ = geocode_places(story, Chain({}, nominatim(fake), bounds=LOS_ANGELES))
    assert after.set_index("id").loc["club", "answer"] == name


# --- Deriving again ---


def test_every_query_of_the_built_in_story_leads_to_where_its_place_is():
    rows = rederive(read_story(find_story("heat")))
    assert len(rows) > 0
    assert rows.loc[~rows["ok"], ["id", "query", "distance_m", "radius_m", "how"]].to_dict("records") == []


@pytest.mark.parametrize(
    ("toponym", "lat", "lon"),
    [
        ("Firestone station", 33.9596, -118.2432),
        ("Venice Boulevard just east of the I-10/I-110 overpass", 34.0387, -118.2730),
        ("the bank downtown", 34.0516, -118.2551),
        ("the airport", 33.9425, -118.4080),
    ],
)
def test_the_names_the_built_in_story_is_known_by_lead_to_their_places(toponym, lat, lon):
    answer = story_chain(read_story(find_story("heat"))).geocode(toponym)
    assert answer.status == "sure"
    assert (answer.lat, answer.lon) == pytest.approx((lat, lon), abs=0.0013)


def test_a_query_that_leads_elsewhere_is_not_ok(tmp_path):
    story = small_story(tmp_path, "id,name,query,lat,lon,radius_m\nx,X,Firestone station,34.3,-118.2,60\n")
    [row] = rederive(story).to_dict("records")
    assert row["ok"] is False
    assert row["distance_m"] > 30_000
    assert row["how"].startswith("los_angeles: ")


def test_a_query_that_only_the_story_knows_says_so(tmp_path):
    story = small_story(
        tmp_path, "id,name,aliases,query,lat,lon,radius_m\nx,Lair,the old lair,the old lair,34.3,-118.2,60\n"
    )
    [row] = rederive(story).to_dict("records")
    assert (row["ok"], row["distance_m"]) == (True, 0.0)
    assert row["how"] == "only in the story's own gazetteer: Lair"


def test_a_query_that_nobody_knows_is_not_ok(tmp_path):
    story = small_story(tmp_path, "id,name,query,lat,lon,radius_m\nx,X,qqzzxx,34.3,-118.2,60\n")
    [row] = rederive(story).to_dict("records")
    assert row["ok"] is False
    assert math.isnan(row["distance_m"])


def test_a_place_without_a_query_is_not_derived(tmp_path):
    assert rederive(small_story(tmp_path, "id,name,lat,lon\nx,X,34.3,-118.2\n")).empty


# --- The study area and our own tables ---

PLAIN = 'title = "Small"\n[clock]\nkind = "days"\n'
PADUA = "id,name,lat,lon\nx,Padua,45.41,11.88\n"


def anywhere(folder, table: str):
    """A story without bounds."""
    small_story(folder, table)
    (folder / "story.toml").write_text(PLAIN, "utf-8")
    return read_story(folder)


def test_a_place_of_los_angeles_is_never_sure_in_a_story_that_plays_elsewhere(tmp_path):
    answer = story_chain(anywhere(tmp_path, PADUA)).geocode("Firestone station")
    assert (answer.status, answer.why) == ("choose", "it is known outside the study area only")
    assert [place.geocoder for place in answer.suggestions] == ["los_angeles"]


def test_a_corner_of_los_angeles_is_never_sure_in_a_story_that_plays_elsewhere(tmp_path):
    phrase = "Venice Boulevard just east of the I-10/I-110 overpass"
    assert story_chain(anywhere(tmp_path, PADUA)).geocode(phrase).status == "choose"


def test_a_story_that_does_not_say_where_it_plays_is_not_taken_to_los_angeles(tmp_path):
    chain = story_chain(anywhere(tmp_path, "id,name\nx,X\n"))
    answer = chain.geocode("Firestone station")
    assert (answer.status, len(answer.suggestions)) == ("choose", 1)
    assert "name the study area" in answer.why


def test_a_toponym_that_names_the_city_needs_no_study_area(tmp_path):
    answer = story_chain(anywhere(tmp_path, "id,name\nx,X\n")).geocode("Firestone station, Los Angeles")
    assert (answer.status, answer.answer) == ("sure", "Firestone station")


def test_one_place_that_is_known_says_where_the_others_are(tmp_path):
    chain = story_chain(anywhere(tmp_path, "id,name,lat,lon\nx,X,34.05,-118.25\n"))
    assert chain.geocode("Firestone station").status == "sure"


def test_the_authors_own_place_is_believed_wherever_it_is(tmp_path):
    table = "id,name,aliases,lat,lon\nx,Padua,,45.41,11.88\ny,Far,the far one,-33.9,151.2\n"
    toml = STORY.replace("-118.7, 33.6, -117.9, 34.4", "11.0, 45.0, 13.0, 46.0")
    small_story(tmp_path, table)
    (tmp_path / "story.toml").write_text(toml, "utf-8")
    assert story_chain(read_story(tmp_path)).geocode("the far one").status == "sure"


def test_a_service_may_know_it_inside_where_our_tables_know_it_elsewhere(tmp_path):
    service = FakeService(Firestone_station=(there(45.42, 11.9, "Firestone, Padua"),))
    answer = story_chain(anywhere(tmp_path, PADUA), service).geocode("Firestone station")
    assert (answer.status, answer.answer) == ("sure", "Firestone, Padua")


def test_without_a_study_area_a_service_and_our_tables_that_differ_leave_it_to_the_author(tmp_path):
    service = FakeService(Firestone_station=(there(45.42, 11.9, "Firestone, Padua"),))
    answer = story_chain(anywhere(tmp_path, "id,name\nx,X\n"), service).geocode("Firestone station")
    assert (answer.status, [place.geocoder for place in answer.suggestions]) == ("choose", ["fake", "los_angeles"])


def test_without_a_study_area_a_service_that_agrees_with_our_tables_is_believed(tmp_path):
    service = FakeService(Firestone_station=(there(33.9596, -118.2432, "Firestone"),))
    answer = story_chain(anywhere(tmp_path, "id,name\nx,X\n"), service).geocode("Firestone station")
    assert (answer.status, answer.geocoder) == ("sure", "fake")


# --- Kinds ---


def test_a_city_is_no_answer_to_a_street():
    city = there(34.0, -118.2, "Main")._replace(kind="city")
    answer = chain(FakeService(Main_Street=(city,))).geocode("Main Street")
    assert (answer.status, answer.why) == ("choose", "fake knows a city only, and a street is asked for")


def test_the_street_among_coarser_ones_is_taken():
    street = there(34.0, -118.2, "Main Street")._replace(kind="street")
    city = there(34.3, -118.6, "Main")._replace(kind="city", importance=0.9)
    answer = chain(FakeService(Main_Street=(city, street))).geocode("Main Street")
    assert (answer.status, answer.answer) == ("sure", "Main Street")


def test_candidates_are_told_likeliest_first():
    shop = there(34.0, -118.2, "Paris")._replace(importance=0.1)
    suburb = there(34.3, -118.5, "Paris")._replace(importance=0.3)
    city = there(48.85, 2.35, "Paris, France")._replace(importance=0.9)
    answer = chain(FakeService(Paris=(city, shop, suburb))).geocode("Paris")
    assert [place.lat for place in answer.suggestions] == [34.3, 34.0, 48.85]
