import json
import re

import pytest

from dashboard import assets
from dashboard.language import spanish
from dashboard.retold import MARK
from dashboard.wording import said, words
from tests.serving import ROOT
from tests.test_language import spoken_in_python

MODULES = {path.name: path.read_text("utf-8") for path in sorted((ROOT / "dashboard" / "static").glob("*.js"))}
CALL = re.compile(r"(?<![\w.])(?:say|counted)\(")
MADE = re.compile(r"(?<![\w.])function counted\(|(?<![\w.])say\(english\)")


def each_call(text):
    """Where something is said, but for where saying itself is made."""
    return len(CALL.findall(text)) - len(MADE.findall(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("say('Copy link')", ["Copy link"]),
        ("say('panel::About')", ["panel::About"]),
        ("element('b', {}, say(\n  'It is {when}', { when: story.when[e] }))", ["It is {when}"]),
        ("counted(events.length, '{n} event|{n} events')", ["{n} event|{n} events"]),
        ("say(\"It's here\") + say('It\\'s “there”')", ["It's here", "It's “there”"]),
        ("node.say('no word of ours'), resay('nor this'), say(text), say(`or ${this}`)", []),
    ],
)
def test_what_a_module_says_is_found_in_it(text, found):
    assert list(said(text)) == found


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_says_is_a_literal_of_the_table(name):
    found = list(said(MODULES[name]))
    assert len(found) == each_call(MODULES[name])
    assert [text for text in found if text not in spanish()] == []


def test_the_browser_is_sent_what_it_says_and_no_more():
    sent = json.loads(assets.files()[assets.WORDS].body)
    assert sent == words(MODULES.values())
    assert sent["panel::About"] == spanish()["panel::About"]
    assert not [text for text in sent if text.startswith(MARK)]


def test_every_entry_of_the_table_is_said_somewhere():
    spoken = {text.value for _, text in spoken_in_python()} | {
        text for module in MODULES.values() for text in said(module)
    }
    assert [text for text in spanish() if text not in spoken and not text.startswith(MARK)] == []
