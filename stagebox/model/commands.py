"""What people want: the only thing that a view may send to the engine."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from stagebox.model.alarms import AlarmKey
from stagebox.model.remedies import Remedy
from stagebox.model.schedule import Consent
from stagebox.model.set_up import SourceRole
from stagebox.model.settings import AudioKind, VideoKind

Origin = Literal["touch", "button", "web", "cli", "rehearsal", "engine", "schedule"]

Title = Annotated[str, Field(max_length=200)]
Speaker = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkDetails:
    """What is known of a talk. Planned times are UTC, ISO 8601, or empty.

    `key` is what the schedule knows it by; empty for a talk that somebody typed.
    """

    title: Title = ""
    speaker: Speaker = ""
    room: Annotated[str, Field(max_length=60)] = ""
    planned_start: Annotated[str, Field(max_length=40)] = ""
    planned_end: Annotated[str, Field(max_length=40)] = ""
    do_not_record: bool = False
    key: Annotated[str, Field(max_length=400)] = ""


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
class NextTalk:
    """End the talk that is recorded and begin the following one, while OBS records on: nothing lies between.

    `talk` None takes the next talk's details that are set. When nothing is recorded it begins the next talk.
    """

    kind: Literal["next_talk"] = "next_talk"
    talk: TalkDetails | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTrial:
    """Record for `seconds` to see whether all works: judged like a talk, and no talk. It ends by itself.

    Whoever starts to record meanwhile takes its place.
    """

    kind: Literal["start_trial"] = "start_trial"
    seconds: Annotated[float, Field(ge=1, le=60)] = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StopRecording:
    """End the session that is being recorded."""

    kind: Literal["stop_recording"] = "stop_recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeRecording:
    """Let a recording that is paused in OBS go on."""

    kind: Literal["resume_recording"] = "resume_recording"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStream:
    """Go live. The key is no part of it: commands are journalled."""

    kind: Literal["start_stream"] = "start_stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class StopStream:
    """End the stream. The recording goes on."""

    kind: Literal["stop_stream"] = "stop_stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTalk:
    """Set the details of the talk that is on, or of the next one."""

    kind: Literal["set_talk"] = "set_talk"
    talk: TalkDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTalk:
    """Say something of a scheduled talk that beats its schedule, until it is taken back. None: nothing new.

    Times are seconds since 1970; `record`, `stream` and `publish` are what its speaker allows.
    """

    kind: Literal["edit_talk"] = "edit_talk"
    key: Annotated[str, Field(min_length=1, max_length=400)]
    title: Title | None = None
    speaker: Speaker | None = None
    start_utc: Annotated[float, Field(gt=0)] | None = None
    end_utc: Annotated[float, Field(gt=0)] | None = None
    record: Consent | None = None
    stream: Consent | None = None
    publish: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackEdit:
    """Let the schedule's own word count again for a talk."""

    kind: Literal["take_back_edit"] = "take_back_edit"
    key: Annotated[str, Field(min_length=1, max_length=400)]


SessionId = Annotated[str, Field(min_length=1, max_length=64)]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepTalk:
    """Keep a recording whose speaker has said no while it was made."""

    kind: Literal["keep_talk"] = "keep_talk"
    session_id: SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardTalk:
    """End and discard a recording whose speaker has said no: it is sealed aside for a day, then deleted."""

    kind: Literal["discard_talk"] = "discard_talk"
    session_id: SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackDiscard:
    """Put a discarded recording back, which is not deleted yet, and process it."""

    kind: Literal["take_back_discard"] = "take_back_discard"
    session_id: SessionId


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveTalk:
    """Say of which scheduled talk a recording is: one that was begun in OBS, or under another name."""

    kind: Literal["give_talk"] = "give_talk"
    session_id: SessionId
    key: Annotated[str, Field(min_length=1, max_length=400)]


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSchedule:
    """Use this schedule, and this room of it; None leaves what is. An empty source is no schedule.

    The same once more asks for the newest one. `text` is a list of talks that somebody typed, a line a talk:
    it is kept as a file, which is the source then. Where no line names a day, all are today's.
    """

    kind: Literal["use_schedule"] = "use_schedule"
    source: Annotated[str, Field(max_length=2000)] | None = None
    room: Annotated[str, Field(max_length=200)] | None = None
    auto_start: bool | None = None
    text: Annotated[str, Field(max_length=50_000)] | None = None


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
class ShowMessage:
    """Show the speaker these words of the crew's, for so many seconds; 0: until they are taken back.

    No words take back what is shown.
    """

    kind: Literal["show_message"] = "show_message"
    words: Annotated[str, Field(max_length=120)] = ""
    seconds: Annotated[float, Field(ge=0, le=3600)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnButton:
    """Report the next press of a button box, and do not carry it out. Ends after `seconds`; 0 ends it now."""

    kind: Literal["learn_button"] = "learn_button"
    seconds: Annotated[float, Field(ge=0, le=60)] = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSource:
    """Put another device behind a role; `device_kind` none leaves the role empty.

    While a talk is recorded or streamed it is refused, unless `on_air` says that the person knows.
    """

    kind: Literal["set_source"] = "set_source"
    role: SourceRole
    device_kind: VideoKind | AudioKind
    device: Annotated[str, Field(max_length=500)] = ""
    on_air: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetEvent:
    """Name the event and this room: on the title cards, and in the file names of the next recordings."""

    kind: Literal["set_event"] = "set_event"
    title: Annotated[str, Field(min_length=1, max_length=120)]
    room: Annotated[str, Field(min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFolder:
    """Put the next recordings into another folder, an absolute path.

    While a talk is recorded it is refused, unless `on_air` says that the person knows: the talk goes on in
    the other folder then, in a part of its own.
    """

    kind: Literal["set_folder"] = "set_folder"
    folder: Annotated[str, Field(min_length=1, max_length=500)]
    on_air: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetButton:
    """Give a button of the button boxes something else to do: `words` as in the settings, or "" for nothing.

    `place` is its number, on every box, or "box-id:number".
    """

    kind: Literal["set_button"] = "set_button"
    place: Annotated[str, Field(pattern=r"^([a-z0-9-]{1,24}:)?[1-9][0-9]?$")]
    words: Annotated[str, Field(max_length=220)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookForDevices:
    """Ask OBS which devices it sees, and the computer which folders could take recordings."""

    kind: Literal["look_for_devices"] = "look_for_devices"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildScenes:
    """Build stagebox's scenes in OBS again: what is missing is made, what was moved goes back."""

    kind: Literal["build_scenes"] = "build_scenes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCheck:
    """Go through the doctor's checklist once."""

    kind: Literal["run_check"] = "run_check"


CommandBody = Annotated[
    SwitchScene
    | StartRecording
    | NextTalk
    | StartTrial
    | StopRecording
    | ResumeRecording
    | StartStream
    | StopStream
    | SetTalk
    | EditTalk
    | TakeBackEdit
    | GiveTalk
    | KeepTalk
    | DiscardTalk
    | TakeBackDiscard
    | UseSchedule
    | AcknowledgeAlarm
    | TakeRemedy
    | MarkMoment
    | ShowMessage
    | LearnButton
    | SetSource
    | SetEvent
    | SetFolder
    | SetButton
    | LookForDevices
    | BuildScenes
    | RunCheck,
    Field(discriminator="kind"),
]

BareKind = Literal["start_recording", "resume_recording", "build_scenes", "run_check"]
"""Commands that need nothing but their name and that a button of a view asks for, by its kind alone."""

SessionKind = Literal["keep_talk", "discard_talk", "take_back_discard"]
"""Commands that need a session's id and that a button of a view asks for, with the id as its target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One wish of one person, with an id by which its fate can be followed.

    `id` is unique; a second command with an id already seen is answered as the first was.
    """

    id: Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:-]+$")]
    origin: Origin
    want: CommandBody
