"""Faults of the stream: its server, its key, its network. The recording must lose nothing in any of them."""

from collections.abc import Callable

from pydantic import SecretStr

from stagebox.rehearsal.faults import FaultTargets, RehearsalFault
from stagebox.rehearsal.stream_server import StreamServer
from stagebox.rehearsal.streaming import order

SLOW_BITS_PER_S = 800_000.0
"""What `stream-slow` lets through of a stream of some three million bits a second."""


def _server(stage: FaultTargets) -> StreamServer:
    assert stage.server is not None, "this fault needs a stream"
    return stage.server


def _go_live_with(key: str, stage: FaultTargets) -> None:
    """Type a key as a person does, and go live with it."""
    assert stage.client is not None
    order(stage.client, "stop_stream")
    stage.client.set_stream_key(SecretStr(key))
    stage.client.send({"kind": "start_stream"}, origin="rehearsal", wait=False)


def _right_key(stage: FaultTargets) -> None:
    assert stage.client is not None
    stage.client.set_stream_key(SecretStr(_server(stage).key))


def _narrow(bits_per_s: float | None) -> Callable[[FaultTargets], None]:
    def set_road(stage: FaultTargets) -> None:
        _server(stage).road.bits_per_s = bits_per_s

    return set_road


STREAM_FAULTS: dict[str, RehearsalFault] = {
    "stream-server-killed": RehearsalFault(
        "the streaming server is killed",
        lambda stage: _server(stage).kill(),
        lambda stage: _server(stage).start(),
        ("stream_lost",),
        3.0,
        10.0,
        stream="direct",
    ),
    "stream-server-hung": RehearsalFault(
        "the streaming server hangs",
        lambda stage: _server(stage).hang(True),
        lambda stage: _server(stage).hang(False),
        ("stream_lost",),
        10.0,
        10.0,
        stream="direct",
    ),
    "stream-wrong-key": RehearsalFault(
        "somebody types a wrong stream key",
        lambda stage: _go_live_with("rehearsal-wrong-key", stage),
        _right_key,
        ("stream_refused",),
        3.0,
        5.0,
        stream="direct",
    ),
    "stream-slow": RehearsalFault(
        "the network lets little of the stream through",
        _narrow(SLOW_BITS_PER_S),
        _narrow(None),
        ("stream_slow",),
        10.0,
        30.0,
        stream="road",
    ),
}
"""By the name that `stagebox rehearse --fault` takes."""
