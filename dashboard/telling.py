"""A story read for a command, which is told of its faults."""

from dataclasses import replace
from pathlib import Path

import click

from dashboard.printing import counted, printable
from geo.errors import StoryError
from geo.story import Story, read_story


def read_told(path: Path, *, large: bool = False) -> Story:
    """The story in a folder or in a file; its faults are counted on the error output. Raises ClickException where there
    is nothing to read, UsageError for a large story unless `large` are taken, too."""
    try:
        if path.is_file():
            from geo.brought import brought  # loads what reads workbooks and map files

            told = brought(path.read_bytes(), path.name)
            story = read_story(told.files, id=path.stem)
            story = replace(story, faults=(*told.faults, *story.faults))
        else:
            story = read_story(path)
    except StoryError as error:
        raise click.ClickException(f"{printable(str(error))}; run: caseboard check") from error
    if story.meta.events is not None and not large:
        where = printable(story.meta.events.source)
        raise click.UsageError(
            f"the events of this story are not in its folder's tables but in {where}: ask for them there"
        )
    if story.faults:
        click.echo(f"{counted(len(story.faults), 'fault')} in the files of the story; run: caseboard check", err=True)
    return story
