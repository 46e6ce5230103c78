"""The desk: what is asked for, within which terms, and that nothing is asked twice whatever happens."""

import signal
import subprocess
import sys

import pytest

from geo.area import Area
from geo.asking import Asking
from geo.cache import Cache
from geo.chain import Chain
from geo.desk import area_called, asking, sure, toponyms
from geo.errors import GeocodingError
from geo.geocoder import story_chain
from geo.providers import MOST_PUBLIC
from geo.service import Service
from geo.story import read_story
from geo.world import PACKAGE
from tests import stories
from tests.fake_nominatim import Scripted, fake_nominatim, place, places

SECONDS = 60
NOW = 1_800_000_000.0


class Clock:
    """Moves only by sleeping."""

    now = NOW

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path, clock):
    with Cache(tmp_path / "geocoding.sqlite", clock=clock) as cache:
        yield cache


def service(fake, cache, clock, **more):
    return Service("nominatim", cache=cache, settings=fake.settings, clock=clock, sleep=clock.sleep, **more)


def story(tmp_path, table):
    events = "id,title,start\ne1,One,D1\n"
    return read_story(stories.folder(tmp_path / "s", events=events, places=table))


def there(name):
    return places(place(name, 34.0, -118.2, **{"class": "amenity", "type": "bar"}))


# --- What is asked for ---


def test_a_toponym_that_many_places_share_is_asked_for_once(tmp_path):
    table = "id,name,query,lat,lon\na,A,Main  Street,,\nb,B,Main Street,,\nc,C,,,\nd,D,,34,-118\n"
    assert toponyms(story(tmp_path, table)) == ("Main Street", "C")


def test_what_the_story_calls_unknown_is_not_asked_for_without_a_query(tmp_path):
    table = "id,name,query,precision\na,A,,unknown\nb,B,Main Street,unknown\n"
    assert toponyms(story(tmp_path, table)) == ("Main Street",)


def test_only_what_is_sure_becomes_a_decision(tmp_path):
    chain = story_chain(story(tmp_path, "id,name,lat,lon\nx,X,34.05,-118.25\n"))
    run = Asking(["Firestone station", "Atlantis"], chain.geocode)
    run.start()
    assert run.wait(SECONDS).where == "finished"
    assert [(one.toponym, one.how, one.geocoder) for one in sure(run.answers)] == [
        ("Firestone station", "found", "los_angeles")
    ]


# --- The terms of a public server ---


def test_bulk_is_refused_before_anything_is_asked(cache):
    public = Service("nominatim", cache=cache, contact="me@example.org")
    with pytest.raises(GeocodingError, match="server of your own"):
        asking(Chain({}, public), [f"toponym {n}" for n in range(MOST_PUBLIC + 1)])


def test_what_our_own_tables_know_does_not_count_as_bulk(cache):
    public = Service("nominatim", cache=cache, contact="me@example.org")

    class Everything(Chain):
        def looked_up(self, toponym):
            return super().looked_up(toponym)._replace(status="sure", geocoder="story")

    assert asking(Everything({}, public), [f"toponym {n}" for n in range(MOST_PUBLIC + 1)])


def test_what_is_kept_does_not_count_as_bulk(cache):
    public = Service("nominatim", cache=cache, contact="me@example.org")
    for number in range(MOST_PUBLIC + 1):
        cache.put(public._shelf, f"toponym {number}", "[]", days=1)
    assert asking(Chain({}, public), [f"toponym {n}" for n in range(MOST_PUBLIC + 1)])


def test_a_server_of_ones_own_takes_any_number(cache, clock):
    with fake_nominatim() as fake:
        own = Chain({}, service(fake, cache, clock))
        assert asking(own, [f"toponym {n}" for n in range(MOST_PUBLIC + 1)])


# --- Nothing is asked twice ---


def test_every_answer_is_in_the_cache_the_moment_it_arrives(cache, clock):
    with fake_nominatim({"a": there("A"), "b": Scripted("{}", 403)}) as fake:
        run = asking(Chain({}, service(fake, cache, clock)), ["a", "b", "c"])
        run.start()
        stopped = run.wait(SECONDS)
        assert (stopped.where, stopped.done) == ("stopped", 1)
        assert "it is not asked again before" in stopped.why
        assert service(fake, cache, clock).keeps("a")
        assert fake.toponyms() == ["a", "b"]


PROGRAM = """
import sys
from pathlib import Path
from geo.cache import Cache
from geo.chain import Chain
from geo.desk import asking
from geo.service import Service
with Cache(Path(sys.argv[1])) as cache:
    settings = {"domain": sys.argv[2], "scheme": "http"}
    service = Service("nominatim", cache=cache, settings=settings, patience=120, sleep=lambda seconds: None)
    run = asking(Chain({}, service), ["a", "b", "c", "d"])
    run.start()
    run.wait(60)
    print(*run.answers)
"""


def test_a_killed_run_loses_nothing_and_asks_nothing_twice(tmp_path):
    script = {name: there(name) for name in "abd"} | {"c": [Scripted(hang=True), there("c")]}
    with fake_nominatim(script) as fake:
        command = [sys.executable, "-c", PROGRAM, str(tmp_path / "geocoding.sqlite"), fake.domain]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        assert fake.heard("c", SECONDS)
        run.send_signal(signal.SIGKILL)
        assert run.wait(SECONDS) == -signal.SIGKILL
        again = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        assert again.stdout.split() == ["a", "b", "c", "d"]
    assert fake.toponyms() == ["a", "b", "c", "c", "d"]  # only the question that was cut off is put again


def test_two_desks_at_once_take_turns_and_keep_one_pace(cache, clock):
    with fake_nominatim() as fake:
        one = Asking(["a1", "a2", "a3"], Chain({}, service(fake, cache, clock)).geocode)
        other = Asking(["b1", "b2", "b3"], Chain({}, service(fake, cache, clock)).geocode)
        one.start()
        other.start()
        assert (one.wait(SECONDS).where, other.wait(SECONDS).where) == ("finished", "finished")
    assert len(fake.asked) == 6
    assert cache.reserve(0.0, clock.now + 60) >= NOW + 6


def test_a_desk_among_many_waits_for_its_turn_and_is_not_turned_away(cache, clock):
    for _ in range(30):
        cache.reserve(1.0, NOW + 1000)
    with fake_nominatim({"q": there("Q")}) as fake:
        assert Chain({}, service(fake, cache, clock)).geocode("q").status == "sure"
    assert clock.now == NOW + 30


# --- The study area by name ---


def test_an_area_is_a_box_or_a_city():
    assert area_called("11, 45, 13, 46") == Area((11.0, 45.0, 13.0, 46.0))
    assert area_called("Los Angeles, CA").holds(34.0, -118.2)


def test_a_city_of_the_world_is_an_area():
    pytest.importorskip(PACKAGE)
    assert area_called("Venice, Italy").holds(45.4, 12.3)


@pytest.mark.parametrize("text", ["Atlantis on Sea", "Firestone station", ""])
def test_what_is_no_area_is_refused_with_the_remedy(text):
    with pytest.raises(GeocodingError, match="west,south,east,north"):
        area_called(text)


def test_a_name_of_several_cities_is_no_area():
    pytest.importorskip(PACKAGE)
    with pytest.raises(GeocodingError, match="did you mean Venice or Venice, Italy"):
        area_called("Venice")
