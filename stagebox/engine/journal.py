"""The journal: every message that changed the state, on disk before anything is done because of it.

A journal is a folder of numbered files. Each file begins with a checkpoint (the whole durable state) and
goes on with messages, one a line: a CRC-32 in hex, a space, JSON. Reading starts at the newest file with a
whole checkpoint. A damaged line is passed over and counted; what follows it is still read, since OBS has
the last word on what is being recorded. Beside its texts a line has, in `said`, what its sentences are made
of: so they are told in every language after a restart, too.
"""

import contextlib
import json
import logging
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from stagebox.messages.code_catalogue import say
from stagebox.model.errors import StorageError
from stagebox.model.messages import Message
from stagebox.model.said import Said, sentences_in, with_sentences
from stagebox.model.state import State
from stagebox.system.files import BINARY, flush_data, flush_folder

log = logging.getLogger(__name__)

T = TypeVar("T")

FILES_KEPT = 5
ROTATE_BYTES = 4_000_000

_STATE = TypeAdapter(State)
_MESSAGE = TypeAdapter(Message)
_SAID = TypeAdapter(dict[str, Said])


@dataclass(frozen=True, slots=True)
class RecoveredJournal:
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


def read(folder: Path) -> RecoveredJournal:
    """What the newest readable journal in `folder` holds; an empty state when there is none.

    Raises:
        StorageError: a journal file exists and the operating system does not let us read it.
    """
    damaged = 0
    for path in reversed(files_in(folder)):
        if not path.is_file():
            continue
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
        return RecoveredJournal(state, whole, damaged + len(messages) - len(whole))
    return RecoveredJournal(State(), (), damaged)


def files_in(folder: Path) -> list[Path]:
    """The journal's files, oldest first: a number each. What has another name is not ours."""
    ours = [path for path in folder.glob("*.journal") if path.stem.isascii() and path.stem.isdecimal()]
    return sorted(ours, key=lambda path: int(path.stem))


class Journal:
    """Appends messages to the newest file of a folder. One writer; `rotate` begins each file.

    Raises (all methods):
        StorageError: the journal cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle: int | None = None
        self._size = 0
        self._torn = False
        """The file ends in half a line."""

    def rotate(self, state: State) -> None:
        """Begin a new file with `state` as its checkpoint, and forget the oldest files.

        When that fails the file of before stays the newest, and open: no line goes where nobody reads it.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            files = files_in(self._folder)
            number = int(files[-1].stem) + 1 if files else 1
            checkpoint = encode(_json(_STATE, state))
            handle = _begun(self._folder / f"{number:08}.journal", checkpoint)
            self.close()
            self._handle, self._size, self._torn = handle, len(checkpoint), False
            flush_folder(self._folder)
        except (OSError, ValueError) as error:
            raise StorageError(
                say("journal_not_written", folder=str(self._folder), reason=str(error)),
                say("memory_not_written_help"),
            ) from error
        for old in files[: max(0, len(files) + 1 - FILES_KEPT)]:
            try:
                old.unlink(missing_ok=True)
            except OSError as error:
                log.warning("the old journal %s cannot be removed: %s", old, error)

    def append(self, message: Message) -> None:
        """Write one message and flush it to the disk."""
        if self._handle is None:
            raise StorageError("The journal is closed.", "Start stagebox again.")
        line = encode(_json(_MESSAGE, message))
        try:
            # Half a line is ended first: else it and this one would be one damaged line.
            data, self._torn = b"\n" + line if self._torn else line, True
            self._size += _write_all(self._handle, data)
            self._torn = False
            flush_data(self._handle)
        except OSError as error:
            raise StorageError(
                say("journal_not_written", folder=str(self._folder), reason=str(error.strerror)),
                say("memory_not_written_help"),
            ) from error

    @property
    def long(self) -> bool:
        """True when the file is long enough to begin a new one."""
        return self._size > ROTATE_BYTES

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _begun(path: Path, checkpoint: bytes) -> int:
    """A new file with its checkpoint on the disk, open for more. Raises OSError, and leaves nothing then."""
    # By hand: were it opened again by its name, that might fail when it is the newest already.
    aside = path.with_name(path.name + ".new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | BINARY, 0o600)
    try:
        _write_all(handle, checkpoint)
        os.fsync(handle)
        aside.replace(path)
    except OSError:
        os.close(handle)
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise
    return handle


def _write_all(handle: int, data: bytes) -> int:
    """Write all of it, in as many pieces as the disk takes it; returns how many bytes that were."""
    written = 0
    while written < len(data):
        written += os.write(handle, data[written:])
    return written


def _checkpoint(line: bytes) -> State | None:
    body = decode(line)
    if body is None:
        return None
    try:
        return _read(_STATE, body)
    except ValidationError:
        return None


def _message(line: bytes) -> Message | None:
    body = decode(line)
    if body is None:
        return None
    try:
        return _read(_MESSAGE, body)
    except ValidationError:
        return None


def _json(kind: TypeAdapter[T], value: T) -> bytes:
    body = kind.dump_json(value)
    said = sentences_in(value)
    return b'%s,"said":%s}' % (body[:-1], _SAID.dump_json(said)) if said else body


def _read(kind: TypeAdapter[T], body: bytes) -> T:
    """What a line holds. Raises ValidationError."""
    value = kind.validate_json(body)
    said = json.loads(body).get("said") if b'"said"' in body else None
    return with_sentences(value, _SAID.validate_python(said)) if said else value
