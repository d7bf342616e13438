"""The reducer's part for recording: the life of a session, from a wish to a file that is processed.

OBS is the authority on what is being recorded. What a session waits for has a deadline; when it passes,
the fault gets a name, OBS is asked again, and the wish stays until a person takes it back.
"""

import zlib
from dataclasses import replace
from itertools import count

from stagebox.engine import folders, marks, pausing, recovery, segments, trials
from stagebox.engine.step import Step
from stagebox.model.effects import ApplyRemedy, ObsStartRecord, ObsStopRecord, ProcessSession, RefreshCards
from stagebox.model.intents import Intent, TalkDetails
from stagebox.model.names import STARTED_IN_OBS, UNNAMED_IN_OBS, session_stem
from stagebox.model.observations import (
    ObsConnected,
    ObsStatsSeen,
    RecordFileSeen,
    RecordStateSeen,
    RequestAnswered,
)
from stagebox.model.remedies import RemedyWanted
from stagebox.model.state import ObsFacts, Phase, Segment, Session
from stagebox.model.trial import TrialResult, is_own

START = "start_recording"
STOP = "stop_recording"
TRIAL = trials.TRIAL

OUTPUT_RUNNING = 500
OUTPUT_NOT_RUNNING = 501
"""obs-websocket's request status codes for an output that already runs, or does not."""

RETRIES_DOUBLING = 3
UNHEARD_MOST = 3
"""So often is a start asked for again at once that OBS took without beginning."""


def start_wanted(step: Step, intent: Intent, talk: TalkDetails | None) -> None:
    """A person wants a recording."""
    state = step.state
    details = talk or state.next_talk
    if state.session is not None and state.session.trial and not details.do_not_record:
        trials.give_way(step, intent, details, refresh=talk is not None)
    elif state.session is not None and state.session.phase is Phase.STOPPING:
        step.answer(intent, "refused", "The last recording is still being saved. Try again in a moment.")
    elif state.session is not None and state.session.paused is not None:
        pausing.wanted(step, intent)
    elif state.session is not None and not state.session.trial:
        step.answer(intent, "done", "It is being recorded already.")
    elif details.do_not_record:
        step.answer(intent, "refused", "This talk is marked “do not record”.")
    elif state.folder not in folders.USABLE and state.second_folder != "ok":
        step.answer(intent, "refused", f"{state.folder_detail} {state.folder_remedy}".strip())
    else:
        step.answer(intent, "pending")
        step.set(
            next_talk=details,
            session=_new_session(step, intent.id, details, intent.origin),
            faults=replace(state.faults, stopped_by_itself_utc=0.0),
        )
        if talk is not None:
            step.effect(RefreshCards(effect_id=step.effect_id(), talk=talk))
        _request_start(step)


def trial_wanted(step: Step, intent: Intent, seconds: float) -> None:
    """A test recording is wanted."""
    state = step.state
    why_not = trials.refusal(step)
    if not why_not and state.folder not in folders.USABLE and state.second_folder != "ok":
        why_not = f"{state.folder_detail} {state.folder_remedy}".strip()
    if why_not:
        step.answer(intent, "refused", why_not)
        return
    step.answer(intent, "pending")
    new = _new_session(step, intent.id, trials.details(), intent.origin)
    step.set(
        session=replace(new, number=0, trial_s=seconds, may_resume=False),
        sessions_made=state.sessions_made,
    )
    _request_start(step)


def _end_trial(step: Step) -> None:
    """The trial has lasted long enough, or does not begin. A file of somebody else's is not ended."""
    session = step.state.session
    assert session is not None
    if session.phase is Phase.STARTING:
        words = f"OBS did not start recording within {step.rules.start_s:g} s."
        step.settle(TRIAL, "failed", words)
    elif not trials.all_own(session):
        trials.becomes_talk(step, step.state.next_talk, "obs")
        return
    step.session(
        phase=Phase.STOPPING,
        wanted=False,
        moving=False,
        attempts=0,
        ask_again_at=None,
        deadline=_stop_due(step),
    )
    _request_stop(step)


def stop_wanted(step: Step, intent: Intent) -> None:
    """A person wants the recording to end."""
    session = step.state.session
    if session is None:
        step.answer(intent, "refused", "Nothing is being recorded.")
        return
    if session.phase is Phase.STOPPING:
        step.settle(START, "superseded", "It was stopped before OBS had started.")
        step.session(then=None, then_origin="")
        step.answer(intent, "done", "It is being stopped already.")
        return
    step.settle(START, "superseded", "It was stopped before OBS had started.")
    step.settle(TRIAL, "superseded", "It was stopped before OBS had started.")
    if session.phase is Phase.STARTING and session.attempts == 0 and not session.segments:
        # OBS was never asked, so there is nothing to wait for.
        step.answer(intent, "done", "It was stopped before OBS could start.")
        _end(step, step.at)
        return
    step.answer(intent, "pending")
    step.session(
        phase=Phase.STOPPING,
        wanted=False,
        moving=False,
        overdue=False,
        detail="",
        attempts=0,
        deadline=_stop_due(step),
    )
    _request_stop(step)


def state_seen(step: Step, body: RecordStateSeen) -> None:
    """OBS said that its recording starts, runs, stops or has stopped."""
    match body.phase:
        case "started":
            _settle_unasked(step)
            step.obs(recording=True, record_path=body.path, doubt_since=None, beginning=False, ending_at=None)
            _started(step, body.path)
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
                _stopped(step, body.path, ended_at)
            elif session.moving:
                segments.name_last(step, body.path)
                recovery.go_on(step, ended_at)
                _request_start(step)
            elif ending_at is None:
                if recovery.stopped_by_itself(step, body.path):
                    _request_start(step)
            elif step.rules.folder:
                # A person ended it in OBS itself, or OBS did for want of a disk: the disk will tell.
                segments.name_last(step, body.path)
                step.session(unasked_end_at=ended_at, deadline=step.at + step.rules.unasked_s)
                _explain_end(step)
            else:
                _stopped(step, body.path, ended_at)
        case "paused" | "resumed":
            pausing.seen(step, paused=body.phase == "paused")
            folders_seen(step)
        case "starting":
            step.obs(beginning=True)
            if step.state.session is not None:
                step.session(ask_again_at=None)


def figures_seen(step: Step, body: ObsStatsSeen) -> None:
    """OBS's figures contradict its events: believed only when they keep doing so, since both race."""
    obs, recording = step.state.obs, body.recording
    if obs.recording is None:
        return
    pausing.figures_seen(step, body)
    session = step.state.session
    paused = session is not None and session.paused is not None
    can_pause = session is not None and session.running_since is not None
    if recording == obs.recording and (not recording or not can_pause or paused is body.paused):
        if obs.doubt_since is not None:
            step.obs(doubt_since=None)
    elif obs.doubt_since is None:
        step.obs(doubt_since=step.at)
    elif step.at - obs.doubt_since < step.rules.doubt_s:
        pass
    elif recording == obs.recording:
        step.obs(doubt_since=None)
        pausing.seen(step, paused=body.paused)
    else:
        believed = RecordStateSeen(generation=obs.generation, phase="started" if recording else "stopped")
        state_seen(step, believed)


def connected(step: Step, body: ObsConnected, before: ObsFacts) -> None:
    """A new connection tells whether OBS records: what is known is reconciled with it.

    `before` is what was known of OBS until now: when the link went, and whether its process ended.
    """
    step.obs(recording=body.recording, record_path=body.record_path)
    session = step.state.session
    if body.recording:
        _settle_unasked(step)
        alive_at = step.at if session is None else _last_alive(session, before)
        _started(step, body.record_path)
        pausing.connected(step, body, alive_at)
        if step.state.session is not None and step.state.session.moving:
            _request_stop(step)
    elif session is None:
        pass
    elif session.phase is Phase.STARTING and session.may_resume:
        step.session(deadline=step.at + step.rules.start_s)
        _request_start(step)
    elif session.unasked_end_at is not None:
        _stopped(step, "")
    elif session.phase is Phase.RECORDING and session.moving:
        recovery.go_on(step, _last_alive(session, before))
        _request_start(step)
    elif session.phase is Phase.RECORDING and recovery.obs_died(before) and session.may_resume:
        # OBS died under a wanted recording: the same session goes on in a new segment.
        recovery.go_on(step, _last_alive(session, before))
        _request_start(step)
    elif session.phase is Phase.STARTING:
        step.settle(START, "failed", "stagebox was away for too long: touch record again.")
        step.settle(TRIAL, "failed", "OBS went away meanwhile.")
        _end(step, step.at)
    else:
        _stopped(step, "", ended_at=_last_alive(session, before))


def file_seen(step: Step, body: RecordFileSeen) -> None:
    """OBS splits its recording by itself: what grows now is the same talk."""
    session, last = step.state.session, ""
    if session is not None and session.phase is not Phase.STARTING and session.segments:
        last = session.segments[-1].path
    if last and step.state.obs.recording and body.after in ("", last):
        segments.split(step, body.path, body.began_utc)
    elif body.after:
        _late_part(step, body)


def _late_part(step: Step, body: RecordFileSeen) -> None:
    """A talk ended just after OBS had begun its last part: it is processed with it."""
    for job in step.state.jobs:
        known = {one.path for one in job.segments}
        if job.segments and job.segments[-1].path == body.after and body.path not in known:
            began_utc = body.began_utc or job.segments[-1].ended_utc
            part = Segment(path=body.path, started_utc=began_utc, ended_utc=step.utc, split=True)
            more = replace(job, segments=(*job.segments, part))
            step.set(jobs=tuple(more if one is job else one for one in step.state.jobs))
            process(step, more)
            return


def folders_seen(step: Step) -> None:
    """What is known of the folders changed: a recording moves, or goes on where it had to wait."""
    session, state = step.state.session, step.state
    if session is None or not session.wanted or session.trial:
        return
    if session.phase is Phase.STARTING:
        if session.overdue and folders.next_place(state, session.place) is not None:
            _request_start(step)
    elif session.unasked_end_at is not None:
        _explain_end(step)
    elif session.paused is None and not session.moving and folders.must_move(state, session.place):
        step.session(moving=True, attempts=0, deadline=_stop_due(step))
        _request_stop(step)


def _explain_end(step: Step) -> None:
    """If the disk explains why OBS ended the recording, no person did: it goes on where there is a disk."""
    session = step.state.session
    assert session is not None
    ended_at = session.unasked_end_at
    if ended_at is None or not folders.obs_ends_there(step.state, session.place):
        return
    recovery.go_on(step, ended_at)
    step.session(unasked_end_at=None)
    _request_start(step)


def _settle_unasked(step: Step) -> None:
    """Nothing explained why OBS ended the recording: a person did, in OBS itself."""
    session = step.state.session
    if session is not None and session.unasked_end_at is not None:
        _stopped(step, "")


def _move_overdue(step: Step, session: Session) -> None:
    """OBS does not end its file on a folder that fails: it is asked again, and then replaced."""
    waited = f"OBS did not end its recording within {step.rules.stop_s:g} s, to go on in the other folder."
    step.session(deadline=_stop_due(step), detail=waited)
    if session.attempts > 1:
        wanted = RemedyWanted(remedy="replace_obs", role="recording", asks=False, words=waited)
        step.effect(ApplyRemedy(effect_id=step.effect_id(), remedy=wanted))
    _request_stop(step)


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
    reason = body.comment or f"error {body.code}"
    if session.phase is Phase.STARTING and body.code == OUTPUT_RUNNING:
        step.obs(recording=True)
        if session.trial and session.attempts <= 1:
            trials.becomes_talk(step, step.state.next_talk, "obs")  # Somebody was first.
        _started(step, "")
    elif session.phase is Phase.STARTING and session.trial:
        step.settle(TRIAL, "failed", f"OBS refused to record: {reason}.")
        _end(step, step.at)
    elif session.phase is Phase.STARTING:
        step.settle(START, "failed", f"OBS refused to record: {reason}. stagebox keeps trying.")
        step.session(overdue=True, detail=f"OBS refused to record: {reason}.")
    elif session.phase is Phase.STOPPING and body.code == OUTPUT_NOT_RUNNING:
        if session.segments or session.running_since is not None:
            step.obs(recording=False, record_path="")
            _stopped(step, "")
        else:
            # The start may still be on its way: it would come after this answer.
            step.session(deadline=step.at + step.rules.start_s)
    elif session.phase is Phase.STOPPING:
        step.session(overdue=True, detail=f"OBS refused to stop: {reason}.")


def tick(step: Step) -> None:
    """A deadline of the active session may have passed."""
    session = step.state.session
    if session is not None and session.ask_again_at is not None and step.at >= session.ask_again_at:
        step.session(ask_again_at=None)
        if session.phase is Phase.STARTING:
            _request_start(step)
    session = step.state.session
    if session is None or session.deadline is None or step.at < session.deadline:
        return
    patience = 2 ** min(session.attempts, RETRIES_DOUBLING)
    if session.trial and session.phase is not Phase.STOPPING:
        _end_trial(step)
    elif session.phase is Phase.STARTING:
        waited = f"OBS did not start recording within {step.rules.start_s:g} s."
        step.settle(START, "failed", f"{waited} stagebox keeps trying.")
        step.session(
            overdue=True,
            detail=session.detail or waited,
            deadline=step.at + patience * step.rules.start_s,
        )
        _request_start(step)
    elif session.unasked_end_at is not None:
        _settle_unasked(step)
    elif session.moving:
        _move_overdue(step, session)
    elif session.phase is Phase.STOPPING and step.state.obs.recording is False:
        _stopped(step, "")
    elif session.phase is Phase.STOPPING:
        waited = f"OBS did not stop recording within {step.rules.stop_s:g} s."
        step.settle(STOP, "failed", f"{waited} stagebox keeps trying; the recording is safe.")
        step.settle(START, "failed", f"{waited} The talk is recorded as soon as it does.")
        step.session(overdue=True, detail=waited, deadline=step.at + patience * step.rules.stop_s)
        _request_stop(step)
    else:
        step.session(deadline=None)


def process(step: Step, job: Session) -> None:
    """Ask for the MP4 of a session whose recording ended."""
    step.effect(
        ProcessSession(
            effect_id=step.effect_id(),
            session_id=job.id,
            segments=tuple(segment.path for segment in job.segments if segment.path),
            name=job.name,
            expected_s=0.0 if job.clock_lost else job.recorded_s,
            starts_s=segments.starts_s(job),
            splits=segments.splits(job),
            pauses=job.pauses,
            title=job.talk.title or (UNNAMED_IN_OBS if job.origin == STARTED_IN_OBS else ""),
            speaker=job.talk.speaker,
            room=job.talk.room or step.room,
            started_utc=job.started_utc,
            marks=job.marks,
            trial=job.trial,
        )
    )


def _new_session(step: Step, key: str, talk: TalkDetails, origin: str) -> Session:
    named = talk if origin != STARTED_IN_OBS else replace(talk, title=UNNAMED_IN_OBS)
    name = _free_name(step, session_stem(step.utc, step.room, named))
    number = step.state.sessions_made + 1
    step.set(sessions_made=number)
    return Session(
        id=f"{name[:16]}-{zlib.crc32(key.encode()):08x}",
        name=name,
        talk=talk,
        phase=Phase.STARTING,
        wanted=True,
        origin=origin,
        asked_utc=step.utc,
        number=number,
        deadline=step.at + step.rules.start_s,
    )


def _free_name(step: Step, name: str) -> str:
    """The name, or with a number: a wall clock that was set back may come by the same second again."""
    known = {one.name for one in (*step.state.finished, *step.state.jobs)}
    if name not in known:
        return name
    return next(free for number in count(2) if (free := f"{name}-{number}") not in known)


def _last_alive(session: Session, before: ObsFacts) -> float:
    """When the recording was last known to go on: until the link went, or until stagebox itself did."""
    return before.since if session.alive_at is None else session.alive_at


def _stop_due(step: Step) -> float:
    return step.at + step.rules.stop_s


def _request_start(step: Step) -> None:
    """Ask OBS to record, if it can be asked. If not, the next connection does."""
    obs, session = step.state.obs, step.state.session
    if session is None or obs.link != "up" or obs.recording:
        return
    place = folders.next_place(step.state, session.place)
    if place is None:
        # No folder can be written: the wish stays, and is tried again when one comes back.
        step.session(overdue=True, detail=step.state.folder_detail)
        return
    if place != session.place:
        why = step.state.folder_detail if session.place == "main" else "The second folder cannot be used."
        step.notice(f"{why} The recording goes on in {folders.path_of(step, place) or 'the other folder'}.")
    effect_id = step.effect_id()
    step.obs(beginning=False)
    step.session(
        attempts=session.attempts + 1, effect_id=effect_id, place=place, moving=False, ask_again_at=None
    )
    part = f"-part-{len(session.segments) + 1}" if session.segments else ""
    step.effect(
        ObsStartRecord(
            effect_id=effect_id,
            generation=obs.generation,
            filename_stem=f"{session.name}{part}",
            folder=folders.path_of(step, place),
        )
    )


def _request_stop(step: Step) -> None:
    """Ask OBS to stop, if it can be asked. If not, the next connection does."""
    obs, session = step.state.obs, step.state.session
    if session is None or obs.link != "up":
        return
    effect_id = step.effect_id()
    step.session(attempts=session.attempts + 1, effect_id=effect_id)
    step.effect(ObsStopRecord(effect_id=effect_id, generation=obs.generation))


def _started(step: Step, path: str) -> None:
    """OBS records: into a session that waits for it, or into one that is made for it."""
    _if_foreign(step, path)
    if step.state.session is None:
        # Somebody pressed record in OBS itself: whatever OBS records is a session of ours too. It is no talk
        # that was named here: neither the last one, nor the next.
        talk = TalkDetails(room=step.state.next_talk.room)
        adopted = _new_session(step, f"{path}{step.utc}", talk, STARTED_IN_OBS)
        step.set(session=adopted, faults=replace(step.state.faults, stopped_by_itself_utc=0.0))
    segments.note(step, path)
    session = step.state.session
    assert session is not None
    step.session(may_resume=not session.trial, alive_at=None)
    if session.phase is Phase.STARTING:
        step.session(
            phase=Phase.RECORDING,
            started_utc=session.started_utc or step.utc,
            deadline=step.at + session.trial_s if session.trial else None,
            ask_again_at=None,
            overdue=False,
            detail="",
            attempts=0,
        )
        step.settle(START, "done")
        step.settle(TRIAL, "done")
    elif session.phase is Phase.STOPPING:
        # The start had been on its way when the stop was asked for.
        _request_stop(step)


def _if_foreign(step: Step, path: str) -> None:
    """What begins while a trial is on may be a person's: then it is their talk, and the trial is over."""
    session = step.state.session
    if session is None or not session.trial or not path or is_own(path, session.name):
        return
    step.settle(TRIAL, "superseded", "A talk began.")
    if any(segment.path for segment in session.segments):
        _end(step, step.at)
    else:
        trials.becomes_talk(step, step.state.next_talk, "obs")
        if session.phase is Phase.STOPPING:
            step.session(phase=Phase.STARTING)


def _stopped(step: Step, path: str, ended_at: float | None = None) -> None:
    """OBS does not record any more. `ended_at` is when that was, if it was not now."""
    session = step.state.session
    if session is None or session.phase is Phase.STARTING:
        return
    segments.name_last(step, path)
    if session.wanted and not session.trial:
        step.set(faults=replace(step.state.faults, stopped_by_itself_utc=step.utc))
    if ended_at is None:
        ended_at = step.at if session.unasked_end_at is None else session.unasked_end_at
    step.session(unasked_end_at=None, moving=False)
    _end(step, ended_at)


def _end(step: Step, ended_at: float) -> None:
    """The session's recording is over: it is processed, or, without a file, it is done and failed."""
    marks.close(step)
    segments.close(step, ended_at)
    ending = step.state.session
    assert ending is not None
    then, then_origin = ending.then, ending.then_origin
    if ending.trial and not trials.all_own(ending):
        # Whatever it is, it is kept.
        trials.becomes_talk(step, step.state.next_talk, "obs")
    step.session(
        ended_utc=_ended_utc(step, ended_at),
        wanted=False,
        deadline=None,
        overdue=False,
        detail="",
        phase=Phase.PROCESSING,
    )
    session = step.state.session
    assert session is not None
    step.settle(STOP, "done")
    step.set(session=None)
    if session.trial and not any(segment.path for segment in session.segments):
        words = "OBS wrote no file: nothing was recorded."
        result = TrialResult(id=session.id, verdict="failed", summary=words, ended_utc=session.ended_utc)
        trials.finish(step, session, result)
    elif any(segment.path for segment in session.segments):
        step.set(jobs=(*step.state.jobs, session))
        process(step, session)
    else:
        done = replace(
            session,
            phase=Phase.DONE,
            verdict="failed",
            summary="OBS wrote no file: nothing was recorded.",
        )
        step.set(finished=(*step.state.finished, done)[-FINISHED_KEPT:])
    if then is not None:
        step.set(session=_new_session(step, f"{session.id}then", then, then_origin))
        _request_start(step)


def _ended_utc(step: Step, ended_at: float) -> float:
    """When the session ended, by its beginning and the monotonic clock: the wall clock may have been set."""
    session = step.state.session
    assert session is not None
    if session.began_at is None or not session.started_utc:
        return step.utc
    paused_s = sum(pause.length_s for pause in session.pauses)
    passed_s = max(session.recorded_s, ended_at - session.began_at)
    return session.started_utc + passed_s + session.slept_s + paused_s


FINISHED_KEPT = 20
"""Finished sessions in the state, newest last; the catalogue has them all."""
