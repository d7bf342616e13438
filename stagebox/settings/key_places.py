"""On which line of a TOML text each key stands: tomlkit keeps the text whole, but forgets the places."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import tomlkit
from tomlkit.container import Container
from tomlkit.items import AoT, Array, InlineTable, Integer, Item, Table, Trivia

T = TypeVar("T")
KeyPath = tuple[str | int, ...]
"""Where a value is: table names and keys; a number is a place in a list, counted from 0."""


def places(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, on which each key, table and list entry of a TOML text is first written.

    A table or a key that stands only above others has the line of the first of them. A text that is not TOML
    has no places. Of a list of tables whose headers stand apart, which no setting is, tomlkit mixes up the
    lines.
    """
    try:
        document = tomlkit.parse(text)
    except (ValueError, TypeError, tomlkit.exceptions.TOMLKitError, RecursionError):
        return {}
    # Each gets a mark, and the text is written again: NUL is in no TOML text.
    paths: list[KeyPath] = []
    for path, item in list(_items((), document)):
        mark = f"\0{len(paths)}\0"
        paths.append(path)
        if isinstance(item, Item):
            item.trivia.indent += mark
        else:
            entries, index = item
            entry = entries[index]
            plain = entry.as_string() if isinstance(entry, Item) else str(entry).lower()
            entries[index] = Integer(0, Trivia(), mark + plain)
    found: dict[KeyPath, int] = {}
    line = 1
    for number, piece in enumerate(tomlkit.dumps(document).split("\0")):
        if number % 2:
            path = paths[int(piece)]
            for length in range(1, len(path) + 1):
                found.setdefault(path[:length], line)
        else:
            line += piece.count("\n")
    return found


def closest(known: Mapping[Any, T], path: KeyPath) -> T | None:
    """What is known of `path` or, if that is nothing, of the closest around it; None if of none."""
    return next((known[path[:length]] for length in range(len(path), 0, -1) if path[:length] in known), None)


def _items(path: KeyPath, value: Any) -> Iterator[tuple[KeyPath, Item | tuple[Array, int]]]:
    """What is written in `value`, the inner first; an entry of a list is told as the list and its number."""
    if isinstance(value, Array):
        for index, entry in enumerate(value):
            yield from _items((*path, index), entry)
            yield (*path, index), (value, index)
    elif isinstance(value, AoT):
        for index, table in enumerate(value.body):
            yield from _items((*path, index), table)
            yield (*path, index), table
    elif isinstance(value, Container | Table | InlineTable):
        for key, item in (value if isinstance(value, Container) else value.value).body:
            if key is not None:
                yield from _items((*path, key.key), item)
                if not isinstance(item, AoT):
                    yield (*path, key.key), item
