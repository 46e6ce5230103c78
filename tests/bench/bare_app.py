"""What is there without us: Streamlit's empty page, and one bare route that answers bytes made before.

It runs under the same uvicorn, with our one setting of it: else every answer on a kept connection takes 40 ms more.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dashboard import server

VARIABLE = "CASEBOARD_BENCH_BYTES"  # the file with the bytes, which are gzip
PATH = "/bare.json"


async def bare(_: Request) -> Response:
    """The bytes."""
    return Response(BYTES, media_type="application/json", headers={"Content-Encoding": "gzip"})


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """One setting."""
    if (ours := server.running()) is not None:
        server.answer_at_once(ours)
    yield


BYTES = Path(os.environ[VARIABLE]).read_bytes() if VARIABLE in os.environ else b""
app = st.App(Path(__file__).with_name("empty_page.py"), lifespan=lifespan, routes=[Route(PATH, bare)])
