"""The board on the page: map, timeline and list as one component, which gets addresses and a view, never events."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from dashboard import assets
from dashboard.bases import bases
from dashboard.security import embeddable
from dashboard.shelf import Opened, map_url, story_url
from dashboard.view import View, as_json, parse

VERSION = version("caseboard")
LONGEST, MOST_FIELDS = 100_000, 2_000


def board(opened: Opened, view: View, notice: str) -> tuple[View, bool]:
    """Mounts the board, or leaves the one that is there as it is; the view it shows, and whether it has drawn it yet.

    `view` and `notice` count when the board is made. Later on the viewer's own view does: the board reports the query
    of the page's address, because Streamlit goes on sending the address the page was opened with.
    """
    if opened.story is None or opened.wire is None or opened.map_module is None:
        raise ValueError("there is no story to show; see its faults")
    state = _component(
        key=f"board {opened.story.id}",
        data={
            "story": story_url(opened.story, opened.wire),
            "map": map_url(opened.story, opened.map_module),
            "leaflet": assets.url("leaflet/leaflet.js"),
            "basemap": assets.url("basemap.json"),
            "view": as_json(view, opened.story),
            "notice": notice,
            "bases": list(bases()),
            "version": VERSION,
            **assets.spoken(),
            "embedded": bool(st.context.is_embedded),
            "embeddable": embeddable(),
        },
        on_view_change=_reported,
    )
    reported = state.view
    return (parse(_query(reported), opened.story)[0], True) if isinstance(reported, str) else (view, False)


def _reported() -> None:
    """The view is read from what the component gives back."""


def _query(search: str) -> Mapping[str, Sequence[str]]:
    """The query of an address, "?crew=chris&crew=neil"; nothing for one that no board writes."""
    try:
        return parse_qs(search[:LONGEST].removeprefix("?"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}


def _markup() -> str:
    """The element the board grows in, under its styles; its modules come ahead of it, see `dashboard.preload`."""
    links = "".join(f'<link rel="stylesheet" href="{assets.url(name)}">' for name in assets.STYLES)
    return f'{links}<div class="cb-board"></div>'


_component: Any = st.components.v2.component(
    "board", html=_markup(), js=assets.loader("board.js"), isolate_styles=False
)
