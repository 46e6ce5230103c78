"""Who is asking: the address a request comes from, or what a proxy that the host trusts says of it.

`CASEBOARD_PROXIES` lists the addresses or networks of such proxies, as "127.0.0.1 10.0.0.0/8". Nobody else is believed:
anybody can write X-Forwarded-For.
"""

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

VARIABLE = "CASEBOARD_PROXIES"
NEAR = "127.0.0.1"
MOST = 32  # addresses of one header that are looked at, from the nearest on

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


def networks(text: str) -> tuple[Network, ...]:
    """The networks of a setting. Raises ValueError with a sentence for what is neither an address nor a network."""
    found = []
    for word in re.split(r"[\s,;]+", text):
        try:
            found += [ip_network(word, strict=False)] if word else []
        except ValueError as cause:
            raise ValueError(f"{VARIABLE} names '{word}'; write addresses or networks like 10.0.0.0/8") from cause
    return tuple(found)


def client(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address of who asks: the nearest one that is no trusted proxy.

    Uvicorn believes every proxy on this machine, whatever the host has said, and puts what it read in the place of the
    address. Where that has happened, the request came from this machine.
    """
    given = scope.get("client")
    forwarded = _forwarded(scope)
    peer = _bare(given[0]) if given else NEAR
    if forwarded and peer == next((one for one in forwarded if not _is_near(one)), forwarded[-1]):
        peer = NEAR
    for address in (peer, *forwarded):
        if not _is_in(address, trusted):
            return address
    return forwarded[-1] if forwarded else peer


class Proxies:
    """ASGI middleware that puts the address of who asks into the scope, behind the `trusted` proxies."""

    def __init__(self, app: ASGIApp, trusted: Sequence[Network] = ()) -> None:
        self._app = app
        self._trusted = tuple(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            scope = {**scope, "client": (client(scope, self._trusted), 0)}
        await self._app(scope, receive, send)


def _forwarded(scope: Scope) -> list[str]:
    """The addresses of X-Forwarded-For, the nearest one first."""
    values = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"x-forwarded-for"]
    if not values:
        return []
    return [_bare(part) for part in reversed(",".join(values).rsplit(",", MOST)[-MOST:])]


def _bare(text: str) -> str:
    """An address without its port, in one spelling; what is none stays as it is, cut short."""
    text = text.strip()[:60]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    found = _address(text)
    return str(found) if found else text


def _address(text: str) -> Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _is_in(text: str, trusted: Sequence[Network]) -> bool:
    found = _address(text) if trusted else None
    return found is not None and any(found in network for network in trusted)


def _is_near(text: str) -> bool:
    found = _address(text)
    return found is not None and found.is_loopback
