import ast
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language import TABLE, chosen, counted, figures, language, say, spanish, speaking
from tests.serving import ROOT

SPOKEN = re.compile(r"\{([a-z_]+)\}")


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("es", "en", "es"),
        ("en", "es", "en"),
        ("", "es-MX,es;q=0.9,en;q=0.8", "es"),
        ("", "fr-CH, es;q=0.5, *;q=0.1", "es"),
        ("", "en;q=0.2, ES-419 ; q=0.7", "es"),
        ("", "es;q=0", "en"),
        ("", "de", "en"),
        ("", "", "en"),
        ("fr", "es", "es"),
    ],
)
def test_the_link_says_the_language_else_the_browser_else_it_is_english(asked, accepted, language):
    assert chosen(asked, accepted) == language


@given(st.text(), st.text())
def test_whatever_is_asked_for_there_is_a_language(asked, accepted):
    assert chosen(asked, accepted) in {"en", "es"}


def test_a_language_is_spoken_inside_only():
    with speaking("es"):
        assert language() == "es"
    assert language() == "en"


def test_what_a_part_says_is_not_looked_into():
    assert say("Left out of this link: {names}.", names="{n} {names}") == "Left out of this link: {n} {names}."


def test_one_and_many_have_their_own_words_and_english_has_no_context():
    assert counted(1, "{n} event|{n} events") == "1 event"
    assert counted(1234, "{n} event|{n} events") == "1,234 events"
    assert say("list::None") == "None"


@pytest.mark.parametrize(
    ("number", "decimals", "english", "written"),
    [
        (1234, 0, "1,234", "1234"),
        (12345, 0, "12,345", "12.345"),
        (-1234567.891, 2, "-1,234,567.89", "-1.234.567,89"),
        (0.25, 1, "0.2", "0,2"),
        (9999.96, 1, "10,000.0", "10.000,0"),
    ],
)
def test_a_number_is_written_as_the_language_writes_it(number, decimals, english, written):
    assert figures(number, decimals) == english
    with speaking("es"):
        assert figures(number, decimals) == written


def test_the_table_is_sorted_and_both_sides_have_the_same_places():
    table = json.loads(TABLE.read_text("utf-8"))
    assert list(table) == sorted(table)
    for english, words in table.items():
        assert set(SPOKEN.findall(english)) == set(SPOKEN.findall(words)), english
        assert english.count("|") == words.count("|"), english


def spoken_in_python():
    """Every literal that is said, by module."""
    for path in sorted(ROOT.glob("dashboard/**/*.py")):
        text = path.read_text("utf-8")
        if "from dashboard.language import" not in text:
            continue  # other words of that name
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"say", "counted"}:
                yield path.name, node.args[node.func.id == "counted"]


def test_what_is_said_is_a_literal_of_the_table():
    said = list(spoken_in_python())
    assert said
    assert not [(module, ast.unparse(text)) for module, text in said if not isinstance(text, ast.Constant)]
    assert not [(module, text.value) for module, text in said if text.value not in spanish()]
