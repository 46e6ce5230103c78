"""A table of an engine that is reached by a URL, with credentials from outside the story."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import ibis
import ibis.expr.types as ir

from geo.bounded import AGAIN, LANE
from geo.errors import EngineError, clipped
from geo.lane import Lane
from geo.source import VARIABLE


def url_table(url: str, table: str, secrets: Mapping[str, str], seconds: float) -> ir.Table:
    """`table` (`events`, or `schema.events`) of any engine that Ibis reaches by URL.

    Credentials are "user:password" of `secrets` under CASEBOARD_ENGINE_ and the host in capitals, every other
    character an underscore: CASEBOARD_ENGINE_DB_EXAMPLE_ORG for db.example.org. Where the URL has a user, it is the
    password alone, or that user, a colon and the password. The port and what follows stay those of story.toml. Raises
    EngineError after so many seconds: an address behind which nobody answers can keep a driver for minutes.
    """
    lane = Lane()
    try:
        found = lane.result(lambda: _opened(url, table, secrets), seconds)
    except TimeoutError as cause:
        raise EngineError(f"{_shown(url)} does not answer within {seconds:g} seconds; see whether it runs") from cause
    backend: Any = found.get_backend()

    def again() -> None:
        _close(backend)
        backend.reconnect()
        lane.last[:] = _closing(backend)

    lane.last[:] = _closing(backend)
    setattr(backend, LANE, lane)
    setattr(backend, AGAIN, again)
    return found


def variable(url: str) -> str:
    """The name of the secret for a URL: that of its host."""
    host = urlsplit(url).hostname or urlsplit(url).scheme
    return VARIABLE + re.sub(r"[^A-Z0-9]", "_", host.upper())


def with_credentials(url: str, secrets: Mapping[str, str]) -> str:
    """The URL with the user and the password that `secrets` have for it, if any."""
    secret = secrets.get(variable(url), "")
    if not secret:
        return url
    parts = urlsplit(url)
    if parts.username:
        user = unquote(parts.username)
        password = secret.removeprefix(f"{user}:")
    else:
        user, _, password = secret.partition(":")
    given = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    return parts._replace(netloc=f"{given}@{parts.netloc.rpartition('@')[2]}").geturl()


def _opened(url: str, table: str, secrets: Mapping[str, str]) -> ir.Table:
    scheme = url.partition("://")[0].lower()
    shown = _shown(url)
    if not table:
        raise EngineError(f'{shown} needs a table; write table = "events" below [events] in story.toml')
    try:
        full = with_credentials(url, secrets)
        quoted = urlsplit(full).username or ""
        # Ibis reads the signs of a password, and those of a user only here.
        backend: Any = ibis.connect(full, **({"user": unquote(quoted)} if "%" in quoted else {}))
    except ImportError as cause:
        extra = "postgres" if scheme == "postgresql" else scheme
        raise EngineError(f"{shown} needs a driver; pip install 'ibis-framework[{extra}]'") from cause
    except Exception as cause:
        if isinstance(cause, ValueError) and "know how to connect" in str(cause):
            raise EngineError(f"no engine is known by '{clipped(scheme, 20)}://'; write one that Ibis has") from cause
        raise EngineError(f"{shown} cannot be reached; see whether it runs, and look at {variable(url)}") from None
    *database, name = table.split(".")
    try:
        return backend.table(name, database=".".join(database) or None)
    except Exception as cause:
        _close(backend)
        raise EngineError(
            f"{shown} has no table '{clipped(table)}' that may be read; name another in story.toml"
        ) from cause


def _close(backend: Any) -> None:
    for close in _closing(backend):
        with suppress(Exception):  # it is away already
            close()


def _closing(backend: Any) -> list[Callable[[], object]]:
    """What closes the connection of a backend, without the backend: who holds it keeps that connection alone."""
    close = getattr(getattr(backend, "con", None), "close", None)
    return [close] if callable(close) else []


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{clipped(parts.netloc.rpartition('@')[2], 60)}"
