"""Sentences of `serve` that can stand on a touch screen: no settings key, no command, no way into OBS. Pure.

The same sentence may have been made for a terminal. Where it is not fit for the screen, the screen has its
own, by the code of what happened.
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

T = TypeVar("T")

_TERMINAL = re.compile(
    r"`|stagebox\.toml|[“\"]stagebox [a-z]|\bstagebox (provision|process|devices|status|sessions|config|"
    r"stream|buttonbox|doctor|serve|verify)\b|\bCorrect (the (file|name)|this key)\b"
)
_KEY = re.compile(
    r"\b(event|recording|obs|sources|stream|scenes|api|kiosk|button_box|waits|verify|health|remedies)"
    r"\.(?!flv|mkv|mp4|mov)[a-z]+(_[a-z]+)*\b|\bbutton_box\b|\bstate_dir\b"
)
_INTO_OBS = re.compile(
    r"OBS's own window|window of OBS|\b(look|choose|touch|unmute|set|open|close|remove)\b[^.]*\bin OBS\b|"
    r"(?-i:\bIn OBS[,:])|in OBS's (own|audio|source|mixer|properties)|"
    r"OBS's (audio )?(mixer|settings|output settings|log)|"
    r"(its|See the|stagebox's) log",
    re.IGNORECASE,
)


def is_plain(words: str) -> bool:
    """Whether a sentence asks for nothing that the screen's own touches cannot do."""
    return not (_TERMINAL.search(words) or _KEY.search(words) or _INTO_OBS.search(words))


def plain(words: str, instead: str) -> str:
    """The sentences of `words` that are fit for the screen; `instead` where one of them is not."""
    kept = [one for one in re.split(r"(?<=[.!?])\s+(?=[A-Z`“])", words.strip()) if one]
    fit = [one for one in kept if is_plain(one)]
    if len(fit) == len(kept):
        return words
    return " ".join((*fit, instead)).strip()


SENTENCES = frozenset(
    {
        "words",
        "text",
        "summary",
        "advice",
        "remedy",
        "notice",
        "problem",
        "detail",
        "note",
        "why",
        "face_words",
        "folder_words",
        "none_words",
        "missing",
    }
)
"""The fields of a view that hold sentences. Others hold names, which a person has chosen, and figures."""


def in_plain(view: T, instead: str) -> T:
    """The view with every sentence fit for the screen."""
    if isinstance(view, tuple):
        changed = tuple(in_plain(one, instead) for one in view)
        same = all(a is b for a, b in zip(view, changed, strict=True))
        return view if same else cast(T, changed)
    if not is_dataclass(view) or isinstance(view, type):
        return view
    changes: dict[str, Any] = {}
    for one in fields(view):
        value = getattr(view, one.name)
        if isinstance(value, str):
            fit: Any = plain(value, instead) if value and one.name in SENTENCES else value
        else:
            fit = in_plain(value, instead)
        if fit is not value:
            changes[one.name] = fit
    return cast(T, replace(view, **changes)) if changes else view
