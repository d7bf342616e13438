"""Translations in the form that Qt reads, made in memory from a .po file's words.

A translator in Python would deadlock: QML's loader thread would wait in it for Python's lock. The form is
that of Qt's own `QTranslator`: a table of hashes of the English words, and the messages.
"""

import struct
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from PySide6.QtCore import QTranslator

MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
HASHES, MESSAGES = 0x42, 0x69
END, TRANSLATION, SOURCE = b"\x01", b"\x03", b"\x06"

_read_there: WeakKeyDictionary[QTranslator, bytes] = WeakKeyDictionary()


def translator_of(words: Mapping[str, str]) -> QTranslator:
    """Qt's translator of these words. Qt keeps no copy: what it reads stays as long as it."""
    translator = QTranslator()
    _read_there[translator] = compiled(words)
    translator.load(_read_there[translator])
    return translator


def compiled(words: Mapping[str, str]) -> bytes:
    """What `QTranslator.load` takes: words by the English ones, for every context."""
    table, messages = [], b""
    for english, told in words.items():
        source, translation = english.encode(), told.encode("utf-16-be")
        table.append(struct.pack(">II", _hash(source), len(messages)))
        messages += b"".join(
            (
                TRANSLATION + struct.pack(">I", len(translation)) + translation,
                SOURCE + struct.pack(">I", len(source)) + source,
                END,
            )
        )
    return MAGIC + _section(HASHES, b"".join(sorted(table))) + _section(MESSAGES, messages)


def _section(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content


def _hash(source: bytes) -> int:
    """The ELF hash, as Qt takes it of a message's source."""
    value = 0
    for byte in source:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ high >> 24) & ~high & 0xFFFFFFFF
    return value or 1
