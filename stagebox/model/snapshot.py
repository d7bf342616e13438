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
from stagebox.model.set_up import ActiveSettings
from stagebox.model.state import (
    ACTIVE,
    CommandResult,
    FolderHealth,
    Link,
    Phase,
    Segment,
    Session,
    Verdict,
    recorded_s,
)
from stagebox.model.stream import StreamPhase, StreamTrouble
from stagebox.model.trial import TrialView

STATS_STALE_S = 3.0
Judged = Literal["", "ok", "flagged", "failed", "lost", "elsewhere"]
"""A verdict as people left it, or what they said became of the talk; empty where nobody looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObsView:
    """OBS as it was last seen. Figures are None when they are unknown or older than three seconds.

    `collection` and `profile` are open in it, empty for not known; `foreign_collection`: it is not
    stagebox's.
    """

    link: Link
    fault: LinkFault | None
    detail: str
    version: str
    generation: int
    process: str
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

    `paused`: OBS itself is paused, and nothing is recorded until it goes on. `verdict` and `summary` are what
    was found when the talk ended. `judged` and `judged_summary` are what it comes to now, by its report as
    people left it; empty where nobody looked, as in a snapshot, or where the report cannot be read.
    """

    id: str
    name: str
    title: str
    speaker: str
    room: str
    phase: Phase
    wanted: bool
    overdue: bool
    detail: str
    origin: str
    asked_utc: float
    started_utc: float
    ended_utc: float
    elapsed_s: float
    paused: bool
    segments: tuple[Segment, ...]
    verdict: Verdict
    output: str
    report: str
    summary: str
    judged: Judged = ""
    judged_summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamView:
    """The stream. `problem` and `remedy` say why the target cannot be streamed to; empty when it can.

    `target` names it; `detail` says why the stream is not live, while it is wanted. `live_s` are the seconds
    live since it was asked for. `has_key` is whether a key is kept.
    """

    phase: StreamPhase
    wanted: bool
    trouble: StreamTrouble
    detail: str
    target: str
    has_key: bool
    problem: str
    remedy: str
    origin: str
    asked_utc: float
    live_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A recording in work; `share` from 0 to 1."""

    session_id: str
    name: str
    phase: Phase
    step: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpWish:
    """What is being changed now: `target` is a role, or empty."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpView:
    """What Set-up shows. None is not known: nobody has looked yet."""

    in_force: ActiveSettings | None
    asked: tuple[SetUpWish, ...]
    devices: DevicesReading | None
    checklist: ChecklistReading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a view may show.

    `scenes` are OBS's, `pack` what the scene pack says of its own.
    `seq` grows with each snapshot. `at` is monotonic, `utc` wall time, both in seconds. `recording` is what
    OBS says: None is unknown. `trial` is the newest test recording, which is no session. `notes` is
    what was said in passing and still holds, `notice` the same in English. `said` tells, by their English
    words, what the sentences in it are made of: so they can be told in every language.
    """

    seq: int
    at: float
    utc: float
    event: str
    room: str
    obs: ObsView
    program_scene: str
    wanted_scene: str
    scenes: tuple[str, ...]
    pack: tuple[PackScene, ...]
    recording: bool | None
    streaming: bool | None
    stream: StreamView
    folder: FolderHealth
    next_talk: TalkDetails
    session: SessionView | None
    jobs: tuple[JobView, ...]
    finished: tuple[SessionView, ...]
    alarms: tuple[Alarm, ...]
    answers: tuple[CommandResult, ...]
    health: HealthView
    notice: str
    idle: bool
    set_up: SetUpView
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
    )
