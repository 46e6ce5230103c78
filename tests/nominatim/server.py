"""A Nominatim on a map of our own, from an empty folder to its first answer and back to nothing."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlencode
from urllib.request import urlopen

from tests import postgresql
from tests.nominatim import programs
from tests.serving import ROOT

MAP = Path(__file__).with_name("los_angeles.osm")
LONGEST_IMPORT = 240.0  # seconds; about ten on an idle machine
LONGEST_START = 60.0
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
        folder = programs.with_postgis()
        with postgresql.cluster(folder, room) as cluster:
            project = room / "project"
            project.mkdir()
            log = project / "searches.log"
            settings = {
                "NOMINATIM_DATABASE_DSN": f"pgsql:host={cluster.sockets};dbname=nominatim;user={postgresql.USER}",
                "NOMINATIM_DATABASE_WEBUSER": postgresql.USER,
                "NOMINATIM_LOG_FILE": str(log),
                "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
                "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
            }
            words = ("--osm-file", str(MAP), "--offline", "--no-updates", "--osm2pgsql-cache", "20", "-j", "2")
            command = [*IMPORT, "--project-dir", str(project), *words]
            postgresql.run(command, project, settings, longest=LONGEST_IMPORT)
            with _served(project, settings) as domain:
                yield Nominatim(domain, log)


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
