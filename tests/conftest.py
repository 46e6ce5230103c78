"""What every test stands on: no network, bounded examples, the app as a viewer meets it."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests import loopback, serving

ROOT = serving.ROOT
_reached: list[str] = []

settings.register_profile("here", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    # Raised inside pytest-base-url, which pytest-playwright brings; our own fixtures are functions.
    config.addinivalue_line("filterwarnings", "ignore:Session-scoped fixtures defined as instance methods")


def _refuse(host: str) -> None:
    _reached.append(host)
    # Not an Exception on purpose: code under test that catches everything must not swallow it.
    raise pytest.fail.Exception(f"{loopback.OUTSIDE} {host!r}; tests talk to 127.0.0.1 only")


loopback.install(_refuse)


@pytest.fixture(autouse=True)
def only_loopback() -> Iterator[None]:
    """Fails the test that reached for an outside address, even from a thread or behind a bare `except`."""
    _reached.clear()
    yield
    assert not _reached, f"{loopback.OUTSIDE} {sorted(set(_reached))}; tests talk to 127.0.0.1 only"


@pytest.fixture(scope="session")
def app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Server]:
    """The app on the built-in story, one process for the whole run; it must not reach for an outside address either."""
    log = tmp_path_factory.mktemp("server") / "caseboard.log"
    with serving.caseboard("heat", log) as server:
        yield server
    reached = [line for line in log.read_text("utf-8", "replace").splitlines() if loopback.OUTSIDE in line]
    assert not reached, reached
