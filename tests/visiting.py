"""A visit to the page without a browser: what a board does after its first picture is done for it."""

from urllib.parse import urlencode

from streamlit.testing.v1 import AppTest


def drawn(test: AppTest) -> AppTest:
    """The board reports the address it was opened with, and the panel under it comes."""
    boards = [found.key for found in test.get("bidi_component") if found.key and found.key.startswith("board ")]
    if boards:
        test.session_state[boards[0]] = {"view": "?" + urlencode(dict(test.query_params), doseq=True)}
        test.run()
    return test
