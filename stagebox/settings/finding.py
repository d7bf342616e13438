"""Which file holds the settings, and its text."""

import os
import stat
from pathlib import Path

from stagebox.model.errors import SettingsError
from stagebox.system.files import open_to_read

FILE_NAME = "stagebox.toml"
LIMIT_BYTES = 256_000
"""A longer file is not read: a recording given by mistake must not fill the memory."""


def find_file(path: Path | None) -> Path | None:
    """The settings file in force, absolute; None if there is none.

    Raises:
        SettingsError: `path` or $STAGEBOX_CONFIG names a file that is not there.
    """
    named = path or os.environ.get("STAGEBOX_CONFIG")
    for candidate in [Path(named)] if named else [Path(FILE_NAME), _in_home()]:
        try:
            absolute = Path.cwd() / candidate.expanduser()
            absolute.lstat()
        except PermissionError:
            if named:
                return absolute  # reading it will tell
        except (OSError, RuntimeError):
            continue  # no home, or the folder we stand in was deleted: there is no file to find there
        else:
            return absolute
    if not named:
        return None
    raise SettingsError(
        f"There is no settings file {named}, which {'--config' if path else 'STAGEBOX_CONFIG'} names.",
        "Correct the name, or leave it out.",
    )


def default_file() -> Path:
    """Where the settings file is made when there is none: below $XDG_CONFIG_HOME, where it will be found."""
    try:
        return Path.cwd() / _in_home().expanduser()
    except (OSError, RuntimeError):
        raise SettingsError(
            "There is no place for a settings file: the home folder is not known.", "Set HOME."
        ) from None


def _in_home() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config", "stagebox", FILE_NAME)


def read_text(file: Path) -> str:
    """The text of a settings file, with line ends as `\\n` and no byte order mark; raises SettingsError."""
    other = f"Name a {FILE_NAME} instead."
    try:
        # A pipe without a writer would block the opening for ever.
        descriptor = open_to_read(file)
        with open(descriptor, "rb") as stream:  # noqa: PTH123  (a descriptor, not a path)
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise SettingsError(f"{file} is not a regular file.", other)
            content = stream.read(LIMIT_BYTES + 1)
    except IsADirectoryError:
        raise SettingsError(f"{file} is a folder.", other) from None
    except OSError as error:
        raise SettingsError(
            f"The settings file {file} cannot be read: {error.strerror}.", "Check who may read it."
        ) from error
    if len(content) > LIMIT_BYTES:
        raise SettingsError(f"{file} is larger than {LIMIT_BYTES:,} bytes, so it is no settings file.", other)
    try:
        # Some editors begin a file with a byte order mark.
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SettingsError(
            f"{file}, line {line}: a character is not UTF-8.", "Save the file as UTF-8 text."
        ) from None
