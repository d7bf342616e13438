"""The reducer's part for recovery: what goes on after OBS, stagebox or the computer went down in a talk.

OBS died: the session goes on in its next segment. A person's own stop is never recovered: not one that was
asked for here, and not one that was made in OBS itself, which says "stopping" before it says "stopped".
"""

from dataclasses import replace

from stagebox.engine import marks, pausing, segments
from stagebox.engine.step import Step
from stagebox.messages.code_catalogue import say
from stagebox.model.observations import EngineStarted, SuspendEvent
from stagebox.model.state import ObsFacts, Phase, Session
from stagebox.system.backoff import Backoff

LASTED_S = 10.0
"""A recording that OBS ends by itself sooner than this is a relapse, and the next try waits."""
PAUSE = Backoff(first_s=1.0, cap_s=30.0)


def obs_died(before: ObsFacts) -> bool:
    """Whether the OBS that was connected before is gone, and nobody had ended it or its recording."""
    return before.restarted and not before.closed and before.ending_at is None


def pause_s(relapses: int) -> float:
    """How long to wait before OBS is asked again, after so many recordings in a row that did not last."""
    return 0.0 if relapses == 0 else PAUSE.pause_s(relapses - 1)


def go_on(step: Step, ended_at: float) -> None:
    """The file that grew ended at the monotonic time `ended_at`; the session waits for its next one.

    The caller asks OBS for it.
    """
    segments.close(step, ended_at)
    step.session(
        phase=Phase.STARTING,
        attempts=0,
        alive_at=None,
        moving=False,
        deadline=step.at + step.rules.start_s,
    )


def stopped_by_itself(step: Step, path: str) -> bool:
    """OBS ended a recording that is wanted, and nobody asked it to. Return whether to ask it at once."""
    segments.name_last(step, path)
    session = step.state.session
    assert session is not None
    lasted_s = 0.0 if session.running_since is None else step.at - session.running_since
    relapses = 0 if lasted_s >= LASTED_S else session.relapses + 1
    go_on(step, step.at)
    pause = pause_s(relapses)
    ended = say("ended_by_itself") if relapses < 2 else say("ended_by_itself_again", n=relapses)
    step.session(
        relapses=relapses,
        overdue=pause > 0,
        detail=ended if pause > 0 else "",
        deadline=step.at + (pause or step.rules.start_s),
    )
    step.notice(say("stopped_by_itself"))
    return pause == 0


def engine_started(step: Step, body: EngineStarted) -> None:
    """The engine came back: waits begin anew, and after a reboot the monotonic clock did too."""
    session = step.state.session
    if session is None:
        return
    rebooted = body.boot_id != step.state.boot_id
    if session.trial:
        _trial_interrupted(step, session)
        return
    away_s = max(0.0, step.utc - body.alive_utc) if body.alive_utc else 0.0
    may_resume = step.rules.resume and away_s <= step.rules.resume_within_s
    step.session(may_resume=may_resume, ask_again_at=None)
    if rebooted:
        _clock_lost(step, session, body.alive_utc or step.utc)
    elif session.running_since is not None:
        step.session(alive_at=max(session.running_since, step.at - away_s))
    if session.phase is Phase.STARTING:
        step.session(deadline=step.at + step.rules.start_s, attempts=0)
    elif session.phase is Phase.STOPPING:
        step.session(deadline=step.at + step.rules.stop_s)
    if rebooted and session.wanted:
        code = "went_down_goes_on" if may_resume else "went_down_over"
        step.notice(say(code, ago_s=max(60.0, away_s), talk=session.talk.title or session.name))


def _trial_interrupted(step: Step, session: Session) -> None:
    """A trial is not gone on with: it ends as soon as OBS can be asked."""
    step.session(
        phase=Phase.STOPPING,
        wanted=False,
        clock_lost=True,
        running_since=None if session.running_since is None else step.at,
        began_at=None,
        attempts=0,
        ask_again_at=None,
        deadline=step.at + step.rules.stop_s,
    )


def stood_still(step: Step, body: SuspendEvent) -> None:
    """The computer slept, or nothing ran here: it is said, and no wait has become longer for anybody."""
    session = step.state.session
    recorded = session is not None and session.phase is not Phase.STARTING
    if body.obs_too:
        if recorded:
            words = say("stood_still_lacks", still_s=body.still_s)
            marks.slept(step, body.still_s, words, woke_at=body.woke_at, counted_s=body.still_s)
            step.notice(words)
        return
    if body.slept_s:
        slept = say("slept_lacks" if recorded else "slept", slept_s=body.slept_s)
        if session is not None:
            segments.slept(step, body.slept_s)
        if recorded:
            marks.slept(step, body.slept_s, slept, woke_at=body.woke_at)
        step.notice(slept)
    if body.still_s:
        step.notice(say("stood_still", still_s=body.still_s))
        _wait_longer(step, body.still_s)
    if session is not None:
        step.notice(say("talk_goes_on", talk=session.talk.title or session.name))


def _wait_longer(step: Step, still_s: float) -> None:
    """OBS had no more time than we had: every wait is longer by so much."""

    def later(moment: float | None) -> float | None:
        return None if moment is None else moment + still_s

    state = step.state
    if state.session is not None:
        one = state.session
        step.session(deadline=later(one.deadline), ask_again_at=later(one.ask_again_at))
    if state.wanted_scene is not None:
        scene = state.wanted_scene
        step.set(wanted_scene=replace(scene, deadline=scene.deadline + still_s))
    step.set(
        stream=replace(state.stream, deadline=later(state.stream.deadline)),
        wanted_set_up=tuple(replace(one, deadline=one.deadline + still_s) for one in state.wanted_set_up),
    )


def _clock_lost(step: Step, session: Session, alive_utc: float) -> None:
    """The computer was restarted: its monotonic clock began anew, and the wall clock is all there is."""
    before = session
    pausing.end_over_reboot(step, alive_utc)
    session = step.state.session or before
    growing = session.segments[-1] if session.segments else None
    ran_s = 0.0
    if growing is not None and growing.ended_utc == 0.0:
        ran_s = max(0.0, alive_utc - growing.started_utc - growing.paused_s)
    if before.paused is not None and before.running_since is not None:
        ran_s = max(0.0, before.paused.at - before.running_since)
    recorded_s = session.recorded_s + ran_s
    paused_s = sum(pause.length_s for pause in session.pauses)
    passed_s = max(recorded_s, step.utc - session.started_utc - paused_s) if session.started_utc else 0.0
    step.session(
        clock_lost=session.clock_lost or session.running_since is not None,
        running_since=None,
        recorded_s=recorded_s,
        began_at=step.at - passed_s if session.segments else None,
    )
    if growing is not None and growing.ended_utc == 0.0:
        segments.end_last(step, growing.started_utc + ran_s + growing.paused_s)
    marks.close(step)
