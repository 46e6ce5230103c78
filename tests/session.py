"""A Streamlit session without a browser: the websocket a page opens, and what it says on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from tests.serving import Server


@contextmanager
def session(server: Server, **headers: str) -> Iterator[ClientConnection]:
    """A connection of one viewer, until the block ends."""
    address = f"ws://{urlsplit(server.url).netloc}{urlsplit(server.url).path}/_stcore/stream"
    with connect(
        address, subprotocols=["streamlit"], additional_headers=headers, max_size=None, close_timeout=1
    ) as connection:  # type: ignore[list-item]
        yield connection


def ask(connection: ClientConnection, query: str = "") -> None:
    """Asks for the page with this query, as a browser does after it has loaded."""
    message = BackMsg()
    message.rerun_script.query_string = query
    connection.send(message.SerializeToString())


def answered(connection: ClientConnection, seconds: float = 30) -> list[ForwardMsg]:
    """What the server says until the script has run to its end."""
    said: list[ForwardMsg] = []
    while not said or said[-1].WhichOneof("type") != "script_finished":
        message = ForwardMsg()
        message.ParseFromString(bytes(connection.recv(timeout=seconds)))  # type: ignore[arg-type]
        said.append(message)
    return said
