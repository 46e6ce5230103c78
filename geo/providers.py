"""The geocoding services that geopy offers: what each needs to be told, what it may be told, and on which terms."""

import inspect
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from geopy.geocoders import SERVICE_TO_GEOCODER
from rapidfuzz import process

from geo.adapter import BoundedAdapter, user_agent
from geo.errors import GeocodingError, clipped

VARIABLE = "CASEBOARD_GEOCODER_"  # then the name of the geocoder and of the setting: CASEBOARD_GEOCODER_HERE_APIKEY
PUBLIC_NOMINATIM = "nominatim.openstreetmap.org"
MOST_PUBLIC = 500  # toponyms of one run that are asked of a public server; more is bulk, which its policy forbids

_OURS = frozenset({"self", "timeout", "user_agent", "ssl_context", "adapter_factory"})  # not for an author to set
_OPEN = frozenset({"domain", "scheme", "auth_domain", "proxies", "referer", "channel", "token_lifetime"})
# Keys that geopy's signatures do not insist on, but these services do: any one of the groups.
_ONE_OF = {
    "google": (("api_key",), ("client_id", "secret_key")),
    "googlev3": (("api_key",), ("client_id", "secret_key")),
    "here": (("apikey",), ("app_id", "app_code")),
}
_OSM = "© OpenStreetMap contributors, ODbL 1.0"
ATTRIBUTION = {
    "nominatim": _OSM,
    "photon": _OSM,
    "pickpoint": _OSM,
    "openmapquest": _OSM,
    "opencage": _OSM,
    "geonames": "GeoNames, CC BY 4.0",
    "banfrance": "Base Adresse Nationale, Licence Ouverte 2.0",
}


class Provider(NamedTuple):
    """A geocoder by its name in geopy: the settings it needs, any one group of them, and all that it takes.

    `attribution` is to be shown wherever its answers are; "" where this module does not know the terms.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    takes: tuple[str, ...]
    attribution: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """The settings that nobody else is to see."""
        return tuple(name for name in self.takes if name not in _OPEN)


@cache
def providers() -> dict[str, Provider]:
    """Every geocoder that geopy offers, by name."""
    return {name: _provider(name) for name in sorted(SERVICE_TO_GEOCODER)}


def provider(name: str) -> Provider:
    """The geocoder of that name. Raises GeocodingError, with the nearest name, where there is none."""
    if (known := providers().get(name.lower())) is not None:
        return known
    near = process.extractOne(name.lower(), list(providers()), score_cutoff=60)
    known_as = near[0] if near else " or ".join(providers())
    raise GeocodingError(f"geocoder {clipped(name)!r} is not known to geopy; did you mean {known_as}?")


def from_environment(environ: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The settings of geocoders that environment variables name, as `settings_of` takes them; empty ones are none."""
    told: dict[str, dict[str, str]] = {}
    for variable, value in environ.items():
        if variable.upper().startswith(VARIABLE) and value:
            name, _, setting = variable[len(VARIABLE) :].lower().partition("_")
            told.setdefault(name, {})[setting] = value
    return told


def settings_of(name: str, told: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What one geocoder is told, out of what is told of all by name. Raises GeocodingError where a key is missing, or
    a setting is not one of its own."""
    known = provider(name)
    settings = dict(told.get(known.name, {}))
    for setting in settings:
        if setting not in known.takes:
            near = process.extractOne(setting, known.takes, score_cutoff=60)
            remedy = f"did you mean {near[0]}?" if near else f"it takes {', '.join(known.takes)}"
            raise GeocodingError(f"geocoder {known.name} takes no {clipped(setting, 40)!r}; {remedy}")
    _complete(known, settings)
    return settings


def usable(told: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The geocoders that have all the keys they need."""
    held = {name: told.get(name, {}) for name in providers()}
    return [name for name, known in providers().items() if _missing(known, held[name]) is None]


def made(name: str, contact: str, settings: Mapping[str, Any]) -> Any:
    """The geopy geocoder, which sends its requests through our adapter. Raises GeocodingError."""
    known = provider(name)
    _complete(known, settings)
    ours = {"user_agent": user_agent(contact), "adapter_factory": BoundedAdapter}
    try:
        return SERVICE_TO_GEOCODER[known.name](**settings, **ours)
    except (TypeError, ValueError) as fault:
        said = redacted(clipped(str(fault), 120), settings)
        raise GeocodingError(f"geocoder {known.name} does not take these settings: {said}") from None


def refuse_bulk(name: str, settings: Mapping[str, Any], contact: str, toponyms: int) -> None:
    """Raises GeocodingError where the terms of a public server forbid to ask it, or to ask it for so many toponyms."""
    known = provider(name)
    if known.name != "nominatim" or settings.get("domain", PUBLIC_NOMINATIM) != PUBLIC_NOMINATIM:
        return
    if not contact.strip():
        raise GeocodingError(
            f"the public server {PUBLIC_NOMINATIM} wants to know whom to write to: give an e-mail address as contact"
        )
    if toponyms > MOST_PUBLIC:
        raise GeocodingError(
            f"{toponyms:,} toponyms are too many for the public server {PUBLIC_NOMINATIM}, which forbids bulk: ask for "
            f"at most {MOST_PUBLIC:,}, or name a server of your own ({VARIABLE}NOMINATIM_DOMAIN)"
        )


def redacted(text: str, settings: Mapping[str, Any]) -> str:
    """`text` without any of the keys among the settings of a geocoder."""
    for setting, value in settings.items():
        if setting not in _OPEN and isinstance(value, str) and len(value) > 3:
            text = text.replace(value, "…")
    return text


def _provider(name: str) -> Provider:
    parameters = inspect.signature(SERVICE_TO_GEOCODER[name]).parameters
    takes = tuple(word for word in parameters if word not in _OURS)
    required = tuple(word for word in takes if parameters[word].default is inspect.Parameter.empty)
    return Provider(name, _ONE_OF.get(name, (required,)), takes, ATTRIBUTION.get(name, ""))


def _missing(known: Provider, settings: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The settings to ask for, or None where one group of them is complete."""
    lacking = {group: tuple(word for word in group if not settings.get(word)) for group in known.needs}
    begun = min(lacking, key=lambda group: (len(lacking[group]), -len(group)))
    return lacking[begun] or None


def _complete(known: Provider, settings: Mapping[str, Any]) -> None:
    if (missing := _missing(known, settings)) is not None:
        variables = " and ".join(f"{VARIABLE}{known.name}_{word}".upper() for word in missing)
        section = f"[geocoders.{known.name}]"
        raise GeocodingError(
            f"geocoder {known.name} needs {' and '.join(missing)}: set {variables} in the environment, or "
            f"{' and '.join(missing)} under {section} in .streamlit/secrets.toml"
        )
