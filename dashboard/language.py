"""The language of the interface: which one is asked for, and its words from one table."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("en", "es")
PARAMETER = "lang"  # of a link
TABLE = Path(__file__).with_name("spanish.json")

LONGEST = 500  # characters of what a browser accepts
_RANGE = re.compile(r"([A-Za-z]{1,8})(?:-[A-Za-z0-9]{1,8})*\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?))?")
_PLACE = re.compile(r"\{([a-z_]+)\}")

_spoken: ContextVar[str] = ContextVar("language", default="")
_of_session: list[Callable[[], str]] = []


def chosen(asked: str, accepted: str) -> str:
    """The language of a link, else the first that a browser accepts (an `Accept-Language`), else English."""
    return asked if asked in LANGUAGES else _accepted(accepted[:LONGEST])


def language() -> str:
    """The language of this request or session; English where nobody listens."""
    return _spoken.get() or next((heard for listen in _of_session if (heard := listen())), LANGUAGES[0])


@contextmanager
def speaking(spoken: str) -> Iterator[None]:
    """Inside, `language` is this one."""
    token = _spoken.set(spoken)
    try:
        yield
    finally:
        _spoken.reset(token)


def speak(spoken: str) -> None:
    """From now on, in this thread, `language` is this one."""
    _spoken.set(spoken)


def listen_to(session: Callable[[], str]) -> None:
    """Lets `language` ask which language the session is in whose script runs; "" where none does."""
    _of_session[:] = [session]


def say(english: str, /, **parts: str | int) -> str:
    """A text of the interface in the language spoken, numbers in it as that language writes them.

    What stands before `::` only tells two uses of one English text apart.
    """
    return _filled(_words(english, language()), parts)


def counted(n: int, english: str, /, **parts: str | int) -> str:
    """A text for a number of things, of the two with a bar between: "{n} event|{n} events"."""
    one, _, other = _words(english, language()).partition("|")
    return _filled(one if n == 1 else other, {"n": n, **parts})


def figures(number: float, decimals: int = 0) -> str:
    """A number as the language spoken writes it: "12,345.6" or "12.345,6"; Spanish leaves four digits together."""
    written = f"{number:,.{decimals}f}"
    if language() == "en":
        return written
    whole, _, rest = written.partition(".")
    if abs(number) < 10_000 and len(whole.lstrip("-")) < 6:
        whole = whole.replace(",", "")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


@lru_cache(maxsize=1)
def spanish() -> MappingProxyType[str, str]:
    """The table: English as it stands in the code, and Spanish."""
    return MappingProxyType(json.loads(TABLE.read_text("utf-8")))


def _words(english: str, spoken: str) -> str:
    own = english.split("::", 1)[-1]
    return own if spoken == "en" else spanish().get(english, own)


def _filled(words: str, parts: dict[str, str | int]) -> str:
    """What a part says is never looked into: a story may write braces."""
    if not parts:
        return words

    def part(place: re.Match[str]) -> str:
        value = parts.get(place[1], place[0])
        return figures(value) if isinstance(value, int) else value

    return _PLACE.sub(part, words)


@lru_cache(maxsize=256)
def _accepted(header: str) -> str:
    ranges = (_RANGE.fullmatch(part.strip()) for part in header.split(","))
    wanted = [(float(found[2] or 1), found[1].lower()) for found in ranges if found]
    known = [(-quality, place, name) for place, (quality, name) in enumerate(wanted) if quality and name in LANGUAGES]
    return min(known)[2] if known else LANGUAGES[0]
