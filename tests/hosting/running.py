"""A program of a recipe while it runs: with its own folder and environment, from its first good answer to its end."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import NamedTuple

from tests.serving import ROOT

OURS = ("PYTHON", "STREAMLIT_", "CASEBOARD_", "COVERAGE_")  # what this run of the tests is told, a host is not


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Message
    body: bytes


@contextmanager
def running(
    command: Sequence[str | Path],
    ready: Callable[[], bool],
    log: Path,
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    bound: float = 90,
) -> Iterator[subprocess.Popen]:
    """Run `command` until the block ends. The block starts when `ready` says so, within `bound` seconds."""
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env=dict(os.environ if env is None else env),
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, ready, log, bound)
        yield process
    finally:
        stopped(process)


def stopped(process: subprocess.Popen, bound: float = 20) -> int:
    """Its exit code after SIGTERM, or after SIGKILL where it did not end within `bound` seconds."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(timeout=bound)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait(timeout=10)


def clean(**more: str) -> dict[str, str]:
    """The environment without what makes this run of the tests special."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**kept, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1", **more}


def answer(url: str, **headers: str) -> Answer:
    """What the server says; an error status is an answer too."""
    asked = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(asked, timeout=10) as got:
            return Answer(got.status, got.headers, got.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return Answer(refused.code, refused.headers, refused.read())


def healthy(url: str) -> Callable[[], bool]:
    """Whether the app says there that it is well; a page of HTML is no such answer."""

    def asked() -> bool:
        try:
            got = answer(url)
        except OSError:
            return False
        return got.status == 200 and got.headers.get_content_type() == "text/plain"

    return asked


def listening(port: int) -> Callable[[], bool]:
    """Whether something of this machine takes connections on the port."""

    def asked() -> bool:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            return False
        return True

    return asked


def _wait(process: subprocess.Popen, ready: Callable[[], bool], log: Path, bound: float) -> None:
    deadline = time.monotonic() + bound
    while time.monotonic() < deadline:
        if ready():
            return
        try:
            code = process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"{process.args} ended with exit code {code}:\n{_tail(log)}")
    raise RuntimeError(f"{process.args} was not ready within {bound:.0f} s:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-4000:]
