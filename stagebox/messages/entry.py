"""The shape of an entry in the catalogue of codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from stagebox.model.report import Code

WHOLE_TALK, NO_SOUND, NO_PICTURE, SPOILT, SOON, STREAM, LEAST = 0, 100, 200, 300, 400, 500, 900
"""What is lost, worst first. A talk without its sound is lost; without pictures it can be listened to."""

Lacks = Literal["", "picture", "sound", "time"]
"""What a recording with this finding leaves out, so that a file or a repetition would mend it."""


def msg(words: str) -> str:
    """The words as they are: the translation tool gathers what stands in this call."""
    return words


class CountedWords(str):
    """Words for one, that know how several are said. The fact that is counted is called `n`."""

    many: str

    def __new__(cls, one: str, many: str) -> "CountedWords":
        """As `msg`, for words in which something is counted."""
        made = super().__new__(cls, one)
        made.many = many
        return made


@dataclass(frozen=True, slots=True)
class AlarmWords:
    """What is said while something is so, and what to do.

    A name in braces is a fact; `_s`, `_bytes` and `role` at its end say how it is told. `on_screen` is the
    remedy for who stands at the touch screen, where `remedy` asks for a terminal or for OBS's own window.
    `short` is what this is called in a few words, where that is not what its code is called.
    """

    message: str = ""
    remedy: str = ""
    on_screen: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEntry:
    """A code as a finding of a recording. Every text is a sentence or two for volunteers.

    What stands in braces in `measured`, `raised` and `severity` is a field of the [verify] section or a
    constant of `media/thresholds.py`. `also` names fields of [verify] that are no number to be put into a
    sentence. `says` are the sentences of a report by what was found, with their figures; one without a remedy
    has the code's.

    Args:
        short: what it is called in a few words, where that is not what an alarm is called.
        on_screen: the remedy for who stands at the touch screen, where `remedy` asks for more.
        next_time: what to do before the next talk, if anything.
        whole: it is about the whole recording, whose length says nothing of it.
    """

    meaning: str
    measured: str
    raised: str
    severity: str
    remedy: str
    on_screen: str = ""
    also: tuple[str, ...] = ()
    short: str = ""
    next_time: str = ""
    whole: bool = False
    says: Mapping[str, AlarmWords] = field(default_factory=dict)

    def with_remedy(self, words: AlarmWords) -> AlarmWords:
        """One of its sentences, with the code's own remedy where it has none."""
        return words if words.remedy else replace(words, remedy=self.remedy, on_screen=self.on_screen)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntry:
    """All that is said of a code.

    Args:
        short: what is wrong, in two or three words, after the name of a role.
        live: what an alarm says, by what the rule found; empty for a code that only recordings have.
        after: it as a finding; None for a code that only alarms have.
        rank: what loses most, by role ("" for every other): lower comes first.
        lacks: what a recording leaves out while this is so.
    """

    code: Code
    short: str
    live: Mapping[str, AlarmWords] = field(default_factory=dict)
    after: FindingEntry | None = None
    rank: Mapping[str, int] = field(default_factory=dict)
    lacks: Lacks = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEntry:
    """What the doctor says of one check, or of a few that are alike.

    Args:
        titles: what each is called, by its name for programs.
        says: what was found and what to do, by key; one with a remedy alone is a part of other remedies.
    """

    titles: Mapping[str, str]
    says: Mapping[str, AlarmWords]
