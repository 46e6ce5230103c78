"""Whether the server is up, and whether it can serve: for whoever starts and watches it."""

import os
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import keeping, shelf
from dashboard.answers import refused

READY = "Ready."


def healthz(_: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("Up.", headers={"Cache-Control": "no-store"})


def readyz(_: Request) -> Response:
    """A story can be shown and, where a folder for stories is named, they can be saved; else 503 with the reason."""
    reason = unready()
    return refused(503, reason) if reason else PlainTextResponse(READY, headers={"Cache-Control": "no-store"})


def unready() -> str:
    """Why the server cannot serve, in a sentence, or nothing."""
    if not any(shelf.opened(folder).story is not None for folder in shelf.stories().values()):
        return "No story can be opened; run caseboard check on it."
    where = keeping.folder()
    if where is not None and not _writable(where):
        return f"The folder of {keeping.VARIABLE} cannot be written to; check that it is there and whose it is."
    return ""


def _writable(folder: Path) -> bool:
    """Whether a file could be put there; a folder that is not there yet is made when a story is saved."""
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
