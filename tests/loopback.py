"""Which addresses a process of the tests may reach: this machine, and no other.

`python -m tests.loopback MODULE ARGUMENT...` runs a module under the same guard: so the app under test is started.
It ends when the process that started it does.
"""

import ipaddress
import os
import runpy
import sys
import threading
from collections.abc import Callable

LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
TRAFFIC = {"socket.connect", "socket.sendto", "socket.sendmsg"}
OUTSIDE = "a socket reached for"


def outside(event: str, arguments: tuple) -> str | None:
    """The host outside this machine that a socket event reaches for, or None for unix sockets and loopback."""
    if event in TRAFFIC:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in LOOKUPS:
        host = arguments[0]
    else:
        return None
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not host or host == "localhost":
        return None
    try:
        here = ipaddress.ip_address(host)
    except ValueError:
        return host
    return None if here.is_loopback or (event in LOOKUPS and here.is_unspecified) else host


def install(refuse: Callable[[str], None]) -> None:
    """Call `refuse` with each outside host a socket reaches for, before anything is sent, until the process ends."""

    def hook(event: str, arguments: tuple) -> None:
        if event.startswith("socket.") and (host := outside(event, arguments)) is not None:
            refuse(host)

    sys.addaudithook(hook)


def _end_with(parent: int) -> None:
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(1)
    os._exit(1)


def _refuse(host: str) -> None:
    print(f"{OUTSIDE} {host!r}", file=sys.stderr, flush=True)
    raise OSError(f"{OUTSIDE} {host!r}; the tests run without a network")


if __name__ == "__main__":
    install(_refuse)
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
