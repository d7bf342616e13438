"""The schedule of an event: its talks, whose room and time are known, and what their speakers allow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from stagebox.model.said import Said, Sentence


class Consent(StrEnum):
    """A speaker's answer. Unknown is never yes."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkConsent:
    """What the speaker of a talk allows, question by question."""

    record: Consent = Consent.UNKNOWN
    stream: Consent = Consent.UNKNOWN
    publish: Consent = Consent.UNKNOWN

    @classmethod
    def read(cls, told: Mapping[str, str] | None) -> "TalkConsent | None":
        """The answers as JSON tells them. Raises ValueError, TypeError: it is none."""
        return None if told is None else cls(**{name: Consent(word) for name, word in told.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledTalk:
    """A talk as its event announces it.

    Args:
        key: what it is known by, once in a schedule: `identity` names it.
        guid: as the schedule has it; may repeat, and be last year's.
        code: the schedule's short name of it (pretalx), or its number.
        room: as the schedule writes it; empty where it names none.
        rooms: each room that it is in: several where `room` lists them.
        start_utc: when it begins, in seconds since 1970.
        end_utc: when it ends, likewise; later than its start.
        language: as the schedule writes it, often two letters.
    """

    key: str
    guid: str = ""
    code: str = ""
    title: str
    subtitle: str = ""
    speakers: tuple[str, ...] = ()
    room: str = ""
    rooms: tuple[str, ...] = ()
    start_utc: float
    end_utc: float
    language: str = ""
    consent: TalkConsent = field(default_factory=TalkConsent)
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledRoom:
    """A room of the event; `guid` is empty where the schedule has none."""

    name: str
    guid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleProblem:
    """What in a schedule is not as it should be.

    Args:
        where: the place in the file, as "event 33, “Opening”", or "line 7".
        what: what is wrong, and what was done with it.
        left_out: a talk was lost by it.
    """

    where: str
    what: Sentence
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """All talks of an event, by start.

    Args:
        format: which of the formats it was written in, as `frab-xml`.
        version: as the event calls it; empty where it names none.
        time_zone: the name of the zone that times without an offset were read in, as `Europe/Prague`.
    """

    format: str
    title: str = ""
    version: str = ""
    time_zone: str
    rooms: tuple[ScheduledRoom, ...] = ()
    talks: tuple[ScheduledTalk, ...] = ()
    problems: tuple[ScheduleProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSchedule:
    """This room's part of the event's schedule, as the engine knows it.

    Args:
        source: the file or address; empty: no schedule is in use.
        room: the room's name in it; empty: none is chosen, and none is called as this room is.
        rooms: all rooms of the schedule, to choose from.
        talks: this room's, by start.
        fetched_utc: when it was last seen to be so, in seconds since 1970; 0: never.
        trouble: why the newest one could not be had, as code and facts; its code is empty where it could.
    """

    source: str = ""
    title: str = ""
    version: str = ""
    time_zone: str = "UTC"
    room: str = ""
    rooms: tuple[str, ...] = ()
    talks: tuple[ScheduledTalk, ...] = ()
    fetched_utc: float = 0.0
    trouble: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkEdit:
    """What a person said of a scheduled talk: it beats the schedule until they take it back.

    None: nothing was said of this. `origin` is by which way they said it, `utc` when.
    """

    key: str
    title: str | None = None
    speaker: str | None = None
    start_utc: float | None = None
    end_utc: float | None = None
    record: Consent | None = None
    stream: Consent | None = None
    publish: Consent | None = None
    origin: str = ""
    utc: float = 0.0
