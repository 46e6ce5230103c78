"""What is said when something goes wrong in the server: to a viewer one sentence, to the log where, nowhere who.

The words of an error may quote what a viewer typed, so the log has the kind of the error and the lines of code alone;
with Streamlit's `logger.level = debug` it has the words, too. Addresses and queries never stand in it.
"""

import logging
import traceback
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.answers import refused

SAID = "Something went wrong on this server; its log says where."
CHATTY = ("uvicorn.error", "uvicorn.access")  # they tell the address of everybody who comes
_LOG = logging.getLogger("caseboard")


class Mishaps:
    """ASGI middleware that answers what no other part could with 500 and a sentence."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except Exception:  # whatever it is: the viewer gets a sentence, the log the place
            _LOG.exception("An answer failed")
            if begun:
                raise  # half an answer is out: the server has to cut the connection
            await refused(500, SAID)(scope, receive, send)


def discreet() -> None:
    """Keeps words of viewers and their addresses out of the log of this process, from now on."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    if logging.getLogRecordFactory() is not _record:
        logging.setLogRecordFactory(_record)


def place(error: BaseException) -> str:
    """The traceback of an error and of its causes, with the kind of each, without their words."""
    told = traceback.TracebackException.from_exception(error, compact=True)
    parts: list[str] = []
    one: traceback.TracebackException | None = told
    seen: set[int] = set()
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        name = getattr(one, "exc_type_str", None) or getattr(one.exc_type, "__name__", "Error")
        parts.append("".join(["Traceback (most recent call last):\n", *one.stack.format(), name]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\nThe above came of:\n\n".join(parts)


_plain = logging.getLogRecordFactory()


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = _plain(*args, **kwargs)
    if record.exc_info and record.exc_info[1] is not None and not _wordy(record.name):
        record.exc_text = place(record.exc_info[1])  # a formatter takes what stands here
    return record


def _wordy(name: str) -> bool:
    return logging.getLogger(name).isEnabledFor(logging.DEBUG)
