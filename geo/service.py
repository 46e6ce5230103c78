"""One geocoding service, asked politely: any that geopy names, one request a second for the whole machine, few retries.

Nothing else in the library makes geopy geocoders that reach the network. What comes back is candidates or one of three
refusals; a service that stops us is left alone until its pause ends, and no thread waits for that.
"""

import hashlib
import inspect
import json
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple, NoReturn

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location
from geopy.point import Point

from geo.cache import Cache, Pause
from geo.candidates import Candidate, candidate
from geo.errors import GeocodingError, ServiceStopped, ServiceUnavailable, clipped
from geo.providers import MOST_PUBLIC, made, provider, redacted, refuse_bulk
from geo.source import Bounds

PACE = 1.0  # seconds between two requests of this machine, whatever the service
PATIENCE = 8.0  # seconds for one toponym from its turn on, its second try included
QUEUE = 45.0  # seconds to wait for a turn: so many others of this machine may ask at the same time
REQUEST_SHARE = 0.43  # of the patience for one request: two of them and the pace between fit
LEAST_SHARE = 1 / 16  # of the patience; with less left a request is not worth sending
# Status of a refusal: what it means, and the pause in seconds where the service names none.
REFUSALS = {
    401: ("the key is missing or wrong", 3600.0),
    402: ("the quota is used up", 3600.0),
    403: ("it refuses this client", 3600.0),
    429: ("too many requests", 60.0),
}
SILENCES = 3  # toponyms in a row without any answer, after which the service counts as out of reach
SILENCE_PAUSE = 60.0  # seconds
ANSWER_DAYS = 180.0
NOTHING_DAYS = 7.0
CANDIDATES = 5
LONGEST_TOPONYM = 300  # characters
QUESTION_REFUSED = frozenset({400, 412, 413, 414, 422})  # this toponym, in these words

# geopy logs every retry as a warning with a traceback; the reader is told in a sentence instead.
logging.getLogger("geopy").addHandler(logging.NullHandler())
# At the level of debugging, it logs the address of each request, and with it the key.
logging.getLogger("geopy").addFilter(lambda record: record.levelno > logging.DEBUG)


class Reply(NamedTuple):
    """What a service answered on the UTC day `checked`, best candidate first; no candidates means it knows nothing."""

    candidates: tuple[Candidate, ...]
    checked: str


class Service:
    """A geopy geocoder by name, with its manners.

    `settings` go to the geopy class (api_key, domain, scheme, proxies...); `contact` is told to the service, as some
    ask for. `bounds` is a wish, not a limit: answers from elsewhere come back as well. A turn is waited for `queue`
    seconds; after it, a toponym takes `patience` seconds at most. Raises GeocodingError where a key is missing or the
    terms of a public server are not met.
    """

    def __init__(
        self,
        name: str,
        *,
        cache: Cache,
        bounds: Bounds | None = None,
        contact: str = "",
        settings: Mapping[str, Any] | None = None,
        patience: float = PATIENCE,
        queue: float = QUEUE,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name.lower()
        self._cache, self._patience, self._queue, self._clock, self._sleep = cache, patience, queue, clock, sleep
        self._contact, self._settings, self._requests = contact, dict(settings or {}), 0
        self._geocoder = made(self.name, contact, self._settings)
        self.attribution = provider(name).attribution
        self.refuse_bulk(0)
        self._wishes = _wishes(self._geocoder, bounds)
        secrets = json.dumps([self._geocoder.headers, settings], sort_keys=True, default=str)
        self._client = f"{self.name} {hashlib.sha256(secrets.encode()).hexdigest()[:16]}"
        self._shelf = json.dumps([self.name, getattr(self._geocoder, "domain", ""), bounds])
        self._ask_within = RateLimiter(
            self._request, max_retries=1, min_delay_seconds=0, error_wait_seconds=0, swallow_exceptions=False
        )
        self._silent, self._silent_until = 0, 0.0

    def refuse_bulk(self, toponyms: int) -> None:
        """Raises GeocodingError where so many requests are more than the terms of a public server allow."""
        refuse_bulk(self.name, self._settings, self._contact, toponyms)

    def keeps(self, toponym: str) -> bool:
        """Whether the answer to a toponym is in the cache."""
        return self._remembered(_asked(toponym).casefold()) is not None

    def ask(self, toponym: str) -> Reply:
        """Candidates for a toponym, from the cache where it was asked before.

        ServiceStopped: it refuses us, ask nothing until the pause ends. ServiceUnavailable: no usable answer now, a
        later run may get one. GeocodingError: it answered with something that is no place. None of the three is
        remembered as an answer.
        """
        toponym = _asked(toponym)
        key = toponym.casefold()
        if (reply := self._remembered(key)) is not None:
            return reply
        self._heed_pause()
        if self._clock() < self._silent_until:
            raise ServiceUnavailable(f"{self.name} cannot be reached")
        candidates = self._answer(toponym)
        days = ANSWER_DAYS if candidates else NOTHING_DAYS
        self._cache.put(self._shelf, key, json.dumps(candidates, allow_nan=False), days=days)
        return Reply(candidates, _day(self._clock()))

    def _remembered(self, key: str) -> Reply | None:
        if (kept := self._cache.get(self._shelf, key)) is None:
            return None
        with suppress(ValueError, TypeError):  # a row that something else wrote is a row to ask for again
            return Reply(tuple(Candidate(*fields) for fields in json.loads(kept.answer)), _day(kept.asked))
        return None

    def _answer(self, toponym: str) -> tuple[Candidate, ...]:
        latest = self._clock() + self._queue + self._patience
        try:
            candidates: tuple[Candidate, ...] = self._ask_within(toponym, latest)
        except (GeocoderTimedOut, GeocoderUnavailable) as fault:
            self._count_silence(fault)
            raise ServiceUnavailable(f"{self.name} did not answer: {self._said(fault)}") from fault
        self._silent = 0
        return candidates

    def _request(self, toponym: str, deadline: float) -> tuple[Candidate, ...]:
        """One request, in its turn; GeocoderTimedOut or GeocoderUnavailable, and only these, ask for a second try."""
        self._stop_bulk()
        turn = self._cache.reserve(PACE, deadline - self._patience * LEAST_SHARE)
        if turn is None:
            raise ServiceUnavailable(f"{self.name} was not asked in time: other requests of this machine came first")
        if (wait := turn - self._clock()) > 0:
            self._sleep(wait)
            self._heed_pause()
        timeout = min(self._patience * REQUEST_SHARE, deadline - self._clock())
        try:
            found = self._geocoder.geocode(toponym, exactly_one=False, timeout=timeout, **self._wishes)
            locations = [found] if isinstance(found, Location) else found or []
            return tuple(candidate(location) for location in locations[:CANDIDATES])
        except (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderQuotaExceeded) as fault:
            self._stop(fault)
        except GeocoderServiceError as fault:
            status = _status(fault)
            if status >= 500:
                raise GeocoderUnavailable(self._said(fault)) from fault.__cause__
            if isinstance(fault, (GeocoderTimedOut, GeocoderUnavailable)):
                raise
            if status in QUESTION_REFUSED:
                raise GeocodingError(f"{self.name} does not take this question: {self._said(fault)}") from fault
            said = "another address, which is not followed" if 300 <= status < 400 else self._said(fault)
            raise ServiceUnavailable(f"{self.name} gave no usable answer: {said}") from fault
        except (ValueError, TypeError, KeyError, AttributeError, IndexError, UserWarning) as fault:
            # What geopy's parsers raise (or warn of) for NaN, "abc", 999 degrees, or an answer of another shape.
            raise GeocodingError(f"{self.name} answered without usable coordinates") from fault

    def _stop(self, fault: GeocoderServiceError) -> NoReturn:
        cause = fault.__cause__
        wished = get_retry_after(cause.headers) if isinstance(cause, AdapterHTTPError) else None
        status = _status(fault) or 403
        meaning, usual = REFUSALS.get(status, REFUSALS[403])
        pause = self._cache.pause(
            self._client, usual if wished is None else wished, f"{self.name} answered {status} ({meaning})"
        )
        raise ServiceStopped(_told(pause)) from fault

    def _heed_pause(self) -> None:
        if (pause := self._cache.paused(self._client)) is not None:
            raise ServiceStopped(_told(pause))

    def _stop_bulk(self) -> None:
        self._requests += 1
        if self._requests > MOST_PUBLIC:
            try:
                self.refuse_bulk(self._requests)
            except GeocodingError as fault:
                raise ServiceStopped(str(fault)) from None

    def _said(self, fault: BaseException) -> str:
        return redacted(clipped(str(fault), 120), self._settings)

    def _count_silence(self, fault: GeocoderServiceError) -> None:
        # Without a network each toponym would wait out its seconds: after a few the others are not tried.
        self._silent = 0 if _status(fault) else self._silent + 1
        if self._silent >= SILENCES:
            self._silent, self._silent_until = 0, self._clock() + SILENCE_PAUSE


def _wishes(geocoder: Any, bounds: Bounds | None) -> dict[str, Any]:
    """The study area in the parameters this geocoder takes as a hint; those that would only restrict are left alone."""
    taken = inspect.signature(geocoder.geocode).parameters
    wishes: dict[str, Any] = {"limit": CANDIDATES} if "limit" in taken else {}
    if bounds is None:
        return wishes
    west, south, east, north = bounds
    box = [Point(south, west), Point(north, east)]
    centre = Point(round((south + north) / 2, 6), round((west + east) / 2, 6))
    wishes |= {word: box for word in ("viewbox", "bounds") if word in taken}
    wishes |= {
        word: centre for word in ("location_bias", "proximity", "user_location", "at", "location") if word in taken
    }
    return wishes | ({"bounded": False} if "bounded" in taken else {})


def _asked(toponym: str) -> str:
    toponym = " ".join(toponym.split())
    if not toponym or len(toponym) > LONGEST_TOPONYM or any("\ud800" <= letter <= "\udfff" for letter in toponym):
        said = clipped(ascii(toponym), 40)
        raise GeocodingError(f"{said} was not asked: a toponym has 1 to {LONGEST_TOPONYM} letters")
    return toponym


def _status(fault: BaseException) -> int:
    """The HTTP status behind geopy's error, 0 where the service never answered or answered with 200."""
    return fault.__cause__.status_code if isinstance(fault.__cause__, AdapterHTTPError) else 0


def _told(pause: Pause) -> str:
    return f"{pause.why}; it is not asked again before {datetime.fromtimestamp(pause.until, UTC):%Y-%m-%d %H:%M} UTC"


def _day(instant: float) -> str:
    return datetime.fromtimestamp(instant, UTC).date().isoformat()
