"""What an author begins with, as a draft: a file, the example, or the story that is on the board."""

from dashboard import shelf
from dashboard.language import say
from dashboard.limits import allowed
from dashboard.workshop.draft import Draft, State
from geo.brought import brought, title_of
from geo.errors import StoryError
from geo.story import read_files
from geo.template import template


def arrived(content: bytes, name: str) -> Draft:
    """The draft of a file. Raises StoryError with the faults that keep it from being read."""
    told = brought(content, name, allowed().reading)
    title = title_of(told.file) if told.raw is not None else ""
    state = State(say("Read {file}", file=told.file), told.files, told.raw, told.mapping, title=title, made=told.made)
    return Draft(state, told.file)


def from_template() -> Draft:
    """The draft that `caseboard new` writes."""
    return Draft(State(say("Started from the example"), template()), say("the example"))


def from_board(story: str) -> Draft:
    """A copy of a story that this host shows to everybody. Raises StoryError where there is none."""
    path = shelf.stories().get(story)
    if path is None:
        raise StoryError("this story is not here any more")
    if path.is_file():
        return arrived(path.read_bytes(), path.name)
    return Draft(State(say("Copied the story"), read_files(path)), story)
