"""What `caseboard check` prints: every fault of a file or a story, in words or as one JSON object."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard.printing import counted, may_be_one, printable

if TYPE_CHECKING:
    from geo.errors import Fault
    from geo.report import Report
    from geo.story import Files, Story

MOST_LINES = 500


def check_file(path: Path, as_json: bool = False) -> int:
    """Says what is wrong with a table, a story folder or its zip, and returns the exit code.

    0 nothing is flagged, 1 something is, 2 it cannot be read as a story; always with a sentence.
    """
    from geo.raw import shown_name

    if path.is_dir():
        return _check_folder(path, as_json)
    from geo.doctor import examined
    from geo.errors import Fault
    from geo.raw import LARGER, LIMITS
    from geo.report import Report

    name = shown_name(path.name)
    try:
        size = path.stat().st_size
        if size > LIMITS.size:
            what = f"the file has {size:,} bytes; at most {LIMITS.size:,} are read"
            report = Report(name, faults=(Fault(name, None, None, "", what, LARGER),), readable=False)
        else:
            report = examined(path.read_bytes(), path.name)
    except OSError as cause:
        what = f"the file cannot be read ({cause.strerror})"
        report = Report(name, faults=(Fault(name, None, None, "", what, "check its name"),), readable=False)
    _print(report, as_json, "row")
    return report.exit_code


def _check_folder(folder: Path, as_json: bool) -> int:
    from geo.doctor import of_story
    from geo.doubts import doubts
    from geo.errors import EngineError, StoryError
    from geo.story import read_story

    name = folder.resolve().name
    try:
        story = read_story(folder)
    except StoryError as error:
        return _refused(name, error.faults, str(error), as_json)
    try:
        story = _asked(story, folder.resolve())
    except EngineError as error:
        return _refused(name, story.faults, str(error), as_json)
    # The events of a large story were looked through when they were imported.
    doubted = [str(doubt) for doubt in doubts(story)] if story.meta.events is None else []
    if as_json:
        report = _with_the_engine(of_story(story, _files(folder, story), name), story)
        _dump(report, doubted)
        return report.exit_code
    _say(str(fault) for fault in story.faults)
    if doubted:
        click.echo("Doubts: what can be read, but hardly be true")
        _say(doubted)
        click.echo()
    click.echo(f"{printable(story.id)}: {_events(story, len(doubted))}")
    return 1 if story.faults else 0


def _files(folder: Path, story: "Story") -> "Files":
    """Those that the story was read from: of a large one not its events, whatever their file is called."""
    from geo.story import read_files

    if story.meta.events is None:
        return read_files(folder)
    small = [folder / name for name in ("story.toml", "people.csv")]
    return {path.name: path.read_bytes() for path in small if path.is_file()}


def _with_the_engine(report: "Report", story: "Story") -> "Report":
    """The events of a large story are rows that were kept, too."""
    n = story.meta.events.count if story.meta.events is not None else None
    return replace(report, rows=report.rows + (n or 0))


def _refused(name: str, faults: Iterable["Fault"], why: str, as_json: bool) -> int:
    from geo.errors import Fault
    from geo.report import Report

    if as_json:
        listed = (*faults, Fault(name, None, None, "", *why.partition("; ")[::2]))
        _print(Report(name, faults=listed, readable=False), as_json, "row")
    else:
        _say(str(fault) for fault in faults)
        click.echo(f"Error: {printable(why)}", err=True)
    return 2


def _asked(story: "Story", folder: Path) -> "Story":
    """A large story with what its engine says of its events, and a fault for what story.toml has otherwise or is wrong.

    Raises EngineError.
    """
    from geo.source import otherwise

    told = story.meta.events
    if told is None:
        return story
    from dashboard.engines import examined  # loads Ibis

    found, wrong = examined(story, folder)
    faults = (*story.faults, *otherwise(told, found), *wrong)
    return replace(story, meta=replace(story.meta, events=found), faults=faults)


def _events(story: "Story", doubted: int) -> str:
    if (source := story.meta.events) is not None:
        many = f"{source.count:,} events" if source.count is not None else "events"
        return f"{many} in {printable(source.source)}, {counted(len(story.faults), 'fault')} beside them"
    said = f"{len(story.events):,} of {story.rows:,} event rows read, {counted(len(story.faults), 'fault')}"
    return f"{said}, {counted(doubted, 'doubt')}" if doubted else said


def _print(report: "Report", as_json: bool, noun: str) -> None:
    if as_json:
        _dump(report, ())
        return
    _say(str(fault) for fault in report.faults[:MOST_LINES])
    if len(report.faults) > MOST_LINES:
        click.echo(f"... and {len(report.faults) - MOST_LINES:,} more faults; --json lists them all")
    if report.notices:
        click.echo("How it was read:")
        _say(f"- {notice}" for notice in report.notices)
    _say(may_be_one(report.merges))
    name = printable(report.file)
    if report.readable:
        click.echo(f"{name}: {report.kept:,} of {counted(report.rows, noun)} kept, {report.flagged:,} flagged")
    else:
        click.echo(
            f"{name}: this cannot be read as a story, {report.flagged:,} of {counted(report.rows, noun)} flagged"
        )


def _dump(report: "Report", doubted: Iterable[str]) -> None:
    from geo.report import as_json

    document = as_json(report)
    document["notices"] += list(doubted)
    click.echo(json.dumps(document, allow_nan=False, ensure_ascii=True))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(printable(line))
