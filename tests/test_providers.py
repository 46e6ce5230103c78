"""The services of geopy by name: their keys, their terms, and that no key is ever told to anybody else."""

import logging

import pytest
from geopy.geocoders import SERVICE_TO_GEOCODER

from dashboard.secrets import contact, engine_secrets, geocoder_settings
from geo.cache import Cache
from geo.errors import EngineError, GeocodingError
from geo.providers import (
    MOST_PUBLIC,
    PUBLIC_NOMINATIM,
    from_environment,
    made,
    provider,
    providers,
    redacted,
    refuse_bulk,
    settings_of,
    usable,
)
from geo.service import Service
from tests.fake_nominatim import Scripted, fake_nominatim

KEY = "s3cr3t-k3y-0f-mine"


def keys(name):
    """Made-up values for all that a geocoder needs."""
    told = dict.fromkeys(provider(name).needs[0], KEY)
    return told | ({"domain": "127.0.0.1:1"} if "domain" in told else {})


@pytest.mark.parametrize("name", sorted(SERVICE_TO_GEOCODER))
def test_every_geocoder_of_geopy_is_made_with_the_keys_it_needs(name):
    assert made(name, "", settings_of(name, {name: keys(name)})) is not None


@pytest.mark.parametrize("name", [name for name, known in providers().items() if known.needs != ((),)])
def test_a_missing_key_is_a_sentence_that_names_it_and_where_to_put_it(name):
    with pytest.raises(GeocodingError, match=f"geocoder {name} needs ") as refusal:
        settings_of(name, {})
    for setting in provider(name).needs[0]:
        assert f"CASEBOARD_GEOCODER_{name}_{setting}".upper() in str(refusal.value)
    assert f"[geocoders.{name}]" in str(refusal.value)


def test_those_that_need_no_key_may_be_used_at_once():
    free = usable({})
    assert {"nominatim", "photon", "arcgis"} <= set(free)
    assert {"google", "here", "opencage", "pelias"}.isdisjoint(free)
    assert "here" in usable({"here": {"apikey": KEY}})


def test_one_of_several_ways_to_name_oneself_is_enough():
    assert settings_of("here", {"here": {"app_id": "a", "app_code": "b"}})
    assert settings_of("google", {"google": {"client_id": "a", "secret_key": "YWJj"}})
    with pytest.raises(GeocodingError, match="needs app_code:"):
        settings_of("here", {"here": {"app_id": "a"}})


def test_a_misspelt_setting_gets_a_proposal_and_its_value_is_not_told():
    with pytest.raises(GeocodingError, match="takes no 'api_kye'; did you mean api_key") as refusal:
        settings_of("opencage", {"opencage": {"api_kye": KEY}})
    assert KEY not in str(refusal.value)


@pytest.mark.parametrize("setting", ["user_agent", "timeout", "adapter_factory", "ssl_context"])
def test_what_keeps_requests_bounded_and_named_is_not_for_an_author_to_set(setting):
    with pytest.raises(GeocodingError, match="takes no"):
        settings_of("nominatim", {"nominatim": {setting: "x"}})


# --- Where keys come from ---


def test_keys_are_read_from_the_environment():
    environ = {"CASEBOARD_GEOCODER_HERE_APIKEY": KEY, "CASEBOARD_GEOCODER_OPENCAGE_API_KEY": "k", "PATH": "/bin"}
    assert from_environment(environ) == {"here": {"apikey": KEY}, "opencage": {"api_key": "k"}}
    assert from_environment({"CASEBOARD_GEOCODER_HERE_APIKEY": ""}) == {}


def test_the_environment_wins_over_the_secrets():
    told = geocoder_settings({"geocoders": {"Here": {"apikey": "old"}}}, {"CASEBOARD_GEOCODER_HERE_APIKEY": KEY})
    assert told == {"here": {"apikey": KEY}}


@pytest.mark.parametrize("secrets", [{}, {"geocoders": "x"}, {"geocoders": {"here": "x"}}])
def test_secrets_without_geocoders_are_none(secrets):
    assert geocoder_settings(secrets, {}) == {}


def test_streamlit_without_secrets_has_none():
    class Absent(dict):
        def get(self, *_):
            raise FileNotFoundError

    assert geocoder_settings(Absent(), {}) == {}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / ".streamlit").mkdir()
    return tmp_path / ".streamlit"


def test_without_streamlit_its_file_of_secrets_is_read(folder):
    (folder / "secrets.toml").write_text(f'[geocoders.here]\napikey = "{KEY}"\n', "utf-8")
    assert geocoder_settings(None, {}) == {"here": {"apikey": KEY}}


def test_without_any_file_there_are_no_secrets(folder):
    assert geocoder_settings(None, {}) == {}


def test_a_file_of_secrets_that_cannot_be_read_is_a_sentence_without_a_word_of_it(folder):
    (folder / "secrets.toml").write_text(f"[geocoders.here\n{KEY} = = {KEY}\n", "utf-8")
    with pytest.raises(GeocodingError, match=r"secrets.toml cannot be read") as refusal:
        geocoder_settings(None, {})
    assert KEY not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_the_contact_is_the_one_given_else_that_of_the_environment():
    assert contact("me@example.org", {"CASEBOARD_CONTACT": "host@example.org"}) == "me@example.org"
    assert contact("", {"CASEBOARD_CONTACT": "host@example.org"}) == "host@example.org"


# --- Keys are told to nobody ---


def test_a_key_in_the_words_of_a_service_is_taken_out():
    assert redacted(f"key {KEY} is wrong", {"apikey": KEY, "domain": "key"}) == "key … is wrong"


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_no_key_is_in_a_message_a_log_or_the_cache(tmp_path, caplog, status):
    caplog.set_level(logging.DEBUG)
    path = tmp_path / "geocoding.sqlite"
    with fake_nominatim({"Paris": Scripted(f'{{"error": "{KEY}"}}', status)}) as fake, Cache(path) as cache:
        settings = {"api_key": KEY, "domain": fake.domain, "scheme": "http"}
        service = Service("opencage", cache=cache, settings=settings, sleep=lambda _: None)
        with pytest.raises(GeocodingError) as refusal:
            service.ask("Paris")
        assert KEY in fake.asked[0].parameters["key"]
    assert KEY not in str(refusal.value)
    assert KEY not in caplog.text
    assert all(KEY.encode() not in file.read_bytes() for file in tmp_path.iterdir())


# --- The terms ---


def test_the_public_nominatim_wants_a_contact_and_no_bulk(tmp_path):
    with Cache(tmp_path / "c.sqlite") as cache, pytest.raises(GeocodingError, match="whom to write to"):
        Service("nominatim", cache=cache)
    refuse_bulk("nominatim", {}, "me@example.org", MOST_PUBLIC)
    with pytest.raises(GeocodingError, match="NOMINATIM_DOMAIN"):
        refuse_bulk("nominatim", {"domain": PUBLIC_NOMINATIM}, "me@example.org", MOST_PUBLIC + 1)
    refuse_bulk("nominatim", {"domain": "127.0.0.1:1"}, "", MOST_PUBLIC + 1)


def test_answers_of_openstreetmap_come_with_its_attribution(tmp_path):
    with fake_nominatim() as fake, Cache(tmp_path / "c.sqlite") as cache:
        assert "OpenStreetMap" in Service("nominatim", cache=cache, settings=fake.settings).attribution
        assert "ODbL" in provider("photon").attribution


def test_the_credentials_of_an_engine_come_from_the_file_of_secrets(folder):
    (folder / "secrets.toml").write_text(f'[engines]\ndb_example = "desk:{KEY}"\nport = 5432\n', "utf-8")
    assert engine_secrets({}) == {"CASEBOARD_ENGINE_DB_EXAMPLE": f"desk:{KEY}"}


def test_the_environment_wins_for_engines_too_and_gives_nothing_else(folder):
    (folder / "secrets.toml").write_text('[engines]\ndb_example = "old"\n', "utf-8")
    environ = {"CASEBOARD_ENGINE_DB_EXAMPLE": "new", "HOME": "/root"}
    assert engine_secrets(environ) == {"CASEBOARD_ENGINE_DB_EXAMPLE": "new"}


def test_secrets_for_engines_that_cannot_be_read_are_a_sentence_without_a_word_of_them(folder):
    (folder / "secrets.toml").write_text(f"[engines\n{KEY}", "utf-8")
    with pytest.raises(EngineError, match=r"secrets.toml cannot be read") as refusal:
        engine_secrets({})
    assert KEY not in str(refusal.value)
