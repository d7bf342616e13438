"""The snapshot: the only thing that a view reads. Made from the state, complete, and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from stagebox.model.alarms import Alarm
from stagebox.model.commands import TalkDetails
from stagebox.model.health_view import HealthView
from stagebox.model.observations import ChecklistReading, DevicesReading, LinkFault
from stagebox.model.said import Said
from stagebox.model.scenes import PackScene
from stagebox.model.schedule import ScheduledTalk
from stagebox.model.set_up import ActiveSettings
from stagebox.model.state import (
    ACTIVE,
    CommandResult,
    ConsentWord,
    FolderHealth,
    Link,
    Phase,
    Segment,
    Session,
    Verdict,
    recorded_s,
)
from stagebox.model.stream_state import CardStage, StreamPhase, StreamTrouble
from stagebox.model.trial import TrialView

Judged = Literal["", "ok", "flagged", "failed", "lost", "elsewhere"]
"""A verdict as people left it, or what they said became of the talk; empty where nobody looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsView:
    """OBS as it was last seen. Figures are None when they are unknown or older than three seconds.

    `collection` and `profile` are open in it, empty for not known; `foreign_collection`: it is not
    stagebox's.
    """

    link: Link = "connecting"
    fault: LinkFault | None = None
    detail: str = ""
    version: str = ""
    generation: int = 0
    process: str = ""
    collection: str = ""
    profile: str = ""
    foreign_collection: bool = False
    fps: float | None = None
    cpu_percent: float | None = None
    record_bytes: int | None = None
    render_skipped_frames: int | None = None
    output_skipped_frames: int | None = None
    free_disk_mb: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One talk, as a view shows it. `elapsed_s` counts recorded time; UTC seconds are 0 for never.

    `talk_key` is what the schedule knows it by; `planned_end` is in UTC, ISO 8601, or empty.

    `paused`: OBS itself is paused, and nothing is recorded until it goes on. `verdict` and `summary` are what
    was found when the talk ended. `judged` and `judged_summary` are what it comes to now, by its report as
    people left it; empty where nobody looked, as in a snapshot, or where the report cannot be read. `said`
    tells, by their English words, what the sentences are made of; empty in a snapshot, which tells it itself.
    `consent` is what became of it when its speaker said no while it was recorded; one that is `asked` waits
    for a person's word. A discarded one can be taken back until `delete_utc`; 0: it cannot.
    """

    id: str
    phase: Phase
    name: str = ""
    title: str = ""
    speaker: str = ""
    room: str = ""
    talk_key: str = ""
    planned_end: str = ""
    wanted: bool = False
    overdue: bool = False
    detail: str = ""
    origin: str = ""
    asked_utc: float = 0.0
    started_utc: float = 0.0
    ended_utc: float = 0.0
    elapsed_s: float = 0.0
    paused: bool = False
    segments: tuple[Segment, ...] = ()
    verdict: Verdict = ""
    output: str = ""
    report: str = ""
    summary: str = ""
    judged: Judged = ""
    judged_summary: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)
    consent: ConsentWord = ""
    delete_utc: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamView:
    """The stream. `problem` and `remedy` say why the target cannot be streamed to; empty when it can.

    `target` names it; `detail` says why the stream is not live, while it is wanted. `live_s` are the seconds
    live since it was asked for. `has_key` is whether a key is kept. `card` is the talk whose speaker does not
    want it streamed: the intermission card takes its place, as `card_stage` says.
    """

    phase: StreamPhase = StreamPhase.OFF
    wanted: bool = False
    trouble: StreamTrouble = ""
    detail: str = ""
    target: str = ""
    has_key: bool = False
    problem: str = ""
    remedy: str = ""
    origin: str = ""
    asked_utc: float = 0.0
    live_s: float = 0.0
    card: str = ""
    card_stage: CardStage = CardStage.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A recording in work; `share` from 0 to 1."""

    session_id: str
    name: str = ""
    phase: Phase = Phase.PROCESSING
    step: str = ""
    share: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpWish:
    """What is being changed now: `target` is a role, or empty."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpView:
    """What Set-up shows. None is not known: nobody has looked yet."""

    in_force: ActiveSettings | None = None
    asked: tuple[SetUpWish, ...] = ()
    devices: DevicesReading | None = None
    checklist: ChecklistReading | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    """This room's schedule at this moment; `GET /api/schedule` has all its talks.

    `source` is empty where none is in use, `room` where none of its rooms is this one. `talks` counts this
    room's. `fetched_utc` is when it was last seen to be so; `trouble` says why the newest could not be had.
    `now` is on, `due` should be recorded and is not, `upcoming` is the first that begins later.
    """

    source: str = ""
    title: str = ""
    time_zone: str = "UTC"
    room: str = ""
    rooms: int = 0
    talks: int = 0
    fetched_utc: float = 0.0
    trouble: str = ""
    now: ScheduledTalk | None = None
    due: ScheduledTalk | None = None
    upcoming: ScheduledTalk | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentQuestion:
    """A recording whose speaker has said no while it was made: a person keeps or discards it.

    `recorded`: it is still being recorded. `title` is the talk's, or its file's name.
    """

    session: str
    title: str
    recorded: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a view may show. Whatever a `serve` of another version does not tell is unknown.

    `scenes` are OBS's, `pack` what the scene pack says of its own.
    `message` is what the crew shows the speaker.
    `seq` grows with each snapshot. `at` is monotonic, `utc` wall time, both in seconds. `recording` is what
    OBS says: None is unknown. `trial` is the newest test recording, which is no session. `notes` is
    what was said in passing and still holds, `notice` the same in English. `said` tells, by their English
    words, what the sentences in it are made of: so they can be told in every language.
    """

    seq: int = 0
    at: float = 0.0
    utc: float = 0.0
    event: str = ""
    room: str = ""
    obs: ObsView = field(default_factory=ObsView)
    program_scene: str = ""
    wanted_scene: str = ""
    scenes: tuple[str, ...] = ()
    pack: tuple[PackScene, ...] = ()
    recording: bool | None = None
    streaming: bool | None = None
    stream: StreamView = field(default_factory=StreamView)
    folder: FolderHealth = "unknown"
    next_talk: TalkDetails = field(default_factory=TalkDetails)
    schedule: ScheduleView = field(default_factory=ScheduleView)
    message: str = ""
    session: SessionView | None = None
    question: ConsentQuestion | None = None
    jobs: tuple[JobView, ...] = ()
    finished: tuple[SessionView, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    answers: tuple[CommandResult, ...] = ()
    health: HealthView = field(default_factory=HealthView)
    notice: str = ""
    idle: bool = True
    set_up: SetUpView = field(default_factory=SetUpView)
    trial: TrialView | None = None
    notes: tuple[Said, ...] = ()
    said: Mapping[str, Said] = field(default_factory=dict)


def session_view(session: Session, at: float) -> SessionView:
    """A session at the monotonic time `at`."""
    active = session.phase in ACTIVE
    return SessionView(
        id=session.id,
        name=session.name,
        title=session.talk.title,
        speaker=session.talk.speaker,
        room=session.talk.room,
        talk_key=session.talk.key,
        planned_end=session.talk.planned_end,
        phase=session.phase,
        wanted=session.wanted,
        overdue=session.overdue,
        detail=session.detail,
        origin=session.origin,
        asked_utc=session.asked_utc,
        started_utc=session.started_utc,
        ended_utc=session.ended_utc,
        elapsed_s=recorded_s(session, at) if active else session.recorded_s,
        paused=active and session.paused is not None,
        segments=session.segments,
        verdict=session.verdict,
        output=session.output,
        report=session.report,
        summary=session.summary,
        consent=session.consent,
        delete_utc=session.delete_utc,
    )
