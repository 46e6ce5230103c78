"""Folders of large stories for tests: a few thousand invented events, shown as cells from a hundred on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

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
