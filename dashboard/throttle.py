"""How often one client may ask for what is costly, and how fast it may talk: token buckets.

`CASEBOARD_RATE` multiplies every rate and every number here: 2 allows twice as much, 0 has no limits at all.
"""

import asyncio
import math
import re
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable
from ipaddress import ip_address, ip_network
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.answers import ANYWHERE, refused

VARIABLE = "CASEBOARD_RATE"
NEARLY = 1e-6  # of a token: what floating point may lack of one
MOST_CLIENTS = 10_000  # remembered; the one that was silent longest is forgotten
IPV6_HOME = 64  # bits of an address that one client has


class Rate(NamedTuple):
    """A bucket: `burst` at once, then `a_second`."""

    burst: float
    a_second: float

    def times(self, factor: float) -> "Rate":
        """A bucket `factor` times as large, with room for one at least, that fills as much faster."""
        return Rate(max(self.burst * factor, 1.0), self.a_second * factor)


class Costly(NamedTuple):
    """Requests that share a bucket: a method and a path below the prefix, as a regular expression."""

    methods: frozenset[str]
    path: re.Pattern[str]
    rate: Rate


READS = frozenset({"GET", "HEAD"})
COSTLY = {
    "reads": Costly(READS, re.compile(r"/stories/[^/]+/events\.\w+"), Rate(60, 5)),
    # A viewer who pans without a pause asks three times a second.
    "cells": Costly(READS, re.compile(r"/stories/[^/]+/(bins|few|people)"), Rate(120, 5)),
    "pictures": Costly(READS, re.compile(r"/stories/[^/]+/picture\.png"), Rate(60, 5)),
    "uploads": Costly(frozenset({"PUT"}), re.compile(r"/_stcore/upload_file/.*"), Rate(20, 0.5)),
}
# A viewer's page says something once a release of the slider, and never while it plays.
MESSAGES = Rate(60, 8)  # of one connection
ALL_MESSAGES = Rate(1_200, 40)  # of one client in all of its connections
MOST_LATE = 200  # messages that had to wait one after another before the connection is closed
OPENED = Rate(400, 20)  # connections of one client
MOST_OPEN = 400  # of one client at a time
MOST_OPEN_IN_ALL = 2_000
TRY_AGAIN_LATER, TOO_MUCH = 1013, 1008

Clock = Callable[[], float]


class Buckets:
    """The buckets of the clients that asked last, at most `most`; whoever comes anew has a full one."""

    def __init__(self, most: int = MOST_CLIENTS) -> None:
        self._most = most
        self._levels: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    def wait(self, key: Hashable, rate: Rate, now: float) -> float:
        """0 when a token was there and is taken; else in how many seconds there will be one."""
        level, at = self._levels.pop(key, (rate.burst, now))
        level = min(rate.burst, level + max(now - at, 0.0) * rate.a_second)
        taken = level >= 1 - NEARLY
        self._levels[key] = (max(level - 1, 0.0) if taken else level, now)
        while len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return 0.0 if taken else (1 - level) / rate.a_second


class Throttle:
    """ASGI middleware that answers 429 with Retry-After to who asks too often, and makes who talks too fast wait.

    Messages wait in the client's own connection, so that nobody else does; who goes on all the same is cut off. The
    scope's `client` is whom a bucket is of. `factor` 0 lets everything pass.
    """

    def __init__(self, app: ASGIApp, prefix: str = "", factor: float = 1.0, clock: Clock = time.monotonic) -> None:
        self._app = app
        self._prefix = prefix
        self._factor = factor
        self._clock = clock
        self._buckets = Buckets()
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._factor and scope["type"] == "websocket":
            await self._talk(scope, receive, send)
        elif self._factor and scope["type"] == "http" and (wait := self._wait(scope)):
            headers = {"Retry-After": str(math.ceil(wait)), **ANYWHERE}
            answer = refused(429, f"That was asked too often; ask again in {math.ceil(wait)} s.", headers)
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _wait(self, scope: Scope) -> float:
        path = scope["path"].removeprefix(self._prefix)
        for name, costly in COSTLY.items():
            if scope["method"] in costly.methods and costly.path.fullmatch(path):
                return self._taken((name, whose(scope)), costly.rate)
        return 0.0

    def _taken(self, key: Hashable, rate: Rate) -> float:
        return self._buckets.wait(key, rate.times(self._factor), self._clock())

    async def _talk(self, scope: Scope, receive: Receive, send: Send) -> None:
        who = whose(scope)
        full = self._open[who] >= MOST_OPEN * self._factor or self._open.total() >= MOST_OPEN_IN_ALL * self._factor
        if full or self._taken(("opened", who), OPENED):
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        self._open[who] += 1
        try:
            talk = _Talk(receive, send, (self._own_bucket(), lambda: self._taken(("messages", who), ALL_MESSAGES)))
            await self._app(scope, talk.receive, talk.send)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    def _own_bucket(self) -> Callable[[], float]:
        own, rate = Buckets(1), MESSAGES.times(self._factor)
        return lambda: own.wait("", rate, self._clock())


class _Talk:
    """One connection: every message takes a token from each bucket, or waits for it."""

    def __init__(self, receive: Receive, send: Send, buckets: tuple[Callable[[], float], ...]) -> None:
        self._receive, self._send, self._buckets = receive, send, buckets
        self._late = 0
        self._cut = False

    async def receive(self) -> Message:
        """The next message when its time has come, or the end of a connection that is cut off."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        waited = False
        for bucket in self._buckets:
            while wait := bucket():
                if self._late >= MOST_LATE:
                    await self.send({"type": "websocket.close", "code": TOO_MUCH, "reason": "too many messages"})
                    self._cut = True
                    return {"type": "websocket.disconnect", "code": TOO_MUCH}
                waited = True
                await asyncio.sleep(wait)
        self._late = self._late + 1 if waited else 0
        return message

    async def send(self, message: Message) -> None:
        """Nothing is sent any more after the connection is cut."""
        if not self._cut:
            await self._send(message)


def whose(scope: Scope) -> str:
    """Who has the bucket: an address, of IPv6 the network of one home."""
    address = scope["client"][0] if scope.get("client") else ""
    try:
        found = ip_address(address)
    except ValueError:
        return str(address)
    return str(ip_network((found, IPV6_HOME), strict=False)) if found.version == 6 else str(found)


def factor(text: str) -> float:
    """The number of a setting; nothing is 1. Raises ValueError with a sentence."""
    try:
        found = float(text or 1)
    except ValueError:
        found = math.nan
    if not 0 <= found <= 1_000_000:
        raise ValueError(f"{VARIABLE} is '{text}'; write a number: 2 allows twice as much, 0 has no limits")
    return found
