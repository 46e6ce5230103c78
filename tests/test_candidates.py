"""What kind of place an answer says it is, and how important."""

import math

import pytest
from geopy.location import Location

from geo.candidates import candidate


def of(**raw):
    return candidate(Location("There", (1.0, 2.0), {"lat": "1", "lon": "2", **raw}))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"class": "place", "type": "city"}, "city"),
        ({"class": "place", "type": "house"}, "site"),
        ({"class": "highway", "type": "residential"}, "street"),
        ({"class": "highway", "type": "bus_stop"}, "site"),
        ({"class": "railway", "type": "stop"}, "site"),
        ({"class": "boundary", "type": "administrative", "addresstype": "county"}, "region"),
        ({"class": "boundary", "type": "administrative", "place_rank": 16}, "city"),
        ({"class": "boundary", "type": "administrative", "place_rank": 8}, "region"),
        ({"class": "amenity", "type": "bank"}, "site"),
        ({"types": ["locality", "political"]}, "city"),
        ({"properties": {"osm_key": "place", "osm_value": "suburb"}}, "district"),
        ({"resultType": "houseNumber"}, "site"),
        ({"resultType": "riddle"}, ""),
        ({"attributes": {"Addr_type": "StreetName"}}, "street"),
        ({"place_rank": "many"}, ""),
        ({"type": 7, "types": [None, {}]}, ""),
        ({}, ""),
    ],
)
def test_the_kind_is_read_from_the_words_of_the_service(raw, kind):
    assert of(**raw).kind == kind


@pytest.mark.parametrize(
    ("told", "importance"), [(0.6, 0.6), ("0.25", 0.25), (None, 0.0), ("NaN", 0.0), (10**400, 0.0)]
)
def test_importance_is_a_finite_number(told, importance):
    assert of(importance=told).importance == importance
    assert math.isfinite(of(importance=told).importance)


def test_a_candidate_kept_before_kinds_were_known_is_still_read():
    from geo.candidates import Candidate

    assert Candidate("There", 1.0, 2.0, 50.0, "exact")[5:] == ("", 0.0)
