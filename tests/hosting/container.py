"""A container without Docker: the image of a Dockerfile built, run and stopped as it would be, and what is seen of it.

`unshare --mount --pid --fork --kill-child python -m tests.hosting.container DOCKERFILE CONTEXT ROOM`, as root, prints
one JSON object. The command runs without a network, as the user named, on files that are read-only.
"""

import ctypes
import fcntl
import json
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hosting.dockerfile import Stage, stages
from tests.hosting.image import Box, built, entering, inside, mounted, sealed
from tests.hosting.running import answer, healthy

NEW_NETWORK = 0x40000000
SET_FLAGS, UP = 0x8914, 0x41
PLACES = ("/", "/board", "/board/bin", "/usr", "/tmp", "/stories")  # noqa: S108 - those of the container
SETTINGS = "import json; from dashboard.settings import path; print(json.dumps(str(path())))"
WRITES = """
import json, pathlib, sys
def writes(folder):
    try:
        (pathlib.Path(folder) / "x").write_text("")
        (pathlib.Path(folder) / "x").unlink()
        return True
    except OSError:
        return False
print(json.dumps([folder for folder in sys.argv[1:] if writes(folder)]))
"""


def told(dockerfile: Path, context: Path, room: Path) -> dict[str, Any]:
    """Builds the image, runs it, and says what was seen."""
    mounted("-t", "tmpfs", "tmpfs", room)
    boxes: dict[str, Box] = {}
    for stage in stages(dockerfile.read_text("utf-8")):
        boxes[stage.name] = built(stage, context, room, boxes)
    box = boxes[stage.name]
    made = sorted(f"/{path.name}" for path in box.written.iterdir())
    sealed(stage, box, room)
    _alone()
    return {
        "made": made,
        "at the root": _watched(stage, box, room, ""),
        "below a path": _watched(stage, box, room, "/case"),
    }


def _watched(stage: Stage, box: Box, room: Path, below: str) -> dict[str, Any]:
    log, port = room / f"log{len(below)}", stage.last("EXPOSE").text
    env = {"STREAMLIT_SERVER_BASE_URL_PATH": below.strip("/")} if below else {}
    url = f"http://127.0.0.1:{port}{below}"
    before = checked(stage, box, **env)
    process = started(stage, box, log, **env)
    try:
        _wait_for(healthy(f"{url}/healthz"), process, log)
        status = (box.root / "proc" / str(process.pid) / "status").read_text("utf-8")
        seen = {
            "health": [before, checked(stage, box, **env)],
            "answers": {path: answer(f"{url}{path}").status for path in ("/", "/readyz", "/stories/heat.json")},
            "ready": answer(f"{url}/readyz").body.decode(),
            "status": {name: value.split() for name, value in (line.split(":", 1) for line in status.splitlines())},
            "writable": _asked(stage, box, WRITES, *PLACES),
            "settings": _asked(stage, box, SETTINGS),
            "packages": sorted(path.name for path in inside(box, "/board").glob("lib/python*/site-packages/*")),
        }
        process.send_signal(getattr(signal, stage.last("STOPSIGNAL").text))
        return {
            **seen,
            "exit": process.wait(20),
            "stopped": checked(stage, box, **env),
            "log": log.read_text("utf-8", "replace"),
        }
    finally:
        process.kill()
        process.wait(10)


def _asked(stage: Stage, box: Box, code: str, *arguments: str) -> Any:
    enter = entering(box, stage.last("USER").text)
    command = ["/board/bin/python", "-c", code, *arguments]
    return json.loads(
        subprocess.run(command, env=box.env, preexec_fn=enter, capture_output=True, text=True, check=True).stdout
    )


def started(stage: Stage, box: Box, log: Path, **env: str) -> subprocess.Popen:
    """The command of an image, as its user."""
    with log.open("ab") as sink:
        return subprocess.Popen(
            stage.last("CMD").words,
            env={**box.env, **env},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            preexec_fn=entering(box, stage.last("USER").text),
        )


def checked(stage: Stage, box: Box, **env: str) -> int:
    """The exit code of the image's health check, as written."""
    _, words = stage.last("HEALTHCHECK").text.split("CMD ", 1)
    command = json.loads(words)
    enter = entering(box, stage.last("USER").text)
    return subprocess.run(
        command, env={**box.env, **env}, preexec_fn=enter, capture_output=True, timeout=30, check=False
    ).returncode


def _alone() -> None:
    """From now on this process and its children have a network of their own, in which there is nobody else."""
    if ctypes.CDLL(None, use_errno=True).unshare(NEW_NETWORK):
        raise OSError(ctypes.get_errno(), "no network of its own")
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh22x", b"lo", UP))


def _wait_for(ready: Callable[[], bool], process: subprocess.Popen, log: Path, bound: float = 90) -> None:
    deadline = time.monotonic() + bound
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"the command did not come up:\n{log.read_text('utf-8', 'replace')}")
        time.sleep(0.05)


if __name__ == "__main__":
    print(json.dumps(told(*(Path(word).resolve() for word in sys.argv[1:4]))))
