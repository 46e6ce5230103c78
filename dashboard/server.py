"""How the server that runs this process behaves: it answers without waiting, and stops in peace when it is told to."""

import signal
import socket
import threading
from contextlib import suppress
from types import FrameType, ModuleType
from typing import Any

from starlette.formparsers import MultiPartParser

PATIENCE = 5  # seconds for what is under way when the server stops
LONGEST_HEAD = 256 * 1024  # bytes of a request before its body; what reads it has limits of its own
NEAR = "127.0.0.1"


def running() -> Any | None:
    """The uvicorn server that runs this process, found by the handler it has for SIGTERM; None for any other server."""
    if threading.current_thread() is not threading.main_thread():
        return None
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    return server if all(hasattr(server, name) for name in ("should_exit", "config")) else None


def stop_gracefully(server: Any) -> None:
    """From now on SIGTERM and Ctrl+C end the server as an order carried out, with exit code 0; a second Ctrl+C at once.

    Uvicorn closes its connections and then sends itself the very signal once more, which would end the process with
    that signal's code.
    """
    server.config.timeout_graceful_shutdown = PATIENCE

    def stop(number: int, _: FrameType | None) -> None:
        server.force_exit = number == signal.SIGINT and server.should_exit
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


def answer_at_once(server: Any) -> None:
    """Sends the second part of an answer without waiting until the first is confirmed (TCP_NODELAY, RFC 896).

    asyncio does so by itself, but not for a socket made as Streamlit makes its own; on a connection that is used again
    every answer then took 40 ms more.
    """
    protocol = server.config.http_protocol_class

    class Prompt(protocol):  # type: ignore[misc, valid-type]
        """The same protocol over a connection that does not wait."""

        def connection_made(self, transport: Any) -> None:
            with suppress(OSError):  # it may be gone already
                transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().connection_made(transport)

    server.config.http_protocol_class = Prompt


def take_long_links(server: Any) -> None:
    """Takes a long link however it arrives; with the 16 kB of h11 it depended on the pieces it came in."""
    server.config.h11_max_incomplete_event_size = LONGEST_HEAD


def keep_uploads_in_memory(megabytes: int) -> None:
    """A file that a viewer brings is never laid down on a disk on its way, as it would be from one megabyte on."""
    MultiPartParser.spool_max_size = (megabytes + 1) * 1024 * 1024


def ask_nobody(net: ModuleType) -> None:
    """Streamlit's `net_util` has its answers, and asks no service of the network for the address of this machine.

    Else it does whenever a page of another site knocks, and everybody waits until that service answers.
    """
    for name in ("_external_ip", "_internal_ip"):
        if hasattr(net, name):
            setattr(net, name, NEAR)
