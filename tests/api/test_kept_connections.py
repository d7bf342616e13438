"""A request never goes out on a connection that the server is just closing: a touch would be lost."""

import socket
import threading

import pytest
from pydantic import SecretStr

from stagebox.api import client, listen
from stagebox.api.client import Client

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


def test_the_client_lets_go_long_before_the_server_does() -> None:
    assert client.KEPT_S <= listen.KEPT_S / 5
    assert listen.make_server(object()).config.timeout_keep_alive == listen.KEPT_S  # type: ignore[arg-type]


@pytest.mark.parametrize(("kept_s", "connections"), [(60.0, 1), (0.0, 2)])
def test_a_connection_that_was_idle_for_long_is_not_used_again(
    monkeypatch: pytest.MonkeyPatch, kept_s: float, connections: int
) -> None:
    monkeypatch.setattr(client, "KEPT_S", kept_s)
    answering: list[threading.Thread] = []

    def answer(one: socket.socket) -> None:
        with one:
            while one.recv(65_536):
                one.sendall(ANSWER)

    def serve() -> None:
        while len(answering) < connections:
            answering.append(threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True))
            answering[-1].start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=serve, daemon=True)
        accepting.start()
        with Client(listener.getsockname()[1], SecretStr("x")) as asking:
            assert asking.state() == asking.state() == {}
        accepting.join(5)
    assert len(answering) == connections
    for one in answering:
        one.join(5)
