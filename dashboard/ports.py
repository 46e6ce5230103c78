"""Where a server of this machine may listen."""

import errno
import os
import socket

import click

from dashboard.printing import printable

FIRST_PORT = 8501
PORTS_TRIED = 100


def free_port(host: str) -> int:
    """The first free port of the host. Raises ClickException where there is none."""
    free = next((port for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if is_free(host, port)), None)
    if free is None:
        raise click.ClickException(f"no port of {host} from {FIRST_PORT} on is free; name one with --port")
    return free


def is_free(host: str, port: int) -> bool:
    """Whether the server could listen there. Raises UsageError for a host that is not this machine."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise click.UsageError(f"'{printable(host)}' is no address of this machine: {error.strerror}") from error
    with socket.socket(family) as probe:
        if os.name != "nt":
            # As the server will: a port whose last connection just ended is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise click.UsageError(f"'{printable(host)}' is no address of this machine") from error
            return False
    return True
