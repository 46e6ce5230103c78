import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.area import Area, read_box, study_area
from geo.errors import GeocodingError
from geo.story import read_story
from tests import stories

PADUA, VENICE, LOS_ANGELES = (45.41, 11.88), (45.44, 12.33), (34.05, -118.25)


def area_of(tmp_path, places, toml=stories.TOML):
    events = "id,title,start\ne1,One,D1\n"
    return study_area(read_story(stories.folder(tmp_path / "s", events=events, places=places, toml=toml)))


def test_the_bounds_of_a_story_are_its_study_area(tmp_path):
    toml = stories.TOML + "\n[map]\nbounds = [11.0, 45.0, 13.0, 46.0]\n"
    area = area_of(tmp_path, "id,name,lat,lon\nx,X,34.05,-118.25\n", toml)
    assert area == Area((11.0, 45.0, 13.0, 46.0))


def test_without_bounds_it_is_what_surrounds_the_places_that_are_known(tmp_path):
    area = area_of(tmp_path, "id,name,lat,lon\nx,X,45.41,11.88\ny,Y,,\n")
    assert area.holds(*VENICE)
    assert not area.holds(*LOS_ANGELES)


def test_a_story_that_says_nothing_of_where_it_is_has_none(tmp_path):
    assert area_of(tmp_path, "id,name\nx,X\n") is None


def test_two_cities_do_not_make_the_ocean_between_them_part_of_it():
    area = Area(points=(PADUA, LOS_ANGELES))
    assert area.holds(*VENICE)
    assert not area.holds(40.0, -50.0)


def test_the_edge_of_a_box_is_inside_and_it_may_cross_the_date_line():
    pacific = Area((170.0, -60.0, -120.0, 60.0))
    assert pacific.holds(60.0, 170.0)
    assert pacific.holds(0.0, 180.0)
    assert not pacific.holds(0.0, 0.0)


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-60, 60)), min_size=1, max_size=5))
def test_the_box_around_points_holds_them(points):
    box = Area(points=tuple(points)).bounds
    assert box is not None
    assert all(Area(box).holds(*point) for point in points)


def test_the_box_around_points_takes_the_short_way_over_the_date_line():
    west, _, east, _ = Area(points=((0.0, 179.0), (0.0, -179.0))).bounds
    assert (round(west), round(east)) == (179, -179)


def test_points_all_over_the_earth_have_no_box_to_wish_for():
    assert Area(points=((0.0, 0.0), (0.0, 100.0), (0.0, -100.0))).bounds is None


def test_a_box_is_read_as_it_is_written():
    assert read_box("-118.7, 33.6,-117.9,34.4") == Area((-118.7, 33.6, -117.9, 34.4))
    assert read_box("Venice, Italy") is None


@pytest.mark.parametrize("text", ["0,10,1,5", "200,0,1,5", "0,-91,1,5"])
def test_four_numbers_that_are_no_box_are_refused_in_words(text):
    with pytest.raises(GeocodingError, match="west,south,east,north"):
        read_box(text)
