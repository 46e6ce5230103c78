"""How a server runs in a process of its own, from its first answer to its end."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Server(NamedTuple):
    """A running server: `url` without a slash at the end, `pid` of the process it was started as."""

    url: str
    pid: int
    log: Path


@contextmanager
def caseboard(story: str | Path, log: Path, bound: float = 90) -> Iterator[Server]:
    """The app as `caseboard open STORY` runs it, cut off from every address but this machine's."""
    port = free_port()
    command = ["-m", "tests.loopback", "dashboard", "open", str(story), "--no-browser", "--port", str(port)]
    with serving([sys.executable, *command], port, log, bound) as server:
        yield server


@contextmanager
def streamlit(script: Path, log: Path, *arguments: str, bound: float = 90) -> Iterator[Server]:
    """A bare Streamlit script under the settings of this repository."""
    port = free_port()
    command = ["-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1", "--server.port", str(port)]
    with serving([sys.executable, *command, "--", *arguments], port, log, bound) as server:
        yield server


@contextmanager
def serving(command: Sequence[str], port: int, log: Path, bound: float) -> Iterator[Server]:
    """Run `command` until the block ends. The block starts at the first healthy answer, within `bound` seconds."""
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        try:
            _wait_until_healthy(process, url, log, bound)
            yield Server(url, process.pid, log)
        finally:
            _stop(process)


def free_port() -> int:
    """A port of this machine that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_healthy(process: subprocess.Popen, url: str, log: Path, bound: float) -> None:
    deadline = time.monotonic() + bound
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        try:
            code = process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
        raise RuntimeError(f"the server ended with exit code {code} before its first answer:\n{_tail(log)}")
    raise RuntimeError(f"the server gave no healthy answer within {bound:.0f} s:\n{_tail(log)}")


def _stop(process: subprocess.Popen) -> None:
    _signal(process, signal.SIGTERM)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        _signal(process, getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait(timeout=10)


def _signal(process: subprocess.Popen, number: int) -> None:
    """To the whole group the server leads, so that a child it started ends with it."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-4000:]
