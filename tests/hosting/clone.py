"""What others get of this tree, and Pythons of their own to use it with."""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.hosting.running import clean
from tests.serving import ROOT

LIST = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
PACKAGES = sysconfig.get_path("purelib")


def cloned(folder: Path) -> Path:
    """The files that belong to the project, as they are now; skipped where git does not tell them."""
    listed = subprocess.run([*LIST, "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git clone: there is no list of the files that belong to the project")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():  # not yet removed for git
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


def environment(folder: Path) -> Path:
    """The Python of a new environment that has the packages of others already: this one's stand in for them."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True, timeout=60)
    python = next(path for path in (folder / "bin" / "python", folder / "Scripts" / "python.exe") if path.exists())
    asked = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=60).stdout.strip()
    (Path(own) / "others.pth").write_text(f"{PACKAGES}\n", encoding="utf-8")
    return python


def pip(python: Path, *arguments: str, cwd: Path) -> str:
    """What pip says when it does that for another Python; skipped where it reaches no package index to build with."""
    command = [sys.executable, "-m", "pip", "--python", python, "--no-input", "--retries", "1", *arguments]
    done = subprocess.run(command, cwd=cwd, env=clean(), capture_output=True, text=True, check=False, timeout=240)
    if done.returncode and "hatchling" in done.stdout + done.stderr:
        pytest.skip("no package index is reached, and hatchling is needed to build a package")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
