"""The reducer's part for alarms: what the rules raised, what a person has seen, marks on the timeline."""

from dataclasses import replace

from stagebox.engine import notes
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.alarms import Alarm, AlarmKey, TimelineMark
from stagebox.model.commands import Command
from stagebox.model.report import Code, Severity
from stagebox.model.state import Phase, Session, recorded_s

MARKS_KEPT = 500
"""Marks a session keeps: more alarms than this in one talk are one long alarm."""


def seen(step: Step, alarms: tuple[Alarm, ...]) -> None:
    """The health rules told all alarms that are up."""
    step.set(health_alarms=alarms)


def acknowledged(step: Step, command: Command, key: AlarmKey) -> None:
    """A person has seen an alarm."""
    if all(key_of(alarm) != key for alarm in step.state.alarms):
        step.answer(command, "refused", say("alarm_over"))
        return
    if key not in step.state.acknowledged:
        step.set(acknowledged=(*step.state.acknowledged, key))
    step.answer(command, "done")


def settle(step: Step, raised: tuple[Alarm, ...]) -> None:
    """Make `raised` the state's alarms: with what people have seen, and marked on the session's timeline."""
    notes.no_longer_true(step, raised)
    up = {key_of(alarm) for alarm in raised}
    known = tuple(key for key in step.state.acknowledged if key in up)
    step.set(
        acknowledged=known,
        alarms=tuple(replace(alarm, acknowledged=key_of(alarm) in known) for alarm in raised),
    )
    session = step.state.session
    if session is not None and session.phase in (Phase.RECORDING, Phase.STOPPING):
        step.session(marks=_marked(session, raised, recorded_s(session, step.at)))


def moment(step: Step, command: Command, words: str) -> None:
    """A person marks this moment of the recording."""
    session = step.state.session
    if session is None or session.phase not in (Phase.RECORDING, Phase.STOPPING):
        step.answer(command, "refused", say("nothing_to_mark"))
        return
    at_s = recorded_s(session, step.at)
    mark = TimelineMark(
        code="moment",
        level=Severity.NOTE,
        role=command.origin,
        start_s=at_s,
        end_s=at_s,
        message=words or say("moment_marked"),
    )
    step.session(marks=(*session.marks, mark)[-MARKS_KEPT:])
    step.answer(command, "done")


def slept(step: Step, lacks_s: float, words: str, *, woke_at: float, counted_s: float = 0.0) -> None:
    """The talk went on and the recording did not, until `woke_at`; `counted_s` of it its clock counted."""
    session = step.state.session
    assert session is not None
    end_s = recorded_s(session, woke_at)
    mark = TimelineMark(
        code=Code.GAP,
        level=Severity.WARNING,
        role="machine",
        start_s=max(0.0, end_s - counted_s),
        end_s=end_s,
        message=words,
        lacks_s=lacks_s,
    )
    step.session(marks=(*session.marks, mark)[-MARKS_KEPT:])


def close(step: Step) -> None:
    """The recording ended: what is still up ends with it."""
    session = step.state.session
    assert session is not None
    at_s = recorded_s(session, step.at)
    step.session(
        marks=tuple(mark if mark.end_s is not None else replace(mark, end_s=at_s) for mark in session.marks)
    )


def key_of(alarm: Alarm) -> AlarmKey:
    """What names the alarm."""
    return AlarmKey(code=Code(alarm.code), role=alarm.role)


def _marked(session: Session, raised: tuple[Alarm, ...], at_s: float) -> tuple[TimelineMark, ...]:
    up = {(alarm.code, alarm.role): alarm for alarm in raised}
    marks = []
    for mark in session.marks:
        key = (mark.code, mark.role)
        if mark.end_s is not None:
            marks.append(mark)
        elif key not in up:
            marks.append(replace(mark, end_s=at_s))
        else:
            marks.append(replace(mark, level=max(mark.level, up.pop(key).level, key=lambda one: one.rank)))
    for alarm in up.values():
        marks.append(
            TimelineMark(
                code=Code(alarm.code),
                level=alarm.level,
                role=alarm.role,
                start_s=at_s,
                end_s=None,
                message=alarm.message,
            )
        )
    return tuple(marks[-MARKS_KEPT:])
