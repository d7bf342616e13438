"""What became of each talk of the schedule: which talks of today have no file, and why. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stagebox.messages.code_catalogue import say
from stagebox.model.said import Said, Sentence
from stagebox.model.schedule import Consent, ScheduledTalk
from stagebox.model.state import ACTIVE, Phase, Session
from stagebox.model.talk_times import is_of

NOTHING = Sentence(Said())
SHORT_SHARE = 0.5
"""Less than this share of a talk's planned length is told as short."""


class TalkFate(StrEnum):
    """What became of a talk, in the order in which it happens."""

    EXPECTED = "expected"
    RECORDING = "recording"
    RECORDED = "recorded"
    """It was recorded, and its MP4 is being made."""
    CHECKED = "checked"
    MISSING = "missing"
    REFUSED = "refused"
    """Its speaker does not want it recorded."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A talk and what became of it.

    Args:
        sessions: the ids of its recordings, oldest first.
        recorded_s: how much of it was recorded, in seconds.
        verdict: the worst of them; empty before there is one.
        output: the MP4 of the longest; empty where there is none.
        why: a sentence where something is to be said of it; else empty.
    """

    talk: ScheduledTalk
    fate: TalkFate
    sessions: tuple[str, ...] = ()
    recorded_s: float = 0.0
    verdict: str = ""
    output: str = ""
    why: Sentence = NOTHING


def ledger(
    talks: Iterable[ScheduledTalk],
    gone: Iterable[ScheduledTalk],
    sessions: Iterable[Session],
    utc: float,
) -> tuple[LedgerLine, ...]:
    """A line for each talk, by start.

    Args:
        talks: the room's, as people left them.
        gone: those that were in the schedule once, and are not any more.
        sessions: all that are known; those of no talk are passed over.
        utc: now, in seconds since 1970.
    """
    of: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        if session.talk.key and not session.trial:
            of[session.talk.key].append(session)
    there = tuple(talks)
    known = {talk.key for talk in there}

    def those_of(talk: ScheduledTalk) -> list[Session]:
        found = (one for one in of[talk.key] if is_of(one.talk, one.asked_utc, talk))
        return sorted(found, key=lambda one: one.number)

    lines = [_line(talk, those_of(talk), utc) for talk in there]
    lines += [_cancelled(talk, those_of(talk), utc) for talk in gone if talk.key not in known]
    return tuple(sorted(lines, key=lambda line: (line.talk.start_utc, line.talk.key)))


def _line(talk: ScheduledTalk, sessions: Sequence[Session], utc: float) -> LedgerLine:
    discarded = [session for session in sessions if session.consent == "discarded"]
    sessions = [session for session in sessions if session.consent != "discarded"]
    if any(session.phase in ACTIVE for session in sessions):
        return _told(talk, TalkFate.RECORDING, sessions)
    if any(session.phase is Phase.PROCESSING for session in sessions):
        return _told(talk, TalkFate.RECORDED, sessions)
    if any(session.output for session in sessions):
        return _told(talk, TalkFate.CHECKED, sessions, _short(talk, sessions))
    if sessions and talk.end_utc <= utc:
        return _told(talk, TalkFate.MISSING, sessions, say("ledger_failed"))
    if discarded:
        return _told(talk, TalkFate.REFUSED, discarded, say("ledger_discarded"))
    if talk.consent.record is Consent.NO:
        return _told(talk, TalkFate.REFUSED, sessions, say("ledger_refused"))
    if talk.end_utc <= utc:
        return _told(talk, TalkFate.MISSING, sessions, say("ledger_missing"))
    return _told(talk, TalkFate.EXPECTED, sessions)


def _cancelled(talk: ScheduledTalk, sessions: Sequence[Session], utc: float) -> LedgerLine:
    """A talk that is not in the schedule any more; what was recorded of it is told all the same."""
    line = _line(talk, sessions, utc)
    if line.fate in (TalkFate.EXPECTED, TalkFate.MISSING, TalkFate.REFUSED) and not sessions:
        return _told(talk, TalkFate.CANCELLED, sessions, say("ledger_cancelled"))
    return line


def _short(talk: ScheduledTalk, sessions: Sequence[Session]) -> Sentence:
    recorded_s = sum(session.recorded_s for session in sessions)
    planned_s = talk.end_utc - talk.start_utc
    if recorded_s < SHORT_SHARE * planned_s:
        return say("ledger_short", recorded_s=round(recorded_s), planned_s=planned_s)
    return NOTHING


_WORST = ("failed", "flagged", "ok", "")


def _told(
    talk: ScheduledTalk, fate: TalkFate, sessions: Sequence[Session], why: Sentence = NOTHING
) -> LedgerLine:
    with_output = [session for session in sessions if session.output]
    longest = max(with_output, key=lambda one: one.recorded_s, default=None)
    return LedgerLine(
        talk=talk,
        fate=fate,
        sessions=tuple(session.id for session in sessions),
        recorded_s=sum(session.recorded_s for session in sessions),
        verdict=min((session.verdict for session in sessions), key=_WORST.index, default=""),
        output=longest.output if longest is not None else "",
        why=why,
    )


def totals(lines: Iterable[LedgerLine]) -> dict[str, int]:
    """How many talks have which fate; every fate is told."""
    counted = dict.fromkeys(map(str, TalkFate), 0)
    for line in lines:
        counted[str(line.fate)] += 1
    return counted


def needs_person(lines: Iterable[LedgerLine]) -> bool:
    """Whether a talk has no file, or one that somebody has to look at."""
    return any(line.fate is TalkFate.MISSING or line.verdict in ("failed", "flagged") for line in lines)
