"""What a browser context did that a viewer would not want: calls to other hosts, policy violations, errors."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page, Request, WebError, WebSocket

LOCAL_SCHEMES = {"data", "blob", "about", "chrome-error"}
REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (violation) => {
  console.error(`Content-Security-Policy: ${violation.effectiveDirective} refused ${violation.blockedURI || 'inline'} `
    + `at ${violation.sourceFile || location.href}:${violation.lineNumber}`);
});
"""
# A script that was added to a context stays in it.
_reporting: WeakSet[BrowserContext] = WeakSet()


class Witness:
    """Watches contexts for a test. `faults` holds what must not happen; websocket frames are only counted."""

    def __init__(self, origin: str) -> None:
        self.origin = urlsplit(origin)
        self.faults: list[str] = []
        self.other_hosts: list[str] = []
        self.violations: list[str] = []
        self.websockets: list[WebSocket] = []
        self._frames: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()
        self._allowed: list[re.Pattern[str]] = []
        self._watching: dict[Any, Callable[[Any], None]] = {
            "request": self._on_request,
            "console": self._on_console,
            "weberror": self._on_error,
            "page": self._on_page,
        }

    def watch(self, context: BrowserContext) -> BrowserContext:
        """Start watching every page of `context`; call it before the first page opens."""
        if context not in _reporting:
            context.add_init_script(REPORT_VIOLATIONS)
            _reporting.add(context)
        for event, seen in self._watching.items():
            context.on(event, seen)
        return context

    def leave(self, context: BrowserContext) -> None:
        """Stop watching `context`, which is used again."""
        for event, seen in self._watching.items():
            context.remove_listener(event, seen)

    def allow(self, pattern: str) -> None:
        """From now on a fault that matches `pattern` is what the test is about."""
        self._allowed.append(re.compile(pattern))

    @property
    def frames(self) -> int:
        """Websocket frames so far, both ways, over all pages."""
        return sum(self._frames.values())

    @property
    def questions(self) -> int:
        """Websocket frames that pages sent: what the server was asked for."""
        return self._frames["sent"]

    @property
    def frame_bytes(self) -> int:
        """Bytes in those frames."""
        return sum(self._bytes.values())

    def _fault(self, what: str) -> None:
        if not any(pattern.search(what) for pattern in self._allowed):
            self.faults.append(what)

    def _elsewhere(self, url: str) -> None:
        parts = urlsplit(url)
        ours = self.origin
        # A file has nothing beside it: only the file itself is no other host.
        same = parts.netloc == ours.netloc and (ours.scheme != "file" or (parts.scheme, parts.path) == ours[:3:2])
        if parts.scheme not in LOCAL_SCHEMES and not same:
            self.other_hosts.append(url)
            self._fault(f"request to another host: {url}")

    def _on_request(self, request: Request) -> None:
        self._elsewhere(request.url)

    def _on_error(self, error: WebError) -> None:
        self._fault(f"uncaught: {error.error}")

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        if "Content-Security-Policy" in message.text or "Content Security Policy" in message.text:
            self.violations.append(message.text)
        self._fault(f"console: {message.text} ({message.location.get('url', '')})")

    def _on_page(self, page: Page) -> None:
        page.on("websocket", self._on_websocket)
        page.on("crash", lambda _: self._fault("the page crashed"))
        page.on("dialog", self._on_dialog)

    def _on_dialog(self, dialog: Dialog) -> None:
        self._fault(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _on_websocket(self, websocket: WebSocket) -> None:
        self._elsewhere(websocket.url)
        self.websockets.append(websocket)
        websocket.on("framesent", lambda payload: self._on_frame("sent", payload))
        websocket.on("framereceived", lambda payload: self._on_frame("received", payload))

    def _on_frame(self, way: str, payload: str | bytes) -> None:
        self._frames[way] += 1
        self._bytes[way] += len(payload)
