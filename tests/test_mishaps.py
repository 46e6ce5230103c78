import io
import logging

import pytest

from dashboard.mishaps import SAID, Mishaps, discreet, place
from tests.asgi import get, run

TYPED = "crew=vincent"


async def broken(scope, receive, send):
    raise LookupError(TYPED)


@pytest.fixture
def log():
    """What is written down while the test runs."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    before = logging.getLogRecordFactory()
    logging.getLogger().addHandler(handler)
    discreet()
    yield written
    logging.getLogger().removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_a_viewer_is_told_one_sentence_and_no_traceback(log):
    got = get(Mishaps(broken), f"/?{TYPED}")
    assert (got.status, got.body.decode(), got.headers["cache-control"]) == (500, SAID, "no-store")


def test_the_log_says_where_and_what_kind_and_no_word_of_the_viewer(log):
    get(Mishaps(broken), f"/?{TYPED}")
    said = log.getvalue()
    assert "in broken" in said
    assert "LookupError" in said
    assert "vincent" not in said


def test_the_words_are_there_where_a_host_asks_for_them(log):
    logger = logging.getLogger("caseboard")
    logger.setLevel(logging.DEBUG)
    try:
        get(Mishaps(broken), "/")
    finally:
        logger.setLevel(logging.NOTSET)
    assert "LookupError: crew=vincent" in log.getvalue()


def test_the_causes_of_an_error_are_told_too():
    def failed():
        try:
            raise KeyError(TYPED)
        except KeyError as cause:
            raise ValueError(TYPED) from cause

    with pytest.raises(ValueError, match=TYPED) as raised:
        failed()
    said = place(raised.value)
    assert "KeyError" in said
    assert "ValueError" in said
    assert "vincent" not in said


def test_errors_that_name_each_other_as_cause_are_told_once():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert place(one).count("ValueError") == 1


def test_half_an_answer_is_cut_off():
    async def half(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise LookupError

    with pytest.raises(LookupError):
        get(Mishaps(half), "/")


def test_a_websocket_passes():
    async def app(scope, receive, send):
        raise LookupError

    with pytest.raises(LookupError):
        run(Mishaps(app)({"type": "websocket"}, None, None))
