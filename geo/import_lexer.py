"""Where the rows and cells of a large text are, found by arithmetic on its bytes where its quotes are in place."""

import csv
import io
from typing import Any, NamedTuple

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


class Lexed(NamedTuple):
    """Where rows end (their line feeds), and where quotes are."""

    ends: Ints
    quotes: Ints


def lexed(content: bytes, sign: str) -> Lexed | None:
    """The rows of a text; None where a quote is not where it belongs, or a bare carriage return may end a line."""
    if b"\r" in content:
        return None
    signs = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(signs == 10)
    if b'"' not in content:
        return Lexed(ends, np.zeros(0, dtype=np.int64))
    quotes = np.flatnonzero(signs == 34)
    if not _in_place(signs, quotes, ord(sign)):
        return None
    return Lexed(ends[np.searchsorted(quotes, ends) % 2 == 0], quotes)


def widths(content: bytes, sign: str, found: Lexed) -> Ints:
    """How many cells each row has."""
    between = np.flatnonzero(np.frombuffer(content, dtype=np.uint8) == ord(sign))
    if len(found.quotes):
        between = between[np.searchsorted(found.quotes, between) % 2 == 0]
    return np.diff(np.searchsorted(between, found.ends), prepend=0) + 1


def _in_place(signs: "np.ndarray[Any, np.dtype[np.uint8]]", quotes: Ints, sign: int) -> bool:
    """Whether every quote opens a cell, closes one, or is one of two inside a cell."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = signs[np.maximum(opening - 1, 0)]
    begins = (opening == 0) | (before == sign) | (before == 10)
    twice = np.zeros(len(opening), dtype=bool)
    twice[1:] = opening[1:] == closing[: len(opening) - 1] + 1
    if not (begins | twice).all():
        return False
    after = signs[np.minimum(closing + 1, len(signs) - 1)]
    ends = (closing == len(signs) - 1) | (after == sign) | (after == 10)
    doubled = np.zeros(len(closing), dtype=bool)
    doubled[: len(opening) - 1] = closing[: len(opening) - 1] + 1 == opening[1:]
    return bool((ends | doubled).all())


def joined(content: bytes, starts: Ints, ends: Ints, kept: Bools) -> bytes:
    """The rows that are kept, one below the other."""
    edges = np.diff(np.concatenate([[False], kept, [False]]).astype(np.int8))
    first, last = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return b"".join(content[starts[one] : ends[other] + 1] for one, other in zip(first, last, strict=True))


def cells_of(line: str, sign: str) -> list[str] | None:
    """The cells of a text that is one row; None where it is not."""
    try:
        found = list(csv.reader(io.StringIO(line, newline=""), delimiter=sign, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None
