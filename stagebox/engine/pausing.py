"""The reducer's part for OBS's own pause: a state of its own, in which the recording's clock stands still.

A pause is never mended unasked: somebody may want a part of the talk unrecorded. What ends it is a touch, OBS
itself, or the end of OBS, after which the talk is recorded on (decision 0901).
"""

from dataclasses import replace

from stagebox.engine.step import Step, refusal
from stagebox.messages.code_catalogue import say
from stagebox.model.commands import Command
from stagebox.model.effects import ObsResumeRecord
from stagebox.model.observations import ObsConnected, ObsStatsReading, RequestAnswered
from stagebox.model.pauses import EndedPause, RunningPause
from stagebox.model.state import CommandStatus, Phase, Session, recorded_s

BEGIN = ("start_recording", "next_talk")
KINDS = ("resume_recording", *BEGIN)
"""Who asks to record while OBS is paused, wants it to go on."""
NOT_PAUSED = 503
"""obs-websocket's request status code for an output that is not paused."""
UNSEEN_S = 3.0
"""So much less than the time that passed may OBS have recorded without a word: it begins late, and lags."""


def wanted(step: Step, command: Command) -> None:
    """A person wants a paused recording to go on."""
    session = step.state.session
    if session is None:
        step.answer(command, "refused", say("nothing_recorded"))
    elif session.paused is None:
        step.answer(command, "done", say("not_paused"))
    elif session.phase is not Phase.RECORDING:
        step.answer(command, "refused", say("being_stopped"))
    elif step.state.obs.link != "up":
        step.answer(command, "failed", say("not_resumed"))
    else:
        _settle(step, "superseded", say("asked_again"))
        step.answer(command, "pending")
        effect_id = step.effect_id()
        asked = replace(session.paused, effect_id=effect_id, deadline=step.at + step.rules.start_s)
        step.session(paused=asked)
        step.effect(ObsResumeRecord(effect_id=effect_id, generation=step.state.obs.generation))


def seen(step: Step, *, paused: bool, at: float | None = None) -> None:
    """OBS says that its recording is paused, or goes on, since `at` (None: now)."""
    session = step.state.session
    if session is None or session.running_since is None or paused is (session.paused is not None):
        return
    at = step.at if at is None else at
    if paused:
        step.session(paused=RunningPause(at=at, utc=step.utc - (step.at - at)))
    else:
        end(step, at)
        _settle(step, "done")


def figures_seen(step: Step, body: ObsStatsReading) -> None:
    """OBS's figures tell exactly how much it had recorded when it was paused."""
    session = step.state.session
    if session is None or session.paused is None or not body.paused or body.recorded_s is None:
        return
    file_s = max(0.0, body.recorded_s - session.before_s)
    if session.paused.file_s != file_s:
        step.session(paused=replace(session.paused, file_s=file_s))


def connected(step: Step, body: ObsConnected, alive_at: float) -> None:
    """A new connection found OBS recording. It may have been paused meanwhile, or have gone on.

    `alive_at` (monotonic) is until when the recording was looked at.
    """
    session = step.state.session
    if session is None or session.running_since is None:
        return
    told_s = None if body.recorded_s is None else max(0.0, body.recorded_s - session.before_s)
    now_s = recorded_s(session, step.at) - session.recorded_s
    if session.paused is not None and not body.paused:
        gone_on_s = 0.0 if told_s is None else max(0.0, told_s - now_s)
        seen(step, paused=False, at=max(session.paused.at, step.at - gone_on_s))
    elif session.paused is None and body.paused:
        began = step.at if told_s is None else session.running_since + told_s
        seen(step, paused=True, at=min(step.at, max(alive_at, began)))
    elif session.paused is None and told_s is not None:
        lacks_s = now_s - told_s
        if UNSEEN_S < lacks_s <= step.at - alive_at:
            step.session(paused=RunningPause(at=alive_at, utc=step.utc - (step.at - alive_at)))
            end(step, alive_at + lacks_s, was_seen=False)


def end(step: Step, ended_at: float, *, was_seen: bool = True) -> None:
    """The pause is over since the monotonic time `ended_at`: the session's clock goes on."""
    session = step.state.session
    if session is None or session.paused is None or session.running_since is None:
        return
    since = session.paused
    length_s = max(0.0, ended_at - since.at)
    at_s = recorded_s(session, since.at)
    if since.file_s is not None:
        at_s = session.recorded_s + since.file_s
    _note(step, session, EndedPause(at_s=at_s, started_utc=since.utc, length_s=length_s, seen=was_seen))
    step.session(
        running_since=session.running_since + length_s,
        began_at=None if session.began_at is None else session.began_at + length_s,
    )


def close(step: Step, ended_at: float) -> None:
    """The file ended at the monotonic time `ended_at`, and a pause with it."""
    session = step.state.session
    if session is None or session.paused is None:
        return  # Who asks to record now, waits for the next recording.
    end(step, ended_at)
    words = say("ended_in_pause")
    for kind in KINDS:
        if session.then is None or kind not in BEGIN:
            step.settle(kind, "superseded", words)


def end_over_reboot(step: Step, alive_utc: float) -> None:
    """The computer went down in the pause: no clock but the wall's tells how long it was."""
    session = step.state.session
    if session is None or session.paused is None:
        return
    since = session.paused
    at_s = recorded_s(session, since.at) if since.file_s is None else session.recorded_s + since.file_s
    length_s = max(0.0, alive_utc - since.utc)
    _note(step, session, EndedPause(at_s=at_s, started_utc=since.utc, length_s=length_s))
    _settle(step, "superseded", say("went_down"))


def answered(step: Step, body: RequestAnswered) -> None:
    """OBS answered to the wish to go on. Its agreement proves nothing: the event does."""
    session = step.state.session
    if session is None or session.paused is None or session.paused.effect_id != body.effect_id:
        return
    if body.ok or body.fault is not None:
        return
    if body.code == NOT_PAUSED:
        seen(step, paused=False)
    else:
        _settle(step, "failed", say("resume_refused", reason=refusal(body)))
        step.session(paused=replace(session.paused, effect_id="", deadline=None))


def tick(step: Step) -> None:
    """OBS may have been asked to go on too long ago."""
    session = step.state.session
    if session is None or session.paused is None or session.paused.deadline is None:
        return
    if step.at >= session.paused.deadline:
        _settle(step, "failed", say("resumed_too_late", waited_s=step.rules.start_s))
        step.session(paused=replace(session.paused, deadline=None))


def _note(step: Step, session: Session, pause: EndedPause) -> None:
    segments = session.segments
    if segments and segments[-1].ended_utc == 0.0:
        last = replace(segments[-1], paused_s=segments[-1].paused_s + pause.length_s)
        segments = (*segments[:-1], last)
    step.session(paused=None, pauses=(*session.pauses, pause), segments=segments)


def _settle(step: Step, status: CommandStatus, detail: str = "") -> None:
    for kind in KINDS:
        step.settle(kind, status, detail)
