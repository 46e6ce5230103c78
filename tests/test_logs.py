"""What a server writes down while people use it: nothing of theirs."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from tests import serving
from tests.cases.write import CASES
from tests.session import answered, ask, session

NAMES = ("ann", "dora", "Secretname", "private-file.csv", "Witness", "confidential")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The app with a folder in which stories are saved."""
    folder = tmp_path_factory.mktemp("logs")
    port = serving.free_port()
    command = ["-m", "tests.loopback", "dashboard", "open", str(CASES / "small"), "--no-browser", "--port", str(port)]
    with serving.serving(
        [serving.sys.executable, *command, "--stories", str(folder / "stories")], port, folder / "log", 90
    ) as running:
        yield running


def fetched(server, path, method="GET", body=None, **headers):
    asked = urllib.request.Request(f"{server.url}{path}", data=body, method=method, headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as got:
            return got.status, got.headers, got.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, refused.read()


def session_id(said: list[ForwardMsg]) -> str:
    return next(one.new_session.initialize.session_id for one in said if one.WhichOneof("type") == "new_session")


def uploaded(server, session_of_page):
    """Brings a file as the page does: the token of the cookie goes along as a header."""
    _, headers, _ = fetched(server, "/_stcore/health")
    token = re.search(r"_streamlit_xsrf=([^;]+)", headers["Set-Cookie"])[1]
    body = (
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="private-file.csv"\r\n\r\n'
        b"who,what\r\nSecretname,confidential\r\n--x--\r\n"
    )
    return fetched(
        server,
        f"/_stcore/upload_file/{session_of_page}/1",
        "PUT",
        body,
        **{
            "Content-Type": "multipart/form-data; boundary=x",
            "X-Xsrftoken": token,
            "Cookie": f"_streamlit_xsrf={token}",
        },
    )[0]


def test_the_log_has_nothing_of_who_asked_nor_for_what(server):
    query = "?crew=ann&q=Secretname&crew=nobody&at=never"
    for path in ("/", "/stories/small.json", "/stories/small/events.csv", "/stories/small/picture.png", "/nowhere"):
        fetched(server, f"{path}{query}", **{"X-Forwarded-For": "203.0.113.9", "User-Agent": "Witness/1.0"})
    with session(server, **{"X-Forwarded-For": "203.0.113.9"}) as page:
        ask(page, query[1:])
        said = answered(page)
        assert uploaded(server, session_id(said)) == 204
        ask(page, "own=1&q=Secretname")
        answered(page)
        page.send(b"\xff\xff confidential")  # no message of Streamlit's: it closes and says so
        with suppress(ConnectionClosed):
            page.recv(timeout=20)
    with session(server) as page:
        page.send("confidential")  # text instead of bytes
        with suppress(ConnectionClosed):
            page.recv(timeout=20)
    log = server.log.read_text("utf-8", "replace").replace(f"Caseboard is at {server.url} ", "")
    assert [name for name in NAMES if re.search(rf"\b{re.escape(name)}\b", log)] == []
    assert re.findall(r"203\.0\.113\.9|127\.0\.0\.1|crew=|[?&]q=", log) == []


def test_a_viewer_who_floods_the_server_holds_up_nobody_else(server):
    """Everybody else is answered, and a session opened meanwhile comes to its end, before the flood is over."""
    with session(server) as flood, session(server) as viewer:
        for number in range(1_000):
            ask(flood, f"q={number}")
        ask(viewer, "crew=ann")
        assert answered(viewer, 30)
        assert fetched(server, "/healthz")[0] == 200
        assert json.loads(fetched(server, "/stories/small.json")[2])["id"] == "small"
