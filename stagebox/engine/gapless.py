"""The reducer's part for “next talk”: one session ends and the following begins, while OBS records on.

Both have a part of the same file, and their parts meet (decision 1802). Where OBS writes no file just
now, the following talk takes over what this one waits for.
"""

from dataclasses import replace

from stagebox.engine import asking, marks, next_talk, pausing, segments, sessions
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command, TalkDetails
from stagebox.model.state import Phase, Segment


def begin(step: Step, command: Command, talk: TalkDetails) -> None:
    """`talk` follows the one that is being recorded, or that waits for OBS."""
    session = step.state.session
    assert session is not None
    if session.phase is Phase.RECORDING and segments.grows(session):
        _cut(step, command, talk)
    else:
        _take_over(step, command, talk)


def after_stop(step: Step, command: Command, talk: TalkDetails) -> None:
    """`talk` begins as soon as OBS has stopped the recording that it is stopping."""
    session = step.state.session
    assert session is not None
    asking.begun(step, "superseded", say("asked_again"))
    step.set(next_talk=next_talk.following(step, session))
    put_back = next_talk.taken(step, talk)
    step.session(then=talk, then_origin=command.origin, put_back=put_back)
    step.answer(command, "pending")


def settle(step: Step) -> None:
    """Process talks that waited for the name of the file that they share with the following one."""
    waiting = [job for job in step.state.jobs if sessions.lacks_name(job)]
    for job in reversed(waiting):
        active = (step.state.session,) if step.state.session is not None else ()
        others = (*step.state.jobs, *active)
        follows = next((one for one in others if one.number == job.number + 1 and one.segments), None)
        if follows is not None and not follows.segments[0].path:
            continue
        path = follows.segments[0].path if follows is not None else ""
        last = replace(job.segments[-1], path=path)
        named = replace(job, segments=(*job.segments[:-1], *((last,) if path else ())))
        step.set(jobs=tuple(named if one is job else one for one in step.state.jobs))
        sessions.process(step, named)


def _cut(step: Step, command: Command, talk: TalkDetails) -> None:
    """The talk ends at this moment of the file, or where OBS paused it; the next one begins there."""
    before = step.state.session
    assert before is not None
    paused = before.paused
    at, utc = (step.at, step.utc) if paused is None else (paused.at, paused.utc)
    at_s = segments.file_s(before, at)
    held_s = before.before_s + (0.0 if before.running_since is None else max(0.0, at - before.running_since))
    files = segments.of_this_recording(before)
    marks.close(step)
    last = replace(before.segments[-1], to_s=at_s)
    step.session(paused=None, segments=(*before.segments[:-1], last))
    put_back = _end(step, at, talk)
    new = sessions.new(step, command.id, talk, command.origin)
    step.set(
        session=replace(
            new,
            phase=Phase.RECORDING,
            started_utc=utc,
            running_since=at,
            began_at=at,
            segments=(Segment(path=last.path, started_utc=utc, start_s=0.0, from_s=at_s),),
            paused=None if paused is None else replace(paused, file_s=None),
            before_s=held_s,
            before_files=files,
            put_back=put_back,
            place=before.place,
            moving=before.moving,
            deadline=before.deadline,
            attempts=before.attempts,
            effect_id=before.effect_id,
            alive_at=before.alive_at,
        )
    )
    if paused is None:
        step.answer(command, "done")
    else:
        # Who wants the next talk recorded wants it to go on.
        pausing.wanted(step, command)


def _take_over(step: Step, command: Command, talk: TalkDetails) -> None:
    """OBS writes nothing for the talk just now: what it was asked for is the next one's."""
    before = step.state.session
    assert before is not None
    asking.begun(step, "superseded", say("next_came_first"))
    put_back = _end(step, step.at, talk)
    new = replace(sessions.new(step, command.id, talk, command.origin), put_back=put_back, place=before.place)
    if before.phase is Phase.STARTING:
        new = replace(
            new,
            deadline=before.deadline,
            attempts=before.attempts,
            effect_id=before.effect_id,
            ask_again_at=before.ask_again_at,
            overdue=before.overdue,
            detail=before.detail,
            relapses=before.relapses,
        )
    step.set(session=new)
    step.answer(command, "pending")


def _end(step: Step, ended_at: float, talk: TalkDetails) -> TalkDetails | None:
    """The talk ends as people want; returns what the next talk was called, if `talk` is another one."""
    step.session(wanted=False, then=None)
    sessions.end(step, ended_at)
    return next_talk.taken(step, talk)
