"""The keys of geocoding services and of engines: from the environment, else from the secrets of Streamlit."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.errors import EngineError, GeocodingError, GeoError
from geo.providers import from_environment
from geo.source import VARIABLE

SECTION, ENGINES = "geocoders", "engines"
CONTACT = "CASEBOARD_CONTACT"  # whom a service may write to about our requests
FILE = Path(".streamlit") / "secrets.toml"


def geocoder_settings(
    secrets: Mapping[str, Any] | None = None, environ: Mapping[str, str] | None = None
) -> dict[str, dict[str, Any]]:
    """Geocoder -> setting -> value, for `geo.providers.settings_of`. The environment wins over the secrets.

    `secrets` are those of Streamlit, where it is running; without them, the files are read that it would read. Raises
    GeocodingError for a file that cannot be read; what is in it is never told.
    """
    told = _section(secrets if secrets is not None else _files(GeocodingError))
    for name, settings in from_environment(os.environ if environ is None else environ).items():
        told[name] = told.get(name, {}) | settings
    return told


def engine_secrets(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """CASEBOARD_ENGINE_... -> credentials, for `geo.engine.connect`. The environment wins over the secrets.

    Below `[engines]` of the secrets the host stands without the prefix, in any case: `db_example = "user:password"`.
    Raises EngineError for a file that cannot be read; what is in it is never told.
    """
    section = _files(EngineError).get(ENGINES, {})
    told = section.items() if isinstance(section, Mapping) else ()
    known = {f"{VARIABLE}{str(name).upper()}": value for name, value in told if isinstance(value, str)}
    given = os.environ if environ is None else environ
    return known | {name: value for name, value in given.items() if name.startswith(VARIABLE)}


def contact(given: str = "", environ: Mapping[str, str] | None = None) -> str:
    """Whom a service may write to: as given, else as the environment says."""
    return given or (os.environ if environ is None else environ).get(CONTACT, "")


def _section(secrets: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    try:
        section = secrets.get(SECTION, {})
    except FileNotFoundError:  # Streamlit's words for "there are no secrets"
        return {}
    if not isinstance(section, Mapping):
        return {}
    return {str(name).lower(): dict(settings) for name, settings in section.items() if isinstance(settings, Mapping)}


def _files(refusal: type[GeoError]) -> dict[str, Any]:
    """The sections of the file of this user, then of the one in this folder, which wins."""
    held: dict[str, Any] = {}
    for folder in (Path.home(), Path.cwd()):
        try:
            held |= tomllib.loads((folder / FILE).read_text("utf-8"))
        except (FileNotFoundError, NotADirectoryError, RuntimeError):
            continue
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            # The cause is left out: its words may quote a line with a key.
            raise refusal(f"{FILE} cannot be read; mend it, or set the keys in the environment") from None
    return held
