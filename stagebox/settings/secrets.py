"""Secrets in files of mode 0600: read, or made once. The value never enters a message, a log or a repr."""

import contextlib
import os
import secrets
import shlex
import stat
from pathlib import Path

from pydantic import SecretStr

from stagebox.model.errors import SettingsError
from stagebox.system.files import BINARY, flush_folder, open_to_read

LIMIT_BYTES = 4096
"""A longer file holds something else than a password or a token."""


def read_secret(path: Path) -> SecretStr:
    """The secret in `path`, without the newline that editors add at its end.

    Raises:
        SettingsError: the file is absent, unreadable, readable by others, empty, too long, not text,
            or has more than one line.
    """
    name = shlex.quote(str(path))
    try:
        # A pipe without a writer would block the opening for ever.
        descriptor = open_to_read(path)
        with open(descriptor, "rb") as stream:  # noqa: PTH123  (a descriptor, not a path)
            status = os.fstat(descriptor)
            content = stream.read(LIMIT_BYTES + 1) if stat.S_ISREG(status.st_mode) else b""
    except FileNotFoundError:
        raise SettingsError(
            f"The secret file {path} does not exist.", f"Write the secret into it, then: chmod 600 {name}"
        ) from None
    except OSError as error:
        raise SettingsError(
            f"The secret file {path} cannot be read: {error.strerror}.", "Check its path and who owns it."
        ) from None
    if not stat.S_ISREG(status.st_mode):
        raise SettingsError(f"The secret file {path} is not a regular file.", "Name a file with one line.")
    # Windows keeps no such bits: there the folder's own access list decides.
    if os.name != "nt" and status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError(
            f"The secret file {path} is open to other users (mode {stat.S_IMODE(status.st_mode):04o}).",
            f"Close it: chmod 600 {name}",
        )
    return SecretStr(_only_line(content, path))


def ensure_secret(path: Path) -> SecretStr:
    """The secret in `path`; a random one of 32 bytes is made there first if there is none.

    The file appears whole, with mode 0600, or not at all; two processes that do this at once get the same
    secret. A folder that is made for it has mode 0700.

    Raises:
        SettingsError: as `read_secret`, or the file or its folder cannot be written.
    """
    try:
        if not os.path.lexists(path):
            _make(path)
    except OSError as error:
        raise SettingsError(
            f"The secret file {path} cannot be made: {error.strerror}.",
            f"Check that {path.parent} can be written.",
        ) from None
    return read_secret(path)


def _make(path: Path) -> None:
    path.parent.parent.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    # The name is nobody's: an attempt that was killed half-way must not stand in the way of the next.
    aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
        with open(descriptor, "wb") as stream:  # noqa: PTH123  (a descriptor, not a path)
            stream.write(secrets.token_urlsafe(32).encode() + b"\n")
            stream.flush()
            os.fsync(descriptor)
        # A link, unlike a rename, never replaces: who comes second takes the first one's secret.
        with contextlib.suppress(FileExistsError):
            os.link(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    flush_folder(path.parent)


def _only_line(content: bytes, path: Path) -> str:
    if len(content) > LIMIT_BYTES:
        raise SettingsError(
            f"The secret file {path} is longer than {LIMIT_BYTES} bytes.", "Name a file with one line."
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        # `from None`, for the error it comes from carries the content.
        raise SettingsError(f"The secret file {path} is not UTF-8 text.", "Write it again as text.") from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text.strip():
        raise SettingsError(f"The secret file {path} is empty.", "Write the secret into it.")
    if any(character in text for character in "\n\r\0"):
        raise SettingsError(f"The secret file {path} has more than one line.", "Leave only the secret in it.")
    return text
