"""A story in the making: what was brought, what was decided since, and the way back through all of it.

A draft is found by its key, which is in the address of the workshop alone; its story by an id that may be passed on.
Every change is a new `State`, so that any of them can be undone.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from dashboard import keeping, shelf
from dashboard.keeping import Names
from dashboard.limits import allowed
from dashboard.shelf import Opened
from geo.archive import Files
from geo.asking import Asking
from geo.decisions import Decision, decided_files
from geo.doctor import of_made, of_story
from geo.making import Made, made
from geo.mapping import Mapping
from geo.raw import Raw
from geo.repairs import Repair, repaired
from geo.report import Report

STEPS_BACK = 50


@dataclass(frozen=True, eq=False)
class State:
    """A draft as it was at one time. `label` says what was done last, in words for a button.

    `raw` is the table as it was brought, with what its columns mean and the repairs that were taken; `made` is the
    story made of it. Both are None where story files were brought. `edited`: the tables were changed by hand since.
    """

    label: str
    files: Files
    raw: Raw | None = None
    mapping: Mapping | None = None
    day_first: bool | None = None
    title: str = ""
    repairs: tuple[Repair, ...] = ()
    made: Made | None = None
    decisions: tuple[Decision, ...] = ()
    edited: bool = False

    @property
    def mended(self) -> Raw | None:
        """The table with the repairs."""
        return None if self.raw is None else repaired(self.raw, self.repairs)


class Draft:
    """All states of a draft, and which of them holds."""

    def __init__(self, first: State, file: str, named: Names | None = None) -> None:
        self.file = file
        self.names = named or keeping.names()
        self._states, self._at = [first], 0
        self.asking: Asking | None = None
        self._lock = threading.Lock()
        self._examined: tuple[State, Report] | None = None
        keeping.keep(self.names.id, first.files)

    @property
    def now(self) -> State:
        """The state that holds."""
        return self._states[self._at]

    @property
    def opened(self) -> Opened:
        """The story as it is now, or its faults."""
        kept = keeping.find(self.names.id)
        if kept is None or kept.files != self.now.files:  # a long pause, or a host with little room
            kept = keeping.keep(self.names.id, self.now.files)
        return shelf.opened_kept(kept)

    @property
    def report(self) -> Report:
        """What the doctor says of the draft: of the table that was brought, or of the tables once they were edited."""
        state, examined = self.now, self._examined
        if examined is None or examined[0] is not state:
            examined = self._examined = (state, self._report(state))
        return examined[1]

    def _report(self, state: State) -> Report:
        opened, raw = self.opened, state.mended
        if raw is not None and state.made is not None and not state.edited:
            told = of_made(raw, state.made)
            return replace(told, faults=(*told.faults, *opened.faults))
        if opened.story is None:
            return Report(self.file, faults=opened.faults, readable=False)
        return of_story(opened.story, dict(state.files), self.file)

    @property
    def undone(self) -> str:
        """What `undo` would undo, in words; nothing where there is nothing."""
        return self.now.label if self._at else ""

    @property
    def redone(self) -> str:
        """What `redo` would do again, in words; nothing where there is nothing."""
        return self._states[self._at + 1].label if self._at + 1 < len(self._states) else ""

    def do(self, change: Callable[[State], State]) -> None:
        """Takes the next state; it can be undone. What was undone before cannot be done again afterwards."""
        with self._lock:
            state = change(self.now)
            keeping.keep(self.names.id, state.files)
            self._states = [*self._states[: self._at + 1], state][-STEPS_BACK:]
            self._at = len(self._states) - 1

    def undo(self) -> None:
        """Goes one state back."""
        self._move(-1)

    def redo(self) -> None:
        """Goes forward again."""
        self._move(1)

    def _move(self, way: int) -> None:
        with self._lock:
            self._at = min(max(self._at + way, 0), len(self._states) - 1)
            keeping.keep(self.names.id, self.now.files)


def remade(state: State) -> State:
    """The state with its story made anew from the table; decisions about places stay, edits of the tables do not."""
    if state.raw is None or state.mapping is None:
        return state
    told = made(repaired(state.raw, state.repairs), state.mapping, title=state.title, day_first=state.day_first)
    return replace(state, made=told, files=decided_files(told.files, state.decisions), edited=False)


_drafts: OrderedDict[str, Draft] = OrderedDict()  # least recently used first
_drafts_lock = threading.Lock()


def put(draft: Draft) -> Draft:
    """Lets a draft be found by its key."""
    with _drafts_lock:
        _drafts[draft.names.key] = draft
        while len(_drafts) > allowed().stories:
            _drafts.popitem(last=False)
    return draft


def find(key: str) -> Draft | None:
    """The draft with that key, or None where there is none (any more)."""
    with _drafts_lock:
        if key in _drafts:
            _drafts.move_to_end(key)
        return _drafts.get(key)


def drop(draft: Draft) -> None:
    """Forgets a draft and the story in memory; what was saved stays."""
    with _drafts_lock:
        _drafts.pop(draft.names.key, None)
    keeping.forget(draft.names.id)
