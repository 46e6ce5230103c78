import signal
import socket
from types import SimpleNamespace

import pytest
from streamlit import net_util

from dashboard import server


class Protocol:
    """A protocol that notes what it is given."""

    def __init__(self):
        self.made = []

    def connection_made(self, transport):
        self.made.append(transport)


def test_no_part_of_an_answer_waits_until_the_one_before_is_confirmed():
    ours = SimpleNamespace(config=SimpleNamespace(http_protocol_class=Protocol))
    server.answer_at_once(ours)
    with socket.create_server(("127.0.0.1", 0)) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            transport = SimpleNamespace(get_extra_info={"socket": accepted}.get)
            protocol = ours.config.http_protocol_class()
            protocol.connection_made(transport)
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert protocol.made == [transport]
    again = ours.config.http_protocol_class()
    again.connection_made(transport)  # the socket is closed by now
    assert again.made == [transport]


@pytest.fixture
def handlers():
    """The handlers of signals are as before afterwards."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_told_to_stop_ends_by_itself(handlers, number):
    ours = SimpleNamespace(config=SimpleNamespace(), should_exit=False, force_exit=False)
    server.stop_gracefully(ours)
    signal.raise_signal(number)
    assert (ours.should_exit, ours.force_exit) == (True, False)


def test_a_second_ctrl_c_waits_for_nobody(handlers):
    ours = SimpleNamespace(config=SimpleNamespace(), should_exit=False, force_exit=False)
    server.stop_gracefully(ours)
    signal.raise_signal(signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    assert ours.force_exit


def test_streamlit_has_the_address_of_this_machine_without_asking_for_it(monkeypatch):
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_internal_ip", None)
    server.ask_nobody(net_util)
    assert net_util.get_external_ip() == net_util.get_internal_ip() == "127.0.0.1"


def test_where_uvicorn_does_not_run_the_process_nothing_is_set():
    assert server.running() is None
