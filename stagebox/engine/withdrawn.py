"""The reducer's part for a talk whose speaker says no while it is recorded: a person keeps or discards it.

Until somebody says so nothing changes: the recording goes on, and when it has ended it waits.
"""

from dataclasses import replace

from stagebox.engine import asking, marks, scheduled, sealing, sessions, wishes
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.alarms import TimelineMark
from stagebox.model.commands import Command
from stagebox.model.observations import SealAnswered
from stagebox.model.report import Severity
from stagebox.model.said import Sentence
from stagebox.model.schedule import Consent
from stagebox.model.state import Phase, Session, recorded_s


def settle(step: Step) -> None:
    """Ask, or do not ask any more, as the talk's speaker says now."""
    session = step.state.session
    if session is not None and not session.trial and session.consent != "discarded":
        if session.talk.do_not_record and not wishes.was_asked(session):
            # OBS was never asked to record it, so there is nothing to keep.
            asking.begun(step, "refused", scheduled.refusal(session.talk))
            wishes.end_now(step)
        elif session.talk.do_not_record and not session.consent:
            step.session(consent="asked")
        elif session.consent and not session.talk.do_not_record:
            step.session(consent="")
    waiting = [job for job in step.state.jobs if job.consent == "asked"]
    if not waiting:
        return
    planned = {talk.key: talk for talk in scheduled.talks(step.state)}
    for job in waiting:
        talk = planned.get(job.talk.key)
        if talk is not None and talk.consent.record is not Consent.NO:
            _go_on(step, replace(job, consent="", talk=replace(job.talk, do_not_record=False)))


def keep(step: Step, command: Command, session_id: str) -> None:
    """A person says that the recording stays."""
    asked = _asked(step, session_id)
    if asked is None:
        step.answer(command, "refused", say("nothing_to_keep"))
        return
    at_s = asked.recorded_s if asked.phase is Phase.PROCESSING else recorded_s(asked, step.at)
    mark = TimelineMark(
        code="moment",
        level=Severity.NOTE,
        role=command.origin,
        start_s=at_s,
        end_s=at_s,
        message=say("talk_kept"),
    )
    kept = replace(
        asked,
        consent="kept",
        consent_origin=command.origin,
        consent_utc=step.utc,
        marks=(*asked.marks, mark)[-marks.MARKS_KEPT :],
    )
    if step.state.session is not None and step.state.session.id == asked.id:
        step.set(session=kept)
    else:
        _go_on(step, kept)
    step.answer(command, "done", say("talk_kept"))


def discard(step: Step, command: Command, session_id: str) -> None:
    """A person says that nothing is made of the recording: it ends, and is sealed aside."""
    asked = _asked(step, session_id)
    if asked is None:
        step.answer(command, "refused", say("nothing_to_keep"))
        return
    said = replace(asked, consent="discarded", consent_origin=command.origin, consent_utc=step.utc)
    step.answer(command, "done", say("talk_discarded"))
    if step.state.session is not None and step.state.session.id == asked.id:
        step.set(session=said)
        wishes.end_now(step)
    else:
        _go_on(step, said)


def take_back(step: Step, command: Command, session_id: str) -> None:
    """A person wants a discarded recording back before its day is over."""
    known = next((one for one in step.state.sealed if one.session.id == session_id), None)
    if known is None or known.stage == "deleting":
        step.answer(command, "refused", say("nothing_sealed"))
        return
    step.answer(command, "done", say("talk_comes_back"))
    if known.stage == "sealed":
        sealing.change(step, session_id, stage="opening")
        sealing.ask(step, replace(known, stage="opening"))


def seal_answered(step: Step, body: SealAnswered) -> None:
    """A discarded recording was sealed, deleted or put back, or could not be: it is tried again then."""
    if not body.ok:
        step.notice(Sentence(body.said))
    elif body.do == "seal":
        sealing.sealed(step, body.session_id)
    elif body.do == "delete":
        sealing.deleted(step, body.session_id)
    elif (job := sealing.taken_back(step, body.session_id)) is not None:
        sessions.process(step, job)


def _asked(step: Step, session_id: str) -> Session | None:
    """The recording that is asked about; of one that a person kept, they may think better."""
    active = (step.state.session,) if step.state.session is not None else ()
    return next(
        (
            one
            for one in (*active, *step.state.jobs)
            if one.id == session_id
            and (one.consent == "asked" or (one.consent == "kept" and one.phase is not Phase.PROCESSING))
        ),
        None,
    )


def _go_on(step: Step, job: Session) -> None:
    """Do with a recording that waited what it waited for."""
    step.set(jobs=tuple(job if one.id == job.id else one for one in step.state.jobs))
    sessions.process(step, job)
