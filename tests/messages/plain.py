"""Sentences that can stand on a touch screen: no settings key, no command, no way into OBS. Pure."""

import re

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


_ELSEWHERE = re.compile(r"same command|chmod|sudo|127\.0\.0\.1|--[a-z]|\b[Pp]rocess (it|the)\b|\b[Ll]og\b")


def is_plain(words: str) -> bool:
    """Whether a sentence asks for nothing that the screen's own touches cannot do."""
    return not (
        _TERMINAL.search(words) or _KEY.search(words) or _INTO_OBS.search(words) or _ELSEWHERE.search(words)
    )
