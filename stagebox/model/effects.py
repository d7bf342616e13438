"""What the engine wants done: carried out by executors after the journal has it on disk."""

from dataclasses import dataclass
from typing import Literal

from stagebox.model.alarms import TimelineMark
from stagebox.model.commands import TalkDetails
from stagebox.model.obs_set_up import OpenedWhat
from stagebox.model.pauses import EndedPause
from stagebox.model.program import OnProgram
from stagebox.model.ranges import FileRange
from stagebox.model.remedies import RemedyWanted
from stagebox.model.schedule import TalkConsent
from stagebox.model.set_up import SourceRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsSwitchScene:
    """Put `scene` on program."""

    kind: Literal["obs_switch_scene"] = "obs_switch_scene"
    effect_id: str
    generation: int
    scene: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsStartRecord:
    """Start recording into a file named `filename_stem` (safe on every file system, no extension).

    `folder` is where; empty leaves it to OBS.
    """

    kind: Literal["obs_start_record"] = "obs_start_record"
    effect_id: str
    generation: int
    filename_stem: str
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsStopRecord:
    """Stop recording."""

    kind: Literal["obs_stop_record"] = "obs_stop_record"
    effect_id: str
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsResumeRecord:
    """Let the paused recording go on."""

    kind: Literal["obs_resume_record"] = "obs_resume_record"
    effect_id: str
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsOpen:
    """Open the scene collection or the profile of this name."""

    kind: Literal["obs_open"] = "obs_open"
    effect_id: str
    generation: int
    what: OpenedWhat
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsStartStream:
    """Stream to the target that is set, with the key that is kept."""

    kind: Literal["obs_start_stream"] = "obs_start_stream"
    effect_id: str
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsStopStream:
    """End the stream."""

    kind: Literal["obs_stop_stream"] = "obs_stop_stream"
    effect_id: str
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsForgetStream:
    """Take the stream's key out of OBS again, which keeps it in a file."""

    kind: Literal["obs_forget_stream"] = "obs_forget_stream"
    effect_id: str
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeStream:
    """Ask the streaming server for a sign of life: a StreamServerEvent follows."""

    kind: Literal["probe_stream"] = "probe_stream"
    effect_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamCard:
    """Stream the intermission card in OBS's place, or end that: CardEvents with this id follow.

    `on` again begins anew, to the target that is set now.
    """

    kind: Literal["stream_card"] = "stream_card"
    effect_id: str
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshCards:
    """Draw the title cards anew for the talk that is on or next; OBS reads changed pictures by itself."""

    kind: Literal["refresh_cards"] = "refresh_cards"
    effect_id: str
    talk: TalkDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessSession:
    """Make the proven MP4 of a session from its segments, in order.

    `expected_s` is the length by the session's own clock, 0 when nobody knows; `name` is the output's stem.
    `starts_s` is when each segment began by the session's clock, in seconds; empty when unknown. Of a `trial`
    nothing is kept: its segments, which are its own, are removed when it was judged.
    `splits` are the positions (from 0) of segments that go on where the one before ended. `pauses` are no
    part of any of these times. `program` is which scene was on program when. `ranges` are which part of each
    file is the session's; empty: all of each. `allows` is what the talk's speaker allows, where a schedule
    tells.
    """

    kind: Literal["process_session"] = "process_session"
    effect_id: str
    session_id: str
    segments: tuple[str, ...]
    name: str
    expected_s: float
    title: str
    speaker: str
    room: str
    started_utc: float
    marks: tuple[TimelineMark, ...] = ()
    starts_s: tuple[float, ...] = ()
    trial: bool = False
    splits: tuple[int, ...] = ()
    pauses: tuple[EndedPause, ...] = ()
    program: tuple[OnProgram, ...] = ()
    ranges: tuple[FileRange, ...] = ()
    allows: TalkConsent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SealFiles:
    """Seal a discarded recording aside, put it back, or delete it: a SealAnswered follows.

    `files` are those that OBS wrote for it; its backup of the sound is found by `name`. `title`, `origin` and
    `utc` are for the note beside it: which talk, who discarded it, and when.
    """

    kind: Literal["seal_files"] = "seal_files"
    effect_id: str
    do: Literal["seal", "take_back", "delete"]
    session_id: str
    name: str
    files: tuple[str, ...]
    title: str = ""
    origin: str = ""
    utc: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyRemedy:
    """Mend something in OBS, or OBS itself: a RemedyTaken follows."""

    kind: Literal["apply_remedy"] = "apply_remedy"
    effect_id: str
    remedy: RemedyWanted


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnPress:
    """Report the next press of a button box for so long, and do not carry it out."""

    kind: Literal["learn_press"] = "learn_press"
    effect_id: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """Change stagebox.toml, then OBS and the probes: a SettingsEvent and a SetUpAnswered follow.

    `changes` are dotted keys and their new values. `role` names the source whose device they choose, or is
    empty. `talks` is a list of talks to keep as a file, which becomes the schedule's source.
    """

    kind: Literal["change_settings"] = "change_settings"
    effect_id: str
    changes: tuple[tuple[str, str | bool], ...]
    role: SourceRole | Literal[""] = ""
    talks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindDevices:
    """Look what could be chosen: a DevicesReading and a SetUpAnswered follow.

    `folders` are those that were recorded into before.
    """

    kind: Literal["find_devices"] = "find_devices"
    effect_id: str
    folders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildScenes:
    """Build the scene pack in OBS anew: a SetUpAnswered follows."""

    kind: Literal["rebuild_scenes"] = "rebuild_scenes"
    effect_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDoctor:
    """Go through the checklist: ChecklistReading come line by line, then a SetUpAnswered."""

    kind: Literal["run_doctor"] = "run_doctor"
    effect_id: str


SetUpEffect = ChangeSettings | FindDevices | RebuildScenes | RunDoctor
ObsEffect = (
    ObsSwitchScene
    | ObsStartRecord
    | ObsStopRecord
    | ObsResumeRecord
    | ObsOpen
    | ObsStartStream
    | ObsStopStream
    | ObsForgetStream
)
Effect = (
    ObsEffect
    | ProbeStream
    | StreamCard
    | RefreshCards
    | ProcessSession
    | SealFiles
    | ApplyRemedy
    | SetUpEffect
    | LearnPress
)
"""Saving a session in the catalogue is no effect of the reducer: the engine saves what changed."""
