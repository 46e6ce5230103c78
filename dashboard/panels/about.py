"""The panel About: the story in its own words, what is assumed in it, and what nobody knows."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from dashboard.language import counted, figures, say
from dashboard.shelf import Opened
from dashboard.view import View
from dashboard.whenwords import retold_when
from geo.clock import words
from geo.join import located_events
from geo.source import Source
from geo.story import Story

FEW, TALL = 12, 420  # rows, pixels
ENGINES = {
    "parquet": "Parquet",
    "csv": "CSV",
    "duckdb": "DuckDB",
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "pyspark": "Spark",
}


def about(opened: Opened, _: View) -> None:
    """Draws the panel."""
    story = opened.story
    if story is None:
        return
    meta = story.meta
    told, known = st.columns(2, gap="large")
    with told:
        st.subheader(say("The story"), anchor=False)
        st.text(meta.description or meta.title)
        if meta.assumptions:
            st.subheader(say("What is assumed"), anchor=False)
            st.text(_listed(meta.assumptions))
        if meta.credits:
            st.subheader(say("Credits"), anchor=False)
            st.text(_listed(meta.credits))
    with known:
        st.subheader(say("What is known"), anchor=False)
        st.text(_listed(_counts(story)))
        if story.meta.events is not None:
            return
        st.subheader(say("What is not known"), anchor=False)
        frame = _unknown(story)
        height = "content" if len(frame) < FEW else TALL
        st.dataframe(frame, hide_index=True, width="stretch", height=height)


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"– {' '.join(sentence.split())}" for sentence in sentences)


def _counts(story: Story) -> list[str]:
    """Sentences with the numbers of the story."""
    said = _of_engine(story, story.meta.events) if story.meta.events is not None else _of_tables(story)
    if story.meta.timezone:
        said.append(say("times are wall-clock times in {zone}", zone=story.meta.timezone))
    return said


def _of_engine(story: Story, source: Source) -> list[str]:
    """What is known of a large story before anybody asks for its events. Of an engine only the kind is said."""
    kind = story.meta.clock_kind
    said = [say("{n} events, asked of {engine}", n=source.count or 0, engine=_engine(source))]
    if source.first is not None and source.last is not None:
        first, last = (retold_when(words(t, kind)) for t in (source.first, source.last))
        said.append(say("the first begins {first}, the last ends {last}", first=first, last=last))
    return [*said, _people(story)]


def _engine(source: Source) -> str:
    name = source.source.partition("://")[0] if source.is_url else source.source.rpartition(".")[2]
    known = ENGINES.get(name.lower(), name)
    return known if source.is_url else say("a file ({kind})", kind=known)


def _people(story: Story) -> str:
    groups = story.people["group"].value_counts()
    members = ", ".join(f"{g.label} {figures(groups.get(g.id, 0))}" for g in story.meta.groups)
    return counted(len(story.people), "{n} person: {groups}|{n} people: {groups}", groups=members)


def _of_tables(story: Story) -> list[str]:
    places = story.places
    located = int(places["lat"].notna().sum())
    when = story.events["precision"].value_counts()
    precisions = {
        "exact": say("to the minute"),
        "part_of_day": say("to a part of a day"),
        "day": say("to a day"),
        "order": say("by their order only"),
    }
    known = ", ".join(f"{said} {figures(when[name])}" for name, said in precisions.items() if name in when)
    return [
        say("{n} events, of {rows} rows in the file", n=len(story.events), rows=story.rows),
        say("{n} places with coordinates, {without} without", n=located, without=len(places) - located),
        _people(story),
        say("times known {how}", how=known),
    ]


def _unknown(story: Story) -> pd.DataFrame:
    """Every event without a place on the map, with what is known of its place."""
    unplaced = located_events(story).unplaced
    where = unplaced["name"].where(unplaced["name"] != "", say("not known"))
    return pd.DataFrame(
        {
            say("When"): [retold_when(when) for when in unplaced["when"]],
            say("Event without a place on the map"): unplaced["title"],
            say("Place"): where,
        }
    )
