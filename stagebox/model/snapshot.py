"""The snapshot: the only thing that a view reads. Made from the state, complete, and never changed."""

from dataclasses import dataclass
from typing import Literal

from stagebox.model.alarms import Alarm
from stagebox.model.health_view import HealthView
from stagebox.model.intents import TalkDetails
from stagebox.model.observations import ChecklistSeen, DevicesSeen, LinkFault
from stagebox.model.report import Severity
from stagebox.model.said import Said
from stagebox.model.scenes import PackScene
from stagebox.model.set_up import InForce
from stagebox.model.state import (
    ACTIVE,
    Answer,
    FolderHealth,
    Link,
    Phase,
    Segment,
    Session,
    State,
    Verdict,
    recorded_s,
)
from stagebox.model.stream import TROUBLED, StreamPhase, StreamTrouble, reason, version_problem
from stagebox.model.trial import TrialPhase, TrialView

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

    in_force: InForce | None
    asked: tuple[SetUpWish, ...]
    devices: DevicesSeen | None
    checklist: ChecklistSeen | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a view may show.

    `scenes` are OBS's, `pack` what the scene pack says of its own.
    `seq` grows with each snapshot. `at` is monotonic, `utc` wall time, both in seconds. `recording` is what
    OBS says: None is unknown. `trial` is the newest test recording, which is no session. `notes` is
    what was said in passing and still holds, `notice` the same in English.
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
    answers: tuple[Answer, ...]
    health: HealthView
    notice: str
    idle: bool
    set_up: SetUpView
    trial: TrialView | None = None
    notes: tuple[Said, ...] = ()


def snapshot_of(
    state: State,
    health: HealthView,
    *,
    seq: int,
    at: float,
    utc: float,
    event: str,
    room: str,
    pack: tuple[PackScene, ...] = (),
) -> Snapshot:
    """The snapshot of a state, and of live health, at the monotonic time `at`."""
    notes = notes_of(state, utc)
    return Snapshot(
        seq=seq,
        at=at,
        utc=utc,
        event=state.settings.title if state.settings else event,
        room=state.settings.room if state.settings else room,
        obs=_obs_view(state, at),
        program_scene=state.obs.program_scene if state.obs.link == "up" else "",
        wanted_scene=state.wanted_scene.scene if state.wanted_scene else "",
        scenes=state.obs.scenes,
        pack=pack,
        recording=state.obs.recording,
        streaming=state.obs.streaming,
        stream=_stream_view(state, at),
        folder=state.folder,
        next_talk=state.next_talk,
        session=session_view(state.session, at) if state.session and not state.session.trial else None,
        jobs=tuple(_job_view(state, job) for job in state.jobs if not job.trial),
        finished=tuple(session_view(session, at) for session in state.finished),
        alarms=state.alarms,
        answers=state.answers,
        health=health,
        notice=" ".join(one.words for one in notes),
        notes=notes,
        idle=state.idle,
        set_up=SetUpView(
            in_force=state.settings,
            asked=tuple(SetUpWish(kind=one.kind, target=one.target) for one in state.wanted_set_up),
            devices=state.live.devices,
            checklist=state.live.checklist,
        ),
        trial=_trial_view(state, at),
    )


def notes_of(state: State, utc: float) -> tuple[Said, ...]:
    """What was said in passing and holds still: not what is old, of another talk, or against an alarm."""
    now = state.session.id if state.session is not None else ""
    troubled = {alarm.role for alarm in state.alarms if alarm.level is not Severity.NOTE}
    return tuple(
        note.said
        for note in state.notes
        if 0 <= utc - note.utc < note.lasts_s
        and note.session in ("", now)
        and not (note.role and (note.role in troubled or state.obs.link != "up"))
    )


_TRIAL_PHASES: dict[Phase, TrialPhase] = {
    Phase.STARTING: "starting",
    Phase.RECORDING: "recording",
    Phase.STOPPING: "stopping",
}


def _trial_view(state: State, at: float) -> TrialView | None:
    """The trial that runs or is being judged, else what became of the last one."""
    active = (state.session,) if state.session else ()
    for one in (*active, *state.jobs):
        if one.trial:
            seen = session_view(one, at)
            job = _job_view(state, one)
            return TrialView(
                id=one.id,
                phase=_TRIAL_PHASES.get(one.phase, "checking"),
                elapsed_s=seen.elapsed_s,
                length_s=one.trial_s,
                share=job.share if one.phase is Phase.PROCESSING else 0.0,
            )
    last = state.trial
    if last is None:
        return None
    return TrialView(
        id=last.id, phase="done", elapsed_s=last.duration_s, length_s=last.duration_s, share=1.0, result=last
    )


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


def _stream_view(state: State, at: float) -> StreamView:
    stream, set_up = state.stream, state.stream_set_up
    problem = (set_up.problem, set_up.remedy)
    if not set_up.problem:
        problem = version_problem(set_up, state.obs.version) or ("", "")
    running_s = 0.0 if stream.live_since is None else max(0.0, at - stream.live_since)
    return StreamView(
        phase=stream.phase,
        wanted=stream.wanted,
        trouble=stream.trouble,
        detail=reason(stream.trouble, stream.detail) if stream.phase in TROUBLED else stream.detail,
        target=set_up.target,
        has_key=set_up.has_key,
        problem=problem[0],
        remedy=problem[1],
        origin=stream.origin,
        asked_utc=stream.asked_utc,
        live_s=stream.live_s + running_s,
    )


def _obs_view(state: State, at: float) -> ObsView:
    obs, stats = state.obs, state.live.stats
    if stats is None or obs.link != "up" or at - state.live.stats_at > STATS_STALE_S:
        stats = None
    return ObsView(
        link=obs.link,
        fault=obs.fault,
        detail=obs.detail,
        version=obs.version,
        generation=obs.generation,
        process=obs.process,
        collection=obs.set_up.collection if obs.set_up is not None else "",
        profile=obs.set_up.profile if obs.set_up is not None else "",
        foreign_collection=bool(state.foreign.collection),
        fps=stats.active_fps if stats else None,
        cpu_percent=stats.cpu_percent if stats else None,
        record_bytes=stats.record_bytes if stats else None,
        render_skipped_frames=stats.render_skipped_frames if stats else None,
        output_skipped_frames=stats.output_skipped_frames if stats else None,
        free_disk_mb=stats.free_disk_mb if stats else None,
    )


def _job_view(state: State, job: Session) -> JobView:
    progress = next((p for p in state.live.progress if p.session_id == job.id), None)
    return JobView(
        session_id=job.id,
        name=job.name,
        phase=job.phase,
        step=progress.step if progress else "waiting",
        share=progress.share if progress else 0.0,
    )
