import base64
import gzip
import html
import json
import re
from dataclasses import replace

import folium
import pytest

from dashboard import assets, bundle, document
from dashboard.publish import published
from dashboard.security import inline_hashes
from dashboard.story_map import story_map
from dashboard.view import View
from geo.errors import GeoError
from geo.story import bundled, read_story
from geo.wire import encode, payload
from tests.cases.write import CASES

HEAT = read_story(bundled()["heat"])
SMALL = read_story(CASES / "small")
CANARY = "{{7*7191}}{% x %}</script><script>alert(1)</script><!-- <iframe srcdoc='x'> &lt; \u2028`${7*7191}`"
TEXTS = {"events": ["title", "summary", "outcome", "source", "chapter", "when"], "places": ["name", "note", "basis"]}


def inside(file, name):
    """What stands in the file under this name."""
    (found,) = re.findall(rf'<script type="[a-z/]+" id="cb-{name}">([^<]*)</script>', file)
    return found


def modules(file):
    """Name -> text of the modules in the file, in their order."""
    return {
        name: "".join(parts) for name, parts in json.loads(gzip.decompress(base64.b64decode(inside(file, "modules"))))
    }


def policy(file):
    (content,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', file)
    return {name: sources.split() for name, sources in (part.strip().split(" ", 1) for part in content.split(";"))}


@pytest.fixture(scope="module")
def heat():
    return published(HEAT)


@pytest.fixture(scope="module")
def hostile():
    """A story with code and markup in every text, ids included."""
    meta = replace(SMALL.meta, title=CANARY, description=CANARY, credits=(CANARY,), assumptions=(CANARY,))
    tables = {name: getattr(SMALL, name).assign(**dict.fromkeys(columns, CANARY)) for name, columns in TEXTS.items()}
    people = SMALL.people.assign(name=CANARY, role=CANARY)
    return replace(SMALL, id=CANARY, meta=meta, people=people, **tables)


def test_the_built_in_story_is_under_400_kilobytes(heat):
    assert len(heat.encode()) < 400_000


def test_the_file_holds_the_story_as_the_page_loads_it(heat):
    assert inside(heat, "story") == encode(payload(HEAT)).decode()


def test_the_file_holds_our_modules_word_for_word_and_leaflet(heat):
    found = modules(heat)
    ours = {name: text for name, text in found.items() if (assets.STATIC / name).is_file()}
    assert {"board.js", "file.js", "roster.js", "storylines.js", "meetings.js"} <= ours.keys()
    for name, text in ours.items():
        source = (assets.STATIC / name).read_text("utf-8")
        assert text.replace("'./", "'").startswith(source.replace("'./", "'"))
    assert found["leaflet.js"] == (assets.LEAFLET / "leaflet.js").read_text("utf-8")


def test_a_module_stands_after_those_it_imports(heat):
    seen = set()
    for name, parts in json.loads(gzip.decompress(base64.b64decode(inside(heat, "modules")))):
        assert set(parts[1::2]) <= seen
        seen.add(name)


def test_every_import_of_ours_is_seen():
    for path in assets.STATIC.glob("*.js"):
        text = path.read_text("utf-8")
        assert bundle.parts(text)[1::2] == re.findall(r"(?m)^import .*?'\./(.+?)';$", text)


def test_equal_stories_give_equal_files(heat):
    assert published(read_story(bundled()["heat"])) == heat


def test_the_policy_lets_nothing_in_from_outside(heat):
    found = policy(heat)
    assert found["default-src"] == found["connect-src"] == found["base-uri"] == found["form-action"] == ["'none'"]
    words = {source for sources in found.values() for source in sources}
    assert {word for word in words if not word.startswith("'sha256-")} == {
        "'none'",
        "'unsafe-inline'",
        "blob:",
        "data:",
    }
    assert found["style-src"] == ["'unsafe-inline'"]
    assert "'unsafe-inline'" not in found["script-src"]


def test_the_policy_allows_exactly_the_one_script_that_runs(heat):
    (script,) = re.findall(r'<script type="module">(.*?)</script>', heat, re.DOTALL)
    assert policy(heat)["script-src"] == [*inline_hashes(f"<script>{script}</script>"), "blob:"]


def test_a_policy_stands_before_anything_it_is_about(heat):
    assert heat.index("Content-Security-Policy") < min(heat.index(tag) for tag in ("<style", "<link", "<script"))


def test_the_document_has_a_language_a_title_and_one_landmark_of_content(heat):
    assert heat.startswith('<!doctype html>\n<html lang="en">')
    assert "<title>Heat · Caseboard</title>" in heat
    assert heat.count("<main>") == 1


def test_nothing_in_the_file_is_an_address_of_another_host(heat):
    assert re.findall(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?!data:)[^"'\s]*//""", heat) == []


def test_no_online_base_map_is_in_the_file(heat):
    assert not re.search(r"arcgisonline|tile\.openstreetmap|opentopomap", "".join([heat, *modules(heat).values()]))


def test_no_text_of_a_story_closes_an_element_or_passes_a_template(hostile, heat):
    file = published(hostile, view=View(q=CANARY[:40]))
    assert "50337" not in file
    assert file.count("<script") == heat.count("<script")
    assert file.count("</script") == heat.count("</script")
    assert file.count("<!--") == heat.count("<!--")
    assert "<iframe" not in file
    assert json.loads(inside(file, "story"))["events"]["title"][0] == CANARY
    assert modules(file) == modules(published(SMALL))


def test_a_layer_added_to_the_map_is_in_the_file():
    fmap = story_map(SMALL)
    folium.Circle((53.5, 10.0), radius=500).add_to(fmap)
    assert "L.circle(" in modules(published(SMALL, fmap=fmap))["map.mjs"]


def test_the_view_given_is_the_one_the_file_opens_on():
    file = published(
        SMALL, view=View(story="small", crew=("cy",), at=252_000.0, q="bell", base="osm", panel="meetings")
    )
    view = json.loads(inside(file, "given"))["view"]
    assert (view["crew"], view["at"], view["q"], view["panel"]) == (["cy"], "D2T22:00", "bell", "meetings")
    assert (view["base"], view["story"]) == ("schematic", "")


@pytest.mark.parametrize("view", [None, View(), View(story="small", base="osm")])
def test_a_view_without_anything_of_its_own_is_no_view(view):
    assert json.loads(inside(published(SMALL, view=view), "given"))["view"] is None


def test_a_view_of_what_is_not_in_the_file_yet_is_left_out_of_it():
    file = published(SMALL, until="b2", view=View(crew=("ann", "dora"), event="b8", place="pier", mode="window"))
    view = json.loads(inside(file, "given"))["view"]
    assert (view["crew"], view["event"], view["place"], view["mode"]) == (["ann"], "", "", "window")


def test_up_to_an_event_nothing_later_is_anywhere_in_the_file():
    file = published(SMALL, until="b2", view=View(crew=("dora",), event="b8", q="bell"))
    everything = "".join([file, *modules(file).values()])
    later = [
        "Bell lifted",
        "Face to face",
        "The bell rings",
        "Pier 9",
        "Harbour office",
        "Hideout",
        "Dora",
        "The night",
    ]
    assert [name for name in later if name in everything] == []
    assert "Plan over coffee" in file


def test_up_to_an_event_nobody_knows_is_refused():
    with pytest.raises(GeoError, match="there is no event 'b99' in this story"):
        published(SMALL, until="b99")


def test_a_notebook_shows_the_file_in_a_frame_without_rights_on_the_notebook():
    shown = story_map(SMALL)._repr_html_()
    found = re.fullmatch(r'<iframe title="Caseboard" sandbox="([^"]+)" style="[^"]+" srcdoc="([^"]+)"></iframe>', shown)
    assert found
    assert "allow-same-origin" not in found[1]
    assert html.unescape(found[2]) == published(SMALL)


def test_a_notebook_shows_the_layers_added_and_no_text_runs_in_it(hostile):
    fmap = story_map(hostile)
    folium.Circle((53.5, 10.0), radius=500).add_to(fmap)
    shown = fmap._repr_html_()
    assert "<script" not in shown
    assert shown.count("<") == 2
    assert "50337" not in shown
    assert "L.circle(" in modules(html.unescape(shown))["map.mjs"]


def test_lines_of_another_system_s_ends_have_the_hash_a_browser_takes():
    assert "\r" not in bundle.start()
    assert document.policy("a\n") != document.policy("a\r\n")
