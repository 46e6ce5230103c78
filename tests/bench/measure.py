"""How a figure is taken: a step from input to painted frame, frames in motion, first paint, bytes, server time."""

import os
import statistics
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page

FRAME = 1000 / 60  # milliseconds

# `painted()` answers when the main thread has finished the frame that a requestAnimationFrame asked for now belongs to.
PAINTED = """
const painted = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(performance.now()); };
  port2.postMessage(0);
}));
"""

# Lets timers of the page run out and what they start settle; answers three quiet tenths of a second later.
SETTLE = "() => new Promise((done) => setTimeout(done, 300))"
# Counts messages of the page's websockets, so that a rerun can be told to be over: nothing comes any more.
COUNT_MESSAGES = """(() => {
  window.benchMessages = 0;
  window.benchQuestions = 0;
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', () => { window.benchMessages += 1; });
    }
    send(...given) {
      window.benchQuestions += 1;
      super.send(...given);
    }
  };
})()"""
# Clicks the buttons in turn, waiting until no answer has come for 200 ms; answers how many reruns it asked for.
CLICK_AND_WAIT = """async ([selector, count]) => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const before = window.benchQuestions;
  for (let turn = 0; turn < count; turn++) {
    const buttons = document.querySelectorAll(selector);
    let seen = window.benchMessages;
    buttons[turn % Math.min(3, buttons.length)].click();
    for (let wait = 0; window.benchMessages === seen; wait++) {
      if (wait > 100) throw new Error(`no rerun after a click on ${selector}`);
      await pause(50);
    }
    while (window.benchMessages !== seen) {
      seen = window.benchMessages;
      await pause(200);
    }
  }
  return window.benchQuestions - before;
}"""


class Timing(NamedTuple):
    """Milliseconds."""

    median: float
    p95: float
    longest: float

    def __str__(self) -> str:
        return f"{self.median:.1f} / {self.p95:.1f}"


class Motion(NamedTuple):
    """Frames while something moves: how many a second, and the time from one to the next."""

    fps: float
    gap: Timing

    def __str__(self) -> str:
        return f"{self.fps:.1f} fps, {self.gap.median:.1f} / {self.gap.p95:.1f} / {self.gap.longest:.1f}"


class Load(NamedTuple):
    """One cold visit: milliseconds from navigation to painted, and compressed bytes by who serves them."""

    painted: float
    total: int
    ours: int


def timing(values: Sequence[float]) -> Timing:
    ordered = sorted(values)
    return Timing(statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], ordered[-1])


def motion(stamps: Sequence[float]) -> Motion:
    """From the start times of consecutive frames."""
    gaps = [after - before for before, after in pairwise(stamps)]
    return Motion(1000 * len(gaps) / (stamps[-1] - stamps[0]), timing(gaps))


def steps(page: Page, apply: str, values: Sequence[float]) -> Timing:
    """Every value through `apply`, JavaScript: from the call, made just after a frame, to the painted frame."""
    script = f"""async (values) => {{ {PAINTED}
      const apply = {apply};
      const taken = [];
      for (const value of values) {{
        await painted();
        const from = performance.now();
        apply(value);
        taken.push(await painted() - from);
      }}
      return taken; }}"""
    page.evaluate(script, list(values[:5]))
    return timing(page.evaluate(script, list(values)))


def play(page: Page, apply: str, values: Sequence[float], every: float = 50) -> Motion:
    """The frames while `apply` gets one value each `every` milliseconds."""
    stamps = page.evaluate(
        f"""([values, every]) => new Promise((done) => {{
          const apply = {apply};
          const stamps = [];
          let next = 0;
          const timer = setInterval(() => {{ if (next < values.length) apply(values[next++]); }}, every);
          const frame = (now) => {{
            stamps.push(now);
            if (next < values.length) requestAnimationFrame(frame);
            else {{ clearInterval(timer); done(stamps); }}
          }};
          requestAnimationFrame(frame); }})""",
        [list(values), every],
    )
    return motion(stamps)


def record(page: Page) -> None:
    """Start noting when frames begin; `recorded` ends it."""
    page.evaluate(
        """() => {
          const stamps = [];
          let going = true;
          const frame = (now) => { stamps.push(now); if (going) requestAnimationFrame(frame); };
          requestAnimationFrame(frame);
          window.benchStop = () => { going = false; return stamps; }; }"""
    )


def recorded(page: Page) -> Motion:
    return motion(page.evaluate("() => window.benchStop()"))


def idle(page: Page, seconds: float = 2) -> Motion:
    """Empty animation frames: the baseline of everything that moves."""
    return play(page, "() => {}", [0] * int(seconds * 20))


def load(browser: Browser, url: str, selector: str, **context_options: object) -> Load:
    """A visit with an empty cache, to the first frame that has `selector` in it. Bytes as they crossed the wire."""
    context = browser.new_context(**context_options)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        urls: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on("Network.requestWillBeSent", lambda e: urls.update({e["requestId"]: e["request"]["url"]}))
        session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
        page.add_init_script(
            f"""(() => {{ {PAINTED}
              const look = () => {{
                if (document.querySelector({selector!r})) painted().then((now) => {{ window.benchPainted = now; }});
                else requestAnimationFrame(look);
              }};
              requestAnimationFrame(look); }})()"""
        )
        page.goto(url)
        page.wait_for_function("() => window.benchPainted > 0", timeout=60_000)
        at = page.evaluate("() => window.benchPainted")
        with suppress(Exception):  # late favicons and fonts; a board that keeps a connection open is no fault here
            page.wait_for_load_state("networkidle", timeout=5_000)
        ours = sum(size for key, size in sizes.items() if not _streamlits(urls.get(key, "")))
        return Load(at, sum(sizes.values()), ours)
    finally:
        context.close()


def cpu_seconds(leader: int) -> float:
    """Processor time so far of every process in the group that `leader` leads (Linux)."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rsplit(")", 1)[1].split()
            if int(fields[2]) == leader:
                total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def memory_mb(leader: int) -> float:
    """Memory of its own that the group of `leader` has: heap and stacks, without files that it maps (Linux)."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rsplit(")", 1)[1].split()[2]) == leader:
                rollup = (stat.parent / "smaps_rollup").read_text()
                total += int(rollup.partition("Pss_Anon:")[2].split()[0])
    return total / 1024


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table, aligned so that it also reads as plain text."""
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in cells
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _streamlits(url: str) -> bool:
    path = url.split("://", 1)[-1].partition("/")[2]
    return path.startswith(("static/", "_stcore/", "favicon", "?")) or path == ""
