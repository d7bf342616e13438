"""Set-up's wishes: asked, carried out, answered; refused with a sentence; the same when replayed."""

import pytest

from stagebox.engine.engine import replay
from stagebox.engine.reducer import durable, next_deadline
from stagebox.engine.rules import ReducerRules
from stagebox.engine.set_up import CHANGE_S
from stagebox.model.commands import (
    LookForDevices,
    RunCheck,
    SetEvent,
    SetFolder,
    SetSource,
)
from stagebox.model.effects import ChangeSettings, FindDevices, ObsStartRecord, RunDoctor
from stagebox.model.observations import (
    ChecklistReading,
    DevicesReading,
    EngineStarted,
    SettingsEvent,
    SetUpAnswered,
    StreamStateEvent,
)
from stagebox.model.set_up import ActiveSettings, CheckLine, ChosenDevice, DeviceFound
from stagebox.model.state import State
from tests.engine.messages import Box, obs_connected, recording_box

MIC = SetSource(role="mic", device_kind="pulse", device="room.monitor")


def in_force(room: str = "Hall B") -> SettingsEvent:
    return SettingsEvent(in_force=ActiveSettings(title="DevConf", room=room, folder="/rec"))


def idle_box() -> Box:
    box = Box()
    box.say(in_force())
    box.say(obs_connected())
    return box


def last_effect(box: Box) -> str:
    return box.effects[-1].effect_id


def test_a_chosen_device_is_asked_until_it_is_in_force() -> None:
    box = idle_box()
    assert box.want(MIC).status == "pending"
    effect = box.effects[-1]
    assert isinstance(effect, ChangeSettings)
    assert effect.role == "mic"
    assert dict(effect.changes) == {"sources.mic.kind": "pulse", "sources.mic.device": "room.monitor"}
    assert [(one.kind, one.target) for one in box.state.wanted_set_up] == [("set_source", "mic")]
    new = ActiveSettings(
        title="DevConf", room="Hall B", folder="/rec", mic=ChosenDevice(kind="pulse", device="room")
    )
    box.say(SettingsEvent(in_force=new))
    box.say(SetUpAnswered(effect_id=effect.effect_id, ok=True))
    assert box.fate("i1").status == "done"
    assert box.state.settings == new
    assert box.state.wanted_set_up == ()


def test_what_could_not_be_done_is_refused_with_the_sentence() -> None:
    box = idle_box()
    box.want(SetFolder(folder="/media/stick"))
    box.say(SetUpAnswered(effect_id=last_effect(box), ok=False, words="The folder cannot be written."))
    assert box.fate("i1").status == "refused"
    assert box.fate("i1").detail == "The folder cannot be written."


def test_two_devices_chosen_for_two_roles_are_both_carried_out() -> None:
    box = idle_box()
    box.want(SetSource(role="slides", device_kind="v4l2", device="/dev/video0"))
    slides = last_effect(box)
    box.want(MIC)
    box.say(SetUpAnswered(effect_id=last_effect(box), ok=True))
    assert [box.fate(one).status for one in ("i1", "i2")] == ["pending", "done"]
    box.say(SetUpAnswered(effect_id=slides, ok=True))
    assert box.fate("i1").status == "done"


def test_a_second_choice_for_the_same_role_overtakes_the_first() -> None:
    box = idle_box()
    box.want(MIC)
    first = last_effect(box)
    box.want(SetSource(role="mic", device_kind="pulse", device="other"))
    assert box.fate("i1").status == "superseded"
    box.say(SetUpAnswered(effect_id=first, ok=True))
    assert box.fate("i2").status == "pending"


def test_what_takes_too_long_fails_at_its_deadline() -> None:
    box = idle_box()
    box.want(MIC)
    assert next_deadline(box.state, box.rules) == box.now + CHANGE_S
    box.wait(CHANGE_S)
    assert box.fate("i1").status == "failed"
    assert "too long" in box.fate("i1").detail
    assert next_deadline(box.state, box.rules) is None


def test_a_wish_does_not_outlive_the_engine_that_carried_it_out() -> None:
    box = idle_box()
    box.want(MIC)
    box.say(EngineStarted(boot_id="b"))
    assert box.fate("i1").status == "failed"
    assert box.state.wanted_set_up == ()


def test_on_air_a_device_is_changed_only_by_who_knows_it() -> None:
    box = recording_box()
    assert box.want(MIC).status == "refused"
    assert "on air" in box.fate("i2").detail
    assert box.want(SetSource(role="mic", device_kind="pulse", device="x", on_air=True)).status == "pending"
    streaming = idle_box()
    streaming.say(StreamStateEvent(generation=1, phase="started"))
    assert streaming.want(MIC).status == "refused"


@pytest.mark.parametrize(
    ("want", "words"),
    [
        (SetFolder(folder="/media/stick"), "Touch again to do it."),
        (RunCheck(), "The check waits until it has ended."),
    ],
)
def test_folder_and_check_wait_for_the_end_of_a_talk(want: SetFolder | RunCheck, words: str) -> None:
    box = recording_box()
    answer = box.want(want)
    assert answer.status == "refused"
    assert words in answer.detail
    assert not isinstance(box.effects[-1], ChangeSettings | RunDoctor)


def test_without_obs_there_is_no_check() -> None:
    box = Box()
    answer = box.want(RunCheck())
    assert answer.status == "refused"
    assert "until it answers" in answer.detail


@pytest.mark.parametrize(
    ("want", "words"),
    [
        (SetSource(role="mic", device_kind="v4l2", device="/dev/video0"), "cannot be used for “Microphone”"),
        (SetSource(role="slides", device_kind="pulse", device="x"), "cannot be used for “Slides”"),
        (SetSource(role="slides", device_kind="media"), "Name the file"),
        (SetFolder(folder="recordings"), "no full path"),
    ],
)
def test_what_cannot_be_is_refused_at_once(want: SetSource | SetFolder, words: str) -> None:
    box = idle_box()
    answer = box.want(want)
    assert answer.status == "refused"
    assert words in answer.detail


def test_a_look_and_a_check_run_once_at_a_time() -> None:
    box = idle_box()
    assert box.want(LookForDevices()).status == "pending"
    assert isinstance(box.effects[-1], FindDevices)
    assert box.want(LookForDevices()).status == "refused"
    assert box.want(RunCheck()).status == "pending"
    assert box.want(RunCheck()).status == "refused"


def test_of_each_thing_one_wish_is_under_way_at_most() -> None:
    box = idle_box()
    for number in range(20):
        box.want(SetEvent(title=f"{number}", room="r"))
        box.want(SetFolder(folder=f"/{number}"))
    assert [(one.kind, one.intent_id) for one in box.state.wanted_set_up] == [
        ("set_event", "i39"),
        ("set_folder", "i40"),
    ]
    assert sum(answer.status == "pending" for answer in box.state.answers) == 2


def test_what_was_found_is_shown_and_not_journalled() -> None:
    box = idle_box()
    before = durable(box.state)
    box.say(DevicesReading(utc=1.0, audio=(DeviceFound(kind="pulse", device="room", name="Room"),)))
    line = CheckLine(check="obs", title="OBS", level="good", summary="OBS answers.")
    box.say(ChecklistReading(utc=2.0, running=True, lines=(line,)))
    assert box.state.live.devices is not None
    assert box.state.live.checklist is not None
    assert durable(box.state) == before


def test_a_room_renamed_names_the_next_recording_and_a_replay_gives_the_same_names() -> None:
    box = idle_box()
    box.start("One")
    box.started()
    box.stop()
    box.stopped()
    box.say(in_force("Saal 1"))
    box.start("Two")
    names = [effect.filename_stem for effect in box.effects if isinstance(effect, ObsStartRecord)]
    assert ["Hall-B" in names[0], "Saal-1" in names[1]] == [True, True]
    again = replay(State(), tuple(box.messages), ReducerRules(room="Yet another"))
    assert again == durable(box.state)
