"""The reducer's part for the life of a session: made, begun, ended, processed, done.

Whatever OBS records belongs to one: a recording that nobody asked stagebox for is adopted.
"""

import zlib
from dataclasses import replace
from itertools import count
from pathlib import PurePath

from stagebox.engine import asking, marks, next_talk, sealing, segments, trials
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import TalkDetails
from stagebox.model.effects import ProcessSession
from stagebox.model.file_names import STARTED_IN_OBS, UNNAMED_IN_OBS, session_stem
from stagebox.model.observations import JobDone
from stagebox.model.state import FINISHED_KEPT, Phase, Session
from stagebox.model.trial import TrialResult, is_own

LACKS_MOST_S = 24 * 3600.0
"""More than this between two files is a clock that was set."""
NO_FILE = say("no_file")


def new(step: Step, key: str, talk: TalkDetails, origin: str) -> Session:
    """A session that waits for OBS, with a name of its own; the caller makes it the active one."""
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


def began(step: Step, path: str) -> None:
    """OBS records: into a session that waits for it, or into one that is made for it."""
    _if_foreign(step, path)
    if step.state.session is None:
        # Somebody pressed record in OBS itself: whatever OBS records is a session of ours too. It is no talk
        # that was named here: neither the last one, nor the next.
        talk = TalkDetails(room=step.state.next_talk.room)
        adopted = new(step, f"{path}{step.utc}", talk, STARTED_IN_OBS)
        step.set(session=adopted, faults=replace(step.state.faults, stopped_by_itself_utc=0.0))
    before = step.state.session
    assert before is not None
    segments.note(step, path)
    session = step.state.session
    assert session is not None
    if session.phase is Phase.STARTING and not session.trial:
        _say_what_lacks(step, before, path)
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
        asking.begun(step, "done")
        step.settle(asking.TRIAL, "done")
    elif session.phase is Phase.STOPPING:
        # The start had been on its way when the stop was asked for.
        asking.stop(step)


def _say_what_lacks(step: Step, before: Session, path: str) -> None:
    """A talk goes on in another file: how much lies between the two, and where it goes on."""
    last = before.segments[-1] if before.segments else None
    if last is None or not last.ended_utc or last.path == path:
        return
    lacks_s = step.utc - last.ended_utc
    if 0.0 < lacks_s < LACKS_MOST_S:
        step.notice(say("went_on_lacks", lacks_s=round(lacks_s, 1)))
    folder = PurePath(path).parent.as_posix()
    if path and last.path and folder != PurePath(last.path).parent.as_posix():
        step.notice(say("goes_on_in", folder=folder))


def _if_foreign(step: Step, path: str) -> None:
    """What begins while a trial is on may be a person's: then it is their talk, and the trial is over."""
    session = step.state.session
    if session is None or not session.trial or not path or is_own(path, session.name):
        return
    step.settle(asking.TRIAL, "superseded", say("talk_began"))
    if any(segment.path for segment in session.segments):
        end(step, step.at)
    else:
        trials.becomes_talk(step, step.state.next_talk, "obs")
        if session.phase is Phase.STOPPING:
            step.session(phase=Phase.STARTING)


def stopped(step: Step, path: str, ended_at: float | None = None) -> None:
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
    end(step, ended_at)


def end(step: Step, ended_at: float) -> None:
    """The session's recording is over: it is processed, or, without a file, it is done and failed."""
    marks.close(step)
    segments.close(step, ended_at)
    ending = step.state.session
    assert ending is not None
    then, then_origin = ending.then, ending.then_origin
    talk_ends = not ending.trial and not ending.wanted
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
    step.settle(asking.STOP, "done")
    step.set(session=None)
    if talk_ends and then is None:
        next_talk.over(step, ending)
        next_talk.cards_due(step)
    if session.trial and not any(segment.path for segment in session.segments):
        result = TrialResult(id=session.id, verdict="failed", summary=NO_FILE, ended_utc=session.ended_utc)
        trials.finish(step, session, result)
    else:
        step.set(jobs=(*step.state.jobs, session))
        process(step, session)
    if then is not None and then.do_not_record:
        # Its speaker has said no since somebody asked for it.
        words = say("do_not_record_named", title=then.title)
        asking.begun(step, "refused", words)
        step.notice(words)
        next_talk.over(step, ending)
    elif then is not None:
        follows = new(step, f"{session.id}then", then, then_origin)
        step.set(session=replace(follows, put_back=ending.put_back))
        asking.start(step)


def _ended_utc(step: Step, ended_at: float) -> float:
    """When the session ended, by its beginning and the monotonic clock: the wall clock may have been set."""
    session = step.state.session
    assert session is not None
    if session.began_at is None or not session.started_utc:
        return step.utc
    paused_s = sum(pause.length_s for pause in session.pauses)
    passed_s = max(session.recorded_s, ended_at - session.began_at)
    return session.started_utc + passed_s + session.slept_s + paused_s


def lacks_name(session: Session) -> bool:
    """Whether OBS has not told yet how the file is called that it shares with the next talk."""
    last = session.segments[-1] if session.segments else None
    return last is not None and last.to_s is not None and not last.path


def process(step: Step, job: Session) -> None:
    """Ask for the MP4 of a session whose recording ended, as soon as its files are known.

    Where its speaker has said no meanwhile it waits for a person's word, or is sealed, as they said.
    """
    if lacks_name(job):
        return
    if not any(segment.path for segment in job.segments):
        _finish(step, replace(job, phase=Phase.DONE, verdict="failed", summary=NO_FILE))
        return
    if job.talk.do_not_record and not job.consent and not job.trial:
        job = replace(job, consent="asked")
        step.set(jobs=tuple(job if one.id == job.id else one for one in step.state.jobs))
    if job.consent == "asked":
        return
    if job.consent == "discarded":
        sealing.seal(step, job)
        return
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
            program=job.program,
            trial=job.trial,
            ranges=segments.ranges(job),
            allows=job.allows,
        )
    )


def job_done(step: Step, body: JobDone) -> None:
    """Its MP4 is there, or could not be made."""
    job = next((job for job in step.state.jobs if job.id == body.session_id), None)
    if job is None:
        return
    if job.trial:
        trials.job_done(step, job, body)
        return
    done = replace(
        job,
        phase=Phase.DONE,
        verdict=body.verdict,
        output=body.output,
        report=body.report,
        summary=body.summary,
    )
    _finish(step, done)


def _finish(step: Step, done: Session) -> None:
    live = step.state.live
    step.set(
        jobs=tuple(job for job in step.state.jobs if job.id != done.id),
        finished=(*step.state.finished, done)[-FINISHED_KEPT:],
        live=replace(live, progress=tuple(p for p in live.progress if p.session_id != done.id)),
    )
