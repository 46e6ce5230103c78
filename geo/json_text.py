"""JSON from strangers: numbers keep their digits, and nothing that JSON forbids passes without a word."""

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from geo.errors import clipped

REMEDY = "export or download it again as GeoJSON"

# A number as it is written: b"2.350" and b"9007199254740993" lose nothing. JSON itself has no bytes, and millions of
# them take a third of the room of texts that would have to be told from texts.
Number = bytes

_MOST_BRACKETS = 100_000
_CHARACTERS_A_BRACKET = 5  # "[2,48]," has seven


@dataclass(frozen=True)
class Constant:
    """NaN, Infinity or -Infinity, which some programs write and JSON does not know."""

    name: str


class Doubled(dict[str, Any]):
    """An object in which `names` stand more than once; the last value of each is there."""

    names: tuple[str, ...] = ()


class Read(NamedTuple):
    """What a text says."""

    value: Any


class Unread(NamedTuple):
    """Why a text is no JSON."""

    what: str
    remedy: str


def read_json(text: str, *, line: int = 1) -> Read | Unread:
    """The value that a JSON text holds, with `Number`, `Constant` and `Doubled` in it. Never raises for its content.

    `line` is the number of the first line of the text in its file, for messages.
    """
    brackets = text.count("[") + text.count("{")
    if brackets > _MOST_BRACKETS and brackets * _CHARACTERS_A_BRACKET > len(text):
        return Unread(f"it holds {brackets:,} pairs of brackets and hardly anything else", REMEDY)
    try:
        return Read(
            json.loads(
                text, parse_float=str.encode, parse_int=str.encode, parse_constant=Constant, object_pairs_hook=_object
            )
        )
    except json.JSONDecodeError as cause:
        return _unread(text, cause, line - 1)
    except RecursionError:
        return Unread("its brackets are nested too deeply", REMEDY)


def as_text(value: object) -> str:
    """JSON of a value as `read_json` gives it: numbers as written, letters as they are.

    Raises RecursionError for what is nested too deeply.
    """
    if isinstance(value, Number):
        return value.decode()
    if isinstance(value, Constant):
        return value.name
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(name, ensure_ascii=False)}: {as_text(one)}" for name, one in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(as_text, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    doubled, seen = Doubled(found), set[str]()
    names = [name for name, _ in pairs if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    doubled.names = tuple(dict.fromkeys(names))
    return doubled


def _unread(text: str, cause: json.JSONDecodeError, above: int) -> Unread:
    end = len(text.rstrip())
    if cause.msg == "Extra data":
        shown = clipped(text[cause.pos : cause.pos + 80], 30)
        what = f"after the end of its JSON, at line {cause.lineno + above:,}, there is more: '{shown}'"
        return Unread(what, "give one document, or one Feature a line")
    if cause.pos >= end or cause.msg.startswith("Unterminated string"):
        return Unread("it ends before its JSON does: the file is cut off", REMEDY)
    what = f"it is not JSON at line {cause.lineno + above:,}, character {cause.colno:,}: {_plain(cause.msg)}"
    return Unread(what, "correct it there, or export it again as GeoJSON")


def _plain(message: str) -> str:
    return message[:1].lower() + message[1:].removesuffix(" at")
