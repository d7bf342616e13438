"""Whether a talk's recordings may go: every reason to keep them is one check. Pure.

A further condition (such as a copy in a second place) is one function more in `CHECKS`, and one fact.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from stagebox import __version__
from stagebox.media.index.rows import ReviewedReport
from stagebox.media.talk_review import in_words

Compared = Literal["equal", "differs", "unreadable", "too_new", "in_parts", "no_room", "not_yet"]

_CANNOT = {
    "too_new": (
        "Its form is newer than the libraries of this computer, so it cannot be compared here.",
        "Keep it, or run the same command on a computer with a newer stagebox.",
    ),
    "in_parts": (
        "It became several MP4s, which cannot be compared with it here.",
        "Look whether all parts are there, then decide by hand.",
    ),
    "no_room": (
        "To compare it, it must be written anew for a while, and there is no room for that.",
        "Make room on the disk of the MP4s, then run the same command again.",
    ),
}
"""Why recording and MP4 cannot be compared, and what to do."""


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What is known of a talk's recordings and of its MP4, now.

    `linked`: a recording is only a link to a file elsewhere. `sources_there`, `sources_same`: all of the
    talk's recordings are there, and as they were when it was made. `rescue_there` is None when no rescue
    output was made. `compared` is about the packets of both, read now; `too_new`, `in_parts` and `no_room`
    say why they cannot be compared.
    """

    judged: ReviewedReport
    version: str = __version__
    busy: bool = False
    growing: bool = False
    linked: bool = False
    sources_there: bool = True
    sources_same: bool = True
    output_made: bool = True
    output_there: bool = True
    output_same: bool = True
    rescue_there: bool | None = None
    lossless: bool = True
    compared: Compared = "equal"


@dataclass(frozen=True, slots=True)
class KeepReason:
    """Why recordings stay: a code for programs, a sentence, and what to do."""

    code: str
    why: str
    remedy: str = ""


GROWING = KeepReason("growing", "It is still being recorded.", "Wait until the recording has ended.")
LINKED = KeepReason("linked", "It is only a link to a file elsewhere.", "Name the folder of the file itself.")
SHARED = KeepReason(
    "shared",
    "It holds several talks, and not all of it is in proven MP4s.",
    "Look whether each of its talks has an MP4.",
)
AGAIN = "Run `stagebox process` again."
LOOK = "Look at it, then process it again, mend it, or accept what was found."

Check = Callable[[ReleaseFacts], KeepReason | None]


def _busy(facts: ReleaseFacts) -> KeepReason | None:
    return (
        KeepReason("busy", "Another stagebox works on it.", "Wait until it is done.") if facts.busy else None
    )


def _growing(facts: ReleaseFacts) -> KeepReason | None:
    return GROWING if facts.growing else None


def _linked(facts: ReleaseFacts) -> KeepReason | None:
    told = KeepReason(
        "linked", "It is only a link to a file elsewhere.", "Release the folder in which the file lies."
    )
    return told if facts.linked else None


def _sources(facts: ReleaseFacts) -> KeepReason | None:
    if not facts.sources_there:
        return KeepReason(
            "part_gone", "Another part of this talk is not there any more.", "Look for it first."
        )
    if not facts.sources_same:
        return KeepReason("source_changed", "The recording was changed after its MP4 was made.", AGAIN)
    return None


def _output(facts: ReleaseFacts) -> KeepReason | None:
    if not facts.output_made:
        return KeepReason("no_output", "No MP4 could be made of it.", "Keep it: somebody may still save it.")
    if not facts.output_there:
        return KeepReason("output_gone", "Its MP4 is not there any more.", AGAIN)
    if not facts.output_same:
        return KeepReason("output_changed", "Its MP4 was changed after it was made.", AGAIN)
    return None


def _rescue(facts: ReleaseFacts) -> KeepReason | None:
    told = KeepReason("rescue_gone", "The MP4 with the rescued sound is not there any more.", AGAIN)
    return told if facts.rescue_there is False else None


def _version(facts: ReleaseFacts) -> KeepReason | None:
    told = KeepReason("old_report", "It was checked by another version of stagebox.", AGAIN)
    return told if facts.version != __version__ else None


def _person(facts: ReleaseFacts) -> KeepReason | None:
    judged = facts.judged
    if judged.settled == "lost":
        return KeepReason("lost", "The talk is marked as lost.", "Keep it: somebody may still save it.")
    if judged.settled:
        return KeepReason("elsewhere", f"{judged.said}.", "Compare the two, then decide by hand.")
    return KeepReason("needs_person", in_words(judged), LOOK) if judged.needs_person else None


def _proof(facts: ReleaseFacts) -> KeepReason | None:
    if not facts.lossless:
        return KeepReason("not_lossless", "Its MP4 does not hold exactly what was recorded.", "Keep it.")
    if facts.compared in _CANNOT:
        return KeepReason("cannot_compare", *_CANNOT[facts.compared])
    if facts.compared == "differs":
        return KeepReason("differs", "Compared again now, recording and MP4 differ.", f"Keep both. {AGAIN}")
    if facts.compared == "unreadable":
        return KeepReason(
            "unreadable", "Recording or MP4 cannot be read now.", "Look at the disk, and try again."
        )
    return None


CHECKS: tuple[Check, ...] = (_busy, _growing, _linked, _sources, _output, _rescue, _version, _person, _proof)
"""In the order in which they are told: the first reason is the one that is said."""


def kept(facts: ReleaseFacts) -> KeepReason | None:
    """Why the recordings of this talk stay, None when they may go."""
    return next((told for check in CHECKS if (told := check(facts)) is not None), None)
