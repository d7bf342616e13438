"""Changes keys of stagebox.toml in place: comments, order and all that is not asked for stay as they are.

The only writer of that file. What would be refused at load is refused here with the same sentence, and
nothing is written then.
"""

import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from stagebox.model.errors import SettingsError, StorageError, storing
from stagebox.settings.places import places
from stagebox.settings.reading import FILE_NAME, Loaded, parse, read_text
from stagebox.settings.words import Key, toml_value
from stagebox.system.files import write_whole
from stagebox.system.locks import hold

Value = str | int | float | bool | Path | tuple[str | int | float | bool | Path, ...]

MODE = 0o644
"""Of a new file: it names secrets' files, never secrets."""

BOM = b"\xef\xbb\xbf"


def default_file() -> Path:
    """Where the settings file is made when there is none: below $XDG_CONFIG_HOME, where it will be found."""
    home = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    try:
        return Path.cwd() / Path(home).expanduser() / "stagebox" / FILE_NAME
    except (OSError, RuntimeError):
        raise SettingsError(
            "There is no place for a settings file: the home folder is not known.", "Set HOME."
        ) from None


def change(file: Path, changes: Mapping[str, Value | None]) -> Loaded:
    """Set keys in `file`, which is made when it is missing; None takes a key out, so that its default holds.

    A change that changes nothing writes nothing. Two that change the file at once come one after the other.

    Args:
        file: the settings file, as `config.find_file` or `default_file` names it.
        changes: dotted keys and their new values: `{"sources.slides.device": "/dev/video0"}`.

    Returns:
        The settings that the file now says, as `config.load_traced` would return them.

    Raises:
        SettingsError: a value is refused, or the file as it is cannot be read or does not parse (someone is
            editing it): the sentence is that of `config.load`, and the file is as it was.
        StorageError: the file cannot be written.
    """
    # A link stays a link: what it leads to is replaced.
    target = Path(os.path.realpath(file))
    with _alone(target):
        exists = os.path.lexists(target)
        before = read_text(target) if exists else ""
        if exists:
            parse(before, file)
        text = before
        for dotted, value in changes.items():
            text = _changed(text, tuple(dotted.split(".")), value, file)
        loaded = parse(text, file)
        if text != before:
            raw = target.read_bytes() if exists else b""
            mode = stat.S_IMODE(target.stat().st_mode) if exists else MODE
            with storing(target):
                write_whole(target, _like(raw, text), mode=mode)
        return loaded


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold the lock beside the file: who else changes these settings waits."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        let_go = hold(file.with_name(f".{file.name}.lock"), wait=True)
    except OSError as error:
        raise StorageError(
            f"The folder {file.parent} of the settings file cannot be used: {error.strerror}.",
            "Check its owner and its rights.",
        ) from error
    assert let_go is not None
    try:
        yield
    finally:
        let_go()


def _like(raw: bytes, text: str) -> bytes:
    """`text` with the byte order mark and the line ends of the file that it replaces."""
    if b"\r\n" in raw:
        text = text.replace("\n", "\r\n")
    return (BOM if raw.startswith(BOM) else b"") + text.encode()


def _changed(text: str, key: Key, value: Value | None, file: Path) -> str:
    """The text with one key changed, in the way that looks most like a person's own hand.

    Every way is proven by reading the result: it must say what was asked for, and nothing else may differ.
    """
    before = tomllib.loads(text)
    wanted = _with(before, key, value)
    if _full(before) == wanted:
        return text
    ways: tuple[Callable[[str, Key, Any], str | None], ...] = (
        (_taken_out,) if value is None else (_replaced, _beside_its_kin, _in_a_table_of_its_own, _assigned)
    )
    for way in ways:
        try:
            after = way(text, key, value)
            if after is not None and _full(tomllib.loads(after)) == wanted:
                return after
        except (TOMLKitError, ValueError, KeyError, TypeError):
            continue  # this file is written in a way that this way cannot take
    raise SettingsError(
        f"{file}: {'.'.join(key)} cannot be changed in this file without touching the rest.",
        f"Write it by hand: {'.'.join(key)} = {'…' if value is None else toml_value(value)}",
    )


def _with(given: Mapping[str, Any], key: Key, value: Value | None) -> dict[str, Any]:
    """What the file shall say: `given` with one key set or taken out, without empty tables."""
    wanted = deepcopy(dict(given))
    inner = wanted
    for name in key[:-1]:
        below = inner.setdefault(name, {})
        if not isinstance(below, dict):
            return {"": None}  # nothing equals this: a value stands where a table should
        inner = below
    if value is None:
        inner.pop(key[-1], None)
    else:
        inner[key[-1]] = tomllib.loads(f"value = {toml_value(value)}")["value"]
    return _full(wanted)


def _full(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without those in it that hold nothing: they mean nothing, and come and go with their keys."""
    filled = {name: _full(value) if isinstance(value, dict) else value for name, value in table.items()}
    return {name: value for name, value in filled.items() if value != {}}


# The ways, the nicest first


def _replaced(text: str, key: Key, value: Value) -> str | None:
    """The key stands already: a new value in its place, the comment beside it stays."""
    document = tomlkit.parse(text)
    table: Any = document
    for name in key[:-1]:
        table = table[name]
    if key[-1] not in table:
        return None
    table[key[-1]] = _item(value)
    return tomlkit.dumps(document)


def _beside_its_kin(text: str, key: Key, value: Value) -> str | None:
    """The key's table has a header: below the commented-out default, else below the table's last key."""
    found = places(text)
    headers = [place for place in found if place.is_table]
    header = next((place for place in headers if place.path == key[:-1]), None)
    if header is None:
        return None
    lines = text.split("\n")
    end = min((place.line for place in headers if place.line > header.line), default=len(lines) + 1) - 1
    default = re.compile(rf"\s*#\s?{re.escape(key[-1])}\s*=")
    commented = (number for number in range(header.line, end) if default.match(lines[number]))
    after = next(commented, None)
    if after is None:
        after = header.line - 1
        for number in range(header.line, end):
            if lines[number].strip() and not lines[number].lstrip().startswith("#"):
                after = number
    return "\n".join([*lines[: after + 1], f"{key[-1]} = {toml_value(value)}", *lines[after + 1 :]])


def _in_a_table_of_its_own(text: str, key: Key, value: Value) -> str:
    """The key's table is nowhere: it comes at the end."""
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{'.'.join(key[:-1])}]\n{key[-1]} = {toml_value(value)}\n"


def _assigned(text: str, key: Key, value: Value) -> str:
    """The key's table is written inline or with dots: as tomlkit does it."""
    document = tomlkit.parse(text)
    table: Any = document
    for name in key[:-1]:
        if name not in table:
            table[name] = tomlkit.inline_table() if table is not document else tomlkit.table()
        table = table[name]
    table[key[-1]] = _item(value)
    return tomlkit.dumps(document)


def _taken_out(text: str, key: Key, value: None) -> str:
    document = tomlkit.parse(text)
    table: Any = document
    for name in key[:-1]:
        table = table[name]
    del table[key[-1]]
    return tomlkit.dumps(document)


def _item(value: Value) -> Any:
    return tomlkit.value(toml_value(value))
