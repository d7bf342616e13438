"""File names as text: a name on a Linux disk is bytes, and what is no UTF-8 must be told and found again.

Python carries such bytes as lone surrogates, which neither JSON nor SQLite nor a screen takes. Inside
stagebox each is written as in reports, `caf\\xe9.flv`: every text is whole Unicode, and the file is found.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from stagebox.model.said import Sentence

T = TypeVar("T")

_SURROGATE = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[\ud800-\udfff]|\\\\(?=x(?:[89a-f][0-9a-f]|5c))")
_MARKED = re.compile("(?:\\\\x(?:[89a-f][0-9a-f]|5c))+")


def text_of(path: Path | str) -> str:
    """The path as whole Unicode, that `path_of` leads back from. What is UTF-8 stays as it is."""
    return str(path) if os.name == "nt" else _ODD.sub(_marked, str(path))


def path_of(text: str) -> Path:
    """The path that `text_of` made this text of."""
    return Path(text if os.name == "nt" else _MARKED.sub(_bytes_again, text))


def legible(value: T) -> T:
    """The same with every text in it whole Unicode, through dataclasses, tuples, lists and mappings.

    What was told by `text_of` before stays as it is.
    """
    return _legible(value)  # type: ignore[no-any-return]


def _legible(value: Any) -> Any:
    if isinstance(value, Sentence):
        said = _legible(value.said)
        return value if said is value.said else Sentence(said)
    if isinstance(value, str):
        return value if type(value) is not str or value.isascii() else _SURROGATE.sub(_marked, value)
    if isinstance(value, tuple | list):
        told = [_legible(one) for one in value]
        same = all(new is old for new, old in zip(told, value, strict=True))
        return value if same else type(value)(told)
    if isinstance(value, Mapping):
        pairs = {_legible(key): _legible(one) for key, one in value.items()}
        same = all(pairs.get(key) is one for key, one in value.items())
        return value if same else pairs
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            one.name: new
            for one in fields(value)
            if one.init and (new := _legible(old := getattr(value, one.name))) is not old
        }
        return replace(value, **changed) if changed else value
    return value


def _marked(found: re.Match[str]) -> str:
    char = found[0]
    odd = "\udc80" <= char <= "\udcff"
    how = "surrogateescape" if odd else "surrogatepass"
    return "".join(f"\\x{one:02x}" for one in char.encode("utf-8", how))


def _bytes_again(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("\\x", "")).decode("utf-8", "surrogateescape")
