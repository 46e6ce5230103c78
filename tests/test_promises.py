"""What `.github/SECURITY.md` promises of a server as it comes, held against one that runs."""

import os
import re
import signal
import socket
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.app import BROWSER
from dashboard.security import FIXED
from tests import loopback, serving
from tests.cases.write import CASES
from tests.hosting.running import clean, healthy, running
from tests.hosting.writing import WROTE, written
from tests.session import answered, ask, session

MEGABYTE = 1024 * 1024
UPGRADE = "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{more}\r\n"
KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"


@pytest.fixture(scope="module")
def rooms(tmp_path_factory):
    """A home, a folder to start from and one for what is passing, all empty."""
    return {name: tmp_path_factory.mktemp(name) for name in ("home", "here", "passing")}


@pytest.fixture(scope="module")
def process(rooms, tmp_path_factory):
    """The app as anybody starts it, with one limit of a host's own: the server, and its process."""
    log, port = tmp_path_factory.mktemp("promises") / "log", serving.free_port()
    env = clean(PYTHONPATH=str(serving.ROOT), HOME=str(rooms["home"]), TMPDIR=str(rooms["passing"]))
    env["CASEBOARD_MOST_UPLOAD_MB"] = "25"
    command = ["-m", "tests.hosting.writing", "dashboard", "open", CASES / "small", "--no-browser", "--port", str(port)]
    url = f"http://127.0.0.1:{port}"
    with running([sys.executable, *command], healthy(f"{url}/readyz"), log, cwd=rooms["here"], env=env) as started:
        yield serving.Server(url, started.pid, log), started


@pytest.fixture(scope="module")
def server(process):
    return process[0]


def said(server, raw):
    """What comes back for these bytes: the first line, the headers by their names in lower case, the body."""
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.sendall(raw)
        answer = b""
        while b"\r\n\r\n" not in answer and (more := connection.recv(65_536)):
            answer += more
        head, _, body = answer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        while len(body) < int(headers.get("content-length", 0)) and (more := connection.recv(65_536)):
            body += more
    return first.split(" ", 1)[1], headers, body.decode("utf-8", "replace")


def asked(server, path="/", method="GET", body=None, **headers):
    connection = HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        got = connection.getresponse()
        return got.status, got.headers, got.read()
    finally:
        connection.close()


def handshake(server, path="/_stcore/stream", more=KEY):
    return said(server, UPGRADE.format(path=path, host=urlsplit(server.url).netloc, more=more).encode())


def are_safe(headers):
    kept = {name.lower(): value for name, value in headers.items()}
    return all(kept.get(name.lower()) == value for name, value in FIXED.items()) and (
        kept["content-security-policy"].startswith("default-src 'none'") and "server" not in kept
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",  # as TLS begins
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: \x00\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET /" + b"a" * 400_000,
    ],
    ids=["nonsense", "tls", "two hosts", "nul", "length", "endless"],
)
def test_what_is_no_http_is_refused_in_a_sentence_with_all_headers(server, raw):
    status, headers, body = said(server, raw)
    assert (status, body) == ("400 Bad Request", "This could not be read as HTTP.")
    assert are_safe(headers)


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/_stcore/stream", "", "400 Bad Request"),
        ("/_stcore/stream", KEY.replace("13", "12"), "400 Bad Request"),
        ("/_stcore/stream", f"{KEY}Origin: http://evil.example\r\n", "403 Forbidden"),
        ("/nowhere", KEY, "403 Forbidden"),
        ("/stories/small.json", KEY, "403 Forbidden"),
    ],
)
def test_a_websocket_is_refused_in_a_sentence_with_all_headers(server, path, more, status):
    got, headers, body = handshake(server, path, more)
    assert got == status
    assert are_safe(headers)
    assert re.match(r"[A-Z].*\.$", body.strip().splitlines()[0])


def test_a_websocket_that_opens_has_the_headers_too(server):
    status, headers, _ = handshake(server)
    assert status == "101 Switching Protocols"
    assert are_safe(headers)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/static/nothing.js", "GET", 200),
        ("/favicon.png", "GET", 200),
        ("/stories/small.json", "GET", 200),
        ("/_stcore/health", "GET", 200),
        ("/_stcore/host-config", "GET", 200),
        ("/static/", "GET", 301),
        ("/stories/small/events.csv?x=1", "GET", 400),
        ("/_stcore/upload_file/a/b", "PUT", 403),
        ("/media/0123.csv", "GET", 404),
        ("/stories/nobody.json", "GET", 404),
        ("/", "POST", 405),
        ("/stories/small.json", "DELETE", 405),
        ("/stories/small.json?x=" + "a" * 20_000, "GET", 414),
    ],
)
def test_an_answer_of_any_status_has_all_headers(server, path, method, status):
    got, headers, _ = asked(server, path, method)
    assert got == status
    assert are_safe(headers)


def test_a_long_link_is_answered_however_many_pieces_it_comes_in(server):
    parts = urlsplit(server.url)
    head = f"GET /?q={'x' * 100_000} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode()
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(head), 4096):
            connection.sendall(head[start : start + 4096])
        assert connection.recv(64).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "path", ["/nowhere", "/index.html", "/.env", "/admin/", "//evil.example", "/robots.txt", "/a/_stcore/health"]
)
def test_an_address_that_is_none_of_ours_is_missed_and_not_answered_with_the_page(server, path):
    status, headers, body = asked(server, path)
    assert (status, headers.get_content_type(), body) == (404, "text/plain", b"There is nothing here.")
    assert are_safe(headers)


def test_a_server_on_this_machine_alone_answers_to_no_other_name(server):
    assert asked(server, Host="evil.example")[0] == 400
    assert asked(server, Host="localhost:8501")[0] == 200


@pytest.mark.parametrize("path", ["/_stcore/health", "/stories/small.json", "/_stcore/host-config", "/"])
def test_no_service_of_the_network_is_asked_for_the_address_of_this_machine(server, path):
    """Streamlit would, for every request from a page of another site, and keep everybody waiting meanwhile."""
    status, headers, _ = asked(server, path, Origin="http://evil.example")
    assert status == 200
    assert headers["Access-Control-Allow-Origin"] in {None, "*"}
    handshake(server, more=f"{KEY}Origin: http://evil.example\r\n")
    assert loopback.OUTSIDE not in server.log.read_text("utf-8")


def upload(server, size):
    """Brings a file of that many bytes as the page does, and says how it is answered."""
    with session(server) as page:
        ask(page)
        where = next(one.new_session.initialize.session_id for one in answered(page) if kind(one) == "new_session")
        token = re.search(r"_streamlit_xsrf=([^;]+)", asked(server, "/_stcore/health")[1]["Set-Cookie"])[1]
        head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="brought.csv"\r\n\r\n'
        headers = {"X_Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
        return asked(
            server,
            f"/_stcore/upload_file/{where}/1",
            "PUT",
            head + b"a" * size + b"\r\n--x--\r\n",
            Content_Type="multipart/form-data; boundary=x",
            **headers,
        )[0]


def kind(message: ForwardMsg) -> str:
    return str(message.WhichOneof("type"))


def test_what_people_bring_is_written_nowhere_without_a_folder_for_it(server, rooms):
    assert upload(server, 24 * MEGABYTE) == 204
    assert [line for line in server.log.read_text("utf-8").splitlines() if WROTE in line] == []
    assert [path for room in rooms.values() for path in room.rglob("*")] == []


def test_the_witness_sees_a_file_without_a_name_too(tmp_path):
    assert written("open", (str(tmp_path), None, os.O_RDWR | getattr(os, "O_TMPFILE", os.O_CREAT))) == str(tmp_path)
    assert written("open", (str(tmp_path / "x"), "r", os.O_RDONLY)) is None


def test_a_file_larger_than_the_limit_of_the_host_is_refused(server):
    assert upload(server, 26 * MEGABYTE) == 413


def test_no_answer_names_a_path_or_a_line_of_code(server):
    bodies = [
        asked(server, path, method)[2] for path in ("/nowhere", "/stories/x.json?v=1&v=2") for method in ("GET", "PUT")
    ]
    bodies += [handshake(server, more="")[2].encode(), said(server, b"nonsense\r\n\r\n")[2].encode()]
    assert [body for body in bodies if re.search(rb"Traceback|File \"|\.py\b|site-packages|/\w+/\w+", body)] == []


def test_every_setting_is_in_a_table():
    root = serving.ROOT
    told = "".join((root / name).read_text("utf-8") for name in (".github/SECURITY.md", "README.md"))
    sources = [*(root / "dashboard").rglob("*.py"), *(root / "geo").rglob("*.py")]
    names = {name for path in sources for name in re.findall(r"\bCASEBOARD_[A-Z_]*[A-Z]\b", path.read_text("utf-8"))}
    assert sorted(name for name in names - {BROWSER} if name not in told) == []


# The last one: it stops the server.
@pytest.mark.skipif(os.name == "nt", reason="there is no such signal to send")
def test_ctrl_c_ends_the_server_quietly_with_0(process):
    server, started = process
    before = server.log.read_text("utf-8")
    started.send_signal(signal.SIGINT)
    assert started.wait(20) == 0
    assert server.log.read_text("utf-8").removeprefix(before) == ""
