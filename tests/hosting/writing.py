"""What a process of the tests writes: every file it opens for that, with a name or without one.

`python -m tests.hosting.writing MODULE ARGUMENT...` runs a module and says so on stderr; it reaches this machine only.
"""

import os
import runpy
import sys

from tests import loopback

WROTE = "a file was written:"
NOWHERE = {os.devnull, "/dev/tty", "/dev/ptmx"}
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "sqlite3.connect"}
FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def written(event: str, arguments: tuple) -> str | None:
    """The path that an audit event writes to, or None. An open descriptor was named when it was opened."""
    if event in CHANGES:
        return str(arguments[0])
    if event != "open" or isinstance(arguments[0], int) or not (arguments[2] or 0) & FOR_WRITING:
        return None
    path = os.fsdecode(arguments[0])
    return None if path in NOWHERE else path


def _say(event: str, arguments: tuple) -> None:
    if (path := written(event, arguments)) is not None:
        os.write(2, f"{WROTE} {path}\n".encode())


if __name__ == "__main__":
    sys.addaudithook(_say)
    loopback.install(loopback._refuse)
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
