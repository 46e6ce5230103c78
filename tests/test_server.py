import socket
from types import SimpleNamespace

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


def test_where_uvicorn_does_not_run_the_process_nothing_is_set():
    assert server.running() is None
