"""Folders of large stories for tests: a few thousand invented events, shown as cells from a hundred on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard import engines, flights, parts, shelf
from geo.meta import meta_text, read_meta
from geo.synthetic import write_synthetic


def large_story(folder: Path, events: int = 3_000) -> Path:
    """The folder, written."""
    write_synthetic(folder, events)
    return with_events(folder, threshold=100)


def with_events(folder: Path, **changes: Any) -> Path:
    """The folder with other facts about its events in its story.toml."""
    meta, _ = read_meta((folder / "story.toml").read_bytes(), "")
    (folder / "story.toml").write_text(meta_text(replace(meta, events=replace(meta.events, **changes))), "utf-8")
    return folder


@contextmanager
def on_the_shelf(*folders: Path) -> Iterator[None]:
    """These stories are the ones served, until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(shelf.VARIABLE, os.pathsep.join(str(folder) for folder in folders))
        yield
    forgotten()


@contextmanager
def engine_away(folder: Path) -> Iterator[None]:
    """The engine of a story that was opened answers nothing any more, until the block ends."""
    story, engine = engines._engines[folder]
    fails = engine.events.filter(engine.events["title"].cast("float64") > 0)  # words are no numbers
    engines._engines[folder] = story, replace(engine, events=fails)
    try:
        yield
    finally:
        engines._engines[folder] = story, engine


def forgotten() -> None:
    """Nothing of any large story is left in this process."""
    flights.close()
    engines.close()
    shelf._told.clear()
    parts._told.cache_clear()
    parts._counted.cache_clear()
