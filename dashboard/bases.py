"""The base maps a viewer may choose, with the hosts the tiles of the online ones come from.

Only services that draw a map for anyone, without an account, are offered; their addresses and credits come from
xyzservices.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from xyzservices import TileProvider, providers

SCHEMATIC = "schematic"
ONLINE: Mapping[str, tuple[str, TileProvider]] = MappingProxyType(
    {
        "light": ("Light", providers.Esri.WorldGrayCanvas),
        "streets": ("Streets", providers.Esri.WorldStreetMap),
        "osm": ("OpenStreetMap", providers.OpenStreetMap.Mapnik),
        "topo": ("Topographic", providers.OpenTopoMap),
        "imagery": ("Satellite", providers.Esri.WorldImagery),
    }
)
IDS = (SCHEMATIC, *ONLINE)
DEEPEST = 19
SUBDOMAINS = "abc"


@cache
def bases() -> tuple[dict[str, Any], ...]:
    """What the board offers, the built-in one first. `attribution` is markup of xyzservices, never of a story."""
    return ({"id": SCHEMATIC, "label": "Schematic"}, *(_offered(base) for base in ONLINE))


def tile_hosts(base: str) -> tuple[str, ...]:
    """`https://host` of every tile server of an online base map; nothing for the built-in one and for unknown ids."""
    if base not in ONLINE:
        return ()
    _, provider = ONLINE[base]
    origin = re.match(r"https://[^/]+", _address(provider))
    if origin is None:
        raise ValueError(f"the base map '{base}' has no https address: {_address(provider)}")
    if "{s}" not in origin[0]:
        return (origin[0],)
    return tuple(origin[0].replace("{s}", letter) for letter in provider.get("subdomains", SUBDOMAINS))


def _offered(base: str) -> dict[str, Any]:
    label, provider = ONLINE[base]
    return {
        "id": base,
        "label": label,
        "url": _address(provider),
        "attribution": provider.get("html_attribution", provider["attribution"]),
        "max_zoom": provider.get("max_zoom", DEEPEST),
        "subdomains": provider.get("subdomains", SUBDOMAINS),
    }


def _address(provider: TileProvider) -> str:
    """The address with `{s}`, `{x}`, `{y}` and `{z}` left for the browser to fill."""
    return str(provider.build_url(x="{x}", y="{y}", z="{z}", fill_subdomain=False))
