"""A talk goes on after OBS, stagebox or the computer went down; a person's own stop stays one."""

import pytest

from stagebox.engine.recovery import LASTED_S, PAUSE, pause_s
from stagebox.engine.rules import ReducerRules
from stagebox.model.effects import ObsStartRecord, ObsSwitchScene, ProcessSession
from stagebox.model.observations import (
    EffectFailed,
    EngineStarted,
    ObsDisconnected,
    ObsProcessEvent,
    ProgramSceneEvent,
    RecordStateEvent,
    SceneListEvent,
)
from stagebox.model.state import Phase
from tests.engine.messages import EPOCH, SCENES, Box, notice, obs_connected, recording_box


def phase(box: Box) -> str:
    return "idle" if box.state.session is None else str(box.state.session.phase)


def obs_dies(box: Box, exit_code: int | None = -9, *, generation: int = 1, closed: bool = False) -> None:
    box.say(ObsDisconnected(generation=generation, fault="lost", closed=closed))
    box.say(ObsProcessEvent(phase="exited", pid=7, exit_code=exit_code, detail="OBS was ended by SIGKILL."))
    box.say(ObsProcessEvent(phase="starting", pid=8))


def asked_to_record(effects: tuple[object, ...]) -> list[str]:
    return [effect.filename_stem for effect in effects if isinstance(effect, ObsStartRecord)]


def test_an_obs_that_dies_in_a_talk_is_an_alarm_at_once() -> None:
    box = recording_box()
    box.say(ObsProcessEvent(phase="running", pid=7))
    obs_dies(box)
    (alarm,) = box.state.alarms
    assert (alarm.code, alarm.level) == ("obs_down", "critical")
    assert "starts it again" in alarm.remedy
    box.say(ObsProcessEvent(phase="running", pid=8))
    box.say(obs_connected(2))
    assert box.codes() == []


def test_an_obs_that_dies_while_nothing_is_recorded_is_an_alarm_at_once_too() -> None:
    box = Box()
    box.say(obs_connected())
    obs_dies(box)
    assert box.codes() == ["obs_down"]


@pytest.mark.parametrize("order", ["exit first", "link first"])
def test_the_next_segment_is_asked_for_whatever_is_noticed_first(order: str) -> None:
    box = recording_box()
    gone = [
        ObsProcessEvent(phase="exited", pid=7, exit_code=-11),
        ObsDisconnected(generation=1, fault="lost"),
    ]
    for news in gone if order == "exit first" else reversed(gone):
        box.say(news)
    assert asked_to_record(box.say(obs_connected(2)))[0].endswith("-part-2")


def test_the_scene_that_was_on_program_is_restored_before_the_recording_goes_on() -> None:
    box = recording_box()
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    obs_dies(box)
    effects = box.say(obs_connected(2, program="Intro"))
    assert [type(effect) for effect in effects] == [ObsSwitchScene, ObsStartRecord]
    assert isinstance(effects[0], ObsSwitchScene)
    assert effects[0].scene == "Both"
    box.say(ProgramSceneEvent(generation=2, scene="Both"))
    assert box.state.restore_scene == ""
    assert box.state.wanted_scene is None


def test_an_obs_that_dies_twice_still_gets_the_scene_of_before_the_first_death() -> None:
    box = recording_box()
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    obs_dies(box)
    box.say(obs_connected(2, program="Intro"))
    obs_dies(box, generation=2)
    effects = box.say(obs_connected(3, program="Intro"))
    assert isinstance(effects[0], ObsSwitchScene)
    assert effects[0].scene == "Both"


def test_an_obs_that_died_with_the_scene_restored_and_unsaid_is_not_sent_back_to_its_first_scene() -> None:
    box = recording_box()
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    obs_dies(box)
    box.say(obs_connected(2, program="Intro"))
    # It switched, and was killed before it could say so. The next one comes up with what it had kept.
    obs_dies(box, generation=2)
    effects = box.say(obs_connected(3, program="Both"))
    assert not any(isinstance(effect, ObsSwitchScene) for effect in effects)
    assert box.say(SceneListEvent(generation=3, scenes=SCENES)) == ()


def test_a_scene_that_the_new_obs_does_not_have_yet_is_restored_when_it_has() -> None:
    box = recording_box()
    box.say(ProgramSceneEvent(generation=1, scene="Both"))
    obs_dies(box)
    bare = obs_connected(2, program="screen")
    effects = box.say(type(bare)(**{**_fields(bare), "scenes": ("screen",)}))
    assert not any(isinstance(effect, ObsSwitchScene) for effect in effects)
    effects = box.say(SceneListEvent(generation=2, scenes=SCENES))
    assert [effect.scene for effect in effects if isinstance(effect, ObsSwitchScene)] == ["Both"]


def test_a_scene_is_not_restored_long_afterwards() -> None:
    box = recording_box()
    box.say(ProgramSceneEvent(generation=1, scene="Gone"))
    obs_dies(box)
    box.say(obs_connected(2))
    box.now += 3600
    effects = box.say(SceneListEvent(generation=2, scenes=(*SCENES, "Gone")))
    assert effects == ()


def test_the_scene_that_a_person_wants_is_not_overruled() -> None:
    box = recording_box()
    box.say(ProgramSceneEvent(generation=1, scene="Gone"))
    obs_dies(box)
    box.say(obs_connected(2))
    box.scene("Outro")
    box.say(ProgramSceneEvent(generation=2, scene="Outro"))
    assert box.say(SceneListEvent(generation=2, scenes=(*SCENES, "Gone"))) == ()


def _fields(body: object) -> dict[str, object]:
    return {name: getattr(body, name) for name in body.__dataclass_fields__}  # type: ignore[attr-defined]


def test_each_segment_knows_when_it_began_by_the_sessions_clock() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 30
    obs_dies(box)
    box.now += 2
    box.say(obs_connected(2))
    box.now += 0.5
    box.started("/rec/b.flv", generation=2)
    box.now += 10
    box.stop()
    box.stopped("/rec/b.flv", generation=2)
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.starts_s == (0.0, 32.5)


def test_a_stop_that_was_asked_for_while_obs_died_is_not_recovered() -> None:
    box = recording_box()
    box.stop()
    obs_dies(box)
    assert asked_to_record(box.say(obs_connected(2))) == []
    assert phase(box) == "idle"
    assert box.fate("i2").status == "done"


def test_a_stop_asked_for_while_obs_is_down_is_not_recovered() -> None:
    box = recording_box()
    obs_dies(box)
    box.stop()
    assert asked_to_record(box.say(obs_connected(2))) == []
    assert phase(box) == "idle"
    assert len(box.state.jobs) == 1


def test_a_stop_made_in_obs_itself_that_obs_did_not_live_to_finish_is_not_recovered() -> None:
    box = recording_box()
    box.say(RecordStateEvent(generation=1, phase="stopping"))
    obs_dies(box)
    assert asked_to_record(box.say(obs_connected(2))) == []
    assert phase(box) == "idle"


@pytest.mark.parametrize(("exit_code", "closed"), [(0, False), (None, True), (0, True)])
def test_an_obs_that_a_person_closed_starts_again_without_a_recording(
    exit_code: int | None, closed: bool
) -> None:
    box = recording_box()
    obs_dies(box, exit_code, closed=closed)
    assert asked_to_record(box.say(obs_connected(2))) == []
    assert phase(box) == "idle"
    assert "not_recording" in box.codes()


def test_a_recording_that_obs_ends_by_a_fault_goes_on_in_a_new_part() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 60
    box.failed("/rec/a.flv")
    assert asked_to_record(tuple(box.effects))[-1].endswith("-part-2")
    assert "gap" in notice(box.state)
    box.started("/rec/b.flv")
    assert phase(box) == "recording"
    assert box.codes() == []


def test_a_recording_that_fails_again_and_again_is_tried_ever_later_and_said() -> None:
    box = recording_box("/rec/0.flv")
    pauses = []
    for number in range(1, 9):
        box.now += 1
        box.failed(f"/rec/{number - 1}.flv")
        assert box.state.session is not None
        assert box.state.session.deadline is not None
        assert "not_recording" in box.codes()
        pauses.append(box.state.session.deadline - box.now)
        assert asked_to_record(box.wait(pauses[-1]))
        box.started(f"/rec/{number}.flv")
    assert pauses == sorted(pauses)
    assert pauses[-1] == PAUSE.cap_s
    box.now += LASTED_S
    box.failed("/rec/8.flv")
    assert asked_to_record(tuple(box.effects[-1:]))
    assert pause_s(0) == 0.0


def test_late_news_of_a_segment_that_ended_says_nothing_of_the_one_that_grows() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 60
    box.failed("/rec/a.flv")
    box.started("/rec/b.flv")
    box.failed("/rec/a.flv")
    assert phase(box) == "recording"
    assert box.state.obs.recording is True


def power_cut(box: Box, away_s: float, *, rules: ReducerRules | None = None) -> None:
    """The computer was off for `away_s` seconds: its monotonic clock begins anew."""
    alive_utc = EPOCH + box.now
    shift = box.now + away_s - 5.0
    box.now = 5.0
    box.epoch += shift
    if rules is not None:
        box.rules = rules
    box.say(EngineStarted(boot_id="after", alive_utc=alive_utc))
    box.say(ObsProcessEvent(phase="starting", pid=9))


def test_after_a_power_cut_the_talk_goes_on_in_its_next_segment_and_the_box_says_so() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 100
    power_cut(box, 120)
    assert "stopped 2 min ago" in notice(box.state)
    assert "A talk" in notice(box.state)
    assert asked_to_record(box.say(obs_connected(1)))[0].endswith("-part-2")
    box.started("/rec/b.flv")
    box.now += 50
    box.stop()
    box.stopped("/rec/b.flv")
    effect = box.effects[-1]
    assert isinstance(effect, ProcessSession)
    assert effect.segments == ("/rec/a.flv", "/rec/b.flv")
    assert effect.starts_s == pytest.approx((0.0, 220.0))
    assert box.state.jobs[0].recorded_s == pytest.approx(150.0)


def test_after_a_long_power_cut_the_talk_is_processed_and_not_recorded_on() -> None:
    box = recording_box("/rec/a.flv")
    power_cut(box, 3600)
    assert "not recorded any more" in notice(box.state)
    assert asked_to_record(box.say(obs_connected(1))) == []
    assert phase(box) == "idle"
    assert len(box.state.jobs) == 1


def test_a_box_that_shall_not_resume_does_not() -> None:
    box = recording_box("/rec/a.flv")
    power_cut(box, 5, rules=ReducerRules(resume=False))
    assert asked_to_record(box.say(obs_connected(1))) == []
    assert phase(box) == "idle"


def test_a_start_that_obs_never_confirmed_does_not_begin_a_recording_the_next_day() -> None:
    box = Box()
    box.say(obs_connected())
    box.start()
    power_cut(box, 86_400)
    assert asked_to_record(box.say(obs_connected(1))) == []
    assert phase(box) == "idle"
    assert box.fate("i1").status == "failed"


def test_a_clock_that_went_back_over_the_power_cut_does_not_end_the_talk() -> None:
    box = recording_box("/rec/a.flv")
    power_cut(box, -7200)
    assert asked_to_record(box.say(obs_connected(1)))


def test_what_obs_still_records_goes_on_however_long_stagebox_was_away() -> None:
    box = recording_box("/rec/a.flv")
    alive_utc = EPOCH + box.now
    box.now += 7200
    box.say(EngineStarted(boot_id="", alive_utc=alive_utc))
    assert asked_to_record(box.say(obs_connected(1, recording=True))) == []
    assert phase(box) == "recording"
    obs_dies(box)
    assert asked_to_record(box.say(obs_connected(2)))


def test_when_stagebox_and_obs_both_died_the_time_between_is_not_counted_as_recorded() -> None:
    box = recording_box("/rec/a.flv")
    box.now += 40
    alive_utc = EPOCH + box.now
    box.now += 20
    box.say(EngineStarted(boot_id="", alive_utc=alive_utc))
    box.say(ObsProcessEvent(phase="starting", pid=9))
    assert asked_to_record(box.say(obs_connected(1)))
    assert box.state.session is not None
    assert box.state.session.phase is Phase.STARTING
    assert box.state.session.recorded_s == pytest.approx(40.0)


def test_a_recording_that_a_person_ended_in_obs_while_stagebox_was_away_is_not_recovered() -> None:
    box = recording_box("/rec/a.flv")
    box.say(EngineStarted(boot_id="", alive_utc=EPOCH + box.now))
    box.say(ObsProcessEvent(phase="running", pid=7))
    assert asked_to_record(box.say(obs_connected(1))) == []
    assert phase(box) == "idle"


def test_notices_of_one_start_are_said_together() -> None:
    box = Box()
    for words in ("One.", "Two.", "Two."):
        box.say(_notice(words))
    assert notice(box.state) == "One. Two."
    box.now += 60
    box.say(_notice("Three."))
    assert notice(box.state) == "Three."


def _notice(words: str) -> EffectFailed:
    return EffectFailed(effect_id="x", what=words)
