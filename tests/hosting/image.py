"""The image of a Dockerfile without Docker: its steps carried out over this machine's own files.

Every stage stands on this machine instead of its base, under an overlay that takes what it writes. The packages of
others are not installed again: this environment's stand in for them.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.hosting.clone import PACKAGES
from tests.hosting.dockerfile import Instruction, Stage

PATH = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"
STAND_INS = {"/usr/local/bin/python": 'exec {python} "$@"', "/usr/local/bin/pip": 'exec {python} -m pip "$@"'}
OTHERS = Path(
    "/usr/local/others/site-packages"
)  # where the packages of others are inside; Streamlit looks at this name
PASSED = (
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_CONFIG_FILE",
    "PIP_CERT",
)
NO_NEW_PRIVILEGES = 38


class Box(NamedTuple):
    """A stage while it is built: its files, what was written of them, and how a command runs in it."""

    root: Path
    written: Path
    env: dict[str, str]
    folder: str = "/"


def built(stage: Stage, context: Path, room: Path, before: Mapping[str, Box]) -> Box:
    """Carries out the instructions of a stage that make files."""
    box = _overlaid(room / (stage.name or "last"))
    for one in stage.instructions:
        if one.name == "ENV":
            box = box._replace(env=box.env | dict(word.split("=", 1) for word in one.words))
        elif one.name == "WORKDIR":
            inside(box, one.text).mkdir(parents=True, exist_ok=True)
            box = box._replace(folder=one.text)
        elif one.name == "COPY":
            _copied(one, box, before[one.flags["from"]].root if "from" in one.flags else context)
        elif one.name == "RUN":
            passed = {name: os.environ[name] for name in PASSED if name in os.environ}
            _run(box, ["/bin/sh", "-c", one.text], env={"HOME": "/root", "PYTHONPATH": str(OTHERS), **passed})
    return box


def sealed(stage: Stage, box: Box, room: Path) -> None:
    """The files of an image as a container has them: read-only, with a /tmp in memory and a new volume."""
    for one in stage.instructions:
        if one.name == "VOLUME":
            there, volume = inside(box, one.text), room / "volume"
            volume.mkdir()
            kept = there.stat()
            os.chown(volume, kept.st_uid, kept.st_gid)
            volume.chmod(kept.st_mode & 0o7777)
            mounted("--bind", volume, there)
    mounted("-t", "tmpfs", "-o", "mode=1777,size=64m", "tmpfs", box.root / "tmp")
    # The packages of others stand outside of what is written: somebody else may have made this environment.
    site = next((box.root / "board").glob("lib/python*/site-packages"))
    (site / "others.pth").write_text(f"{OTHERS}\n", encoding="utf-8")
    mounted("-o", "remount,ro", box.root)


def _overlaid(place: Path) -> Box:
    root, upper, work = (place / name for name in ("root", "upper", "work"))
    for folder in (root, upper, work):
        folder.mkdir(parents=True)
    mounted("-t", "overlay", "overlay", "-o", f"lowerdir=/,upperdir={upper},workdir={work}", root)
    python = Path(sys.base_prefix) / "bin" / Path(sys.executable).resolve().name
    for name, text in STAND_INS.items():
        path = root / name[1:]
        path.unlink(missing_ok=True)
        path.write_text(f"#!/bin/sh\n{text.format(python=python)}\n", encoding="utf-8")
        path.chmod(0o755)
    for folder in python.parents:  # this machine's Python may stand where only root may go
        (root / str(folder)[1:]).chmod((root / str(folder)[1:]).stat().st_mode | 0o555)
    (root / str(OTHERS)[1:]).mkdir(parents=True)
    mounted("--bind", PACKAGES, root / str(OTHERS)[1:])
    mounted("--rbind", "/dev", root / "dev")
    mounted("-t", "proc", "proc", root / "proc")
    return Box(root, upper, {"PATH": PATH})


def _copied(one: Instruction, box: Box, source: Path) -> None:
    *names, target = one.words
    uid, _, gid = one.flags.get("chown", "").partition(":")
    for name in names:
        found = source / name.lstrip("/")
        goal = inside(box, target)
        goal = goal / found.name if target.endswith("/") else goal
        if found.is_dir():
            shutil.copytree(found, goal, symlinks=True, dirs_exist_ok=True)
        else:
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, goal)
        if uid:
            os.chown(goal, int(uid), int(gid))


def _run(box: Box, command: list[str], env: Mapping[str, str]) -> None:
    done = subprocess.run(
        command, env={**box.env, **env}, preexec_fn=entering(box, "0:0"), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{command[-1]}\n{done.stdout}{done.stderr}")


def entering(box: Box, user: str) -> Callable[[], None]:
    """What a new process does before it begins: the files, the folder and the user of a container become its own."""
    uid, gid = map(int, user.split(":"))

    def enter() -> None:
        os.chroot(box.root)
        os.chdir(box.folder)
        if uid:
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
            ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)

    return enter


def inside(box: Box, path: str) -> Path:
    return box.root / os.path.normpath(Path(box.folder) / path).lstrip("/")


def mounted(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True)
