import io
from dataclasses import replace
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dashboard.atlas import atlas
from dashboard.colours import dark
from dashboard.ground import degrees_words, has_our_map
from dashboard.ink import Paper
from dashboard.letters import cut, face, has, setting, width, wrapped
from dashboard.marks import CELL, MANY, draw_dots, draw_marks, marked
from dashboard.mercator_view import Box, aimed, fitted, world
from dashboard.moment import seen
from dashboard.outlines import bowed, clipped_area, clipped_line, dashes, smooth
from dashboard.picture import FREE, MAP, drawn, png
from dashboard.view import MODES, SCALES, View, parse
from geo.story import bundled, read_story
from tests.stories import folder

HEAT = atlas(read_story(bundled()["heat"]))
BOX = Box(0, 0, 100, 50)
POINTS = st.lists(st.tuples(*[st.floats(-1e9, 1e9)] * 2), min_size=2, max_size=12).map(np.asarray)


def picture(query="", of=HEAT):
    return Image.open(io.BytesIO(png(of, parse(parse_qs(query), of.story)[0])))


def small(tmp_path, **files):
    return atlas(read_story(folder(tmp_path / "small", **files)))


# --- The picture ---


def test_a_picture_has_the_size_that_previews_are_shown_at():
    found = picture("crew=chris&at=D8T12:40")
    assert (found.size, found.format, found.mode) == ((1200, 630), "PNG", "RGB")


def test_a_picture_is_light_enough_for_those_who_fetch_it():
    assert len(png(HEAT, View())) < 300_000


def test_one_view_is_one_picture():
    assert png(HEAT, View(crew=("chris",))) == png(HEAT, View(crew=("chris",)))


@pytest.mark.parametrize(
    "query", ["at=D1T09:00", "crew=neil", "q=bank", "mode=moment", "lat=34&lon=-118.2&z=13", "scale=clock"]
)
def test_what_a_link_says_is_seen(query):
    assert picture(query).tobytes() != picture().tobytes()


def test_the_current_event_is_ringed():
    view = parse({"event": ["e53"]}, HEAT.story)[0]
    place = HEAT.place[seen(HEAT.story, view).current]
    ((x, y),) = fitted(HEAT.bounds, FREE).seen(HEAT.point[[place]])
    around = drawn(HEAT, view).finished().crop((int(x) - 40, int(y) - 40, int(x) + 40, int(y) + 40))
    assert dark()["now"] in {colour for _, colour in around.getcolors(10_000)}


def test_before_the_first_event_there_is_the_map_and_the_title():
    view = parse({"at": ["D-13T00:00"], "q": ["no such word"]}, HEAT.story)[0]
    assert seen(HEAT.story, view).current == -1
    assert picture("at=D-13T00:00&q=no+such+word").size == (1200, 630)


def test_a_story_without_a_single_place_has_a_picture(tmp_path):
    nowhere = small(tmp_path, events="id,title,start\ne1,One,D1\n", places="id,name\n", people="id,name\n")
    assert picture(of=nowhere).size == (1200, 630)


def test_a_story_elsewhere_has_meridians_instead_of_our_coast(tmp_path):
    hamburg = small(tmp_path)
    paper = Paper(1200, 630, dark()["bg"])
    assert not has_our_map(paper, fitted(hamburg.bounds, FREE), hamburg.bounds)
    assert has_our_map(paper, fitted(HEAT.bounds, FREE), HEAT.bounds)
    assert picture(of=hamburg).size == (1200, 630)


@pytest.mark.parametrize(
    "title",
    [
        "東京の夜",
        "قصة المدينة",
        "סיפור",
        "Ōtautahi – Łódź",
        "🚓🚓🚓",
        "W" * 500,
        "a\u202eb\u0000c",
        "x " * 300,
        "한국어" * 60,
    ],
)
def test_a_title_in_any_script_and_of_any_length_is_drawn(tmp_path, title):
    written = small(tmp_path).story
    events = written.events.assign(title=title)
    titled = replace(written, meta=replace(written.meta, title=title), events=events)
    assert picture("at=D1T10:00", atlas(titled)).size == (1200, 630)


@settings(max_examples=12, deadline=None)
@given(
    st.floats(-90, 90), st.floats(-180, 180), st.floats(0, 22), st.sampled_from(MODES), st.sampled_from(SCALES),
    st.sampled_from(["e1", "e53", "e79"]), st.booleans(),
)  # fmt: skip
def test_every_camera_a_link_may_have_gives_a_picture(lat, lon, z, mode, scale, event, follow):
    view = View(lat=lat, lon=lon, z=z, mode=mode, scale=scale, event=event, follow=follow, crew=("chris", "neil"))
    assert drawn(HEAT, view).finished().size == (1200, 630)


def test_a_story_of_many_places_has_at_most_one_dot_a_cell(tmp_path):
    rng = np.random.default_rng(5)
    many = 4_000
    places = "".join(
        f"p{i},P{i},{lat:.5f},{lon:.5f}\n" for i, (lat, lon) in enumerate(rng.uniform(-0.5, 0.5, (many, 2)))
    )
    events = "".join(f"e{i},E,D1,p{i},\n" for i in range(many))
    crowded = small(
        tmp_path,
        places=f"id,name,lat,lon\n{places}",
        events=f"id,title,start,place,people\n{events}",
        people="id,name\n",
    )
    view = View()
    these = marked(crowded, seen(crowded.story, view), fitted(crowded.bounds, FREE), MAP)
    assert these.place.size > MANY
    paper = Counted(1200, 630, (0, 0, 0))
    draw_dots(paper, crowded, these)
    assert draw_marks(paper, crowded, these, -1) == []
    assert 0 < paper.discs <= (MAP.w / CELL + 1) * (MAP.h / CELL + 1)


class Counted(Paper):
    discs = 0

    def disc(self, *given, **named):
        self.discs += 1
        super().disc(*given, **named)


# --- What it is drawn with ---


@given(st.floats(-85, 85), st.floats(-179, 179), st.floats(1, 18))
def test_a_camera_there_and_back_is_the_same_place(lat, lon, zoom):
    camera = aimed(lat, lon, zoom, FREE)
    assert camera.degrees(*FREE.middle) == pytest.approx((lat, lon), abs=1e-6)
    assert camera.zoom == pytest.approx(zoom)


def test_bounds_fit_the_box_and_fill_it_one_way():
    west, south, east, north = HEAT.bounds
    seen_at = fitted(HEAT.bounds, FREE).seen(world([north, south], [west, east]))
    (left, top), (right, bottom) = seen_at
    assert FREE.holds(left, top)
    assert FREE.holds(right, bottom)
    assert right - left == pytest.approx(FREE.w - 16) or bottom - top == pytest.approx(FREE.h - 16)


@given(POINTS)
def test_what_is_left_of_a_line_lies_in_the_box(points):
    for part in clipped_line(points, BOX):
        assert all(BOX.grown(1e-3).holds(x, y) for x, y in part)


@given(POINTS)
def test_what_is_left_of_an_area_lies_in_the_box(points):
    assert all(BOX.grown(1e-3).holds(x, y) for x, y in clipped_area(points, BOX))


def test_a_line_through_the_box_is_cut_at_its_edges():
    (part,) = clipped_line(np.asarray([(-1000.0, 25.0), (1000.0, 25.0)]), BOX)
    assert part == pytest.approx(np.asarray([(0, 25), (100, 25)]))


def test_a_box_inside_an_area_is_filled():
    ring = np.asarray([(-1e6, -1e6), (1e6, -1e6), (1e6, 1e6), (-1e6, 1e6)])
    assert {(round(x), round(y)) for x, y in clipped_area(ring, BOX)} == {(0, 0), (100, 0), (100, 50), (0, 50)}


def test_a_smooth_line_goes_through_every_point():
    line = np.asarray([(0.0, 0.0), (5.0, 9.0), (20.0, 3.0)])
    assert smooth(line)[::5].tolist() == line.tolist()


def test_dashes_are_bounded_however_long_the_line():
    assert len(dashes(np.asarray([(0.0, 0.0), (1e9, 0.0)]), 4, 4)) == 2_000


def test_there_and_back_are_two_lines():
    a, b = np.asarray([0.0, 0.0]), np.asarray([100.0, 0.0])
    there, back = bowed(a, b, 0), bowed(b, a, 0)
    assert there[0].tolist() == back[-1].tolist() == [0, 0]
    assert np.sign(there[20][1]) == -np.sign(back[20][1])


@pytest.mark.parametrize(("value", "said"), [(34.05, "34.05° N"), (-0.0, "0.00°"), (-12.5, "12.50° S")])
def test_a_latitude_is_written_as_the_board_writes_it(value, said):
    assert degrees_words(value, "N", "S", 0.05) == said


def test_a_longitude_beyond_the_edge_of_the_world_is_the_same_meridian():
    assert degrees_words(190, "E", "W", 10) == "170° W"


def test_the_face_is_the_one_the_board_is_set_in():
    assert face(20).getname()[0].startswith("SourceSans")
    assert has(face(20), "é")
    assert not has(face(20), "東")


@given(st.text(max_size=60), st.integers(10, 900))
def test_no_line_is_wider_than_its_room(text, room):
    said, set_in = setting(text, 20)
    lines = wrapped(said, set_in, room, 3)
    assert len(lines) <= 3
    assert all(width(line, set_in) <= room for line in lines)


def test_text_that_fits_is_not_cut():
    assert cut("Bosko falls", face(20), 1_000) == "Bosko falls"
    assert cut("Bosko falls", face(20), 60).endswith("…")


def test_every_colour_of_the_picture_is_one_of_the_board():
    assert {"bg", "panel", "ink", "mute", "land", "water", "now", "accent"} <= dark().keys()
