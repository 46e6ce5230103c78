"""Answers that were made once and are kept while there is room for them, the one asked for last the longest."""

import threading
from collections import OrderedDict
from collections.abc import Hashable

from dashboard.assets import Asset

MOST_BYTES = 32 * 1024 * 1024
MOST = 2_000  # an answer of a few bytes costs kilobytes of memory, too: its question is kept with it


class Room:
    """At most `most` answers of `most_bytes` together. A larger one is not kept. Any thread may ask."""

    def __init__(self, most_bytes: int = MOST_BYTES, most: int = MOST) -> None:
        self._most_bytes, self._most = most_bytes, most
        self._kept: OrderedDict[Hashable, Asset] = OrderedDict()  # least recently used first
        self._bytes = 0
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def bytes(self) -> int:
        """Of all answers."""
        return self._bytes

    def recall(self, key: Hashable) -> Asset | None:
        """The answer to this question, if it is kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def remember(self, key: Hashable, made: Asset) -> None:
        """Keeps the answer; others make room for it."""
        if size(made) > self._most_bytes:
            return
        with self._lock:
            if (before := self._kept.pop(key, None)) is not None:
                self._bytes -= size(before)
            self._kept[key] = made
            self._bytes += size(made)
            while self._bytes > self._most_bytes or len(self._kept) > self._most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= size(gone)


def size(made: Asset) -> int:
    """Bytes of an answer, packed and not."""
    return len(made.body) + len(made.compressed)
