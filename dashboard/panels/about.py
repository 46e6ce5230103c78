"""The panel About: the story in its own words, what is assumed in it, and what nobody knows."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from dashboard.shelf import Opened
from dashboard.view import View
from geo.join import located_events
from geo.story import Story

FEW, TALL = 12, 420  # rows, pixels
PRECISIONS = {
    "exact": "to the minute",
    "part_of_day": "to a part of a day",
    "day": "to a day",
    "order": "by their order only",
}


def about(opened: Opened, _: View) -> None:
    """Draws the panel."""
    story = opened.story
    if story is None:
        return
    meta = story.meta
    told, known = st.columns(2, gap="large")
    with told:
        st.subheader("The story", anchor=False)
        st.text(meta.description or meta.title)
        if meta.assumptions:
            st.subheader("What is assumed", anchor=False)
            st.text(_listed(meta.assumptions))
        if meta.credits:
            st.subheader("Credits", anchor=False)
            st.text(_listed(meta.credits))
    with known:
        st.subheader("What is known", anchor=False)
        st.text(_listed(_counts(story)))
        st.subheader("What is not known", anchor=False)
        frame = _unknown(story)
        height = "content" if len(frame) < FEW else TALL
        st.dataframe(frame, hide_index=True, width="stretch", height=height)


def _listed(sentences: Iterable[str]) -> str:
    return "\n".join(f"– {' '.join(sentence.split())}" for sentence in sentences)


def _counts(story: Story) -> list[str]:
    """Sentences with the numbers of the story."""
    places, people = story.places, story.people
    located = int(places["lat"].notna().sum())
    when = story.events["precision"].value_counts()
    groups = people["group"].value_counts()
    said = [
        f"{len(story.events):,} events, of {story.rows:,} rows in the file",
        f"{located:,} places with coordinates, {len(places) - located:,} without",
        f"{len(people):,} people: " + ", ".join(f"{g.label} {groups.get(g.id, 0)}" for g in story.meta.groups),
        "times known " + ", ".join(f"{words} {when[name]:,}" for name, words in PRECISIONS.items() if name in when),
    ]
    if story.meta.timezone:
        said.append(f"times are wall-clock times in {story.meta.timezone}")
    return said


def _unknown(story: Story) -> pd.DataFrame:
    """Every event without a place on the map, with what is known of its place."""
    unplaced = located_events(story).unplaced
    where = unplaced["name"].where(unplaced["name"] != "", "not known")
    return pd.DataFrame(
        {"When": unplaced["when"], "Event without a place on the map": unplaced["title"], "Place": where}
    )
