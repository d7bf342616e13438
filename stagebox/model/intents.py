"""What people want: the only thing that a view may send to the engine."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from stagebox.model.alarms import AlarmKey
from stagebox.model.remedies import Remedy

Origin = Literal["touch", "button", "web", "cli", "rehearsal", "engine"]

Title = Annotated[str, Field(max_length=200)]
Speaker = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDetails:
    """What a person says of a talk. Planned times are UTC, ISO 8601, or empty."""

    title: Title = ""
    speaker: Speaker = ""
    room: Annotated[str, Field(max_length=60)] = ""
    planned_start: Annotated[str, Field(max_length=40)] = ""
    planned_end: Annotated[str, Field(max_length=40)] = ""
    do_not_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SwitchScene:
    """Put a scene on program."""

    kind: Literal["switch_scene"] = "switch_scene"
    scene: Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecording:
    """Begin a session and record it. `talk` None takes the details that were set last."""

    kind: Literal["start_recording"] = "start_recording"
    talk: TalkDetails | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecording:
    """End the session that is being recorded."""

    kind: Literal["stop_recording"] = "stop_recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTalk:
    """Set the details of the talk that is on, or of the next one."""

    kind: Literal["set_talk"] = "set_talk"
    talk: TalkDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeAlarm:
    """Somebody has seen this alarm. It stays, small, until its cause is gone."""

    kind: Literal["acknowledge"] = "acknowledge"
    alarm: AlarmKey


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRemedy:
    """Take a remedy that the snapshot offers, although viewers may see or hear it."""

    kind: Literal["take_remedy"] = "take_remedy"
    remedy: Remedy
    role: Annotated[str, Field(max_length=40)]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkMoment:
    """Mark this moment of the recording, to be found in the report. `words` say what it is, or are empty."""

    kind: Literal["mark_moment"] = "mark_moment"
    words: Annotated[str, Field(max_length=200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnButton:
    """Report the next press of a button box, and do not carry it out. Ends after `seconds`; 0 ends it now."""

    kind: Literal["learn_button"] = "learn_button"
    seconds: Annotated[float, Field(ge=0, le=60)] = 30.0


Want = Annotated[
    SwitchScene
    | StartRecording
    | StopRecording
    | SetTalk
    | AcknowledgeAlarm
    | TakeRemedy
    | MarkMoment
    | LearnButton,
    Field(discriminator="kind"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One wish of one person, with an id by which its fate can be followed.

    `id` is unique; a second intent with an id already seen is answered as the first was.
    """

    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
    origin: Origin
    want: Want
