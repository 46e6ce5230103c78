"""The panel Events: a table of exactly what the board shows, and files of exactly that."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.language import counted, language, say
from dashboard.parts import part
from dashboard.publish import published
from dashboard.shelf import Opened
from dashboard.sureness import said as sureness
from dashboard.view import View, moment
from dashboard.whenwords import retold_when
from dashboard.words import literal
from geo.export import csv, geojson, kml
from geo.join import Mask, shown
from geo.story import Story

MOST = 2_000  # rows that one table sends to the browser
CHOICES = ("Shown", "All")
RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")  # names that Windows keeps for its devices


class File(NamedTuple):
    """A file to save; its content is written when somebody asks for it."""

    label: str
    name: str
    media_type: str
    content: Callable[[], bytes]


def events(opened: Opened, view: View) -> None:
    """Draws the panel. The files are written when a viewer asks for one.

    Of a large story it lists the events of the people chosen, and the files hold no others.
    """
    opened_part, said = part(opened, view)
    if said:
        st.text(said)
    story = None if opened_part is None else opened_part.story
    if opened_part is None or story is None:
        return
    mask = mask_shown(story, view)
    table = _table(opened_part, language())[mask]
    with st.container(horizontal=True, vertical_alignment="center"):
        # The count comes last: on a narrow screen the tools of the table lie over the end of the line above it.
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            names = dict(zip(CHOICES, (say("files of::Shown"), say("files of::All")), strict=True))
            chosen = st.segmented_control(
                say("Files of"),
                CHOICES,
                default=CHOICES[0],
                required=True,
                key="files",
                format_func=lambda choice: names[choice],
                label_visibility="collapsed",
            )
            for file in files(story, view, mask, whole=chosen == CHOICES[1]):
                st.download_button(file.label, file.content, file.name, file.media_type, on_click="ignore")
            _one_file(story, view, say("All of the people chosen") if said else say("The whole story"))
        st.text(_counted(len(table), len(story.events)), width="stretch")
    st.dataframe(table.head(MOST), hide_index=True, width="stretch", height="content" if len(table) < 15 else 560)


def files(story: Story, view: View, mask: Mask, *, whole: bool) -> list[File]:
    """The events shown with the tracks of the people chosen; or, of the whole story, all events and everybody's tracks.

    A CSV has no tracks. It begins with a mark that tells spreadsheets it is UTF-8.
    """
    chosen = None if whole else mask
    people = list(story.people["id"]) if whole else list(view.crew)
    name = file_name(story.id) if whole else f"{file_name(story.id)}-shown"
    return [
        File("CSV", f"{name}.csv", "text/csv", lambda: csv(story, chosen).encode("utf-8-sig")),
        File(
            "GeoJSON",
            f"{name}.geojson",
            "application/geo+json",
            lambda: json.dumps(geojson(story, chosen, people), allow_nan=False).encode(),
        ),
        File(
            "KML",
            f"{name}.kml",
            "application/vnd.google-earth.kml+xml",
            lambda: kml(story, chosen, people).encode(),
        ),
    ]


def _one_file(story: Story, view: View, whole: str) -> None:
    """The board as one HTML file: the `whole`, or up to the event it stands at and with nothing later inside."""
    name = f"{file_name(story.id)}.html"
    with st.popover(say("One file"), width="content"):
        st.text(say("The board with everything inside. It opens from disk and asks nobody for anything."))
        st.download_button(whole, lambda: published(story, view=view).encode(), name, "text/html", on_click="ignore")
        event, title = _standing_at(story, view)
        st.download_button(
            say("Up to “{title}”, nothing later", title=literal(title, 60)),
            lambda: published(story, view=view, until=event).encode(),
            f"{file_name(story.id)}-until-{file_name(event)}.html",
            "text/html",
            on_click="ignore",
        )


def _standing_at(story: Story, view: View) -> tuple[str, str]:
    """The id and the title of the last event that has begun at the board's moment, or of the first one."""
    begun = story.events[story.events["at"] <= moment(view, story)]
    event = begun.iloc[-1] if len(begun) else story.events.iloc[0]
    return str(event["id"]), str(event["title"])


def file_name(story: str) -> str:
    """The id of a story as the name of a file on any system, without an ending."""
    name = re.sub(r"[^a-zA-Z0-9_-]+", "-", story)[:60].strip("-") or "story"
    return f"story-{name}" if RESERVED.match(name) else name


def mask_shown(story: Story, view: View) -> Mask:
    """Which events of the story the board shows under this view."""
    return shown(story, view.crew, view.match, view.q, moment(view, story), view.mode, view.span, view.stated)  # type: ignore[arg-type] # `parse` accepts the words of these only


def _counted(rows: int, events: int) -> str:
    if rows <= MOST:
        return counted(events, "{rows} of {n} event|{rows} of {n} events", rows=rows)
    return say(
        "{rows} of {n} events; the table holds the first {most}, the files hold all", rows=rows, n=events, most=MOST
    )


@lru_cache(maxsize=4)
def _table(opened: Opened, _language: str) -> pd.DataFrame:
    """One row an event, in order, as words."""
    story = opened.story
    if story is None:
        return pd.DataFrame()
    place = dict(zip(story.places["id"], story.places["name"], strict=True))
    person = dict(zip(story.people["id"], story.people["name"], strict=True))
    frame, nowhere = story.events, say("not known")
    return pd.DataFrame(
        {
            say("When"): [retold_when(when) for when in frame["when"]],
            say("Event"): frame["title"],
            say("Place"): [place.get(name, nowhere) for name in frame["place"]],
            say("People"): [
                _people([person[name] for name in people], [person[name] for name in remote])
                for people, remote in zip(frame["people"], frame["remote"], strict=True)
            ],
            say("Chapter"): frame["chapter"],
            say("How sure"): [
                f"{sureness(precision)}, {sureness(basis)}"
                for precision, basis in zip(frame["precision"], frame["basis"], strict=True)
            ],
        }
    )


def _people(present: list[str], elsewhere: list[str]) -> str:
    said = ", ".join(present)
    if not elsewhere:
        return said
    return say("{people} (from elsewhere: {elsewhere})", people=said, elsewhere=", ".join(elsewhere)).strip()
