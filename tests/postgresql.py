"""A PostgreSQL for tests: a cluster of its own in a temporary folder, on a socket there, gone with the block."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

USER, PASSWORD = "caseboard", "a:b@c/d e"
LONGEST = 60.0  # seconds until it is up; about two on an idle machine
# A cluster that lives for a minute need not survive a power cut.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"


def programs() -> list[Path]:
    """The folders with initdb and pg_ctl on this machine, the newest PostgreSQL first."""
    kept_apart = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("pg_ctl")
    folders = [*reversed(kept_apart), *([Path(on_path).resolve().parent] if on_path else [])]
    return [folder for folder in folders if (folder / "initdb").is_file() and (folder / "pg_ctl").is_file()]


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


class Cluster(NamedTuple):
    """A cluster that listens on a socket in the folder `sockets`, and how it is started and stopped."""

    sockets: Path
    start: Callable[[], None]
    stop: Callable[[], None]


@contextmanager
def cluster(folder: Path, room: Path, auth: str = "trust") -> Iterator[Cluster]:
    """A cluster below `room`, which runs until the block ends; RuntimeError with the last lines of what failed.

    Its only user is USER, whose password is PASSWORD. `room` has to be open to the user "postgres" where we are root:
    pytest's own folders are not.
    """
    data, sockets, password = room / "data", room / "sockets", room / "password"
    data.mkdir(mode=0o700)
    sockets.mkdir()
    password.write_text(PASSWORD)
    # PostgreSQL refuses to run as root.
    who: dict[str, Any] = {}
    if is_root():
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        for owned in (data, sockets, password):
            shutil.chown(owned, "postgres", "postgres")
    initdb = [f"{folder}/initdb", "-D", str(data), "-A", auth, f"--pwfile={password}", "-U", USER, "-E", "UTF8"]
    run([*initdb, "--no-sync", "--locale=C.UTF-8"], room, {}, **who)
    control = [f"{folder}/pg_ctl", "-D", str(data), "-w", "-t", str(int(LONGEST))]
    served = Cluster(
        sockets,
        lambda: run([*control, "-l", str(data / "log"), "-o", f"-k {sockets} {CARELESS}", "start"], room, {}, **who),
        lambda: run([*control, "-m", "immediate", "stop"], room, {}, **who),
    )
    try:
        served.start()
        yield served
    finally:
        with suppress(RuntimeError):  # it does not run
            served.stop()


def run(command: list[str], folder: Path, settings: Mapping[str, str], longest: float = LONGEST, **who: Any) -> None:
    """RuntimeError with the last lines of the command, where it fails."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=longest,
        check=False,
        **who,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout[-2000:]}")
