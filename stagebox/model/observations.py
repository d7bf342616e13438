"""What was seen, and when: everything but commands that reaches the engine's mailbox.

Messages about OBS carry the *connection generation*: a counter that grows with each new connection, so
that a late answer from an old socket can be told from news. Times are monotonic seconds unless said.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field

from stagebox.model.alarms import Alarm
from stagebox.model.facts.button_boxes import ButtonBoxesReading
from stagebox.model.facts.machine import HostReading
from stagebox.model.facts.pictures import PictureReading
from stagebox.model.facts.proof import ProofReading
from stagebox.model.facts.sound import BackupRecorderReading, MetersReading
from stagebox.model.obs_set_up import ObsSetUp
from stagebox.model.remedies import RemedyTaken, RemedyWanted
from stagebox.model.said import Said
from stagebox.model.schedule import RoomSchedule
from stagebox.model.set_up import ActiveSettings, CheckLine, DeviceFound, PlaceFound
from stagebox.model.stream_state import ServerAnswer, StreamFigures, StreamSetUp
from stagebox.model.trial import TrialResult

LinkFault = Literal["absent", "auth", "too_old", "lost", "not_ready", "timeout", "protocol"]
RecordPhase = Literal["starting", "started", "paused", "resumed", "stopping", "stopped"]
OutputPhase = Literal["starting", "started", "stopping", "stopped", "reconnecting", "reconnected"]
ProcessPhase = Literal["starting", "running", "exited", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsConnected:
    """A new connection to OBS is up; the facts were read from OBS on this connection.

    `record_path` is the file being written, where OBS tells it, else empty. `paused`: the recording is.
    `recorded_s` is how much it holds by OBS's word, in seconds; None where OBS did not tell.
    """

    kind: Literal["obs_connected"] = "obs_connected"
    generation: int
    obs_version: str
    websocket_version: str
    scenes: tuple[str, ...]
    program_scene: str
    recording: bool
    streaming: bool
    record_path: str = ""
    paused: bool = False
    recorded_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsDisconnected:
    """The connection of this generation ended, or could not be made. `closed`: OBS said that it closes."""

    kind: Literal["obs_disconnected"] = "obs_disconnected"
    generation: int
    fault: LinkFault
    detail: str = ""
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramSceneEvent:
    """OBS says which scene is on program."""

    kind: Literal["program_scene"] = "program_scene"
    generation: int
    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneListEvent:
    """OBS's scenes, in OBS's own order."""

    kind: Literal["scene_list"] = "scene_list"
    generation: int
    scenes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStateEvent:
    """OBS's recording output changed its state; `path` is the file, as soon as OBS names it."""

    kind: Literal["record_state"] = "record_state"
    generation: int
    phase: RecordPhase
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFileEvent:
    """OBS's recording goes on in another file: OBS splits it by itself, and loses nothing.

    `path` is the new file, begun about `began_utc` (UTC seconds, 0 for now). `after` is the file before it;
    empty for the one that grows now.
    """

    kind: Literal["record_file"] = "record_file"
    path: str
    began_utc: float = 0.0
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsSetUpEvent:
    """Which scene collection and profile are open in OBS, and how it records; told when one of it changed."""

    kind: Literal["obs_set_up"] = "obs_set_up"
    generation: int
    set_up: ObsSetUp


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenesBuilt:
    """Scenes were built in OBS, or `names_taken` says which names something else has, and `remedy` what to
    do.

    `asides`: stagebox may rename what has them.
    """

    kind: Literal["scenes_built"] = "scenes_built"
    names_taken: str = ""
    remedy: str = ""
    asides: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStateEvent:
    """OBS's stream output changed its state. `reconnecting`: OBS lost the server, and tries by itself."""

    kind: Literal["stream_state"] = "stream_state"
    generation: int
    phase: OutputPhase


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamServerEvent:
    """What the streaming server did when the effect `effect_id` asked it for a sign of life."""

    kind: Literal["stream_server"] = "stream_server"
    effect_id: str
    answer: ServerAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamQueueReading:
    """How much of the stream OBS sent and the server has not acknowledged. Volatile. None is unknown."""

    kind: Literal["stream_queue"] = "stream_queue"
    queued_bytes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSetUpEvent:
    """Target or key of the stream are known, or were changed."""

    kind: Literal["stream_set_up"] = "stream_set_up"
    set_up: StreamSetUp


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsStatsReading:
    """OBS's own figures. Volatile: only the newest matters.

    `record_bytes` is what OBS says it has written of the present recording, `recorded_s` how many seconds
    that are (None: not told), and `paused` whether it is paused. `stream` is None when OBS was not asked.
    """

    kind: Literal["obs_stats"] = "obs_stats"
    generation: int
    recording: bool
    record_bytes: int
    active_fps: float
    cpu_percent: float
    free_disk_mb: float
    render_skipped_frames: int
    render_total_frames: int
    output_skipped_frames: int
    output_total_frames: int
    stream: StreamFigures | None = None
    paused: bool = False
    recorded_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestAnswered:
    """OBS answered the effect `effect_id`: `ok`, or refused with OBS's `code` and `comment`.

    `fault` names a failure of the link itself (nothing is known of the request's fate then).
    """

    kind: Literal["request_answered"] = "request_answered"
    generation: int
    effect_id: str
    ok: bool
    code: int = 0
    comment: str = ""
    fault: LinkFault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsProcessEvent:
    """The private OBS process: `detail` says why it exited or could not be started."""

    kind: Literal["obs_process"] = "obs_process"
    phase: ProcessPhase
    pid: int = 0
    exit_code: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """A recording is being processed. Volatile. `share` runs from 0 to 1."""

    kind: Literal["job_progress"] = "job_progress"
    session_id: str
    step: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone:
    """Processing of a session ended. `output` is the MP4, or empty when none could be made.

    `report` is where the JSON report was written, or empty; `summary` says the worst in one sentence.
    `trial` is what was found in a trial, of which nothing else is kept.
    """

    kind: Literal["job_done"] = "job_done"
    session_id: str
    verdict: Literal["ok", "flagged", "failed"]
    output: str = ""
    report: str = ""
    summary: str = ""
    trial: TrialResult | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderEvent:
    """The recording folders' health, told by the health rules when it changes: may a recording begin?

    `health`, `detail` and `remedy` are of the main folder, `second` is the second one's health (unknown: none
    is set). In `obs_stops_in` there is so little room that OBS ends a recording by itself.
    """

    kind: Literal["folder"] = "folder"
    health: Literal["unknown", "ok", "full", "gone", "read_only"]
    detail: str = ""
    remedy: str = ""
    second: Literal["unknown", "ok", "full", "gone", "read_only"] = "unknown"
    obs_stops_in: tuple[Literal["main", "second"], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFailed:
    """An executor other than OBS's could not do an effect (disk full, ffmpeg absent, …)."""

    kind: Literal["effect_failed"] = "effect_failed"
    effect_id: str
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsEvent:
    """The alarms that the health rules have raised now, all of them; told when one comes, goes or turns."""

    kind: Literal["alarms"] = "alarms"
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediesDue:
    """Remedies that the health rules want taken now, without asking."""

    kind: Literal["remedies_due"] = "remedies_due"
    remedies: tuple[RemedyWanted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsEvent:
    """These settings are in force: told when `serve` begins, and after each change."""

    kind: Literal["settings"] = "settings"
    in_force: ActiveSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpAnswered:
    """A set-up effect is done, or refused; `words` is a sentence for people, or empty."""

    kind: Literal["set_up_answered"] = "set_up_answered"
    effect_id: str
    ok: bool
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesReading:
    """What could be chosen, as of `utc`. Volatile. `trouble` says why OBS told nothing.

    `schedules` are files on plugged-in disks that may be an event's schedule.
    """

    kind: Literal["devices"] = "devices"
    utc: float = 0.0
    video: tuple[DeviceFound, ...] = ()
    audio: tuple[DeviceFound, ...] = ()
    places: tuple[PlaceFound, ...] = ()
    schedules: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistReading:
    """The doctor's checklist so far, all of it. Volatile.

    `speak_s`: for so many seconds somebody should speak into the microphone now; 0 for not now.
    """

    kind: Literal["checklist"] = "checklist"
    utc: float = 0.0
    running: bool = False
    lines: tuple[CheckLine, ...] = ()
    speak_s: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleEvent:
    """This room's part of the event's schedule is this now. `changes` say what is new in it, for people."""

    kind: Literal["schedule"] = "schedule"
    schedule: RoomSchedule
    changes: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleChecked:
    """The schedule was asked for at `utc` (seconds since 1970), and is as it was."""

    kind: Literal["schedule_checked"] = "schedule_checked"
    utc: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEvent:
    """The card that is streamed in OBS's place gets through, or lost its server and tries again.

    dark: the target takes none. ended: nothing is streamed by it any more.
    """

    kind: Literal["stream_card"] = "stream_card"
    effect_id: str
    state: Literal["live", "lost", "dark", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealAnswered:
    """A discarded recording was sealed, put back or deleted; else `said` says why not, and it stays."""

    kind: Literal["seal_answered"] = "seal_answered"
    session_id: str
    do: Literal["seal", "take_back", "delete"]
    ok: bool
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStarted:
    """The engine begins. `boot_id` changes when the machine was restarted in between.

    `alive_utc` is when the engine before, or the recording that it left, was last seen alive; 0: unknown.
    """

    kind: Literal["engine_started"] = "engine_started"
    boot_id: str
    alive_utc: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendEvent:
    """Nothing ran here for a while, until the monotonic time `woke_at`.

    Of these seconds the monotonic clock counted `still_s` alone. `obs_too`: OBS has said since that it stood
    as long; what it recorded then is one picture and silence.
    """

    kind: Literal["stood_still"] = "stood_still"
    slept_s: float = 0.0
    still_s: float = 0.0
    woke_at: float = 0.0
    obs_too: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Time passed: deadlines are looked at."""

    kind: Literal["tick"] = "tick"


HealthReading = (
    MetersReading
    | BackupRecorderReading
    | PictureReading
    | ProofReading
    | HostReading
    | ButtonBoxesReading
    | StreamQueueReading
)
"""What the probes of live health see. Volatile, all of it."""

Observation = Annotated[
    ObsConnected
    | ObsDisconnected
    | ProgramSceneEvent
    | SceneListEvent
    | RecordStateEvent
    | RecordFileEvent
    | ObsSetUpEvent
    | ScenesBuilt
    | StreamStateEvent
    | StreamServerEvent
    | StreamSetUpEvent
    | ObsStatsReading
    | RequestAnswered
    | ObsProcessEvent
    | JobProgress
    | JobDone
    | FolderEvent
    | EffectFailed
    | AlarmsEvent
    | RemediesDue
    | RemedyTaken
    | HealthReading
    | SettingsEvent
    | SetUpAnswered
    | DevicesReading
    | ChecklistReading
    | ScheduleEvent
    | ScheduleChecked
    | SealAnswered
    | CardEvent
    | EngineStarted
    | SuspendEvent
    | Tick,
    Field(discriminator="kind"),
]

VOLATILE = frozenset(
    {
        "button_boxes",
        "stream_queue",
        "ear",
        "host",
        "job_progress",
        "meters",
        "obs_stats",
        "picture",
        "proof",
        "devices",
        "checklist",
    }
)
"""Kinds of which only the newest matters: they coalesce in the mailbox and are not journalled."""
