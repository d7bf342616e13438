"""On which line of a TOML text each key stands: `tomllib` reads the values but forgets the places."""

import contextlib
import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""Where a value is: table names and keys; a number is a place in a list, counted from 0."""

KEY_PARTS_LIMIT = 64
"""`tomllib` keeps every beginning of a dotted key, so one of 100,000 parts would take all the memory."""

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]+")
_BLANK = re.compile(r"[ \t]*")
_BLANK_LINES = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_LINE_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'")
_LONG_STRING = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}|' + r"'''(?:[^']|'(?!''))*'{3,5}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A key or list entry and the line, counted from 1, on which it starts."""

    path: KeyPath
    line: int
    is_table: bool = False
    """Whether this is a `[table]` header, which may stand above several keys of one table."""


class KeyTooLongError(Exception):
    """A dotted key has more than `KEY_PARTS_LIMIT` parts; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def places(text: str) -> list[Place]:
    """Every key, header and list entry of `text`, in the order they are written.

    Where the text stops being TOML the list ends, so it also serves to explain a text `tomllib` refused.

    Raises:
        KeyTooLongError: do not give this text to `tomllib`.
    """
    scanner = _Scanner(text)
    with contextlib.suppress(_NotTomlError, RecursionError):
        scanner.document()
    return scanner.found


def line_of(found: list[Place], path: KeyPath) -> int | None:
    """The line of `path` or, if it is written nowhere itself, of the first place inside or closest around it.

    Returns None if no part of `path` is written anywhere.
    """
    for length in range(len(path), 0, -1):
        wanted = path[:length]
        for place in found:
            if place.path[:length] == wanted:
                return place.line
    return None


def repeated(found: list[Place]) -> tuple[Place, Place] | None:
    """The first key or header that is written twice: both places, or None."""
    seen: dict[KeyPath, Place] = {}
    for place in found:
        if place.path in seen:
            return seen[place.path], place
        seen[place.path] = place
    return None


class _NotTomlError(Exception):
    """The text is not TOML from here on."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line_ends = [match.start() for match in re.finditer("\n", text)]
        self._last_entry: dict[KeyPath, int] = {}
        """For each array of tables, the index of its latest `[[header]]`."""
        self.found: list[Place] = []

    def document(self) -> None:
        table: KeyPath = ()
        while True:
            self._match(_BLANK_LINES)
            if self._at >= len(self._text):
                return
            if self._peek("["):
                table = self._header()
            else:
                self._pair(table)
            self._match(_BLANK)
            if self._at < len(self._text) and self._text[self._at] not in "#\r\n":
                raise _NotTomlError

    def _header(self) -> KeyPath:
        line = self._line()
        is_list = self._peek("[[")
        self._take("[[" if is_list else "[")
        keys = self._key()
        self._take("]]" if is_list else "]")
        path: KeyPath = self._entered(keys[:-1])
        path = (*path, keys[-1])
        if is_list:
            index = self._last_entry.get(path, -1) + 1
            self._last_entry[path] = index
            path = (*path, index)
        elif path in self._last_entry:
            raise _NotTomlError
        self.found.append(Place(path, line, is_table=True))
        return path

    def _entered(self, keys: list[str]) -> KeyPath:
        path: KeyPath = ()
        for key in keys:
            path = (*path, key)
            if path in self._last_entry:
                path = (*path, self._last_entry[path])
        return path

    def _pair(self, table: KeyPath) -> None:
        self._match(_BLANK)
        line = self._line()
        path = (*table, *self._key())
        self._take("=")
        self._match(_BLANK)
        self.found.append(Place(path, line))
        self._value(path)

    def _key(self) -> list[str]:
        keys = []
        while True:
            self._match(_BLANK)
            if self._peek('"') or self._peek("'"):
                keys.append(_unquoted(self._match(_LINE_STRING)))
            else:
                keys.append(self._match(_BARE_KEY))
            self._match(_BLANK)
            if not self._peek("."):
                return keys
            if len(keys) == KEY_PARTS_LIMIT:
                raise KeyTooLongError(self._line())
            self._at += 1

    def _value(self, path: KeyPath) -> None:
        if self._peek('"""') or self._peek("'''"):
            self._match(_LONG_STRING)
        elif self._peek('"') or self._peek("'"):
            self._match(_LINE_STRING)
        elif self._peek("["):
            self._list(path)
        elif self._peek("{"):
            self._inline_table(path)
        else:
            self._match(_BARE_VALUE)

    def _list(self, path: KeyPath) -> None:
        self._take("[")
        index = 0
        while True:
            self._match(_BLANK_LINES)
            if self._peek("]"):
                break
            self.found.append(Place((*path, index), self._line()))
            self._value((*path, index))
            index += 1
            self._match(_BLANK_LINES)
            if not self._peek(","):
                break
            self._at += 1
        self._take("]")

    def _inline_table(self, path: KeyPath) -> None:
        self._take("{")
        self._match(_BLANK)
        while not self._peek("}"):
            self._pair(path)
            self._match(_BLANK)
            if not self._peek(","):
                break
            self._at += 1
        self._take("}")

    def _line(self) -> int:
        return bisect_right(self._line_ends, self._at - 1) + 1

    def _peek(self, token: str) -> bool:
        return self._text.startswith(token, self._at)

    def _take(self, token: str) -> None:
        if not self._peek(token):
            raise _NotTomlError
        self._at += len(token)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self._text, self._at)
        if match is None:
            raise _NotTomlError
        self._at = match.end()
        return match.group()


def _unquoted(quoted: str) -> str:
    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except ValueError:
        raise _NotTomlError from None
