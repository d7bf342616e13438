"""Opens the API's port and serves on it until asked to stop."""

import socket

import uvicorn
from fastapi import FastAPI

from stagebox.model.errors import SettingsError

HOST = "127.0.0.1"
KEPT_S = 30
"""So long a connection that nobody uses is kept. Clients drop theirs much sooner: `client.KEPT_S`."""


def bind(port: int) -> socket.socket:
    """A listening socket on loopback.

    Raises:
        SettingsError: the port is taken or may not be used.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"Port {port} on {HOST} cannot be used for the API: {error.strerror}.",
            "Close the program that has it, or set another api.port in stagebox.toml.",
        ) from error
    return listener


def make_server(app: FastAPI) -> uvicorn.Server:
    """A server for `app`; `server.run(sockets=[…])` serves until SIGINT, SIGTERM or `should_exit`."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_keep_alive=KEPT_S,
        timeout_graceful_shutdown=2,
        ws_max_size=MAX_FRAME_BYTES,
        server_header=False,
    )
    return uvicorn.Server(config)


MAX_FRAME_BYTES = 64_000
