import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse

from dashboard import throttle
from dashboard.throttle import COSTLY, MESSAGES, MOST_LATE, OPENED, Buckets, Rate, Throttle, factor, whose
from tests.asgi import run


class Clock:
    """Time that passes only when it is told to."""

    now = 1_000.0

    def __call__(self):
        return self.now


def limited(app=None, **settings):
    clock = Clock()
    return Throttle(app or PlainTextResponse("hello"), clock=clock, **settings), clock


def ask(app, path, method="GET", client="192.0.2.1"):
    """Status and headers of an answer to a client."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "client": (client, 0), "headers": []}
    run(app(scope, None, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


# --- buckets ---


def test_a_bucket_gives_its_burst_at_once_and_then_one_after_another():
    buckets, rate = Buckets(), Rate(3, 2)
    assert [buckets.wait("a", rate, 0.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("a", rate, 0.5) == 0
    assert buckets.wait("a", rate, 0.5) == 0.5


def test_who_is_refused_loses_nothing_by_asking():
    buckets, rate = Buckets(), Rate(1, 1)
    assert buckets.wait("a", rate, 0.0) == 0
    assert [buckets.wait("a", rate, 0.5) for _ in range(3)] == [0.5] * 3
    assert buckets.wait("a", rate, 1.0) == 0


def test_one_client_does_not_empty_the_bucket_of_another():
    buckets, rate = Buckets(), Rate(1, 1)
    assert buckets.wait("a", rate, 0.0) == buckets.wait("b", rate, 0.0) == 0


@given(
    st.lists(st.floats(0, 3), min_size=1, max_size=60),
    st.builds(Rate, st.integers(1, 8).map(float), st.floats(0.1, 20)),
)
def test_no_more_is_ever_given_than_the_burst_and_the_rate(pauses, rate):
    buckets, now, given_away = Buckets(), 0.0, 0
    for pause in pauses:
        now += pause
        given_away += not buckets.wait("a", rate, now)
    assert given_away <= rate.burst + now * rate.a_second + 1e-3


@given(st.lists(st.integers(0, 50), max_size=200))
def test_no_more_clients_are_remembered_than_the_bound(clients):
    buckets = Buckets(most=7)
    for now, one in enumerate(clients):
        buckets.wait(one, Rate(1, 0.001), float(now))
        assert len(buckets) <= 7


def test_time_that_goes_backwards_gives_nothing_away():
    buckets, rate = Buckets(), Rate(1, 1)
    assert buckets.wait("a", rate, 10.0) == 0
    assert buckets.wait("a", rate, 5.0) == 1


# --- who ---


def test_an_ipv6_home_is_one_client():
    assert whose({"client": ("2001:db8:1:2::5", 0)}) == whose({"client": ("2001:db8:1:2:9::7", 0)})
    assert whose({"client": ("2001:db8:1:2::5", 0)}) != whose({"client": ("2001:db8:1:3::5", 0)})
    assert whose({"client": ("192.0.2.1", 0)}) == "192.0.2.1"
    assert whose({"client": None}) == whose({}) == ""


@pytest.mark.parametrize(("text", "number"), [("", 1), ("0", 0), ("2.5", 2.5)])
def test_a_host_says_how_much_more_is_allowed(text, number):
    assert factor(text) == number


@pytest.mark.parametrize("text", ["many", "-1", "nan", "inf", "1e99"])
def test_a_factor_that_is_none_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="CASEBOARD_RATE is"):
        factor(text)


# --- requests ---

COSTLY_REQUESTS = [
    ("GET", "/stories/heat/events.geojson", "reads"),
    ("HEAD", "/stories/heat/events.csv", "reads"),
    ("GET", "/stories/heat/picture.png", "pictures"),
    ("PUT", "/_stcore/upload_file/session/file", "uploads"),
]


@pytest.mark.parametrize(("method", "path", "name"), COSTLY_REQUESTS)
def test_who_asks_too_often_for_what_is_costly_is_told_when_to_come_back(method, path, name):
    app, clock = limited()
    burst, a_second = COSTLY[name].rate
    answers = [ask(app, path, method)[0] for _ in range(int(burst))]
    assert answers == [200] * int(burst)
    status, headers = ask(app, path, method)
    assert (status, headers["retry-after"], headers["cache-control"]) == (429, str(-int(-1 // a_second)), "no-store")
    assert ask(app, path, method, client="192.0.2.2")[0] == 200
    clock.now += 1 / a_second
    assert ask(app, path, method)[0] == 200


def test_the_page_its_files_and_the_data_of_the_board_have_no_bucket():
    app, _ = limited()
    for path in ("/", "/stories/heat.json", "/assets/0/board.js", "/static/js/index.js", "/healthz"):
        assert {ask(app, path)[0] for _ in range(200)} == {200}


def test_a_prefix_changes_nothing():
    app, _ = limited(prefix="/sub")
    assert {ask(app, "/sub/stories/a/picture.png")[0] for _ in range(100)} == {200, 429}


def test_a_factor_allows_more_and_none_allows_everything():
    twice, _ = limited(factor=2)
    free, _ = limited(factor=0)
    burst = int(COSTLY["reads"].rate.burst)
    assert [ask(twice, "/stories/a/events.csv")[0] for _ in range(2 * burst + 1)] == [*[200] * 2 * burst, 429]
    assert {ask(free, "/stories/a/events.csv")[0] for _ in range(4 * burst)} == {200}


# --- connections ---


def talk(app, messages, client="192.0.2.1"):
    """What is sent to a client that says all this at once and then goes."""
    sent = []
    waiting = [{"type": "websocket.receive", "bytes": bytes([n % 256])} for n in range(messages)]
    waiting.append({"type": "websocket.disconnect", "code": 1001})

    async def receive():
        return waiting.pop(0)

    async def send(message):
        sent.append(message)

    run(app({"type": "websocket", "path": "/_stcore/stream", "client": (client, 0), "headers": []}, receive, send))
    return sent


@pytest.fixture
def waits(monkeypatch):
    """Seconds that messages had to wait; the clock of the test goes on by them, and nobody sleeps."""
    waited = []

    async def slept(seconds):
        waited.append(seconds)
        waits.clock.now += seconds

    def waits():
        return waited

    monkeypatch.setattr(throttle.asyncio, "sleep", slept)
    return waits


async def echo(scope, receive, send):
    """Sends back all it hears."""
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "bytes": message["bytes"]})
    await send({"type": "ended", "code": message["code"]})


def heard(sent):
    return sum(message["type"] == "websocket.send" for message in sent)


def test_what_a_viewer_says_passes_at_once(waits):
    app, waits.clock = limited(echo)
    assert heard(talk(app, int(MESSAGES.burst))) == MESSAGES.burst
    assert waits() == []


def test_who_says_more_waits_and_nothing_is_lost(waits):
    app, waits.clock = limited(echo)
    sent = talk(app, 100)
    assert [message["bytes"][0] for message in sent if message["type"] == "websocket.send"] == list(range(100))
    assert sum(waits()) == pytest.approx((100 - MESSAGES.burst) / MESSAGES.a_second)
    assert sent[-1] == {"type": "ended", "code": 1001}


def test_who_goes_on_all_the_same_is_cut_off(waits):
    app, waits.clock = limited(echo)
    sent = talk(app, 2_000)
    assert heard(sent) == MESSAGES.burst + MOST_LATE
    # The app hears that the connection is over, and what it says then goes nowhere.
    assert sent[-1] == {"type": "websocket.close", "code": 1008, "reason": "too many messages"}


def test_many_connections_of_one_client_share_a_bucket(monkeypatch, waits):
    monkeypatch.setattr(throttle, "ALL_MESSAGES", Rate(100, 10))
    app, waits.clock = limited(echo)
    for _ in range(2):
        talk(app, 50)
    assert waits() == []
    talk(app, 10)
    assert sum(waits()) == pytest.approx(1)
    waits().clear()
    talk(app, 10, client="192.0.2.2")
    assert waits() == []


def test_connections_of_one_client_have_a_rate():
    app, clock = limited(echo)
    refused = [{"type": "websocket.close", "code": 1013}]
    answers = [talk(app, 0) for _ in range(int(OPENED.burst) + 1)]
    assert [answer == refused for answer in answers] == [*[False] * int(OPENED.burst), True]
    clock.now += 1
    assert talk(app, 0) != refused


@pytest.mark.parametrize(("bound", "others"), [("MOST_OPEN", False), ("MOST_OPEN_IN_ALL", True)])
def test_connections_that_are_open_have_a_bound_and_make_room_when_they_end(monkeypatch, bound, others):
    monkeypatch.setattr(throttle, bound, 2)
    sent = []

    async def check():
        app, _ = limited(echo)
        ends = [asyncio.Event() for _ in range(4)]

        async def opened(end, client):
            async def receive():
                await end.wait()
                return {"type": "websocket.disconnect", "code": 1000}

            async def send(message):
                sent.append(message["type"])

            scope = {"type": "websocket", "path": "/", "client": (client, 0), "headers": []}
            await app(scope, receive, send)

        tasks = [asyncio.create_task(opened(end, f"192.0.2.{n if others else 1}")) for n, end in enumerate(ends[:3])]
        await tasks[2]
        assert sent == ["websocket.accept", "websocket.accept", "websocket.close"]
        ends[0].set()
        await tasks[0]
        tasks.append(asyncio.create_task(opened(ends[3], "192.0.2.1")))
        ends[1].set()
        ends[3].set()
        await asyncio.gather(*tasks)
        assert sent.count("websocket.accept") == 3
        assert not app._open

    run(check())


def test_a_connection_that_fails_makes_room_too():
    async def broken(scope, receive, send):
        raise ConnectionError

    app, _ = limited(broken)
    with pytest.raises(ConnectionError):
        talk(app, 0)
    assert not app._open
