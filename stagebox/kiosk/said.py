"""What `serve` says, in the screen's language: by its code, with its facts put in. Pure."""

from collections.abc import Mapping
from typing import Any

from stagebox.kiosk.seen import Seen, part, rows, text
from stagebox.messages.catalogue import ON_SCREEN, REMEDY, template
from stagebox.messages.languages import language
from stagebox.messages.passing import SENTENCES
from stagebox.model.said import Said


def said_words(said: Mapping[str, Any], code: str) -> str:
    """The sentence for a person at the screen, in the language `code`.

    One that is not known is told as it came where English is read, and elsewhere only that something went
    wrong: a screen tells nobody what they cannot read.
    """
    known, words = _said(said), text(said, "words")
    if template(known.code) is None:
        return words if code == "en" or not words else language(code)(SENTENCES["tell_the_crew"])
    return language(code).told(known)


def sentence(seen: Seen, english: str) -> str:
    """A sentence of the snapshot for a person at the screen; empty where it is not known in their language.

    Of a remedy, what can be done at the screen.
    """
    known = _said(part(seen.part("said"), english))
    code, dot, which = known.code.rpartition(".")
    on_screen = f"{code}.{ON_SCREEN}" if dot and which == REMEDY else known.code
    if template(on_screen) is None:
        return english if seen.language == "en" else ""
    return language(seen.language).told(Said(code=on_screen, facts=known.facts, words=english))


def answer_words(answer: Mapping[str, Any], code: str) -> str:
    """Why something was not done. A `serve` that tells no code tells a sentence."""
    said = part(answer, "said")
    return said_words(said if text(said, "code") else {"words": text(answer, "detail")}, code)


def notes_words(seen: Seen) -> str:
    """What was said in passing and still holds; nothing while what is seen is old."""
    if not seen.fresh:
        return ""
    if "notes" not in seen.snapshot:
        return text(seen.snapshot, "notice")
    told = (said_words(one, seen.language) for one in rows(seen.snapshot, "notes"))
    return " ".join(dict.fromkeys(one for one in told if one))


def _said(told: Mapping[str, Any]) -> Said:
    """As it came in JSON."""
    facts = {
        name: _said(fact) if isinstance(fact, Mapping) else fact for name, fact in part(told, "facts").items()
    }
    return Said(code=text(told, "code"), facts=facts, words=text(told, "words"))
