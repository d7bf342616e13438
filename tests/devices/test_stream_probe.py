"""Signs of life of a streaming server, and what has not reached it, over real sockets."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from stagebox.devices.stream_probe import StreamProbe, ask, queued_bytes
from stagebox.model.observations import StreamQueueReading, StreamServerEvent
from tests.venue_tools import Seen, free_port


@contextmanager
def server(answer: bytes | None) -> Iterator[int]:
    """A server that takes one connection after another and answers each hello so; None: never."""
    listener = socket.create_server(("127.0.0.1", 0))
    taken: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            taken.append(connection)
            if answer is not None and connection.recv(4096):
                connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
        for connection in taken:
            connection.close()


def test_a_server_that_speaks_rtmp_answers() -> None:
    with server(b"\x03" + bytes(1536)) as port:
        assert ask(f"rtmp://127.0.0.1:{port}/app") == "answers"


def test_a_server_that_takes_the_connection_and_says_nothing_hangs() -> None:
    with server(None) as port:
        assert ask(f"rtmp://127.0.0.1:{port}/app", answer_s=0.2) == "hung"


def test_something_else_on_that_port_is_no_streaming_server() -> None:
    with server(b"HTTP/1.1 400 Bad Request\r\n") as port:
        assert ask(f"rtmp://127.0.0.1:{port}/app") == "closed"


def test_nobody_listens_and_nobody_can_be_asked() -> None:
    assert ask(f"rtmp://127.0.0.1:{free_port()}/app") == "closed"
    assert ask("srt://127.0.0.1:9000") == "not_known"
    assert ask("") == "not_known"


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_what_a_server_does_not_take_is_counted() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = int(listener.getsockname()[1])
        with closing(socket.create_connection(("127.0.0.1", port))) as sender:
            taken, _ = listener.accept()
            with closing(taken):
                assert queued_bytes(os.getpid(), port) == 0
                sender.setblocking(False)
                sent = 0
                while True:
                    try:
                        sent += sender.send(bytes(65_536))
                    except BlockingIOError:
                        break
                queued = queued_bytes(os.getpid(), port)
                assert queued is not None
                assert 0 < queued <= sent
    assert queued_bytes(os.getpid(), port) is None


def test_the_probe_asks_when_told_to_and_reads_while_obs_streams() -> None:
    seen = Seen()
    with server(b"\x03") as port:
        probe = StreamProbe(lambda: f"rtmp://127.0.0.1:{port}/app", lambda: None, seen.post, every_s=0.05)
        probe.start()
        probe.submit("e7")
        told = seen.wait_for(StreamServerEvent)
        assert (told.effect_id, told.answer) == ("e7", "answers")
        assert not seen.of(StreamQueueReading)
        probe.watch(streaming=True)
        assert seen.wait_for(StreamQueueReading).queued_bytes is None
        probe.close()
