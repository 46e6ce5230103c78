"""Events and tracks as KML 2.2, for globes and map programs."""

import html
import math
import re
from collections.abc import Collection, Hashable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np

from geo.exported import Track, exported_events, exported_tracks, lon_lat
from geo.gregorian import DAY, civil
from geo.join import Mask
from geo.meta import Group
from geo.story import Story
from geo.tables import cell_text

NAMESPACE = "http://www.opengis.net/kml/2.2"  # a name, never fetched
NEUTRAL = "#8896a1"
NO_TIMES = (
    "This story is told in days of its own, which KML has no time for: the words and the number of the day stand with "
    "every event, and nothing here moves with a time slider."
)
WALL_CLOCK = "Times are on the wall clock of the story{} and carry no zone."
OUT_OF_RANGE = "KML has no time for this year; the words say when it was."
GAP = "The way is not known: in between, {} without a known place."

# What XML 1.0 cannot hold; a lone carriage return would come back as a line feed.
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kml(story: Story, mask: Mask | None = None, people: Collection[str] = ()) -> str:
    """A KML document: a Folder a chapter with a Placemark an event, in order, then a Folder a track of `people` (ids).

    `mask` is over `story.events` (see `geo.join.shown`); without one every event is written. An event without a known
    place is a Placemark without a geometry. In a calendar story an exact event has a TimeStamp, one that lasts or is
    not known exactly a TimeSpan over all it may cover; where the year is not between 1 and 9999 it has none, and the
    description says so. A story told in days has no times at all: the words and the number of the day are data of each
    Placemark. Tracks are a line a leg, paler where the way in between is not known.

    Descriptions are HTML, as KML wants them, with every text of the story escaped; the columns of the CSV stand as
    plain text in ExtendedData. Characters that XML 1.0 forbids are left out.
    """
    root = Element("kml", xmlns=NAMESPACE)
    document = _child(root, "Document")
    _child(document, "name", story.meta.title)
    _child(document, "open", "1")
    _child(document, "description", _description(_about(story)))
    for index, group in enumerate([*story.meta.groups, Group("", "", NEUTRAL, NEUTRAL)]):
        _style(document, f"group-{index}", group.colour)
    style = {group.id: f"#group-{index}" for index, group in enumerate(story.meta.groups)}
    _events(document, story, mask, style)
    tracks = exported_tracks(story, mask, people)
    if tracks:
        folder = _child(document, "Folder")
        _child(folder, "name", "Tracks")
        for track in tracks:
            _track(folder, track, style.get(track.group, f"#group-{len(style)}"), story.meta.clock_kind == "calendar")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def legal(text: str) -> str:
    """`text` without what XML 1.0 cannot hold; any line end is a line feed."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _events(document: Element, story: Story, mask: Mask | None, style: Mapping[str, str]) -> None:
    chosen = np.ones(len(story.events), dtype=bool) if mask is None else np.asarray(mask, dtype=bool)
    times = story.events.loc[chosen, ["at", "until", "earliest", "latest"]].to_numpy(dtype=float)
    chapters = story.events.loc[chosen, "chapter"].tolist()
    names = dict(zip(story.people["id"], story.people["name"], strict=True))
    group = dict(zip(story.people["id"], story.people["group"], strict=True))
    calendar = story.meta.clock_kind == "calendar"
    folders: dict[str, Element] = {}
    for row, chapter, (at, until, earliest, latest) in zip(
        exported_events(story, mask).to_dict("records"), chapters, times, strict=True
    ):
        if chapter not in folders:
            folders[chapter] = _child(document, "Folder")
            _child(folders[chapter], "name", chapter or "Events")
        placemark = _child(folders[chapter], "Placemark")
        _child(placemark, "name", row["title"])
        begin, end = (at, until) if earliest == latest else (earliest, max(latest, until))
        dated = _written(begin, end) if calendar else None
        said = [*_said(row, names), OUT_OF_RANGE if calendar and dated is None else ""]
        _child(placemark, "description", _description(said))
        _time(placemark, dated)
        involved = [*row["people"], *row["remote"]]
        _child(placemark, "styleUrl", style.get(group[involved[0]] if involved else "", f"#group-{len(style)}"))
        _data(placemark, row, {} if calendar else _days(earliest, latest))
        if not np.isnan(row["lat"]):
            _child(_child(placemark, "Point"), "coordinates", _coordinates([(row["lat"], row["lon"])]))


def _track(parent: Element, track: Track, style: str, calendar: bool) -> None:
    folder = _child(parent, "Folder")
    _child(folder, "name", track.name)
    stops = track.stops.to_dict("records")
    for before, after, unplaced in zip(stops[:-1], stops[1:], track.unplaced, strict=True):
        placemark = _child(folder, "Placemark")
        _child(placemark, "name", f"{track.name}: {before['place_name']} to {after['place_name']}")
        gap = GAP.format("one event" if unplaced == 1 else f"{unplaced} events") if unplaced else ""
        dated = _written(*sorted((before["until"], after["at"]))) if calendar else None
        out_of_range = OUT_OF_RANGE if calendar and dated is None else ""
        said = [f"From: {before['time']}", f"To: {after['time']}", gap, out_of_range]
        _child(placemark, "description", _description(said))
        _time(placemark, dated)
        _child(placemark, "styleUrl", f"{style}-gap" if unplaced else style)
        _data(placemark, {"person": track.person, "from_event": before["event"], "to_event": after["event"]}, {})
        line = _child(placemark, "LineString")
        _child(line, "tessellate", "1")
        points = [(stop["lat"], stop["lon"]) for stop in (before, after)]
        _child(line, "coordinates", _coordinates(points))


def _about(story: Story) -> list[str]:
    meta = story.meta
    zone = f" ({meta.timezone})" if meta.timezone else ""
    clock = NO_TIMES if meta.clock_kind == "days" else WALL_CLOCK.format(zone)
    return [meta.description, clock, *meta.assumptions, *meta.credits]


def _said(row: Mapping[Hashable, Any], names: Mapping[str, str]) -> list[str]:
    """What a person reads about an event, a line each; nothing for what is empty."""
    place = row["place_name"] or "Place not given"
    if np.isnan(row["lat"]):
        place = f"{row['place_name']}: place not known" if row["place_name"] else place
    elif row["radius_m"] > 0:
        place = f"{place}, within {row['radius_m']:.0f} m"
    assumed = "" if row["basis"] == "stated" else f" ({row['basis']})"
    present = ", ".join(names[name] for name in row["people"])
    remote = ", ".join(names[name] for name in row["remote"])
    elsewhere = f"From elsewhere: {remote}" if remote else ""
    return [f"{row['time']}{assumed}", place, present, elsewhere, row["summary"], row["outcome"], row["source"]]


def _description(lines: list[str]) -> str:
    """HTML with a line each. `$[` would be filled in by a globe, so that it is written as an entity."""
    return "<br>".join(html.escape(line).replace("\n", "<br>").replace("$[", "&#36;[") for line in lines if line)


def _days(earliest: float, latest: float) -> dict[str, int]:
    """The number of the day, or of the first and the last day that it may be."""
    first = math.floor(earliest / DAY)
    last = math.floor((latest - 1) / DAY) if latest > earliest else first
    return {"day": first} if first == last else {"first_day": first, "last_day": last}


def _written(begin: float, end: float) -> tuple[str, str] | None:
    """Both instants as xsd:dateTime without a zone, or None where one is not in a year from 1 to 9999."""
    return None if "" in (pair := (_date_time(begin), _date_time(end))) else pair


def _date_time(t: float) -> str:
    day, second = divmod(round(t), DAY)
    year, month, of_month = civil(day * DAY)
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    return f"{year:04d}-{month:02d}-{of_month:02d}T{clock}" if 1 <= year <= 9999 else ""


def _time(placemark: Element, dated: tuple[str, str] | None) -> None:
    if dated is None:
        return
    begin, end = dated
    if begin == end:
        _child(_child(placemark, "TimeStamp"), "when", begin)
    else:
        span = _child(placemark, "TimeSpan")
        _child(span, "begin", begin)
        _child(span, "end", end)


def _style(document: Element, name: str, colour: str) -> None:
    """A look for the events and tracks of a group, and a paler line for a way that is not known."""
    digits = colour.lstrip("#")
    red, green, blue = re.findall("..", digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
    for suffix, alpha, width in (("", "ff", "3"), ("-gap", "66", "1.5")):
        style = _child(document, "Style")
        style.set("id", name + suffix)
        if not suffix:
            icon = _child(style, "IconStyle")
            _child(icon, "color", f"{alpha}{blue}{green}{red}".lower())
        line = _child(style, "LineStyle")
        _child(line, "color", f"{alpha}{blue}{green}{red}".lower())
        _child(line, "width", width)
        # Only what is escaped comes into a balloon; the default one would show names and data as markup.
        _child(_child(style, "BalloonStyle"), "text", "$[description]")


def _data(placemark: Element, row: Mapping[Hashable, Any], days: Mapping[str, int]) -> None:
    extended = _child(placemark, "ExtendedData")
    for name, value in [*row.items(), *days.items()]:
        text = value if isinstance(value, str) else cell_text(value)
        if text and name not in ("lat", "lon"):
            one = _child(extended, "Data")
            one.set("name", legal(str(name)))
            _child(one, "value", text)


def _coordinates(points: list[tuple[float, float]]) -> str:
    return " ".join(",".join(f"{degrees:.6f}" for degrees in lon_lat(lat, lon)) for lat, lon in points)


def _child(parent: Element, tag: str, text: str | None = None) -> Element:
    child = SubElement(parent, tag)
    if text is not None:
        child.text = legal(text)
    return child
