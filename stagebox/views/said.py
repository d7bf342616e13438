"""What `serve` says, in the screen's language: by its code, with its facts put in. Pure."""

from stagebox.messages.code_catalogue import on_screen, template
from stagebox.messages.languages import language
from stagebox.messages.passing import SENTENCES
from stagebox.model.said import Said
from stagebox.model.state import CommandResult
from stagebox.views.seen import Seen


def said_words(said: Said, code: str) -> str:
    """The sentence for a person at the screen, in the language `code`.

    One that is not known is told as it came where English is read, and elsewhere only that something went
    wrong: a screen tells nobody what they cannot read.
    """
    if template(said.code) is None:
        if code == "en" or not said.words:
            return said.words
        return language(code)(SENTENCES["tell_the_crew"])
    return language(code).told(on_screen(said))


def sentence(seen: Seen, english: str) -> str:
    """A sentence of the snapshot for a person at the screen; empty where it is not known in their language.

    Of a remedy, what can be done at the screen.
    """
    known = seen.snapshot.said.get(english, Said())
    if template(known.code) is None:
        return english if seen.language == "en" else ""
    return language(seen.language).told(on_screen(known))


def answer_words(answer: CommandResult, code: str) -> str:
    """Why something was not done. A `serve` that tells no code tells a sentence."""
    return said_words(answer.said if answer.said.code else Said(words=answer.detail), code)


def notes_words(seen: Seen) -> str:
    """What was said in passing and still holds; nothing while what is seen is old."""
    if not seen.fresh:
        return ""
    if not seen.snapshot.notes:
        return seen.snapshot.notice
    told = (said_words(one, seen.language) for one in seen.snapshot.notes)
    return " ".join(dict.fromkeys(one for one in told if one))
