"""Where a Chromium to test with is: one that is installed, else one that is fetched."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

COMMANDS = (
    "chromium-headless-shell",  # the same engine without windows: it needs half the processor time
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
USUAL_PLACES = (
    "/usr/bin/chromium",
    "/snap/bin/chromium",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
REMEDY = (
    "no Chromium or Chrome is installed and none could be fetched; install one (Debian: apt-get install chromium), "
    "or run: playwright install --with-deps chromium"
)
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A name is never looked up: what a page asks of another host fails at once, and is seen as a request.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def launch_arguments(bundled: str = "") -> dict[str, object]:
    """Keyword arguments for Playwright's `launch`. `bundled` is where Playwright's own browser would be."""
    path = installed(bundled) or fetched(bundled)
    return {"executable_path": str(path), "args": list(flags())}


def flags() -> Sequence[str]:
    """Command-line flags for a browser that keeps to itself; root has no sandbox to use."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ("--no-sandbox", *QUIET) if root else QUIET


def installed(bundled: str = "", path: str | None = None) -> Path | None:
    """The first browser found on PATH, in the usual places, or where Playwright keeps its own."""
    on_path = (shutil.which(command, path=path) for command in COMMANDS)
    places = (place for place in (*USUAL_PLACES, bundled) if place and Path(place).is_file())
    found = next((each for each in (*on_path, *places) if each), None)
    return None if found is None else Path(found)


def fetched(bundled: str = "") -> Path:
    """A browser just installed, by Playwright or else by Debian's packages; RuntimeError says what to do instead."""
    attempts: list[tuple[list[str], Mapping[str, str]]] = [
        ([sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], {})
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        attempts.append((["apt-get", "update"], quiet))
        install = ["apt-get", "install", "-y", "--no-install-recommends"]
        attempts += [([*install, package], quiet) for package in ("chromium-headless-shell", "chromium")]
    said = []
    for command, extra in attempts:
        said.append(f"$ {' '.join(command)}\n{_outcome(command, extra)}")
        if (path := installed(bundled)) is not None:
            return path
    raise RuntimeError("\n".join([REMEDY, *said]))


def _outcome(command: Sequence[str], extra: Mapping[str, str]) -> str:
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **extra},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return f"{(done.stdout + done.stderr)[-800:]}(exit code {done.returncode})"
