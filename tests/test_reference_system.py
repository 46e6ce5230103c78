import pytest

from geo.geometry import Located
from geo.reference_system import System, converted, reference_system


def named(name):
    return reference_system({"type": "name", "properties": {"name": name}})


def test_no_member_is_degrees():
    assert reference_system(None) == System()


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326", "epsg:4326"]
)
def test_degrees_of_wgs_84_are_accepted_without_a_word(name):
    assert named(name) == System()


def test_degrees_that_differ_by_metres_are_accepted_and_said():
    assert "NAD83" in named("urn:ogc:def:crs:EPSG::4269").notice


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:EPSG::3857", "EPSG:900913", "EPSG:3857", "ESRI:102100"])
def test_web_mercator_is_refused_as_metres(name):
    found = named(name)
    assert found.metres
    assert "Web Mercator" in found.what
    assert "EPSG:4326" in found.remedy


@pytest.mark.parametrize("name", ["EPSG:32611", "urn:ogc:def:crs:EPSG::2229", "my own system", ""])
def test_any_other_system_is_refused_by_its_name(name):
    found = named(name)
    assert name in found.what
    assert not found.metres


def test_the_oldest_form_with_a_code_is_read():
    assert reference_system({"type": "EPSG", "properties": {"code": "4326"}}) == System()


def test_a_link_is_not_opened():
    found = reference_system({"type": "link", "properties": {"href": "http://127.0.0.1/crs"}})
    assert "no link is opened" in found.what


@pytest.mark.parametrize("crs", [5, [], {}, "EPSG:4326", {"type": "name"}, {"type": "name", "properties": {"name": 5}}])
def test_a_member_that_names_nothing_is_refused(crs):
    assert "does not name" in reference_system(crs).what


def test_metres_are_told_in_degrees():
    assert converted(Located("6249447.75279", "261600.80336", "Point")).endswith("latitude 48.85000, longitude 2.35000")


def test_metres_outside_the_map_are_told_in_nothing():
    assert converted(Located("1e9", "0", "Point")) == ""
    assert converted(None) == ""
