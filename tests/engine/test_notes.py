"""Notes say what was done, go by themselves, and sooner when they are no longer true."""

import string

import pytest

from stagebox.engine.snapshots import snapshot_of
from stagebox.messages.code_catalogue import say
from stagebox.messages.passing import SENTENCES
from stagebox.model.alarms import Alarm
from stagebox.model.commands import SetFolder, SwitchScene, TakeRemedy
from stagebox.model.health_view import HealthView
from stagebox.model.observations import (
    AlarmsEvent,
    FolderEvent,
    ObsDisconnected,
    ObsProcessEvent,
    RecordStateEvent,
    SettingsEvent,
)
from stagebox.model.remedies import RemedyTaken
from stagebox.model.report import Code, Severity
from stagebox.model.said import Said
from stagebox.model.set_up import ActiveSettings, ChosenDevice
from stagebox.model.snapshot import Snapshot
from tests.engine.messages import Box, obs_connected, recording_box

UNMUTED = RemedyTaken(remedy="unmute", role="mic", ok=True, words="Somebody asked for it.")


def shown(box: Box) -> Snapshot:
    utc = box.epoch + box.now
    return snapshot_of(box.state, HealthView(), seq=1, at=box.now, utc=utc, event="", room="")


def codes(box: Box) -> list[str]:
    return [one.code for one in shown(box).notes]


def alarm(code: Code, role: str) -> Alarm:
    return Alarm(code=code, level=Severity.WARNING, role=role, since_utc=0.0, message="", remedy="")


def test_a_note_says_what_was_done_and_not_who_asked() -> None:
    box = recording_box()
    box.want(TakeRemedy(remedy="unmute", role="mic"))
    box.say(UNMUTED)
    assert shown(box).notice == "The microphone is on again."
    assert codes(box) == ["mic_on"]


def test_a_note_goes_after_ten_seconds() -> None:
    box = recording_box()
    box.say(UNMUTED)
    box.now += 9.9
    assert codes(box) == ["mic_on"]
    box.now += 0.2
    assert (codes(box), shown(box).notice) == ([], "")


def test_a_note_is_not_said_beside_an_alarm_about_the_same_part() -> None:
    box = recording_box()
    box.say(AlarmsEvent(alarms=(alarm(Code.BLACK, "slides"),)))
    box.say(RemedyTaken(remedy="bring_back", role="slides", ok=True, words=""))
    assert codes(box) == []
    box.say(AlarmsEvent(alarms=()))
    assert codes(box) == ["slides_back"], "it is said as soon as the alarm has gone"
    box.say(AlarmsEvent(alarms=(alarm(Code.BLACK, "slides"),)))
    box.say(AlarmsEvent(alarms=()))
    assert codes(box) == [], "what was not true once is not said again"


def test_a_note_does_not_outlive_obs_nor_its_talk() -> None:
    box = recording_box()
    box.say(UNMUTED)
    box.say(ObsDisconnected(generation=1, fault="lost"))
    assert codes(box) == []
    box = recording_box()
    box.say(UNMUTED)
    box.stop()
    box.stopped()
    assert codes(box) == []
    box.start("Another")
    box.started("/rec/b.flv")
    assert codes(box) == []


def test_a_remedy_that_was_refused_is_said_as_such() -> None:
    box = recording_box()
    box.say(RemedyTaken(remedy="unmute", role="mic", ok=False, words="No input was found."))
    assert codes(box) == ["remedy_refused"]


def test_after_obs_was_replaced_it_is_said_how_much_of_the_talk_is_missing() -> None:
    box = recording_box()
    box.now += 20.0
    box.say(ObsProcessEvent(phase="exited", exit_code=-9))
    box.say(ObsDisconnected(generation=1, fault="lost"))
    box.now += 1.0
    box.say(obs_connected(2))
    box.now += 0.5
    box.started("/rec/b.flv", generation=2)
    (note,) = shown(box).notes
    assert (note.code, note.facts) == ("went_on_lacks", {"lacks_s": 1.5})
    assert note.words == "The recording goes on. About 1.5 s of the talk are missing."


def in_force(folder: str) -> SettingsEvent:
    none = ChosenDevice(kind="none", device="")
    return SettingsEvent(
        in_force=ActiveSettings(
            title="E", room="R", folder=folder, slides=none, camera=none, mic=none, buttons={}
        )
    )


def test_a_talk_goes_on_in_another_folder_when_that_was_confirmed() -> None:
    box = recording_box("/rec/a.flv")
    box.say(in_force("/rec"))
    refused = box.want(SetFolder(folder="/other"))
    assert (refused.status, refused.said.code) == ("refused", "folder_on_air")
    assert box.want(SetFolder(folder="/other", on_air=True)).status == "pending"
    box.say(in_force("/other"))
    box.stopped("/rec/a.flv")
    box.now += 1.0
    box.started("/other/b.flv")
    assert box.state.session is not None
    assert [one.path for one in box.state.session.segments] == ["/rec/a.flv", "/other/b.flv"]
    assert box.state.session.wanted
    assert codes(box) == ["went_on_lacks", "goes_on_in"]


def test_a_talk_that_waits_for_a_disk_goes_on_at_once_in_the_chosen_folder() -> None:
    box = Box()
    box.say(obs_connected())
    box.say(in_force("/rec"))
    box.start()
    box.started("/rec/a.flv")
    box.say(FolderEvent(health="full", obs_stops_in=("main",), detail="Full."))
    box.failed("/rec/a.flv")
    assert box.state.session is not None
    assert box.state.session.phase == "starting"
    asked = len(box.effects)
    box.want(SetFolder(folder="/other", on_air=True))
    box.say(in_force("/other"))
    assert [one.kind for one in box.effects[asked:]][-1] == "obs_start_record"


def test_the_folder_of_a_paused_recording_is_changed_when_it_goes_on() -> None:
    box = recording_box()
    box.say(RecordStateEvent(generation=1, phase="paused"))
    assert box.want(SetFolder(folder="/other", on_air=True)).said.code == "folder_paused"


def test_what_was_not_done_is_told_as_a_code_with_its_facts() -> None:
    box = Box()
    box.say(obs_connected())
    answer = box.want(SwitchScene(scene="Nowhere"))
    assert answer.said.code == "no_scene"
    assert answer.said.facts["scene"] == "Nowhere"
    assert answer.detail == answer.said.words


NO_SENTENCES = {"together", "on_track", "on_named_track", "error_number", "own_stream_settings"}
NO_SENTENCES |= {"why_no_xvfb", "why_no_linux", "why_root", "why_no_cage", "obs_not_installed_help"}
"""Parts of one; and a command that is typed as it stands there."""


@pytest.mark.parametrize("code", SENTENCES)
def test_each_sentence_takes_its_facts(code: str) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(SENTENCES[code]) if name]
    facts: dict[str, str | float] = {name: 90.0 if name.endswith("_s") else "this" for name in names}
    told = str(say(code, **facts))
    assert told.endswith((".", "”.", ")")) or code in NO_SENTENCES, code
    assert "{" not in say(code, **facts)
    assert say(code, **facts).said == Said(code=code, facts=facts, words=str(say(code, **facts)))
