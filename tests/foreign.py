"""What of a page drawn without a browser is not in its language."""

import re

from streamlit.testing.v1 import AppTest

from dashboard.language import spanish

TEXTS = ("label", "value", "help", "placeholder", "body")
PLACE = re.compile(r"\{[a-z_]+\}")
LONG = 12  # letters of a text that is looked for inside others


def shown(test: AppTest) -> list[str]:
    """Every text a page shows: of its elements, the choices they offer, and the headers and words of its tables."""
    said: list[str] = []
    for element in test.main:
        offered = [text for text in getattr(element, "options", ()) if isinstance(text, str)]
        names = [name for name in TEXTS if name != "value" or not offered]  # what is chosen of them is no text
        said += [*offered, *(text for name in names if isinstance(text := getattr(element, name, None), str))]
        proto = getattr(element, "proto", None)
        said += [
            text for name in ("label", "help", "placeholder") if isinstance(text := getattr(proto, name, None), str)
        ]
    for table in test.dataframe:
        said += [str(column) for column in table.value.columns]
        said += [cell for column in table.value for cell in table.value[column] if isinstance(cell, str)]
    return said


def english(said: list[str]) -> set[tuple[str, str]]:
    """The texts that hold an English text of the table, each with that text; short ones count as a whole."""
    found = set()
    for key, words in spanish().items():
        for text in key.split("::")[-1].split("|"):
            own = PLACE.sub("", text)
            if text in words.split("|") or not re.search("[a-z]{3}", own):
                continue
            if sum(map(str.isalpha, own)) >= LONG and " " in own.strip():
                shape = re.compile(".{0,80}".join(re.escape(part) for part in PLACE.split(text)))
                found |= {(one, text) for one in said if shape.search(one)}
            elif own == text and text[:1].isupper():
                found |= {(one, text) for one in said if one == text}
    return found
