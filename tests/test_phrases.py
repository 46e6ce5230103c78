"""What a phrase says, before anything is looked up, and how far its words for a distance are."""

import json
import math
import re
from pathlib import Path

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.phrases import Away, Beside, Between, Corner, Inside, Outside, Side, readings
from geo.relative import BEARINGS, resolve
from geo.roads import Point, metres
from geo.spans import SPAN, UNITS, span

CASES = json.loads((Path(__file__).with_name("cases") / "relative.json").read_text(encoding="utf-8"))
LOS_ANGELES = Gazetteer.los_angeles()


def known(toponym: str) -> Point:
    found = LOS_ANGELES.geocode(toponym)
    return Point(found.latitude, found.longitude)


def turn(start: Point, end: Point, bearing: float) -> float:
    """Degrees by which `end` lies off the bearing from `start`."""
    east = (end.lon - start.lon) * math.cos(math.radians(start.lat))
    return abs((math.degrees(math.atan2(east, end.lat - start.lat)) - bearing + 180) % 360 - 180)


# --- The table of phrases ---


def test_the_table_holds_sixty_phrases_and_more():
    assert len({case["phrase"] for case in CASES["places"]}) >= 60


@pytest.mark.parametrize("case", [c for c in CASES["places"] if len(c["anchors"]) == 1], ids=lambda c: c["phrase"])
def test_a_phrase_of_one_anchor(case):
    place, anchor = resolve(case["phrase"], LOS_ANGELES), known(case["anchors"][0])
    point = Point(place.lat, place.lon)
    least = 0.7 if case.get("bends") else 1  # a road 45 degrees askew leads that far in the direction that is told
    assert least * case["distance_m"] - 5 <= metres(anchor, point) <= case["distance_m"] + 5
    assert place.radius_m == pytest.approx(case["radius_m"], abs=0.1)
    if "course" in case:
        assert turn(anchor, point, BEARINGS[case["course"]]) < (45 if case.get("bends") else 1)


@pytest.mark.parametrize("case", [c for c in CASES["places"] if len(c["anchors"]) == 2], ids=lambda c: c["phrase"])
def test_a_phrase_of_two_anchors(case):
    place = resolve(case["phrase"], LOS_ANGELES)
    one, other = map(known, case["anchors"])
    reach_m = sum(LOS_ANGELES.geocode(name).raw["radius_m"] for name in case["anchors"])
    half_m = metres(one, other) / 2
    assert metres(one, Point(place.lat, place.lon)) == pytest.approx(half_m, rel=0.01)
    assert metres(other, Point(place.lat, place.lon)) == pytest.approx(half_m, rel=0.01)
    assert place.radius_m == pytest.approx(half_m + reach_m, rel=0.01)


@pytest.mark.parametrize("phrase", CASES["nowhere"])
def test_what_is_not_told_well_enough_leads_nowhere(phrase):
    assert resolve(phrase, LOS_ANGELES) is None


# --- Readings ---


def kinds(phrase: str) -> set[type]:
    return {type(reading) for reading in readings(phrase)}


@pytest.mark.parametrize(
    ("phrase", "reading"),
    [
        ("A and B", Corner("A", "B")),
        ("A esquina con B", Corner("A", "B")),
        ("10/110", Corner("the 10", "the 110")),
        ("between A and B", Between("A", "B")),
        ("entre A y B", Between("A", "B")),
        ("C between A and B", Between("A", "B", "C")),
        ("near A", Beside("A", "near")),
        ("al lado del A", Beside("A", "beside")),
        ("opposite A", Beside("A", "beside")),
        ("A area", Beside("A", "near")),
        ("outside of A", Outside("A")),
        ("north of A", Away("A", "north", None)),
        ("al noreste del A", Away("A", "northeast", None)),
        ("just NE of A", Away("A", "northeast", None, just=True)),
        ("B just west of A", Away("A", "west", None, just=True, road="B")),
        ("just west of A on B", Away("A", "west", None, just=True, road="B")),
        ("south end of A", Side("A", "south")),
        ("the southern part of A", Side("A", "south")),
        ("downtown A", Inside("A", "downtown")),
        ("in A", Inside("A", "in")),
    ],
)
def test_a_phrase_says(phrase, reading):
    assert next(readings(phrase)) == reading


@pytest.mark.parametrize(
    "phrase", ["", "A", "Marina del Rey", "North Hollywood", "4000 block of A", "444 South Flower"]
)
def test_a_name_alone_says_nothing_of_another_place(phrase):
    assert kinds(phrase) == set()


def test_a_thing_near_a_place_is_near_it():
    assert Beside("A", "near") in set(readings("a gas station near A"))


def test_every_way_to_part_three_names_is_a_reading():
    assert [reading[:2] for reading in readings("between A and B and C")][:2] == [("A", "B and C"), ("A and B", "C")]


def test_readings_that_lead_to_different_places_lead_nowhere():
    assert resolve("between Venice and Burbank and Culver City", LOS_ANGELES) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    assert all(isinstance(reading, tuple) for reading in readings(text))


# --- Distances in words ---


@pytest.mark.parametrize(
    ("said", "far_m", "doubt"),
    [
        ("300 yards", 274.32, 0),
        ("1,000 ft", 304.8, 0),
        ("1,5 km", 1500, 0),
        ("a mile", 1609.344, 0),
        ("half mile", 804.672, 0),
        ("¼ mile", 402.336, 0),
        ("three quarters of a mile", 1207.008, 0),
        ("media milla", 804.672, 0),
        ("200 metros", 200, 0),
        ("two blocks", 300, 1 / 3),
        ("a block", 150, 1 / 3),
        ("a few blocks", 600, 1),
        ("tres cuadras", 450, 1 / 3),
        ("10 minutes' walk", 600, 1 / 3),
        ("a 10-minute walk", 600, 1 / 3),
        ("5 min drive", 3500, 1),
        ("diez minutos a pie", 600, 1 / 3),
        ("half an hour's walk", 1800, 1 / 3),
    ],
)
def test_a_distance_in_words(said, far_m, doubt):
    far = span(re.fullmatch(SPAN, said))
    assert (far.metres, far.doubt) == (pytest.approx(far_m), doubt)


@pytest.mark.parametrize("said", ["31 blocks", "200 minutes walk", "99999 miles"])
def test_more_of_a_distance_than_anybody_means_is_none(said):
    assert span(re.fullmatch(SPAN, said)) is None


@pytest.mark.parametrize("said", ["10 minutes", "300", "yards", "1e5 miles", "-3 km"])
def test_what_is_no_distance(said):
    assert re.fullmatch(SPAN, said) is None


def test_no_unit_is_read_as_another():
    for unit in ("km", "m", "ft", "yd", "mi", "block", "minutes walk", "hours walk", "minutes drive", "hours drive"):
        assert sum(re.fullmatch(pattern, unit) is not None for pattern in UNITS) == 1, unit


# --- Laws of the geometry ---

NUMBERS = st.integers(1, 30)
WALKS = st.sampled_from([("blocks", 100, 200), ("minutes' walk", 40, 80), ("minutes' drive", 0, 1400)])
STATION = known("Pico station")


@given(NUMBERS, WALKS, st.sampled_from(sorted(BEARINGS)), st.floats(-22.5, 22.5), st.floats(0, 1))
def test_the_radius_holds_every_distance_and_direction_that_is_meant(number, walk, course, off, share):
    unit, least, most = walk
    place = resolve(f"{number} {unit} {course} of Pico station", LOS_ANGELES)
    meant = geodesic(meters=number * (least + share * (most - least))).destination(STATION, BEARINGS[course] + off)
    assert metres(Point(place.lat, place.lon), Point(meant.latitude, meant.longitude)) <= place.radius_m


@given(NUMBERS, WALKS, st.floats(0, 360), st.floats(0, 1))
def test_the_radius_without_a_direction_holds_every_distance_that_is_meant(number, walk, way, share):
    unit, least, most = walk
    place = resolve(f"{number} {unit} from Pico station", LOS_ANGELES)
    meant = geodesic(meters=number * (least + share * (most - least))).destination(STATION, way)
    assert metres(STATION, Point(meant.latitude, meant.longitude)) <= place.radius_m + 0.01


PLACES = st.sampled_from(["LAX", "Koreatown", "Burbank", "Pico station", "Firestone station", "Fresno", "New Zealand"])


@given(PLACES, PLACES)
def test_between_two_places_their_order_does_not_count(one, other):
    there, back = (resolve(f"between {a} and {b}", LOS_ANGELES) for a, b in ((one, other), (other, one)))
    assert (there is None) == (back is None)
    if there is not None:
        assert metres(Point(there.lat, there.lon), Point(back.lat, back.lon)) < 0.01
        assert there.radius_m == pytest.approx(back.radius_m)


@given(PLACES, PLACES)
def test_both_ends_lie_in_the_radius_of_what_is_between_them(one, other):
    place = resolve(f"between {one} and {other}", LOS_ANGELES)
    if place is not None:
        for end in (one, other):
            assert metres(Point(place.lat, place.lon), known(end)) <= place.radius_m


def test_nobody_says_between_for_the_other_end_of_the_earth():
    assert resolve("between LAX and New Zealand", LOS_ANGELES) is None


OPPOSITE = {"north": "south", "northeast": "southwest", "east": "west", "southeast": "northwest"}


@given(st.sampled_from([*OPPOSITE.items(), *((b, a) for a, b in OPPOSITE.items())]), st.integers(1, 20_000))
def test_there_and_back_is_where_one_started(courses, distance_m):
    there, back = courses
    nested = resolve(f"{distance_m} m {there} of 5th and Flower", LOS_ANGELES)
    returned = geodesic(meters=distance_m).destination((nested.lat, nested.lon), BEARINGS[back])
    assert metres(known("5th and Flower"), Point(returned.latitude, returned.longitude)) < 0.005 * distance_m + 0.1


@given(st.sampled_from(sorted(BEARINGS)), PLACES)
def test_a_side_lies_within_what_it_is_a_side_of(course, name):
    place, whole = resolve(f"{course} side of {name}", LOS_ANGELES), LOS_ANGELES.geocode(name)
    away_m = metres(Point(place.lat, place.lon), known(name))
    assert away_m == pytest.approx(whole.raw["radius_m"] / 2)
    assert place.radius_m == whole.raw["radius_m"]
