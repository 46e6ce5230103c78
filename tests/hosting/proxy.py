"""nginx before the app, as a recipe of `nginx/` configures it: on this machine, with a certificate of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hosting.running import listening, running
from tests.serving import free_port

RECIPES = Path(__file__).resolve().parent / "nginx"
USUAL_PLACE = "/usr/sbin"  # not on the path of everybody


def command() -> str:
    """The nginx of this machine, installed from Debian's packages where that is possible; else the test is skipped."""
    if (found := _found()) is None and hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _installed()
        found = _found()
    return found or pytest.skip("nginx is not installed; on Debian: apt-get install nginx-light")


@contextmanager
def proxied(recipe: str, room: Path, **values: str) -> Iterator[str]:
    """nginx under that recipe until the block ends, as its address: https, without a slash at the end.

    `values` are what the template names beside the address and the certificate; `room` takes all that nginx writes.
    """
    nginx, port = command(), free_port()
    certificate, key = certified(room)
    known = {
        **values,
        "ROOM": str(room),
        "NAME": "localhost",
        "LISTEN": f"127.0.0.1:{port}",
        "CERTIFICATE": str(certificate),
        "KEY": str(key),
    }
    (room / "site.conf").write_text(filled(recipe, known), "utf-8")
    (room / "nginx.conf").write_text(filled("nginx", known), "utf-8")
    run = [nginx, "-p", room, "-c", room / "nginx.conf", "-e", room / "error.log"]
    with running(run, listening(port), room / "nginx.log", bound=20):
        yield f"https://127.0.0.1:{port}"


def filled(recipe: str, values: dict[str, str]) -> str:
    """The template with these values in it, as envsubst puts them: `$name` of nginx itself stays."""
    text = (RECIPES / f"{recipe}.conf.template").read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text


def certified(room: Path) -> tuple[Path, Path]:
    """A certificate for this machine that nobody else vouches for, and its key."""
    if (openssl := shutil.which("openssl")) is None:
        pytest.skip("openssl is not installed; on Debian: apt-get install openssl")
    certificate, key = room / "board.pem", room / "board.key"
    kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    whom = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    made = [openssl, "req", *kind, *whom, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(made, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, check=True)
    return certificate, key


def _found() -> str | None:
    return shutil.which("nginx", path=os.pathsep.join([os.environ.get("PATH", ""), USUAL_PLACE]))


def _installed() -> None:
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=120"]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "nginx-light"]):
        subprocess.run(
            [*apt, *step], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, timeout=240, check=False
        )
