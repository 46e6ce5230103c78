"""Whether the server is up, and whether it can serve: for whoever starts and watches it."""

import os
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import keeping, shelf
from dashboard.answers import refused
from geo.lane import Lane

READY = "Ready."
SOON = 2.0  # seconds


async def healthz(_: Request) -> Response:
    """The process answers; no thread is needed for it, so that it does even when all of them are busy."""
    return PlainTextResponse("Up.", headers={"Cache-Control": "no-store"})


def readyz(_: Request) -> Response:
    """A story can be shown and, where a folder for stories is named, they can be saved; else 503 with the reason."""
    reason = unready()
    return refused(503, reason) if reason else PlainTextResponse(READY, headers={"Cache-Control": "no-store"})


def unready() -> str:
    """Why the server cannot serve, in a sentence, or nothing."""
    folders = list(shelf.stories().values())
    known = [shelf.at_hand(folder) for folder in folders]
    if not any(one is not None and one.story is not None for one in known):
        found = _some_engine([folder for folder, one in zip(folders, known, strict=True) if one is None])
        if found is None:
            return "The engines of the stories have not answered yet; ask again soon."
        if not found:
            return "No story can be opened; run caseboard check on it."
    where = keeping.folder()
    if where is not None and not _writable(where):
        return f"The folder of {keeping.VARIABLE} cannot be written to; check that it is there and whose it is."
    return ""


def _some_engine(folders: list[Path]) -> bool | None:
    """Whether one of these stories can be opened, once its engine is asked; None where that takes longer than SOON.

    Engines are asked by one thread, however often whoever watches the server asks.
    """
    if not folders:
        return False
    try:
        return _lane().result(lambda: any(shelf.opened(folder).story is not None for folder in folders), SOON)
    except TimeoutError:
        return None


@cache
def _lane() -> Lane:
    return Lane()


def _writable(folder: Path) -> bool:
    """Whether a file could be put there; a folder that is not there yet is made when a story is saved."""
    nearest = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)
