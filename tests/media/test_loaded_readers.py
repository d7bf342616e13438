"""Who asks for a loaded reader may be killed while it asks: the others get theirs."""

import os
import socket

import pytest

from tests.media import loaded_readers


@pytest.mark.slow
@pytest.mark.parametrize("said", [b"", b'{"who": "viewer", "folder": "/", "environment": {}}'])
def test_one_who_leaves_in_the_middle_costs_nobody_else_a_reader(said: bytes) -> None:
    def ask() -> int:
        process, further = loaded_readers._server.fork("viewer")
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        with os.fdopen(further, "rb"), process.stdout, process.stderr:
            process.stdin.close()
            return process.wait(30)

    assert ask() == 0
    for _ in range(20):
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as link:
            link.connect(loaded_readers._server._address)
            if said:
                link.send(said)
    assert ask() == 0
