"""A Nominatim on a map of our own, from an empty folder to its first answer and back to nothing."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode
from urllib.request import urlopen

from tests.nominatim import programs
from tests.serving import ROOT

MAP = Path(__file__).with_name("los_angeles.osm")
LONGEST_IMPORT = 240.0  # seconds; about ten on an idle machine
LONGEST_START = 60.0
# A cluster that lives for a minute need not survive a power cut.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=''"
IMPORT = (sys.executable, "-c", "from nominatim_db import cli; raise SystemExit(cli.nominatim())", "import")
SERVE = (sys.executable, "-m", "tests.loopback", "uvicorn", "--factory", "nominatim_api.server.falcon.server:run_wsgi")


class Nominatim(NamedTuple):
    """A running Nominatim: `domain` is host and port, `log` has a line for each search it answered."""

    domain: str
    log: Path

    @property
    def settings(self) -> dict[str, str]:
        """What geopy's Nominatim class needs to come here."""
        return {"domain": self.domain, "scheme": "http"}

    def search(self, toponym: str, **parameters: str) -> list[dict[str, Any]]:
        """Its answer as it is, without any code of ours; it counts as asked."""
        query = urlencode({"q": toponym, "format": "json"} | parameters)
        with urlopen(f"http://{self.domain}/search?{query}", timeout=LONGEST_START) as answer:
            return json.load(answer)

    def asked(self) -> list[dict[str, str]]:
        """The parameters of every search so far, in order."""
        lines = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        queries = (line.split('"')[1] for line in lines)
        return [{name: values[0] for name, values in parse_qs(query).items()} for query in queries]


@contextmanager
def nominatim() -> Iterator[Nominatim]:
    """A Nominatim that knows `MAP`, until the block ends; RuntimeError with the last lines of what failed."""
    # Not below pytest's own folder: that is closed to the user that PostgreSQL runs as.
    with tempfile.TemporaryDirectory(prefix="caseboard-nominatim-") as name:
        room = Path(name)
        room.chmod(0o755)
        with _postgresql(room) as dsn:
            project = room / "project"
            project.mkdir()
            log = project / "searches.log"
            settings = {
                "NOMINATIM_DATABASE_DSN": dsn,
                "NOMINATIM_DATABASE_WEBUSER": "caseboard",
                "NOMINATIM_LOG_FILE": str(log),
                "PATH": f"{programs.postgresql()}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
            }
            words = ("--osm-file", str(MAP), "--offline", "--no-updates", "--osm2pgsql-cache", "20", "-j", "2")
            _run([*IMPORT, "--project-dir", str(project), *words], project, settings)
            with _served(project, settings) as domain:
                yield Nominatim(domain, log)


@contextmanager
def _postgresql(room: Path) -> Iterator[str]:
    """A throw-away cluster that listens in `room` only; the address that Nominatim wants."""
    folder, data = programs.postgresql(), room / "data"
    data.mkdir(mode=0o700)
    sockets = room / "sockets"
    sockets.mkdir()
    # PostgreSQL refuses to run as root.
    who: dict[str, Any] = {}
    if programs.is_root():
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        for owned in (data, sockets):
            shutil.chown(owned, "postgres", "postgres")
    control = [f"{folder}/pg_ctl", "-D", str(data), "-w", "-t", str(int(LONGEST_START))]
    start = [*control, "-l", str(data / "log"), "-o", f"-k {sockets} {CARELESS}", "start"]
    initdb = [f"{folder}/initdb", "-D", str(data), "-A", "trust", "-U", "caseboard", "-E", "UTF8", "--no-sync"]
    _run([*initdb, "--locale=C.UTF-8"], room, {}, **who)
    try:
        _run(start, room, {}, **who)
        yield f"pgsql:host={sockets};dbname=nominatim;user=caseboard"
    finally:
        with suppress(RuntimeError):  # it never started
            _run([*control, "-m", "immediate", "stop"], room, {}, **who)


@contextmanager
def _served(project: Path, settings: Mapping[str, str]) -> Iterator[str]:
    # The socket is ours and listens already, so that no port is guessed and the first request just waits its turn.
    with socket.create_server(("127.0.0.1", 0)) as door, (project / "server.log").open("wb") as sink:
        domain = f"127.0.0.1:{door.getsockname()[1]}"
        process = subprocess.Popen(
            [*SERVE, "--fd", str(door.fileno())],
            cwd=project,
            env={**os.environ, **settings},
            pass_fds=[door.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        )
        door.close()  # else a server that died would still seem to be there
        try:
            _wait_for_first_answer(domain, project / "server.log")
            yield domain
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for_first_answer(domain: str, log: Path) -> None:
    try:
        with urlopen(f"http://{domain}/status", timeout=LONGEST_START):
            pass
    except OSError as fault:
        raise RuntimeError(f"Nominatim did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}") from fault


def _run(command: list[str], folder: Path, settings: Mapping[str, str], **who: Any) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=LONGEST_IMPORT,
        check=False,
        **who,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stdout[-2000:]}")
