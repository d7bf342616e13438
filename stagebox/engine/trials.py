"""The reducer's part for trials: test recordings that leave no trace and that give way to people.

A trial ends by itself and is never gone on with. Whoever records meanwhile takes its place: what OBS writes
is their talk from then on. Only a file that bears the trial's own name is ended or removed for its sake.
"""

from dataclasses import replace

from stagebox.engine import asking, next_talk
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command, TalkDetails
from stagebox.model.file_names import session_stem
from stagebox.model.observations import JobDone
from stagebox.model.state import Phase, Session
from stagebox.model.trial import TRIAL_NAME, TrialResult, is_own


def refusal(step: Step) -> str:
    """Why no trial can begin now, in a sentence; empty when it can."""
    state = step.state
    if state.session is not None and state.session.trial:
        return say("test_runs")
    if state.session is not None or state.obs.recording:
        return say("test_waits_for_talk")
    if any(job.trial for job in state.jobs):
        return say("test_is_checked")
    if state.obs.link != "up":
        return say("test_waits_for_obs")
    return ""


def details() -> TalkDetails:
    """What a trial's file is called after."""
    return TalkDetails(title=TRIAL_NAME)


def all_own(session: Session) -> bool:
    """Whether every file of the trial is known to be the one that it asked for."""
    paths = [segment.path for segment in session.segments]
    return all(path and is_own(path, session.name) for path in paths)


def becomes_talk(step: Step, talk: TalkDetails, origin: str) -> None:
    """What OBS writes for the trial is a person's talk from now on."""
    session = step.state.session
    assert session is not None
    number = step.state.sessions_made + 1
    recording = session.phase is Phase.RECORDING
    named = recording and all(segment.path for segment in session.segments)
    known = {one.name for one in (*step.state.finished, *step.state.jobs)}
    name = session_stem(session.asked_utc, step.room, talk)
    step.set(sessions_made=number)
    step.session(
        # A file that OBS has not named yet is found again by the name that it was asked to bear.
        name=name if named and name not in known else session.name,
        trial_s=0.0,
        talk=talk,
        origin=origin,
        wanted=True,
        then=None,
        then_origin="",
        may_resume=True,
        number=number,
        deadline=None if recording else session.deadline,
    )


def time_is_over(step: Step) -> None:
    """The trial has lasted long enough, or does not begin. A file of somebody else's is not ended."""
    session = step.state.session
    assert session is not None
    if session.phase is Phase.STARTING:
        step.settle(asking.TRIAL, "failed", say("no_start_test", waited_s=step.rules.start_s))
    elif not all_own(session):
        becomes_talk(step, step.state.next_talk, "obs")
        return
    step.session(
        phase=Phase.STOPPING,
        wanted=False,
        moving=False,
        attempts=0,
        ask_again_at=None,
        deadline=asking.stop_due(step),
    )
    asking.stop(step)


def give_way(step: Step, command: Command, talk: TalkDetails) -> None:
    """A talk begins while a test is recorded: at once, in what OBS writes already; nothing of it is lost.

    A test that is just ending is waited for.
    """
    trial = step.state.session
    assert trial is not None
    put_back = next_talk.taken(step, talk)
    step.set(faults=replace(step.state.faults, stopped_by_itself_utc=0.0))
    step.settle(asking.TRIAL, "superseded", say("talk_began"))
    asking.begun(step, "superseded", say("asked_again"))
    if trial.phase is Phase.STOPPING:
        step.session(then=talk, then_origin=command.origin, put_back=put_back)
    else:
        becomes_talk(step, talk, command.origin)
        step.session(put_back=put_back)
    step.answer(command, "done" if trial.phase is Phase.RECORDING else "pending")


def job_done(step: Step, job: Session, body: JobDone) -> None:
    """The trial was judged: its result is kept, and nothing else of it."""
    told = TrialResult(id=job.id, verdict=body.verdict, summary=body.summary, ended_utc=job.ended_utc)
    finish(step, job, body.trial or told)


def finish(step: Step, job: Session, result: TrialResult) -> None:
    """The trial is over."""
    live = step.state.live
    step.set(
        jobs=tuple(one for one in step.state.jobs if one.id != job.id),
        trial=replace(result, id=job.id, ended_utc=job.ended_utc),
        live=replace(live, progress=tuple(one for one in live.progress if one.session_id != job.id)),
    )
