"""Changes keys of stagebox.toml in place: comments, order and all that is not asked for stay as they are.

The only writer of that file. What would be refused at load is refused here with the same sentence, and
nothing is written then.
"""

import codecs
import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from stagebox.model.errors import SettingsError, StorageError, storing
from stagebox.settings.finding import read_text
from stagebox.settings.reading import LoadedSettings, parse
from stagebox.settings.words import Key, toml_item, toml_value
from stagebox.system.files import write_whole
from stagebox.system.locks import try_lock

Value = str | int | float | bool | Path | tuple[str | int | float | bool | Path, ...]

MODE = 0o644
"""Of a new file: it names secrets' files, never secrets."""


def change(file: Path, changes: Mapping[str, Value | None]) -> LoadedSettings:
    """Set keys in `file`, which is made when it is missing; None takes a key out, so that its default holds.

    A change that changes nothing writes nothing. Two that change the file at once come one after the other.

    Args:
        file: the settings file, as `find_file` or `default_file` names it.
        changes: dotted keys and their new values: `{"sources.slides.device": "/dev/video0"}`.

    Returns:
        The settings that the file now says, as `load_traced` would return them.

    Raises:
        SettingsError: a value is refused, or the file as it is cannot be read or does not parse (someone is
            editing it): the sentence is that of `load`, and the file is as it was.
        StorageError: the file cannot be written.
    """
    # A link stays a link: what it leads to is replaced.
    target = Path(os.path.realpath(file))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Who else changes these settings waits.
        with try_lock(target.with_name(f".{target.name}.lock"), wait=True):
            return _change(target, file, changes)
    except OSError as error:
        raise StorageError(
            f"The folder {target.parent} of the settings file cannot be used: {error.strerror}.",
            "Check its owner and its rights.",
        ) from error


def _change(target: Path, file: Path, changes: Mapping[str, Value | None]) -> LoadedSettings:
    exists = os.path.lexists(target)
    before = text = read_text(target) if exists else ""
    parse(before, file)
    for dotted, value in changes.items():
        text = _changed(text, tuple(dotted.split(".")), value, file)
    loaded = parse(text, file)
    if text != before:
        # The byte order mark and the line ends stay as they were.
        raw = target.read_bytes() if exists else b""
        data = (codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b"") + text.encode()
        mode = stat.S_IMODE(target.stat().st_mode) if exists else MODE
        with storing(target):
            write_whole(target, data.replace(b"\n", b"\r\n") if b"\r\n" in raw else data, mode=mode)
    return loaded


def _changed(text: str, key: Key, value: Value | None, file: Path) -> str:
    """The text with one key changed, in the way that looks most like a person's own hand.

    Every way is proven by reading the result: it must say what was asked for, and nothing else may differ.
    """
    before = _flat(tomllib.loads(text))
    wanted = {known: what for known, what in before.items() if known[: len(key)] != key}
    if value is not None:
        wanted[key] = tomllib.loads(f"value = {toml_value(value)}")["value"]
    if wanted == before:
        return text
    ways = (_assigned,) if value is None or key in before else (_beside_its_kin, _in_its_own_table, _assigned)
    for way in ways:
        try:
            after = way(text, key, value)
            if _flat(tomllib.loads(after)) == wanted:
                return after
        except (TOMLKitError, ValueError, LookupError, TypeError, AttributeError):
            continue  # this file is written in a way that this way cannot take
    raise SettingsError(
        f"{file}: {'.'.join(key)} cannot be changed in this file without touching the rest.",
        f"Write it by hand: {'.'.join(key)} = {'…' if value is None else toml_value(value)}",
    )


def _flat(table: dict[str, Any], above: Key = ()) -> dict[Key, Any]:
    """Each value by its key; a table that holds nothing means nothing, and comes and goes with its keys."""
    flat: dict[Key, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, (*above, name)) if isinstance(value, dict) else {(*above, name): value}
    return flat


# The ways, the nicest first


def _beside_its_kin(text: str, key: Key, value: Value | None) -> str:
    """The key's table stands already: below the commented-out default, else below the table's last key."""
    document = tomlkit.parse(text if text.endswith("\n") else f"{text}\n")
    table: Any = document
    for name in key[:-1]:
        table = table[name]
    body = table.body if table is document else table.value.body
    default = re.compile(rf"\s*#\s?{re.escape(key[-1])}\s*=")
    commented = [n for n, (name, item) in enumerate(body) if not name and default.match(item.as_string())]
    kin = [n for n, (name, item) in enumerate(body) if name is not None and not isinstance(item, Table)]
    # A table with nothing in it gets its first key below its header.
    after = commented[0] if commented else kin[-1] if kin or table is document else -1
    body.insert(after + 1, (tomlkit.key(key[-1]), toml_item(value)))
    return tomlkit.dumps(document)


def _in_its_own_table(text: str, key: Key, value: Value | None) -> str:
    """The key's table is nowhere: it comes at the end."""
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f"{text}{gap}[{'.'.join(key[:-1])}]\n{key[-1]} = {toml_value(value)}\n"


def _assigned(text: str, key: Key, value: Value | None) -> str:
    """As tomlkit does it: a new value in the old one's place, or into a table that is inline or dotted."""
    document = tomlkit.parse(text)
    table: Any = document
    for name in key[:-1]:
        if name not in table:
            table[name] = tomlkit.table() if table is document else tomlkit.inline_table()
        table = table[name]
    if value is None:
        del table[key[-1]]
    else:
        table[key[-1]] = toml_item(value)
    return tomlkit.dumps(document)
