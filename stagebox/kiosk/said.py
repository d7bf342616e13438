"""What `serve` says in passing, in the screen's language: by its code, with its facts put in. Pure."""

from collections.abc import Mapping
from typing import Any

from stagebox.kiosk.alarm_words import role_name
from stagebox.kiosk.seen import Seen, Translate, part, rows, text
from stagebox.kiosk.words import length
from stagebox.model.said import SENTENCES


def said_words(said: Mapping[str, Any], language: str, translate: Translate) -> str:
    """The sentence for a person at the screen.

    One without a code is told as it came where English is read, and elsewhere only that something went wrong:
    a screen tells nobody what they cannot read.
    """
    template = SENTENCES.get(text(said, "code"))
    words = text(said, "words")
    if template is None:
        instead = translate("said", SENTENCES["tell_the_crew"])
        return words if language == "en" or not words else instead
    told = {name: _told(name, fact, translate) for name, fact in part(said, "facts").items()}
    try:
        return translate("said", template).format(**told)
    except (KeyError, IndexError):
        return words


def _told(name: str, fact: Any, translate: Translate) -> str:
    if name.endswith("_s") and isinstance(fact, int | float):
        return length(fact, translate)
    return role_name(str(fact), translate) if name == "role" else str(fact)


def answer_words(answer: Mapping[str, Any], language: str, translate: Translate) -> str:
    """Why something was not done. A `serve` that tells no code tells a sentence."""
    said = part(answer, "said")
    known = said if text(said, "code") else {"words": text(answer, "detail")}
    return said_words(known, language, translate)


def notes_words(seen: Seen, translate: Translate) -> str:
    """What was said in passing and still holds; nothing while what is seen is old."""
    if not seen.fresh:
        return ""
    if "notes" not in seen.snapshot:
        return text(seen.snapshot, "notice")
    told = (said_words(one, seen.language, translate) for one in rows(seen.snapshot, "notes"))
    return " ".join(dict.fromkeys(one for one in told if one))
