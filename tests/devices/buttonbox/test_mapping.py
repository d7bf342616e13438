"""What buttons mean and lamps show, for snapshots of every kind."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagebox.devices.buttonbox.codec import ButtonDeed, Deed
from stagebox.devices.buttonbox.mapping import BoxMapping, LackingPart, OpenPresses, lamp_facts, lamps_of
from stagebox.engine.snapshots import snapshot_of
from stagebox.model.alarms import Alarm, AlarmKey
from stagebox.model.commands import (
    AcknowledgeAlarm,
    CommandBody,
    MarkMoment,
    NextTalk,
    StartRecording,
    StopRecording,
    SwitchScene,
    TalkDetails,
)
from stagebox.model.facts.proof import LightColour
from stagebox.model.health_view import HealthView, LightHealth
from stagebox.model.report import Code, Severity
from stagebox.model.settings import ButtonBoxSettings
from stagebox.model.snapshot import Snapshot
from stagebox.model.state import ObsFacts, Phase, Session, State

SETTINGS = ButtonBoxSettings(
    boxes=("left", "right"),
    buttons={
        "1": "scene screen",
        "2": "record toggle",
        "3": "record stop hold",
        "4": "mark",
        "5": "acknowledge",
        "6": "record start",
        "right:5": "next",
        "right:1": "scene Two words",
    },
    lamps={
        "1": "program screen",
        "2": "recording",
        "3": "stream",
        "5": "alarm",
        "right:1": "program Two words",
    },
)
LEFT = BoxMapping.of(SETTINGS, "left")


def snapshot(
    *,
    up: bool = True,
    program: str = "screen",
    recording: bool | None = False,
    wanted: bool = False,
    light: LightColour = "off",
    streaming: bool | None = False,
    alarms: tuple[Alarm, ...] = (),
) -> Snapshot:
    """A snapshot at second 50."""
    session = Session(
        id="a",
        name="a",
        talk=TalkDetails(),
        phase=Phase.RECORDING,
        wanted=True,
        origin="touch",
        asked_utc=1.0,
    )
    state = State(
        obs=ObsFacts(
            link="up" if up else "down",
            program_scene=program,
            recording=recording if up else None,
            streaming=streaming if up else None,
        ),
        session=session if wanted else None,
        alarms=alarms,
    )
    shot = snapshot_of(state, HealthView(), seq=1, at=50.0, utc=1.0, event="E", room="R")
    return replace(shot, health=replace(shot.health, proof=LightHealth(state=light)))


def alarm(code: Code = Code.SILENT, *, seen: bool = False, level: Severity = Severity.WARNING) -> Alarm:
    """An alarm of the microphone."""
    return Alarm(
        code=code, level=level, role="mic", since_utc=1.0, message="m", remedy="r", acknowledged=seen
    )


def want(
    presses: OpenPresses, deed: Deed, button: int, shot: Snapshot, mapped: BoxMapping = LEFT
) -> CommandBody | None:
    """What a deed asks for."""
    return presses.want(mapped, ButtonDeed(seq=1, deed=deed, button=button, box_ms=1), shot)


def test_a_press_switches_the_scene_of_its_button() -> None:
    assert want(OpenPresses(), "press", 1, snapshot()) == SwitchScene(scene="screen")
    right = BoxMapping.of(SETTINGS, "right")
    assert want(OpenPresses(), "press", 1, snapshot(), right) == SwitchScene(scene="Two words")
    assert want(OpenPresses(), "press", 4, snapshot(), right) == MarkMoment()


def test_a_press_begins_the_next_talk_whatever_is_recorded() -> None:
    right = BoxMapping.of(SETTINGS, "right")
    for shot in (snapshot(), snapshot(recording=True, wanted=True)):
        assert want(OpenPresses(), "press", 5, shot, right) == NextTalk()
        assert want(OpenPresses(), "hold", 5, shot, right) is None


def test_a_button_without_a_meaning_does_nothing() -> None:
    for deed in ("press", "hold", "release"):
        assert want(OpenPresses(), deed, 9, snapshot()) is None


def test_a_press_starts_a_recording_and_only_a_hold_ends_it() -> None:
    presses = OpenPresses()
    assert want(presses, "press", 2, snapshot()) == StartRecording()
    on = snapshot(recording=True, wanted=True)
    assert want(presses, "hold", 2, on) is None, "the press that started it goes on"
    assert want(presses, "release", 2, on) is None
    assert want(presses, "press", 2, on) is None
    assert want(presses, "hold", 2, on) == StopRecording()


def test_stopping_needs_a_hold_and_a_recording() -> None:
    on = snapshot(recording=True, wanted=True)
    presses = OpenPresses()
    assert want(presses, "press", 3, on) is None
    assert want(presses, "release", 3, on) is None
    assert want(presses, "hold", 3, on) is None, "without its press a hold is none"
    assert want(presses, "press", 3, on) is None
    assert want(presses, "hold", 3, on) == StopRecording()
    assert want(presses, "press", 3, snapshot()) is None
    assert want(presses, "hold", 3, snapshot()) is None


def test_after_the_box_was_away_a_hold_is_none() -> None:
    presses = OpenPresses()
    on = snapshot(recording=True, wanted=True)
    want(presses, "press", 3, on)
    presses.forget()
    assert want(presses, "hold", 3, on) is None


def test_start_starts_nothing_twice() -> None:
    assert want(OpenPresses(), "press", 6, snapshot()) == StartRecording()
    assert want(OpenPresses(), "press", 6, snapshot(recording=True, wanted=True)) is None


def test_acknowledge_takes_the_first_alarm_that_nobody_has_seen() -> None:
    raised = (alarm(Code.SILENT, seen=True), alarm(Code.CLIPPING))
    key = AlarmKey(code=Code.CLIPPING, role="mic")
    assert want(OpenPresses(), "press", 5, snapshot(alarms=raised)) == AcknowledgeAlarm(alarm=key)
    assert want(OpenPresses(), "press", 5, snapshot()) is None


@pytest.mark.parametrize(
    ("shot", "lamps"),
    [
        (snapshot(), "100000"),
        (snapshot(program="other"), "000000"),
        (snapshot(up=False), "sss000"),
        (snapshot(program=""), "s00000"),
        (snapshot(recording=True, wanted=True, light="green"), "110000"),
        (snapshot(recording=True, wanted=True, light="amber"), "1s0000"),
        (snapshot(recording=True, wanted=True, light="off"), "1s0000"),
        (snapshot(recording=False, wanted=True), "1s0000"),
        (snapshot(recording=True, wanted=True, light="red"), "1f0000"),
        (snapshot(alarms=(alarm(Code.NOT_RECORDING, level=Severity.CRITICAL),)), "1f00f0"),
        (snapshot(streaming=True), "101000"),
        (snapshot(alarms=(alarm(),)), "1000f0"),
        (snapshot(alarms=(alarm(seen=True),)), "100010"),
        (snapshot(alarms=(alarm(level=Severity.NOTE),)), "100000"),
    ],
)
def test_lamps_show_what_is(shot: Snapshot, lamps: str) -> None:
    assert lamps_of(LEFT, 6, shot, 50.5) == lamps


def test_without_news_of_the_engine_every_lamp_blinks_slowly() -> None:
    assert lamps_of(LEFT, 6, None, 50.0) == "ssssss"
    assert lamps_of(LEFT, 6, snapshot(), 52.1) == "ssssss"
    assert lamps_of(LEFT, 0, None, 50.0) == ""


def test_what_a_box_lacks_is_named() -> None:
    assert LEFT.beyond(6, 6) is None
    assert LEFT.beyond(5, 6) == LackingPart("button", 6, 5)
    assert LEFT.beyond(6, 2) == LackingPart("lamp", 3, 2)


shots = st.builds(
    snapshot,
    up=st.booleans(),
    program=st.sampled_from(["", "screen", "other"]),
    recording=st.sampled_from([True, False, None]),
    wanted=st.booleans(),
    light=st.sampled_from(["off", "green", "amber", "red"]),
    streaming=st.sampled_from([True, False, None]),
    alarms=st.lists(st.builds(alarm, seen=st.booleans()), max_size=1).map(tuple),
)


@given(shots, shots)
def test_lamps_change_only_when_what_they_rest_on_does(one: Snapshot, other: Snapshot) -> None:
    if lamp_facts(one) == lamp_facts(other):
        assert lamps_of(LEFT, 6, one, 50.0) == lamps_of(LEFT, 6, other, 50.0)


@given(shots)
def test_the_lamp_for_the_recording_is_lit_only_when_it_is_proven(shot: Snapshot) -> None:
    if lamps_of(LEFT, 6, shot, 50.0)[1] == "1":
        assert shot.recording
        assert shot.health.proof.state == "green"
