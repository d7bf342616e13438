"""The reducer's part for discarded recordings: sealed aside for a day, then deleted, or taken back before.

What is to be done is in the state, and is asked for again until it is done: whoever is killed in between goes
on where it stopped.
"""

from dataclasses import replace

from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.effects import SealFiles
from stagebox.model.state import FINISHED_KEPT, Phase, Sealed, Session, State

DAY_S = 24 * 3600.0
AGAIN_S = 60.0
"""So often is looked whether a day is over, and what could not be done is tried again."""


def seal(step: Step, job: Session) -> None:
    """Have a discarded recording moved aside; a file that another talk is in as well stays."""
    step.effect(
        SealFiles(
            effect_id=step.effect_id(),
            do="seal",
            session_id=job.id,
            name=job.name,
            files=tuple(path for path in files(job) if path not in shared(step.state, job)),
            title=job.talk.title,
            origin=job.consent_origin,
            utc=job.consent_utc,
        )
    )
    look_again(step)


def files(session: Session) -> tuple[str, ...]:
    """The files that OBS wrote for a session."""
    return tuple(dict.fromkeys(one.path for one in session.segments if one.path))


def shared(state: State, session: Session) -> frozenset[str]:
    """Those of its files that another talk is in as well, which was not discarded."""
    active = (state.session,) if state.session is not None else ()
    others = [
        one
        for one in (*active, *state.jobs, *state.finished)
        if one.id != session.id and one.consent != "discarded"
    ]
    return frozenset(path for one in others for path in files(one)) & frozenset(files(session))


def sealed(step: Step, session_id: str) -> None:
    """A discarded recording lies aside."""
    job = next((one for one in step.state.jobs if one.id == session_id), None)
    if job is None or job.consent != "discarded":
        return
    code = "talk_sealed_shared" if shared(step.state, job) else "talk_sealed"
    told = say(code, title=job.talk.title or job.name)
    done = replace(job, phase=Phase.DONE, summary=str(told), delete_utc=step.utc + DAY_S)
    others = tuple(one for one in step.state.sealed if one.session.id != session_id)
    step.set(
        jobs=tuple(one for one in step.state.jobs if one.id != session_id),
        sealed=(*others, Sealed(session=done, at=step.at)),
    )
    _show(step, done)
    step.notice(told)
    look_again(step)


def deleted(step: Step, session_id: str) -> None:
    """A discarded recording is gone."""
    known = next((one for one in step.state.sealed if one.session.id == session_id), None)
    if known is None or known.stage != "deleting":
        return
    told = say("talk_deleted", title=known.session.talk.title or known.session.name)
    step.set(sealed=tuple(one for one in step.state.sealed if one is not known))
    _show(step, replace(known.session, summary=str(told), delete_utc=0.0))
    step.notice(told)


def taken_back(step: Step, session_id: str) -> Session | None:
    """A discarded recording is back: it is a job again; None when nobody asked for that."""
    known = next((one for one in step.state.sealed if one.session.id == session_id), None)
    if known is None or known.stage != "opening":
        return None
    job = replace(known.session, phase=Phase.PROCESSING, consent="kept", summary="", delete_utc=0.0)
    step.set(
        sealed=tuple(one for one in step.state.sealed if one is not known),
        finished=tuple(one for one in step.state.finished if one.id != session_id),
        jobs=(*step.state.jobs, job),
    )
    return job


def _show(step: Step, done: Session) -> None:
    """Tell of it among the talks that are over, the newest last."""
    kept = tuple(one for one in step.state.finished if one.id != done.id)
    step.set(finished=(*kept, done)[-FINISHED_KEPT:])


def change(step: Step, session_id: str, **changes: object) -> None:
    """Replace fields of what is known of a sealed recording."""
    step.set(
        sealed=tuple(
            replace(one, **changes) if one.session.id == session_id else one  # type: ignore[arg-type]
            for one in step.state.sealed
        )
    )


def look_again(step: Step) -> None:
    """Look after what is sealed, or is to be, in a while; never, where nothing is."""
    waits = bool(step.state.sealed) or any(one.consent == "discarded" for one in step.state.jobs)
    step.set(sealed_due=step.at + AGAIN_S if waits else None)


def pursue(step: Step) -> None:
    """Ask for all that is to be done: what was discarded is sealed, and deleted when its day is over."""
    for one in step.state.sealed:
        if one.stage == "sealed" and _is_over(step, one):
            change(step, one.session.id, stage="deleting")
    for one in step.state.sealed:
        if one.stage != "sealed":
            ask(step, one)
    look_again(step)


def ask(step: Step, one: Sealed) -> None:
    """Have a sealed recording deleted or put back, as its stage says."""
    step.effect(
        SealFiles(
            effect_id=step.effect_id(),
            do="delete" if one.stage == "deleting" else "take_back",
            session_id=one.session.id,
            name=one.session.name,
            files=files(one.session),
        )
    )


def _is_over(step: Step, one: Sealed) -> bool:
    """Whether a day has passed, by the wall clock and, since the computer started, by the one nobody sets."""
    return step.utc >= one.session.delete_utc and (one.at is None or step.at - one.at >= DAY_S - AGAIN_S)


def tick(step: Step) -> None:
    """The time has come to look after what is sealed."""
    due = step.state.sealed_due
    if due is None or step.at < due:
        return
    for job in step.state.jobs:
        if job.consent == "discarded" and all(one.path for one in job.segments):
            seal(step, job)
    pursue(step)


def engine_started(step: Step, *, rebooted: bool) -> None:
    """What was being done is asked for again; after a reboot the monotonic clock is another one."""
    if rebooted:
        step.set(sealed=tuple(replace(one, at=None) for one in step.state.sealed))
    pursue(step)
