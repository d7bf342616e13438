"""A talk of the schedule should run, and nothing is recorded: told by the clock and by whoever speaks."""

from stagebox.health.check import alarm
from stagebox.model.alarms import Alarm
from stagebox.model.report import Code, Severity
from stagebox.model.schedule import Consent
from stagebox.model.state import State
from stagebox.model.talk_times import clock_of, late_utc


def talk_unrecorded_alarms(state: State, utc: float) -> list[Alarm]:
    """The alarm of a talk that is due and that nobody records.

    The clock alone is a warning after a while: talks begin late. Somebody who speaks at that time makes it
    certain. Whatever is recorded meanwhile, under any name, a person is at work.
    """
    due = state.talks_now.due
    if state.session is not None or state.obs.recording is not False:
        return []
    if due is None or due.consent.record is Consent.NO or not due.start_utc <= utc < due.end_utc:
        return []
    speaks = any(one.code is Code.SPEAKING_UNRECORDED for one in state.health_alarms)
    if not speaks and utc < late_utc(due):
        return []
    level = Severity.CRITICAL if speaks else Severity.WARNING
    key = "speaking" if speaks else "clock"
    time = clock_of(due.start_utc, state.schedule.time_zone)
    return [alarm(Code.TALK_UNRECORDED, "recording", level, utc, key, title=due.title, time=time)]
