"""This room's schedule as `GET /api/schedule` tells it, with what became of each talk."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from stagebox.model.said import Said
from stagebox.model.schedule import TalkConsent

NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTalk:
    """A talk and what became of it: `state` is its fate by name, `said` why, `sessions` their ids."""

    key: str
    title: str = ""
    speakers: tuple[str, ...] = ()
    start_utc: datetime = NEVER
    end_utc: datetime = NEVER
    consent: TalkConsent = field(default_factory=TalkConsent)
    state: str = ""
    sessions: tuple[str, ...] = ()
    recorded_s: float = 0.0
    verdict: str = ""
    why: str = ""
    said: Said | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldSchedule:
    """The schedule; nothing in it before it was told."""

    source: str = ""
    room: str = ""
    rooms: tuple[str, ...] = ()
    talks: tuple[ToldTalk, ...] = ()
