"""Writes the computed parts of the shared cases anew: wire stories, axes of clock.json, who was where when, links.

The expected answers of shown.json are written by hand and stay; those of whereabouts.json and links.json are what
Python says, for JavaScript to agree with. Run `python -m tests.cases.write` after a change of the wire format.
"""

import json
from math import isnan
from pathlib import Path
from urllib.parse import parse_qs

from dashboard.view import as_json, notice, parse
from geo.axis import axis, position
from geo.clock import parse_at
from geo.story import read_story
from geo.track import whereabouts
from geo.wire import payload

CASES = Path(__file__).parent
SCALES = {
    "small": [parse_at(text, "days") for text in ("D1T09:00", "D1T10:30", "D2T22:00", "D2T22:30", "D2T22:30")],
    "weeks apart": [parse_at(text, "days") for text in ("D-13T12:00", "D8T11:30", "D8T11:33", "D8T12:00", "D30")],
    "one instant": [parse_at("D8T11:30", "days")] * 2,
}


def axes() -> list[dict]:
    """For every scale of every list of instants: where some of its instants stand."""
    cases = []
    for at in SCALES.values():
        scales = axis(at, "days")
        for name in ("story", "clock", "order"):
            scale = scales[name]
            for t in sorted({scale["t"][0] - 1, *at, (at[0] + at[-1]) / 2, scale["t"][-1] + 1}):
                cases.append({"t": scale["t"], "x": scale["x"], "at": t, "position": round(position(scale, t), 9)})
    return cases


def lives() -> list[dict]:
    """Where everybody of the story `lives` is around every beginning and end of an event."""
    story = read_story(CASES / "lives")
    edges = {edge for name in ("at", "until") for edge in story.events[name]}
    columns = ["person", "status", "event", "known_event", "next_event", "present", "radius_m"]
    cases = []
    for t in sorted({edge + away for edge in edges for away in (-1, 0, 1, 1800)}):
        rows = whereabouts(story, t)[columns].to_dict("records")
        people = [row | {"radius_m": None if isnan(row["radius_m"]) else round(row["radius_m"], 3)} for row in rows]
        cases.append({"t": t, "people": people})
    return cases


LINKS = (
    "",
    "at=D2T22:30&event=b5&mode=window&span=90m&scale=clock&order=told&stated=1&follow=0",
    "crew=cy&crew=ann&crew=cy&match=all",
    "crew=ann&crew=nobody&at=D99&at=D2",
    "q=%20two%20%0A words%1F&place=pier",
    "q=a%07b",
    f"q={'x' * 201}",
    "lat=53.54321987&lon=9.95&z=12.345",
    "lat=53.5&lon=9",
    "z=7",
    "from=D2T22:00&to=D2T22:30",
    "from=D2T22:30&to=D2T22:00",
    "story=small&panel=storylines&base=schematic",
    "story=other&panel=cellar&base=osm",
    "follow=1&stated=0&stated=1",
    "at=&crew=&nobody=&q=%20",
    "utm_source=x&embed=true&fbclid=1&UTM_Medium=y",
    "a=1&b=2&c=3&d=4&e=5&f=6&g=7",
    f"%E2%80%AEname={'long ' * 30}",
    "span=0h&mode=Window&scale=&match=%20any",
    "at=%20D2T22:30%20",
    "lang=es&at=D2T22:30",
    "lang=fr",
    "lang=ES&lang=en",
)


def links() -> list[dict]:
    """What the story `small` shows for a link, and what is said of it; only its own base map is on offer."""
    story = read_story(CASES / "small")
    hostile = (CASES / "hostile_links.txt").read_text(encoding="utf-8").splitlines()
    cases = []
    for link in [*LINKS, *hostile]:
        query = parse_qs(link, keep_blank_values=True)
        view, ignored = parse({name: texts for name, texts in query.items() if texts != ["osm"]}, story)
        left_out = list(ignored) + (['base "osm"'] if query.get("base") == ["osm"] else [])
        shown = as_json(view, story) | {"panel": view.panel, "lang": view.lang}
        cases.append({"link": link, "view": shown, "ignored": left_out, "notice": notice(left_out)})
    return cases


def main() -> None:
    for name, key, content in (
        ("shown.json", "story", payload(read_story(CASES / "small"))),
        ("whereabouts.json", "story", payload(read_story(CASES / "lives"))),
        ("whereabouts.json", "cases", lives()),
        ("clock.json", "axis", axes()),
        ("links.json", "story", payload(read_story(CASES / "small"))),
        ("links.json", "cases", links()),
    ):
        path = CASES / name
        cases = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        lines = json.dumps({**cases, key: content}, ensure_ascii=False, indent=None)
        path.write_text(_one_case_a_line(json.loads(lines)), encoding="utf-8")


def _one_case_a_line(content: dict) -> str:
    def block(value: object) -> str:
        if isinstance(value, list):
            return "[\n" + ",\n".join(f"  {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n ]"
        return json.dumps(value, ensure_ascii=False)

    return "{\n" + ",\n".join(f' "{key}": {block(value)}' for key, value in content.items()) + "\n}\n"


if __name__ == "__main__":
    main()
