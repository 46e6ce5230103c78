"""What a link says of itself where it is shared: the story, the moment in words, and the picture of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlencode

from dashboard.language import LANGUAGES, PARAMETER, chosen, counted, language, say
from dashboard.moment import Moment, day_is_assumed, moment_words, place_name, seen
from dashboard.view import DEFAULTS, READERS, View, cleaned, query
from geo.story import Story

SITE = "Caseboard"
WIDTH, HEIGHT = 1200, 630
LONGEST = 300  # characters of a description
NAMED = 3  # people by name
LONGEST_QUERY, MOST_FIELDS = 100_000, 2_000
MOST_SEARCHED = 20_000  # events that are searched while somebody waits for the page
LOCALES = {"en": "en_US", "es": "es_ES"}
KNOWN = frozenset({*READERS, "v", "own"})
# What changes nothing in the picture.
UNSEEN = ("panel", "base", "order", "loop_from", "loop_to")


class Preview(NamedTuple):
    """`page` and `picture` are addresses relative to the app; `picture` is empty where there is none."""

    title: str
    description: str
    alt: str
    page: str
    picture: str


def nothing() -> Preview:
    """What to say of a page without a story."""
    return Preview(SITE, say("A story on a map: who was where, and when."), "", "", "")


def spoken(given: Mapping[str, Sequence[str]], accepted: str) -> str:
    """The language for who asks with these parameters, from a browser that accepts these."""
    asked = set(given.get(PARAMETER, ()))
    return chosen(asked.pop() if len(asked) == 1 else "", accepted)


def preview(story: Story, view: View, digest: str, shown: int | None = None) -> Preview:
    """What to say of a view of a story; `digest` changes with the story, so that its picture does.

    `shown` is how many events of a large story are, where its engine was asked.
    """
    said = cleaned(" ".join(f"{part}." for part in _sentences(story, view, shown) if part), LONGEST)
    title = cleaned(story.meta.title, 80)
    pairs = [("story", story.id), *((name, value) for name, value in query(view, story) if name != "story")]
    # The picture is asked for by others, who accept what they like: it is in the language of these words.
    drawn = [*query(pictured(replace(view, lang=language())), story), ("v", digest)]
    return Preview(
        title,
        said,
        cleaned(say("Map of {title}. {said}", title=title, said=said), LONGEST),
        f"?{urlencode(pairs)}",
        f"stories/{quote(story.id, safe='')}/picture.png?{urlencode(drawn)}",
    )


def pictured(view: View) -> View:
    """The view without what its picture does not show: equal views have equal pictures."""
    plain = {name: DEFAULTS[name] for name in UNSEEN}
    lang = "" if view.lang == LANGUAGES[0] else view.lang
    return View(**{**{name: getattr(view, name) for name in DEFAULTS}, **plain, "story": "", "lang": lang})


def parameters(query_string: bytes) -> dict[str, list[str]]:
    """What a request asks for, by the parameters that mean anything: names of a link, `v` and `own`.

    It never raises. A query that is too long or has too many parts is none at all.
    """
    if len(query_string) > LONGEST_QUERY:
        return {}
    try:
        given = parse_qs(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}
    return {name: texts for name, texts in given.items() if name in KNOWN}


def filter_words(story: Story, view: View) -> str:
    """Who is filtered, and that something is searched for: "Only Neil McCauley and Waingro, by a search"; or nothing.

    The words sought are not repeated: whoever makes a link would speak in the name of this host.
    """
    names = dict(zip(story.people["id"], story.people["name"], strict=True))
    people = [str(names[person]) for person in view.crew]
    if len(people) > NAMED:
        people = [*people[: NAMED - 1], say("{n} more", n=len(people) - NAMED + 1)]
    joined = _joined(people, any_of=view.match == "any")
    if view.match == "only" and people:
        joined = say("Only {people}", people=joined)
    if view.match == "all" and len(people) > 1:
        joined = say("{people} together", people=joined)
    if view.q:
        return say("{people}, by a search", people=joined) if joined else say("By a search")
    return joined


def _joined(people: list[str], *, any_of: bool) -> str:
    if len(people) < 2:
        return "".join(people)
    first, last = ", ".join(people[:-1]), people[-1]
    return (
        say("{first} or {last}", first=first, last=last)
        if any_of
        else say("{first} and {last}", first=first, last=last)
    )


def count_words(story: Story, moment: Moment, shown: int | None = None) -> str:
    """How much of the story is shown: "31 of 79 events"; of a large one, where nobody counted it, how large that is."""
    if (source := story.meta.events) is None:
        n, shown = len(story.events), int(moment.shown.sum())
    else:
        n = source.count or 0
        if shown is None or shown == n:
            return counted(n, "{n} event|{n} events")
    return counted(n, "{rows} of {n} event|{rows} of {n} events", rows=shown)


def tags(said: Preview, address: str) -> str:
    """The elements for the head of the document; `address` is the app's, ending in a slash, or empty if not known.

    Nothing else than escaped text stands in them. Without an address there is no picture: it has to be absolute.
    """
    properties = {
        "og:type": "website",
        "og:site_name": SITE,
        "og:title": said.title,
        "og:description": said.description,
        "og:locale": LOCALES[language()],
    }
    names = {"description": said.description, "twitter:title": said.title, "twitter:description": said.description}
    names["twitter:card"] = "summary"
    if address:
        properties["og:url"] = address + said.page
    if address and said.picture:
        image = address + said.picture
        properties |= {"og:image": image, "og:image:type": "image/png", "og:image:alt": said.alt}
        properties |= {"og:image:width": str(WIDTH), "og:image:height": str(HEIGHT)}
        names |= {"twitter:card": "summary_large_image", "twitter:image": image, "twitter:image:alt": said.alt}
    title = said.title if said.title == SITE else f"{said.title} · {SITE}"
    return "".join(
        [
            f"<title>{escape(title)}</title>",
            *(f'<meta name="{name}" content="{escape(text)}">' for name, text in names.items()),
            *(f'<meta property="{name}" content="{escape(text)}">' for name, text in properties.items()),
        ]
    )


def _sentences(story: Story, view: View, shown: int | None) -> tuple[str, ...]:
    if view.q and len(story.events) > MOST_SEARCHED:
        return (story.meta.description, filter_words(story, view))
    moment = seen(story, view)
    return (_moment(story, moment), filter_words(story, view), count_words(story, moment, shown))


def _moment(story: Story, moment: Moment) -> str:
    words = moment_words(story, moment)
    if day_is_assumed(story, moment):
        words = say("{when} (day assumed)", when=words)
    if moment.current < 0:
        return words
    where = place_name(story, moment)
    return f"{words}: {story.events['title'].iloc[moment.current]}{f' – {where}' if where else ''}"
