"""The reducer's part for what OBS says of its recording, and for what it leaves unsaid.

OBS is the authority on what is being recorded. What a session waits for has a deadline; when it passes,
the fault gets a name, OBS is asked again, and the wish stays until a person takes it back.

The parts, each using only those before it: `asking` asks OBS, `trials` and `sessions` begin and end what is
recorded, `recovery` goes on with it, `moving` takes it to another folder. Beside them, `wishes` are people's.
"""

from collections.abc import Mapping
from dataclasses import replace

from stagebox.engine import asking, moving, pausing, recovery, segments, sessions, trials
from stagebox.engine.output_machine import Output, Stage, doubted, overdue, refused
from stagebox.engine.step import Step, refusal
from stagebox.messages.code_catalogue import say
from stagebox.model.observations import (
    ObsConnected,
    ObsStatsReading,
    RecordFileEvent,
    RecordStateEvent,
    RequestAnswered,
)
from stagebox.model.state import ObsFacts, Phase, Segment, Session

RETRIES_DOUBLING = 3
UNHEARD_MOST = 3
"""So often is a start asked for again at once that OBS took without beginning."""


def state_seen(step: Step, body: RecordStateEvent) -> None:
    """OBS said that its recording starts, runs, stops or has stopped."""
    match body.phase:
        case "started":
            moving.settle_unasked(step)
            step.obs(recording=True, record_path=body.path, doubt_since=None, beginning=False, ending_at=None)
            sessions.began(step, body.path)
        case "stopping":
            # OBS says so when somebody ends the recording, and not when it fails.
            step.obs(ending_at=step.at)
        case "stopped":
            ending_at = step.state.obs.ending_at
            ended_at = step.at if ending_at is None else ending_at
            session = step.state.session
            if session is not None and segments.is_of_before(session, body.path):
                return
            if session is not None and session.phase is Phase.STARTING:
                segments.name_last(step, body.path)
            step.obs(recording=False, record_path="", doubt_since=None, ending_at=None)
            if session is None or session.phase is not Phase.RECORDING or session.trial:
                sessions.stopped(step, body.path, ended_at)
            elif session.moving:
                segments.name_last(step, body.path)
                recovery.go_on(step, ended_at)
                asking.start(step)
            elif ending_at is None:
                if recovery.stopped_by_itself(step, body.path):
                    asking.start(step)
            elif step.rules.folder:
                # A person ended it in OBS itself, or OBS did for want of a disk: the disk will tell.
                segments.name_last(step, body.path)
                step.session(unasked_end_at=ended_at, deadline=step.at + step.rules.unasked_s)
                moving.explain_end(step)
            else:
                sessions.stopped(step, body.path, ended_at)
        case "paused" | "resumed":
            pausing.seen(step, paused=body.phase == "paused")
            moving.folders_seen(step)
        case "starting":
            step.obs(beginning=True)
            if step.state.session is not None:
                step.session(ask_again_at=None)


def figures_seen(step: Step, body: ObsStatsReading) -> None:
    """OBS's figures contradict its events: believed only when they keep doing so, since both race."""
    obs, recording = step.state.obs, body.recording
    if obs.recording is None:
        return
    pausing.figures_seen(step, body)
    session = step.state.session
    paused = session is not None and session.paused is not None
    can_pause = session is not None and session.running_since is not None
    contradict = recording != obs.recording or (recording and can_pause and paused is not body.paused)
    since, believed_now = doubted(obs.doubt_since, step.at, step.rules.doubt_s, contradict=contradict)
    if since != obs.doubt_since:
        step.obs(doubt_since=since)
    if believed_now and recording == obs.recording:
        pausing.seen(step, paused=body.paused)
    elif believed_now:
        believed = RecordStateEvent(generation=obs.generation, phase="started" if recording else "stopped")
        state_seen(step, believed)


def connected(step: Step, body: ObsConnected, before: ObsFacts) -> None:
    """A new connection tells whether OBS records: what is known is reconciled with it.

    `before` is what was known of OBS until now: when the link went, and whether its process ended.
    """
    step.obs(recording=body.recording, record_path=body.record_path)
    session = step.state.session
    if body.recording:
        moving.settle_unasked(step)
        alive_at = step.at if session is None else _last_alive(session, before)
        sessions.began(step, body.record_path)
        pausing.connected(step, body, alive_at)
        if step.state.session is not None and step.state.session.moving:
            asking.stop(step)
    elif session is None:
        pass
    elif session.phase is Phase.STARTING and session.may_resume:
        step.session(deadline=step.at + step.rules.start_s)
        asking.start(step)
    elif session.unasked_end_at is not None:
        sessions.stopped(step, "")
    elif session.phase is Phase.RECORDING and session.moving:
        recovery.go_on(step, _last_alive(session, before))
        asking.start(step)
    elif session.phase is Phase.RECORDING and recovery.obs_died(before) and session.may_resume:
        # OBS died under a wanted recording: the same session goes on in a new segment.
        recovery.go_on(step, _last_alive(session, before))
        asking.start(step)
    elif session.phase is Phase.STARTING:
        asking.begun(step, "failed", say("away_too_long"))
        step.settle(asking.TRIAL, "failed", say("obs_went_away"))
        sessions.end(step, step.at)
    else:
        sessions.stopped(step, "", ended_at=_last_alive(session, before))


def file_seen(step: Step, body: RecordFileEvent) -> None:
    """OBS splits its recording by itself: what grows now is the same talk."""
    session, last = step.state.session, ""
    if session is not None and session.phase is not Phase.STARTING and session.segments:
        last = session.segments[-1].path
    if last and step.state.obs.recording and body.after in ("", last):
        segments.split(step, body.path, body.began_utc)
    elif body.after:
        _late_part(step, body)


def _late_part(step: Step, body: RecordFileEvent) -> None:
    """A talk ended just after OBS had begun its last part: it is processed with it."""
    for job in step.state.jobs:
        known = {one.path for one in job.segments}
        last = job.segments[-1] if job.segments else None
        if last is None or last.to_s is not None:
            continue  # Another talk has what follows.
        if last.path == body.after and body.path not in known:
            began_utc = body.began_utc or last.ended_utc
            part = Segment(path=body.path, started_utc=began_utc, ended_utc=step.utc, split=True)
            more = replace(job, segments=(*job.segments, part))
            step.set(jobs=tuple(more if one is job else one for one in step.state.jobs))
            sessions.process(step, more)
            return


def answered(step: Step, body: RequestAnswered) -> None:
    """OBS answered to a start or stop. Its agreement proves nothing: the record event does."""
    session = step.state.session
    if session is None or session.effect_id != body.effect_id or body.fault is not None:
        return
    if body.ok:
        # Right after a stop, OBS at times takes a start and does nothing (decision 0705).
        unheard = session.phase is Phase.STARTING and not step.state.obs.beginning
        if unheard and session.attempts <= UNHEARD_MOST:
            step.session(ask_again_at=step.at + step.rules.begin_s)
        return
    reason = refusal(body)
    meaning = refused(_output(step, session), body.code)
    if session.phase is Phase.STARTING and meaning == "runs":
        step.obs(recording=True)
        if session.trial and session.attempts <= 1:
            trials.becomes_talk(step, step.state.next_talk, "obs")  # Somebody was first.
        sessions.began(step, "")
    elif session.phase is Phase.STARTING and session.trial:
        step.settle(asking.TRIAL, "failed", say("test_refused", reason=reason))
        sessions.end(step, step.at)
    elif session.phase is Phase.STARTING:
        asking.begun(step, "failed", say("start_refused", reason=reason))
        step.session(overdue=True, detail=say("test_refused", reason=reason))
    elif meaning == "ended":
        step.obs(recording=False, record_path="")
        sessions.stopped(step, "")
    elif meaning == "on_its_way":
        step.session(deadline=step.at + step.rules.start_s)
    elif meaning == "no_stop":
        step.session(overdue=True, detail=say("stop_refused", reason=reason))


def tick(step: Step) -> None:
    """A deadline of the active session may have passed."""
    session = step.state.session
    if session is not None and session.ask_again_at is not None and step.at >= session.ask_again_at:
        step.session(ask_again_at=None)
        if session.phase is Phase.STARTING:
            asking.start(step)
    session = step.state.session
    if session is None or session.deadline is None or step.at < session.deadline:
        return
    patience = 2 ** min(session.attempts, RETRIES_DOUBLING)
    meaning = overdue(_output(step, session))
    if session.trial and session.phase is not Phase.STOPPING:
        trials.time_is_over(step)
    elif meaning == "no_start":
        waited = say("no_start_test", waited_s=step.rules.start_s)
        asking.begun(step, "failed", say("no_start", waited_s=step.rules.start_s))
        step.session(
            overdue=True,
            detail=session.detail or waited,
            deadline=step.at + patience * step.rules.start_s,
        )
        asking.start(step)
    elif session.unasked_end_at is not None:
        moving.settle_unasked(step)
    elif session.moving:
        moving.overdue(step, session)
    elif meaning == "ended":
        sessions.stopped(step, "")
    elif meaning == "no_stop":
        waited = say("no_stop_yet", waited_s=step.rules.stop_s)
        step.settle(asking.STOP, "failed", say("no_stop", waited_s=step.rules.stop_s))
        asking.begun(step, "failed", say("no_stop_then_talk", waited_s=step.rules.stop_s))
        step.session(overdue=True, detail=waited, deadline=step.at + patience * step.rules.stop_s)
        asking.stop(step)
    else:
        step.session(deadline=None)


_STAGES: Mapping[Phase, Stage] = {
    Phase.STARTING: "starting",
    Phase.RECORDING: "active",
    Phase.STOPPING: "stopping",
}


def _output(step: Step, session: Session) -> Output:
    ran = bool(session.segments) or session.running_since is not None
    return Output(_STAGES.get(session.phase, "off"), step.state.obs.recording, ran)


def _last_alive(session: Session, before: ObsFacts) -> float:
    """When the recording was last known to go on: until the link went, or until stagebox itself did."""
    return before.since if session.alive_at is None else session.alive_at
