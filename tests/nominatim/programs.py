"""What a Nominatim needs of this machine: Python packages, PostgreSQL with PostGIS, osm2pgsql; what is lacking said."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from tests import postgresql

PACKAGES = ("nominatim_db", "nominatim_api", "falcon", "uvicorn")
DEBIAN = ("postgresql", "postgresql-postgis", "osm2pgsql")
INSTALL_PYTHON = (
    "pip install 'caseboard[nominatim]' (it compiles PyICU: on Debian apt-get install g++ libicu-dev first)"
)
INSTALL_DEBIAN = f"apt-get install --no-install-recommends {' '.join(DEBIAN)}"


def lacking() -> str:
    """A sentence on what to install, or "" when all is there. Debian's packages are fetched if that is allowed."""
    if away := [name for name in PACKAGES if importlib.util.find_spec(name) is None]:
        return f"no Nominatim ({', '.join(away)}); install it with: {INSTALL_PYTHON}"
    if not _complete():
        _fetch()
    return "" if _complete() else f"no PostgreSQL with PostGIS, or no osm2pgsql; install them with: {INSTALL_DEBIAN}"


def with_postgis() -> Path | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL here that has PostGIS."""
    return next((folder for folder in postgresql.programs() if _has_postgis(folder)), None)


def _has_postgis(folder: Path) -> bool:
    shares = (Path("/usr/share/postgresql") / folder.parent.name, *folder.parent.glob("share*"))
    return any(next(share.glob("**/extension/postgis.control"), None) for share in shares if share.is_dir())


def _complete() -> bool:
    return with_postgis() is not None and shutil.which("osm2pgsql") is not None


def _fetch() -> None:
    """As for the browser: only where we are root of a Debian, and failing is no fault of the tests."""
    if not postgresql.is_root() or shutil.which("apt-get") is None:
        return
    for words in (["update"], ["install", "-y", "--no-install-recommends", *DEBIAN]):
        try:
            subprocess.run(
                ["apt-get", *words],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=240,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return
