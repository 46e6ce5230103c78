"""What uvicorn answers without asking the app: to what is no HTTP, and to a websocket that does not begin as one."""

from collections.abc import Mapping
from typing import Any

NOT_READ = b"This could not be read as HTTP."
NOT_OPENED = "No connection is opened here for who asks like this.\n"


def refuse_with(server: Any, headers: Mapping[str, str]) -> None:
    """Puts these headers and a sentence on what uvicorn refuses by itself, and no name of the server on anything.

    A websocket that the app closes before it opens is refused by uvicorn, too.
    """
    config = server.config
    config.encoded_headers = [one for one in config.encoded_headers if one[0].lower() != b"server"]
    http, websocket = config.http_protocol_class, config.ws_protocol_class

    class Refusing(http):  # type: ignore[misc, valid-type]
        """The same protocol, with our words for what it cannot read."""

        def send_400_response(self, _: str) -> None:
            """An answer that is whole; where one is half out, nothing can be said any more."""
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(bad_request(headers))
            self.transport.close()

    class Opening(websocket):  # type: ignore[misc, valid-type]
        """The same protocol, whose refusals have the headers."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            plain = self.conn.reject

            def reject(status: Any, text: str) -> Any:
                response = plain(status, text or NOT_OPENED)
                response.headers.update(headers)
                return response

            self.conn.reject = reject

    config.http_protocol_class = Refusing
    if "sansio" in websocket.__module__:  # what Streamlit chooses; an older one has nothing to take hold of
        config.ws_protocol_class = Opening


def bad_request(headers: Mapping[str, str]) -> bytes:
    """A whole answer to what is no HTTP."""
    told = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(NOT_READ)),
        "Cache-Control": "no-store",
        "Connection": "close",
        **headers,
    }
    lines = ["HTTP/1.1 400 Bad Request", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1") + NOT_READ
