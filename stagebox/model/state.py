"""The engine's state: what is wanted, what was observed, the sessions. Frozen: replaced, never changed."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from stagebox.model.alarms import Alarm, AlarmKey, TimelineMark
from stagebox.model.commands import TalkDetails
from stagebox.model.obs_set_up import ForeignInObs, ObsSetUp, OwnObsNames, WantedOpen
from stagebox.model.observations import (
    ChecklistReading,
    DevicesReading,
    JobProgress,
    LinkFault,
    ObsStatsReading,
)
from stagebox.model.pauses import EndedPause, RunningPause
from stagebox.model.program import OnProgram
from stagebox.model.ranges import FileRange
from stagebox.model.said import Note, Said
from stagebox.model.schedule import RoomSchedule, ScheduledTalk, TalkConsent, TalkEdit
from stagebox.model.set_up import ActiveSettings
from stagebox.model.stream_state import StreamSetUp, StreamState
from stagebox.model.talk_times import TalksNow
from stagebox.model.trial import TrialResult

Link = Literal["connecting", "up", "down"]
CommandStatus = Literal["pending", "done", "failed", "refused", "superseded"]
FolderHealth = Literal["unknown", "ok", "full", "gone", "read_only"]
Place = Literal["main", "second"]
"""One of the two folders that OBS may record into."""


class Phase(StrEnum):
    """The life of a session. Idle is having no session."""

    STARTING = "starting"
    RECORDING = "recording"
    STOPPING = "stopping"
    PROCESSING = "processing"
    DONE = "done"


ACTIVE = frozenset({Phase.STARTING, Phase.RECORDING, Phase.STOPPING})
"""Phases in which OBS records, or is about to, for the session."""

Verdict = Literal["", "ok", "flagged", "failed"]
ConsentWord = Literal["", "asked", "kept", "discarded"]
"""What became of a recording whose speaker said no while it ran; empty where nothing of that kind was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One file that OBS wrote. Times are UTC seconds; `ended_utc` is 0 while it grows.

    `start_s` is when it began by the session's own clock, in seconds; None is unknown. `slept_s` is how long
    the computer slept while it grew, `paused_s` how long OBS was paused. `split`: OBS began it by itself
    where the one before ended, and nothing lies between them. `from_s` and `to_s` are where in the file this
    session's part of it begins and ends, in seconds of the file's own time since its first packet; other
    talks have the rest. None is the file's beginning or end.
    """

    path: str
    started_utc: float
    ended_utc: float = 0.0
    start_s: float | None = None
    slept_s: float = 0.0
    paused_s: float = 0.0
    split: bool = False
    from_s: float | None = None
    to_s: float | None = None

    @property
    def range(self) -> FileRange:
        """Which part of the file is this session's."""
        return FileRange(from_s=self.from_s, to_s=self.to_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One talk. `number` grows with each; the wall clock may be set back between two.

    `wanted` is whether a person wants it recorded now. `recorded_s` counts, on the monotonic clock, the time
    that OBS was known to record in segments that ended; `running_since` is when the present one began, later
    by each pause in it. `paused` is OBS's own pause that is on, `pauses` are those that ended.
    `slept_s` is how long the computer slept since it began: no monotonic clock counts that.
    `clock_lost` says that the monotonic clock began anew meanwhile, so that the length is not exactly known.
    `began_at` is the monotonic second from which the segments' `start_s` count.
    `may_resume` is whether OBS is asked to go on when it is found not to record; `alive_at` (monotonic) is
    when the session was last known to be recorded before stagebox itself came back. `relapses` counts how
    often in a row OBS ended the recording by itself soon after its start.
    `place` is the folder that it is recorded into. `moving` says that OBS was asked to stop only so that it
    goes on in the other one. `unasked_end_at` (monotonic) is when OBS ended the recording though nobody
    here asked: for a moment it is not known whether a person did that or the disk.
    `deadline` (monotonic) is when waiting for OBS becomes a fault; `attempts` counts requests to OBS,
    `effect_id` is the last one; `overdue` and `detail` say that and why OBS has not done it. `ask_again_at`
    (monotonic) is when a start is asked for again that OBS took and did not begin.
    `program` is which scene was on program when it was recorded.
    `trial_s` is how long a trial lasts; 0 for a talk. `then` is the talk that a person wants recorded as soon
    as this one has stopped, `then_origin` who. `put_back` is what the next talk was called before this one
    took its place.
    `before_s` is how much the recording that OBS makes now held of earlier talks when this one began, in
    seconds, and `before_files` are its files that had ended by then: OBS counts from its own beginning, and
    calls the recording by its first file.
    `allows` is what its speaker allows, by the schedule and by people; None where no schedule has the talk.
    `consent` is what became of it when its speaker said no while it was recorded, said by a person by the way
    `consent_origin` at `consent_utc`. What is sealed is deleted at `delete_utc`; 0 where it is not.
    """

    id: str
    name: str
    talk: TalkDetails
    phase: Phase
    wanted: bool
    origin: str
    asked_utc: float
    started_utc: float = 0.0
    ended_utc: float = 0.0
    running_since: float | None = None
    recorded_s: float = 0.0
    slept_s: float = 0.0
    paused: RunningPause | None = None
    pauses: tuple[EndedPause, ...] = ()
    clock_lost: bool = False
    began_at: float | None = None
    may_resume: bool = True
    alive_at: float | None = None
    relapses: int = 0
    place: Place = "main"
    moving: bool = False
    unasked_end_at: float | None = None
    deadline: float | None = None
    ask_again_at: float | None = None
    attempts: int = 0
    effect_id: str = ""
    overdue: bool = False
    detail: str = ""
    segments: tuple[Segment, ...] = ()
    marks: tuple[TimelineMark, ...] = ()
    program: tuple[OnProgram, ...] = ()
    verdict: Verdict = ""
    output: str = ""
    report: str = ""
    summary: str = ""
    number: int = 0
    trial_s: float = 0.0
    then: TalkDetails | None = None
    then_origin: str = ""
    put_back: TalkDetails | None = None
    before_s: float = 0.0
    before_files: tuple[str, ...] = ()
    allows: TalkConsent | None = None
    consent: ConsentWord = ""
    consent_origin: str = ""
    consent_utc: float = 0.0
    delete_utc: float = 0.0

    @property
    def trial(self) -> bool:
        """Whether it is a test recording, and no talk."""
        return self.trial_s > 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A discarded recording that lies aside.

    `stage` is what is being done with it. `at` (monotonic) is when it was sealed, None before the computer
    was started.
    """

    session: Session
    stage: Literal["sealed", "opening", "deleting"] = "sealed"
    at: float | None = None


FINISHED_KEPT = 20
"""Finished sessions in the state, newest last; the catalogue has them all."""


def recorded_s(session: Session, at: float) -> float:
    """Seconds recorded of the session until the monotonic time `at`; they stand still in a pause."""
    if session.paused is not None:
        at = min(at, session.paused.at)
    running = session.running_since
    return session.recorded_s + (0.0 if running is None else max(0.0, at - running))


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsFacts:
    """What OBS last said. `recording` None is unknown: the link is down.

    `restarted` says that the OBS process is another one than at the last connection, `closed` that a person
    closed it. `beginning` is whether OBS said, since it was asked to record, that it begins to; `ending_at`
    is when it said that it begins to stop: its file holds nothing of later. A recording that fails ends
    without that.
    `doubt_since` is when OBS's figures began to contradict its events.
    """

    link: Link = "connecting"
    generation: int = 0
    since: float = 0.0
    fault: LinkFault | None = None
    detail: str = ""
    version: str = ""
    websocket_version: str = ""
    scenes: tuple[str, ...] = ()
    program_scene: str = ""
    recording: bool | None = None
    record_path: str = ""
    streaming: bool | None = None
    process: Literal["", "starting", "running", "exited", "failed"] = ""
    process_detail: str = ""
    restarted: bool = False
    closed: bool = False
    set_up: ObsSetUp | None = None
    beginning: bool = False
    ending_at: float | None = None
    doubt_since: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedScene:
    """A scene that was asked for and is not yet confirmed. `intent_id` is empty when nobody asked but us."""

    scene: str
    intent_id: str
    effect_id: str
    deadline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSetUp:
    """A set-up wish that is being carried out. `kind` and `target` name what is changed."""

    kind: str
    target: str
    intent_id: str
    effect_id: str
    deadline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandResult:
    """The fate of one command; `detail` is a sentence for people, `said` the same as code and facts."""

    intent_id: str
    kind: str = ""
    status: CommandStatus = "pending"
    detail: str = ""
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmFacts:
    """Facts that become alarms and that no other field tells. Times are UTC seconds, 0 for never.

    `scene_overdue` names a scene that OBS did not confirm. `stopped_by_itself_utc` is when OBS stopped a
    recording that was wanted.
    """

    scene_overdue: str = ""
    stopped_by_itself_utc: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveFacts:
    """Volatile facts: only the newest matters, they are not journalled, and no decision rests on them."""

    stats: ObsStatsReading | None = None
    stats_at: float = 0.0
    progress: tuple[JobProgress, ...] = ()
    devices: DevicesReading | None = None
    checklist: ChecklistReading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything the engine knows. All but `live` is rebuilt from the journal.

    `health_alarms` are those that the health rules raised; `alarms` are all, what loses most first.
    `folder` is the main recording folder's health, `second_folder` the second one's (unknown: none is set);
    in `obs_stops_in` OBS ends a recording by itself for want of room. `trial` is what became of the last
    trial; it is in neither list. `cards` is the talk that the title cards were last drawn for, None for not
    known. `home` is which collection and profile in OBS are stagebox's, `foreign` what
    is not as stagebox left it. `restore_scene` is what a new OBS shall show again, because the one before
    it did; empty for nothing. `notes` were said in passing, the newest last.
    `schedule` is this room's, `talk_edits` what people said of its talks, `gone_talks`
    those that were in it once, `talks_now` what is on and next by
    both; `schedule_due` (monotonic) is when to look at that again. `message` is what the crew shows the
    speaker, until `message_due` (monotonic), or None for until it is taken back.
    `sealed` are discarded recordings that are not deleted yet; `sealed_due` (monotonic) is when to look after
    them.
    """

    boot_id: str = ""
    obs: ObsFacts = field(default_factory=ObsFacts)
    folder: FolderHealth = "unknown"
    folder_detail: str = ""
    folder_remedy: str = ""
    second_folder: FolderHealth = "unknown"
    obs_stops_in: tuple[Place, ...] = ()
    wanted_scene: WantedScene | None = None
    settings: ActiveSettings | None = None
    home: OwnObsNames = field(default_factory=OwnObsNames)
    foreign: ForeignInObs = field(default_factory=ForeignInObs)
    wanted_open: WantedOpen | None = None
    wanted_set_up: tuple[WantedSetUp, ...] = ()
    restore_scene: str = ""
    schedule: RoomSchedule = field(default_factory=RoomSchedule)
    talk_edits: tuple[TalkEdit, ...] = ()
    gone_talks: tuple[ScheduledTalk, ...] = ()
    talks_now: TalksNow = field(default_factory=TalksNow)
    schedule_due: float | None = None
    message: str = ""
    message_due: float | None = None
    next_talk: TalkDetails = field(default_factory=TalkDetails)
    cards: TalkDetails | None = None
    session: Session | None = None
    stream: StreamState = field(default_factory=StreamState)
    stream_set_up: StreamSetUp = field(default_factory=StreamSetUp)
    jobs: tuple[Session, ...] = ()
    finished: tuple[Session, ...] = ()
    trial: TrialResult | None = None
    sealed: tuple[Sealed, ...] = ()
    sealed_due: float | None = None
    answers: tuple[CommandResult, ...] = ()
    faults: AlarmFacts = field(default_factory=AlarmFacts)
    notes: tuple[Note, ...] = ()
    health_alarms: tuple[Alarm, ...] = ()
    acknowledged: tuple[AlarmKey, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    effects_made: int = 0
    sessions_made: int = 0
    live: LiveFacts = field(default_factory=LiveFacts)

    @property
    def idle(self) -> bool:
        """True when no session is being recorded, started or stopped."""
        return self.session is None


def asked_about(state: State) -> Session | None:
    """The recording of which a person must say whether it is kept; the one that runs comes first."""
    active = (state.session,) if state.session is not None else ()
    return next((one for one in (*active, *state.jobs) if one.consent == "asked"), None)
