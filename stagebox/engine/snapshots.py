"""The snapshot of a state. Pure."""

from stagebox.messages.stream_reasons import reason, version_problem
from stagebox.model.health_view import HealthView
from stagebox.model.report import Severity
from stagebox.model.said import Said, Sentence
from stagebox.model.scenes import PackScene
from stagebox.model.snapshot import (
    ConsentQuestion,
    JobView,
    ObsView,
    ScheduleView,
    SetUpView,
    SetUpWish,
    Snapshot,
    StreamView,
    session_view,
)
from stagebox.model.state import Phase, Session, State, asked_about
from stagebox.model.stream_state import TROUBLED
from stagebox.model.trial import TrialPhase, TrialView

STATS_STALE_S = 3.0


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
        schedule=_schedule_view(state),
        message=state.message,
        session=session_view(state.session, at) if state.session and not state.session.trial else None,
        question=_question(state),
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


def _question(state: State) -> ConsentQuestion | None:
    asked = asked_about(state)
    if asked is None:
        return None
    return ConsentQuestion(
        session=asked.id, title=asked.talk.title or asked.name, recorded=asked.phase is not Phase.PROCESSING
    )


def _schedule_view(state: State) -> ScheduleView:
    schedule, now = state.schedule, state.talks_now
    return ScheduleView(
        source=schedule.source,
        title=schedule.title,
        time_zone=schedule.time_zone,
        room=schedule.room,
        rooms=len(schedule.rooms),
        talks=len(schedule.talks),
        fetched_utc=schedule.fetched_utc,
        trouble=Sentence(schedule.trouble),
        now=now.now,
        due=now.due,
        upcoming=now.upcoming,
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
        card=stream.card,
        card_stage=stream.card_stage,
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
