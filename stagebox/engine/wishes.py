"""The reducer's part for what people want of a recording: to begin, to be tried, to end."""

from dataclasses import replace

from stagebox.engine import asking, folders, gapless, next_talk, pausing, scheduled, sessions, trials
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command, TalkDetails
from stagebox.model.state import Phase, Session


def start(step: Step, command: Command, talk: TalkDetails | None) -> None:
    """A person wants a recording."""
    state = step.state
    details = scheduled.allowed(state, talk or scheduled.to_record(step))
    if state.session is not None and state.session.trial and not details.do_not_record:
        trials.give_way(step, command, details)
    elif state.session is not None and state.session.phase is Phase.STOPPING and not state.session.trial:
        _after_stop(step, command, talk)
    elif state.session is not None and state.session.paused is not None:
        pausing.wanted(step, command)
    elif state.session is not None and not state.session.trial:
        step.answer(command, "done", say("recorded_already"))
    elif details.do_not_record:
        step.answer(command, "refused", scheduled.refusal(details))
    elif state.folder not in folders.USABLE and state.second_folder != "ok":
        step.answer(command, "refused", folders.why_not(step))
    else:
        step.answer(command, "pending")
        put_back = next_talk.taken(step, details)
        new = sessions.new(step, command.id, details, command.origin)
        step.set(
            session=replace(new, put_back=put_back),
            faults=replace(state.faults, stopped_by_itself_utc=0.0),
        )
        asking.start(step)


def next_talk_wanted(step: Step, command: Command, talk: TalkDetails | None) -> None:
    """A person wants the following talk recorded from now on, and this one to end."""
    session = step.state.session
    if session is None or session.trial or session.phase is Phase.STOPPING:
        start(step, command, talk)
        return
    details = scheduled.allowed(step.state, talk or scheduled.following(step, session))
    if details.do_not_record:
        step.answer(command, "refused", scheduled.refusal(details))
    elif session.unasked_end_at is not None:
        # OBS has ended it, and nobody knows yet why: a person says now that the talk is over.
        step.session(wanted=False)
        sessions.stopped(step, "")
        start(step, command, details)
    else:
        gapless.begin(step, command, details)


def _after_stop(step: Step, command: Command, talk: TalkDetails | None) -> None:
    """The talk begins as soon as OBS has stopped."""
    session = step.state.session
    assert session is not None
    details = talk or session.then or scheduled.following(step, session)
    details = scheduled.allowed(step.state, details)
    if details.do_not_record:
        step.answer(command, "refused", scheduled.refusal(details))
    else:
        gapless.after_stop(step, command, details)


def trial(step: Step, command: Command, seconds: float) -> None:
    """A test recording is wanted."""
    state = step.state
    why_not = trials.refusal(step)
    if not why_not and state.folder not in folders.USABLE and state.second_folder != "ok":
        why_not = folders.why_not(step)
    if why_not:
        step.answer(command, "refused", why_not)
        return
    step.answer(command, "pending")
    new = sessions.new(step, command.id, trials.details(), command.origin)
    step.set(
        session=replace(new, number=0, trial_s=seconds, may_resume=False),
        sessions_made=state.sessions_made,
    )
    asking.start(step)


def stop(step: Step, command: Command) -> None:
    """A person wants the recording to end."""
    session = step.state.session
    if session is None:
        step.answer(command, "refused", say("nothing_recorded"))
        return
    if session.phase is Phase.STOPPING:
        asking.begun(step, "superseded", say("stopped_first"))
        step.session(then=None, then_origin="")
        step.answer(command, "done", say("stopped_already"))
        return
    if was_asked(session):
        step.answer(command, "pending")
    else:
        step.answer(command, "done", say("stopped_first"))
    end_now(step)


def was_asked(session: Session) -> bool:
    """Whether OBS was asked to record it: else there is nothing to wait for."""
    return session.phase is not Phase.STARTING or session.attempts > 0 or bool(session.segments)


def end_now(step: Step) -> None:
    """Have the recording of the active session end, which must exist; one that ends already is left alone."""
    session = step.state.session
    assert session is not None
    if session.phase is Phase.STOPPING:
        return
    asking.begun(step, "superseded", say("stopped_first"))
    step.settle(asking.TRIAL, "superseded", say("stopped_first"))
    if not was_asked(session):
        sessions.end(step, step.at)
        return
    step.session(
        phase=Phase.STOPPING,
        wanted=False,
        moving=False,
        overdue=False,
        detail="",
        attempts=0,
        deadline=asking.stop_due(step),
    )
    asking.stop(step)
