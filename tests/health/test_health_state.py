"""Live health as a whole: readings in, alarms and what a view shows out."""

import time
from dataclasses import replace

from pydantic import TypeAdapter

from stagebox.health.health_state import HealthRules, HealthState
from stagebox.health.rules import rules
from stagebox.health.view import health_view
from stagebox.model.facts import HealthFacts
from stagebox.model.facts.machine import GroupMemory, HostReading
from stagebox.model.facts.pictures import PictureFacts, PictureReading
from stagebox.model.facts.proof import ProofReading
from stagebox.model.facts.sound import BackupRecorderReading, ChannelLevel, SoundFacts, SoundWanted
from stagebox.model.health_view import HealthView
from stagebox.model.report import LIVE_ONLY, Code, Severity
from stagebox.model.set_up import ActiveSettings, ChosenDevice
from stagebox.model.settings import HealthSettings
from stagebox.model.state import ObsFacts, State
from tests.engine.messages import Box, obs_connected, recording_box
from tests.engine.test_recording import stats

LIMITS = HealthSettings()


def judged(health_state: HealthState, state: State, now: float) -> HealthState:
    return health_state.judge(state, HealthRules(), now)[0]


def test_nothing_seen_is_unknown_and_never_fine() -> None:
    view = health_view(judged(HealthState(), State(), 100.0), LIMITS, 100.0)
    states = {view.disk.state, view.obs.state, view.machine.state, view.sound.state}
    states |= {picture.state for picture in view.pictures.values()}
    assert "fine" not in states


def test_what_was_seen_turns_unknown_when_nothing_more_comes() -> None:
    health_state = HealthState().see(HostReading(clock_synced=True, mains=True, temperature_c=40.0), 100.0)
    assert health_view(judged(health_state, State(), 100.5), LIMITS, 100.5).machine.state == "fine"
    late = judged(judged(health_state, State(), 100.5), State(), 160.0)
    assert health_view(late, LIMITS, 160.0).machine.state == "unknown"


def test_a_wanted_recording_without_any_proof_is_never_green() -> None:
    state = recording_box().state
    health_state, now = HealthState(), 100.0
    for _ in range(200):
        now += 0.2
        health_state = judged(health_state, state, now)
    assert health_view(health_state, LIMITS, now).proof.state == "amber"


def test_a_wanted_recording_that_stops_growing_is_an_alarm() -> None:
    state = recording_box().state
    health_state, now = HealthState(), 100.0
    for number in range(200):
        now += 0.2
        health_state = health_state.see(replace(stats(recording=True), record_bytes=min(number, 50)), now)
        health_state = health_state.see(ProofReading(path="/rec/a.flv", file_bytes=min(number, 50)), now)
        health_state = judged(health_state, state, now)
    assert health_view(health_state, LIMITS, now).proof.state == "red"
    assert Code.NOT_RECORDING in {one.code for one in health_state.alarms(now, time.time())}


def test_the_rules_watch_only_codes_of_the_contract() -> None:
    sources = {"slides": PictureFacts(), "camera": PictureFacts()}
    facts = HealthFacts(pictures=sources, sound=SoundFacts(wanted=SoundWanted(mic=True, ear=True)))
    codes = {check.code for rule, _ in rules(LIMITS) for check in rule(facts, LIMITS, 1.0)}
    assert codes <= set(Code)
    assert {Code.DISK_LOW, Code.MISSING, Code.SILENT, Code.MUTED} <= codes
    assert Code.STREAM_LOST in LIVE_ONLY


def test_the_view_of_everything_can_be_told_as_json() -> None:
    adapter = TypeAdapter(HealthView)
    view = health_view(judged(HealthState(), State(), 1.0), LIMITS, 1.0)
    assert adapter.validate_json(adapter.dump_json(view)) == view


def test_what_a_person_forgot_is_a_field_of_its_own_and_no_alarm() -> None:
    wanted = SoundFacts(wanted=SoundWanted(mic=True, ear=True))
    health_state, now = HealthState(facts=HealthFacts(sound=wanted)), 100.0
    box = Box()
    box.say(obs_connected())
    state = box.state
    heard = (ChannelLevel(rms_dbfs=-20.0, peak_dbfs=-9.0),) * 2
    for _ in range(120):
        now += 0.2
        health_state = judged(
            health_state.see(BackupRecorderReading(run=1, status="listening", levels=heard), now), state, now
        )
    view = health_view(health_state, LIMITS, now)
    assert (view.speaking_unrecorded, view.card_on_program, view.room_left) == (True, False, False)
    raised = [alarm for alarm in health_state.alarms(now, 0.0) if alarm.code == Code.SPEAKING_UNRECORDED]
    assert [alarm.level for alarm in raised] == [Severity.NOTE]


def chosen(**sources: ChosenDevice) -> ActiveSettings:
    return ActiveSettings(title="Conf", room="Hall", folder="/rec", **sources)


def test_another_camera_begins_with_a_clean_sheet_and_an_emptied_role_is_not_watched() -> None:
    camera = ChosenDevice(kind="v4l2", device="/dev/video0")
    gone = PictureReading(role="camera", input_name="camera", exists=False, device="absent")
    state = State(obs=ObsFacts(link="up", generation=1))
    health_state, now = (
        HealthState(facts=HealthFacts(pictures={"camera": PictureFacts()})).choose(chosen(camera=camera)),
        100.0,
    )
    for _ in range(20):
        now += 0.2
        health_state = judged(health_state.see(gone, now), state, now)
    assert [alarm.code for alarm in health_state.alarms(now, now) if alarm.role == "camera"] == ["missing"]

    other = health_state.choose(chosen(camera=replace(camera, device="/dev/video2")))
    assert other.facts.pictures["camera"] == PictureFacts()
    assert [alarm for alarm in judged(other, state, now).alarms(now, now) if alarm.role == "camera"] == []

    none = health_state.choose(chosen()).see(gone, now)
    assert "camera" not in none.facts.pictures
    left = [alarm.code for alarm in judged(none, state, now).alarms(now, now) if alarm.role == "camera"]
    assert left == ["source_unset"]


def test_another_microphone_is_wanted_and_nothing_is_known_of_it() -> None:
    before = SoundWanted(mic=True, ear=True, device="room", silent_scenes=frozenset({"intro"}))
    health_state = HealthState(facts=HealthFacts(sound=SoundFacts(wanted=before, at=90.0)))
    health_state = health_state.choose(chosen(mic=ChosenDevice(kind="pulse", device="room")))
    assert health_state.facts.sound.at == 90.0
    after = health_state.choose(chosen(mic=ChosenDevice(kind="pulse", device="handheld"))).facts.sound
    assert after == SoundFacts(wanted=replace(before, device="handheld"))


def test_memory_is_shown_with_its_highest_and_its_trend() -> None:
    health_state = HealthState()
    for minute in range(15):
        rss = 100_000_000 + (50_000_000 if minute == 3 else 1_000_000 * minute)
        group = GroupMemory(group="obs", processes=1, rss_bytes=rss)
        health_state = health_state.see(HostReading(memory=(group,)), 100.0 + 60 * minute)
    machine = health_view(judged(health_state, State(), 941.0), LIMITS, 941.0).machine
    assert machine.memory_bytes == {"obs": 114_000_000}
    assert machine.memory_high_bytes == {"obs": 150_000_000}
    assert machine.memory_growth_bytes_per_h.keys() == {"obs"}
