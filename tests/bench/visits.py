"""Visitors without a browser: the websocket each of them opens, what is said on it, and how long the page takes."""

import asyncio
import json
import time
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.serving import Server

BOARD = "board"  # the name of its component
PATIENCE = 300  # seconds a visitor waits for one answer before the visit counts as failed


class Visit(NamedTuple):
    """A visitor who stays; `seconds` from connecting until the first script had run."""

    connection: ClientConnection
    seconds: float


class Crowd(NamedTuple):
    """Those who came, and a sentence for each who failed."""

    visits: list[Visit]
    failures: list[str]

    @property
    def seconds(self) -> list[float]:
        """How long each waited."""
        return [visit.seconds for visit in self.visits]


async def crowd(server: Server, queries: Sequence[str], at_once: int, *, board: bool = True) -> Crowd:
    """One visit a query, at most `at_once` of them under way at a time. All stay until `leave`."""
    gate = asyncio.Semaphore(at_once)

    async def one(query: str) -> Visit:
        async with gate:
            return await visit(server, query, board=board)

    came = await asyncio.gather(*(one(query) for query in queries), return_exceptions=True)
    return Crowd(
        [each for each in came if isinstance(each, Visit)],
        [f"{type(each).__name__}: {each}" for each in came if isinstance(each, BaseException)],
    )


async def leave(gone: Crowd) -> None:
    """Closes what they opened."""
    await asyncio.gather(*(visit.connection.close() for visit in gone.visits), return_exceptions=True)


def dropped(waiting: Crowd) -> int:
    """How many connections have ended meanwhile."""
    return sum(visit.connection.close_code is not None for visit in waiting.visits)


async def visit(server: Server, query: str = "", *, board: bool = True) -> Visit:
    """Opens the page as a browser does, and with a `board` also reports its first picture, upon which the panel comes.

    Raises AssertionError where the page does not say what it should.
    """
    began = time.perf_counter()
    connection = await connect(
        f"ws://{urlsplit(server.url).netloc}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        ping_interval=None,
        max_size=None,
        open_timeout=PATIENCE,
        close_timeout=5,
    )
    try:
        mounted = await answered(connection, query)
        seconds = time.perf_counter() - began
        if board:
            assert len(mounted) == 1, "no board came"
            await answered(connection, query, {mounted[0]: {"view": f"?{query}"}})
    except BaseException:
        await connection.close()
        raise
    return Visit(connection, seconds)


async def answered(connection: ClientConnection, query: str, states: dict[str, dict[str, str]] | None = None) -> list:
    """Asks for a run of the script; the ids of the boards it mounts, once it has run to its end."""
    asking = BackMsg()
    asking.rerun_script.query_string = query
    for component, state in (states or {}).items():
        asking.rerun_script.widget_states.widgets.add(id=component, json_value=json.dumps(state))
    await connection.send(asking.SerializeToString())
    mounted: list[str] = []
    async with asyncio.timeout(PATIENCE):
        while True:
            said = ForwardMsg.FromString(bytes(await connection.recv()))  # type: ignore[arg-type]
            element = said.delta.new_element
            if element.WhichOneof("type") == "bidi_component" and element.bidi_component.component_name == BOARD:
                mounted.append(element.bidi_component.id)
            assert element.WhichOneof("type") != "exception", "the page shows an exception"
            if said.WhichOneof("type") == "script_finished":
                assert said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, "the script did not run to its end"
                return mounted
