"""The alarms that follow from the engine's own state: OBS's link, waits that ran out."""

from stagebox.health.foreign import foreign_alarms
from stagebox.health.paused import paused_alarms
from stagebox.messages.catalogue import loss_rank
from stagebox.messages.common import TOLD_BY
from stagebox.model.alarms import Alarm
from stagebox.model.report import Code, Severity
from stagebox.model.state import ObsFacts, Phase, State

_DOWN = {
    "absent": ("OBS does not answer.", "Wait for it to come back; if it does not, restart the computer."),
    "auth": (
        "OBS refused the password.",
        "Copy the password from OBS (Tools, WebSocket Server Settings) into obs.password_file.",
    ),
    "too_old": ("This OBS is too old for stagebox.", "Install OBS 28 or newer."),
    "lost": ("The connection to OBS was lost.", "stagebox reconnects by itself."),
    "not_ready": ("OBS is starting.", "Wait a few seconds."),
    "timeout": (
        "OBS does not answer in time.",
        "Wait a moment. If it stays so, restart the computer after the talk.",
    ),
    "protocol": ("What answers on OBS's port is not OBS.", "Close the other program, and tell the crew."),
}


def alarms_of(state: State, utc: float, at: float, down_s: float) -> tuple[Alarm, ...]:
    """The alarms that hold now, the health rules' among them, what loses most first.

    An alarm that held before keeps its `since_utc`.
    """
    raised = [
        *_obs_down(state, utc, at, down_s),
        *_not_recording(state, utc),
        *_obs_stuck(state, utc),
        *paused_alarms(state),
        *foreign_alarms(state, utc, at),
    ]
    own = {(alarm.code, alarm.role) for alarm in raised}
    raised += [alarm for alarm in state.health_alarms if (alarm.code, alarm.role) not in own]
    codes = {str(alarm.code) for alarm in raised}
    raised = [alarm for alarm in raised if not TOLD_BY.get(str(alarm.code), frozenset()) & codes]
    before = {(alarm.code, alarm.role): alarm.since_utc for alarm in state.alarms}
    kept = [
        Alarm(
            code=alarm.code,
            level=alarm.level,
            role=alarm.role,
            since_utc=before.get((alarm.code, alarm.role), alarm.since_utc),
            message=alarm.message,
            remedy=alarm.remedy,
        )
        for alarm in raised
    ]
    return tuple(sorted(kept, key=lambda alarm: loss_rank(alarm.level.value, str(alarm.code), alarm.role)))


def is_hung(obs: ObsFacts) -> bool:
    """Whether the private OBS's process runs but does not answer: that is stuck, not down."""
    return obs.link == "down" and obs.fault == "timeout" and obs.process == "running"


def _obs_down(state: State, utc: float, at: float, down_s: float) -> list[Alarm]:
    obs = state.obs
    if obs.link == "up" or is_hung(obs):
        return []
    said = any(alarm.code is Code.OBS_DOWN for alarm in state.alarms)
    # A process that ended is no matter of patience, and neither is a talk that nobody can control.
    certain = obs.process == "exited" or (obs.link == "down" and state.session is not None)
    if not said and not certain and at < obs.since + down_s:
        return []
    message, remedy = _DOWN[obs.fault or "absent"]
    if obs.process in ("exited", "failed", "starting"):
        message = obs.process_detail or "OBS is being started."
        remedy = "stagebox starts it again by itself. If that does not help, restart the computer."
    elif obs.fault == "lost" and state.session is not None and state.session.segments:
        # Only where something was recorded: else it would promise what nobody has seen.
        remedy = f"{remedy} What OBS records goes on."
    level = Severity.CRITICAL if state.session is not None else Severity.WARNING
    return [Alarm(code=Code.OBS_DOWN, level=level, role="obs", since_utc=utc, message=message, remedy=remedy)]


def _not_recording(state: State, utc: float) -> list[Alarm]:
    session = state.session
    if session is not None and session.phase is Phase.STARTING and session.overdue:
        return [
            Alarm(
                code=Code.NOT_RECORDING,
                level=Severity.CRITICAL,
                role="obs",
                since_utc=utc,
                message=f"This talk is NOT being recorded. {session.detail}",
                remedy="stagebox keeps trying. Tell the crew now.",
            )
        ]
    if session is None and state.faults.stopped_by_itself_utc:
        return [
            Alarm(
                code=Code.NOT_RECORDING,
                level=Severity.CRITICAL,
                role="obs",
                since_utc=state.faults.stopped_by_itself_utc,
                message="OBS stopped recording, and nobody here asked for it.",
                remedy="If the talk goes on, touch record again: it becomes a new recording.",
            )
        ]
    return []


def _obs_stuck(state: State, utc: float) -> list[Alarm]:
    session, scene = state.session, state.faults.scene_overdue
    if session is not None and session.phase is Phase.STOPPING and session.overdue:
        message = f"The recording does not end. {session.detail}"
        remedy = "What was recorded is safe; stagebox keeps trying. If it stays so, restart the computer."
    elif scene:
        message = f"OBS did not show the scene “{scene}”."
        remedy = "Touch the scene again. If it stays so, touch “Build the scenes again” in Set-up, Check."
    else:
        return []
    return [
        Alarm(
            code=Code.OBS_STUCK,
            level=Severity.WARNING,
            role="obs",
            since_utc=utc,
            message=message,
            remedy=remedy,
        )
    ]
