import re
from dataclasses import replace

import folium
import pytest

from dashboard.story_map import Schematic, StoryLayer, StoryMap, map_module, story_map
from geo.story import read_story
from geo.wire import payload
from tests.cases.write import CASES

SMALL = read_story(CASES / "small")
CANARY = "{{7*7191}}{% raw %}</script><script>alert(1)</script>`${1}`\u2028"


def test_the_map_is_a_folium_map_on_the_bounds_of_the_story():
    fmap = story_map(SMALL)
    assert isinstance(fmap, folium.Map)
    assert fmap.location == [pytest.approx(53.55), pytest.approx(9.85)]


def test_a_story_without_bounds_gets_those_of_its_places():
    story = replace(SMALL, meta=replace(SMALL.meta, bounds=None))
    west, south, east, north = payload(story)["bounds"]
    lat, lon = story_map(story).location
    assert (lat, lon) == (pytest.approx((south + north) / 2), pytest.approx((west + east) / 2))


def test_the_module_draws_the_base_map_under_the_story_and_gives_the_map():
    module = map_module(story_map(SMALL))
    assert re.search(r"export default \(L, caseboard\) => \{.*L\.map\(.*return map_story;\s*\};", module, re.DOTALL)
    assert module.index("caseboard.schematic({}).addTo(map_story)") < module.index(
        "caseboard.storyLayer({}).addTo(map_"
    )
    assert '<div class=\\"folium-map\\" id=\\"map_story\\"' in module


def test_equal_stories_give_equal_modules():
    assert map_module(story_map(SMALL)) == map_module(story_map(read_story(CASES / "small")))


def test_rendering_a_map_twice_gives_the_same_module():
    fmap = story_map(SMALL)
    assert map_module(fmap) == map_module(fmap)


def test_no_text_of_a_story_gets_into_the_module():
    texts = dict.fromkeys(("title", "description"), CANARY)
    meta = replace(SMALL.meta, **texts, credits=(CANARY,), assumptions=(CANARY,))
    columns = dict.fromkeys(("title", "summary", "outcome", "source"), CANARY)
    story = replace(SMALL, id=CANARY, meta=meta, events=SMALL.events.assign(**columns))
    module = map_module(story_map(story))
    assert module == map_module(story_map(SMALL))
    assert "50337" not in module
    assert "7191" not in module


def test_the_module_asks_no_host_for_anything():
    assert "//" not in map_module(story_map(SMALL))


def test_folium_itself_keeps_its_libraries():
    assert StoryMap.default_js == []
    assert folium.Map.default_js


def test_any_folium_layer_can_be_added():
    fmap = story_map(SMALL)
    folium.Circle((53.5, 10.0), radius=500).add_to(fmap)
    assert "L.circle(" in map_module(fmap)


@pytest.mark.parametrize("layer", [Schematic, StoryLayer])
def test_a_layer_takes_numbers_and_no_text(layer):
    assert layer(radius=5, rings=False).options == {"radius": 5, "rings": False}
    with pytest.raises(TypeError, match="title: a layer takes numbers"):
        layer(title="{{7*7191}}")
