"""What a person finds on the board and does with it, by the names that assistive technology tells."""

import re
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Locator, Page, expect


class Seen(NamedTuple):
    """What two people who see the same thing would read to each other."""

    shown: str
    time: str
    event: str
    chosen: tuple[str, ...]


def slider(page: Page, name: str = "Time") -> Locator:
    return page.get_by_role("slider", name=name, exact=True)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def shown(page: Page) -> Locator:
    return page.get_by_role("status", name="Shown", exact=True)


def card(page: Page) -> Locator:
    return page.get_by_role("region", name="Event", exact=True)


def current(page: Page) -> Locator:
    """The item of the list that is marked as the current event."""
    return page.get_by_role("list", name="Events", exact=True).locator("[aria-current=true]")


def chip(page: Page, person: str) -> Locator:
    """The person in the crew filter; the count of their events follows the name."""
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(person)}\s+\d+$"))


def time_in_words(page: Page) -> str:
    return slider(page).get_attribute("aria-valuetext") or ""


def seen(page: Page) -> Seen:
    chosen = page.locator(".cb-chips [aria-pressed=true]").all_inner_texts()
    return Seen(
        shown(page).inner_text(),
        time_in_words(page),
        card(page).get_by_role("heading").inner_text(),
        tuple(re.sub(r"\s*\d+$", "", name).strip() for name in chosen),
    )


def drag_time(page: Page, start: float, end: float, moves: int = 24, release: bool = True) -> None:
    """Press on the timeline at `start` (0 to 1 of its width), move to `end`, and let go."""
    box = slider(page).bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * start, middle)
    page.mouse.down()
    for move in range(1, moves + 1):
        page.mouse.move(box["x"] + box["width"] * (start + (end - start) * move / moves), middle)
    if release:
        page.mouse.up()


def copied_link(page: Page) -> str:
    button(page, "Copy link").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    return page.evaluate("() => navigator.clipboard.readText()")


def painted(page: Page) -> None:
    """Wait until a frame asked for now is on the screen."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def printing(page: Page) -> Page:
    """The page as it looks on paper."""
    page.emulate_media(media="print")
    expect(page.locator(".cb-handout")).to_be_visible()
    return page


def saved_picture(page: Page) -> tuple[str, Image.Image]:
    """The name of what "Save picture" saves, and the picture."""
    with page.expect_download() as download:
        button(page, "Save picture").click()
    path = download.value.path()
    return download.value.suggested_filename, Image.open(path)
