import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language import spanish, speaking
from dashboard.retold import LISTS, MARK, NUMBERS, PHRASES, TIMES, parts, retold, retold_fault, templates
from geo.doctor import examined
from geo.doubts import doubts
from geo.errors import Fault
from geo.story import find_story, read_story
from tests.cases.write import CASES
from tests.hostile import ALL, FEATURES
from tests.serving import ROOT

PLACE = re.compile(r"\{[a-z_]*\}")
SPECIAL = PHRASES | LISTS | NUMBERS | TIMES
WRITERS = [
    *ROOT.glob("geo/*.py"),
    ROOT / "dashboard/keeping.py",
    ROOT / "dashboard/shelf.py",
    ROOT / "dashboard/workshop/arrival.py",
]


def in_spanish(sentence):
    with speaking("es"):
        return retold(sentence)


def written_by_the_library():
    """Every text and template in the code, places empty."""
    texts = set()
    for path in WRITERS:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                texts.add("".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(PLACE.sub("{}", node.value))
    return texts


def pattern(text):
    return re.compile(".*".join(re.escape(piece) for piece in PLACE.split(text)), re.DOTALL)


def test_every_template_is_still_a_sentence_of_the_library():
    texts = written_by_the_library()
    whole = "\n".join(sorted(texts))
    open_ends = [pattern(text) for text in texts if "{}" in text and len(text) > 12]
    gone = []
    for key in (key.removeprefix(MARK) for key in spanish() if key.startswith(MARK)):
        said = PLACE.sub("{}", key)
        if said not in whole and not any(one.fullmatch(key) for one in open_ends):
            pieces = [piece for piece in PLACE.split(key) if len(piece.strip(" .,;:'()")) > 3 or not PLACE.search(key)]
            if not all(piece.strip() in whole for piece in pieces):
                gone.append(key)
    assert not gone


@given(st.sampled_from(templates()), st.data())
def test_what_a_story_or_a_file_wrote_stays_as_it_is(template, data):
    texts = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=9).map(lambda text: f"«{text}»")
    told = [data.draw(texts) for _ in template.places]
    sentence = "".join(a + b for a, b in zip(template.pieces, [*told, ""], strict=True))
    assert tuple(told) in parts(template, sentence)
    own = [text for name, text in zip(template.places, told, strict=True) if name not in SPECIAL]
    if len(own) == len(told):
        assert all(text in in_spanish(sentence) for text in own)


@given(st.text(max_size=80))
def test_a_sentence_that_nobody_knows_stays_english(text):
    assert in_spanish(f"Nobody knows #{text}#") == f"Nobody knows #{text}#"


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("is not in places.csv", "no está en places.csv"),
        ("did you mean 'kates_deli'?", "¿se quiso decir «kates_deli»?"),
        (
            "Ann goes from Pier 9, east to Quay 2, 1,234.5 km at least, in no time at all (since row 4, 'b3')",
            "Ann va de Pier 9, east a Quay 2, al menos 1234,5 km, sin tiempo alguno (desde la fila 4, «b3»)",
        ),
        (
            "is 3 April 2021 with the day first, and 4 March 2021 with the month first",
            "es el 3 de abril de 2021 con el día primero, y el 4 de marzo de 2021 con el mes primero",
        ),
        (
            "A comma in 'Who' was read as part of one name, as in 'Smith, John'. 'Ann or Bo' and 2 more was kept as "
            "one name.",
            "La coma en «Who» se ha leído como parte de un nombre, como en «Smith, John». «Ann or Bo» y 2 más se ha "
            "conservado como un solo nombre.",
        ),
    ],
)
def test_a_sentence_of_the_library_is_told_in_spanish(english, told):
    assert retold(english) == english
    assert in_spanish(english) == told


def test_a_fault_is_one_sentence_in_either_language():
    fault = Fault("events.csv", 14, "place", "kates-deli", "is not in places.csv", "did you mean 'kates_deli'?")
    assert retold_fault(fault) == str(fault)
    with speaking("es"):
        assert retold_fault(fault) == (
            "events.csv, fila 14: place «kates-deli» no está en places.csv; ¿se quiso decir «kates_deli»?"
        )


@pytest.mark.parametrize("story", [find_story("heat"), CASES / "small", CASES / "lives"], ids=lambda path: path.name)
def test_every_doubt_is_told_in_spanish(story):
    for doubt in doubts(read_story(story), speed_kmh=1.0):
        assert in_spanish(doubt.what) != doubt.what
        assert in_spanish(doubt.remedy) != doubt.remedy


def test_nine_in_ten_sentences_about_hostile_files_are_told_in_spanish():
    said = []
    for file in [*ALL, *FEATURES]:
        report = examined(file.content, file.name)
        said += [*report.notices, *(text for fault in report.faults for text in (fault.what, fault.remedy) if text)]
    assert sum(in_spanish(sentence) == sentence for sentence in said) < len(said) / 10
