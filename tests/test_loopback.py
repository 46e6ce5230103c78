import contextlib
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests import conftest, loopback, serving


@pytest.mark.parametrize("host", ["93.184.216.34", "192.168.1.1", "2606:2800::1", "169.254.169.254"])
def test_an_address_outside_is_told_by_its_host(host):
    assert loopback.outside("socket.connect", (None, (host, 443))) == host


@pytest.mark.parametrize(
    "address", [("127.0.0.1", 80), ("127.9.9.9", 80), ("::1", 80, 0, 0), "/run/some.socket", ("localhost", 1)]
)
def test_an_address_of_this_machine_passes(address):
    assert loopback.outside("socket.connect", (None, address)) is None


def test_a_name_that_would_be_looked_up_outside_is_told():
    assert loopback.outside("socket.getaddrinfo", ("tile.example", 443, 0, 0, 0)) == "tile.example"


def test_the_guard_stops_a_real_lookup_and_a_real_connection():
    with pytest.raises(pytest.fail.Exception, match=r"tile\.example"):
        socket.getaddrinfo("tile.example", 443)
    with socket.socket() as probe, pytest.raises(pytest.fail.Exception, match=r"192\.0\.2\.1"):
        probe.connect(("192.0.2.1", 443))
    assert conftest._reached == ["tile.example", "192.0.2.1"]
    conftest._reached.clear()


def test_code_that_swallows_every_exception_is_still_caught():
    def careless():
        with contextlib.suppress(Exception):
            urllib.request.urlopen("http://192.0.2.1/", timeout=1)

    with pytest.raises(pytest.fail.Exception):
        careless()
    conftest._reached.clear()


def test_a_server_of_the_tests_still_answers_on_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2], 2):
        pass
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{serving.free_port()}/", timeout=2)


def test_a_module_started_under_the_guard_cannot_reach_out():
    command = [sys.executable, "-m", "tests.loopback", "http.server", "--bind", "192.0.2.1.example", "0"]
    done = subprocess.run(command, cwd=serving.ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode != 0
    assert f"{loopback.OUTSIDE} '192.0.2.1.example'" in done.stderr


def test_a_server_ends_when_the_process_that_started_it_was_killed():
    server = [sys.executable, "-u", "-m", "tests.loopback", "http.server", "--bind", "127.0.0.1", "0"]
    starts = [sys.executable, "-c", f"import subprocess; subprocess.run({server!r})"]
    with subprocess.Popen(starts, cwd=serving.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert b"127.0.0.1" in process.stdout.readline()
        process.kill()
        process.communicate(timeout=30)  # The server holds the pipe as long as it runs.
