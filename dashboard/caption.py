"""The words of a picture: the story, the moment, the event with its place and its people, and what is filtered."""

from dashboard.atlas import Atlas
from dashboard.colours import Colour, dark
from dashboard.ink import Paper, text_lines, text_width
from dashboard.language import say
from dashboard.mercator_view import Box
from dashboard.moment import Moment, day_is_assumed, moment_words, place_name
from dashboard.preview import count_words, filter_words
from dashboard.view import View, cleaned

TITLES = (56, 46, 38)  # the largest that fits one line, else the last on two
PEOPLE, ROWS = 24, 2
FOOT = 96.0  # what the last lines take


def draw_caption(paper: Paper, atlas: Atlas, view: View, moment: Moment, box: Box, shown: int | None = None) -> None:
    """Writes the words into a column; `shown` is as in `dashboard.preview.preview`."""
    colours, story = dark(), atlas.story
    title = cleaned(story.meta.title, 120)
    size = next((s for s in TITLES if text_width(title, s, 700) <= box.w), TITLES[-1])
    y = _write(paper, box, box.y, title, size, 700, colours["ink"], 2) + 24
    y = _write(paper, box, y, moment_words(story, moment), 27, 600, colours["accent"], 2)
    if day_is_assumed(story, moment):
        y = _write(paper, box, y + 1, say("day assumed"), 18, 400, colours["faint"], 1)
    if moment.current >= 0:
        event = story.events.iloc[moment.current]
        y = _write(paper, box, y + 14, cleaned(str(event["title"]), 160), 35, 600, colours["ink"], 3)
        y = _write(paper, box, y + 4, cleaned(place_name(story, moment), 120), 23, 400, colours["mute"], 2)
        _draw_people(paper, atlas, tuple(event["people"]), Box(box.x, y + 20, box.w, box.y + box.h - y - 20 - FOOT))
    foot = box.y + box.h - 20
    paper.text(box.x, foot, count_words(story, moment, shown), 19, colours["mute"])
    who = text_lines(cleaned(filter_words(story, view), 160), 19, 500, box.w, 2)
    for above, line in enumerate(reversed(who), 1):
        paper.text(box.x, foot - above * 25, line, 19, colours["ink"], 500)


def _write(paper: Paper, box: Box, y: float, text: str, size: float, weight: int, colour: Colour, most: int) -> float:
    """Writes lines from `y` down as far as the box goes; where the next ones begin."""
    for line in text_lines(text, size, weight, box.w, most):
        if y + size * 1.15 > box.y + box.h:
            break
        y += size * 1.15
        paper.text(box.x, y - size * 0.2, line, size, colour, weight)
    return y


def _draw_people(paper: Paper, atlas: Atlas, people: tuple[str, ...], box: Box) -> None:
    """Names in rows, each underlined in the colour of its group; those for whom there is no room are counted."""
    colours, size, step = dark(), 21.0, 36.0
    groups = {group.id: atlas.colours[i] for i, group in enumerate(atlas.story.meta.groups)}
    frame = atlas.story.people
    x, y = box.x, box.y + size
    for k, person in enumerate(people[:PEOPLE]):
        row = frame.iloc[atlas.people[person]]
        name = "".join(text_lines(cleaned(str(row["name"]), 60), size, 500, box.w, 1))
        w = text_width(name, size, 500)
        if x > box.x and x + w > box.x + box.w:
            x, y = box.x, y + step
        if y + 8 > box.y + min(box.h, ROWS * step):
            paper.text(x, y - step, f"+{len(people) - k}", size, colours["mute"], 500)
            return
        paper.text(x, y, name, size, colours["ink"], 500)
        paper.panel(Box(x, y + 7, w, 3), groups[row["group"]], 1.5)
        x += w + 18
