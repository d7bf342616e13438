"""The lines between stagebox and the backup recorder's process: orders in, what was heard out. Pure."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from stagebox.model.facts.sound import BackupRecorderReading, ChannelLevel

LINE_BYTES = 4096
"""No line is longer: a pipe takes so much at once or nothing."""


@dataclass(frozen=True, slots=True)
class ListenOrder:
    """Listen to this device: `kind` and `device` as in sources.mic of the settings."""

    kind: str
    device: str


@dataclass(frozen=True, slots=True)
class BackupOrder:
    """Write what is heard to this FLAC file; None: to none."""

    path: str | None


Order = ListenOrder | BackupOrder


def order_line(order: Order) -> bytes:
    """An order as a line for the backup recorder's stdin."""
    if isinstance(order, ListenOrder):
        return json.dumps({"device": asdict(order)}).encode() + b"\n"
    return json.dumps({"backup": order.path}).encode() + b"\n"


def order_of(line: bytes) -> Order:
    """The order in a line. Raises ValueError when it is none."""
    said = json.loads(line)
    match said:
        case {"backup": str() | None as path}:
            return BackupOrder(path)
        case {"device": {"kind": str() as kind, "device": str() as device}}:
            return ListenOrder(kind, device)
    raise ValueError(f"no order: {line[:200]!r}")


def reading_line(seen: BackupRecorderReading) -> bytes:
    """What the backup recorder says, as a line for its stdout."""
    return json.dumps(asdict(seen)).encode() + b"\n"


_SEEN_FIELDS = frozenset(field.name for field in fields(BackupRecorderReading))


def reading_of(line: bytes) -> BackupRecorderReading:
    """What the backup recorder said. Raises ValueError when the line is something else."""
    said: Any = json.loads(line)
    if not isinstance(said, dict) or said.get("kind") != "ear" or set(said) != _SEEN_FIELDS:
        raise ValueError(f"not of the ear: {line[:200]!r}")
    try:
        return BackupRecorderReading(
            **{**said, "levels": tuple(ChannelLevel(**level) for level in said["levels"])}
        )
    except TypeError as error:
        raise ValueError(f"not of the ear: {line[:200]!r}") from error
