"""What people would use instead: folium's Timeline as one file, and streamlit-folium with a slider."""

import re
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import folium
from folium.plugins import Timeline, TimelineSlider
from playwright.sync_api import BrowserContext, Page, Route
from xstatic.pkg import leaflet

from tests.bench import synthetic
from tests.bench.measure import PAINTED, Timing, timing

FRAME_OF_MAP = "document.querySelector('iframe').contentWindow"
LAYER = f"{FRAME_OF_MAP}.feature_group?.at(-1)"
PACKAGES = {"leaflet.timeline@1.6.0": "dist/leaflet.timeline.js", "moment@2.18.1": "min/moment.min.js"}


class TimelineFile(NamedTuple):
    """A folium page in one file; `slider` is the name of its slider's global variable."""

    path: Path
    slider: str


def timeline_file(folder: Path, events: int, so_far: bool) -> TimelineFile:
    """folium's Timeline as fast as it goes: canvas, no ticks; an event is seen for a day, or from then on."""
    last = synthetic.DAYS * synthetic.DAY
    features = [
        {
            "type": "Feature",
            "properties": {"start": point.at, "end": last + 1 if so_far else point.at + synthetic.DAY},
            "geometry": {"type": "Point", "coordinates": [point.lon, point.lat]},
        }
        for point in synthetic.points(events)
    ]
    board = folium.Map([34.02, -118.2], zoom_start=10, tiles=None, prefer_canvas=True)
    point_to_layer = folium.JsCode("(feature, at) => L.circleMarker(at, {radius: 4, weight: 1, fillOpacity: 0.7})")
    timeline = Timeline({"type": "FeatureCollection", "features": features}, point_to_layer=point_to_layer).add_to(
        board
    )
    slider = TimelineSlider(auto_play=False, show_ticks=False, start=0, end=last).add_timelines(timeline).add_to(board)
    path = folder / f"timeline-{events}-{'so-far' if so_far else 'window'}.html"
    board.save(path)
    return TimelineFile(path, slider.get_name())


def plugin_scripts(folder: Path) -> dict[str, bytes]:
    """File name -> script, for what folium would load from other hosts; from npm packages and xstatic-leaflet."""
    scripts = {path.name: path.read_bytes() for path in Path(leaflet.BASE_DIR).glob("leaflet.*")}
    for package, inside in PACKAGES.items():
        command = ["npm", "pack", "--silent", "--pack-destination", str(folder), package]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        with tarfile.open(folder / done.stdout.split()[-1]) as archive:
            file = archive.extractfile(f"package/{inside}")
            if file is None:
                raise FileNotFoundError(f"{package} has no {inside}")
            scripts[_bare(inside)] = file.read()
    return scripts


def serve(context: BrowserContext, scripts: Mapping[str, bytes]) -> None:
    """Answer every call to another host from `scripts`, by file name; what is not there is answered empty, at once."""

    def answer(route: Route) -> None:
        name = _bare(urlsplit(route.request.url).path)
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        route.fulfill(status=200, content_type=kind, body=scripts.get(name, b""))

    context.route(re.compile(r"^https?://(?!127\.0\.0\.1[:/])"), answer)


def _bare(path: str) -> str:
    """`.../leaflet.timeline.min.js` and `dist/leaflet.timeline.js` are one script."""
    return path.rsplit("/", 1)[-1].replace(".min.", ".")


def step_through_server(page: Page, presses: Sequence[str]) -> Timing:
    """Arrow keys on the slider of the streamlit-folium page: from the key to the painted frame with the new layer."""
    page.frame_locator("iframe").locator(".leaflet-container").wait_for()
    page.wait_for_function(f"() => Boolean({LAYER})")
    page.get_by_role("slider").focus()
    taken = []
    for press in presses:
        page.evaluate(
            f"""() => {{ {PAINTED}
              const before = {LAYER};
              window.benchStep = new Promise((done) => addEventListener('keydown', () => {{
                const from = performance.now();
                const look = async () => {{
                  if ({LAYER} === before) requestAnimationFrame(look);
                  else done(await painted() - from);
                }};
                look();
              }}, {{ once: true, capture: true }})); }}"""
        )
        page.keyboard.press(press)
        taken.append(page.evaluate("() => window.benchStep"))
    return timing(taken[2:])
