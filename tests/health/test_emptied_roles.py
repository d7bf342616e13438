"""A device that was emptied in Set-up leaves no alarm behind, whatever alarm it was."""

from dataclasses import replace

import pytest

from stagebox.health.alarm_tracker import AlarmState, AlarmTracker
from stagebox.health.check import Check
from stagebox.health.folds.sound import sound_wanted
from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.listening import MIC
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.facts.sound import SoundFacts
from stagebox.model.report import Code, Severity
from stagebox.model.set_up import ActiveSettings, ChosenDevice
from stagebox.model.settings import AudioSource
from stagebox.model.state import State

NOTHING = ChosenDevice(kind="none")
FULL = ActiveSettings(
    title="Conf",
    room="Hall",
    folder="/rec",
    slides=ChosenDevice(kind="v4l2", device="/dev/video0"),
    camera=ChosenDevice(kind="v4l2", device="/dev/video1"),
    mic=ChosenDevice(kind="pulse", device="room"),
)
EMPTY = replace(FULL, slides=NOTHING, camera=NOTHING, mic=NOTHING)

CASES = [
    *((code, MIC) for code in (Code.SILENT, Code.QUIET, Code.CLIPPING, Code.MUTED, Code.SPEAKING_UNRECORDED)),
    *((code, MIC) for code in (Code.CHANNEL_DEAD, Code.DROPOUTS, Code.OBS_DEAF, Code.WRONG_DEVICE)),
    (Code.EAR_DOWN, "ear"),
    (Code.DROPOUTS, "ear"),
    *(
        (code, role)
        for code in (Code.BLACK, Code.FROZEN, Code.MISSING, Code.NO_SIGNAL)
        for role in ("slides", "camera")
    ),
]


def with_alarm(code: Code, role: str) -> HealthState:
    check = Check(code=code, role=role, outcome="bad", level=Severity.WARNING)
    wanted = sound_wanted(AudioSource(kind="pulse", device="room"), frozenset())
    facts = HealthFacts(
        pictures={"slides": PictureFacts(), "camera": PictureFacts()}, sound=SoundFacts(wanted=wanted)
    )
    tracker = AlarmTracker({(code, role): AlarmState(check=check, bad_since=0.0, raised_at=0.0)})
    return HealthState(facts=facts, tracker=tracker, chosen=FULL)


@pytest.mark.parametrize(("code", "role"), CASES)
def test_an_emptied_device_takes_its_alarms_along(code: Code, role: str) -> None:
    health_state = with_alarm(code, role).choose(EMPTY)
    for tenths in range(1, 600):
        health_state, _ = health_state.judge(State(), HealthRules(), tenths / 10)
    assert (code, role) not in {(one.code, one.role) for one in health_state.alarms(60.0, 60.0)}


@pytest.mark.parametrize(("code", "role"), CASES)
def test_an_alarm_of_a_device_that_is_there_and_not_seen_stays(code: Code, role: str) -> None:
    health_state = with_alarm(code, role)
    health_state, _ = health_state.judge(State(), HealthRules(), 1.0)
    if (code, role) in {(one.code, one.role) for one in health_state.checks if one.outcome == "unknown"}:
        assert (code, role) in {(one.code, one.role) for one in health_state.alarms(1.0, 1.0)}
