"""Which names this server answers to, and at which doors: what no viewer needs is closed.

`CASEBOARD_HOSTS` lists the names, as "board.example *.board.example". Without it every name is answered, unless the
server listens on this machine alone: then this machine's, for any site can have a name that leads here (DNS rebinding).
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.answers import refused

VARIABLE = "CASEBOARD_HOSTS"
NOTHING = "There is nothing here."
LONGEST = 16_384  # bytes of an address below one of our names
# Of what Streamlit has inside, a page needs these; the others tell of sessions and memory, or drive the app.
INNER = "_stcore"
OPEN = ("health", "host-config", "stream", "upload_file", "bidi-components")
# What Streamlit has beside them; for any other address it would send its page, with 200.
PAGE = ("", "static", "media", "favicon.png", "manifest.json")
NEAR = "localhost 127.0.0.1 ::1"
# Asked by whoever watches the server, by whatever address they have; they tell nothing.
FOR_WATCHERS = ("/healthz", "/readyz", f"/{INNER}/health")

_NAME = re.compile(r"(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]|\*")
_PORT = re.compile(r":[0-9]*$")


def names(text: str) -> tuple[str, ...]:
    """The names of a setting, in lower case; none means any. Raises ValueError with a sentence for what is no name."""
    found = [name.lower().rstrip(".") for name in re.split(r"[\s,;]+", text) if name]
    found = [f"[{name}]" if name.count(":") > 1 and name[0] != "[" else name for name in found]
    wrong = [name for name in found if not _NAME.fullmatch(name)]
    if wrong:
        raise ValueError(f"{VARIABLE} names '{wrong[0]}'; write names like board.example, without a port or a path")
    return () if "*" in found else tuple(dict.fromkeys(found))


def usual(address: str) -> str:
    """The setting where a host has made none, for a server that listens on this address."""
    return NEAR if address.strip("[]") in NEAR.split() else ""


def is_answered(host: str, named: tuple[str, ...]) -> bool:
    """Whether a server of these names answers to a Host header; `*.a.example` is every name below a.example."""
    name = _PORT.sub("", host.strip().lower()).rstrip(".")
    return not named or any(name == one or (one[0] == "*" and name.endswith(one[1:])) for one in named)


class Hosts:
    """ASGI middleware that answers to `named` hosts only, and opens only the doors that a page needs below `prefix`.

    `ours` are the first parts of the addresses that are not Streamlit's; of those, what is too long gets 414.
    """

    def __init__(self, app: ASGIApp, named: tuple[str, ...] = (), prefix: str = "", ours: tuple[str, ...] = ()) -> None:
        self._app = app
        self._named = named
        self._prefix = prefix
        self._ours = frozenset(ours)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        status, sentence = self._refusal(scope)
        if not status:
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await refused(status, sentence)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope) -> tuple[int, str]:
        below = scope["path"].removeprefix(self._prefix)
        if self._named and below not in FOR_WATCHERS and not is_answered(_host(scope), self._named):
            return 400, "This server is not known by that name; ask for it by its own address."
        first, _, rest = below.strip("/").partition("/")
        if first not in self._ours:
            found = rest.split("/")[0] in OPEN if first == INNER else first in PAGE
            return (0, "") if found else (404, NOTHING)
        if any(c < " " or c == "\x7f" for c in below):
            return 404, NOTHING  # a line feed would slip through our routes to Streamlit's page
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string", b"")) > LONGEST:
            return 414, f"The address is longer than {LONGEST:,} characters; ask for less at a time."
        return 0, ""


def _host(scope: Scope) -> str:
    """The Host header; nothing where there is none or more than one."""
    found = [value for name, value in scope["headers"] if name.lower() == b"host"]
    return str(found[0].decode("latin-1")) if len(found) == 1 else ""
