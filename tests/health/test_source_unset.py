"""A role for which nothing is chosen is a state of its own: neither fine nor unknown."""

import pytest

from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.source_unset import source_unset
from stagebox.health.view import health_view
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.pictures import PictureFacts
from stagebox.model.facts.sound import SoundFacts, SoundWanted
from stagebox.model.report import Code, Severity
from stagebox.model.set_up import SOURCE_ROLES, ActiveSettings, ChosenDevice
from stagebox.model.settings import HealthSettings
from stagebox.model.state import State

LIMITS = HealthSettings()


def facts(*unset: str, recording: bool = False) -> HealthFacts:
    return HealthFacts(
        pictures={role: PictureFacts() for role in ("slides", "camera") if role not in unset},
        sound=SoundFacts(wanted=SoundWanted(mic="mic" not in unset)),
        unset=frozenset(unset),
        recording=recording,
    )


def levels(*unset: str, recording: bool) -> dict[str, Severity]:
    checks = source_unset(facts(*unset, recording=recording), LIMITS, 1.0)
    return {check.role: check.level for check in checks if check.outcome == "bad"}


def test_nothing_is_said_of_a_box_whose_roles_are_all_chosen() -> None:
    assert levels(recording=True) == {}


def test_a_box_without_a_camera_is_told_of_it_and_not_warned() -> None:
    assert levels("camera", recording=False) == levels("camera", recording=True) == {"camera": Severity.NOTE}


def test_no_microphone_warns_before_the_talk_and_is_critical_while_it_is_recorded() -> None:
    assert levels("mic", recording=False) == {"mic": Severity.WARNING}
    assert levels("mic", recording=True) == {"mic": Severity.CRITICAL}


def test_no_slides_are_a_warning_and_critical_when_a_recording_has_no_picture_at_all() -> None:
    assert levels("slides", recording=True) == {"slides": Severity.WARNING}
    assert levels("slides", "camera", recording=False)["slides"] is Severity.WARNING
    assert levels("slides", "camera", recording=True)["slides"] is Severity.CRITICAL


@pytest.mark.parametrize("role", SOURCE_ROLES)
def test_a_role_of_which_nothing_is_known_is_neither_fine_nor_unset(role: str) -> None:
    known = {check.role: check.outcome for check in source_unset(HealthFacts(), LIMITS, 1.0)}
    assert known[role] == "unknown"


def seen_by(health_state: HealthState) -> dict[str, str]:
    judged, _ = health_state.judge(State(), HealthRules(), 100.0)
    view = health_view(judged, LIMITS, 100.0)
    return {role: fact.state for role, fact in view.pictures.items()} | {"mic": view.sound.state}


def test_views_are_told_unset_until_a_device_is_chosen_and_again_when_it_is_taken_away() -> None:
    health_state = HealthState(facts=facts(*SOURCE_ROLES)).choose(
        ActiveSettings(title="T", room="R", folder="/f")
    )
    assert seen_by(health_state) == dict.fromkeys(SOURCE_ROLES, "unset")
    chosen = ActiveSettings(
        title="T",
        room="R",
        folder="/f",
        slides=ChosenDevice(kind="x11", device=":0"),
        camera=ChosenDevice(kind="v4l2", device="/dev/video0"),
        mic=ChosenDevice(kind="pulse", device="room"),
    )
    judged, _ = health_state.judge(State(), HealthRules(), 100.0)
    assert Code.SOURCE_UNSET in {alarm.code for alarm in judged.alarms(100.0, 100.0)}
    judged, _ = judged.choose(chosen).judge(State(), HealthRules(), 100.0)
    assert Code.SOURCE_UNSET not in {alarm.code for alarm in judged.alarms(100.0, 100.0)}
    assert seen_by(judged) == dict.fromkeys(SOURCE_ROLES, "unknown")
    emptied = judged.choose(ActiveSettings(title="T", room="R", folder="/f"))
    assert seen_by(emptied) == dict.fromkeys(SOURCE_ROLES, "unset")
