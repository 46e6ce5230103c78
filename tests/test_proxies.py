import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.proxies import NEAR, Proxies, client, networks
from tests.asgi import run

NGINX = networks("127.0.0.1, ::1 10.0.0.0/8")


def who(peer, *forwarded, trusted=NGINX):
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return client({"client": (peer, 4711) if peer else None, "headers": headers}, trusted)


def test_who_comes_straight_is_believed_in_nothing_else():
    assert who("192.0.2.7", "203.0.113.9") == "192.0.2.7"
    assert who("192.0.2.7", trusted=()) == "192.0.2.7"


def test_behind_a_trusted_proxy_it_is_whom_the_proxy_names():
    assert who("127.0.0.1", "203.0.113.9") == "203.0.113.9"
    assert who("10.1.2.3", "203.0.113.9, 10.9.9.9") == "203.0.113.9"


def test_what_a_client_has_written_before_the_proxy_means_nothing():
    assert who("127.0.0.1", "8.8.8.8, 203.0.113.9") == "203.0.113.9"
    assert who("127.0.0.1", "8.8.8.8", "203.0.113.9") == "203.0.113.9"


def test_where_no_proxy_is_trusted_the_header_changes_nothing_even_if_uvicorn_has_read_it():
    assert who("127.0.0.1", "203.0.113.9", trusted=()) == NEAR
    assert who("203.0.113.9", "203.0.113.9", trusted=()) == NEAR  # uvicorn put it in the place of 127.0.0.1


def test_where_uvicorn_has_read_the_header_the_trusted_proxy_is_still_believed():
    assert who("203.0.113.9", "8.8.8.8, 203.0.113.9") == "203.0.113.9"


def test_addresses_are_one_whatever_their_spelling():
    assert who("::ffff:192.0.2.7", trusted=()) == "192.0.2.7"
    assert who("::ffff:127.0.0.1", "[2001:DB8::0:1]:443") == "2001:db8::1"
    assert who("127.0.0.1", "203.0.113.9:1234") == "203.0.113.9"


def test_a_request_of_proxies_alone_is_that_of_the_farthest():
    assert who("127.0.0.1", "10.0.0.1, 10.0.0.2") == "10.0.0.1"


@pytest.mark.parametrize("text", ["nginx", "10.0.0.0/99", "*", "1.2.3"])
def test_what_is_no_network_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="CASEBOARD_PROXIES names"):
        networks(text)


@given(st.text(max_size=300).map(lambda text: text.encode("latin-1", "replace").decode("latin-1")))
def test_any_header_names_somebody_in_few_characters(text):
    found = client({"client": ("127.0.0.1", 1), "headers": [(b"x-forwarded-for", text.encode("latin-1"))]}, NGINX)
    assert len(found) <= 60


def test_the_scope_behind_it_says_who_asks():
    seen = []

    async def app(scope, receive, send):
        seen.append(scope.get("client"))

    headers = [(b"x-forwarded-for", b"203.0.113.9")]
    for scope in ({"type": "http", "client": ("127.0.0.1", 5), "headers": headers}, {"type": "lifespan"}):
        run(Proxies(app, NGINX)(scope, None, None))
    assert seen == [("203.0.113.9", 0), None]
