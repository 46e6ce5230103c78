"""One bounded GET: how a geocoding service is reached, the only code that opens a connection.

geopy's own adapters wait up to three times their time-out, read without a limit, follow redirects to any host and take
a proxy from the environment. This one does none of that; a proxy is used when the geocoder is given one by name.
"""

import json
import queue
import threading
import time
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException, HTTPResponse
from importlib.metadata import PackageNotFoundError, version
from ssl import SSLContext
from typing import Any, NamedTuple, NoReturn
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter, get_retry_after
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from geo.errors import GeocodingError

LARGEST_ANSWER = 1_000_000  # bytes
DEEPEST_WAIT = 8.0  # seconds, when a geocoder names no time-out
REFUSALS = frozenset({401, 402, 403, 429})
JSON_KINDS = ("json", "javascript", "text/plain")


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """A geopy adapter: one request a call, no redirect, at most `LARGEST_ANSWER` bytes, all of it within the time-out.

    The time-out covers the look-up of the name, the connection and the whole answer, however slowly it drips.
    """

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._open = build_opener(
            ProxyHandler(dict(proxies or {})), HTTPSHandler(context=ssl_context), _NoRedirect()
        ).open

    def get_text(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> str:
        return _text(self._answer(url, timeout, headers))

    def get_json(self, url: str, *, timeout: float | None, headers: Mapping[str, str]) -> Any:
        """The parsed answer, a list or a filled object; all else, NaN included, is a GeocoderParseError."""
        answer = self._answer(url, timeout, headers)
        kind = answer.headers.get("content-type", "")
        if kind and not any(word in kind.lower() for word in JSON_KINDS):
            raise GeocoderParseError(f"the answer is {kind.split(';')[0][:40]!r}, not JSON")
        try:
            document = json.loads(_text(answer), parse_constant=_no_constant)
        except (ValueError, RecursionError) as fault:
            raise GeocoderParseError("the answer is not whole, valid JSON") from fault
        if not isinstance(document, list) and not (isinstance(document, dict) and document):
            raise GeocoderParseError(f"the answer is {str(document)[:20]!r}, neither a list nor an object with content")
        _refuse_hidden_error(document, answer)
        return document

    def _answer(self, url: str, timeout: float | None, headers: Mapping[str, str]) -> "_Answer":
        timeout = DEEPEST_WAIT if timeout is None else timeout
        request = Request(url, headers=dict(headers))  # noqa: S310 - geopy makes the address, http or https
        if request.type not in ("http", "https"):
            raise GeocoderServiceError("only http and https are asked")
        outcomes: queue.SimpleQueue[_Answer | BaseException] = queue.SimpleQueue()
        deadline = time.monotonic() + timeout

        def work() -> None:
            try:
                with self._open(request, timeout=timeout) as response:
                    outcomes.put(_read(response, deadline))
            except BaseException as fault:  # it is raised again where the caller waits
                outcomes.put(fault)

        # In a thread of its own, because nothing else can end a name look-up that hangs.
        threading.Thread(target=work, name="geocoding request", daemon=True).start()
        try:
            outcome = outcomes.get(timeout=timeout)
        except queue.Empty:
            raise GeocoderTimedOut("no answer in time") from None
        if isinstance(outcome, BaseException):
            _raise(outcome)
        return outcome


def user_agent(contact: str = "") -> str:
    """How we name ourselves to a service: "caseboard/0.1.0 (me@example.org)"."""
    try:
        ours = f"caseboard/{version('caseboard')}"
    except PackageNotFoundError:  # a checkout that was never installed
        ours = "caseboard/0"
    contact = contact.strip()
    if not contact:
        return ours
    if len(contact) > 100 or not (contact.isascii() and contact.isprintable()):
        raise GeocodingError("the contact must be one line of at most 100 plain letters, such as me@example.org")
    return f"{ours} ({contact})"


class _Answer(NamedTuple):
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: the redirect itself is the answer, a status the caller sees."""


def _read(response: HTTPResponse | HTTPError, deadline: float) -> _Answer:
    body = bytearray()
    while chunk := response.read1(65_536):
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise GeocoderParseError(f"the answer is larger than {LARGEST_ANSWER} bytes")
        if time.monotonic() > deadline:
            raise GeocoderTimedOut("no whole answer in time")
    headers = _headers(response.headers)
    announced = headers.get("content-length", "")
    if announced.isdecimal() and len(body) < int(announced):
        raise GeocoderParseError("the answer ends before its announced length")
    return _Answer(response.status or 0, headers, bytes(body))


def _headers(message: Message) -> dict[str, str]:
    """Names in lower case; without a Retry-After in which geopy would stumble and so lose the refusal itself."""
    headers = {name.lower(): value for name, value in message.items()}
    try:
        get_retry_after(headers)
    except (ValueError, OverflowError):
        del headers["retry-after"]
    return headers


def _raise(fault: BaseException) -> NoReturn:
    """Raise what geopy expects of an adapter for what happened."""
    if isinstance(fault, HTTPError):
        with fault:
            headers = _headers(fault.headers)
            raise AdapterHTTPError(f"status {fault.code}", status_code=fault.code, headers=headers, text="") from fault
    cause = fault.reason if isinstance(fault, URLError) else fault
    if isinstance(cause, TimeoutError):
        raise GeocoderTimedOut("no answer in time") from fault
    if isinstance(fault, OSError):  # URLError is one as well
        raise GeocoderUnavailable(f"no connection: {cause}") from fault
    if isinstance(fault, HTTPException):
        raise GeocoderParseError("the answer is not whole HTTP") from fault
    raise fault


def _text(answer: _Answer) -> str:
    try:
        return answer.body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise GeocoderParseError("the answer is not UTF-8") from fault


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _refuse_hidden_error(document: Any, answer: _Answer) -> None:
    """Raise a refusal that travels as `{"error": {"code": 429}}` under status 200 as the status it stands for."""
    error = document.get("error") if isinstance(document, dict) else None
    code = error.get("code") if isinstance(error, dict) else None
    if code in REFUSALS:
        raise AdapterHTTPError(f"error {code}", status_code=code, headers=answer.headers, text="")
