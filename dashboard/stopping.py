"""How the server stops when it is told to (SIGTERM): what is under way ends, pages are let go, the exit code is 0."""

import signal
import threading
from types import FrameType

PATIENCE = 5  # seconds for what is under way


def stop_gracefully() -> None:
    """From now on SIGTERM ends the server that runs this process as an order carried out, not as a process killed.

    Uvicorn closes its connections and then sends itself the very signal once more, which would end the process with
    that signal's code. Any other server keeps its own way.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if server is None or not hasattr(server, "should_exit") or not hasattr(server, "config"):
        return
    server.config.timeout_graceful_shutdown = PATIENCE

    def stop(_: int, __: FrameType | None) -> None:
        server.should_exit = True

    signal.signal(signal.SIGTERM, stop)
