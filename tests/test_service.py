"""How one service is asked: what it may answer, how often it hears from us, and when it does not."""

import json
import shutil
import socket
import subprocess
import sys
import time

import pytest

from geo.adapter import user_agent
from geo.cache import DAY, Cache
from geo.errors import GeocodingError, ServiceStopped, ServiceUnavailable
from geo.service import SILENCES, Service
from tests.fake_nominatim import Scripted, fake_nominatim, place, places

LOS_ANGELES = (-118.7, 33.6, -117.9, 34.4)
STATION = place("Firestone, Los Angeles County, California", 33.9596, -118.2432, extent=0.001)
NOW = 1_800_000_000.0  # 2027-01-15, 08:00 UTC


class Clock:
    """A clock that only sleeping moves, so that nobody waits; `slept` is how long each time."""

    def __init__(self) -> None:
        self.now, self.slept = NOW, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path, clock):
    with Cache(tmp_path / "geocoding.sqlite", clock=clock) as cache:
        yield cache


def nominatim(fake, cache, clock, **changes) -> Service:
    settings = {"cache": cache, "bounds": LOS_ANGELES, "settings": fake.settings, "clock": clock, "sleep": clock.sleep}
    return Service("nominatim", **(settings | changes))


def test_a_place_comes_back_with_name_point_extent_and_day(cache, clock):
    with fake_nominatim({"Firestone station": places(STATION)}) as fake:
        reply = nominatim(fake, cache, clock).ask("Firestone station")
    [found] = reply.candidates
    assert (found.name, found.lat, found.lon) == (STATION["display_name"], 33.9596, -118.2432)
    assert found.precision == "exact"
    assert 100 < found.radius_m < 150
    assert reply.checked == "2027-01-15"


def test_an_answer_without_extent_has_a_radius_that_says_so(cache, clock):
    with fake_nominatim({"q": places(place("Somewhere", 34.0, -118.2))}) as fake:
        [found] = nominatim(fake, cache, clock).ask("q").candidates
    assert (found.radius_m, found.precision) == (500.0, "street")


def test_the_study_area_is_a_wish_and_never_a_limit(cache, clock):
    with fake_nominatim() as fake:
        nominatim(fake, cache, clock).ask("q")
    [asked] = fake.asked
    assert asked.parameters["viewbox"] == "-118.7,33.6,-117.9,34.4"
    assert "bounded" not in asked.parameters


def test_without_a_study_area_nothing_is_wished(cache, clock):
    with fake_nominatim() as fake:
        nominatim(fake, cache, clock, bounds=None).ask("q")
    assert "viewbox" not in fake.asked[0].parameters


def test_we_say_who_we_are(cache, clock):
    with fake_nominatim() as fake:
        nominatim(fake, cache, clock, contact="me@example.org").ask("q")
    assert fake.asked[0].headers["User-Agent"] == user_agent("me@example.org")
    assert user_agent("me@example.org").startswith("caseboard/")
    assert user_agent("me@example.org").endswith(" (me@example.org)")


@pytest.mark.parametrize("contact", ["me\r\nX-Evil: 1", "x" * 101, "zoë@example.org"])
def test_a_contact_that_is_no_plain_line_is_refused(contact):
    with pytest.raises(GeocodingError, match="one line"):
        user_agent(contact)


def test_a_misspelt_geocoder_gets_a_proposal(cache):
    with pytest.raises(GeocodingError, match="did you mean nominatim"):
        Service("nominatin", cache=cache)


def test_a_geocoder_without_its_key_says_which_setting_it_needs(cache):
    with pytest.raises(GeocodingError, match="opencage needs api_key"):
        Service("opencage", cache=cache)


def test_any_geocoder_of_geopy_can_be_named(cache, clock):
    feature = {
        "geometry": {"coordinates": [-118.2432, 33.9596]},
        "properties": {"name": "Firestone", "city": "Los Angeles"},
    }
    said = Scripted(json.dumps({"features": [feature]}))
    with fake_nominatim({"Firestone": said}) as fake:
        reply = Service(
            "photon",
            cache=cache,
            bounds=LOS_ANGELES,
            settings=fake.settings,
            clock=clock,
            sleep=clock.sleep,
        ).ask("Firestone")
    assert reply.candidates[0][:3] == ("Firestone, Los Angeles", 33.9596, -118.2432)
    assert (fake.asked[0].parameters["lat"], fake.asked[0].parameters["lon"]) == ("34.0", "-118.3")


# --- The cache ---


def test_what_was_answered_is_not_asked_again_and_keeps_its_day(cache, clock):
    with fake_nominatim({"Firestone station": places(STATION)}) as fake:
        first = nominatim(fake, cache, clock).ask("Firestone station")
        clock.now += 30 * DAY
        assert nominatim(fake, cache, clock).ask("  FIRESTONE   station ") == first
    assert len(fake.asked) == 1


def test_nothing_is_remembered_for_seven_days(cache, clock):
    with fake_nominatim() as fake:
        service = nominatim(fake, cache, clock)
        assert service.ask("Atlantis").candidates == ()
        clock.now += 7 * DAY - 1
        service.ask("Atlantis")
        assert len(fake.asked) == 1
        clock.now += 1
        service.ask("Atlantis")
    assert len(fake.asked) == 2


def test_another_study_area_is_another_question(cache, clock):
    with fake_nominatim({"Paris": places(place("Paris", 48.85, 2.35))}) as fake:
        nominatim(fake, cache, clock).ask("Paris")
        nominatim(fake, cache, clock, bounds=(2.0, 48.0, 3.0, 49.0)).ask("Paris")
    assert len(fake.asked) == 2


def test_a_kept_row_that_cannot_be_read_is_asked_for_again(cache, clock):
    with fake_nominatim({"q": places(STATION)}) as fake:
        service = nominatim(fake, cache, clock)
        service.ask("q")
        cache.put(service._shelf, "q", '[["too short"]]', days=1)
        assert service.ask("q").candidates
    assert len(fake.asked) == 2


# --- What is not an answer ---

NOT_PLACES = {
    "no coordinates": [{"display_name": "Paris"}],
    "only a latitude": [{"display_name": "Paris", "lat": "48.85"}],
    "NaN": [place("Paris", "NaN", 2.35)],
    "infinite": [place("Paris", 48.85, "-Infinity")],
    "latitude 999": [place("Paris", 999, 2.35)],
    "longitude 999": [place("Paris", 48.85, 999)],
    "abc": [place("Paris", "abc", 2.35)],
    "a list of numbers": [1, 2],
    "no name": [{"place_id": 1}],
}


@pytest.mark.parametrize("body", NOT_PLACES.values(), ids=NOT_PLACES)
def test_an_answer_that_is_no_place_is_refused_and_not_remembered(cache, clock, body):
    with fake_nominatim({"Paris": Scripted(json.dumps(body))}) as fake:
        service = nominatim(fake, cache, clock)
        for _ in range(2):
            with pytest.raises(GeocodingError, match="without usable coordinates"):
                service.ask("Paris")
    assert len(fake.asked) == 2


def test_null_island_is_a_place_where_the_answer_itself_says_zero(cache, clock):
    with fake_nominatim({"Null Island": places(place("Null Island", 0, 0))}) as fake:
        [found] = nominatim(fake, cache, clock).ask("Null Island").candidates
    assert (found.lat, found.lon) == (0.0, 0.0)


GARBAGE = {
    "html": Scripted("<html>captive portal</html>", kind="text/html"),
    "html called json": Scripted("<html>captive portal</html>"),
    "json called html": Scripted(json.dumps([STATION]), kind="text/html; charset=utf-8"),
    "half an answer": Scripted('[{"place_id": 1, "lat": "48.85", "lon": '),
    "fewer bytes than announced": Scripted(json.dumps([STATION]), cut=True),
    "null": Scripted("null"),
    "an empty object": Scripted("{}"),
    "a number": Scripted("0"),
    "nothing": Scripted(""),
    "a bare NaN": Scripted('[{"display_name": "Paris", "lat": NaN, "lon": 2.35}]'),
    "too deep": Scripted("[" * 100_000),
    "too large": Scripted("[" + '"' + "x" * 1_100_000 + '"]'),
    "an error": Scripted('{"error": "Bandwidth limit exceeded"}'),
    "a redirect": Scripted("{}", 302, {"Location": "http://169.254.169.254/"}),
    "a redirect to the same host": Scripted("{}", 301, {"Location": "/search?q=Firestone"}),
    "status 404": Scripted("{}", 404),
}


@pytest.mark.parametrize("said", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_reported_once_and_not_remembered(cache, clock, said):
    with fake_nominatim({"Paris": [said, places(STATION)]}) as fake:
        service = nominatim(fake, cache, clock)
        with pytest.raises(ServiceUnavailable, match="nominatim"):
            service.ask("Paris")
        assert fake.toponyms() == ["Paris"]
        assert service.ask("Paris").candidates


def test_a_question_the_service_does_not_take_is_no_reason_to_wait(cache, clock):
    with (
        fake_nominatim({"Paris": Scripted("{}", 400)}) as fake,
        pytest.raises(GeocodingError, match="does not take this question") as refused,
    ):
        nominatim(fake, cache, clock).ask("Paris")
    assert not isinstance(refused.value, ServiceUnavailable)


def test_markup_in_a_name_is_text_and_stays(cache, clock):
    name = "<img src=x onerror=alert(1)>{{7*7191}}${alert(1)}\u2028"
    with fake_nominatim({"Paris": places(place(name, 48.85, 2.35))}) as fake:
        [found] = nominatim(fake, cache, clock).ask("Paris").candidates
    assert found.name == name.strip()


def test_a_name_is_one_line_that_fits_into_a_file(cache, clock):
    body = '[{"display_name": "Pa\\ud800ris\\u0000\\n' + "x" * 1000 + '", "lat": "1", "lon": "2"}]'
    with fake_nominatim({"Paris": Scripted(body)}) as fake:
        [found] = nominatim(fake, cache, clock).ask("Paris").candidates
    assert found.name.startswith("Pa ris x")
    assert len(found.name.encode()) <= 310


@pytest.mark.parametrize("toponym", ["", "   ", "x" * 301, "half \ud800 pair"])
def test_what_is_no_toponym_never_leaves_this_machine(cache, clock, toponym):
    with fake_nominatim() as fake, pytest.raises(GeocodingError, match="was not asked"):
        nominatim(fake, cache, clock).ask(toponym)
    assert fake.asked == []


# --- Stopped ---


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (Scripted("{}", 429, {"Retry-After": "1800"}), 1800),
        (Scripted("{}", 429), 60),
        (Scripted("{}", 429, {"Retry-After": "soon"}), 60),
        (Scripted("{}", 429, {"Retry-After": "Fri, 31 Dec 99999 23:59:59 GMT"}), 60),
        (Scripted("{}", 429, {"Retry-After": "99999999999"}), DAY),
        (Scripted("{}", 401), 3600),
        (Scripted("{}", 402), 3600),
        (Scripted("{}", 403), 3600),
        (Scripted("{}", 403, {"Retry-After": "30"}), 30),
        (Scripted('{"error":{"code":429,"message":"Bandwidth limit exceeded"}}'), 60),
    ],
)
def test_a_refusal_stops_all_requests_until_the_pause_ends(cache, clock, said, seconds):
    with fake_nominatim({"one": [said, places(STATION)], "two": places(STATION)}) as fake:
        service = nominatim(fake, cache, clock)
        with pytest.raises(ServiceStopped, match="nominatim answered 4"):
            service.ask("one")
        clock.now += seconds - 0.5
        for toponym in ("one", "two"):
            with pytest.raises(ServiceStopped, match="is not asked again before"):
                service.ask(toponym)
        assert fake.toponyms() == ["one"]
        assert clock.slept == []
        clock.now += 0.5
        assert service.ask("one").candidates


def test_a_pause_tells_until_when(cache, clock):
    with (
        fake_nominatim({"q": Scripted("{}", 429, {"Retry-After": "3600"})}) as fake,
        pytest.raises(ServiceStopped, match=r"too many requests.*2027-01-15 09:00 UTC"),
    ):
        nominatim(fake, cache, clock).ask("q")


def test_answers_already_had_are_given_during_a_pause(cache, clock):
    with fake_nominatim({"one": places(STATION), "two": Scripted("{}", 429)}) as fake:
        service = nominatim(fake, cache, clock)
        service.ask("one")
        with pytest.raises(ServiceStopped):
            service.ask("two")
        assert service.ask("one").candidates


def test_another_run_on_the_machine_heeds_the_pause(tmp_path, cache, clock):
    with fake_nominatim({"q": Scripted("{}", 403)}) as fake:
        first = nominatim(fake, cache, clock)
        with pytest.raises(ServiceStopped):
            first.ask("q")
        with Cache(tmp_path / "geocoding.sqlite", clock=clock) as other, pytest.raises(ServiceStopped):
            nominatim(fake, other, clock).ask("q")
    assert len(fake.asked) == 1


def test_a_pause_that_begins_while_we_wait_for_our_turn_is_heeded(cache, clock):
    def another_run_is_stopped(seconds: float) -> None:
        clock.sleep(seconds)
        cache.pause(service._client, 60, "stopped meanwhile")

    with fake_nominatim() as fake:
        service = nominatim(fake, cache, clock, sleep=another_run_is_stopped)
        service.ask("one")
        with pytest.raises(ServiceStopped, match="stopped meanwhile"):
            service.ask("two")
    assert fake.toponyms() == ["one"]


def test_a_new_contact_may_try_where_the_old_one_was_refused(cache, clock):
    with fake_nominatim({"q": [Scripted("{}", 403), places(STATION)]}) as fake:
        first = nominatim(fake, cache, clock)
        with pytest.raises(ServiceStopped):
            first.ask("q")
        assert nominatim(fake, cache, clock, contact="me@example.org").ask("q").candidates


# --- Tried once more ---


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_service_that_fails_once_is_tried_once_more(cache, clock, status):
    with fake_nominatim({"q": [Scripted("{}", status), places(STATION)]}) as fake:
        assert nominatim(fake, cache, clock).ask("q").candidates
    assert len(fake.asked) == 2


def test_a_service_that_keeps_failing_is_left_after_two_requests(cache, clock):
    with (
        fake_nominatim({"q": Scripted("{}", 503)}) as fake,
        pytest.raises(ServiceUnavailable, match=r"did not answer: .*503"),
    ):
        nominatim(fake, cache, clock).ask("q")
    assert len(fake.asked) == 2


# Seconds that a call lasts if nothing ends it: the server never answers and drips for ever.
HANGS = 30


@pytest.mark.parametrize("said", [Scripted(hang=True), Scripted(json.dumps([STATION]), drip=True)])
def test_a_service_that_hangs_or_drips_costs_no_more_than_the_patience(cache, clock, said):
    with fake_nominatim({"q": said}) as fake:
        service = nominatim(fake, cache, clock, patience=1.5)
        before = time.monotonic()
        with pytest.raises(ServiceUnavailable, match="did not answer"):
            service.ask("q")
        assert time.monotonic() - before < HANGS
    assert len(fake.asked) == 2


def test_a_refusal_on_the_second_try_stops_as_well(cache, clock):
    with fake_nominatim({"q": [Scripted("{}", 503), Scripted("{}", 429)]}) as fake, pytest.raises(ServiceStopped):
        nominatim(fake, cache, clock).ask("q")


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_service_out_of_reach_is_not_tried_for_every_toponym(cache, clock):
    service = Service(
        "nominatim",
        cache=cache,
        settings={"domain": f"127.0.0.1:{closed_port()}", "scheme": "http"},
        clock=clock,
        sleep=clock.sleep,
    )
    for number in range(SILENCES):
        with pytest.raises(ServiceUnavailable, match="did not answer"):
            service.ask(f"toponym {number}")
    slept = len(clock.slept)
    with pytest.raises(ServiceUnavailable, match="cannot be reached"):
        service.ask("one more")
    assert len(clock.slept) == slept


def test_a_service_that_answers_with_errors_is_within_reach(cache, clock):
    script = {f"toponym {number}": Scripted("{}", 503) for number in range(SILENCES + 1)}
    with fake_nominatim(script | {"q": places(STATION)}) as fake:
        service = nominatim(fake, cache, clock)
        for toponym in script:
            with pytest.raises(ServiceUnavailable):
                service.ask(toponym)
        assert service.ask("q").candidates


def test_a_proxy_of_the_environment_is_not_used(cache, clock, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{closed_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    with fake_nominatim({"q": places(STATION)}) as fake:
        assert nominatim(fake, cache, clock).ask("q").candidates


# --- The pace ---


def test_requests_are_a_second_apart(cache, clock):
    with fake_nominatim() as fake:
        service = nominatim(fake, cache, clock)
        for toponym in "abcd":
            service.ask(toponym)
    assert clock.slept == [1.0, 1.0, 1.0]
    assert fake.toponyms() == ["a", "b", "c", "d"]


def test_two_services_of_the_machine_share_the_pace(cache, clock):
    with fake_nominatim() as one, fake_nominatim() as other:
        nominatim(one, cache, clock).ask("a")
        nominatim(other, cache, clock).ask("b")
    assert clock.slept == [1.0]


def test_a_turn_that_comes_too_late_is_not_waited_for(cache, clock):
    for _ in range(60):
        cache.reserve(1.0, NOW + 1000)
    with fake_nominatim() as fake, pytest.raises(ServiceUnavailable, match="other requests of this machine came first"):
        nominatim(fake, cache, clock).ask("q")
    assert (fake.asked, clock.slept) == ([], [])


def test_processes_that_ask_at_once_take_turns(tmp_path):
    program = """
import sys, time
from pathlib import Path
from geo.cache import Cache
from geo.service import Service
with Cache(Path(sys.argv[1])) as cache:
    service = Service("nominatim", cache=cache, settings={"domain": sys.argv[2], "scheme": "http"}, sleep=print)
    service.ask(sys.argv[3])
"""
    with fake_nominatim() as fake:
        start, path = time.time(), tmp_path / "geocoding.sqlite"
        command = [sys.executable, "-c", program, str(path), fake.domain]
        runs = [subprocess.Popen([*command, name], stdout=subprocess.DEVNULL) for name in "abc"]
        assert [run.wait(timeout=60) for run in runs] == [0, 0, 0]
    assert sorted(fake.toponyms()) == ["a", "b", "c"]
    with Cache(path) as cache:
        assert cache.reserve(0.0, start + 60) >= start + 3


# --- TLS ---


def test_a_server_that_does_not_speak_tls_gave_no_answer(cache, clock):
    with (
        fake_nominatim({"q": places(STATION)}) as fake,
        pytest.raises(ServiceUnavailable, match="did not answer: no connection"),
    ):
        nominatim(fake, cache, clock, settings=fake.settings | {"scheme": "https"}).ask("q")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
def test_a_server_whose_certificate_nobody_vouches_for_gave_no_answer_and_was_told_nothing(tmp_path, cache, clock):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    subprocess.run([*request, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    with (
        fake_nominatim({"q": places(STATION)}, certificate=(certificate, key)) as fake,
        pytest.raises(ServiceUnavailable, match="certificate"),
    ):
        nominatim(fake, cache, clock, settings=fake.settings | {"scheme": "https"}).ask("q")
    assert fake.asked == []
