"""Sentences of `serve` that can stand on a touch screen: no settings key, no command, no way into OBS. Pure.

The same sentence may have been made for a terminal. Where it is not fit for the screen, the screen has its
own, by the code of what happened.
"""

import re

_TERMINAL = re.compile(
    r"`|stagebox\.toml|[“\"]stagebox [a-z]|\bstagebox (provision|process|devices|status|sessions|config|"
    r"stream|buttonbox|doctor|serve|verify)\b"
)
_KEY = re.compile(
    r"\b(event|recording|obs|sources|stream|scenes|api|kiosk|button_box|waits|verify|health|remedies)"
    r"\.(?!flv|mkv|mp4|mov)[a-z]+(_[a-z]+)*\b|\bbutton_box\b|\bstate_dir\b"
)
_INTO_OBS = re.compile(
    r"OBS's own window|window of OBS|\b(look|choose|touch|unmute|set|open|close|remove)\b[^.]*\bin OBS\b|"
    r"\bIn OBS[,:]|in OBS's [a-z]+|OBS's (audio )?(mixer|settings|output settings|log)|"
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
