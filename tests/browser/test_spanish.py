"""The board in Spanish: nothing of the interface is left in English, and it fits where English does."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from dashboard.assets import BASE_MAP
from dashboard.language import spanish
from dashboard.publish import published
from dashboard.view import View
from dashboard.wording import words
from geo.story import find_story, read_story
from geo.wire import payload
from tests.browser.conftest import HOSTS, READY, SCREENS, Host
from tests.browser.viewer import button, chip, slider
from tests.test_wording import MODULES

pytestmark = pytest.mark.browser

STORY = payload(read_story(find_story("heat")))
GROUND = json.loads(BASE_MAP.read_bytes())
SAID = words(MODULES.values())
# The credits of a picture, which it breaks into lines wherever they are too long.
CREDITS = " ".join(
    [*STORY["credits"], SAID["Base map: schematic, from our own coordinates."], SAID["Made with Caseboard."]]
)
# Names of people and things that are the same everywhere.
NAMES = {"caseboard", "leaflet", "chrome", "edge", "firefox", "safari", "geojson", "csv", "kml", "html"}
CODES = r"\bD-?\d+(T[\d:]+)?\b|https?:\S+|file:\S+|\b\w+(\.\w+){2,}\b|\"[^\"]*\""
# What stands in the document, seen or not, and what is drawn on a canvas from now on; what is cut short is left out.
TEXTS = """() => {
  const SAID = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt', 'data-title'];
  const found = new Set(globalThis.drawn ?? []);
  for (const root of document.querySelectorAll('.cb-board, .cb-handout')) {
    for (const node of root.querySelectorAll('*')) {
      if (node.closest('.cb-map-name, textarea, style')) continue;
      for (const name of SAID) found.add(node.getAttribute(name) ?? '');
      for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) found.add(child.data);
    }
  }
  return [...found].map((text) => text.trim()).filter((text) => text && !text.endsWith('\u2026'));
}"""
DRAWING = """() => {
  const { fillText } = CanvasRenderingContext2D.prototype;
  globalThis.drawn = new Set();
  CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
    globalThis.drawn.add(text);
    return fillText.call(this, text, ...rest);
  };
}"""


def told(value: object, name: str = "") -> Iterator[str]:
    """Every text that is the story's own, not the library's words for times and for how sure something is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"when", "axis", "precision", "clock"}:
                yield from told(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner, name)
    elif isinstance(value, str) and not (name == "basis" and value in spanish()):
        yield value


def tokens(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.casefold())) - NAMES


OWN = re.compile(
    "|".join(
        rf"(?<!\w){re.escape(text)}(?!\w)"
        for text in sorted({*told(STORY), *told(GROUND)} - {""}, key=len, reverse=True)
    )
)
PLACES = re.compile(r"\{\w+\}|^.*::")
ENGLISH = {word for text in SAID for word in tokens(PLACES.sub(" ", text))}
ENGLISH -= {word for text in SAID.values() for word in tokens(PLACES.sub(" ", text))}


def left_in_english(page: Page) -> list[str]:
    """What is said on the board with a word that only the English side of the table has."""
    texts = [text for text in page.evaluate(TEXTS) if text not in CREDITS]
    assert len(texts) > 100
    return sorted({text for text in texts if in_english(text)})


def in_english(text: str) -> set[str]:
    return tokens(OWN.sub(" ", re.sub(CODES, " ", text))) & ENGLISH


def test_english_would_be_found():
    assert {"close", "speed", "without", "assumed"} <= ENGLISH
    assert in_english("Day 8, 11:30: Three doors into the bank")
    assert not in_english("Día 8, 11:30: Three doors into the bank")


def walk(page: Page, host: Host) -> Iterator[str]:
    """Goes through the board, and says where it is."""
    yield "a link with a part that means nothing"
    button(page, "Descartar").click()
    page.evaluate(DRAWING)
    chip(page, "Chris Shiherlis").click()
    button(page, "Evento siguiente").click()
    yield "one person, an event on"
    for mode in ("Ventana", "Momento"):
        page.get_by_role("radio", name=mode, exact=True).check(force=True)
        yield mode
    page.get_by_title("Ir a un momento").click()
    page.get_by_label("Ir a un momento").fill("mañana")
    button(page, "Ir").click()
    yield "a time that is none"
    page.keyboard.press("Escape")
    for name in ("Fijar el inicio del bucle", "Evento siguiente", "Fijar el final del bucle"):
        button(page, name).click()
    yield "a loop"
    button(page, "Reproducir").click()
    button(page, "Pausar").click()
    slider(page, "Tiempo").hover()
    yield "played, and a pointer on the timeline"
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Ayuda")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Buscar eventos").fill("zzz")
    yield "nothing found"
    button(page, "Limpiar").click()
    button(page, "Copiar enlace").click()
    expect(page.get_by_text("Enlace copiado")).to_be_visible()
    yield "a link copied"
    with page.expect_download():
        button(page, "Guardar imagen").click()
    yield "a picture saved"
    for panel, there in (("Paradero", ".cb-wh-row"), ("Líneas", ".cb-sl-event"), ("Encuentros", ".cb-me-table")):
        page.get_by_role("radio" if host.served else "button", name=panel, exact=True).click()
        page.locator(there).first.wait_for()
        yield panel
    page.emulate_media(media="print")
    page.locator(".cb-handout").wait_for(state="attached")
    yield "on paper"
    assert page.locator(".cb-handout").get_attribute("lang") == "es"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("host", HOSTS, indirect=True)
def test_nothing_on_the_board_is_in_english(open_board, host):
    page = open_board("?lang=es&crew=nobody&panel=whereabouts", settled=True)
    assert {where: found for where in walk(page, host) if (found := left_in_english(page))} == {}
    assert "lang=es" in page.url


@pytest.mark.parametrize("host", HOSTS, indirect=True)
def test_who_reads_spanish_gets_spanish_and_a_link_without_a_language(open_board):
    page = open_board("?event=e53&crew=neil", locale="es-ES")
    expect(button(page, "Copiar enlace")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator(READY).first).to_have_attribute("lang", "es")
    expect(slider(page, "Tiempo")).to_have_attribute("aria-valuetext", re.compile("^Día 8, 11:30"))
    button(page, "Evento siguiente").click()
    button(page, "Copiar enlace").click()
    assert "lang" not in page.evaluate("() => navigator.clipboard.readText()")


@pytest.mark.parametrize("host", HOSTS, indirect=True)
def test_a_link_in_english_is_english_for_who_reads_spanish(open_board):
    page = open_board("?lang=en&event=e53", locale="es-ES")
    expect(button(page, "Copy link")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    button(page, "Next event").click()
    expect(page).to_have_url(re.compile("lang=en"))


@pytest.mark.parametrize("host", ["file"], indirect=True)
def test_a_link_in_another_language_is_followed_in_a_file(open_board):
    page = open_board("?lang=es")
    expect(button(page, "Líneas")).to_be_visible()
    page.evaluate("() => { location.hash = 'lang=en&panel=storylines'; }")
    expect(button(page, "Storylines")).to_have_attribute("aria-pressed", "true")
    expect(button(page, "Copy link")).to_be_visible()


def test_a_file_saved_from_a_spanish_link_opens_in_spanish(tmp_path, new_context):
    path = tmp_path / "heat.html"
    path.write_text(published(read_story(find_story("heat")), view=View(lang="es", crew=("chris",))), encoding="utf-8")
    page = new_context(**SCREENS["desktop"], locale="en-US").new_page()
    page.goto(path.as_uri())
    page.locator(READY).wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    button(page, "Limpiar").click()
    expect(page).to_have_url(re.compile("#story=heat$"))
    page.goto(f"{path.as_uri()}#lang=en")
    expect(button(page, "Copy link")).to_be_visible()
    expect(chip(page, "Chris Shiherlis")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("host", HOSTS, indirect=True)
def test_longer_words_fit_a_phone(open_board):
    page = open_board("?lang=es&mode=window&panel=whereabouts", screen="phone", settled=True)
    wide = page.evaluate(
        """(parts) => [...document.querySelectorAll(parts)]
          .filter((node) => node.checkVisibility())
          .filter((node) => node.getBoundingClientRect().right > innerWidth || node.getBoundingClientRect().left < 0)
          .map((node) => node.outerHTML.slice(0, 120))""",
        ".cb-head *, .cb-tools *, .cb-tr-move, .cb-tr-readout, .cb-wh-top *, .cb-card *",
    )
    assert wide == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
