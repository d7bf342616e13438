"""The lines between stagebox and the backup recorder's process: orders in, what was heard out. Pure."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from stagebox.model.facts.sound import BackupRecorderReading, ChannelLevel
from stagebox.model.said import Sentence, as_json, from_json, sentences_in

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
    said = {words: as_json(one) for words, one in sentences_in(seen).items()}
    return json.dumps({**asdict(seen), _SAID: said}).encode() + b"\n"


_SAID = "said"
"""What the sentences of a reading are made of, by their English words."""
_SENTENCES = ("detail", "remedy", "backup_fault")
_SEEN_FIELDS = frozenset(field.name for field in fields(BackupRecorderReading))


def reading_of(line: bytes) -> BackupRecorderReading:
    """What the backup recorder said. Raises ValueError when the line is something else."""
    told: Any = json.loads(line)
    if not isinstance(told, dict) or told.get("kind") != "ear" or set(told) != _SEEN_FIELDS | {_SAID}:
        raise ValueError(f"not of the ear: {line[:200]!r}")
    said = told.pop(_SAID)
    try:
        sentences = {
            name: Sentence(from_json(said[words], words))
            for name in _SENTENCES
            if (words := told[name]) in said
        }
        levels = tuple(ChannelLevel(**level) for level in told["levels"])
        return BackupRecorderReading(**{**told, **sentences, "levels": levels})
    except TypeError as error:
        raise ValueError(f"not of the ear: {line[:200]!r}") from error
