"""The journal: every message that changed the state, on disk before anything is done because of it.

A journal is a folder of numbered files. Each file begins with a checkpoint (the whole durable state) and
goes on with messages, one a line: a CRC-32 in hex, a space, JSON. Reading starts at the newest file with a
whole checkpoint. A damaged line is passed over and counted; what follows it is still read, since OBS has
the last word on what is being recorded.
"""

import logging
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from stagebox.engine.files import write_whole
from stagebox.model.errors import StorageError
from stagebox.model.messages import Message
from stagebox.model.state import State

log = logging.getLogger(__name__)

FILES_KEPT = 5
ROTATE_BYTES = 4_000_000

_STATE = TypeAdapter(State)
_MESSAGE = TypeAdapter(Message)


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal holds: the last checkpoint, the messages since, and how many lines were damaged."""

    state: State
    messages: tuple[Message, ...]
    damaged_lines: int


def encode(body: bytes) -> bytes:
    """One line of the journal."""
    return b"%08x %s\n" % (zlib.crc32(body), body)


def decode(line: bytes) -> bytes | None:
    """The JSON of a line, or None when the line is damaged or cut off."""
    crc, _, body = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or crc != b"%08x" % zlib.crc32(body):
        return None
    return body


def read(folder: Path) -> Recovered:
    """What the newest readable journal in `folder` holds; an empty state when there is none.

    Raises:
        StorageError: a journal file exists and the operating system does not let us read it.
    """
    damaged = 0
    for path in sorted(folder.glob("*.journal"), reverse=True):
        try:
            lines = path.read_bytes().splitlines(keepends=True)
        except OSError as error:
            raise StorageError(
                f"The journal {path} cannot be read: {error.strerror}.", "Check the disk and its rights."
            ) from error
        state = _checkpoint(lines[0]) if lines else None
        if state is None:
            damaged += 1
            log.warning("%s has no whole checkpoint: reading the one before it", path)
            continue
        messages = [_message(line) for line in lines[1:]]
        whole = tuple(message for message in messages if message is not None)
        return Recovered(state, whole, damaged + len(messages) - len(whole))
    return Recovered(State(), (), damaged)


class Journal:
    """Appends messages to the newest file of a folder. One writer; `rotate` begins each file.

    Raises (all methods):
        StorageError: the journal cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None
        self._size = 0

    def rotate(self, state: State) -> None:
        """Begin a new file with `state` as its checkpoint, and forget the oldest files."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            files = sorted(self._folder.glob("*.journal"))
            number = int(files[-1].stem) + 1 if files else 1
            path = self._folder / f"{number:08}.journal"
            write_whole(path, encode(_STATE.dump_json(state)))
            self.close()
            self._handle = os.open(path, os.O_WRONLY | os.O_APPEND)
            self._size = path.stat().st_size
            for old in files[: max(0, len(files) + 1 - FILES_KEPT)]:
                old.unlink(missing_ok=True)
        except (OSError, ValueError) as error:
            raise StorageError(
                f"The journal in {self._folder} cannot be begun: {error}.", "Check the disk and its rights."
            ) from error

    def append(self, message: Message) -> None:
        """Write one message and flush it to the disk."""
        if self._handle is None:
            raise StorageError("The journal is closed.", "Start stagebox again.")
        line = encode(_MESSAGE.dump_json(message))
        try:
            written = os.write(self._handle, line)
            os.fdatasync(self._handle)
        except OSError as error:
            raise StorageError(
                f"The journal in {self._folder} cannot be written: {error.strerror}.", "Free some disk space."
            ) from error
        self._size += written
        if written != len(line):
            raise StorageError(f"The journal in {self._folder} took half a line.", "Free some disk space.")

    @property
    def long(self) -> bool:
        """True when the file is long enough to begin a new one."""
        return self._size > ROTATE_BYTES

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def messages_in(path: Path) -> Iterator[Message]:
    """The whole messages of one journal file, in order."""
    for line in path.read_bytes().splitlines(keepends=True)[1:]:
        message = _message(line)
        if message is not None:
            yield message


def _checkpoint(line: bytes) -> State | None:
    body = decode(line)
    if body is None:
        return None
    try:
        return _STATE.validate_json(body)
    except ValidationError:
        return None


def _message(line: bytes) -> Message | None:
    body = decode(line)
    if body is None:
        return None
    try:
        return _MESSAGE.validate_json(body)
    except ValidationError:
        return None
