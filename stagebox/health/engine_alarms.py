"""The alarms that follow from the engine's own state: OBS's link, waits that ran out."""

from dataclasses import replace

from stagebox.health.check import alarm
from stagebox.health.foreign import foreign_alarms
from stagebox.health.paused import paused_alarms
from stagebox.health.talk_unrecorded import talk_unrecorded_alarms
from stagebox.messages.code_catalogue import loss_rank
from stagebox.messages.common import TOLD_BY
from stagebox.model.alarms import Alarm
from stagebox.model.report import Code, Severity
from stagebox.model.state import ObsFacts, Phase, State, asked_about


def alarms_of(state: State, utc: float, at: float, down_s: float) -> tuple[Alarm, ...]:
    """The alarms that hold now, the health rules' among them, what loses most first.

    An alarm that held before keeps its `since_utc`.
    """
    raised = [
        *_obs_down(state, utc, at, down_s),
        *_not_recording(state, utc),
        *_obs_stuck(state, utc),
        *paused_alarms(state),
        *talk_unrecorded_alarms(state, utc),
        *_consent_withdrawn(state, utc),
        *foreign_alarms(state, utc, at),
    ]
    own = {(one.code, one.role) for one in raised}
    raised += [one for one in state.health_alarms if (one.code, one.role) not in own]
    codes = {str(one.code) for one in raised}
    raised = [one for one in raised if not TOLD_BY.get(str(one.code), frozenset()) & codes]
    before = {(one.code, one.role): one.since_utc for one in state.alarms}
    kept = [replace(one, since_utc=before.get((one.code, one.role), one.since_utc)) for one in raised]
    return tuple(sorted(kept, key=lambda one: loss_rank(one.level.value, str(one.code), one.role)))


def is_hung(obs: ObsFacts) -> bool:
    """Whether the private OBS's process runs but does not answer: that is stuck, not down."""
    return obs.link == "down" and obs.fault == "timeout" and obs.process == "running"


def _obs_down(state: State, utc: float, at: float, down_s: float) -> list[Alarm]:
    obs = state.obs
    if obs.link == "up" or is_hung(obs):
        return []
    said = any(one.code is Code.OBS_DOWN for one in state.alarms)
    # A process that ended is no matter of patience, and neither is a talk that nobody can control.
    certain = obs.process == "exited" or (obs.link == "down" and state.session is not None)
    if not said and not certain and at < obs.since + down_s:
        return []
    level = Severity.CRITICAL if state.session is not None else Severity.WARNING
    if obs.process in ("exited", "failed", "starting"):
        key = "ended" if obs.process_detail else "starting"
        return [alarm(Code.OBS_DOWN, "obs", level, utc, key, reason=obs.process_detail)]
    key = obs.fault or "absent"
    if key == "lost" and state.session is not None and state.session.segments:
        # Only where something was recorded: else it would promise what nobody has seen.
        key = "lost_records"
    return [alarm(Code.OBS_DOWN, "obs", level, utc, key)]


def _not_recording(state: State, utc: float) -> list[Alarm]:
    session, code = state.session, Code.NOT_RECORDING
    if session is not None and session.phase is Phase.STARTING and session.overdue:
        return [alarm(code, "obs", Severity.CRITICAL, utc, "no_start", reason=session.detail)]
    if session is None and (since := state.faults.stopped_by_itself_utc):
        return [alarm(code, "obs", Severity.CRITICAL, since, "stopped_by_itself")]
    return []


def _consent_withdrawn(state: State, utc: float) -> list[Alarm]:
    asked = asked_about(state)
    if asked is None:
        return []
    key = "waits" if asked.phase is Phase.PROCESSING else "recorded"
    title = asked.talk.title or asked.name
    return [alarm(Code.CONSENT_WITHDRAWN, "recording", Severity.CRITICAL, utc, key, title=title)]


def _obs_stuck(state: State, utc: float) -> list[Alarm]:
    session, scene, code = state.session, state.faults.scene_overdue, Code.OBS_STUCK
    if session is not None and session.phase is Phase.STOPPING and session.overdue:
        return [alarm(code, "obs", Severity.WARNING, utc, "no_end", reason=session.detail)]
    if scene:
        return [alarm(code, "obs", Severity.WARNING, utc, "scene", scene=scene)]
    return []
