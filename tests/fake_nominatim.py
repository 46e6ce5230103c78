"""A real HTTP server on this machine that speaks Nominatim's JSON, with faults on request."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

HANG_AT_MOST = 20.0  # seconds; a hang ends with the server in any case


class Scripted(NamedTuple):
    """One answer; `cut` announces more bytes than are sent, `hang` sends nothing, `drip` sends a byte at a time."""

    body: str = "[]"
    status: int = 200
    headers: Mapping[str, str] = {}
    kind: str = "application/json; charset=utf-8"
    cut: bool = False
    hang: bool = False
    drip: bool = False


class Asked(NamedTuple):
    """One request as it came: the toponym, all its parameters, its headers."""

    toponym: str
    parameters: dict[str, str]
    headers: dict[str, str]


def place(name: str, lat: object, lon: object, *, extent: float | None = None, **more: object) -> dict[str, object]:
    """A place in Nominatim's words; `extent` is half the side of its bounding box in degrees."""
    found = {"place_id": 1, "lat": str(lat), "lon": str(lon), "display_name": name, "class": "place", "type": "city"}
    if extent is not None:
        south, north, west, east = lat - extent, lat + extent, lon - extent, lon + extent
        found["boundingbox"] = [str(side) for side in (south, north, west, east)]
    return found | more


def places(*found: dict[str, object]) -> Scripted:
    return Scripted(json.dumps(found))


class FakeNominatim:
    """What the server was asked, and what it says: `script` maps a toponym to its answers, the last one for ever."""

    def __init__(self, script: Mapping[str, Scripted | list[Scripted]]) -> None:
        self.asked: list[Asked] = []
        self.script = {name: list(said) if isinstance(said, list) else [said] for name, said in script.items()}
        self.closing = threading.Event()
        self.came = threading.Condition()
        self.domain = ""

    @property
    def settings(self) -> dict[str, str]:
        """What geopy's Nominatim class needs to come here."""
        return {"domain": self.domain, "scheme": "http"}

    def toponyms(self) -> list[str]:
        return [asked.toponym for asked in self.asked]

    def heard(self, toponym: str, seconds: float) -> bool:
        """Whether a toponym was asked, waiting for it if need be."""
        with self.came:
            return self.came.wait_for(lambda: toponym in self.toponyms(), seconds)

    def answer(self, asked: Asked) -> Scripted:
        with self.came:
            self.asked.append(asked)
            self.came.notify_all()
        said = self.script.get(asked.toponym, [Scripted()])
        return said.pop(0) if len(said) > 1 else said[0]


@contextmanager
def fake_nominatim(
    script: Mapping[str, Scripted | list[Scripted]] | None = None, *, certificate: tuple[Path, Path] | None = None
) -> Iterator[FakeNominatim]:
    """A server that is gone when the block ends, requests that hang included; with a certificate and its key it speaks
    TLS alone."""
    fake = FakeNominatim(script or {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificate)
        # In the thread of each request, so that a client that gives up does not stop the server.
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None
    fake.domain = f"127.0.0.1:{server.server_port}"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        yield fake
    finally:
        fake.closing.set()
        server.shutdown()
        serving.join()
        server.server_close()


def _handler(fake: FakeNominatim) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            said = fake.answer(Asked(query.get("q", self.path), query, dict(self.headers.items())))
            if said.hang:
                fake.closing.wait(HANG_AT_MOST)
                return
            body = said.body.encode()
            self.send_response(said.status)
            self.send_header("Content-Type", said.kind)
            self.send_header("Content-Length", str(len(body) + (100 if said.cut else 0)))
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [body[i : i + 1] for i in range(len(body))] if said.drip else [body]:
                if said.drip and fake.closing.wait(0.05):
                    return
                try:
                    self.wfile.write(piece)
                except OSError:  # the client gave up, as it should
                    return

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the tests read `asked`."""

    return Handler
