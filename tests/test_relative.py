"""Phrases that lead from one place to another: the point, and the radius that the words deserve."""

import math

import pandas as pd
import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import Gazetteer
from geo.relative import BEARINGS, CROSSING_M, resolve
from geo.roads import Point, Road, Roads, crossing, los_angeles_roads, metres, nearest
from geo.tables import PLACES

AMBUSH = Point(34.0387, -118.2730)
BANK = Point(34.05, -118.25)
BANK_RADIUS_M = 60.0


def table(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(PLACES.names, "") | row for row in rows])


SMALL = Gazetteer(
    table(
        {"id": "bank", "name": "Bank", "lat": BANK.lat, "lon": BANK.lon, "radius_m": BANK_RADIUS_M},
        {"id": "a", "name": "Cafe North", "aliases": "cafe", "lat": 34.1, "lon": -118.2, "radius_m": 10.0},
        {"id": "b", "name": "Cafe South", "aliases": "cafe", "lat": 34.0, "lon": -118.2, "radius_m": 10.0},
    )
)
# A cross of two streets 0.01 degrees east of the bank; a bent one that meets the first twice; one that stops short.
MAIN = Road("Main Street", ("Main",), (Point(34.05, -118.27), Point(34.05, -118.21)))
HIGH = Road("High Street", ("High",), (Point(34.04, -118.24), Point(34.06, -118.24)))
BENT = Road("Bow Street", ("Bow",), (Point(34.06, -118.265), Point(34.04, -118.24), Point(34.06, -118.215)))
SHORT = Road("Stub Lane", ("Stub",), (Point(34.0515, -118.23), Point(34.06, -118.23)))
FAR = Road("Far Road", ("Far",), (Point(34.3, -118.27), Point(34.3, -118.21)))
STREETS = Roads([MAIN, HIGH, BENT, SHORT, FAR])


def point(place) -> Point:
    return Point(place.lat, place.lon)


def bearing(start: Point, end: Point) -> float:
    """Degrees clockwise from north, on the small plane of a test."""
    east = (end.lon - start.lon) * math.cos(math.radians(start.lat))
    return math.degrees(math.atan2(east, end.lat - start.lat)) % 360


# --- Where Venice Boulevard passes the interchange ---


@pytest.mark.parametrize(
    "phrase",
    [
        "Venice Boulevard just east of the I-10/I-110 overpass",
        "just east of the I-10/I-110 overpass on Venice Boulevard",
        "Venice Blvd, just east of the 10/110 interchange",
        "Venice just east of the crossing of the Santa Monica Freeway and the Harbor Freeway.",
        "  venice   boulevard just east of I-10 and I-110",
    ],
)
@pytest.mark.parametrize("places", [Gazetteer.los_angeles(), SMALL], ids=["with our table", "by the lines alone"])
def test_the_ambush_on_venice_boulevard(phrase, places):
    assert metres(point(resolve(phrase, places)), AMBUSH) <= 150


def test_the_ambush_lies_on_the_line_of_the_boulevard_and_east_of_the_crossing():
    [venice] = los_angeles_roads().named("Venice Boulevard")
    overpass = crossing(los_angeles_roads().named("I-10"), los_angeles_roads().named("I-110"))
    ambush = point(resolve("Venice Boulevard just east of the I-10/I-110 overpass", SMALL))
    assert metres(nearest(venice, ambush), ambush) < 0.5
    assert ambush.lon > overpass.lon


def test_how_names_the_crossing_and_the_road():
    place = resolve("Venice Boulevard just east of the I-10/I-110 overpass", SMALL)
    assert place.how == "100 m east of the crossing of I-10 and I-110, on Venice Boulevard"


def test_the_boulevard_runs_under_the_freeway_where_the_county_says():
    place = resolve("Venice Boulevard at I-110", SMALL)
    assert metres(point(place), Point(34.0391, -118.2739)) < 120


# --- Distance and direction ---


@given(st.sampled_from(sorted(BEARINGS)), st.integers(1, 50_000))
def test_so_many_metres_in_a_direction_are_that_far_and_that_way(course, distance_m):
    place = resolve(f"{distance_m} m {course} of the bank", SMALL, STREETS)
    assert metres(BANK, point(place)) == pytest.approx(distance_m, abs=0.01)
    turn = (bearing(BANK, point(place)) - BEARINGS[course] + 180) % 360 - 180
    assert abs(turn) < 1


@given(st.sampled_from(sorted(BEARINGS)), st.integers(1, 50_000), st.floats(-22.5, 22.5))
def test_the_radius_holds_every_point_that_the_compass_word_may_mean(course, distance_m, off):
    place = resolve(f"{distance_m} m {course} of the bank", SMALL, STREETS)
    meant = geodesic(meters=distance_m).destination(BANK, bearing=BEARINGS[course] + off)
    assert metres(point(place), Point(meant.latitude, meant.longitude)) <= place.radius_m - BANK_RADIUS_M


@given(st.integers(1, 50_000), st.floats(0, 360))
def test_the_radius_of_a_ring_holds_every_point_at_that_distance(distance_m, way):
    place = resolve(f"{distance_m} metres from the bank", SMALL, STREETS)
    meant = geodesic(meters=distance_m).destination(BANK, bearing=way)
    assert point(place) == BANK
    assert metres(BANK, Point(meant.latitude, meant.longitude)) <= place.radius_m + 0.01


def test_a_ring_is_never_smaller_than_its_anchor():
    assert resolve("10 m from the bank", SMALL, STREETS).radius_m == BANK_RADIUS_M


@given(st.floats(0, 200))
def test_just_north_is_anything_up_to_200_m(distance_m):
    place = resolve("just north of the bank", SMALL, STREETS)
    meant = geodesic(meters=distance_m).destination(BANK, bearing=0)
    assert metres(point(place), Point(meant.latitude, meant.longitude)) <= place.radius_m


@pytest.mark.parametrize(
    ("said", "distance_m"),
    [
        ("300 yards", 274.32),
        ("1 yd", 0.9144),
        ("1,000 ft", 304.8),
        ("1.5 miles", 2414.016),
        ("half a mile", 804.672),
        ("a mile", 1609.344),
        ("2km", 2000),
        ("2 kilometres", 2000),
        ("100 meters", 100),
    ],
)
def test_distances_in_words(said, distance_m):
    assert metres(BANK, point(resolve(f"{said} north of the bank", SMALL, STREETS))) == pytest.approx(
        distance_m, abs=0.01
    )


@pytest.mark.parametrize("course", ["north-east", "north east", "NorthEast"])
def test_a_compass_word_in_every_spelling(course):
    assert bearing(BANK, point(resolve(f"1 km {course} of Bank", SMALL, STREETS))) == pytest.approx(45, abs=0.5)


def test_near_is_half_a_kilometre_more_than_the_anchor():
    place = resolve("near the bank", SMALL, STREETS)
    assert (point(place), place.radius_m, place.how) == (BANK, BANK_RADIUS_M + 500, "near Bank")


def test_an_anchor_of_unknown_extent_is_taken_for_half_a_kilometre():
    vague = Gazetteer(table({"id": "x", "name": "Camp", "lat": 34.0, "lon": -118.0, "radius_m": math.nan}))
    assert resolve("just north of the camp", vague, STREETS).radius_m == 600


# --- On a road ---


@pytest.mark.parametrize("phrase", ["Main Street just east of the bank", "just east of the bank on Main St"])
def test_just_east_on_a_road_is_100_m_along_it(phrase):
    place = resolve(phrase, SMALL, STREETS)
    assert metres(BANK, point(place)) == pytest.approx(100, abs=0.5)
    assert metres(nearest(MAIN, point(place)), point(place)) < 0.5
    assert place.radius_m == BANK_RADIUS_M + 100


def test_a_road_that_runs_across_the_direction_leads_nowhere():
    assert resolve("High Street just east of Main and High", SMALL, STREETS) is None


def test_a_road_that_ends_before_leads_nowhere():
    assert resolve("Main Street 5 miles east of the bank", SMALL, STREETS) is None


def test_a_road_far_from_the_anchor_leads_nowhere():
    assert resolve("Far Road just east of the bank", SMALL, STREETS) is None


def test_an_anchor_may_be_a_crossing():
    place = resolve("200 m north of the corner of Main and High", SMALL, STREETS)
    assert metres(Point(34.05, -118.24), point(place)) == pytest.approx(200, abs=0.5)
    assert place.radius_m == pytest.approx(CROSSING_M + 80)


# --- Crossings ---


@pytest.mark.parametrize(
    "phrase",
    [
        "Main and High",
        "Main St & High St",
        "Main Street at High Street",
        "Main/High",
        "corner of High and Main",
        "the intersection of Main Street and High Street",
        "at the corner of Main and High",
        "Main and High overpass",
    ],
)
def test_two_roads_cross(phrase):
    place = resolve(phrase, SMALL, STREETS)
    assert metres(point(place), Point(34.05, -118.24)) < 0.5
    assert place.radius_m == CROSSING_M


def test_a_crossing_is_the_same_from_either_road():
    one, other = crossing((MAIN,), (HIGH,)), crossing((HIGH,), (MAIN,))
    assert metres(one, other) < 0.01


def test_roads_that_meet_twice_cross_nowhere_in_particular():
    assert crossing((MAIN,), (BENT,)) is None
    assert resolve("Main and Bow", SMALL, STREETS) is None


def test_a_road_that_ends_just_before_another_still_meets_it():
    assert metres(crossing((MAIN,), (SHORT,)), Point(34.05, -118.23)) < 1


def test_roads_that_never_meet_do_not_cross():
    assert crossing((MAIN,), (FAR,)) is None


def test_a_road_does_not_cross_itself():
    assert crossing((MAIN,), (MAIN,)) is None


def test_roads_that_share_a_stretch_cross_nowhere_in_particular():
    assert resolve("I-5 and I-10", SMALL) is None


def test_a_corner_that_only_the_gazetteer_has_is_found_in_either_order():
    places = Gazetteer.los_angeles()
    assert resolve("Pico Blvd at Western Ave", places).how == "Western Avenue and Pico Boulevard"


@pytest.mark.parametrize(
    ("one", "other", "lat", "lon"),
    [
        ("I-10", "I-110", 34.0383, -118.274),
        ("the 10", "the 405", 34.0313, -118.4335),
        ("the 101", "the 110", 34.0626, -118.2488),
        ("CA-110", "US-101", 34.0626, -118.2488),
        ("Hollywood Freeway", "Ventura Freeway", 34.1544, -118.3775),
        ("Century Freeway", "Harbor Freeway", 33.9287, -118.2808),
    ],
)
def test_freeways_cross_by_number_and_by_name(one, other, lat, lon):
    assert metres(point(resolve(f"{one} and {other}", SMALL)), Point(lat, lon)) < 20


@given(st.floats(34.0, 34.1), st.floats(-118.3, -118.2))
def test_no_point_of_a_road_is_nearer_than_the_nearest(lat, lon):
    here = Point(lat, lon)
    closest = metres(nearest(BENT, here), here)
    for (a, b), share in [(leg, k / 8) for leg in zip(BENT.line, BENT.line[1:], strict=False) for k in range(9)]:
        other = Point(a.lat + share * (b.lat - a.lat), a.lon + share * (b.lon - a.lon))
        assert closest <= metres(other, here) + 25  # a plane over 20 km


# --- What leads nowhere ---


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "Bank",
        "just",
        "near",
        "corner of",
        "just east of",
        "just east of Atlantis",
        "300 yards from Atlantis",
        "Atlantis and Lemuria",
        "Atlantis Road just east of the bank",
        "just east of the bank on Atlantis Road",
        "300 furlongs from the bank",
        "near the bnak",
        "near the cafe",
        "99999999999 miles north of the bank",
        "1e5 miles from the bank",
        "and and and",
        "near " * 59,
        "x" * 100_000,
    ],
)
def test_what_names_nothing_leads_nowhere(phrase):
    assert resolve(phrase, SMALL, STREETS) is None


@given(st.text(max_size=400))
def test_any_text_is_a_place_on_this_earth_or_none(text):
    place = resolve(text, SMALL, STREETS)
    assert place is None or (abs(place.lat) <= 90 and abs(place.lon) <= 180 and place.radius_m > 0)


PIECES = ["near", "just", "300 yards", "1 km", "north", "of", "from", "on", "the", "Bank", "Main", "High", "and", "/"]


@given(st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join))
def test_any_order_of_the_words_is_a_place_on_this_earth_or_none(phrase):
    place = resolve(phrase, SMALL, STREETS)
    assert place is None or (abs(place.lat) <= 90 and abs(place.lon) <= 180 and place.radius_m > 0)
