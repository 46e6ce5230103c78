"""One request to an ASGI app, without a server."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What came back; the names of `headers` are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """What it comes to, on a thread of its own: a test's own thread may have a loop already, Playwright's for one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def get(app, path: str, method: str = "GET", **headers: str) -> Answer:
    """The app's answer to `path`, which may hold a query; `accept_encoding="gzip"` sends Accept-Encoding."""
    route, _, query = path.partition("?")
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": route,
        "raw_path": route.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    run(app(scope, receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answer(start["status"], {n.decode().lower(): v.decode() for n, v in start["headers"]}, body)
