"""Plain readers of an address: connections that are kept and asked again as soon as they have answered."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import cycle
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.bench.measure import cpu_seconds
from tests.serving import Server

LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)", re.IGNORECASE)


class Readings(NamedTuple):
    """What came back: how often each status, in how many seconds, and the server's processor time meanwhile."""

    statuses: Counter[int]
    seconds: float
    processor: float

    @property
    def a_second(self) -> float:
        """Answers of a good kind."""
        return self.statuses[200] / self.seconds

    @property
    def errors(self) -> int:
        """Answers that were none, or said that the server had failed."""
        return sum(count for status, count in self.statuses.items() if status >= 500 or status < 200)

    @property
    def processor_ms(self) -> float:
        """Of the server, for one answer."""
        return 1000 * self.processor / max(1, sum(self.statuses.values()))


async def for_seconds(server: Server, path: str, connections: int, seconds: float) -> Readings:
    """One path again and again."""

    def paths() -> Iterator[str]:
        until = time.perf_counter() + seconds
        for each in cycle([path]):
            if time.perf_counter() > until:
                return
            yield each

    return await readings(server, paths(), connections)


async def readings(server: Server, paths: Iterable[str], connections: int) -> Readings:
    """Every path once, over as many connections as said."""
    statuses: Counter[int] = Counter()
    shared = iter(paths)
    began, spent = time.perf_counter(), cpu_seconds(server.pid)
    await asyncio.gather(*(_reader(server, shared, statuses) for _ in range(connections)))
    return Readings(statuses, time.perf_counter() - began, cpu_seconds(server.pid) - spent)


async def _reader(server: Server, paths: Iterator[str], statuses: Counter[int]) -> None:
    place = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=1 << 20)
    fixed = f"Host: {place.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
    try:
        for path in paths:
            writer.write(f"GET {path} HTTP/1.1\r\n{fixed}".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if (length := LENGTH.search(head)) is None:
                raise ConnectionError(f"an answer without a length: {head[:60]!r}")
            await reader.readexactly(int(length[1]))
            statuses[int(head.split(b" ", 2)[1])] += 1
    except (ConnectionError, asyncio.IncompleteReadError):
        statuses[0] += 1
    finally:
        writer.close()
